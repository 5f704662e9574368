/* schedule.c - the time of a target, and what past years had by the same point. */
#include "analyse/verdict/schedule.h"

#include "tongbao/profile.h"

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

/* From where to where the time of a target is counted. */
static void span(const struct tb_profile *profile, const struct tb_target *target, bool of_year,
                 struct tb_period period, struct tb_period *from, struct tb_period *to)
{
    *from = of_year ? tb_period_year_start(period, profile->set.year_start) : target->from;
    *to = tb_schedule_due_period(target);
}

struct tb_rational tb_schedule_elapsed(const struct tb_profile *profile,
                                       const struct tb_target *target, bool of_year,
                                       struct tb_period period)
{
    struct tb_rational share = { 1, 1 };
    struct tb_period from, to;

    span(profile, target, of_year, period, &from, &to);
    if (from.freq != period.freq || to.index < from.index ||
        !tb_elapsed(&profile->set, from, to, period, &share))
        share = tb_rational_int(1);
    return share;
}

/* What was added from the period `from` to `to` of one year. */
static bool added(const struct tb_measures *ms, size_t indicator, size_t unit,
                  struct tb_period from, struct tb_period to, struct tb_rational *out)
{
    const struct tb_profile *profile = ms->profile;
    struct tb_period start = tb_period_year_start(from, profile->set.year_start);
    struct tb_measured whole = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, to);
    struct tb_period before = { from.freq, from.index - 1 };

    if (whole.known != TB_KNOWN)
        return false;
    *out = whole.number;
    while (before.index >= start.index &&
           !tb_indicator_expected(&profile->indicators[indicator], before))
        before.index--;
    if (before.index < start.index)
        return true;
    struct tb_measured part = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, before);
    return part.known == TB_KNOWN && tb_rational_sub(whole.number, part.number, out);
}

/* One past year's share, to six digits so that the mean of ten is exact. */
static bool share_of_year(const struct tb_measures *ms, size_t indicator, size_t unit,
                          struct tb_period from, struct tb_period to, struct tb_period at,
                          struct tb_rational *share)
{
    struct tb_rational part, whole;
    struct tb_decimal rounded;

    return added(ms, indicator, unit, from, at, &part) &&
           added(ms, indicator, unit, from, to, &whole) && whole.num > 0 &&
           tb_rational_div(part, whole, share) &&
           tb_rational_round(*share, 6, TB_ROUND_HALF_EVEN, &rounded) &&
           tb_rational_from_decimal(rounded, share);
}

bool tb_schedule_share_done(const struct tb_measures *ms, size_t indicator, size_t unit,
                            struct tb_period from, struct tb_period to, struct tb_period at,
                            struct tb_rational *out)
{
    struct tb_rational sum = tb_rational_int(0), share;
    int n = 0;

    *out = tb_rational_int(at.index < from.index ? 0 : 1);
    if (at.index < from.index || at.index >= to.index)
        return true;
    if (tb_period_year_start(from, ms->profile->set.year_start).index !=
        tb_period_year_start(to, ms->profile->set.year_start).index)
        return false; /* of several years no past one can tell */
    for (int year = 0; year < TB_PROJECTION_YEARS; year++) {
        from = tb_measures_last_year(from);
        to = tb_measures_last_year(to);
        at = tb_measures_last_year(at);
        if (!share_of_year(ms, indicator, unit, from, to, at, &share))
            continue;
        if (!tb_rational_add(sum, share, &sum))
            return false;
        n++;
    }
    return n > 0 && tb_rational_div(sum, tb_rational_int(n), out);
}

struct tb_rational tb_schedule_gone(const struct tb_measures *ms, const struct tb_target *target,
                                    size_t unit, bool of_year, struct tb_period period)
{
    struct tb_rational share;
    struct tb_period from, to;

    span(ms->profile, target, of_year, period, &from, &to);
    if (ms->profile->set.progress == TB_PROGRESS_PROFILE && from.freq == period.freq &&
        tb_schedule_share_done(ms, (size_t)target->indicator, unit, from, to, period, &share))
        return share;
    return tb_schedule_elapsed(ms->profile, target, of_year, period);
}

bool tb_schedule_past_years(const struct tb_measures *ms, size_t indicator, size_t unit,
                            struct tb_period period, struct tb_period end,
                            struct tb_past_years *past)
{
    struct tb_measured now = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, period);

    past->n = 0;
    if (now.known != TB_KNOWN || now.number.num <= 0)
        return false;
    past->now = tb_rational_double(now.number);
    for (int year = 0; year < TB_PROJECTION_YEARS; year++) {
        period = tb_measures_last_year(period);
        end = tb_measures_last_year(end);
        struct tb_measured part = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, period);
        struct tb_measured whole = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, end);
        if (part.known != TB_KNOWN || whole.known != TB_KNOWN || part.number.num <= 0 ||
            whole.number.num <= 0)
            continue;
        past->part[past->n] = tb_rational_double(part.number);
        past->whole[past->n++] = tb_rational_double(whole.number);
    }
    return true;
}
