/* rank.c - places with ties, from exact values.
 *
 * Values are sorted once with their row as second key, so that the order is
 * total; then each run of equal values gets one place from the front and one
 * from the back.  Printed values are whole numbers of their last digit: they are
 * sorted digit by digit, which takes half the time of comparing them.
 */
#include "tongbao/rank.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- order --- */

struct placed {
    struct tb_rational value;
    uint32_t row;
};

static int by_value(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;
    int order = tb_rational_cmp(x->value, y->value);

    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int64_t order_fractions(const struct tb_rational value[], size_t n_ranked, uint32_t order[])
{
    struct placed *sorted = calloc(n_ranked ? n_ranked : 1, sizeof *sorted);

    if (!sorted)
        return -1;
    for (size_t i = 0; i < n_ranked; i++)
        sorted[i] = (struct placed){ .value = value[order[i]], .row = order[i] };
    qsort(sorted, n_ranked, sizeof *sorted, by_value);
    for (size_t i = 0; i < n_ranked; i++)
        order[i] = sorted[i].row;
    free(sorted);
    return (int64_t)n_ranked;
}

/* Whole numbers as published: their distance from the least, and the row. */
struct keyed {
    uint64_t key;
    uint32_t row;
};

enum { FEW = 256, FEW_BITS = 6, MANY_BITS = 8 };

/* One pass of a radix sort, which keeps the order of equal digits. */
static void sort_digit(const struct keyed from[], struct keyed to[], size_t n, unsigned shift,
                       unsigned bits)
{
    size_t at[1 << MANY_BITS] = { 0 };
    size_t mask = ((size_t)1 << bits) - 1, sum = 0;

    for (size_t i = 0; i < n; i++)
        at[from[i].key >> shift & mask]++;
    for (size_t digit = 0; digit <= mask; digit++) {
        size_t count = at[digit];
        at[digit] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i].key >> shift & mask]++] = from[i];
}

/* The same for numbers with one denominator: no comparison of two of them is needed. */
static int64_t order_whole(const struct tb_rational value[], size_t n_ranked, uint32_t order[])
{
    struct keyed *sorted = malloc(2 * n_ranked * sizeof *sorted), *other = sorted + n_ranked;
    unsigned bits = n_ranked < FEW ? FEW_BITS : MANY_BITS;
    int64_t least = value[order[0]].num;
    uint64_t all = 0;

    if (!sorted)
        return -1;
    for (size_t i = 1; i < n_ranked; i++)
        least = value[order[i]].num < least ? value[order[i]].num : least;
    for (size_t i = 0; i < n_ranked; i++) {
        sorted[i] = (struct keyed){ (uint64_t)value[order[i]].num - (uint64_t)least, order[i] };
        all |= sorted[i].key;
    }
    struct keyed *at = sorted, *next = other;
    for (unsigned shift = 0; shift < 64 && all >> shift != 0; shift += bits) {
        struct keyed *swap = at;
        sort_digit(at, next, n_ranked, shift, bits);
        at = next;
        next = swap;
    }
    for (size_t i = 0; i < n_ranked; i++)
        order[i] = at[i].row;
    free(sorted);
    return (int64_t)n_ranked;
}

int64_t tb_rank_order(const struct tb_rational value[], const bool has[], size_t n,
                      uint32_t order[])
{
    size_t n_ranked = 0;
    bool whole = true;

    for (size_t i = 0; i < n; i++) {
        if (!has[i])
            continue;
        order[n_ranked++] = (uint32_t)i;
        whole &= value[i].den == value[order[0]].den;
    }
    if (n_ranked < 2)
        return (int64_t)n_ranked;
    return whole && n_ranked <= SIZE_MAX / (2 * sizeof(struct keyed))
               ? order_whole(value, n_ranked, order)
               : order_fractions(value, n_ranked, order);
}

/* --- places --- */

/* Ends (exclusive) the run of values equal to that at `begin`. */
static size_t run_end(const struct tb_rational value[], const uint32_t order[], size_t n,
                      size_t begin)
{
    size_t end = begin + 1;

    while (end < n && tb_rational_cmp(value[order[begin]], value[order[end]]) == 0)
        end++;
    return end;
}

void tb_rank_places(const struct tb_rational value[], const uint32_t order[], size_t n_ranked,
                    bool lower_is_better, bool dense, struct tb_rank out[])
{
    size_t n = n_ranked;
    uint32_t n_distinct = 0;
    uint32_t distinct = 0;

    for (size_t i = 0; dense && i < n; i = run_end(value, order, n, i))
        n_distinct++;
    for (size_t begin = 0; begin < n; distinct++) {
        size_t end = run_end(value, order, n, begin);
        uint32_t below = dense ? distinct : (uint32_t)begin;
        uint32_t above = dense ? n_distinct - distinct - 1 : (uint32_t)(n - end);
        struct tb_rank place = { .rank = 1 + (lower_is_better ? below : above),
                                 .bottom = 1 + (lower_is_better ? above : below),
                                 .tied = end - begin > 1 };
        for (size_t i = begin; i < end; i++)
            out[order[i]] = place;
        begin = end;
    }
}

int64_t tb_rank_values(const struct tb_rational value[], const bool has[], size_t n,
                       bool lower_is_better, bool dense, struct tb_rank out[])
{
    if (n == 0)
        return 0;
    uint32_t *order = malloc(n * sizeof *order);
    int64_t n_ranked = order ? tb_rank_order(value, has, n, order) : -1;
    if (n_ranked >= 0) {
        memset(out, 0, n * sizeof *out);
        tb_rank_places(value, order, (size_t)n_ranked, lower_is_better, dense, out);
    }
    free(order);
    return n_ranked;
}

double tb_quantile_sorted(const double sorted[], size_t n, double p)
{
    /* GSL answers 0 for the quantile of nothing. */
    if (n == 0 || !(p >= 0.0 && p <= 1.0))
        return NAN;
    return gsl_stats_quantile_from_sorted_data(sorted, 1, n, p);
}
