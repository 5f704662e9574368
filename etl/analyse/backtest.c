/* backtest.c - past projections against what the years came to. */
#include "analyse/backtest.h"

#include <math.h>

#include "analyse/schedule.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/profile.h"

/* Errors of one indicator at one place of the year. */
struct errors {
    double sum, sum_absolute;
    size_t n, n_close;
};

/* The last period of the year that `period` lies in. */
static struct tb_period year_end(const struct tb_profile *profile, struct tb_period period)
{
    struct tb_period end = tb_period_year_start(period, profile->set.year_start);

    end.index += tb_periods_per_year(end.freq) - 1;
    return end;
}

static void take_case(const struct tb_measures *ms, size_t indicator, size_t unit,
                      struct tb_period period, struct tb_period end, struct errors *errors)
{
    struct tb_measured whole = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, end);
    double projected, error;

    if (whole.known != TB_KNOWN || whole.number.num <= 0 ||
        !tb_schedule_project(ms, indicator, unit, period, end, &projected))
        return;
    error = 100 * (projected / tb_rational_double(whole.number) - 1);
    errors->sum += error;
    errors->sum_absolute += fabs(error);
    errors->n_close += fabs(error) <= 5;
    errors->n++;
}

static void put_number(struct tb_buf *out, double number)
{
    char text[32];

    snprintf(text, sizeof text, "%.2f", number);
    tb_csv_put(out, text);
}

static void put_errors(const struct tb_indicator *indicator, int place, const struct errors *errors,
                       struct tb_buf *out)
{
    double n = (double)errors->n;

    tb_csv_put(out, indicator->code);
    tb_csv_put_int(out, place);
    tb_csv_put_int(out, (int64_t)errors->n);
    put_number(out, errors->sum / n);
    put_number(out, errors->sum_absolute / n);
    put_number(out, 100 * (double)errors->n_close / n);
    tb_csv_end_row(out);
}

/* All cases of one indicator at one place, over its years and units. */
static struct errors at_place(const struct tb_measures *ms, size_t i, int place)
{
    const struct tb_profile *profile = ms->profile;
    const struct tb_indicator_planes *planes = &ms->planes[i];
    struct errors errors = { 0 };

    for (uint32_t row = 0; row < planes->n_periods; row++) {
        struct tb_period period = { profile->indicators[i].frequency,
                                    planes->first + (int32_t)row };
        if (tb_period_in_year(period, profile->set.year_start) != place)
            continue;
        for (size_t unit = 0; unit < profile->n_units; unit++)
            take_case(ms, i, unit, period, year_end(profile, period), &errors);
    }
    return errors;
}

bool tb_backtest(const struct tb_measures *ms, struct tb_buf *out)
{
    const struct tb_profile *profile = ms->profile;
    bool any = false;

    tb_buf_puts(out, "indicator,place,cases,mean_error_pct,mean_absolute_error_pct,within_5_pct\n");
    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator *ind = &profile->indicators[i];
        if (ind->kind != TB_KIND_FLOW || ms->planes[i].n_periods == 0)
            continue;
        for (int place = 1; place < tb_periods_per_year(ind->frequency); place++) {
            struct errors errors = at_place(ms, i, place);
            if (errors.n > 0)
                put_errors(ind, place, &errors, out);
            any |= errors.n > 0;
        }
    }
    return any;
}
