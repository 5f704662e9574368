/* unit_season.h - a unit's figures without season and Spring Festival, for analysis. */
#ifndef TONGBAO_DISSEMINATE_UNIT_SEASON_H
#define TONGBAO_DISSEMINATE_UNIT_SEASON_H

#include "disseminate/words/writer.h"

struct tb_table;
struct tb_view;

/* Sets "season" to a table of the unit's rows of analyse/seasonal.csv in the period of the report:
 * the published figure, beside it the adjusted one, its change on the period before, what was taken
 * off and how.  Only what could be adjusted or has a line; `rows` NULL: it is empty. */
void tb_put_season(const struct tb_writer *w, const struct tb_table *rows, struct tb_view *view);

#endif
