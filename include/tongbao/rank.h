/* rank.h - places with ties, from exact values (methods note, section 4).
 *
 * rank_i = 1 + number of units strictly better ("1224"), or 1 + number of
 * distinct better values ("1223", dense).  bottom_i = 1 + number strictly worse
 * (which is not n - rank + 1 when values are tied).  A unit without a value is
 * not ranked: rank 0.
 */
#ifndef TONGBAO_RANK_H
#define TONGBAO_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/rational.h"

struct tb_rank {
    uint32_t rank;   /* 0: not ranked */
    uint32_t bottom; /* 0: not ranked */
    bool tied;       /* another unit has the same value */
};

/* Ranks n values; has[i] false: no value.  Returns how many were ranked; -1 when
 * memory is out.  `out` is filled whole. */
int64_t tb_rank_values(const struct tb_rational value[], const bool has[], size_t n,
                       bool lower_is_better, bool dense, struct tb_rank out[]);
/* The rows i that have a value in ascending order of value, then of row, into
 * order[n].  Returns how many; -1 when memory is out. */
int64_t tb_rank_order(const struct tb_rational value[], const bool has[], size_t n,
                      uint32_t order[]);
/* Places of n_ranked rows in such an order; other rows of `out` are left alone. */
void tb_rank_places(const struct tb_rational value[], const uint32_t order[], size_t n_ranked,
                    bool lower_is_better, bool dense, struct tb_rank out[]);
/* Quantile p (0..1) of n > 0 values already sorted ascending, type 7, in doubles
 * (GSL); NaN for n = 0. */
double tb_quantile_sorted(const double sorted[], size_t n, double p);

#endif
