/* breaks.c - asks each rate that has a past with a break in it what became of it. */
#include "analyse/measure/breaks.h"

#include <stdlib.h>

#include "analyse/measure/growth.h"
#include "analyse/measure/past.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

static const char head[] = "unit,indicator,measure,period,effect,reason,date,text_zh,text_en\n";

/* The rates that compare a level with an earlier one. */
static const struct {
    enum tb_measure rate, level;
} rates[] = {
    { TB_MEASURE_GROWTH, TB_MEASURE_VALUE },
    { TB_MEASURE_YTD_GROWTH, TB_MEASURE_YTD },
    { TB_MEASURE_MOM, TB_MEASURE_VALUE },
};

static bool is_flagged(const struct tb_measures *ms, size_t indicator, size_t unit)
{
    const struct tb_indicator_planes *planes = &ms->planes[indicator];

    return (planes->broken[TB_MEASURE_VALUE] && planes->broken[TB_MEASURE_VALUE][unit]) ||
           (planes->broken[TB_MEASURE_YTD] && planes->broken[TB_MEASURE_YTD][unit]);
}

static bool side_is_flagged(const struct tb_measures *ms, const struct tb_formula_side *side,
                            size_t unit)
{
    for (size_t i = 0; i < side->n; i++)
        if (is_flagged(ms, side->indicator[i], unit))
            return true;
    return false;
}

/* Only such units and indicators can have a break at all. */
static bool may_break(const struct tb_measures *ms, size_t indicator, size_t unit)
{
    const struct tb_unit *of = &ms->profile->units[unit];
    const struct tb_indicator *in = &ms->profile->indicators[indicator];

    if (of->changed || of->valid_from != TB_DAY_NONE || of->n_absences > 0 || in->n_rebases > 0 ||
        is_flagged(ms, indicator, unit))
        return true;
    return tb_indicator_is_ratio(in) && (side_is_flagged(ms, &in->formula->numerator, unit) ||
                                         side_is_flagged(ms, &in->formula->denominator, unit));
}

static void put_row(const struct tb_measures *ms, size_t indicator, size_t unit,
                    enum tb_measure rate, struct tb_period period, const struct tb_past *past,
                    bool none, struct tb_buf *out)
{
    struct tb_buf zh = TB_BUF_INIT, en = TB_BUF_INIT;
    char when[TB_PERIOD_TEXT], day[TB_DATE_TEXT] = "";

    tb_period_format(period, when);
    if (tb_past_day(past) != TB_DAY_NONE)
        tb_day_format(tb_past_day(past), day);
    tb_buf_puts(&zh, none ? "无增速：" : "增速跨越口径变化：");
    tb_buf_puts(&en, none ? "no growth: " : "growth across a change: ");
    tb_past_describe(ms->profile, past, "zh", &zh);
    tb_past_describe(ms->profile, past, "en", &en);
    tb_csv_put(out, ms->profile->units[unit].code);
    tb_csv_put(out, ms->profile->indicators[indicator].code);
    tb_csv_put(out, tb_measure_name(rate));
    tb_csv_put(out, when);
    tb_csv_put(out, none ? "none" : "bridged");
    tb_csv_put(out, tb_past_word(past));
    tb_csv_put(out, day);
    tb_csv_put(out, tb_buf_text(&zh));
    tb_csv_put(out, tb_buf_text(&en));
    tb_csv_end_row(out);
    out->failed |= zh.failed || en.failed;
    tb_buf_release(&zh);
    tb_buf_release(&en);
}

/* One rate of one cell, where there is a level to compare. */
static size_t ask(const struct tb_measures *ms, size_t indicator, size_t unit, size_t rate,
                  struct tb_period period, struct tb_buf *out)
{
    const struct tb_indicator *in = &ms->profile->indicators[indicator];
    enum tb_measure measure = rates[rate].rate;
    struct tb_period then = measure == TB_MEASURE_MOM ? tb_indicator_previous(in, period)
                                                      : tb_measures_last_year(period);

    if (tb_measures_level(ms, rates[rate].level, indicator, unit, period).known != TB_KNOWN)
        return 0;
    struct tb_past past = tb_past_level(ms, rates[rate].level, indicator, unit, period, then);
    if (past.broken == TB_PAST_WHOLE && !past.bridged)
        return 0;
    bool none = tb_measures_get(ms, measure, indicator, unit, period).known != TB_KNOWN;
    if (none && past.broken == TB_PAST_WHOLE)
        return 0; /* for another reason: the base is missing or not positive */
    put_row(ms, indicator, unit, measure, period, &past, none, out);
    return none;
}

/* Rates of levels that cannot grow (percentages, grades) are missing for another reason. */
static bool can_grow(const struct tb_indicator *indicator)
{
    return indicator->uom.kind != TB_UOM_PERCENT && indicator->kind != TB_KIND_GRADE &&
           indicator->kind != TB_KIND_MILESTONE;
}

static size_t ask_indicator(const struct tb_measures *ms, size_t indicator, struct tb_buf *out)
{
    const struct tb_indicator_planes *planes = &ms->planes[indicator];
    size_t n = 0;

    if (!can_grow(&ms->profile->indicators[indicator]))
        return 0;
    for (size_t unit = 0; unit < ms->profile->n_units; unit++) {
        if (!may_break(ms, indicator, unit))
            continue;
        for (uint32_t row = 0; row < planes->n_periods; row++)
            for (size_t rate = 0; rate < sizeof rates / sizeof *rates; rate++)
                n += ask(ms, indicator, unit, rate,
                         (struct tb_period){ ms->profile->indicators[indicator].frequency,
                                             planes->first + (int32_t)row },
                         out);
    }
    return n;
}

int tb_breaks_write(const struct tb_measures *ms, const char *folder, size_t *n,
                    struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/breaks.csv", folder);
    int rc = -1;

    *n = 0;
    tb_buf_puts(&text, head);
    for (size_t i = 0; i < ms->profile->n_indicators; i++)
        *n += ask_indicator(ms, i, &text);
    if (!path)
        tb_error_set(err, "out of memory for 'breaks.csv'");
    else if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, tb_buf_text(&text), text.len, err);
    free(path);
    tb_buf_release(&text);
    return rc;
}
