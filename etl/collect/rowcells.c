/* rowcells.c - the value cells of one row -> observations. */
#include "collect/rows.h"

#include <string.h>

#include "collect/cell.h"
#include "collect/convert.h"
#include "collect/head.h"
#include "collect/title_uom.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

/* One cell on its way: what it is of, and what it says. */
struct work {
    struct tb_reading *reading;
    const struct tb_csv_record *record;
    const struct tb_row_codes *codes;
    const struct tb_value_column *column;
    struct tb_meaning meaning;
    struct tb_period_read period;
    struct tb_observation row;
    struct tb_cell cell;
    struct tb_decimal as_sent; /* before it is converted */
    bool silent;               /* nothing is refused aloud: a total line */
    bool named;                /* a row that takes back names the cells by filling them */
};

enum outcome { FAILED = -1, REJECTED, EMPTY, ADDED, REPEATED };

static enum outcome refuse(struct work *w, enum tb_reason reason, const char *text,
                           const char *expected, struct tb_error *err)
{
    if (w->silent)
        return REJECTED;
    return tb_row_reject(w->reading, w->record, w->column->column, reason, text, expected, err) < 0
               ? FAILED
               : REJECTED;
}

/* HEAD:QUALIFIER, else HEAD alone -> meaning, each looked up once. */
static int qualify(struct work *w, struct tb_error *err)
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
        w->meaning = r->meanings[place];
        return 0;
    }
    enum tb_head_kind kind = tb_head_read(r->profile, r->plan->form, key->data, &r->plan->arena,
                                          &meaning);
    if (kind == TB_HEAD_UNKNOWN || kind == TB_HEAD_MEASURE) /* a column that means the same whatever the qualifier */
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
    r->meanings[r->n_meanings++] = meaning;
    w->meaning = meaning;
    return 0;
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
 * it ends with it (June for the second quarter). */
static bool own_frequency(struct tb_period given, enum tb_freq freq, int32_t *index)
{
    if (given.freq == freq) {
        *index = given.index;
        return true;
    }
    if (tb_periods_per_year(given.freq) < tb_periods_per_year(freq))
        return false;
    struct tb_period within = tb_period_within(given, freq);
    *index = within.index;
    return tb_period_last_day(within) == tb_period_last_day(given);
}

static void read_cell(struct work *w, const struct tb_csv_field *field)
{
    const struct tb_profile *profile = w->reading->profile;
    const struct tb_indicator *of = &profile->indicators[w->row.indicator];
    struct tb_buf *scratch = &w->reading->scratch;
    const struct tb_cell_rules rules = { profile, tb_plan_decimal_comma(w->reading->plan) };
    bool is_value = w->row.measure == TB_MEASURE_VALUE || w->row.measure == TB_MEASURE_YTD;

    if (w->row.measure == TB_MEASURE_RANK)
        tb_cell_rank(field->text, field->len, profile, scratch, &w->cell);
    else if (is_value && of->kind == TB_KIND_MILESTONE)
        tb_cell_milestone(field->text, field->len, &rules, scratch, &w->cell);
    else if (is_value && of->kind == TB_KIND_GRADE)
        tb_cell_grade(field->text, field->len, &of->grades, &rules, scratch, &w->cell);
    else
        tb_cell_value(field->text, field->len, &rules, scratch, &w->cell);
    /* The buffer forgets when it is cleared for the next cell. */
    w->reading->coder.failed |= scratch->failed;
}

/* A former name means a unit on the days on which it held. */
static enum outcome settle_unit(struct work *w, enum tb_freq freq, struct tb_error *err)
{
    const struct tb_profile *profile = w->reading->profile;
    int64_t code = w->codes->unit;
    char from[TB_DATE_TEXT] = "", to[TB_DATE_TEXT] = "";

    if (code < (int64_t)profile->n_units)
        return ADDED;
    int32_t former = (int32_t)(code - (int64_t)profile->n_units);
    const struct tb_former_name *name = &profile->former[former];
    int32_t row = tb_former_unit(profile, former, (struct tb_period){ freq, w->row.period });
    if (row >= 0) {
        w->row.unit = (uint32_t)row;
        return ADDED;
    }
    if (name->from != TB_DAY_NONE)
        tb_day_format(name->from, from);
    if (name->to != TB_DAY_NONE)
        tb_day_format(name->to, to);
    const struct tb_unit *unit = &profile->units[name->unit];
    struct tb_buf *expected = &w->reading->message;
    tb_buf_clear(expected);
    tb_buf_printf(expected, "%s..%s → %s %s", from, to, unit->name_zh, unit->code);
    return tb_buf_ok(expected, err) ? refuse(w, TB_REASON_UNIT_NOT_VALID, name->name,
                                             tb_buf_text(expected), err)
                                    : FAILED;
}

