/* seasonal_fit.c - ln x on trend, season and Spring Festival (methods note, section 10). */
#include "model/seasonal_fit.h"

#include <math.h>
#include <stdlib.h>

enum { SPARE_POINTS = 8, ROBUST_STEPS = 1000 };

static struct tb_period period_of(const struct tb_fit *fit, size_t i)
{
    return (struct tb_period){ fit->season->freq, fit->season->period[fit->at[i]] };
}

size_t tb_fit_place(const struct tb_fit *fit, size_t i)
{
    return (size_t)tb_period_in_year(period_of(fit, i), 1) - 1;
}

/* Shares of the festival's windows in the days that the figure is of. */
static bool festival_share(const struct tb_fit *fit, size_t i, double *before, double *after)
{
    struct tb_period period = period_of(fit, i), first = period;

    if (fit->season->joint && tb_fit_place(fit, i) == 1)
        first.index--;
    return tb_spring_festival_share(tb_period_first_day(first), tb_period_last_day(period), before,
                                    after);
}

/* Trend, a column for each season but the first, two for the festival where every
 * month of the series is in its table. */
static void plan(struct tb_fit *fit)
{
    double before, after;
    int n_seasons = 0;

    for (size_t s = 0; s < TB_FIT_SEASONS; s++)
        fit->column_of[s] = -1;
    fit->festival = fit->season->freq == TB_FREQ_MONTH;
    for (size_t i = 0; i < fit->n; i++) {
        if (fit->column_of[tb_fit_place(fit, i)] < 0)
            fit->column_of[tb_fit_place(fit, i)] = n_seasons++;
        fit->festival = fit->festival && festival_share(fit, i, &before, &after);
    }
    fit->n_columns = 2 + (size_t)(n_seasons > 0 ? n_seasons - 1 : 0) + (fit->festival ? 2 : 0);
}

/* Takes the mean of a column over the points of the same place in the year off. */
static void centre(const struct tb_fit *fit, size_t column)
{
    double sum[TB_FIT_SEASONS] = { 0 };
    size_t count[TB_FIT_SEASONS] = { 0 };

    for (size_t i = 0; i < fit->n; i++) {
        sum[tb_fit_place(fit, i)] += gsl_matrix_get(fit->x, i, column);
        count[tb_fit_place(fit, i)]++;
    }
    for (size_t i = 0; i < fit->n; i++) {
        size_t place = tb_fit_place(fit, i);
        double value = gsl_matrix_get(fit->x, i, column) - sum[place] / (double)count[place];
        gsl_matrix_set(fit->x, i, column, value);
    }
}

static void fill(struct tb_fit *fit, const double x[])
{
    double before = 0, after = 0;
    size_t last = fit->n_columns - 1;

    gsl_matrix_set_zero(fit->x);
    for (size_t i = 0; i < fit->n; i++) {
        int season = fit->column_of[tb_fit_place(fit, i)];
        gsl_vector_set(fit->y, i, log(x[fit->at[i]]));
        gsl_matrix_set(fit->x, i, 0, 1);
        gsl_matrix_set(fit->x, i, 1, (double)(period_of(fit, i).index - period_of(fit, 0).index));
        if (season > 0)
            gsl_matrix_set(fit->x, i, 1 + (size_t)season, 1);
        if (!fit->festival)
            continue;
        (void)festival_share(fit, i, &before, &after);
        gsl_matrix_set(fit->x, i, last - 1, before);
        gsl_matrix_set(fit->x, i, last, after);
    }
    if (fit->festival) {
        centre(fit, last - 1);
        centre(fit, last);
    }
}

static bool allocate(struct tb_fit *fit)
{
    fit->x = gsl_matrix_alloc(fit->n, fit->n_columns);
    fit->covariance = gsl_matrix_alloc(fit->n_columns, fit->n_columns);
    fit->y = gsl_vector_alloc(fit->n);
    fit->coefficient = gsl_vector_alloc(fit->n_columns);
    fit->residual = gsl_vector_alloc(fit->n);
    return fit->x && fit->covariance && fit->y && fit->coefficient && fit->residual;
}

void tb_fit_release(struct tb_fit *fit)
{
    gsl_matrix_free(fit->x);
    gsl_matrix_free(fit->covariance);
    gsl_vector_free(fit->y);
    gsl_vector_free(fit->coefficient);
    gsl_vector_free(fit->residual);
    free(fit->at);
}

static bool enough(const struct tb_fit *fit)
{
    /* Years of 52 and of 53 weeks have no common season. */
    if (fit->n < TB_SCREEN_LEAST_POINTS || fit->season->freq == TB_FREQ_WEEK)
        return false;
    int32_t span = period_of(fit, fit->n - 1).index - period_of(fit, 0).index + 1;
    return span >= TB_SCREEN_LEAST_YEARS * tb_periods_per_year(fit->season->freq);
}

enum tb_seasonal_result tb_fit_solve(const gsl_matrix *x, const gsl_vector *y, bool robust,
                                     gsl_vector *coefficient, gsl_matrix *covariance)
{
    double chisq;
    int rc;

    if (robust) {
        gsl_multifit_robust_workspace *work =
            gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, x->size1, x->size2);
        if (!work)
            return TB_SEASONAL_NO_MEMORY;
        (void)gsl_multifit_robust_maxiter(ROBUST_STEPS, work);
        rc = gsl_multifit_robust(x, y, coefficient, covariance, work);
        gsl_multifit_robust_free(work);
    } else {
        gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(x->size1, x->size2);
        if (!work)
            return TB_SEASONAL_NO_MEMORY;
        rc = gsl_multifit_linear(x, y, coefficient, covariance, &chisq, work);
        gsl_multifit_linear_free(work);
    }
    return rc == 0 ? TB_SEASONAL_DONE : TB_SEASONAL_UNSOLVED;
}

enum tb_seasonal_result tb_fit_make(struct tb_fit *fit, const double x[], size_t n,
                                    const struct tb_season *season)
{
    enum tb_seasonal_result result;

    *fit = (struct tb_fit){ .season = season, .at = malloc((n + 1) * sizeof(size_t)) };
    if (!fit->at)
        return TB_SEASONAL_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (x[i] > 0)
            fit->at[fit->n++] = i;
    if (!enough(fit))
        return TB_SEASONAL_SHORT;
    plan(fit);
    if (fit->n < fit->n_columns + SPARE_POINTS)
        return TB_SEASONAL_SHORT;
    if (!allocate(fit))
        return TB_SEASONAL_NO_MEMORY;
    fill(fit, x);
    result = tb_fit_solve(fit->x, fit->y, false, fit->coefficient, fit->covariance);
    if (result == TB_SEASONAL_DONE &&
        gsl_multifit_linear_residuals(fit->x, fit->y, fit->coefficient, fit->residual) != 0)
        result = TB_SEASONAL_UNSOLVED;
    return result;
}
