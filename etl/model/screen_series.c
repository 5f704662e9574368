/* screen_series.c - screens along one series: Hampel, a power of ten, stale numbers,
 * digits that heap. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "tongbao/screen.h"

enum { PAST = 12, DIGITS_BACK = 120, LEAST_CHANGE = 20 };

void tb_screen_hampel(const double x[], size_t n, double tolerance, double score[])
{
    double window[TB_SCREEN_WINDOW], work[TB_SCREEN_WINDOW];
    const size_t half = TB_SCREEN_WINDOW / 2;

    for (size_t i = 0; i < n; i++) {
        size_t from = i < half ? 0 : i - half;
        size_t end = i + half < n ? i + half + 1 : n;
        score[i] = NAN;
        if (n < TB_SCREEN_LEAST_POINTS)
            continue;
        memcpy(window, x + from, (end - from) * sizeof *window);
        double scale = gsl_stats_mad(window, 1, end - from, work);
        double deviation = x[i] - gsl_stats_median(window, 1, end - from); /* reorders window */
        if (scale > 0)
            score[i] = deviation / scale;
        else if (deviation == 0)
            score[i] = 0;
        else if (tolerance > 0)
            score[i] = 3 * deviation / tolerance;
    }
}

/* --- powers of ten --- */

/* log10 of the same period a year before point i, as corrected; NaN if absent. */
static double year_before(const double logs[], size_t i, const struct tb_season *season)
{
    int32_t wanted =
        tb_period_year_before((struct tb_period){ season->freq, season->period[i] }).index;

    for (size_t k = i; k-- > 0 && season->period[k] >= wanted;)
        if (season->period[k] == wanted)
            return logs[k];
    return NAN;
}

/* The power by which `log` is off: 0 when none brings it home. */
static int nearest_power(double log, double middle, double last_year)
{
    static const int powers[] = { 3, 4, 8, -3, -4, -8 };
    double home = isnan(last_year) ? middle : last_year;
    double best = isnan(last_year) ? 0.9 : 0.5;
    int found = 0;

    if (fabs(log - middle) < 2)
        return 0;
    for (size_t p = 0; p < sizeof powers / sizeof *powers; p++) {
        double off = fabs(log - powers[p] - home);
        if (off <= best) {
            best = off;
            found = powers[p];
        }
    }
    return found;
}

/* The past twelve usable points, sorted; false when there are too few of them, or
 * they are spread over more than a power of ten themselves. */
static bool middle_of_past(const double logs[], size_t i, double *middle)
{
    double past[PAST];
    size_t n = 0;

    for (size_t k = i; k-- > 0 && n < PAST;)
        if (!isnan(logs[k]))
            past[n++] = logs[k];
    if (n < TB_SCREEN_LEAST_POINTS)
        return false;
    gsl_sort(past, 1, n);
    *middle = gsl_stats_median_from_sorted_data(past, 1, n);
    return gsl_stats_quantile_from_sorted_data(past, 1, n, 0.75) -
               gsl_stats_quantile_from_sorted_data(past, 1, n, 0.25) <=
           1;
}

void tb_screen_scale(const double x[], size_t n, const struct tb_season *season, double work[],
                     double score[])
{
    double *logs = work, middle;

    for (size_t i = 0; i < n; i++) {
        score[i] = NAN;
        logs[i] = x[i] != 0 ? log10(fabs(x[i])) : NAN;
        if (isnan(logs[i]) || !middle_of_past(logs, i, &middle))
            continue;
        score[i] = nearest_power(logs[i], middle, year_before(logs, i, season));
        logs[i] -= score[i];
    }
}

/* --- repeated numbers and last digits --- */

/* The largest power of ten that divides all of them. */
static int64_t common_zeros(const int64_t x[], size_t n)
{
    int64_t power = 1;

    for (bool all = true; all && power < INT64_MAX / 10;) {
        size_t n_other = 0;
        for (size_t i = 0; i < n && all; i++) {
            all = x[i] % (power * 10) == 0;
            n_other += x[i] != 0;
        }
        all = all && n_other > 0;
        if (all)
            power *= 10;
    }
    return power;
}

/* The middle of the changes from point to point, in units of the last digit. */
static double usual_change(const int64_t x[], size_t n, double work[])
{
    double one = (double)common_zeros(x, n);

    for (size_t i = 1; i < n; i++)
        work[i - 1] = fabs((double)x[i] - (double)x[i - 1]) / one;
    return gsl_stats_median(work, 1, n - 1);
}

void tb_screen_stale(const int64_t x[], size_t n, double work[], double score[])
{
    bool moves = n >= TB_SCREEN_LEAST_POINTS && usual_change(x, n, work) >= LEAST_CHANGE;

    for (size_t i = 0; i < n; i++) {
        size_t k = i;
        while (moves && k > 0 && x[k - 1] == x[i])
            k--;
        score[i] = moves && i > 0 && x[i] != 0 ? (double)(i - k) : NAN;
    }
}

/* How often each last digit stands there; the sum. */
static size_t count_digits(const int64_t x[], size_t n, size_t count[10])
{
    int64_t power = common_zeros(x, n);
    size_t all = 0;

    memset(count, 0, 10 * sizeof *count);
    for (size_t i = 0; i < n; i++) {
        int64_t shown = x[i] / power;
        if (shown > -100 && shown < 100)
            continue;
        int64_t digit = shown % 10;
        count[digit < 0 ? -digit : digit]++;
        all++;
    }
    return all;
}

void tb_screen_heaping(const int64_t x[], size_t n, double p_value[], double round_pct[])
{
    for (size_t i = 0; i < n; i++) {
        size_t from = i + 1 > DIGITS_BACK ? i + 1 - DIGITS_BACK : 0, count[10];
        size_t all =
            i + 1 < TB_SCREEN_LEAST_DIGITS ? 0 : count_digits(x + from, i + 1 - from, count);
        double expected = (double)all / 10, chi = 0;
        p_value[i] = round_pct[i] = NAN;
        if (all < TB_SCREEN_LEAST_DIGITS)
            continue;
        for (size_t d = 0; d < 10; d++)
            chi += ((double)count[d] - expected) * ((double)count[d] - expected) / expected;
        p_value[i] = gsl_cdf_chisq_Q(chi, 9);
        round_pct[i] = 100 * (double)(count[0] + count[5]) / (double)all;
    }
}
