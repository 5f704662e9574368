/* groups.h - a group of units taken as one, and how its units spread.
 *
 * The figure of a group is its area's own where that is submitted, else pooled:
 * growth of the sum, ratio of sums, sum of amounts (methods note, section 3).
 * Mean, median and quartiles are of the values as printed, so that a reader can
 * redo them.
 */
#ifndef TONGBAO_ANALYSE_GROUPS_H
#define TONGBAO_ANALYSE_GROUPS_H

#include "analyse/measure/measures.h"

/* The figure of the group's area unit; unknown where it has none. */
struct tb_measured tb_groups_area(const struct tb_measures *ms, enum tb_measure measure,
                                  size_t indicator, size_t group, struct tb_period period);
/* The pooled figure.  Growth leaves a unit without both sides out of both; an
 * amount needs every unit, since part of a sum is no total; with the setting
 * pooled = all whatever there is counts.  A submitted rate
 * has no weights to pool by: not computable.  Fewer than min_peers: not computable,
 * with status Q (suppressed). */
struct tb_measured tb_groups_pooled(const struct tb_measures *ms, enum tb_measure measure,
                                    size_t indicator, size_t group, struct tb_period period);

/* The same without one unit, for groups whose units are not their own peers. */
struct tb_measured tb_groups_pooled_others(const struct tb_measures *ms, enum tb_measure measure,
                                           size_t indicator, size_t group, size_t without,
                                           struct tb_period period);

/* Spread of n printed values, all with one scale; the numbers are in units of
 * the last digit, so halves and quarters of them are exact in doubles. */
struct tb_spread {
    size_t n;
    struct tb_rational mean; /* exact */
    double median, q1, q3;   /* type 7 quantiles (GSL) */
    int64_t least, greatest;
};
/* False when n is 0 (all else is then zero) or a number is too large to be
 * exact in a double.  Reorders `printed`. */
bool tb_groups_spread(int64_t printed[], double work[], size_t n, struct tb_spread *out);
/* The nearest whole number by the mode, from an exact half or quarter. */
int64_t tb_groups_round(double value, enum tb_round_mode mode);

#endif
