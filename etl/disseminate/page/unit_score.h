/* unit_score.h - what a unit's composite score is made of, and which indicators moved its place. */
#ifndef TONGBAO_DISSEMINATE_UNIT_SCORE_H
#define TONGBAO_DISSEMINATE_UNIT_SCORE_H

#include "disseminate/words/writer.h"

struct tb_table;
struct tb_view;

/* Sets "score_parts" to a table of the unit's rows of analyse/score_parts.csv in its main group,
 * those that moved the score most first, "score_before" to the period that is compared with and
 * "score_cut" when not all indicators are listed.  `parts` NULL: it is empty. */
void tb_put_score_parts(const struct tb_writer *w, int32_t unit, const struct tb_table *parts,
                        struct tb_view *view);

#endif
