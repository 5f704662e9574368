/* verdicts.c - one row of verdicts.csv and of knife_edges.csv. */
#include <string.h>

#include "analyse/verdict/catchup.h"
#include "analyse/findings.h"
#include "analyse/verdict/target_changes.h"
#include "analyse/verdict/targets.h"
#include "analyse/verdict/task_state.h"
#include "tongbao/conflict.h"
#include "tongbao/csv.h"
#include "tongbao/profile.h"
#include "tongbao/target_change.h"

static const char *mode_text(bool yes)
{
    return yes ? "1" : "0";
}

static void put_rational(struct tb_buf *out, struct tb_rational number, int32_t decimals,
                         enum tb_round_mode mode)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (tb_rational_round(number, decimals, mode, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
}

/* The gap as a reader would take it from the two printed numbers; where the rule
 * has a tolerance the gap is not that difference and is rounded by itself. */
static void put_gap(struct tb_buf *out, const struct tb_rule_gap *gap, enum tb_round_mode mode)
{
    struct tb_rational plain;
    struct tb_decimal value, benchmark, printed;
    char text[TB_DECIMAL_TEXT];
    bool negative = gap->gap.num < 0;

    if (!tb_rational_sub(gap->value.number, gap->benchmark.number, &plain) ||
        !tb_rational_round(gap->value.number, gap->decimals, mode, &value) ||
        !tb_rational_round(gap->benchmark.number, gap->decimals, mode, &benchmark) ||
        __builtin_sub_overflow(value.units, benchmark.units, &printed.units)) {
        tb_csv_put(out, "");
        return;
    }
    printed.scale = gap->decimals;
    struct tb_rational mirrored = { -plain.num, plain.den };
    if (tb_rational_cmp(plain, gap->gap) != 0 && tb_rational_cmp(mirrored, gap->gap) != 0) {
        put_rational(out, gap->gap, gap->decimals, mode);
        return;
    }
    if ((printed.units < 0) != negative)
        printed.units = -printed.units;
    tb_decimal_format(printed, text);
    tb_csv_put(out, text);
}

/* Without a comparison the row still tells the indicator's leading number. */
static void put_headline(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_measures *ms = ev->job->ms;
    size_t indicator = (size_t)ev->target->indicator;
    enum tb_measure of = tb_catchup_measure(ms->profile, ev->target);
    struct tb_measured exact = tb_measures_get(ms, of, indicator, unit, ev->period);
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (tb_findings_printed(ms, of, indicator, unit, ev->period, &exact, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
    tb_csv_put(out, "");
    tb_csv_put(out, "");
    tb_csv_put(out, of == TB_MEASURE_VALUE || of == TB_MEASURE_YTD || of == TB_MEASURE_CHANGE
                        ? ms->profile->indicators[indicator].unit_measure
                        : "pp");
}

/* Indicators lagging, scores and days are not in the unit of the indicator. */
static bool counts_without_unit(const struct tb_target *target)
{
    return tb_rule_uses(target->rule, TB_MEASURE_LAGGING) ||
           tb_rule_uses(target->rule, TB_MEASURE_SCORE) ||
           tb_rule_uses(target->rule, TB_MEASURE_LATE_DAYS) ||
           tb_rule_uses(target->rule, TB_MEASURE_RESUBMITTED) || tb_rule_is_of_cases(target->rule);
}

/* value, benchmark, gap, unit_measure */
static void put_numbers(const struct tb_evaluation *ev, size_t unit, const struct tb_rule_gap *gap,
                        struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    enum tb_round_mode mode = profile->set.round_mode;

    if (!gap->has_gap) {
        put_headline(ev, unit, out);
        return;
    }
    put_rational(out, gap->value.number, gap->decimals, mode);
    put_rational(out, gap->benchmark.number, gap->decimals, mode);
    put_gap(out, gap, mode);
    tb_csv_put(out, gap->is_rank      ? "place"
                    : gap->is_percent ? "pp"
                    : counts_without_unit(ev->target)
                        ? ""
                        : profile->indicators[ev->target->indicator].unit_measure);
}

/* A number of the findings by its key; false if there is none. */
static bool finding(const struct tb_evaluation *ev, enum tb_measure measure, enum tb_measure of,
                    uint8_t group, size_t column, int64_t *number, uint8_t *status)
{
    struct tb_plane_key key = { (uint16_t)ev->target->indicator, (uint8_t)measure, (uint8_t)of,
                                group };
    struct tb_decimal value;

    *status = tb_plane_get(tb_cube_find(ev->job->ms->findings, key), ev->period, column, &value);
    if (!tb_status_has_value(*status))
        return false;
    *number = value.units;
    return true;
}

/* The headline that the rule uses, for whose places the findings have planes. */
static enum tb_measure ranked_measure(const struct tb_evaluation *ev)
{
    const struct tb_indicator *ind = &ev->job->ms->profile->indicators[ev->target->indicator];

    for (size_t h = 0; h < ind->n_headlines; h++)
        if (tb_rule_uses(ev->target->rule, (enum tb_measure)ind->headline[h]))
            return (enum tb_measure)ind->headline[h];
    return ind->n_headlines > 0 ? (enum tb_measure)ind->headline[0] : TB_N_MEASURES;
}

/* rank, ranked, tied, movement */
static void put_standing(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    int32_t group = tb_catchup_group(ev->job->ms, ev->target, unit);
    enum tb_measure of = ranked_measure(ev);
    int64_t rank, ranked = 0, movement;
    uint8_t status, other;

    if (group == TB_NONE || of == TB_N_MEASURES ||
        !finding(ev, TB_MEASURE_RANK, of, (uint8_t)group, unit, &rank, &status)) {
        for (int i = 0; i < 4; i++)
            tb_csv_put(out, i == 2 ? "0" : "");
        return;
    }
    (void)finding(ev, TB_MEASURE_COUNT, of, TB_NO_GROUP, (size_t)group, &ranked, &other);
    tb_csv_put_int(out, rank);
    tb_csv_put_int(out, ranked);
    tb_csv_put(out, mode_text(status & TB_FLAG_TIED));
    if (finding(ev, TB_MEASURE_MOVEMENT, of, (uint8_t)group, unit, &movement, &other))
        tb_csv_put_int(out, movement);
    else
        tb_csv_put(out, "");
}

int32_t tb_targets_department(const struct tb_profile *profile, int32_t indicator, int32_t target)
{
    const struct tb_indicator *ind = &profile->indicators[indicator];
    int32_t task = target != TB_NONE && profile->targets[target].task != TB_NONE
                       ? profile->targets[target].task
                       : ind->task;
    int32_t lead = task != TB_NONE ? profile->tasks[task].lead_department : TB_NONE;

    if (target == TB_NONE)
        return ind->department != TB_NONE ? ind->department : lead;
    return lead != TB_NONE ? lead : ind->department;
}

static const char *department(const struct tb_evaluation *ev)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    int32_t row = tb_targets_department(profile, ev->target->indicator, (int32_t)ev->row);

    return row == TB_NONE ? "" : profile->departments[row].code;
}

/* From "ytd = 5.3; area(city) = no data" the parts that hold no number. */
static void pick_missing(const char *operands, struct tb_buf *out)
{
    while (*operands) {
        const char *end = strstr(operands, "; ");
        size_t len = end ? (size_t)(end - operands) : strlen(operands);
        const char *equals = memmem(operands, len, " = no", 5); /* "no data", "not ..." */
        if (equals) {
            if (out->len > 0)
                tb_buf_puts(out, "; ");
            tb_buf_add(out, operands, len);
        }
        operands += len + (end ? 2 : 0);
    }
}

static void put_reason(const struct tb_evaluation *ev, size_t unit, enum tb_judgement judgement,
                       const char *operands, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;
    bool task = ev->job->ms->profile->indicators[ev->target->indicator].kind == TB_KIND_MILESTONE &&
                tb_targets_mentions(ev->target->rule_text, "done");

    if (task && (tb_rule_truth(ev->run, unit) == TB_FALSE || judgement == TB_JUDGED_NO_DATA))
        tb_task_put_reason(ev->job->ms, ev->target, unit, ev->asked, &text);
    else if (judgement == TB_JUDGED_MET && tb_rule_is_vacuous(ev->run, unit))
        tb_buf_puts(&text, "quota 0");
    else if (tb_rule_is_none(ev->target->rule))
        tb_buf_puts(&text, "the document sets none");
    else if (judgement == TB_JUDGED_NO_DATA || judgement == TB_JUDGED_NOT_COMPUTABLE ||
             judgement == TB_JUDGED_HELD || judgement == TB_JUDGED_NO_TARGET) {
        if (tb_targets_lacks_amount(ev, unit))
            tb_buf_puts(&text, "no quota assigned");
        else
            pick_missing(operands, &text);
        if (text.len == 0)
            tb_buf_puts(&text, operands);
    }
    tb_csv_put(out, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_amount(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    const struct tb_operand *amount = ev->annual[unit].known == TB_KNOWN  ? &ev->annual[unit]
                                      : ev->quota[unit].known == TB_KNOWN ? &ev->quota[unit]
                                                                          : NULL;
    if (amount)
        put_rational(out, amount->number, profile->indicators[ev->target->indicator].decimals,
                     profile->set.round_mode);
    else
        tb_csv_put(out, "");
}

/* target .. knife_edge */
static void put_head(const struct tb_evaluation *ev, size_t unit, enum tb_judgement judgement,
                     struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    const struct tb_target *target = ev->target;
    const struct tb_indicator *ind = &profile->indicators[target->indicator];
    int32_t task = target->task != TB_NONE ? target->task : ind->task;
    bool judged = tb_judgement_is_verdict(judgement);
    char period[TB_PERIOD_TEXT];

    tb_period_format(ev->shown, period);
    tb_csv_put(out, target->code);
    tb_csv_put(out, task == TB_NONE ? "" : profile->tasks[task].code);
    tb_csv_put(out, profile->units[unit].code);
    tb_csv_put(out, ind->code);
    tb_csv_put(out, period);
    tb_csv_put(out, tb_judgement_code(judgement));
    tb_csv_put(out, tb_strength_code(target->strength));
    tb_csv_put(out, mode_text(judged && (tb_rule_provisional(ev->run, unit) ||
                                         tb_targets_verified(ev, unit).lack ==
                                             TB_LACK_PROVISIONAL)));
    tb_csv_put(out, mode_text(judgement != TB_JUDGED_NOT_DUE && tb_rule_knife_edge(ev->run, unit)));
}

/* state, lacks: how far it is verified, and the state that decides what is left. */
static void put_state(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    struct tb_verified verified = tb_targets_verified(ev, unit);

    tb_csv_put(out, tb_state_code(profile, verified.reached));
    tb_csv_put(out, verified.state == TB_NONE ? "" : profile->states[verified.state].code);
}

/* conflict, conflict_with: a row that says the same, or another value of it. */
static void put_conflict(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    uint32_t other = 0;
    enum tb_conflict conflict = tb_conflict_of(profile, ev->row, unit, ev->asked, &other);

    tb_csv_put(out, tb_conflict_code(conflict));
    tb_csv_put(out, conflict == TB_CONFLICT_NONE ? "" : profile->targets[other].code);
}

/* exemption, change: what was decided of the target after it was set. */
static void put_amendments(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_measures *ms = ev->job->ms;
    const struct tb_exemption *exemption =
        tb_exemption_of(ms->profile, ev->row, unit, ev->asked, ms->as_of);
    struct tb_buf text = TB_BUF_INIT;

    tb_csv_put(out, exemption ? exemption->document : "");
    tb_target_changes_put(ev, unit, &text);
    tb_csv_put(out, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

void tb_verdicts_row(const struct tb_evaluation *ev, size_t unit, enum tb_judgement judgement,
                     uint32_t streak, const char *periods, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    const struct tb_target *target = ev->target;
    struct tb_buf rule = TB_BUF_INIT, operands = TB_BUF_INIT, text = TB_BUF_INIT;
    char due[TB_DATE_TEXT];
    struct tb_rule_gap gap;

    tb_rule_gap(ev->run, unit, &gap);
    tb_rule_operands(ev->run, unit, &operands);
    tb_rule_print(target->rule, profile, &rule);
    tb_day_format(target->due != TB_DAY_NONE ? target->due : tb_period_last_day(ev->shown), due);
    put_head(ev, unit, judgement, out);
    put_numbers(ev, unit, &gap, out);
    put_standing(ev, unit, out);
    tb_csv_put_int(out, streak);
    tb_csv_put(out, due);
    tb_csv_put(out, department(ev));
    tb_csv_put(out, tb_buf_text(&rule));
    tb_csv_put(out, tb_buf_text(&operands));
    if (target->strength != TB_FACT && judgement != TB_JUDGED_NO_TARGET &&
        !tb_rule_is_vacuous(ev->run, unit))
        tb_catchup_write(ev, unit, &gap, &text);
    tb_csv_put(out, tb_buf_text(&text));
    put_reason(ev, unit, judgement, tb_buf_text(&operands), out);
    put_amount(ev, unit, out);
    out->failed |= text.failed;
    tb_buf_clear(&text);
    tb_rule_culprits(ev->run, unit, &text);
    tb_csv_put(out, tb_buf_text(&text));
    put_state(ev, unit, out);
    put_conflict(ev, unit, out);
    put_amendments(ev, unit, out);
    tb_csv_put(out, periods);
    tb_csv_end_row(out);
    out->failed |= rule.failed || operands.failed || text.failed;
    tb_buf_release(&rule);
    tb_buf_release(&operands);
    tb_buf_release(&text);
}

void tb_verdicts_edge(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    enum tb_round_mode mode = profile->set.round_mode;
    struct tb_buf rule = TB_BUF_INIT;
    char period[TB_PERIOD_TEXT];
    struct tb_rule_gap gap;

    tb_rule_gap(ev->run, unit, &gap);
    tb_rule_print(ev->target->rule, profile, &rule);
    tb_period_format(ev->shown, period);
    tb_csv_put(out, ev->target->code);
    tb_csv_put(out, profile->units[unit].code);
    tb_csv_put(out, period);
    tb_csv_put(out, "verdict");
    if (gap.has_gap) {
        int32_t more =
            gap.decimals + 4 > TB_DECIMAL_SCALE_MAX ? TB_DECIMAL_SCALE_MAX : gap.decimals + 4;
        put_rational(out, gap.value.number, gap.decimals, mode);
        put_rational(out, gap.value.number, more, mode);
    } else {
        tb_csv_put(out, "");
        tb_csv_put(out, "");
    }
    tb_csv_put(out, tb_buf_text(&rule));
    tb_csv_end_row(out);
    out->failed |= rule.failed;
    tb_buf_release(&rule);
}
