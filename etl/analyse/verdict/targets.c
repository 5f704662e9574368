/* targets.c - evaluates and judges one target over its units and periods. */
#include "analyse/verdict/targets.h"

#include <math.h>
#include <stdlib.h>

#include "analyse/measure/amounts.h"
#include "analyse/verdict/each_period.h"
#include "analyse/outlook/outlook.h"
#include "analyse/verdict/schedule.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/target_change.h"

struct tb_period tb_targets_period(const struct tb_profile *profile, size_t indicator,
                                   struct tb_period period)
{
    const struct tb_indicator *ind = &profile->indicators[indicator];
    struct tb_period own = tb_period_within(period, ind->frequency);

    return tb_indicator_expected(ind, own) ? own : tb_indicator_previous(ind, own);
}

static void fill_amounts(struct tb_evaluation *ev)
{
    const struct tb_measures *ms = ev->job->ms;
    bool asks_others = tb_rule_asks_units(ev->target->rule);

    for (size_t u = 0; u < ms->profile->n_units; u++) {
        ev->annual[u] = tb_amounts_annual(ms->profile, ev->row, u, ev->period, ms->as_of);
        ev->quota[u] =
            (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };
        if (ev->target->applies[u] || asks_others)
            ev->quota[u] = tb_amounts_quota(ms->profile, ev->row, u, ev->period, ms->as_of);
    }
}

void tb_evaluation_end(struct tb_evaluation *ev)
{
    tb_rule_run_free(ev->run);
    free(ev->annual);
    free(ev->quota);
}

/* Whether values of the indicator add up over time: a ratio of cumulated sums is
 * no nearer to its target for being early. */
static bool gathers(const struct tb_indicator *indicator)
{
    return (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_COUNT ||
            indicator->kind == TB_KIND_MILESTONE) &&
           !tb_indicator_is_ratio(indicator);
}

/* The target with the rule that is in force in the period. */
static void take_rule(struct tb_evaluation *ev)
{
    const struct tb_measures *ms = ev->job->ms;
    const struct tb_target_change *change = tb_target_change_of(
        ms->profile, ev->row, TB_NONE, TB_CHANGED_RULE, ev->period, ms->as_of);

    ev->target = &ms->profile->targets[ev->row];
    if (!change)
        return;
    ev->changed = *ev->target;
    ev->changed.rule = change->rule;
    ev->changed.rule_text = change->new_text;
    ev->target = &ev->changed;
}

/* Knife edges are told of the period alone, so the ones before it go without. */
int tb_evaluation_begin(struct tb_evaluation *ev, const struct tb_targets_job *job, size_t row,
                        struct tb_period asked, bool truth_only, struct tb_error *err)
{
    const struct tb_profile *profile = job->ms->profile;
    const struct tb_target *target = &profile->targets[row];
    size_t n = profile->n_units ? profile->n_units : 1;

    *ev = (struct tb_evaluation){ .job = job, .row = row, .asked = asked, .shown = asked, .period = asked };
    if (asked.freq == target->to.freq && asked.index > target->to.index)
        ev->period = target->to;
    take_rule(ev);
    target = ev->target;
    ev->due = target->due == TB_DAY_NONE || tb_period_last_day(asked) >= target->due;
    ev->cumulative =
        gathers(&profile->indicators[target->indicator]) && tb_rule_is_cumulative(target->rule);
    ev->awaits = tb_rule_awaits(target->rule);
    ev->is_schedule = tb_targets_mentions(target->rule_text, "elapsed") ||
                      tb_targets_mentions(target->rule_text, "step");
    ev->annual = calloc(n, sizeof *ev->annual);
    ev->quota = calloc(n, sizeof *ev->quota);
    if (!ev->annual || !ev->quota) {
        tb_evaluation_end(ev);
        return tb_error_set(err, "out of memory for the amounts of %zu units", n);
    }
    fill_amounts(ev);
    ev->user = (struct tb_source_user){
        .ms = job->ms, .target = (int32_t)row, .period = ev->period, .asked = asked
    };
    ev->source = job->source ? *job->source : tb_source_init(&ev->user);
    ev->frame = (struct tb_rule_frame){ .indicator = (size_t)target->indicator,
                                        .period = ev->period,
                                        .from = target->from,
                                        .to = target->to,
                                        .annual = ev->annual,
                                        .quota = ev->quota,
                                        .truth_only = truth_only,
                                        .shared = job->source ? NULL : job->shared,
                                        .task_key = { profile->targets[row].due,
                                                      profile->targets[row].from.index,
                                                      asked.index },
                                        .has_task_key = true };
    ev->run = tb_rule_eval(target->rule, profile, &ev->source, &ev->frame, err);
    if (ev->run)
        return 0;
    tb_evaluation_end(ev);
    return tb_error_prefix(err, "target '%s'", target->code);
}

