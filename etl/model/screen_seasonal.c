/* screen_seasonal.c - residuals from trend, season and Spring Festival (methods
 * note, sections 9 and 10). */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "model/seasonal_fit.h"
#include "tongbao/screen.h"

/* Below this spread of logarithms the fit is exact but for rounding. */
static const double EXACT = 1e-9;

static bool put_scores(const struct tb_fit *fit, double tolerance, double score[])
{
    double *work = malloc(fit->n * sizeof *work);

    if (!work)
        return false;
    double spread = gsl_stats_mad(fit->residual->data, fit->residual->stride, fit->n, work);
    free(work);

    for (size_t i = 0; i < fit->n; i++) {
        double residual = gsl_vector_get(fit->residual, i);
        if (spread > EXACT)
            score[fit->at[i]] = residual / spread;
        else if (fabs(residual) <= EXACT)
            score[fit->at[i]] = 0;
        else if (tolerance > 0)
            score[fit->at[i]] = 3.5 * 100 * expm1(residual) / tolerance;
    }
    return true;
}

bool tb_screen_seasonal(const double x[], size_t n, const struct tb_season *season,
                        double tolerance, double score[])
{
    struct tb_fit fit;
    enum tb_seasonal_result result = tb_fit_make(&fit, x, n, season);
    bool ok = result != TB_SEASONAL_NO_MEMORY;

    for (size_t i = 0; i < n; i++)
        score[i] = NAN;
    if (result == TB_SEASONAL_DONE)
        ok = put_scores(&fit, tolerance, score);
    tb_fit_release(&fit);
    return ok;
}
