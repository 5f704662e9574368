/* consequence_target.c - rules of consequences judged for one target, over its units. */
#include "analyse/verdict/consequence_target.h"

#include <stdlib.h>

#include "tongbao/calendar.h"
#include "tongbao/conflict.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* The verdicts on all units by one period. */
struct verdicts {
    struct tb_period period;
    uint8_t *verdict; /* [n_units] enum tb_judgement */
    bool *provisional;
    struct verdicts *next;
};

/* A target and what it came to, period by period, as rules ask for it. */
struct history {
    const struct tb_proposals *all;
    size_t target;
    struct verdicts *known;
    struct tb_error err;
    bool failed;
};

static void verdicts_free(struct verdicts *v)
{
    if (!v)
        return;
    free(v->verdict);
    free(v->provisional);
    free(v);
}

static void history_release(struct history *h)
{
    while (h->known) {
        struct verdicts *next = h->known->next;
        verdicts_free(h->known);
        h->known = next;
    }
}

static struct verdicts *judge_period(struct history *h, struct tb_period period)
{
    size_t n = h->all->job.ms->profile->n_units;
    struct verdicts *v = calloc(1, sizeof *v);
    struct tb_evaluation ev;

    if (v) {
        v->period = period;
        v->verdict = calloc(n + 1, sizeof *v->verdict);
        v->provisional = calloc(n + 1, sizeof *v->provisional);
    }
    if (!v || !v->verdict || !v->provisional) {
        tb_error_set(&h->err, "out of memory for the verdicts of %zu units", n);
        verdicts_free(v);
        return NULL;
    }
    if (tb_evaluation_begin(&ev, &h->all->job, h->target, period, true, &h->err) < 0) {
        verdicts_free(v);
        return NULL;
    }
    for (size_t u = 0; u < n; u++) {
        if (!ev.target->applies[u])
            continue;
        v->verdict[u] = (uint8_t)tb_targets_verdict(&ev, u);
        v->provisional[u] = tb_rule_provisional(ev.run, u);
    }
    tb_evaluation_end(&ev);
    v->next = h->known;
    h->known = v;
    return v;
}

static const struct verdicts *by_period(struct history *h, struct tb_period period)
{
    for (struct verdicts *v = h->known; v; v = v->next)
        if (v->period.freq == period.freq && v->period.index == period.index)
            return v;
    return h->failed ? NULL : judge_period(h, period);
}

/* Unknown is neither kept nor failed. */
static enum tb_known known_of(enum tb_judgement judgement)
{
    switch (judgement) {
    case TB_JUDGED_NO_DATA:
        return TB_UNKNOWN_NO_DATA;
    case TB_JUDGED_HELD:
        return TB_UNKNOWN_HELD;
    case TB_JUDGED_NOT_COMPUTABLE:
    case TB_JUDGED_NOT_VERIFIED:
        return TB_UNKNOWN_NOT_COMPUTABLE;
    default:
        return TB_KNOWN;
    }
}

static int64_t days_overdue(const struct history *h, enum tb_judgement judgement,
                            struct tb_period period)
{
    const struct tb_profile *profile = h->all->job.ms->profile;
    tb_day due = profile->targets[h->target].due, end = tb_period_last_day(period);

    if (!tb_judgement_fails(judgement) || due == TB_DAY_NONE || end <= due)
        return 0;
    return tb_workdays_between(profile, due, end);
}

static int64_t answer(const struct history *h, enum tb_verdict_word word,
                      enum tb_judgement judgement, struct tb_period period)
{
    static const enum tb_judgement meant[TB_N_VERDICT_WORDS] = {
        [TB_WORD_MET] = TB_JUDGED_MET,         [TB_WORD_ON_TRACK] = TB_JUDGED_ON_TRACK,
        [TB_WORD_AT_RISK] = TB_JUDGED_AT_RISK, [TB_WORD_BEHIND] = TB_JUDGED_BEHIND,
        [TB_WORD_MISSED] = TB_JUDGED_MISSED,   [TB_WORD_NOT_COMPLETED] = TB_JUDGED_NOT_COMPLETED,
    };

    if (word == TB_WORD_OVERDUE)
        return days_overdue(h, judgement, period);
    return word == TB_WORD_FAILING ? tb_judgement_fails(judgement) : judgement == meant[word];
}

static void verdict(void *user, enum tb_verdict_word word, struct tb_period period,
                    struct tb_operand out[])
{
    struct history *h = user;
    const struct tb_profile *profile = h->all->job.ms->profile;
    const struct tb_target *target = &profile->targets[h->target];
    const struct verdicts *v = by_period(h, period);

    h->failed |= !v;
    for (size_t u = 0; u < profile->n_units; u++) {
        out[u] = (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NOT_APPLICABLE };
        if (!v || !target->applies[u])
            continue;
        enum tb_judgement judgement = (enum tb_judgement)v->verdict[u];
        out[u].known = (uint8_t)known_of(judgement);
        out[u].provisional = v->provisional[u];
        out[u].number = tb_rational_int(answer(h, word, judgement, period));
    }
}

/* A target of which proposals are made, and units that it binds. */
static bool is_binding(const struct tb_target *target)
{
    return target->strength == TB_BINDING;
}