/* Fits the indicator, the measure, the group and the period together. */
static enum outcome identify(struct work *w, struct tb_error *err)
{
    const struct tb_reading *r = w->reading;
    const struct tb_row_codes *codes = w->codes;
    int32_t indicator = w->meaning.indicator;

    if (indicator == TB_NONE)
        indicator = codes->indicator >= 0 ? (int32_t)codes->indicator : r->plan->indicator;
    int measure = w->meaning.measure >= 0 ? w->meaning.measure
                  : codes->measure >= 0   ? (int)codes->measure
                                          : (int)r->plan->form->measure;
    const struct tb_indicator *of = &r->profile->indicators[indicator];
    bool is_milestone = of->kind == TB_KIND_MILESTONE || of->kind == TB_KIND_GRADE;
    bool adds_up = of->kind == TB_KIND_FLOW || of->kind == TB_KIND_COUNT;
    if ((w->period.cumulative || (w->period.until && adds_up)) && !is_milestone)
        measure = (int)cumulated((enum tb_measure)measure);
    int32_t group = w->meaning.group;
    w->row = (struct tb_observation){
        .unit = (uint32_t)codes->unit,
        .indicator = (uint16_t)indicator,
        .measure = (uint8_t)measure,
        .group = measure == TB_MEASURE_RANK && group >= 0 ? (uint8_t)group : TB_NO_GROUP,
    };
    if (measure == TB_MEASURE_RANK && group < 0)
        return refuse(w, TB_REASON_MEASURE_UNKNOWN, "rank", NULL, err);
    if (!own_frequency(w->period.period, of->frequency, &w->row.period)) {
        char text[TB_PERIOD_TEXT];
        tb_period_format(w->period.period, text);
        return refuse(w, TB_REASON_PERIOD_FREQUENCY, text, tb_freq_code(of->frequency), err);
    }
    return settle_unit(w, of->frequency, err);
}

static enum outcome check_validity(struct work *w, struct tb_error *err)
{
    const struct tb_profile *profile = w->reading->profile;
    const struct tb_unit *unit = &profile->units[w->row.unit];
    const struct tb_period period = { profile->indicators[w->row.indicator].frequency,
                                      w->row.period };
    char from[TB_DATE_TEXT] = "", to[TB_DATE_TEXT] = "";

    if ((unit->valid_from == TB_DAY_NONE && unit->valid_to == TB_DAY_NONE) ||
        tb_unit_valid_in(unit, period))
        return ADDED;
    if (unit->valid_from != TB_DAY_NONE)
        tb_day_format(unit->valid_from, from);
    if (unit->valid_to != TB_DAY_NONE)
        tb_day_format(unit->valid_to, to);
    const struct tb_unit *then = unit->successor >= 0 ? &profile->units[unit->successor] : NULL;
    struct tb_buf *expected = &w->reading->message, named = TB_BUF_INIT;
    tb_buf_clear(expected);
    tb_buf_printf(expected, "%s..%s", from, to);
    if (then)
        tb_buf_printf(expected, " → %s %s", then->name_zh, then->code);
    tb_buf_printf(&named, "%s %s", unit->name_zh, unit->code);
    enum outcome step = FAILED;
    if (tb_buf_ok(&named, err) && tb_buf_ok(expected, err))
        step = refuse(w, TB_REASON_UNIT_NOT_VALID, tb_buf_text(&named), tb_buf_text(expected), err);
    tb_buf_release(&named);
    return step;
}

/* What the cell and the row's status say together: a value or a kind of missing. */
static enum outcome settle_status(struct work *w, const struct tb_csv_field *field,
                                  struct tb_error *err)
{
    int64_t said = w->codes->status;

    if (w->cell.kind == TB_CELL_EMPTY) {
        if (said < 0 || tb_status_has_value((uint8_t)said))
            return EMPTY;
        w->row.status = (uint8_t)said;
        return ADDED;
    }
    if (w->cell.kind == TB_CELL_MISSING) {
        w->row.status = w->cell.status;
        return ADDED;
    }
    int64_t flag = w->cell.flag == TB_STATUS_NONE ? said : w->cell.flag;
    if (said >= 0 && (!tb_status_has_value((uint8_t)said) || said != flag)) {
        const char code[] = { tb_status_code((uint8_t)said), '\0' };
        return refuse(w, TB_REASON_STATUS_CONFLICT, field->text, code, err);
    }
    w->row.status = flag >= 0 ? (uint8_t)flag : TB_STATUS_A;
    w->row.status |= w->cell.tied ? TB_FLAG_TIED : 0;
    return ADDED;
}

/* 增长5.3 says how a level has changed, not how large it is; only a rate of change
 * may be written so, and one against what the word says. */
