/* rowmeaning.c - what a cell is of: indicator, measure, group, period and unit, from what
 * its column, its row, the section and the file say.
 */
#include "collect/rows/rowcell.h"

#include <stdio.h>

#include "collect/header/head.h"
#include "tongbao/change.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

/* HEAD:QUALIFIER, else HEAD alone -> meaning, each looked up once. */
int tb_row_cell_qualify(struct tb_row_cell *w, struct tb_error *err)
{
    struct tb_reading *r = w->reading;
    const struct tb_csv_field *cell = &w->record->field[r->plan->role[TB_ROLE_QUALIFIER]];
    struct tb_buf *key = &r->message;
    struct tb_meaning meaning;

    tb_buf_clear(key);
    tb_buf_printf(key, "%s:", w->column->head);
    tb_text_normalise(cell->text, cell->len, key);
    if (!tb_buf_ok(key, err))
        return -1;
    int64_t place = tb_map_get(r->qualified, key->data, key->len);
    if (place >= 0) {
        w->meaning = &r->meanings[place];
        return 0;
    }
    enum tb_head_kind kind =
        tb_head_read(r->profile, r->plan->form, key->data, &r->plan->arena, &meaning);
    if (kind == TB_HEAD_UNKNOWN ||
        kind == TB_HEAD_MEASURE) /* a column that means the same whatever the qualifier */
        kind = tb_head_read(r->profile, r->plan->form, w->column->head, &r->plan->arena, &meaning);
    if (kind == TB_HEAD_FAILED)
        return tb_error_set(err, "out of memory for qualifiers");
    /* A combination that is left out is remembered by its measure. */
    meaning.indicator = kind == TB_HEAD_KNOWN ? meaning.indicator : TB_NONE;
    meaning.group = kind == TB_HEAD_LEFT_OUT ? TB_NO_GROUP : meaning.group;
    struct tb_meaning *grown =
        tb_grow(r->meanings, r->n_meanings, &r->meanings_capacity, sizeof *grown);
    if (grown)
        r->meanings = grown;
    if (!grown || tb_map_add(r->qualified, key->data, key->len, (int64_t)r->n_meanings) == -2)
        return tb_error_set(err, "out of memory for qualifiers");
    r->meanings[r->n_meanings] = meaning;
    w->meaning = &r->meanings[r->n_meanings++];
    return 0;
}

const struct tb_period_read *tb_row_cell_period(const struct tb_row_cell *w)
{
    const struct tb_reading *r = w->reading;

    return w->column->has_period   ? &w->column->period
           : w->codes->period >= 0 ? &r->coder.periods[w->codes->period]
           : r->section.has_period ? &r->section.period
                                   : &r->plan->period;
}

/* A span from January names the cumulated measure. */
static enum tb_measure cumulated(enum tb_measure measure)
{
    switch (measure) {
    case TB_MEASURE_VALUE:
        return TB_MEASURE_YTD;
    case TB_MEASURE_GROWTH:
        return TB_MEASURE_YTD_GROWTH;
    case TB_MEASURE_BASE:
        return TB_MEASURE_YTD_BASE;
    default:
        return measure;
    }
}

/* The period in the indicator's own frequency: a finer one stands for it when
 * it ends with it (June for the second quarter).  A week or two months are no name of
 * anything longer. */
static bool own_frequency(struct tb_period given, enum tb_freq freq, int32_t *index)
{
    if (given.freq == freq) {
        *index = given.index;
        return true;
    }
    if (given.freq == TB_FREQ_WEEK || given.freq == TB_FREQ_TWO_MONTHS ||
        tb_periods_per_year(given.freq) < tb_periods_per_year(freq))
        return false;
    struct tb_period within = tb_period_within(given, freq);
    *index = within.index;
    return tb_period_last_day(within) == tb_period_last_day(given);
}

/* The unit that the column names, or of a former name the one that bore it on the day. */
static enum tb_row_step settle_unit(struct tb_row_cell *w, enum tb_freq freq,
                                    struct tb_error *err)
{
    const struct tb_profile *profile = w->reading->profile;
    char from[TB_DATE_TEXT] = "", to[TB_DATE_TEXT] = "";
    int64_t code = w->codes->unit == TB_UNIT_OF_COLUMN ? w->column->unit : w->codes->unit;
    int32_t former = (int32_t)(code - (int64_t)profile->n_units);