const struct tb_operand *tb_targets_year_amount(const struct tb_evaluation *ev, size_t unit)
{
    if (ev->annual[unit].known == TB_KNOWN)
        return &ev->annual[unit];
    return ev->quota[unit].known == TB_KNOWN ? &ev->quota[unit] : NULL;
}

static bool runs_with_year(const struct tb_target *target)
{
    return tb_rule_uses(target->rule, TB_MEASURE_YTD) ||
           tb_rule_uses(target->rule, TB_MEASURE_PROGRESS);
}

/* Where no chance can be told: whether the mean share of past years leads there, by
 * the due date for a benchmark of its own, by the end of the year for an annual amount. */
static enum tb_outlook by_mean_share(const struct tb_evaluation *ev, size_t unit,
                                     const struct tb_rule_gap *gap, enum tb_truth truth)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    const struct tb_operand *goal = tb_targets_year_amount(ev, unit);
    struct tb_period end = tb_period_year_end(ev->period, profile->set.year_start);
    struct tb_past_years past;

    if (truth == TB_FALSE) {
        goal = gap->has_gap ? &gap->benchmark : NULL;
        end = tb_schedule_due_period(ev->target);
    }
    if (!goal || !tb_schedule_past_years(ev->job->ms, (size_t)ev->target->indicator, unit,
                                         ev->period, end, &past))
        return TB_OUTLOOK_UNKNOWN;
    double projected = tb_projection_by_mean_share(&past);
    if (isnan(projected))
        return TB_OUTLOOK_UNKNOWN;
    /* A rule that holds with the value below its benchmark is an upper limit. */
    bool limit = truth == TB_TRUE && gap->has_gap &&
                 tb_rational_cmp(gap->value.number, gap->benchmark.number) < 0;
    double want = tb_rational_double(goal->number);
    return (limit ? projected > want : projected < want) ? TB_OUTLOOK_MISSES : TB_OUTLOOK_REACHES;
}

/* A chance below that of the profile is a miss. */
static enum tb_outlook outlook(const struct tb_evaluation *ev, size_t unit,
                               const struct tb_rule_gap *gap, enum tb_truth truth)
{
    struct tb_goal goal = tb_goal_of(ev, unit);
    double chance = goal.kind == TB_GOAL_AMOUNT && goal.end.index > ev->period.index
                        ? tb_outlook_chance(ev, unit, &goal, NULL, NULL)
                        : NAN;

    if (!isnan(chance)) {
        struct tb_rational least;
        return tb_rational_from_decimal(ev->job->ms->profile->set.at_risk_below, &least) &&
                       chance < tb_rational_double(least)
                   ? TB_OUTLOOK_MISSES
                   : TB_OUTLOOK_REACHES;
    }
    return runs_with_year(ev->target) ? by_mean_share(ev, unit, gap, truth) : TB_OUTLOOK_UNKNOWN;
}

bool tb_targets_lacks_amount(const struct tb_evaluation *ev, size_t unit)
{
    bool no_quota = ev->quota[unit].known == TB_UNKNOWN_NOT_APPLICABLE;

    if (no_quota && tb_targets_mentions(ev->target->rule_text, "quota"))
        return true;
    /* Progress takes the annual amount, else the quota, else those of another
     * target of the indicator. */
    return no_quota && ev->annual[unit].known == TB_UNKNOWN_NOT_APPLICABLE &&
           tb_rule_uses(ev->target->rule, TB_MEASURE_PROGRESS) &&
           ev->job->ms->profile->indicators[ev->target->indicator].kind != TB_KIND_MILESTONE &&
           tb_amounts_target(ev->job->ms->profile, (size_t)ev->target->indicator, unit,
                             ev->period) == TB_NONE;
}

/* value / benchmark >= the share of time gone by, for an amount to be reached. */
static bool on_schedule(const struct tb_evaluation *ev, size_t unit, const struct tb_rule_gap *gap)
{
    struct tb_rational elapsed =
        tb_schedule_gone(ev->job->ms, ev->target, unit, runs_with_year(ev->target), ev->period);
    struct tb_rational scheduled;

    return tb_rational_mul(gap->benchmark.number, elapsed, &scheduled) &&
           tb_rational_cmp(gap->value.number, scheduled) >= 0;
}

