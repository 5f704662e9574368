/* parts.c - what analyse makes of numbers on standard input, for R to compare.
 *
 *   parts stl N_P [plain] [periodic]  seasonal, trend and weight of each number
 *   parts project NOW YEARS   part and whole of each year: mean, sd, value, low,
 *                             high, and the chance of 1.05 times the value
 *   parts spread P            of ascending numbers the quantile P, then in columns
 *                             Tukey's and the modified z-score of each, no tolerance
 *   parts trend STEP          growth a period in percent, then the robust line through
 *                             the numbers, STEP periods apart
 *   parts composite UNITS METHOD MEAN   of each indicator its weight, block, weight of the
 *                             block, 1 if lower is better, low, high, then a number of one
 *                             digit after the point for each unit (nan: missing); METHOD is
 *                             rank, minmax, zscore or goalposts, MEAN arithmetic or geometric:
 *                             the score of each unit
 * Seventeen digits, a row per number. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/rank/composite.h"
#include "analyse/outlook/projection.h"
#include "analyse/outlook/stl.h"
#include "tongbao/rank.h"
#include "tongbao/screen.h"
#include "tongbao/seasonal.h"

enum { MOST = 100000 };

static size_t take(double x[])
{
    size_t n = 0;

    while (n < MOST && scanf("%lf", &x[n]) == 1)
        n++;
    return n;
}

static int stl(const double x[], size_t n, size_t period, bool robust, bool periodic, double *out)
{
    struct tb_stl_spans spans = periodic ? tb_stl_periodic(period, n) : tb_stl_usual(period);

    if (!robust) {
        spans.inner = 2;
        spans.outer = 0;
    }
    if (!tb_stl(x, n, &spans, out, out + n, out + 2 * n))
        return 1;
    for (size_t i = 0; i < n; i++)
        printf("%.17g %.17g %.17g\n", out[i], out[n + i], out[2 * n + i]);
    return 0;
}

static int project(const double x[], size_t n, double now)
{
    struct tb_past_years past = { .now = now };
    struct tb_projection made;

    for (; past.n < TB_PROJECTION_YEARS && 2 * past.n + 1 < n; past.n++) {
        past.part[past.n] = x[2 * past.n];
        past.whole[past.n] = x[2 * past.n + 1];
    }
    tb_projection_make(&past, &made);
    printf("%.17g %.17g %.17g %.17g %.17g %.17g\n", made.mean, made.sd, made.value, made.low,
           made.high, tb_projection_chance(&past, &made, 1.05 * made.value, false));
    return 0;
}

static int spread(const double x[], size_t n, double p, double *out)
{
    tb_screen_tukey(x, n, 0, out, out + n);
    tb_screen_modified_z(x, n, 0, out, out + 2 * n);
    printf("%.17g 0\n", tb_quantile_sorted(x, n, p));
    for (size_t i = 0; i < n; i++)
        printf("%.17g %.17g\n", out[n + i], out[2 * n + i]);
    return 0;
}

static int trend(const double x[], size_t n, int32_t step, double *out)
{
    int32_t *period = calloc(n + 1, sizeof *period);
    double growth = 0;
    int rc = 1;

    for (size_t i = 0; period && i < n; i++)
        period[i] = step * (int32_t)i;
    if (period && tb_trend_fit(x, n, period, out, &growth) == TB_SEASONAL_DONE) {
        rc = 0;
        printf("%.17g\n", growth);
        for (size_t i = 0; i < n; i++)
            printf("%.17g\n", out[i]);
    }
    free(period);
    return rc;
}

enum { ABOUT = 6, MOST_INDICATORS = 32, MOST_UNITS = 256 };

/* Points of one indicator, whose numbers stand at x: six about it, then one for each unit. */
static void normalise(const double x[], size_t units, const char *method, struct tb_point out[])
{
    static struct tb_rational value[MOST_UNITS];
    static bool has[MOST_UNITS];
    static uint32_t place[MOST_UNITS];
    static double work[MOST_UNITS];
    const struct tb_rational post[2] = { { llround(x[4]), 1 }, { llround(x[5]), 1 } };
    const double *v = x + ABOUT;
    bool lower = x[3] > 0;
    uint32_t ranked = 0;

    for (size_t u = 0; u < units; u++) {
        has[u] = !isnan(v[u]);
        value[u] = (struct tb_rational){ has[u] ? llround(10 * v[u]) : 0, 10 };
        place[u] = has[u];
        for (size_t w = 0; has[u] && w < units; w++)
            place[u] += !isnan(v[w]) && (lower ? v[w] < v[u] : v[w] > v[u]);
        ranked += has[u];
    }
    if (strcmp(method, "rank") == 0)
        tb_normalise_rank(place, units, ranked, out);
    else if (strcmp(method, "minmax") == 0)
        tb_normalise_minmax(value, has, units, lower, out);
    else if (strcmp(method, "zscore") == 0)
        tb_normalise_zscore(value, has, units, lower, work, out);
    else
        tb_normalise_goalposts(value, has, units, post, lower, out);
}

