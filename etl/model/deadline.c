/* deadline.c - the due day of a step for a period: which row of deadlines.csv
 * applies, and which day it names.
 */
#include "tongbao/deadline.h"

#include <string.h>

#include "tongbao/profile.h"

#include "model/deadline_due.h"

static struct tb_period month_of(struct tb_period period, int offset)
{
    int year, month, mday;

    tb_day_to_civil(tb_period_last_day(period), &year, &month, &mday);
    return (struct tb_period){ .freq = TB_FREQ_MONTH, .index = year * 12 + month - 1 + offset };
}

/* Day `mday` of a month, its last where it is shorter. */
static tb_day day_of_month(struct tb_period month, int mday)
{
    tb_day first = tb_period_first_day(month), last = tb_period_last_day(month);

    if (first == TB_DAY_NONE || last == TB_DAY_NONE)
        return TB_DAY_NONE;
    tb_day day = first + mday - 1;
    return day < last ? day : last;
}

/* The period of frequency `span` that holds the whole month. */
static struct tb_period span_around(struct tb_period month, enum tb_freq span)
{
    int months = 12 / tb_periods_per_year(span);

    return (struct tb_period){ .freq = span, .index = month.index / months };
}

tb_day tb_due_day(const struct tb_profile *profile, const struct tb_due *due,
                  struct tb_period period)
{
    if (tb_period_last_day(period) == TB_DAY_NONE)
        return TB_DAY_NONE;
    struct tb_period month = month_of(period, due->offset_months), span;
    tb_day day = TB_DAY_NONE;

    switch (due->kind) {
    case TB_DUE_MONTH_DAY:
        day = day_of_month(month, due->day);
        break;
    case TB_DUE_LAST_DAY:
        day = tb_period_last_day(span_around(month, due->span));
        break;
    case TB_DUE_LAST_WORKDAY:
        span = span_around(month, due->span);
        return tb_workday_last(profile, tb_period_first_day(span), tb_period_last_day(span));
    case TB_DUE_DATE:
        month.index += due->month - 1 - month.index % 12;
        day = day_of_month(month, due->day);
        break;
    case TB_DUE_DAYS_AFTER:
        day = tb_period_last_day(period) + due->day;
        break;
    case TB_DUE_WORKDAYS_AFTER:
        return tb_workday_add(profile, tb_period_last_day(period), due->day);
    case TB_DUE_WORKDAYS:
        return TB_DAY_NONE; /* counted from a case, not from a period */
    }
    return day != TB_DAY_NONE && due->shift ? tb_workday_from(profile, day) : day;
}

struct tb_deadline tb_deadline_short_form(const struct tb_profile *profile)
{
    return (struct tb_deadline){
        .code = "deadline_day",
        .name_zh = tb_step_name(TB_STEP_SUBMIT, "zh"),
        .name_en = tb_step_name(TB_STEP_SUBMIT, "en"),
        .step = TB_STEP_SUBMIT,
        .due = { .kind = TB_DUE_MONTH_DAY,
                 .day = profile->set.deadline_day,
                 .offset_months = profile->set.deadline_months,
                 .shift = true },
        .all = true,
        .class_name = "",
    };
}

/* How closely a row means this; 0: not at all. */
static int closeness(const struct tb_deadline *row, int32_t form, int32_t indicator,
                     enum tb_freq freq)
{
    if (indicator >= 0 && row->indicators && row->indicators[indicator])
        return 4;
    if (form >= 0 && row->forms && row->forms[form])
        return 3;
    if (row->freqs & (1u << freq))
        return 2;
    return row->all;
}

const struct tb_deadline *tb_deadline_find(const struct tb_profile *profile, enum tb_step step,
                                           int32_t form, int32_t indicator, enum tb_freq freq)
{
    const struct tb_deadline *found = NULL;
    int best = 0;

    for (size_t i = 0; i < profile->n_deadlines; i++) {
        const struct tb_deadline *row = &profile->deadlines[i];
        int close = row->step == step ? closeness(row, form, indicator, freq) : 0;
        if (close > best) {
            best = close;
            found = row;
        }
    }
    return found;
}

/* The row that applies, or the short form put into *own; NULL when neither does. */
static const struct tb_deadline *rule_of(const struct tb_profile *profile, enum tb_step step,
                                         int32_t form, int32_t indicator, enum tb_freq freq,
                                         struct tb_deadline *own)
{
    const struct tb_deadline *row = tb_deadline_find(profile, step, form, indicator, freq);

    if (row || step != TB_STEP_SUBMIT || profile->set.deadline_day == 0)
        return row;
    *own = tb_deadline_short_form(profile);
    return own;
}