enum tb_judgement tb_targets_verdict(const struct tb_evaluation *ev, size_t unit)
{
    const struct tb_target *target = ev->target;
    struct tb_rule_gap gap;
    struct tb_judge_case c = {
        .before_from = ev->asked.freq == target->from.freq && ev->asked.index < target->from.index,
        .due = ev->due,
        .truth = tb_rule_truth(ev->run, unit),
        .why = tb_rule_unknown(ev->run, unit),
        .cumulative = ev->cumulative,
        .awaits = ev->awaits,
        .fact = target->strength == TB_FACT,
        .before_to = ev->asked.freq == target->to.freq && ev->asked.index < target->to.index,
        .vacuous = tb_rule_is_vacuous(ev->run, unit),
        .no_target = tb_rule_is_none(target->rule),
        .lack = ev->job->source ? TB_LACK_NOTHING : tb_targets_verified(ev, unit).lack,
        .exempt = tb_exemption_of(ev->job->ms->profile, ev->row, unit, ev->asked,
                                  ev->job->ms->as_of) != NULL,
    };

    if (c.before_from || c.no_target || c.fact)
        return tb_judge(&c);
    c.no_target = c.truth == TB_UNKNOWN && tb_targets_lacks_amount(ev, unit);
    /* no schedule saves it, and no outlook matters */
    if (c.due || c.vacuous || c.truth == TB_UNKNOWN)
        return tb_judge(&c);
    tb_rule_gap(ev->run, unit, &gap);
    c.has_schedule = gap.has_gap && !gap.is_rank && gap.benchmark.number.num > 0 &&
                     !ev->is_schedule;
    c.on_schedule = c.has_schedule && c.truth == TB_FALSE && on_schedule(ev, unit, &gap);
    if (c.truth == TB_TRUE
            ? runs_with_year(target) || tb_rule_uses(target->rule, TB_MEASURE_YTD_GROWTH)
            : c.on_schedule)
        c.outlook = outlook(ev, unit, &gap, c.truth);
    return tb_judge(&c);
}

bool tb_targets_judges(const struct tb_evaluation *ev, size_t unit)
{
    return ev->target->applies[unit] &&
           tb_unit_valid_in(&ev->job->ms->profile->units[unit], ev->asked);
}

/* What is kept of each unit while going back in time. */
struct past {
    enum tb_judgement verdict[TB_HISTORY_PERIODS + 1]; /* 0: now */
    bool exists[TB_HISTORY_PERIODS + 1];
    uint32_t streak;
    bool running; /* the rule was false in every period so far */
};

/* Takes the verdicts of one evaluation, `back` periods before now. */
static bool take_period(const struct tb_evaluation *ev, size_t back, struct past past[])
{
    const struct tb_profile *profile = ev->job->ms->profile;
    bool before = ev->asked.index < ev->target->from.index;
    /* Facts are not chased, and what is waited for is not late before its day. */
    bool may_run = ev->target->strength != TB_FACT && (ev->due || !ev->awaits);
    bool running = false;

    for (size_t u = 0; u < profile->n_units; u++) {
        if (!tb_targets_judges(ev, u)) {
            past[u].running = false;
            continue;
        }
        if (back <= TB_HISTORY_PERIODS) {
            past[u].exists[back] = true;
            past[u].verdict[back] = tb_targets_verdict(ev, u);
        }
        past[u].running &= !before && may_run && tb_rule_truth(ev->run, u) == TB_FALSE &&
                           !tb_exemption_of(profile, ev->row, u, ev->asked, ev->job->ms->as_of);
        /* After the last period of a target nothing new is judged. */
        if (past[u].running && ev->asked.index <= ev->target->to.index)
            past[u].streak++;
        running |= past[u].running;
    }
    return running;
}

static void write_history(const struct tb_targets_job *job, const struct tb_target *target,
                          const struct tb_period period[], const struct past past[],
                          struct tb_buf *out)
{
    const struct tb_profile *profile = job->ms->profile;
    char text[TB_HISTORY_PERIODS + 1][TB_PERIOD_TEXT];
    struct tb_buf begin = TB_BUF_INIT; /* of the rows of a unit */