static int composite(const double x[], size_t n, size_t units, const char *method, bool geometric)
{
    static struct tb_point column[MOST_UNITS], point[MOST_UNITS][MOST_INDICATORS];
    int64_t weight[MOST_INDICATORS], block_weight[MOST_INDICATORS] = { 0 };
    int32_t block[MOST_INDICATORS];
    struct tb_share share[MOST_INDICATORS];
    size_t each = ABOUT + units, k = n / each;
    struct tb_weights weights = { .n = k, .weight = weight, .block = block,
                                  .block_weight = block_weight, .n_blocks = MOST_INDICATORS };

    if (units == 0 || units > MOST_UNITS || k > MOST_INDICATORS)
        return 1;
    for (size_t i = 0; i < k; i++) {
        const double *own = x + i * each;
        weight[i] = llround(own[0]);
        block[i] = (int32_t)own[1];
        block_weight[block[i]] = llround(own[2]);
        normalise(own, units, method, column);
        for (size_t u = 0; u < units; u++)
            point[u][i] = column[u];
    }
    for (size_t u = 0; u < units; u++) {
        struct tb_wide score;
        int64_t whole = tb_weights_shares(&weights, point[u], share);
        if (tb_composite_join(point[u], share, k, whole,
                              geometric ? TB_AGGREGATE_GEOMETRIC : TB_AGGREGATE_ARITHMETIC,
                              &score) != TB_COMPOSITE_FINE)
            return 1;
        printf("%.17g\n", (double)((long double)score.num / (long double)score.den));
    }
    return 0;
}

int main(int argc, char **argv)
{
    double *x = calloc(4 * (size_t)MOST, sizeof *x);
    int rc = 2;

    if (x && argc > 2) {
        size_t n = take(x);
        if (strcmp(argv[1], "stl") == 0)
            rc = stl(x, n, (size_t)strtoul(argv[2], NULL, 10), argc < 4 || strcmp(argv[3], "plain") != 0,
                     argc > 3 && strcmp(argv[argc - 1], "periodic") == 0, x + MOST);
        else if (strcmp(argv[1], "project") == 0)
            rc = project(x, n, strtod(argv[2], NULL));
        else if (strcmp(argv[1], "spread") == 0)
            rc = spread(x, n, strtod(argv[2], NULL), x + MOST);
        else if (strcmp(argv[1], "trend") == 0)
            rc = trend(x, n, (int32_t)strtol(argv[2], NULL, 10), x + MOST);
        else if (strcmp(argv[1], "composite") == 0 && argc == 5)
            rc = composite(x, n, strtoul(argv[2], NULL, 10), argv[3], argv[4][0] == 'g');
    }
    free(x);
    return rc;
}
