/* projection.c - the year from past shares of it. */
#include "analyse/outlook/projection.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* Below this spread of logarithms past shares differ by rounding only. */
static const double ALIKE = 1e-9;

static void by_range(const struct tb_past_years *past, struct tb_projection *out)
{
    out->method = TB_PROJECTION_RANGE;
    for (size_t i = 0; i < past->n; i++) {
        double year = past->now * (past->whole[i] / past->part[i]);
        out->low = i == 0 || year < out->low ? year : out->low;
        out->high = i == 0 || year > out->high ? year : out->high;
    }
}

void tb_projection_make(const struct tb_past_years *past, struct tb_projection *out)
{
    double z[TB_PROJECTION_YEARS], half;

    *out = (struct tb_projection){
        .n = past->n, .mean = NAN, .sd = NAN, .value = NAN, .low = NAN, .high = NAN
    };
    if (past->n == 0)
        return;
    if (past->n < TB_PROJECTION_LEAST_YEARS) {
        by_range(past, out);
        return;
    }
    for (size_t i = 0; i < past->n; i++)
        z[i] = log(past->whole[i] / past->part[i]);
    out->mean = gsl_stats_mean(z, 1, past->n);
    out->sd = gsl_stats_sd(z, 1, past->n);
    out->method = out->sd > ALIKE ? TB_PROJECTION_SHARES : TB_PROJECTION_ALIKE;
    half = gsl_cdf_tdist_Pinv(0.5 + TB_PROJECTION_INTERVAL / 200.0, (double)past->n - 1) * out->sd *
           sqrt(1 + 1 / (double)past->n);
    out->value = past->now * exp(out->mean);
    out->low = past->now * exp(out->mean - half);
    out->high = past->now * exp(out->mean + half);
}

double tb_projection_chance(const struct tb_past_years *past, const struct tb_projection *made,
                            double amount, bool within)
{
    if (made->method != TB_PROJECTION_SHARES || !(amount > 0))
        return NAN;
    double n = (double)made->n;
    double t = (log(amount / past->now) - made->mean) / (made->sd * sqrt(1 + 1 / n));
    return within ? gsl_cdf_tdist_P(t, n - 1) : gsl_cdf_tdist_Q(t, n - 1);
}

double tb_projection_by_mean_share(const struct tb_past_years *past)
{
    double share[TB_PROJECTION_YEARS];

    for (size_t i = 0; i < past->n; i++)
        share[i] = past->part[i] / past->whole[i];
    return past->n ? past->now / gsl_stats_mean(share, 1, past->n) : NAN;
}

const char *tb_projection_words(double chance)
{
    if (isnan(chance))
        return "";
    return chance >= 0.8 ? "likely" : chance <= 0.2 ? "unlikely" : "possible";
}

const char *tb_projection_method_code(enum tb_projection_method method)
{
    static const char *const code[] = {
        [TB_PROJECTION_NONE] = "none",
        [TB_PROJECTION_RANGE] = "range",
        [TB_PROJECTION_SHARES] = "shares",
        [TB_PROJECTION_ALIKE] = "alike",
        [TB_PROJECTION_TREND] = "trend",
    };

    return code[method];
}
