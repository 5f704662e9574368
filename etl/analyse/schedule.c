/* schedule.c - schedules and the simple projection by past shares of the year. */
#include "analyse/schedule.h"

#include <gsl/gsl_statistics_double.h>

#include "tongbao/profile.h"

enum { PAST_YEARS = 10 };

struct tb_period tb_schedule_due_period(const struct tb_target *target)
{
    struct tb_period last = target->to;

    if (target->due == TB_DAY_NONE)
        return last;
    while (tb_period_last_day(last) > target->due && last.index > target->from.index)
        last.index--;
    /* A target may fall due long after its last period; only whole periods count. */
    for (;;) {
        struct tb_period next = { last.freq, last.index + 1 };
        if (tb_period_last_day(next) > target->due)
            return last;
        last = next;
    }
}

int tb_schedule_periods_left(const struct tb_profile *profile, const struct tb_target *target,
                             struct tb_period period)
{
    struct tb_period end = tb_schedule_due_period(target);
    const struct tb_indicator *ind = &profile->indicators[target->indicator];
    int left = 0;

    if (end.freq != period.freq)
        return 0;
    for (struct tb_period p = { period.freq, period.index + 1 }; p.index <= end.index; p.index++)
        left += tb_indicator_expected(ind, p);
    return left;
}

struct tb_rational tb_schedule_elapsed(const struct tb_profile *profile,
                                       const struct tb_target *target, bool of_year,
                                       struct tb_period period)
{
    struct tb_period end = tb_schedule_due_period(target);
    int32_t start = target->from.index;
    struct tb_rational share = { 1, 1 };

    if (of_year)
        start = tb_period_year_start(period, profile->set.year_start).index;
    int64_t done = (int64_t)period.index - start + 1;
    int64_t whole = (int64_t)end.index - start + 1;
    if (done < whole && whole > 0)
        share = (struct tb_rational){ done > 0 ? done : 0, whole };
    return share;
}

/* The share of its value at `end` that a past year had reached at `period`. */
static bool past_share(const struct tb_measures *ms, size_t indicator, size_t unit,
                       struct tb_period period, struct tb_period end, double *out)
{
    struct tb_measured part = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, period);
    struct tb_measured whole = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, end);

    if (part.known != TB_KNOWN || whole.known != TB_KNOWN || part.number.num <= 0 ||
        whole.number.num <= 0)
        return false;
    *out = tb_rational_double(part.number) / tb_rational_double(whole.number);
    return true;
}

bool tb_schedule_project(const struct tb_measures *ms, size_t indicator, size_t unit,
                         struct tb_period period, struct tb_period end, double *out)
{
    struct tb_measured now = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, period);
    double share[PAST_YEARS];
    size_t n = 0;

    if (now.known != TB_KNOWN || now.number.num <= 0)
        return false;
    for (int year = 0; year < PAST_YEARS; year++) {
        period = tb_measures_last_year(period);
        end = tb_measures_last_year(end);
        if (past_share(ms, indicator, unit, period, end, &share[n]))
            n++;
    }
    if (n == 0)
        return false;
    *out = tb_rational_double(now.number) / gsl_stats_mean(share, 1, n);
    return true;
}
