/* rank.c - places with ties, from exact values.
 *
 * Values are sorted once with their row as second key, so that the order is
 * total; then each run of equal values gets one place from the front and one
 * from the back.
 */
#include "tongbao/rank.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct placed {
    struct tb_rational value;
    size_t row;
};

static int by_value(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;
    int order = tb_rational_cmp(x->value, y->value);

    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* Ends (exclusive) the run of values equal to that at `begin`. */
static size_t run_end(const struct placed sorted[], size_t n, size_t begin)
{
    size_t end = begin + 1;

    while (end < n && tb_rational_cmp(sorted[begin].value, sorted[end].value) == 0)
        end++;
    return end;
}

/* Gives every run its places.  `sorted` is ascending. */
static void place_runs(const struct placed sorted[], size_t n, bool lower_is_better, bool dense,
                       struct tb_rank out[])
{
    uint32_t n_distinct = 0;
    uint32_t distinct = 0;

    for (size_t i = 0; dense && i < n; i = run_end(sorted, n, i))
        n_distinct++;
    for (size_t begin = 0; begin < n; distinct++) {
        size_t end = run_end(sorted, n, begin);
        uint32_t below = dense ? distinct : (uint32_t)begin;
        uint32_t above = dense ? n_distinct - distinct - 1 : (uint32_t)(n - end);
        struct tb_rank place = { .rank = 1 + (lower_is_better ? below : above),
                                 .bottom = 1 + (lower_is_better ? above : below),
                                 .tied = end - begin > 1 };
        for (size_t i = begin; i < end; i++)
            out[sorted[i].row] = place;
        begin = end;
    }
}

int64_t tb_rank_values(const struct tb_rational value[], const bool has[], size_t n,
                       bool lower_is_better, bool dense, struct tb_rank out[])
{
    size_t n_ranked = 0;

    if (n == 0)
        return 0;
    struct placed *sorted = calloc(n, sizeof *sorted);
    if (!sorted)
        return -1;
    memset(out, 0, n * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        if (has[i])
            sorted[n_ranked++] = (struct placed){ .value = value[i], .row = i };
    }
    qsort(sorted, n_ranked, sizeof *sorted, by_value);
    place_runs(sorted, n_ranked, lower_is_better, dense, out);
    free(sorted);
    return (int64_t)n_ranked;
}

double tb_quantile_sorted(const double sorted[], size_t n, double p)
{
    /* GSL answers 0 for the quantile of nothing. */
    if (n == 0 || !(p >= 0.0 && p <= 1.0))
        return NAN;
    return gsl_stats_quantile_from_sorted_data(sorted, 1, n, p);
}
