/* amounts.c - what was to be reached: annual tasks and quotas. */
#include "analyse/measure/amounts.h"

#include <string.h>

#include "tongbao/profile.h"
#include "tongbao/target_change.h"

static struct tb_operand amount(const struct tb_profile *profile, const struct tb_target *target,
                                struct tb_decimal value)
{
    struct tb_operand out = { .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_COMPUTABLE };
    struct tb_decimal converted;

    if (tb_uom_convert(value, &target->uom, &profile->indicators[target->indicator].uom,
                       &converted) &&
        tb_rational_from_decimal(converted, &out.number))
        out.known = TB_KNOWN;
    return out;
}

struct tb_operand tb_amounts_annual(const struct tb_profile *profile, size_t row, size_t unit,
                                    struct tb_period period, tb_day as_of)
{
    const struct tb_target *target = &profile->targets[row];
    const struct tb_target_change *change =
        tb_target_change_of(profile, row, (int32_t)unit, TB_CHANGED_ANNUAL, period, as_of);

    if (change)
        return amount(profile, target, change->new_value);
    if (!target->has_annual)
        return (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };
    return amount(profile, target, target->annual);
}

/* Whether a quota assigned for `of` (a year, a quarter ...) holds in `period`. */
static bool covers(struct tb_period of, struct tb_period period)
{
    tb_day end = tb_period_last_day(period);

    return tb_period_first_day(of) <= end && end <= tb_period_last_day(of);
}

struct tb_operand tb_amounts_quota(const struct tb_profile *profile, size_t target, size_t unit,
                                   struct tb_period period, tb_day as_of)
{
    const struct tb_target *t = &profile->targets[target];
    const struct tb_quota *best = NULL;
    const struct tb_target_change *change =
        tb_target_change_of(profile, target, (int32_t)unit, TB_CHANGED_QUOTA, period, as_of);

    if (change)
        return amount(profile, t, change->new_value);
    for (size_t q = 0; q < profile->n_quotas; q++) {
        const struct tb_quota *quota = &profile->quotas[q];
        if (quota->target != (int32_t)target || quota->unit != (int32_t)unit ||
            (quota->has_period && !covers(quota->period, period)) ||
            (as_of != TB_DAY_NONE && quota->approved_on != TB_DAY_NONE &&
             quota->approved_on > as_of))
            continue;
        if (!best || quota->approved_on >= best->approved_on)
            best = quota;
    }
    if (best)
        return amount(profile, t, best->value);
    if (t->has_quota)
        return amount(profile, t, t->quota);
    return (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };
}

static bool names_amount(const struct tb_profile *profile, size_t target, size_t unit,
                         struct tb_period period)
{
    return profile->targets[target].has_annual ||
           tb_amounts_quota(profile, target, unit, period, TB_DAY_NONE).known == TB_KNOWN;
}

/* Whether the period lies in a year that the target touches. */
static bool same_years(const struct tb_profile *profile, const struct tb_target *target,
                       struct tb_period period)
{
    int year_start = profile->set.year_start;
    int32_t at = tb_period_year_start(period, year_start).index;

    return target->from.freq == period.freq &&
           at >= tb_period_year_start(target->from, year_start).index &&
           at <= tb_period_year_start(target->to, year_start).index;
}

int32_t tb_amounts_target(const struct tb_profile *profile, size_t indicator, size_t unit,
                          struct tb_period period)
{
    int32_t found = TB_NONE;

    for (size_t t = 0; t < profile->n_targets; t++) {
        const struct tb_target *target = &profile->targets[t];
        if (target->indicator != (int32_t)indicator || !target->applies[unit] ||
            !same_years(profile, target, period) || !names_amount(profile, t, unit, period))
            continue;
        if (target->strength == TB_BINDING)
            return (int32_t)t;
        if (found == TB_NONE)
            found = (int32_t)t;
    }
    return found;
}

struct tb_measured tb_amounts_progress(const struct tb_measures *ms, int32_t target,
                                       size_t indicator, size_t unit, struct tb_period period)
{
    const struct tb_profile *profile = ms->profile;
    const struct tb_indicator *ind = &profile->indicators[indicator];
    bool adds_up = ind->kind == TB_KIND_FLOW || ind->kind == TB_KIND_COUNT;
    enum tb_measure level = adds_up ? TB_MEASURE_YTD : TB_MEASURE_VALUE;
    struct tb_measured done = tb_measures_level(ms, level, indicator, unit, period);
    struct tb_operand task;

    if (ind->kind == TB_KIND_MILESTONE)
        return done;
    if (target == TB_NONE)
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    task = tb_amounts_annual(profile, (size_t)target, unit, period, ms->as_of);
    if (task.known == TB_UNKNOWN_NOT_APPLICABLE)
        task = tb_amounts_quota(profile, (size_t)target, unit, period, ms->as_of);
    if (task.known != TB_KNOWN)
        return tb_measured_unknown((enum tb_known)task.known, done.status);
    if (done.known != TB_KNOWN)
        return done;
    if (task.number.num <= 0 || !tb_rational_div(done.number, task.number, &done.number) ||
        !tb_rational_mul(done.number, tb_rational_int(100), &done.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, done.status);
    return done;
}

static int32_t group_named(const struct tb_profile *profile, const char *code, size_t unit)
{
    int32_t group = code ? tb_profile_group(profile, code, strlen(code)) : TB_NONE;

    return group >= 0 && (profile->units[unit].groups >> group & 1) ? group : TB_NONE;
}

int32_t tb_amounts_main_group(const struct tb_profile *profile, size_t unit)
{
    int32_t group = group_named(profile, profile->set.subject_group, unit);

    if (group == TB_NONE)
        group = group_named(profile, profile->set.children_group, unit);
    for (size_t g = 0; group == TB_NONE && g < profile->n_groups; g++)
        if (profile->units[unit].groups >> g & 1)
            group = (int32_t)g;
    return group;
}
