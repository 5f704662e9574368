/* heads_rows.h - one, two, three rows of heads made into one head a column. */
#ifndef TONGBAO_COLLECT_HEADS_ROWS_H
#define TONGBAO_COLLECT_HEADS_ROWS_H

#include <stdbool.h>
#include <stddef.h>

struct tb_planner;

/* Sets plan->head[] and planner->part[] from the rows planner->top .. planner->row
 * of the sample.  A merged cell is left empty to its right and downwards: an
 * upper cell counts for the empty ones beside it, as far as no head above begins
 * anew.  False when memory is out. */
bool tb_heads_join(struct tb_planner *planner);
/* True when no cell of the row is a number or a word for a missing one, none names a unit
 * where rows do so (first column, or that of the units), and some say something. */
bool tb_heads_are_words(const struct tb_planner *planner, size_t row);
/* True when a row above the last can belong to the header: not a title that
 * stands alone in its first column, nor lines such as `单位：万元`. */
bool tb_heads_can_lead(const struct tb_planner *planner, size_t row);
/* True when the row can stand below another row of heads: no number but years
 * and months, and no unit where units stand. */
bool tb_heads_can_follow(const struct tb_planner *planner, size_t row, int unit_column);

#endif