    if (former < 0) {
        w->row.unit = (uint32_t)code;
        return TB_STEP_ADDED;
    }
    const struct tb_former_name *name = &profile->former[former];
    int32_t row = tb_former_unit(profile, former, (struct tb_period){ freq, w->row.period });

    if (row >= 0) {
        w->row.unit = (uint32_t)row;
        return TB_STEP_ADDED;
    }
    if (name->from != TB_DAY_NONE)
        tb_day_format(name->from, from);
    if (name->to != TB_DAY_NONE)
        tb_day_format(name->to, to);
    const struct tb_unit *unit = &profile->units[name->unit];
    struct tb_buf *expected = &w->reading->message;
    tb_buf_clear(expected);
    tb_buf_printf(expected, "%s..%s → %s %s", from, to, unit->name_zh, unit->code);
    return tb_buf_ok(expected, err) ? tb_row_cell_refuse(w, TB_REASON_UNIT_FORMER_NAME, name->name,
                                                         tb_buf_text(expected), err)
                                    : TB_STEP_FAILED;
}

/* 上半年 of what is due by quarters or months: cumulated from January, as 1-6月 is. */
static bool is_first_half(const struct tb_row_cell *w, const struct tb_indicator *of)
{
    struct tb_period given = w->period->period;

    return given.freq == TB_FREQ_HALF && w->reading->profile->set.year_start == 1 &&
           tb_period_in_year(given, 1) == 1 && !w->column->single &&
           (of->frequency == TB_FREQ_QUARTER || of->frequency == TB_FREQ_MONTH);
}

static enum tb_row_step refuse_frequency(struct tb_row_cell *w, enum tb_freq freq,
                                         struct tb_error *err)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(w->period->period, text);
    return tb_row_cell_refuse(w, TB_REASON_PERIOD_FREQUENCY, text, tb_freq_code(freq), err);
}

/* In a year that does not start in January a span from January is one period (1-3月 of
 * quarters), a joint January-February, or cumulated in no year of the profile. */
static bool is_one_period(const struct tb_row_cell *w, const struct tb_indicator *of)
{
    struct tb_period own = { of->frequency, 0 };

    if (w->period->joint && (of->joint_jan_feb || of->frequency == TB_FREQ_TWO_MONTHS))
        return true;
    return own_frequency(w->period->period, of->frequency, &own.index) &&
           tb_period_in_year(own, 1) == 1;
}

static enum tb_row_step refuse_span(struct tb_row_cell *w, int year_start, struct tb_error *err)
{
    char period[TB_PERIOD_TEXT], month[16];

    tb_period_format(w->period->period, period);
    snprintf(month, sizeof month, "%d", year_start);
    return tb_row_cell_refuse(w, TB_REASON_PERIOD_SPAN, period, month, err);
}

enum tb_row_step tb_row_cell_identify(struct tb_row_cell *w, struct tb_error *err)
{
    const struct tb_reading *r = w->reading;
    const struct tb_row_codes *codes = w->codes;
    const struct tb_meaning *meaning = w->meaning;
    int32_t indicator = meaning->indicator, group = meaning->group;