static bool is_bound(const struct tb_evaluation *now, size_t unit)
{
    const struct tb_profile *profile = now->job->ms->profile;
    uint32_t other = 0;

    if (!now->target->applies[unit] || !tb_unit_valid_in(&profile->units[unit], now->asked) ||
        tb_conflict_is_idle(tb_conflict_of(profile, now->row, unit, now->asked, &other)))
        return false;
    switch (tb_targets_verdict(now, unit)) {
    case TB_JUDGED_EXEMPT:
    case TB_JUDGED_NO_TARGET:
    case TB_JUDGED_NOT_DUE:
        return false;
    default:
        return true;
    }
}

/* The rule for this target; NULL where it cannot be said of it (an amount that it has not). */
static struct tb_rule *compile(const struct tb_profile *profile, const struct tb_consequence *c,
                               const struct tb_evaluation *now)
{
    struct tb_diag silent = { 0 };
    struct tb_place place = { .file = "consequences.csv", .line = c->line, .column = 1 };
    bool quota = now->target->has_quota || now->target->quota_awaited;

    for (size_t u = 0; u < profile->n_units && !quota; u++)
        quota = now->quota[u].known == TB_KNOWN;
    struct tb_rule_context context = { .indicator = now->target->indicator,
                                       .uom = &now->target->uom,
                                       .has_annual = now->target->has_annual,
                                       .has_quota = quota,
                                       .verdicts = true };
    return tb_rule_compile(c->when, profile, &context, &silent, &place);
}

/* The frame of the target; an annual task is a year's, whatever the target asks of it by when. */
static struct tb_rule_frame frame_of(const struct tb_evaluation *now, struct history *h)
{
    const struct tb_profile *profile = now->job->ms->profile;
    struct tb_rule_frame frame = now->frame;

    if (now->target->has_annual) {
        frame.from = tb_period_year_start(frame.period, profile->set.year_start);
        frame.to = frame.from;
        frame.to.index += tb_periods_per_year(frame.from.freq) - 1;
    }
    frame.verdict = verdict;
    frame.verdict_user = h;
    return frame;
}

/* Progress is against an amount of the target itself, or it is that of a milestone; the source
 * would take that of another target. */
static bool has_progress(const struct tb_evaluation *now, const struct tb_rule *rule, size_t unit)
{
    const struct tb_indicator *ind =
        &now->job->ms->profile->indicators[now->target->indicator];

    return !tb_rule_uses(rule, TB_MEASURE_PROGRESS) || ind->kind == TB_KIND_MILESTONE ||
           tb_targets_year_amount(now, unit) != NULL;
}

static int judge(const struct tb_proposals *all, size_t row, struct tb_evaluation *now,
                 struct history *h, bool ledger[], struct tb_proposals_out *out,
                 struct tb_error *err)
{
    const struct tb_profile *profile = all->job.ms->profile;
    const struct tb_consequence *c = &profile->consequences[row];
    struct tb_rule *rule = compile(profile, c, now);
    struct tb_rule_frame frame = frame_of(now, h);

    if (!rule)
        return 0;
    struct tb_rule_run *run = tb_rule_eval(rule, profile, &now->source, &frame, err);
    for (size_t u = 0; run && !h->failed && u < profile->n_units; u++) {
        struct tb_proposal p = { row, { (int32_t)u, now->target->indicator, (int32_t)now->row },
                                 now->asked, rule, run, now };
        if (tb_rule_truth(run, u) != TB_TRUE || !is_bound(now, u) || !has_progress(now, rule, u) ||
            (ledger[u] && tb_consequence_is_ledger(c->kind)) || !tb_proposal_applies(all, &p))
            continue;
        tb_proposal_put(all, &p, out);
        ledger[u] |= tb_consequence_is_ledger(c->kind);
    }
    int rc = run && !h->failed ? 0 : -1;
    if (h->failed)
        *err = h->err;
    tb_rule_run_free(run);
    tb_rule_free(rule);
    return rc;
}

static bool concerns(const struct tb_profile *profile, const struct tb_consequence *c,
                     size_t target)
{
    const struct tb_target *t = &profile->targets[target];

    return c->rule && c->about == TB_ABOUT_TARGET && t->indicator >= 0 &&
           t->strength != TB_FACT && (c->targets ? c->targets[target] : is_binding(t)) &&
           (!c->indicators || c->indicators[t->indicator]);
}

int tb_consequences_of_target(const struct tb_proposals *all, size_t target,
                              struct tb_proposals_out *out, struct tb_error *err)
{
    const struct tb_profile *profile = all->job.ms->profile;
    struct history h = { .all = all, .target = target, .err = TB_ERROR_INIT };
    struct tb_evaluation now;
    bool any = false, *ledger;
    int rc = 0;

    for (size_t c = 0; c < profile->n_consequences; c++)
        any |= concerns(profile, &profile->consequences[c], target);
    if (!any)
        return 0;
    ledger = calloc(profile->n_units + 1, sizeof *ledger);
    if (!ledger)
        return tb_error_set(err, "out of memory for %zu units", profile->n_units);
    struct tb_period period = tb_targets_period(
        profile, (size_t)profile->targets[target].indicator, all->job.period);
    if (tb_evaluation_begin(&now, &all->job, target, period, false, err) < 0) {
        free(ledger);
        return -1;
    }
    for (size_t c = 0; rc == 0 && c < profile->n_consequences; c++)
        if (concerns(profile, &profile->consequences[c], target))
            rc = judge(all, c, &now, &h, ledger, out, err);
    tb_evaluation_end(&now);
    history_release(&h);
    free(ledger);
    return rc;
}