static bool direction_fits(const struct work *w)
{
    enum tb_measure measure = (enum tb_measure)w->row.measure;
    bool on_year = measure == TB_MEASURE_GROWTH || measure == TB_MEASURE_YTD_GROWTH;

    if (w->cell.kind != TB_CELL_VALUE || !w->cell.directed)
        return true;
    return (on_year && w->cell.compared != TB_COMPARED_BEFORE) ||
           (measure == TB_MEASURE_MOM && w->cell.compared != TB_COMPARED_YEAR);
}

static enum outcome settle_value(struct work *w, const struct tb_csv_field *field,
                                 struct tb_error *err)
{
    const struct tb_reading *r = w->reading;
    const struct tb_indicator *of = &r->profile->indicators[w->row.indicator];
    const char *of_form = r->plan->form->unit_measure;
    const struct tb_said_uom said = {
        w->meaning.unit_measure, w->codes->unit_measure,
        of_form ? of_form : tb_title_uom_for(r->plan, r->profile, (int32_t)w->row.indicator),
        w->codes->mult
    };
    const char *text = NULL, *expected = NULL;
    bool is_place = w->row.measure == TB_MEASURE_RANK || of->kind == TB_KIND_MILESTONE ||
                    of->kind == TB_KIND_GRADE;

    if (!is_place) {
        int reason = tb_convert(&w->reading->coder, &w->cell, (int32_t)w->row.indicator,
                                (enum tb_measure)w->row.measure, &said, &text, &expected);
        if (reason == TB_REASON_UOM_INEXACT)
            return refuse(w, TB_REASON_UOM_INEXACT, field->text, expected, err);
        if (reason >= 0)
            return refuse(w, (enum tb_reason)reason, text, expected, err);
    }
    w->reading->n_rounded += w->cell.rounded;
    w->reading->n_marked += w->cell.marked;
    w->row.value = w->cell.value.units;
    w->row.scale = (int8_t)w->cell.value.scale;
    return ADDED;
}

/* The grades of an indicator, or how a number is written, for the message. */
static enum outcome refuse_cell(struct work *w, const struct tb_csv_field *field,
                                struct tb_error *err)
{
    const struct tb_strings *grades = &w->reading->profile->indicators[w->row.indicator].grades;
    struct tb_buf *list = &w->reading->message;

    tb_buf_clear(list);
    for (size_t i = 0; i < grades->n && w->cell.reason == TB_REASON_GRADE_UNKNOWN; i++)
        tb_buf_printf(list, "%s%s", i ? ", " : "", grades->item[i]);
    if (w->cell.reason == TB_REASON_NUMBER_MARKS)
        tb_buf_puts(list, tb_plan_decimal_comma(w->reading->plan) ? "1234,5" : "1234.5");
    return refuse(w, w->cell.reason, field->text, tb_buf_text(list), err);
}

static enum outcome observe(struct work *w, const struct tb_csv_field *field, struct tb_error *err)
{
    struct tb_repeat before;
    char text[TB_DECIMAL_TEXT], expected[TB_DECIMAL_TEXT + 32];
    uint32_t column = tb_row_column(w->record, w->column->column);

    w->row.line = field->line;
    w->row.column = column <= UINT16_MAX ? (uint16_t)column : 0;
    int added = tb_row_observe(w->reading, &w->row, w->codes->comment, &before, err);
    if (added != -2)
        return added < 0 ? FAILED : added == 0 ? REPEATED : ADDED;
    if (tb_status_has_value(before.status))
        tb_decimal_format(before.value, text);
    else if (before.status == TB_STATUS_NONE)
        snprintf(text, sizeof text, "ACTION D");
    else
        snprintf(text, sizeof text, "%c", tb_status_code(before.status));
    snprintf(expected, sizeof expected, "%s, :%u", text, (unsigned)before.line);
    return refuse(w, TB_REASON_KEY_CONFLICT, field->text, expected, err);
}

static struct tb_period_read period_of(const struct work *w)
{
    const struct tb_reading *r = w->reading;

    return w->column->has_period     ? w->column->period
           : w->codes->period >= 0   ? r->coder.periods[w->codes->period]
           : r->section.has_period   ? r->section.period
                                     : r->plan->period;
}

/* ACTION D: whatever the cell says, its key is taken back. */
static enum outcome take_back(struct work *w, const struct tb_csv_field *field,
                              struct tb_error *err)
{
    enum outcome step = check_validity(w, err);

    w->cell = (struct tb_cell){ .kind = TB_CELL_EMPTY };
    w->row.status = TB_STATUS_NONE;
    return step == ADDED ? observe(w, field, err) : step;
}

static enum outcome take_cell(struct work *w, struct tb_error *err)
{
    const struct tb_csv_field *field = &w->record->field[w->column->column];
    enum outcome step;

