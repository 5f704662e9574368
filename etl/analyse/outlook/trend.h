/* trend.h - where a stock or a rate leads: a robust line through its last periods.
 *
 * Pure: numbers in, numbers out.  A stock or a rate does not add up over the year, so shares of
 * past years say nothing of it.  A line by Tukey's bisquare (gsl_multifit_robust; by
 * Huber's weights where that finds no end) is drawn through
 * the last values and on to the period asked for; the spread about it and the doubt of the line
 * itself make the interval (Student's t, n - 2 degrees of freedom).  That holds as far as values
 * scatter about a line independently: a season or a turn makes it wide, or wrong.  An estimate
 * (OBS_STATUS F): no verdict rests on it.
 */
#ifndef TONGBAO_ANALYSE_TREND_H
#define TONGBAO_ANALYSE_TREND_H

#include "analyse/outlook/projection.h"

enum {
    TB_TREND_YEARS = 3,         /* of history, at most */
    TB_TREND_LEAST_VALUES = 8,  /* below that there is no line */
};

/* x[i] at the time t[i] (in periods, any order, not all the same), drawn on to `at`.  `step` is the
 * last digit that is printed (0: none).  Fills method (TREND; ALIKE where all values, or more than
 * half of them so that there is no spread, lie within half a step of the line: no chance is told; NONE under
 * TB_TREND_LEAST_VALUES, where the newest value has left the line, or without a solution), n, value, low and high; mean is the value and
 * sd the spread of a new one.  False when memory is out. */
bool tb_trend_make(const double x[], const double t[], size_t n, double at, double step,
                   struct tb_projection *out);
/* The chance that it comes to `level` or more; `within`: to `level` or less.  NaN but for TREND. */
double tb_trend_chance(const struct tb_projection *made, double level, bool within);

#endif
