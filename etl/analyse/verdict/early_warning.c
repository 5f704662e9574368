/* early_warning.c - every target judged for the next period on what figures will be then if
 * nothing changes.
 *
 * One indicator is one item of work: what its units will have is worked out once for all of
 * its targets.  Rows stand in the order of targets.csv.
 */
#include "analyse/verdict/early_warning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/outlook/next_source.h"
#include "analyse/verdict/targets.h"
#include "tongbao/buf.h"
#include "tongbao/conflict.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/rule_limit.h"

static const char HEAD[] = "unit,indicator,target,period,next,now,then,warning,value,benchmark,"
                           "gap,unit_measure,method,years,probability,operands,reason\n";

struct job {
    const struct tb_measures *ms;
    struct tb_period period;
    struct tb_buf *rows; /* [n_targets] */
};

/* A target now and in the next period. */
struct look {
    const struct tb_evaluation *now, *then;
    struct tb_next *next;
    bool of_amount; /* the rule holds ytd or progress against a number */
    struct tb_rule_limit limit;
    bool is_progress;
};

/* Still to be judged: it runs in the next period and has not fallen due before. */
static bool is_open(const struct tb_target *target, struct tb_period now, struct tb_period next)
{
    return target->strength == TB_BINDING && target->rule && next.freq == target->from.freq &&
           next.index >= target->from.index && next.index <= target->to.index &&
           (target->due == TB_DAY_NONE || target->due > tb_period_last_day(now));
}

/* Whether the rule asks for an amount, so that a chance can be told. */
static void read_limit(struct look *look, const struct tb_profile *profile)
{
    const struct tb_target *target = look->then->target;
    struct tb_rule_amounts none = { NULL, NULL };
    struct tb_buf figure = TB_BUF_INIT;

    /* The benchmark is that of the evaluation; other data must not be in it. */
    if (tb_rule_limit(target->rule, profile, &none, &figure, &look->limit) &&
        !strpbrk(target->rule_text, "([@") && !look->limit.has_tolerance &&
        (look->limit.side == TB_LIMIT_LEAST || look->limit.side == TB_LIMIT_MOST)) {
        look->is_progress = strcmp(tb_buf_text(&figure), "progress") == 0;
        look->of_amount = look->is_progress || strcmp(tb_buf_text(&figure), "ytd") == 0;
    }
    tb_buf_release(&figure);
}

/* How the figure that the rule rests on was carried on: what stays has no method of its own. */
static enum tb_next_method method_of(const struct look *look, const struct tb_next_unit *of)
{
    const struct tb_target *target = look->then->target;
    const struct tb_indicator *in = &look->next->ms->profile->indicators[target->indicator];
    bool levels = tb_rule_uses(target->rule, TB_MEASURE_VALUE) ||
                  tb_rule_uses(target->rule, TB_MEASURE_YTD) ||
                  tb_rule_uses(target->rule, TB_MEASURE_PROGRESS);
    bool rates = tb_rule_uses(target->rule, TB_MEASURE_GROWTH) ||
                 tb_rule_uses(target->rule, TB_MEASURE_YTD_GROWTH);

    return levels || (rates && in->growth == TB_BASIS_COMPUTED) ? of->method : TB_NEXT_STAYS;
}

/* The chance that the rule holds in the next period; NaN where none can be told. */
static double chance(const struct look *look, size_t unit, const struct tb_next_unit *of,
                     const struct tb_rule_gap *gap)
{
    struct tb_rational amount = gap->benchmark.number;
    const struct tb_operand *task = tb_targets_year_amount(look->then, unit);

    if (!look->of_amount || !gap->has_gap || of->method != TB_NEXT_SHARES)
        return NAN;
    if (look->is_progress &&
        (!task || !tb_rational_mul(amount, task->number, &amount) ||
         !tb_rational_div(amount, tb_rational_int(100), &amount)))
        return NAN;
    return tb_projection_chance(&of->past, &of->made, tb_rational_double(amount),
                                look->limit.side == TB_LIMIT_MOST);
}

