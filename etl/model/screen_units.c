/* screen_units.c - screens across units: modified z, Tukey, Hidiroglou-Berthelot. */
#include "tongbao/screen.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

/* deviation / spread; where the spread is 0, in tolerances of which one has the
 * score `threshold`. */
static double in_spreads(double deviation, double spread, double tolerance, double threshold)
{
    if (spread > 0)
        return deviation / spread;
    if (deviation == 0)
        return 0;
    return tolerance > 0 ? threshold * deviation / tolerance : NAN;
}

static void none(double score[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        score[i] = NAN;
}

static const double *sorted(const double x[], size_t n, double work[])
{
    memcpy(work, x, n * sizeof *work);
    gsl_sort(work, 1, n);
    return work;
}

void tb_screen_modified_z(const double x[], size_t n, double tolerance, double work[],
                          double score[])
{
    none(score, n);
    if (n < TB_SCREEN_LEAST_UNITS)
        return;
    double middle = gsl_stats_median_from_sorted_data(sorted(x, n, work), 1, n);
    double mad = gsl_stats_mad0(x, 1, n, work);
    for (size_t i = 0; i < n; i++)
        score[i] = in_spreads(x[i] - middle, mad / 0.6745, tolerance, 3.5);
}

void tb_screen_tukey(const double x[], size_t n, double tolerance, double work[], double score[])
{
    none(score, n);
    if (n < TB_SCREEN_LEAST_UNITS)
        return;
    (void)sorted(x, n, work);
    double low = gsl_stats_quantile_from_sorted_data(work, 1, n, 0.25);
    double high = gsl_stats_quantile_from_sorted_data(work, 1, n, 0.75);
    for (size_t i = 0; i < n; i++) {
        double beyond = x[i] > high ? x[i] - high : x[i] < low ? x[i] - low : 0;
        score[i] = in_spreads(beyond, high - low, tolerance, 1.5);
    }
}

/* The pairs that are in the set, by their numbers; others are left NaN. */
static size_t choose_pairs(const double x[], const double b[], size_t n, double ratio[])
{
    size_t n_positive = 0, n_same = 0;

    for (size_t i = 0; i < n; i++) {
        bool positive = x[i] > 0 && b[i] > 0;
        ratio[i] = positive ? x[i] / b[i] : NAN;
        n_positive += positive;
        n_same += positive && x[i] == b[i];
    }
    if (2 * n_same < n_positive)
        return n_positive;
    for (size_t i = 0; i < n; i++)
        if (x[i] == b[i])
            ratio[i] = NAN;
    return n_positive - n_same;
}

static size_t pack(const double x[], size_t n, double out[])
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]))
            out[kept++] = x[i];
    gsl_sort(out, 1, kept);
    return kept;
}

void tb_screen_hb(const double x[], const double b[], size_t n, double a, double work[],
                  double score[], double gap_pct[])
{
    double *effect = score, *order = work + n;
    size_t kept = choose_pairs(x, b, n, work);

    if (kept < TB_SCREEN_LEAST_UNITS) {
        none(score, n);
        none(gap_pct, n);
        return;
    }
    (void)pack(work, n, order);
    double middle = gsl_stats_median_from_sorted_data(order, 1, kept);
    for (size_t i = 0; i < n; i++) { /* NaN stays NaN */
        double r = work[i];
        double s = r < middle ? 1 - middle / r : r / middle - 1;
        gap_pct[i] = 100 * (r - middle);
        effect[i] = s * sqrt(fmax(x[i], b[i]));
        if (isnan(r))
            effect[i] = NAN;
    }
    (void)pack(effect, n, order);
    double e_m = gsl_stats_median_from_sorted_data(order, 1, kept);
    double least = e_m == 0 ? a : fabs(a * e_m);
    double below = e_m - gsl_stats_quantile_from_sorted_data(order, 1, kept, 0.25);
    double above = gsl_stats_quantile_from_sorted_data(order, 1, kept, 0.75) - e_m;
    for (size_t i = 0; i < n; i++) {
        double deviation = effect[i] - e_m;
        if (!isnan(deviation))
            score[i] = in_spreads(deviation, fmax(deviation < 0 ? below : above, least), 0, 0);
    }
}
