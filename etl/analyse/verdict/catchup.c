/* catchup.c - the value, the pace or the place that is still needed. */
#include "analyse/verdict/catchup.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/measure/amounts.h"
#include "analyse/findings.h"
#include "analyse/verdict/schedule.h"
#include "tongbao/profile.h"

bool tb_catchup_step(struct tb_rational value, int32_t scale, bool up, bool strict,
                     struct tb_decimal *out)
{
    struct tb_rational at;
    int order;

    if (!tb_rational_round(value, scale, TB_ROUND_DOWN, out) ||
        !tb_rational_from_decimal(*out, &at))
        return false;
    order = tb_rational_cmp(at, value);
    if (up ? order < 0 : order > 0)
        out->units += up ? 1 : -1;
    else if (order == 0 && strict)
        out->units += up ? 1 : -1;
    return true;
}

static int compare_descending(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;

    return (*a < *b) - (*a > *b);
}

bool tb_catchup_rank(int64_t others[], size_t n, uint32_t k, bool from_worst, bool lower_is_better,
                     bool dense, bool alone, int64_t *out)
{
    int64_t sign = lower_is_better ? -1 : 1;
    size_t distinct = 0;

    for (size_t i = 0; i < n; i++)
        others[i] *= sign;
    qsort(others, n, sizeof *others, compare_descending); /* best first */
    for (size_t i = 0; dense && i < n; i++)
        if (distinct == 0 || others[distinct - 1] != others[i])
            others[distinct++] = others[i];
    n = dense ? distinct : n;
    if (k == 0 || k > n)
        return false;
    /* Equal to the k-th best makes k - 1 better ones; leaving the last k takes
     * being ahead of the k-th worst. */
    int64_t edge = from_worst ? others[n - k] + 1 : others[k - 1] + (alone ? 1 : 0);
    *out = sign * edge;
    return true;
}

bool tb_catchup_has_need(const char *rule_text, enum tb_kind kind)
{
    static const char *const others[] = { "on_time", "late_days", "resubmitted", "completeness",
                                          "lagging" };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (tb_targets_mentions(rule_text, others[i]))
            return false;
    bool joined = tb_targets_mentions(rule_text, "and") || tb_targets_mentions(rule_text, "or");
    return kind != TB_KIND_GRADE && !(joined && strchr(rule_text, '['));
}

int32_t tb_catchup_group(const struct tb_measures *ms, const struct tb_target *target, size_t unit)
{
    const struct tb_profile *profile = ms->profile;

    for (size_t g = 0; g < profile->n_groups; g++)
        if (((profile->units[unit].groups >> g & 1) || ms->planes[target->indicator].given[g]) &&
            tb_targets_mentions(target->rule_text, profile->groups[g].code))
            return (int32_t)g;
    return tb_amounts_main_group(profile, unit);
}

enum tb_measure tb_catchup_measure(const struct tb_profile *profile, const struct tb_target *target)
{
    static const uint8_t measures[] = { TB_MEASURE_GROWTH_2Y, TB_MEASURE_YTD_GROWTH_2Y,
                                        TB_MEASURE_GROWTH, TB_MEASURE_YTD_GROWTH,
                                        TB_MEASURE_MOM,    TB_MEASURE_CHANGE,
                                        TB_MEASURE_SHARE,  TB_MEASURE_PROGRESS,
                                        TB_MEASURE_SCORE,  TB_MEASURE_YTD,
                                        TB_MEASURE_VALUE };
    const struct tb_indicator *ind = &profile->indicators[target->indicator];

    for (size_t m = 0; m < sizeof measures; m++)
        if (tb_rule_uses(target->rule, (enum tb_measure)measures[m]))
            return (enum tb_measure)measures[m];
    return ind->n_headlines > 0 ? (enum tb_measure)ind->headline[0] : TB_MEASURE_VALUE;
}

/* Whether a comparison of the rule is strict: "< 5" asks for one step more. */
static bool strict_rule(const char *text)
{
    for (; *text; text++)
        if ((*text == '<' || *text == '>') && text[1] != '=')
            return true;
    return false;
}

static void put_number(struct tb_buf *out, const char *name, struct tb_decimal value)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(value, text);
    tb_buf_printf(out, "%s%s=%s", out->len > 0 ? ";" : "", name, text);
}

/* What each remaining period must add. */
static void put_pace(const struct tb_evaluation *ev, const struct tb_rule_gap *gap,
                     struct tb_rational need, struct tb_buf *out)
{
    int left = tb_schedule_periods_left(ev->job->ms->profile, ev->target, ev->asked);
    struct tb_rational rest;
    struct tb_decimal step;