static void put_number(const struct look *look, struct tb_rational number, bool known,
                       int32_t decimals, struct tb_buf *out)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (known && tb_rational_round(number, decimals,
                                   look->then->job->ms->profile->set.round_mode, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
}

/* value, benchmark, gap */
static void put_gap(const struct look *look, const struct tb_rule_gap *gap, struct tb_buf *out)
{
    put_number(look, gap->value.number, gap->has_gap, gap->decimals, out);
    put_number(look, gap->benchmark.number, gap->has_gap, gap->decimals, out);
    put_number(look, gap->gap, gap->has_gap, gap->decimals, out);
}

static const char *reason(const struct look *look, size_t unit, const struct tb_next_unit *of)
{
    struct tb_period now = look->now->asked, next = look->then->asked;
    int year_start = look->next->ms->profile->set.year_start;

    if (tb_rule_truth(look->then->run, unit) != TB_UNKNOWN)
        return "";
    if (of->method == TB_NEXT_NONE)
        return tb_period_year_start(now, year_start).index !=
                       tb_period_year_start(next, year_start).index
                   ? "new_year"
                   : "no_figure";
    return "unknown";
}

/* unit .. next */
static void put_key(const struct look *look, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = look->next->ms->profile;
    const struct tb_target *target = look->then->target;
    char period[TB_PERIOD_TEXT];

    tb_csv_put(out, profile->units[unit].code);
    tb_csv_put(out, profile->indicators[target->indicator].code);
    tb_csv_put(out, target->code);
    tb_period_format(look->now->asked, period);
    tb_csv_put(out, period);
    tb_period_format(look->then->asked, period);
    tb_csv_put(out, period);
}

static void put_row(const struct look *look, size_t unit, const struct tb_next_unit *of,
                    struct tb_buf *out)
{
    const struct tb_profile *profile = look->next->ms->profile;
    const struct tb_target *target = look->then->target;
    enum tb_judgement now = tb_targets_verdict(look->now, unit);
    enum tb_judgement then = tb_targets_verdict(look->then, unit);
    enum tb_next_method method = method_of(look, of);
    struct tb_buf operands = TB_BUF_INIT;
    struct tb_rule_gap gap;
    char text[32];

    tb_rule_gap(look->then->run, unit, &gap);
    put_key(look, unit, out);
    tb_csv_put(out, tb_judgement_code(now));
    tb_csv_put(out, tb_judgement_code(then));
    tb_csv_put(out, tb_judgement_fails(then) && !tb_judgement_fails(now) ? "1" : "0");
    put_gap(look, &gap, out);
    tb_csv_put(out, !gap.has_gap     ? ""
                    : gap.is_rank    ? "place"
                    : gap.is_percent ? "pp"
                                     : profile->indicators[target->indicator].unit_measure);
    tb_csv_put(out, tb_next_method_code(method));
    tb_csv_put_int(out, method == TB_NEXT_STAYS ? 0 : (int64_t)of->past.n);
    double p = chance(look, unit, of, &gap);
    snprintf(text, sizeof text, "%.3f", p);
    tb_csv_put(out, isnan(p) ? "" : text);
    tb_rule_operands(look->then->run, unit, &operands);
    tb_csv_put(out, tb_buf_text(&operands));
    tb_csv_put(out, reason(look, unit, of));
    tb_csv_end_row(out);
    out->failed |= operands.failed;
    tb_buf_release(&operands);
}

static void put_units(struct look *look, size_t row, struct tb_buf *out)
{
    const struct tb_profile *profile = look->next->ms->profile;
    const struct tb_target *target = look->then->target;
    const struct tb_next_unit *units = tb_next_units(look->next, (size_t)target->indicator);
    struct tb_period next = look->then->asked;
    uint32_t other;

    read_limit(look, profile);
    for (size_t u = 0; units && u < profile->n_units; u++)
        if (target->applies[u] && tb_unit_valid_in(&profile->units[u], next) &&
            !tb_conflict_is_idle(tb_conflict_of(profile, row, u, next, &other)))
            put_row(look, u, &units[u], out);
}

static int judge(const struct job *job, struct tb_next *next, size_t row, struct tb_error *err)
{
    const struct tb_target *target = &job->ms->profile->targets[row];
    size_t indicator = (size_t)target->indicator;
    struct tb_period at = tb_targets_period(job->ms->profile, indicator, job->period);
    struct tb_period after = tb_next_period(job->ms, indicator, job->period);
    struct tb_targets_job today = { .ms = job->ms, .period = job->period };
    struct tb_targets_job coming = today;
    struct tb_evaluation now, then;
    int rc = -1;

    if (!is_open(target, at, after))
        return 0;
    next->inner_user.target = (int32_t)row;
    coming.source = &next->source;
    if (tb_evaluation_begin(&now, &today, row, at, true, err) < 0)
        return -1;
    if (tb_evaluation_begin(&then, &coming, row, after, true, err) == 0) {
        struct look look = { .now = &now, .then = &then, .next = next };
        put_units(&look, row, &job->rows[row]);
        rc = next->failed ? tb_error_set(err, "out of memory for the next period") : 0;
        tb_evaluation_end(&then);
    }
    tb_evaluation_end(&now);
    return rc;
}

static int judge_indicator(void *user, size_t indicator, struct tb_error *err)
{
    const struct job *job = user;
    const struct tb_profile *profile = job->ms->profile;
    struct tb_next next;
    int rc = 0;

    tb_next_init(&next, job->ms, job->period);
    for (size_t t = 0; rc == 0 && t < profile->n_targets; t++)
        if (profile->targets[t].indicator == (int32_t)indicator)
            rc = judge(job, &next, t, err);
    tb_next_release(&next);
    return rc;
}

static int write_rows(const struct job *job, const char *folder, struct tb_error *err)
{
    char *path = tb_path("%s/early_warning.csv", folder);
    struct tb_newfile *file = path ? tb_newfile_open(path, TB_NEWFILE_PLAIN, err) : NULL;
    int rc = file ? tb_newfile_add(file, HEAD, strlen(HEAD), err) : -1;

    if (!path)
        tb_error_set(err, "out of memory for 'early_warning.csv'");
    for (size_t t = 0; rc == 0 && t < job->ms->profile->n_targets; t++)
        rc = tb_buf_ok(&job->rows[t], err) ? tb_newfile_add(file, tb_buf_text(&job->rows[t]),
                                                            job->rows[t].len, err)
                                           : -1;
    if (rc == 0)
        rc = tb_newfile_commit(file, err);
    tb_newfile_free(file);
    free(path);
    return rc;
}

int tb_early_warning_write(const struct tb_measures *ms, struct tb_period period,
                           const char *folder, size_t threads, struct tb_error *err)
{
    size_t n = ms->profile->n_targets;
    struct job job = { .ms = ms, .period = period, .rows = calloc(n ? n : 1, sizeof *job.rows) };
    int rc;

    if (!job.rows)
        return tb_error_set(err, "out of memory for %zu targets", n);
    rc = tb_parallel(threads, ms->profile->n_indicators, judge_indicator, &job, err);
    if (rc == 0)
        rc = write_rows(&job, folder, err);
    for (size_t t = 0; t < n; t++)
        tb_buf_release(&job.rows[t]);
    free(job.rows);
    return rc;
}