tb_day tb_deadline_due(const struct tb_profile *profile, enum tb_step step, int32_t form,
                       int32_t indicator, struct tb_period period)
{
    struct tb_deadline own;

    if (step == TB_STEP_SUBMIT) {
        tb_day stated = tb_calendar_stated(profile, period);
        if (stated != TB_DAY_NONE)
            return tb_workday_from(profile, stated);
    }
    const struct tb_deadline *row = rule_of(profile, step, form, indicator, period.freq, &own);
    return row ? tb_due_day(profile, &row->due, period) : TB_DAY_NONE;
}

static bool counts_workdays(const struct tb_due *due)
{
    return due->kind == TB_DUE_LAST_WORKDAY || due->kind == TB_DUE_WORKDAYS ||
           due->kind == TB_DUE_WORKDAYS_AFTER;
}

bool tb_due_is_sure(const struct tb_profile *profile, const struct tb_due *due, tb_day day)
{
    int year, month, mday;

    if (day == TB_DAY_NONE || (!due->shift && !counts_workdays(due)))
        return true;
    tb_day_to_civil(day, &year, &month, &mday);
    return tb_calendar_has_year(profile, year);
}

bool tb_deadline_is_sure(const struct tb_profile *profile, enum tb_step step, int32_t form,
                         int32_t indicator, struct tb_period period)
{
    static const struct tb_due moves = { .kind = TB_DUE_MONTH_DAY, .shift = true };
    struct tb_deadline own;
    tb_day day = tb_deadline_due(profile, step, form, indicator, period);
    const struct tb_deadline *row = rule_of(profile, step, form, indicator, period.freq, &own);
    bool stated = step == TB_STEP_SUBMIT && tb_calendar_stated(profile, period) != TB_DAY_NONE;

    return tb_due_is_sure(profile, stated || !row ? &moves : &row->due, day);
}

bool tb_profile_has_deadlines(const struct tb_profile *profile)
{
    if (profile->set.deadline_day > 0 || profile->n_stated > 0)
        return true;
    for (size_t i = 0; i < profile->n_deadlines; i++) {
        if (profile->deadlines[i].step == TB_STEP_SUBMIT)
            return true;
    }
    return false;
}

tb_day tb_profile_deadline(const struct tb_profile *profile, struct tb_period period)
{
    return tb_deadline_due(profile, TB_STEP_SUBMIT, TB_NONE, TB_NONE, period);
}

/* --- rounds --- */

/* Periods whose due day can lie on the day: due at most so many months before the
 * period's end, or after it. */
static struct tb_period shifted(tb_day day, enum tb_freq freq, int months)
{
    struct tb_period at = tb_period_around(day, freq);

    at.index += months * tb_periods_per_year(freq) / 12;
    return at;
}

struct tb_period tb_due_first_period(tb_day day, enum tb_freq freq)
{
    struct tb_period at = shifted(day, freq, -TB_DUE_MONTHS_AFTER);

    at.index--;
    return at;
}

struct tb_period tb_due_last_period(tb_day day, enum tb_freq freq)
{
    struct tb_period at = shifted(day, freq, TB_DUE_MONTHS_BEFORE);

    at.index++;
    return at;
}

bool tb_deadline_round(const struct tb_profile *profile, enum tb_step step, int32_t form,
                       int32_t indicator, enum tb_freq freq, tb_day day, struct tb_period *out)
{
    struct tb_deadline own;
    struct tb_period around = tb_period_around(day, freq);
    struct tb_period last = tb_due_last_period(day, freq);
    bool fact = step == TB_STEP_CUTOFF;

    *out = around;
    if (!rule_of(profile, step, form, indicator, freq, &own))
        return fact;
    for (*out = tb_due_first_period(day, freq); out->index <= last.index; out->index++) {
        tb_day due = tb_deadline_due(profile, step, form, indicator, *out);
        if (due != TB_DAY_NONE && due >= day)
            break;
    }
    if (fact) {
        struct tb_period end = tb_period_year_end(around, profile->set.year_start);
        struct tb_period start = tb_period_year_start(around, profile->set.year_start);
        out->index = out->index > end.index ? end.index : out->index;
        out->index = out->index < start.index ? start.index : out->index;
    }
    return fact || out->index <= last.index;
}

/* --- words --- */

static const struct {
    const char *code, *zh, *en;
} steps[TB_N_STEPS] = {
    [TB_STEP_CUTOFF] = { "cutoff", "数据截止", "cut-off" },
    [TB_STEP_SUBMIT] = { "submit", "报送", "submission" },
    [TB_STEP_VERIFY] = { "verify", "审核", "verification" },
    [TB_STEP_REPORT] = { "report", "上报", "report" },
    [TB_STEP_CASE] = { "case", "办件", "case" },
};

const char *tb_step_code(enum tb_step step)
{
    return steps[step].code;
}

const char *tb_step_name(enum tb_step step, const char *lang)
{
    return strcmp(lang, "zh") == 0 ? steps[step].zh : steps[step].en;
}
