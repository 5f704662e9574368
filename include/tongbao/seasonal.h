/* seasonal.h - a series parted by regression into trend, season, Spring Festival
 * and rest (methods note, section 10).
 *
 * ln x on a line, a dummy for each place in the year but the first, and the
 * shares of the festival's windows (5 days before, 20 from the day itself) that
 * fall in the month, each less its mean over the same place of the years used,
 * so that the festival takes nothing from the season.  For analysis: what is
 * published is never replaced by it.
 */
#ifndef TONGBAO_SEASONAL_H
#define TONGBAO_SEASONAL_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/screen.h"

enum tb_seasonal_result {
    TB_SEASONAL_NO_MEMORY = -1,
    TB_SEASONAL_DONE,
    TB_SEASONAL_SHORT,    /* under five years, or fewer points than coefficients and eight */
    TB_SEASONAL_UNSOLVED, /* the regression has no solution */
};

/* Parts of ln x, [n] each, of the caller; NaN where x is not above 0.  Only the
 * points above 0 are fitted.  season and festival have the mean 0 over the
 * places of a year (that of the years used), so exp(ln x - season - festival) is
 * the adjusted figure. */
struct tb_seasonal_parts {
    double *trend, *season, *festival, *residual;
    bool has_festival; /* months, all of them in the table of the festival */
};

/* Least squares (gsl_multifit_linear). */
enum tb_seasonal_result tb_seasonal_fit(const double x[], size_t n, const struct tb_season *season,
                                        struct tb_seasonal_parts *out);

/* A robust line (gsl_multifit_robust, Tukey's bisquare) through ln x against the period: fitted[i]
 * and the growth a period, in percent.  Eight points above 0 at the least. */
enum tb_seasonal_result tb_trend_fit(const double x[], size_t n, const int32_t period[],
                                     double fitted[], double *growth_pct);

#endif