    for (size_t back = 0; back <= TB_HISTORY_PERIODS; back++)
        tb_period_format(period[back], text[back]);
    for (size_t u = 0; u < profile->n_units; u++) {
        begin.len = 0;
        tb_csv_put(&begin, target->code);
        tb_csv_put(&begin, profile->units[u].code);
        for (size_t back = TB_HISTORY_PERIODS + 1; back-- > 0;) {
            if (!past[u].exists[back])
                continue;
            tb_buf_add(out, begin.data, begin.len);
            tb_csv_put(out, text[back]);
            tb_csv_put(out, tb_judgement_code(past[u].verdict[back]));
            tb_csv_end_row(out);
        }
    }
    out->failed |= begin.failed;
    tb_buf_release(&begin);
}

/* A published fact is not on its way anywhere, nor is what nobody asks for. */
static bool has_outlook(const struct tb_evaluation *ev, size_t unit, enum tb_judgement judgement)
{
    return ev->target->strength != TB_FACT && judgement != TB_JUDGED_NO_TARGET &&
           !tb_rule_is_vacuous(ev->run, unit);
}

static void write_verdicts(const struct tb_evaluation *now, const struct tb_each *each,
                           const struct past past[], struct tb_target_result *out)
{
    struct tb_buf periods = TB_BUF_INIT;

    for (size_t u = 0; u < now->job->ms->profile->n_units; u++) {
        enum tb_judgement verdict = past[u].verdict[0];
        if (!past[u].exists[0])
            continue;
        tb_buf_clear(&periods);
        const struct tb_evaluation *ev = tb_each_decides(each, u, &verdict, &periods);
        ev = ev ? ev : now;
        tb_verdicts_row(ev, u, verdict, past[u].streak, tb_buf_text(&periods), &out->verdicts);
        if (has_outlook(now, u, verdict))
            tb_outlook_row(now, u, &out->outlook);
        out->n[verdict]++;
        if (verdict != TB_JUDGED_NOT_DUE && tb_rule_knife_edge(ev->run, u)) {
            tb_verdicts_edge(ev, u, &out->edges);
            out->n_edges++;
        }
    }
    out->verdicts.failed |= periods.failed;
    tb_buf_release(&periods);
}

/* Goes back period by period; history ends after twelve, streaks where they break. */
static int look_back(const struct tb_targets_job *job, size_t row, struct tb_period period[],
                     struct past past[], bool running, struct tb_error *err)
{
    const struct tb_target *target = &job->ms->profile->targets[row];
    const struct tb_indicator *ind = &job->ms->profile->indicators[target->indicator];
    struct tb_period at = period[0];

    for (size_t back = 1; back <= TB_HISTORY_PERIODS || running; back++) {
        struct tb_evaluation then;
        at = tb_indicator_previous(ind, at);
        if (back <= TB_HISTORY_PERIODS)
            period[back] = at;
        else if (at.index < target->from.index)
            break;
        if (tb_evaluation_begin(&then, job, row, at, true, err) < 0)
            return -1;
        running = take_period(&then, back, past);
        tb_evaluation_end(&then);
    }
    return 0;
}

int tb_targets_judge(const struct tb_targets_job *job, size_t row, struct tb_target_result *out,
                     struct tb_error *err)
{
    const struct tb_profile *profile = job->ms->profile;
    const struct tb_target *target = &profile->targets[row];
    struct tb_period period[TB_HISTORY_PERIODS + 1];
    struct past *past = calloc(profile->n_units ? profile->n_units : 1, sizeof *past);
    struct tb_evaluation now;
    struct tb_each each = { .n = 0 };
    int rc = -1;

    if (!past)
        return tb_error_set(err, "out of memory for %zu units", profile->n_units);
    period[0] = tb_targets_period(profile, (size_t)target->indicator, job->period);
    for (size_t u = 0; u < profile->n_units; u++)
        past[u].running = true;
    if (tb_evaluation_begin(&now, job, row, period[0], false, err) < 0)
        goto out;
    bool running = take_period(&now, 0, past);
    if (look_back(job, row, period, past, running, err) == 0 &&
        tb_each_open(&each, &now, err) == 0) {
        write_verdicts(&now, &each, past, out);
        write_history(job, target, period, past, &out->history);
        rc = tb_buf_ok(&out->verdicts, err) && tb_buf_ok(&out->history, err) &&
                     tb_buf_ok(&out->edges, err) && tb_buf_ok(&out->outlook, err)
                 ? 0
                 : -1;
    }
    tb_each_close(&each);
    tb_evaluation_end(&now);
out:
    free(past);
    return rc;
}
