/* reliability.h - how announced chances compare with what came true.
 *
 * Pure.  Brier score: the mean of (chance - outcome)^2, 0 at best; beside it that
 * of always saying the base rate, the share of cases that came true, known only
 * afterwards: r (1 - r).  Steps of ten percent: step 8 holds what was announced
 * as 75 % or more and under 85 %.
 */
#ifndef TONGBAO_ANALYSE_RELIABILITY_H
#define TONGBAO_ANALYSE_RELIABILITY_H

#include <stdbool.h>
#include <stddef.h>

enum { TB_RELIABILITY_STEPS = 11 };

struct tb_reliability {
    size_t n, n_true;
    double squares; /* of chance - outcome, summed */
    struct tb_reliability_step {
        size_t n, n_true;
        double announced; /* chances, summed */
    } step[TB_RELIABILITY_STEPS];
    size_t n_intervals, n_covered;  /* intervals announced, years that fell in */
    double errors, absolute_errors; /* of projections, percent, summed over n_intervals */
};

void tb_reliability_case(struct tb_reliability *r, double chance, bool came_true);
void tb_reliability_interval(struct tb_reliability *r, double value, double low, double high,
                             double came_to);
void tb_reliability_add(struct tb_reliability *r, const struct tb_reliability *other);
/* Both NaN without a case. */
double tb_reliability_brier(const struct tb_reliability *r);
double tb_reliability_base_brier(const struct tb_reliability *r);

#endif