    /* Without a due date each period is judged by itself, and a milestone is done
     * or not: neither has a pace. */
    if (left <= 0 || !ev->cumulative || ev->target->due == TB_DAY_NONE ||
        ev->job->ms->profile->indicators[ev->target->indicator].kind == TB_KIND_MILESTONE)
        return;
    if (tb_rational_sub(need, gap->value.number, &rest) && rest.num > 0 &&
        tb_rational_div(rest, tb_rational_int(left), &rest) &&
        tb_catchup_step(rest, gap->decimals, true, false, &step))
        put_number(out, "per_period", step);
    put_number(out, "periods_left", (struct tb_decimal){ left, 0 });
}

static void put_need(const struct tb_evaluation *ev, const struct tb_rule_gap *gap,
                     struct tb_buf *out)
{
    const struct tb_indicator *ind = &ev->job->ms->profile->indicators[ev->target->indicator];
    int order = tb_rational_cmp(gap->value.number, gap->benchmark.number);
    bool up = order != 0 ? order < 0 : !tb_indicator_lower_is_better(ind);
    struct tb_rational distance = gap->gap, need;
    struct tb_decimal step;

    /* The gap counts the tolerance of `~`, so it leads to the edge, not the middle. */
    if (distance.num < 0)
        distance.num = -distance.num;
    if (!(up ? tb_rational_add(gap->value.number, distance, &need)
             : tb_rational_sub(gap->value.number, distance, &need)) ||
        !tb_catchup_step(need, gap->decimals, up, strict_rule(ev->target->rule_text), &step))
        return;
    put_number(out, "need", step);
    if (up)
        put_pace(ev, gap, need, out);
}

/* Printed values of the others that are ranked in the group. */
static size_t gather_others(const struct tb_evaluation *ev, enum tb_measure of, size_t group,
                            size_t unit, int64_t others[])
{
    const struct tb_measures *ms = ev->job->ms;
    const struct tb_group *g = &ms->profile->groups[group];
    size_t indicator = (size_t)ev->target->indicator, n = 0;

    for (size_t m = 0; m < g->n_members; m++) {
        struct tb_decimal printed;
        size_t other = g->member[m];
        if (other == unit || !tb_unit_valid_in(&ms->profile->units[other], ev->period))
            continue;
        struct tb_measured exact = tb_measures_get(ms, of, indicator, other, ev->period);
        if (!exact.unranked &&
            tb_findings_printed(ms, of, indicator, other, ev->period, &exact, &printed))
            others[n++] = printed.units;
    }
    return n;
}

static void put_rank_value(const struct tb_evaluation *ev, size_t unit,
                           const struct tb_rule_gap *gap, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    const struct tb_target *target = ev->target;
    int32_t group = tb_catchup_group(ev->job->ms, target, unit);
    enum tb_measure of = tb_catchup_measure(profile, target);
    bool from_worst = tb_rule_uses(target->rule, TB_MEASURE_BOTTOM);
    bool strict = strict_rule(target->rule_text);
    struct tb_decimal k, value;
    int64_t *others;

    if (group == TB_NONE || !tb_rational_round(gap->benchmark.number, 0, TB_ROUND_DOWN, &k))
        return;
    /* rank < 8 is place 7; bottom >= 4 is bottom > 3. */
    k.units -= from_worst ? !strict : strict;
    if (k.units < 1 || k.units > UINT32_MAX)
        return;
    others = calloc(profile->groups[group].n_members + 1, sizeof *others);
    if (!others) { /* the row is then shown as not whole */
        out->failed = true;
        return;
    }
    size_t n = gather_others(ev, of, (size_t)group, unit, others);
    value.scale = tb_measures_decimals(profile, (size_t)target->indicator, of);
    if (tb_catchup_rank(others, n, (uint32_t)k.units, from_worst,
                        tb_indicator_lower_is_better(&profile->indicators[target->indicator]),
                        profile->set.dense_ranks, tb_targets_mentions(target->rule_text, "tied"),
                        &value.units))
        put_number(out, "rank_value", value);
    free(others);
}

void tb_catchup_write(const struct tb_evaluation *ev, size_t unit, const struct tb_rule_gap *gap,
                      struct tb_buf *out)
{
    if (!gap->has_gap || tb_rule_truth(ev->run, unit) != TB_FALSE)
        return;
    if (gap->is_rank)
        put_rank_value(ev, unit, gap, out);
    else if (tb_catchup_has_need(ev->target->rule_text,
                                 ev->job->ms->profile->indicators[ev->target->indicator].kind))
        put_need(ev, gap, out);
}
