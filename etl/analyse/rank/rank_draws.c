/* rank_draws.c - counts places over draws. */
#include "analyse/rank/rank_draws.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/size.h"

/* The order of x, best first, from one that is nearly right: draws differ little from each other,
 * so insertion is quicker than sorting anew.  Equal numbers stand by number of unit. */
static void sort_from(uint32_t order[], size_t n, const double x[])
{
    for (size_t i = 1; i < n; i++) {
        uint32_t unit = order[i];
        size_t at = i;
        while (at > 0 && (x[order[at - 1]] < x[unit] ||
                          (!(x[order[at - 1]] > x[unit]) && order[at - 1] > unit))) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = unit;
    }
}

int tb_rank_draws_init(struct tb_rank_draws *draws, const double published[], size_t n)
{
    size_t cells;

    *draws = (struct tb_rank_draws){ .n = n };
    if (!tb_size_mul(n, n, &cells))
        return -1;
    draws->by_rank = calloc(cells + 1, sizeof *draws->by_rank);
    draws->by_bottom = calloc(cells + 1, sizeof *draws->by_bottom);
    draws->ahead = calloc(n * TB_NEIGHBOURS + 1, sizeof *draws->ahead);
    draws->order = calloc(n + 1, sizeof *draws->order);
    draws->sorted = calloc(n + 1, sizeof *draws->sorted);
    if (!draws->by_rank || !draws->by_bottom || !draws->ahead || !draws->order ||
        !draws->sorted) {
        tb_rank_draws_release(draws);
        return -1;
    }
    for (size_t u = 0; u < n; u++)
        draws->order[u] = (uint32_t)u;
    sort_from(draws->order, n, published);
    memcpy(draws->sorted, draws->order, n * sizeof *draws->order);
    return 0;
}

void tb_rank_draws_release(struct tb_rank_draws *draws)
{
    free(draws->by_rank);
    free(draws->by_bottom);
    free(draws->ahead);
    free(draws->order);
    free(draws->sorted);
    *draws = (struct tb_rank_draws){ 0 };
}

/* Counts places along the order, from either end. */
static void count(uint32_t by[], const uint32_t order[], size_t n, const double x[], bool dense,
                  bool from_last)
{
    size_t place = 1, distinct = 1;

    for (size_t i = 0; i < n; i++) {
        size_t unit = order[from_last ? n - 1 - i : i];
        size_t before = i == 0 ? unit : order[from_last ? n - i : i - 1];
        if (x[unit] < x[before] || x[unit] > x[before]) {
            place = i + 1;
            distinct++;
        }
        by[unit * n + (dense ? distinct : place) - 1]++;
    }
}

void tb_rank_draws_add(struct tb_rank_draws *draws, const double x[], bool dense)
{
    size_t n = draws->n;

    sort_from(draws->sorted, n, x);
    count(draws->by_rank, draws->sorted, n, x, dense, false);
    count(draws->by_bottom, draws->sorted, n, x, dense, true);
    for (size_t a = 0; a < n; a++) {
        for (size_t d = 1; d <= TB_NEIGHBOURS && a + d < n; d++) {
            double own = x[draws->order[a]], other = x[draws->order[a + d]];
            draws->ahead[a * TB_NEIGHBOURS + d - 1] += own > other ? 2 : own < other ? 0 : 1;
        }
    }
    draws->runs++;
}

uint32_t tb_rank_draws_percentile(const struct tb_rank_draws *draws, const uint32_t by[],
                                  size_t unit, unsigned percent)
{
    uint64_t sum = 0;

    for (size_t p = 0; p < draws->n; p++) {
        sum += by[unit * draws->n + p];
        if (100 * sum >= (uint64_t)percent * draws->runs)
            return (uint32_t)p + 1;
    }
    return (uint32_t)draws->n;
}

size_t tb_rank_draws_within(const struct tb_rank_draws *draws, const uint32_t by[], size_t unit,
                            uint32_t k)
{
    size_t sum = 0;

    for (size_t p = 0; p < draws->n && p < k; p++)
        sum += by[unit * draws->n + p];
    return sum;
}

bool tb_rank_draws_tied(const struct tb_rank_draws *draws, size_t a, size_t b)
{
    if (b <= a || b - a > TB_NEIGHBOURS || b >= draws->n)
        return false;
    return 100 * (uint64_t)draws->ahead[a * TB_NEIGHBOURS + b - a - 1] <
           (uint64_t)95 * 2 * draws->runs;
}
