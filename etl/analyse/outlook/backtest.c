/* backtest.c - past outlooks made again and held against what the years came to. */
#include "analyse/outlook/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/measure/amounts.h"
#include "analyse/outlook/reliability.h"
#include "analyse/verdict/schedule.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

/* One outlook of the past. */
struct past_case {
    const struct tb_measures *ms;
    size_t indicator, unit;
    struct tb_period period, end; /* the month it is made in, and the last of its year */
};

static bool year_total(const struct past_case *c, struct tb_period end, double *out)
{
    struct tb_measured whole = tb_measures_level(c->ms, TB_MEASURE_YTD, c->indicator, c->unit, end);

    if (whole.known != TB_KNOWN || whole.number.num <= 0)
        return false;
    *out = tb_rational_double(whole.number);
    return true;
}

/* The amount that the year's target named. */
static bool target_amount(const struct past_case *c, double *amount, bool *within)
{
    const struct tb_profile *profile = c->ms->profile;
    int32_t row = tb_amounts_target(profile, c->indicator, c->unit, c->period);

    if (row == TB_NONE)
        return false;
    struct tb_operand task =
        tb_amounts_annual(profile, (size_t)row, c->unit, c->period, c->ms->as_of);
    if (task.known != TB_KNOWN)
        task = tb_amounts_quota(profile, (size_t)row, c->unit, c->period, c->ms->as_of);
    const char *sign = strpbrk(profile->targets[row].rule_text, "<>~");
    *within = sign && (*sign == '<' ||
                       (*sign == '~' &&
                        tb_indicator_lower_is_better(&profile->indicators[c->indicator])));
    *amount = tb_rational_double(task.number);
    return task.known == TB_KNOWN && *amount > 0;
}

/* Without a target: last year's total, grown as it had grown itself. */
static bool as_last_year(const struct past_case *c, double *amount)
{
    struct tb_period last = tb_measures_last_year(c->end);
    double one, two;

    if (!year_total(c, last, &one) || !year_total(c, tb_measures_last_year(last), &two))
        return false;
    *amount = one * (one / two);
    return true;
}

static void take_case(const struct past_case *c, struct tb_reliability *r)
{
    struct tb_past_years past;
    struct tb_projection made;
    double came_to, amount, chance;
    bool within = false;

    if (!year_total(c, c->end, &came_to) ||
        !tb_schedule_past_years(c->ms, c->indicator, c->unit, c->period, c->end, &past))
        return;
    tb_projection_make(&past, &made);
    if (made.method != TB_PROJECTION_SHARES)
        return;
    tb_reliability_interval(r, made.value, made.low, made.high, came_to);
    if (!target_amount(c, &amount, &within)) {
        within = false;
        if (!as_last_year(c, &amount))
            return;
    }
    chance = tb_projection_chance(&past, &made, amount, within);
    if (!isnan(chance))
        tb_reliability_case(r, chance, within ? came_to <= amount : came_to >= amount);
}

/* All cases of one indicator: its units, years and the points of a year. */
static void test_indicator(const struct tb_measures *ms, size_t i, struct tb_reliability *r)
{
    const struct tb_profile *profile = ms->profile;
    const struct tb_indicator *ind = &profile->indicators[i];

    for (uint32_t row = 0; row < ms->planes[i].n_periods; row++) {
        struct past_case c = { .ms = ms,
                               .indicator = i,
                               .period = { ind->frequency, ms->planes[i].first + (int32_t)row } };
        c.end = tb_period_year_end(c.period, profile->set.year_start);
        if (c.period.index >= c.end.index || !tb_indicator_expected(ind, c.period))
            continue;
        for (c.unit = 0; c.unit < profile->n_units; c.unit++)
            take_case(&c, r);
    }
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100 * (double)part / (double)whole : NAN;
}

static void csv_number(struct tb_buf *out, double number, int decimals)
{
    char text[64] = "";

    if (isfinite(number))
        snprintf(text, sizeof text, "%.*f", decimals, number);
    tb_csv_put(out, text);
}

static void csv_rows(const char *code, const struct tb_reliability *r, struct tb_buf *out)
{
    double n = (double)r->n_intervals;

    tb_csv_put(out, code);
    tb_csv_put(out, "all");
    tb_csv_put_int(out, (int64_t)r->n);
    tb_csv_put(out, "");
    csv_number(out, percent(r->n_true, r->n), 2);
    csv_number(out, tb_reliability_brier(r), 4);
    csv_number(out, tb_reliability_base_brier(r), 4);
    tb_csv_put_int(out, (int64_t)r->n_intervals);
    csv_number(out, percent(r->n_covered, r->n_intervals), 2);
    csv_number(out, r->errors / n, 2);
    csv_number(out, r->absolute_errors / n, 2);
    tb_csv_end_row(out);
    for (int i = 0; i < TB_RELIABILITY_STEPS; i++) {
        const struct tb_reliability_step *step = &r->step[i];
        if (step->n == 0)
            continue;
        tb_csv_put(out, code);
        tb_csv_put_int(out, 10 * i);
        tb_csv_put_int(out, (int64_t)step->n);
        csv_number(out, 100 * step->announced / (double)step->n, 2);
        csv_number(out, percent(step->n_true, step->n), 2);
        for (int empty = 0; empty < 6; empty++)
            tb_csv_put(out, "");
        tb_csv_end_row(out);
    }
}

