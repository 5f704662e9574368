/* events.c - what was due, held and missing, target by target. */
#include "analyse/verdict/events.h"

#include <stdlib.h>

#include "analyse/verdict/each_period.h"
#include "analyse/verdict/events_rows.h"
#include "analyse/verdict/targets.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

static const char HEAD[] = "plan,task,event,indicator,target,unit,period,ends,state,now,count,due,"
                           "late_days,department,due_in_year,held_in_year,held_on,note\n";

/* False where no period of the target has ended in this year. */
static bool find_periods(struct tb_due_events *e)
{
    const struct tb_profile *profile = e->job->ms->profile;
    const struct tb_target *target = &profile->targets[e->target];
    enum tb_freq freq = profile->indicators[e->indicator].frequency;
    struct tb_period before = { target->from.freq, target->from.index - 1 };

    (void)tb_periods_ending_within(e->job->period, freq, &e->now, &e->last);
    /* Not that of e->last: in May a quarter ended last in March, and in January last year. */
    e->first = tb_period_within(
        (struct tb_period){ e->job->period.freq,
                            tb_period_year_start(e->job->period, profile->set.year_start).index -
                                1 },
        freq);
    int32_t from = tb_period_within(before, freq).index,
            to = tb_period_within(target->to, freq).index;
    e->first.index = e->first.index > from ? e->first.index + 1 : from + 1;
    e->last.index = e->last.index < to ? e->last.index : to;
    return e->first.index <= e->last.index;
}

static enum tb_event_state unknown_state(const struct tb_due_events *e, struct tb_period period,
                                         size_t unit, enum tb_known why)
{
    const struct tb_measures *ms = e->job->ms;
    tb_day due = tb_events_due_day(e, period);

    if (tb_profile_is_waived(ms->profile, unit, e->indicator, period))
        return TB_EVENT_WAIVED;
    switch (why) {
    case TB_UNKNOWN_NO_DATA:
        return due != TB_DAY_NONE && ms->today != TB_DAY_NONE && ms->today <= due
                   ? TB_EVENT_AWAITED
                   : TB_EVENT_NOT_REPORTED;
    case TB_UNKNOWN_HELD:
        return TB_EVENT_IN_REVIEW;
    default:
        return TB_EVENT_UNKNOWN;
    }
}

static enum tb_event_state state_of(const struct tb_due_events *e, const struct tb_evaluation *ev,
                                    size_t unit)
{
    if (!tb_targets_judges(ev, unit))
        return TB_EVENT_NOT_DUE;
    enum tb_judgement verdict = tb_targets_verdict(ev, unit);
    if (verdict == TB_JUDGED_EXEMPT)
        return TB_EVENT_EXEMPT;
    if (verdict == TB_JUDGED_NO_TARGET || verdict == TB_JUDGED_NOT_DUE)
        return TB_EVENT_NOT_DUE;
    switch (tb_rule_truth(ev->run, unit)) {
    case TB_TRUE:
        return TB_EVENT_HELD;
    case TB_FALSE:
        return TB_EVENT_MISSING;
    case TB_UNKNOWN:
        break;
    }
    return unknown_state(e, ev->asked, unit, tb_rule_unknown(ev->run, unit));
}

/* Whether the target asks the unit for the event: its own, or one of those that its rule
 * asks one by one. */
static bool is_asked(const struct tb_due_events *e, size_t unit, struct tb_period period)
{
    const struct tb_profile *profile = e->job->ms->profile;
    const struct tb_target *target = &profile->targets[e->target];

    if (e->owned[e->indicator * profile->n_units + unit] ||
        !tb_unit_valid_in(&profile->units[unit], period))
        return false;
    if (!tb_rule_asks_units(target->rule))
        return target->applies[unit];
    for (size_t above = 0; !e->asked[unit] && above < profile->n_units; above++)
        e->asked[unit] = target->applies[above] &&
                         tb_rule_asks_unit(target->rule, profile, unit, above, period);
    return e->asked[unit];
}

/* Of a target that asks for more than this event: held is what was held once. */
static enum tb_event_state state_by_value(const struct tb_due_events *e, struct tb_period period,
                                          size_t unit)
{
    struct tb_measured value =
        tb_measures_get(e->job->ms, TB_MEASURE_VALUE, e->indicator, unit, period);

    if (!is_asked(e, unit, period))
        return TB_EVENT_NOT_DUE;
    if (value.known != TB_KNOWN)
        return unknown_state(e, period, unit, (enum tb_known)value.known);
    bool percent = e->job->ms->profile->indicators[e->indicator].kind == TB_KIND_MILESTONE;
    return tb_rational_cmp(value.number, tb_rational_int(percent ? 100 : 1)) >= 0
               ? TB_EVENT_HELD
               : TB_EVENT_MISSING;
}

