/* parts.c - what analyse makes of numbers on standard input, for R to compare.
 *
 *   parts stl N_P [plain]     seasonal, trend and weight of each number
 *   parts project NOW YEARS   part and whole of each year: mean, sd, value, low,
 *                             high, and the chance of 1.05 times the value
 *   parts spread P            of ascending numbers the quantile P, then in columns
 *                             Tukey's and the modified z-score of each, no tolerance
 *   parts trend STEP          growth a period in percent, then the robust line through
 *                             the numbers, STEP periods apart
 * Seventeen digits, a row per number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/projection.h"
#include "analyse/stl.h"
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

static int stl(const double x[], size_t n, size_t period, int robust, double *out)
{
    struct tb_stl_spans spans = tb_stl_usual(period);

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

int main(int argc, char **argv)
{
    double *x = calloc(4 * (size_t)MOST, sizeof *x);
    int rc = 2;

    if (x && argc > 2) {
        size_t n = take(x);
        if (strcmp(argv[1], "stl") == 0)
            rc = stl(x, n, (size_t)strtoul(argv[2], NULL, 10), argc == 3, x + MOST);
        else if (strcmp(argv[1], "project") == 0)
            rc = project(x, n, strtod(argv[2], NULL));
        else if (strcmp(argv[1], "spread") == 0)
            rc = spread(x, n, strtod(argv[2], NULL), x + MOST);
        else if (strcmp(argv[1], "trend") == 0)
            rc = trend(x, n, (int32_t)strtol(argv[2], NULL, 10), x + MOST);
    }
    free(x);
    return rc;
}