    w->meaning = w->column->meaning;
    if (w->named && tb_row_is_blank(w->reading, field))
        return EMPTY;
    if (w->column->qualified && qualify(w, err) < 0)
        return FAILED;
    bool left_out = w->column->qualified && w->meaning.indicator == TB_NONE;
    bool deletes = w->codes->deletes;
    if ((left_out && w->meaning.group == TB_NO_GROUP) ||
        (left_out && !deletes && tb_row_is_blank(w->reading, field)))
        return EMPTY;
    if (left_out)
        return refuse(w, TB_REASON_INDICATOR_UNKNOWN, tb_buf_text(&w->reading->message),
                      tb_code_near(&w->reading->coder, &w->reading->coder.near_indicator,
                                   tb_profile_near_indicator, tb_buf_text(&w->reading->message),
                                   w->reading->message.len),
                      err);
    w->period = period_of(w);
    bool silent = !deletes && field->len == 0 &&
                  (w->codes->status < 0 || tb_status_has_value((uint8_t)w->codes->status));
    if (silent || (step = identify(w, err)) != ADDED)
        return silent || (!deletes && tb_row_is_blank(w->reading, field)) ? EMPTY : step;
    if (deletes)
        return take_back(w, field, err);
    read_cell(w, field);
    if (w->cell.kind == TB_CELL_BAD)
        return refuse_cell(w, field, err);
    if (!direction_fits(w))
        return refuse(w, TB_REASON_NUMBER_DIRECTION, field->text, NULL, err);
    if ((step = settle_status(w, field, err)) != ADDED ||
        (step = check_validity(w, err)) != ADDED)
        return step;
    w->as_sent = w->cell.value;
    if (w->cell.kind == TB_CELL_VALUE && (step = settle_value(w, field, err)) != ADDED)
        return step;
    return observe(w, field, err);
}

/* Numbers that state no unit of measure of their own, in a table across. */
static bool can_be_summed(const struct work *w)
{
    return w->reading->plan->form->layout != TB_LAYOUT_LONG && w->cell.kind == TB_CELL_VALUE &&
           !w->cell.suffix && !w->codes->of_which;
}

/* An amount that a total holds all the same: suppressed, or in a unit of measure of its own. */
static bool is_hidden(const struct work *w)
{
    return !w->codes->of_which &&
           (w->cell.suffix || (w->cell.kind == TB_CELL_MISSING && w->row.status == TB_STATUS_Q));
}

bool tb_row_total_cell(struct tb_reading *reading, const struct tb_csv_record *record,
                       const struct tb_row_codes *codes, size_t i, struct tb_observation *row,
                       struct tb_decimal *value)
{
    const struct tb_value_column *column = &reading->plan->value[i];
    struct work w = { .reading = reading, .record = record, .codes = codes, .column = column,
                      .meaning = column->meaning, .silent = true };

    if (column->column >= record->n_fields || column->qualified ||
        tb_row_is_blank(reading, &record->field[column->column]))
        return false;
    bool has_indicator = w.meaning.indicator >= 0 || codes->indicator >= 0 ||
                         reading->plan->indicator >= 0;
    bool has_period = column->has_period || codes->period >= 0 || reading->section.has_period ||
                      reading->plan->has_period;
    w.period = has_period ? period_of(&w) : w.period;
    if (!has_indicator || !has_period || identify(&w, NULL) != ADDED)
        return false;
    read_cell(&w, &record->field[column->column]);
    *row = w.row;
    *value = w.cell.value;
    return can_be_summed(&w);
}

int tb_row_cells(struct tb_reading *reading, const struct tb_csv_record *record,
                 const struct tb_row_codes *codes, struct tb_row_tally *tally,
                 struct tb_error *err)
{
    struct work work; /* the rest is set for each cell */

    work.reading = reading;
    work.record = record;
    work.codes = codes;
    work.silent = false;
    work.named = false;
    for (size_t i = 0; i < reading->plan->n_values && codes->deletes && !work.named; i++)
        work.named = !tb_row_is_blank(reading, &record->field[reading->plan->value[i].column]);
    for (size_t i = 0; i < reading->plan->n_values; i++) {
        work.column = &reading->plan->value[i];
        tally->in++;
        switch (take_cell(&work, err)) {
        case FAILED:
            return -1;
        case REJECTED:
            tally->rejected++;
            tb_totals_unsure(&reading->totals, i);
            break;
        case EMPTY:
            tally->empty++;
            break;
        case ADDED:
            tally->accepted++;
            tally->added++;
            if (can_be_summed(&work))
                tb_totals_add(reading, i, &work.row, work.as_sent);
            else if (is_hidden(&work))
                tb_totals_unsure(&reading->totals, i);
            break;
        case REPEATED:
            tally->accepted++;
            tally->repeated++;
            break;
        }
    }
    return 0;
}