static void cell(struct tb_buf *out, double number, int decimals, size_t width)
{
    char text[64] = "-";

    if (isfinite(number))
        snprintf(text, sizeof text, "%.*f", decimals, number);
    tb_text_pad(out, text, width, true);
}

static void text_row(const char *name, const struct tb_reliability *r, struct tb_buf *out)
{
    tb_text_pad(out, name, 24, false);
    cell(out, (double)r->n, 0, 10);
    cell(out, percent(r->n_true, r->n), 1, 12);
    cell(out, tb_reliability_brier(r), 3, 10);
    cell(out, tb_reliability_base_brier(r), 3, 12);
    cell(out, percent(r->n_covered, r->n_intervals), 1, 14);
    cell(out, r->absolute_errors / (double)r->n_intervals, 2, 14);
    tb_buf_putc(out, '\n');
}

static void heads(const char *const head[], const size_t width[], size_t n, struct tb_buf *out)
{
    for (size_t i = 0; i < n; i++)
        tb_text_pad(out, head[i], width[i], i > 0);
    tb_buf_putc(out, '\n');
}

/* How often what was announced came true, by steps of ten percent. */
static void text_steps(const struct tb_reliability *r, bool zh, struct tb_buf *out)
{
    static const char *const en[] = { "announced", "cases", "mean", "came true %" };
    static const char *const in_zh[] = { "预报概率", "次数", "平均", "实现 %" };
    static const size_t width[] = { 24, 10, 12, 14 };
    char name[16];

    tb_buf_putc(out, '\n');
    heads(zh ? in_zh : en, width, 4, out);
    for (int i = 0; i < TB_RELIABILITY_STEPS; i++) {
        const struct tb_reliability_step *step = &r->step[i];
        if (step->n == 0)
            continue;
        snprintf(name, sizeof name, "%d %%", 10 * i);
        tb_text_pad(out, name, 24, false);
        cell(out, (double)step->n, 0, 10);
        cell(out, 100 * step->announced / (double)step->n, 1, 12);
        cell(out, percent(step->n_true, step->n), 1, 14);
        tb_buf_putc(out, '\n');
    }
}

static void text_head(bool zh, struct tb_buf *out)
{
    static const char *const en[] = { "indicator",   "cases",         "came true %", "Brier",
                                      "base rate's", "in interval %", "mean |error| %" };
    static const char *const in_zh[] = { "指标",       "次数",       "实现 %",    "Brier 分",
                                         "按基准率的", "落入区间 %", "平均绝对误差 %" };
    static const size_t width[] = { 24, 10, 12, 10, 12, 14, 14 };

    tb_buf_puts(out,
                zh ? "往年预计与实际：达到当年目标的概率；无目标的，为增速不低于上年的概率。区间为 "
                     "80 %。\n\n"
                   : "Past outlooks and what came: the chance of that year's target or, without "
                     "one, of growing at least as the year before. Intervals are of 80 %.\n\n");
    heads(zh ? in_zh : en, width, 7, out);
}

int tb_backtest(const struct tb_measures *ms, const char *lang, bool csv, bool *any,
                struct tb_buf *out, struct tb_error *err)
{
    const struct tb_profile *profile = ms->profile;
    struct tb_reliability all = { 0 };
    bool zh = lang[0] == 'z';

    if (csv)
        tb_buf_puts(out, "indicator,announced,cases,mean_announced,came_true_pct,brier,"
                         "brier_base_rate,intervals,in_interval_pct,mean_error_pct,"
                         "mean_absolute_error_pct\n");
    else
        text_head(zh, out);
    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator *ind = &profile->indicators[i];
        struct tb_reliability r = { 0 };
        if (ind->kind != TB_KIND_FLOW || tb_indicator_is_ratio(ind))
            continue;
        test_indicator(ms, i, &r);
        if (r.n_intervals == 0)
            continue;
        if (csv)
            csv_rows(ind->code, &r, out);
        else
            text_row(zh ? ind->name_zh : ind->name_en, &r, out);
        tb_reliability_add(&all, &r);
    }
    *any = all.n_intervals > 0;
    if (*any && csv)
        csv_rows("all", &all, out);
    else if (*any) {
        text_row(zh ? "合计" : "all", &all, out);
        text_steps(&all, zh, out);
    }
    return tb_buf_ok(out, err) ? 0 : -1;
}
