/* unit_needs.h - what it would take a unit to reach a place, to leave the last ones, to pass the
 * average. */
#ifndef TONGBAO_DISSEMINATE_UNIT_NEEDS_H
#define TONGBAO_DISSEMINATE_UNIT_NEEDS_H

#include "disseminate/words/writer.h"

struct tb_table;
struct tb_view;

/* Sets "needs" to a table of the unit's rows of analyse/what_if.csv: a line for each indicator in
 * its main and its own group, by the leading headline, a column for each aim; and "needs_cut" when
 * not all are listed.  `what_if` NULL: it is empty. */
void tb_put_needs(const struct tb_writer *w, int32_t unit, const struct tb_table *what_if,
                  struct tb_view *view);

#endif
