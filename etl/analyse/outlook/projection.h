/* projection.h - where a year will end, from where past years stood at the same
 * point, and the chance that it reaches an amount.
 *
 * Pure: arrays in, numbers out.  Methods note, section 11: z = ln(year / ytd) of
 * each past year is taken as normal, so that a new year's is Student's t with
 * n - 1 degrees of freedom around their mean.  Four years are needed; with fewer
 * there is only the range that the past shares lead to.  All of it is an
 * estimate (OBS_STATUS F) in doubles, never an input of a rank or a limit.
 */
#ifndef TONGBAO_ANALYSE_PROJECTION_H
#define TONGBAO_ANALYSE_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>

enum {
    TB_PROJECTION_YEARS = 10,      /* of history, at most */
    TB_PROJECTION_LEAST_YEARS = 4, /* for an interval and a probability */
    TB_PROJECTION_INTERVAL = 80,   /* percent, half of the rest on either side */
};

/* A year that is under way and those before it. */
struct tb_past_years {
    double now;                        /* cumulated so far; above 0 */
    double part[TB_PROJECTION_YEARS];  /* of past years at the same point; above 0 */
    double whole[TB_PROJECTION_YEARS]; /* and at their end; above 0 */
    size_t n;
};

enum tb_projection_method {
    TB_PROJECTION_NONE,   /* no past year */
    TB_PROJECTION_RANGE,  /* one to three: the least and the greatest past share */
    TB_PROJECTION_SHARES, /* logarithms of past shares, Student's t */
    TB_PROJECTION_ALIKE,  /* the same, but all past shares are one: no chance can be told */
    TB_PROJECTION_TREND,  /* of a stock or a rate: a robust line (trend.h) */
};

struct tb_projection {
    enum tb_projection_method method;
    size_t n;         /* years used */
    double mean, sd;  /* of z; NaN but for SHARES and ALIKE */
    double value;     /* of the year; NaN of NONE and RANGE */
    double low, high; /* the interval, or the range of RANGE; NaN of NONE */
};

void tb_projection_make(const struct tb_past_years *past, struct tb_projection *out);
/* The chance that the year comes to `amount` or more; `within`: to `amount` or
 * less.  NaN where the method tells none, or amount is not above 0. */
double tb_projection_chance(const struct tb_past_years *past, const struct tb_projection *made,
                            double amount, bool within);
/* The year divided at the mean of the past shares of it: what is asked where no
 * chance can be told.  NaN without a past year. */
double tb_projection_by_mean_share(const struct tb_past_years *past);

/* What a chance is called: at least 0.8, at most 0.2, between.  "" for NaN. */
const char *tb_projection_words(double chance);
const char *tb_projection_method_code(enum tb_projection_method method);

#endif
