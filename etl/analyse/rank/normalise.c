/* normalise.c - rank scores, min-max, goalposts, z-scores, completion. */
#include "analyse/rank/normalise.h"

#include <math.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

enum { NINE = 9 }; /* digits of a number that is not exact, or whose fraction is too long */

const char *tb_point_note_name(enum tb_point_note note)
{
    static const char *const names[] = {
        [TB_POINT_PLAIN] = "",
        [TB_POINT_ZERO_RANGE] = "zero_range",
        [TB_POINT_CLIPPED] = "clipped",
        [TB_POINT_CAPPED] = "capped",
        [TB_POINT_MISSING] = "missing",
        [TB_POINT_AS_ZERO] = "missing_as_zero",
        [TB_POINT_NO_POSTS] = "no_goalposts",
        [TB_POINT_NOTHING] = "zero",
        [TB_POINT_TOO_LARGE] = "too_large",
    };

    return names[note];
}

static struct tb_point missing(void)
{
    return (struct tb_point){ .points = { 0, 1 }, .note = TB_POINT_MISSING };
}

static struct tb_point whole(int64_t points, enum tb_point_note note)
{
    return (struct tb_point){ .points = { points, 1 }, .has = true, .note = (uint8_t)note };
}

void tb_normalise_rank(const uint32_t place[], size_t n, uint32_t scale, struct tb_point out[])
{
    uint32_t last = 0;

    for (size_t m = 0; m < n; m++)
        last = place[m] > last ? place[m] : last;
    for (size_t m = 0; m < n; m++) {
        if (place[m] == 0)
            out[m] = missing();
        else if (last <= 1 || scale <= 1)
            out[m] = whole(50, TB_POINT_ZERO_RANGE);
        else if (place[m] > scale)
            out[m] = whole(0, TB_POINT_PLAIN);
        else
            out[m] = (struct tb_point){ .points = { (int64_t)100 * (scale - place[m]),
                                                    (int64_t)scale - 1 },
                                        .has = true };
    }
}

/* The number to nine digits; itself where that does not fit. */
static struct tb_rational shortened(struct tb_rational value)
{
    struct tb_decimal nine;
    struct tb_rational out;

    if (!tb_rational_round(value, NINE, TB_ROUND_HALF_EVEN, &nine) ||
        !tb_rational_from_decimal(nine, &out))
        return value;
    return out;
}

static bool share(struct tb_rational x, struct tb_rational low, struct tb_rational high,
                  struct tb_rational *out)
{
    struct tb_rational above, range, part;

    return tb_rational_sub(x, low, &above) && tb_rational_sub(high, low, &range) &&
           tb_rational_div(above, range, &part) &&
           tb_rational_mul(part, tb_rational_int(100), out);
}

/* 100 (x - low) / (high - low), swapped where lower is better; low < high. */
static struct tb_point between(struct tb_rational x, struct tb_rational low,
                               struct tb_rational high, bool lower)
{
    struct tb_point point = { .has = true };
    struct tb_rational from = lower ? high : low, to = lower ? low : high;

    if (tb_rational_cmp(x, low) < 0)
        return whole(lower ? 100 : 0, TB_POINT_CLIPPED);
    if (tb_rational_cmp(x, high) > 0)
        return whole(lower ? 0 : 100, TB_POINT_CLIPPED);
    if (!share(x, from, to, &point.points) &&
        !share(shortened(x), shortened(from), shortened(to), &point.points))
        return (struct tb_point){ .points = { 0, 1 }, .note = TB_POINT_TOO_LARGE };
    return point;
}

void tb_normalise_goalposts(const struct tb_rational value[], const bool has[], size_t n,
                            const struct tb_rational post[2], bool lower, struct tb_point out[])
{
    bool flat = tb_rational_cmp(post[0], post[1]) >= 0;

    for (size_t m = 0; m < n; m++)
        out[m] = !has[m] ? missing()
                 : flat  ? whole(50, TB_POINT_ZERO_RANGE)
                         : between(value[m], post[0], post[1], lower);
}

void tb_normalise_minmax(const struct tb_rational value[], const bool has[], size_t n, bool lower,
                         struct tb_point out[])
{
    struct tb_rational post[2] = { { 0, 1 }, { 0, 1 } };
    bool any = false;

    for (size_t m = 0; m < n; m++) {
        if (!has[m])
            continue;
        if (!any || tb_rational_cmp(value[m], post[0]) < 0)
            post[0] = value[m];
        if (!any || tb_rational_cmp(value[m], post[1]) > 0)
            post[1] = value[m];
        any = true;
    }
    tb_normalise_goalposts(value, has, n, post, lower, out);
}

void tb_normalise_zscore(const struct tb_rational value[], const bool has[], size_t n, bool lower,
                         double work[], struct tb_point out[])
{
    size_t present = 0;
    bool same = true;
    const struct tb_rational *first = NULL;

    for (size_t m = 0; m < n; m++) {
        if (!has[m])
            continue;
        first = first ? first : &value[m];
        same = same && tb_rational_cmp(*first, value[m]) == 0;
        work[present++] = tb_rational_double(value[m]);
    }
    gsl_sort(work, 1, present); /* sums then do not depend on who stands where */
    double mean = present > 0 ? gsl_stats_mean(work, 1, present) : 0;
    double sd = present > 1 && !same ? gsl_stats_sd_m(work, 1, present, mean) : 0;
    for (size_t m = 0; m < n; m++) {
        if (!has[m]) {
            out[m] = missing();
        } else if (!(sd > 0)) {
            out[m] = whole(0, TB_POINT_ZERO_RANGE);
        } else {
            double z = (tb_rational_double(value[m]) - mean) / sd;
            struct tb_decimal nine = { llround((lower ? -z : z) * 1e9), NINE };
            out[m] = (struct tb_point){ .has = true };
            (void)tb_rational_from_decimal(nine, &out[m].points); /* |z| < sqrt(n): fits */
        }
    }
}

void tb_normalise_completion(const struct tb_rational value[], const bool has[], size_t n,
                             struct tb_rational cap, struct tb_point out[])
{
    for (size_t m = 0; m < n; m++) {
        if (!has[m])
            out[m] = missing();
        else if (tb_rational_cmp(value[m], cap) > 0)
            out[m] = (struct tb_point){ .points = cap, .has = true, .note = TB_POINT_CAPPED };
        else
            out[m] = (struct tb_point){ .points = value[m], .has = true };
    }
}
