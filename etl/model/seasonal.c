/* seasonal.c - the parts of a series, and a robust line through one. */
#include "tongbao/seasonal.h"

#include <math.h>

#include "model/seasonal_fit.h"

/* The effect of each place in the year, less the mean of them all. */
static void season_effects(const struct tb_fit *fit, double effect[TB_FIT_SEASONS])
{
    double sum = 0;
    size_t n = 0;

    for (size_t s = 0; s < TB_FIT_SEASONS; s++) {
        int column = fit->column_of[s];
        effect[s] = column > 0 ? gsl_vector_get(fit->coefficient, 1 + (size_t)column) : 0;
        sum += effect[s];
        n += column >= 0;
    }
    for (size_t s = 0; s < TB_FIT_SEASONS; s++)
        effect[s] -= n ? sum / (double)n : 0;
}

static double part_of(const struct tb_fit *fit, size_t point, size_t column)
{
    return gsl_matrix_get(fit->x, point, column) * gsl_vector_get(fit->coefficient, column);
}

enum tb_seasonal_result tb_seasonal_fit(const double x[], size_t n, const struct tb_season *season,
                                        struct tb_seasonal_parts *out)
{
    struct tb_fit fit;
    enum tb_seasonal_result result = tb_fit_make(&fit, x, n, season);
    double effect[TB_FIT_SEASONS];

    for (size_t i = 0; i < n; i++)
        out->trend[i] = out->season[i] = out->festival[i] = out->residual[i] = NAN;
    out->has_festival = false;
    if (result == TB_SEASONAL_DONE) {
        size_t last = fit.n_columns - 1;
        season_effects(&fit, effect);
        out->has_festival = fit.festival;
        for (size_t i = 0; i < fit.n; i++) {
            size_t at = fit.at[i];
            out->season[at] = effect[tb_fit_place(&fit, i)];
            out->festival[at] =
                fit.festival ? part_of(&fit, i, last - 1) + part_of(&fit, i, last) : 0;
            out->residual[at] = gsl_vector_get(fit.residual, i);
            out->trend[at] =
                gsl_vector_get(fit.y, i) - out->season[at] - out->festival[at] - out->residual[at];
        }
    }
    tb_fit_release(&fit);
    return result;
}

/* Points above 0 against the period, counted from the first of them. */
static size_t take_points(const double x[], size_t n, const int32_t period[], gsl_matrix *design,
                          gsl_vector *y)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        if (!(x[i] > 0))
            continue;
        gsl_matrix_set(design, used, 0, 1);
        gsl_matrix_set(design, used, 1, (double)(period[i] - period[0]));
        gsl_vector_set(y, used++, log(x[i]));
    }
    return used;
}

enum tb_seasonal_result tb_trend_fit(const double x[], size_t n, const int32_t period[],
                                     double fitted[], double *growth_pct)
{
    enum tb_seasonal_result result = TB_SEASONAL_NO_MEMORY;
    size_t n_above = 0;

    for (size_t i = 0; i < n; i++) {
        n_above += x[i] > 0;
        fitted[i] = NAN;
    }
    if (n_above < TB_SCREEN_LEAST_POINTS)
        return TB_SEASONAL_SHORT;
    gsl_matrix *design = gsl_matrix_alloc(n_above, 2), *covariance = gsl_matrix_alloc(2, 2);
    gsl_vector *y = gsl_vector_alloc(n_above), *line = gsl_vector_alloc(2);
    if (design && covariance && y && line) {
        (void)take_points(x, n, period, design, y);
        result = tb_fit_solve(design, y, true, line, covariance);
    }
    if (result == TB_SEASONAL_DONE) {
        *growth_pct = 100 * expm1(gsl_vector_get(line, 1));
        for (size_t i = 0; i < n; i++)
            fitted[i] = exp(gsl_vector_get(line, 0) +
                            gsl_vector_get(line, 1) * (double)(period[i] - period[0]));
    }
    gsl_matrix_free(design);
    gsl_matrix_free(covariance);
    gsl_vector_free(y);
    gsl_vector_free(line);
    return result;
}