static int look_at_period(struct tb_due_events *e, struct tb_period period, struct tb_error *err)
{
    const struct tb_profile *profile = e->job->ms->profile;
    uint8_t *row = e->state + (size_t)(period.index - e->first.index) * profile->n_units;
    struct tb_evaluation ev;

    if (!tb_indicator_expected(&profile->indicators[e->indicator], period))
        return 0;
    for (size_t u = 0; !e->alone && u < profile->n_units; u++)
        row[u] = (uint8_t)state_by_value(e, period, u);
    if (!e->alone)
        return 0;
    if (tb_evaluation_begin(&ev, e->job, e->target, period, true, err) < 0)
        return -1;
    for (size_t u = 0; u < profile->n_units; u++)
        row[u] = (uint8_t)state_of(e, &ev, u);
    tb_evaluation_end(&ev);
    return 0;
}

/* --- the file --- */

struct job {
    struct tb_targets_job targets;
    uint8_t *owned;      /* [n_indicators][n_units] */
    struct tb_buf *rows; /* [n_targets] */
};

/* Whether a target asks for nothing but the event that it is on. */
static bool is_alone(const struct tb_profile *profile, const struct tb_target *target)
{
    bool other = !target->rule || tb_rule_asks_units(target->rule);

    for (size_t i = 0; i < profile->n_indicators && !other; i++)
        other = i != (size_t)target->indicator && tb_rule_names(target->rule, i);
    return !other;
}

static void find_owned(struct job *job)
{
    const struct tb_profile *profile = job->targets.ms->profile;

    for (size_t t = 0; t < profile->n_targets; t++) {
        const struct tb_target *target = &profile->targets[t];
        uint8_t *row = job->owned + (size_t)target->indicator * profile->n_units;
        if (profile->indicators[target->indicator].event == TB_EVENT_NONE ||
            !is_alone(profile, target))
            continue;
        for (size_t u = 0; u < profile->n_units; u++)
            row[u] |= target->applies[u];
    }
}

static int look_at_event(struct job *job, size_t target, size_t indicator, bool alone,
                         struct tb_error *err)
{
    const struct tb_profile *profile = job->targets.ms->profile;
    struct tb_due_events e = { .job = &job->targets,
                               .owned = job->owned,
                               .target = target,
                               .indicator = indicator,
                               .alone = alone };
    int rc = 0;

    if (!find_periods(&e))
        return 0;
    e.state = calloc(tb_events_n_periods(&e), profile->n_units + 1);
    e.asked = calloc(profile->n_units + 1, 1);
    if (!e.state || !e.asked)
        rc = tb_error_set(err, "out of memory for the events of %zu units", profile->n_units);
    for (struct tb_period at = e.first; rc == 0 && at.index <= e.last.index; at.index++)
        rc = look_at_period(&e, at, err);
    for (size_t u = 0; rc == 0 && u < profile->n_units; u++)
        tb_events_rows(&e, u, &job->rows[target]);
    free(e.asked);
    free(e.state);
    return rc;
}

/* The events that the rule asks for. */
static int look_at_target(void *user, size_t row, struct tb_error *err)
{
    struct job *job = user;
    const struct tb_profile *profile = job->targets.ms->profile;
    const struct tb_target *target = &profile->targets[row];
    bool alone = is_alone(profile, target);

    for (size_t i = 0; target->rule && i < profile->n_indicators; i++)
        if (profile->indicators[i].event != TB_EVENT_NONE &&
            tb_rule_asks_indicator(target->rule, i) && look_at_event(job, row, i, alone, err) < 0)
            return -1;
    return 0;
}

int tb_events_write(const struct tb_measures *ms, struct tb_period period, const char *folder,
                    size_t threads, struct tb_error *err)
{
    size_t n = ms->profile->n_targets;
    struct job job = { .targets = { .ms = ms, .period = period },
                       .owned = calloc(ms->profile->n_indicators + 1, ms->profile->n_units + 1),
                       .rows = calloc(n + 1, sizeof *job.rows) };
    char *path = tb_path("%s/events.csv", folder);
    struct tb_buf text = TB_BUF_INIT;
    int rc = -1;

    if (job.owned)
        find_owned(&job);
    if (!job.rows || !job.owned || !path) {
        tb_error_set(err, "out of memory for %zu targets", n);
    } else if (tb_parallel(threads, n, look_at_target, &job, err) == 0) {
        tb_buf_puts(&text, HEAD);
        for (size_t t = 0; t < n; t++) {
            text.failed |= job.rows[t].failed;
            tb_buf_add(&text, tb_buf_text(&job.rows[t]), job.rows[t].len);
        }
        if (tb_buf_ok(&text, err))
            rc = tb_newfile_write(path, tb_buf_text(&text), text.len, err);
    }
    for (size_t t = 0; job.rows && t < n; t++)
        tb_buf_release(&job.rows[t]);
    free(job.rows);
    free(job.owned);
    free(path);
    tb_buf_release(&text);
    return rc;
}
