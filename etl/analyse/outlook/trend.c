/* trend.c - a robust line through values, and what it leads to. */
#include "analyse/outlook/trend.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

/* A robust line takes a new level for outliers: beyond so many spreads it says nothing of what comes. */
static const double LEFT_THE_LINE = 3.5;

enum { STEPS = 500 };

struct line {
    gsl_matrix *design, *covariance;
    gsl_vector *y, *c, *point;
};

static bool line_init(struct line *line, const double x[], const double t[], size_t n, double at)
{
    *line = (struct line){ gsl_matrix_alloc(n, 2), gsl_matrix_alloc(2, 2), gsl_vector_alloc(n),
                           gsl_vector_alloc(2), gsl_vector_alloc(2) };
    if (!line->design || !line->covariance || !line->y || !line->c || !line->point)
        return false;
    for (size_t i = 0; i < n; i++) {
        gsl_matrix_set(line->design, i, 0, 1);
        gsl_matrix_set(line->design, i, 1, t[i] - at); /* so that the line's value there is c0 */
        gsl_vector_set(line->y, i, x[i]);
    }
    gsl_vector_set(line->point, 0, 1);
    gsl_vector_set(line->point, 1, 0);
    return true;
}

static void line_release(struct line *line)
{
    gsl_matrix_free(line->design);
    gsl_matrix_free(line->covariance);
    gsl_vector_free(line->y);
    gsl_vector_free(line->c);
    gsl_vector_free(line->point);
}

/* The line's value, its own doubt and the spread about it, NaN without a solution; false when memory
 * is out. */
static bool fit(struct line *line, const gsl_multifit_robust_type *type, double *value,
                double *doubt, double *spread)
{
    gsl_multifit_robust_workspace *work = gsl_multifit_robust_alloc(type, line->y->size, 2);

    *value = *doubt = *spread = NAN;
    if (!work)
        return false;
    (void)gsl_multifit_robust_maxiter(STEPS, work);
    if (gsl_multifit_robust(line->design, line->y, line->c, line->covariance, work) ==
            GSL_SUCCESS &&
        gsl_multifit_robust_est(line->point, line->c, line->covariance, value, doubt) ==
            GSL_SUCCESS)
        *spread = gsl_multifit_robust_statistics(work).sigma;
    gsl_multifit_robust_free(work);
    return true;
}

/* Tukey's bisquare may swing between two lines for ever; Huber's weights, which leave nothing out,
 * do not. */
static bool fit_either(struct line *line, double *value, double *doubt, double *spread)
{
    return fit(line, gsl_multifit_robust_bisquare, value, doubt, spread) &&
           (isfinite(*spread) || fit(line, gsl_multifit_robust_huber, value, doubt, spread));
}

static double largest(const double x[], size_t n)
{
    double most = 0;

    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

/* The line through the first and the last, if all lie within half a step of it; NaN else.  A
 * robust fit has no scale there. */
static double on_a_line(const double x[], const double t[], size_t n, double at, double step)
{
    size_t first = 0, last = 0;

    for (size_t i = 1; i < n; i++) {
        first = t[i] < t[first] ? i : first;
        last = t[i] > t[last] ? i : last;
    }
    double slope = (x[last] - x[first]) / (t[last] - t[first]), off = 0;
    for (size_t i = 0; i < n; i++)
        off = fmax(off, fabs(x[first] + slope * (t[i] - t[first]) - x[i]));
    return off <= fmax(step / 2, 1e-9 * largest(x, n)) ? x[first] + slope * (at - t[first]) : NAN;
}

/* How far the newest value lies off the line. */
static double off_line(const struct line *line, const double x[], const double t[], size_t n,
                       double at)
{
    size_t last = 0;

    for (size_t i = 1; i < n; i++)
        last = t[i] > t[last] ? i : last;
    return x[last] - gsl_vector_get(line->c, 0) - gsl_vector_get(line->c, 1) * (t[last] - at);
}

bool tb_trend_make(const double x[], const double t[], size_t n, double at, double step,
                   struct tb_projection *out)
{
    struct line line;
    double doubt, spread;

    *out = (struct tb_projection){
        .n = n, .mean = NAN, .sd = NAN, .value = NAN, .low = NAN, .high = NAN
    };
    if (n < TB_TREND_LEAST_VALUES)
        return true;
    double plain = on_a_line(x, t, n, at, step);
    if (isfinite(plain)) {
        out->method = TB_PROJECTION_ALIKE;
        out->mean = out->value = out->low = out->high = plain;
        out->sd = 0;
        return true;
    }
    bool whole = line_init(&line, x, t, n, at) && fit_either(&line, &out->value, &doubt, &spread);
    double newest_off = whole ? off_line(&line, x, t, n, at) : NAN;
    line_release(&line);
    if (!whole || !isfinite(out->value) || !isfinite(spread) ||
        fabs(newest_off) > fmax(LEFT_THE_LINE * spread, step / 2)) {
        out->value = NAN;
        return whole;
    }
    out->method = spread < step / 2 ? TB_PROJECTION_ALIKE : TB_PROJECTION_TREND;
    out->mean = out->value;
    out->sd = sqrt(doubt * doubt + spread * spread);
    double half = gsl_cdf_tdist_Pinv(0.5 + TB_PROJECTION_INTERVAL / 200.0, (double)n - 2) * out->sd;
    out->low = out->value - half;
    out->high = out->value + half;
    return true;
}

double tb_trend_chance(const struct tb_projection *made, double level, bool within)
{
    if (made->method != TB_PROJECTION_TREND)
        return NAN;
    double t = (level - made->mean) / made->sd;
    return within ? gsl_cdf_tdist_P(t, (double)made->n - 2)
                  : gsl_cdf_tdist_Q(t, (double)made->n - 2);
}