    if (indicator == TB_NONE)
        indicator = codes->indicator >= 0 ? (int32_t)codes->indicator : r->plan->indicator;
    int measure = meaning->measure >= 0 ? meaning->measure
                  : codes->measure >= 0 ? (int)codes->measure
                  : r->plan->title_measure >= 0 ? r->plan->title_measure
                                                : (int)r->plan->form->measure;
    if (meaning->measure < 0 && measure == TB_MEASURE_RANK && group < 0)
        group = codes->group;
    const struct tb_indicator *of = &r->profile->indicators[indicator];
    bool is_milestone = of->kind == TB_KIND_MILESTONE || of->kind == TB_KIND_GRADE;
    bool adds_up = of->kind == TB_KIND_FLOW || of->kind == TB_KIND_COUNT;
    /* What a span of a rate is called the form may say: it is no sum of months. */
    bool half = is_first_half(w, of);
    bool span = w->period->cumulative || half || (w->period->until && adds_up);
    if (w->period->joint && of->frequency == TB_FREQ_TWO_MONTHS)
        span = false; /* 1-2月 is the first of its periods */
    if (w->period->cumulative && r->profile->set.year_start != 1) {
        if (!is_one_period(w, of))
            return refuse_span(w, r->profile->set.year_start, err);
        span = false;
    }
    bool by_title = r->plan->title_cumulated && adds_up && codes->measure < 0 &&
                    !meaning->listed && !r->plan->form->measure_said;
    if ((by_title || (span && (adds_up || !meaning->listed || meaning->measure < 0))) &&
        !is_milestone && !w->column->single)
        measure = (int)cumulated((enum tb_measure)measure);
    bool in_span = codes->measure == TB_MEASURE_YTD && !meaning->listed; /* of a section that says 累计 */
    if (in_span && !w->column->single)
        measure = (int)cumulated((enum tb_measure)measure);
    /* A balance does not add up over months. */
    if (w->column->by_place && of->kind == TB_KIND_STOCK)
        measure = measure == TB_MEASURE_YTD_BASE ? TB_MEASURE_BASE : TB_MEASURE_GROWTH;
    w->indicator = of;
    w->row = (struct tb_observation){
        .unit = (uint32_t)codes->unit,
        .indicator = (uint16_t)indicator,
        .measure = (uint8_t)measure,
        .group = measure == TB_MEASURE_RANK && group >= 0 ? (uint8_t)group : TB_NO_GROUP,
    };
    if (measure == TB_MEASURE_RANK && group < 0)
        return tb_row_cell_refuse(w, TB_REASON_MEASURE_UNKNOWN, "rank", NULL, err);
    if (half)
        w->row.period = tb_period_within(w->period->period, of->frequency).index;
    else if (!own_frequency(w->period->period, of->frequency, &w->row.period))
        return refuse_frequency(w, of->frequency, err);
    return codes->unit < (int64_t)r->profile->n_units ? TB_STEP_ADDED
                                                      : settle_unit(w, of->frequency, err);
}

/* ", not 2018-04-01..2018-09-30" for a unit that was closed in between. */
static void put_absences(const struct tb_unit *unit, struct tb_buf *out)
{
    char first[TB_DATE_TEXT], last[TB_DATE_TEXT];

    for (size_t i = 0; i < unit->n_absences; i++) {
        tb_day_format(unit->absence[i].first, first);
        tb_day_format(unit->absence[i].last, last);
        tb_buf_printf(out, ", not %s..%s", first, last);
    }
}

static enum tb_row_step refuse_unit(struct tb_row_cell *w, const struct tb_unit *unit,
                                    struct tb_error *err)
{
    const struct tb_profile *profile = w->reading->profile;
    const struct tb_unit *then = unit->successor >= 0 ? &profile->units[unit->successor] : NULL;
    struct tb_buf *expected = &w->reading->message, named = TB_BUF_INIT;
    char from[TB_DATE_TEXT] = "", to[TB_DATE_TEXT] = "";

    if (unit->valid_from != TB_DAY_NONE)
        tb_day_format(unit->valid_from, from);
    if (unit->valid_to != TB_DAY_NONE)
        tb_day_format(unit->valid_to, to);
    tb_buf_clear(expected);
    tb_buf_printf(expected, "%s..%s", from, to);
    put_absences(unit, expected);
    if (then)
        tb_buf_printf(expected, " → %s %s", then->name_zh, then->code);
    tb_buf_printf(&named, "%s %s", unit->name_zh, unit->code);
    enum tb_row_step step = TB_STEP_FAILED;
    if (tb_buf_ok(&named, err) && tb_buf_ok(expected, err))
        step = tb_row_cell_refuse(w, TB_REASON_UNIT_NOT_VALID, tb_buf_text(&named),
                                  tb_buf_text(expected), err);
    tb_buf_release(&named);
    return step;
}

enum tb_row_step tb_row_cell_check_validity(struct tb_row_cell *w, struct tb_error *err)
{
    const struct tb_unit *unit = &w->reading->profile->units[w->row.unit];

    if (unit->valid_from == TB_DAY_NONE && unit->valid_to == TB_DAY_NONE && unit->n_absences == 0)
        return TB_STEP_ADDED;
    const struct tb_period period = { w->indicator->frequency, w->row.period };
    return tb_unit_valid_in(unit, period) ? TB_STEP_ADDED : refuse_unit(w, unit, err);
}
