/* source.c - the measures of this run in the shape that rules ask for. */
#include "analyse/measure/source.h"

#include "analyse/measure/amounts.h"
#include "analyse/measure/groups.h"
#include "analyse/measure/rows.h"
#include "analyse/verdict/schedule.h"
#include "analyse/verdict/task_state.h"
#include "tongbao/profile.h"

static struct tb_operand operand_of(struct tb_measured m)
{
    return (struct tb_operand){ .number = m.number,
                                .known = m.known,
                                .provisional = m.provisional,
                                .unranked = m.unranked,
                                .tied = (m.status & TB_FLAG_TIED) != 0 };
}

static struct tb_measured ask(const struct tb_source_user *user, enum tb_measure measure,
                              size_t indicator, uint8_t group, size_t unit, struct tb_period period)
{
    const struct tb_measures *ms = user->ms;

    if (measure == TB_MEASURE_RANK)
        return tb_measures_given_rank(ms, indicator, group, unit, period);
    if ((measure == TB_MEASURE_SCORE || measure == TB_MEASURE_LAGGING) && group != TB_NO_GROUP)
        return tb_measures_finding(ms, measure, group, unit, period);
    if (measure == TB_MEASURE_PROGRESS && user->target != TB_NONE &&
        ms->profile->targets[user->target].indicator == (int32_t)indicator) {
        struct tb_measured own = tb_amounts_progress(ms, user->target, indicator, unit, period);
        /* A target without an amount of its own leans on another of the indicator. */
        if (own.known != TB_UNKNOWN_NOT_APPLICABLE)
            return own;
    }
    return tb_measures_get(ms, measure, indicator, unit, period);
}

/* Measures that are asked for in another way than tb_measures_get does. */
static bool is_special(enum tb_measure measure)
{
    return measure == TB_MEASURE_RANK || measure == TB_MEASURE_SCORE ||
           measure == TB_MEASURE_LAGGING || measure == TB_MEASURE_PROGRESS;
}

static void measure_of_units(void *user, enum tb_measure measure, size_t indicator, uint8_t group,
                             struct tb_period period, struct tb_operand out[])
{
    const struct tb_source_user *source = user;
    struct tb_row row;

    if (!is_special(measure)) {
        tb_row_init(&row, source->ms, measure, indicator, period);
        for (size_t u = 0; u < source->ms->profile->n_units; u++) {
            struct tb_measured exact;
            tb_row_get(&row, u, &exact);
            out[u] = operand_of(exact);
        }
        return;
    }
    for (size_t u = 0; u < source->ms->profile->n_units; u++)
        out[u] = operand_of(ask(source, measure, indicator, group, u, period));
}

/* Reports that come after the last period of a target say whether its task was done in time; a
 * percentage is that of the period itself. */
static void task_of_units(void *user, size_t indicator, struct tb_period period, bool done,
                          struct tb_operand out[])
{
    const struct tb_source_user *source = user;
    const struct tb_profile *profile = source->ms->profile;
    const struct tb_target *target =
        source->target == TB_NONE ? NULL : &profile->targets[source->target];

    if (done && target && period.freq == source->period.freq &&
        period.index == source->period.index)
        period = source->asked;
    for (size_t u = 0; u < profile->n_units; u++)
        out[u] = tb_task_operand(source->ms, target, indicator, u, period, done);
}

static struct tb_operand pooled(void *user, enum tb_measure measure, size_t indicator,
                                uint8_t group, bool own_first, struct tb_period period)
{
    const struct tb_measures *ms = ((const struct tb_source_user *)user)->ms;
    struct tb_measured figure;

    if (group >= ms->profile->n_groups || indicator >= ms->profile->n_indicators)
        return (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };
    if (own_first) {
        figure = tb_groups_area(ms, measure, indicator, group, period);
        if (figure.known == TB_KNOWN)
            return operand_of(figure);
    }
    return operand_of(tb_groups_pooled(ms, measure, indicator, group, period));
}

static void pooled_others(void *user, enum tb_measure measure, size_t indicator, uint8_t group,
                          struct tb_period period, struct tb_operand out[])
{
    const struct tb_measures *ms = ((const struct tb_source_user *)user)->ms;
    const struct tb_operand unknown = { .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };

    for (size_t u = 0; u < ms->profile->n_units; u++)
        out[u] = unknown;
    if (group >= ms->profile->n_groups || indicator >= ms->profile->n_indicators)
        return;
    for (size_t m = 0; m < ms->profile->groups[group].n_members; m++) {
        size_t unit = ms->profile->groups[group].member[m];
        out[unit] =
            operand_of(tb_groups_pooled_others(ms, measure, indicator, group, unit, period));
    }
}

/* Whether the unit ever reported the indicator, and whether it did in the period. */
static void reported(const struct tb_measures *ms, size_t indicator, size_t unit,
                     struct tb_period period, bool *ever, bool *now)
{
    *ever = *now = false;
    for (size_t m = 0; m < TB_N_SUBMITTED; m++) {
        const struct tb_plane *plane = ms->planes[indicator].measure[m];
        for (uint32_t row = 0; plane && !*ever && row < plane->n_periods; row++)
            *ever = plane->status[(size_t)row * plane->n_columns + unit] != TB_STATUS_NONE;
        uint8_t letter = tb_plane_get(plane, period, unit, NULL) & TB_STATUS_MASK;
        /* "Not applicable", "suppressed" and "holiday" are answers; "not collected" is not. */
        *now |= letter != TB_STATUS_NONE && letter != TB_STATUS_L && letter != TB_STATUS_O;
    }
}

static void completeness(void *user, struct tb_period period, struct tb_operand out[])
{
    const struct tb_measures *ms = ((const struct tb_source_user *)user)->ms;
    const struct tb_profile *profile = ms->profile;

    for (size_t u = 0; u < profile->n_units; u++) {
        int64_t expected = 0, received = 0;
        for (size_t i = 0; i < profile->n_indicators; i++) {
            bool ever, now;
            if (profile->indicators[i].frequency != period.freq || profile->indicators[i].formula ||
                !tb_indicator_expected(&profile->indicators[i], period))
                continue;
            reported(ms, i, u, period, &ever, &now);
            expected += ever;
            received += now;
        }
        out[u] = (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };
        if (expected > 0 && tb_rational_make((tb_int128)100 * received, expected, &out[u].number))
            out[u].known = TB_KNOWN;
    }
}

static void share_done(void *user, size_t indicator, struct tb_period from, struct tb_period to,
                       struct tb_period at, struct tb_operand out[])
{
    const struct tb_measures *ms = ((const struct tb_source_user *)user)->ms;

    for (size_t u = 0; u < ms->profile->n_units; u++) {
        out[u] = (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NO_DATA };
        if (from.freq == at.freq && to.freq == at.freq &&
            tb_schedule_share_done(ms, indicator, u, from, to, at, &out[u].number))
            out[u].known = TB_KNOWN;
    }
}

static tb_day today(void *user)
{
    return ((const struct tb_source_user *)user)->ms->today;
}

static const struct tb_plane *plane_of(void *user, enum tb_measure which, size_t indicator)
{
    const struct tb_measures *ms = ((const struct tb_source_user *)user)->ms;

    return ms->planes[indicator].measure[which];
}

struct tb_rule_source tb_source_init(struct tb_source_user *user)
{
    return (struct tb_rule_source){
        .user = user,
        .measure = measure_of_units,
        .task = task_of_units,
        .pooled = pooled,
        .pooled_others = pooled_others,
        .completeness = completeness,
        .share_done = share_done,
        .plane = plane_of,
        .today = today,
    };
}
