/* outlook.h - where a year leads, for every target that asks for an amount:
 * outlook.csv.  Methods note, sections 6 and 11. */
#ifndef TONGBAO_ANALYSE_OUTLOOK_H
#define TONGBAO_ANALYSE_OUTLOOK_H

#include "analyse/verdict/goal.h"
#include "analyse/outlook/projection.h"

extern const char TB_OUTLOOK_HEAD[]; /* first line of outlook.csv */

/* The chance that the unit meets the goal, by past shares of the year; 1 or 0 where
 * it is reached or exceeded already.  NaN where nothing can be told.  *past and
 * *made (may be NULL) are filled if there is a figure now. */
double tb_outlook_chance(const struct tb_evaluation *ev, size_t unit, const struct tb_goal *goal,
                         struct tb_past_years *past, struct tb_projection *made);
/* Appends the unit's row, unless its target has no goal or is due. */
void tb_outlook_row(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out);

#endif
