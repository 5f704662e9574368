/* seasonal_fit.h - the regression behind screens of series and seasonal
 * adjustment; private to the room. */
#ifndef TONGBAO_MODEL_SEASONAL_FIT_H
#define TONGBAO_MODEL_SEASONAL_FIT_H

#include <gsl/gsl_multifit.h>

#include "tongbao/seasonal.h"

enum { TB_FIT_SEASONS = 36 };

/* The points above 0 that a fit is made of, and its parts. */
struct tb_fit {
    const struct tb_season *season;
    size_t *at; /* [n] of the caller's points */
    size_t n, n_columns;
    bool festival;
    int column_of[TB_FIT_SEASONS]; /* of a place in the year: 0 the first one, -1 not there */
    gsl_matrix *x, *covariance;
    gsl_vector *y, *coefficient, *residual;
};

/* Takes up the points and solves.  Release it whatever the result was. */
enum tb_seasonal_result tb_fit_make(struct tb_fit *fit, const double x[], size_t n,
                                    const struct tb_season *season);
void tb_fit_release(struct tb_fit *fit);
/* Least squares, or with `robust` Tukey's bisquare. */
enum tb_seasonal_result tb_fit_solve(const gsl_matrix *x, const gsl_vector *y, bool robust,
                                     gsl_vector *coefficient, gsl_matrix *covariance);
/* The place in the year of a point, from 0. */
size_t tb_fit_place(const struct tb_fit *fit, size_t point);

#endif
