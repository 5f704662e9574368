/* screen_seasonal.c - residuals from trend, season and Spring Festival (methods
 * note, sections 9 and 10). */
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "tongbao/screen.h"

enum { MAX_SEASONS = 36, SPARE_POINTS = 8 };
/* Below this spread of logarithms the fit is exact but for rounding. */
static const double EXACT = 1e-9;

/* The points that a fit is made of, and its parts. */
struct fit {
    const struct tb_season *season;
    size_t *at; /* [n] of the caller's points */
    size_t n, n_columns;
    bool festival;
    int column_of[MAX_SEASONS]; /* of a place in the year: 0 the first one, -1 not there */
    gsl_matrix *x, *covariance;
    gsl_vector *y, *coefficient, *residual;
    gsl_multifit_linear_workspace *workspace;
    double *work;
};

static struct tb_period period_of(const struct fit *fit, size_t i)
{
    return (struct tb_period){ fit->season->freq, fit->season->period[fit->at[i]] };
}

static size_t place_of(const struct fit *fit, size_t i)
{
    return (size_t)tb_period_in_year(period_of(fit, i), 1) - 1;
}

/* Shares of the festival's windows in the days that the figure is of. */
static bool festival_share(const struct fit *fit, size_t i, double *before, double *after)
{
    struct tb_period period = period_of(fit, i), first = period;

    if (fit->season->joint && place_of(fit, i) == 1)
        first.index--;
    return tb_spring_festival_share(tb_period_first_day(first), tb_period_last_day(period), before,
                                    after);
}

/* Trend, a column for each season but the first, two for the festival where every
 * month of the series is in its table. */
static void plan(struct fit *fit)
{
    double before, after;
    int n_seasons = 0;

    for (size_t s = 0; s < MAX_SEASONS; s++)
        fit->column_of[s] = -1;
    fit->festival = fit->season->freq == TB_FREQ_MONTH;
    for (size_t i = 0; i < fit->n; i++) {
        if (fit->column_of[place_of(fit, i)] < 0)
            fit->column_of[place_of(fit, i)] = n_seasons++;
        fit->festival = fit->festival && festival_share(fit, i, &before, &after);
    }
    fit->n_columns = 2 + (size_t)(n_seasons > 0 ? n_seasons - 1 : 0) + (fit->festival ? 2 : 0);
}

/* Takes the mean of a column over the points of the same place in the year off. */
static void centre(const struct fit *fit, size_t column)
{
    double sum[MAX_SEASONS] = { 0 };
    size_t count[MAX_SEASONS] = { 0 };

    for (size_t i = 0; i < fit->n; i++) {
        sum[place_of(fit, i)] += gsl_matrix_get(fit->x, i, column);
        count[place_of(fit, i)]++;
    }
    for (size_t i = 0; i < fit->n; i++) {
        size_t place = place_of(fit, i);
        double value = gsl_matrix_get(fit->x, i, column) - sum[place] / (double)count[place];
        gsl_matrix_set(fit->x, i, column, value);
    }
}

static void fill(struct fit *fit, const double x[])
{
    double before = 0, after = 0;
    size_t last = fit->n_columns - 1;

    gsl_matrix_set_zero(fit->x);
    for (size_t i = 0; i < fit->n; i++) {
        int season = fit->column_of[place_of(fit, i)];
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

static bool allocate(struct fit *fit)
{
    fit->x = gsl_matrix_alloc(fit->n, fit->n_columns);
    fit->covariance = gsl_matrix_alloc(fit->n_columns, fit->n_columns);
    fit->y = gsl_vector_alloc(fit->n);
    fit->coefficient = gsl_vector_alloc(fit->n_columns);
    fit->residual = gsl_vector_alloc(fit->n);
    fit->workspace = gsl_multifit_linear_alloc(fit->n, fit->n_columns);
    fit->work = malloc(fit->n * sizeof *fit->work);
    return fit->x && fit->covariance && fit->y && fit->coefficient && fit->residual &&
           fit->workspace && fit->work;
}

static void release(struct fit *fit)
{
    gsl_matrix_free(fit->x);
    gsl_matrix_free(fit->covariance);
    gsl_vector_free(fit->y);
    gsl_vector_free(fit->coefficient);
    gsl_vector_free(fit->residual);
    gsl_multifit_linear_free(fit->workspace);
    free(fit->work);
    free(fit->at);
}

static void put_scores(const struct fit *fit, double tolerance, double score[])
{
    double spread = gsl_stats_mad(fit->residual->data, fit->residual->stride, fit->n, fit->work);

    for (size_t i = 0; i < fit->n; i++) {
        double residual = gsl_vector_get(fit->residual, i);
        if (spread > EXACT)
            score[fit->at[i]] = residual / spread;
        else if (fabs(residual) <= EXACT)
            score[fit->at[i]] = 0;
        else if (tolerance > 0)
            score[fit->at[i]] = 3.5 * 100 * expm1(residual) / tolerance;
    }
}

static bool enough(const struct fit *fit)
{
    if (fit->n < TB_SCREEN_LEAST_POINTS)
        return false;
    int32_t span = period_of(fit, fit->n - 1).index - period_of(fit, 0).index + 1;
    return span >= TB_SCREEN_LEAST_YEARS * tb_periods_per_year(fit->season->freq);
}

bool tb_screen_seasonal(const double x[], size_t n, const struct tb_season *season,
                        double tolerance, double score[])
{
    struct fit fit = { .season = season, .at = malloc((n + 1) * sizeof(size_t)) };
    bool ok = fit.at != NULL;
    double chisq;

    for (size_t i = 0; i < n; i++) {
        score[i] = NAN;
        if (ok && x[i] > 0)
            fit.at[fit.n++] = i;
    }
    if (ok && enough(&fit)) {
        plan(&fit);
        if (fit.n >= fit.n_columns + SPARE_POINTS && (ok = allocate(&fit))) {
            fill(&fit, x);
            if (gsl_multifit_linear(fit.x, fit.y, fit.coefficient, fit.covariance, &chisq,
                                    fit.workspace) == 0 &&
                gsl_multifit_linear_residuals(fit.x, fit.y, fit.coefficient, fit.residual) == 0)
                put_scores(&fit, tolerance, score);
        }
    }
    release(&fit);
    return ok;
}
