/* rowvalue.c - what a cell says: a number in the indicator's unit of measure, a rank, a
 * grade, a kind of missing; and how it is refused when it says none.
 */
#include "collect/rows/rowcell.h"

#include <string.h>

#include "collect/rows/between.h"
#include "collect/cell/convert.h"
#include "collect/cell/lookalike.h"
#include "collect/header/title_uom.h"
#include "tongbao/profile.h"

/* A percentage is the value, whatever its column is called, and a stage is none. */
static void read_milestone(struct tb_row_cell *w, const struct tb_csv_field *field,
                           const struct tb_cell_rules *rules)
{
    struct tb_cell *cell = &w->cell;

    tb_cell_milestone(field->text, field->len, rules, &w->reading->scratch, cell);
    if (cell->kind != TB_CELL_VALUE)
        return;
    if (cell->is_stage)
        w->row.measure = TB_MEASURE_STAGE;
    else if (w->row.measure == TB_MEASURE_STAGE)
        w->row.measure = TB_MEASURE_VALUE;
}

void tb_row_cell_read(struct tb_row_cell *w, const struct tb_csv_field *field)
{
    const struct tb_profile *profile = w->reading->profile;
    const struct tb_indicator *of = w->indicator;
    struct tb_buf *scratch = &w->reading->scratch;
    const struct tb_cell_rules rules = { profile, tb_plan_decimal_comma(w->reading->plan) };
    enum tb_measure measure = (enum tb_measure)w->row.measure;
    bool is_value = measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD;

    if (measure == TB_MEASURE_RANK)
        tb_cell_rank(field->text, field->len, profile, scratch, &w->cell);
    else if (measure == TB_MEASURE_DONE_ON)
        tb_cell_day(field->text, field->len, tb_period_last_day(w->period->period), &rules,
                    scratch, &w->cell);
    else if (tb_measure_is_text(measure))
        tb_cell_text(field->text, field->len, &rules, scratch, &w->cell);
    else if ((is_value || measure == TB_MEASURE_STAGE) && of->kind == TB_KIND_MILESTONE)
        read_milestone(w, field, &rules);
    else if (is_value && of->kind == TB_KIND_GRADE)
        tb_cell_grade(field->text, field->len, &of->grades, &rules, scratch, &w->cell);
    else
        tb_cell_value(field->text, field->len, &rules, scratch, &w->cell);
    /* The buffer forgets when it is cleared for the next cell. */
    w->reading->coder.failed |= scratch->failed;
}

const char *tb_row_cell_contradicted(struct tb_row_cell *w)
{
    const struct tb_plan *plan = w->reading->plan;
    const struct tb_csv_field *field = w->record->field;
    struct tb_row_cell other = *w;

    for (size_t i = 0; i < plan->n_twins; i++) {
        size_t column = plan->twin[i].column;
        if (plan->twin[i].first != w->column->column || column >= w->record->n_fields ||
            tb_row_is_blank(w->reading, &field[column]))
            continue;
        tb_row_cell_read(&other, &field[column]);
        bool numbers = w->cell.kind == TB_CELL_VALUE && other.cell.kind == TB_CELL_VALUE &&
                       !w->cell.suffix && !other.cell.suffix;
        bool same = numbers ? tb_decimal_cmp(w->cell.value, other.cell.value) == 0
                            : strcmp(field[w->column->column].text, field[column].text) == 0;
        if (!same && w->cell.kind != TB_CELL_EMPTY)
            return field[column].text;
    }
    return NULL;
}

/* With the number that may be meant, which message holds. */
static enum tb_row_step refuse_letter(struct tb_row_cell *w, const struct tb_csv_field *field,
                                      struct tb_error *err)
{
    return tb_buf_ok(&w->reading->message, err)
               ? tb_row_cell_refuse(w, TB_REASON_NUMBER_MALFORMED, field->text,
                                    tb_buf_text(&w->reading->message), err)
               : TB_STEP_FAILED;
}

/* With the grades of the indicator, or with how a number is written. */
enum tb_row_step tb_row_cell_refuse_bad(struct tb_row_cell *w, const struct tb_csv_field *field,
                                        struct tb_error *err)
{
    const struct tb_strings *grades = &w->indicator->grades;
    struct tb_buf *list = &w->reading->message;

    tb_buf_clear(list);
    for (size_t i = 0; i < grades->n && w->cell.reason == TB_REASON_GRADE_UNKNOWN; i++)
        tb_buf_printf(list, "%s%s", i ? ", " : "", grades->item[i]);
    if (w->cell.reason == TB_REASON_NUMBER_MARKS)
        tb_buf_puts(list, tb_plan_decimal_comma(w->reading->plan) ? "1234,5" : "1234.5");
    if (w->cell.reason == TB_REASON_NUMBER_MALFORMED)
        tb_lookalike_digits(field->text, list);
    return tb_buf_ok(list, err)
               ? tb_row_cell_refuse(w, w->cell.reason, field->text, tb_buf_text(list), err)
               : TB_STEP_FAILED;
}

/* 增长5.3 says how a level has changed, not how large it is; only a rate of change
 * may be written so, and one against what the word says. */
bool tb_row_cell_direction_fits(const struct tb_row_cell *w)
{
    enum tb_measure measure = (enum tb_measure)w->row.measure;
    bool on_year = measure == TB_MEASURE_GROWTH || measure == TB_MEASURE_YTD_GROWTH;

    if (w->cell.kind != TB_CELL_VALUE || !w->cell.directed)
        return true;
    return (on_year && w->cell.compared != TB_COMPARED_BEFORE) ||
           (measure == TB_MEASURE_MOM && w->cell.compared != TB_COMPARED_YEAR);
}

enum tb_row_step tb_row_cell_settle_status(struct tb_row_cell *w, const struct tb_csv_field *field,
                                           struct tb_error *err)
{
    int64_t said = w->codes->status;

    if (w->cell.kind == TB_CELL_EMPTY) {
        if (said < 0 || tb_status_has_value((uint8_t)said))
            return TB_STEP_EMPTY;
        w->row.status = (uint8_t)said;
        return TB_STEP_ADDED;
    }
    if (w->cell.kind == TB_CELL_MISSING) {
        w->row.status = w->cell.status;
        return TB_STEP_ADDED;
    }
    int64_t flag = w->cell.flag == TB_STATUS_NONE ? said : w->cell.flag;
    if (said >= 0 && (!tb_status_has_value((uint8_t)said) || said != flag)) {
        const char code[] = { tb_status_code((uint8_t)said), '\0' };
        return tb_row_cell_refuse(w, TB_REASON_STATUS_CONFLICT, field->text, code, err);
    }
    w->row.status = flag >= 0 ? (uint8_t)flag : TB_STATUS_A;
    w->row.status |= w->cell.tied ? TB_FLAG_TIED : 0;
    return TB_STEP_ADDED;
}

/* Converts a number for which somebody states a unit of measure. */
static enum tb_row_step convert(struct tb_row_cell *w, const struct tb_csv_field *field,
                                struct tb_error *err)
{
    const struct tb_reading *r = w->reading;
    const char *of_form = r->plan->form->unit_measure, *text = NULL, *expected = NULL;
    const struct tb_said_uom said = {
        w->meaning->unit_measure, w->codes->unit_measure,
        of_form,
        of_form ? NULL : tb_title_uom_for(tb_between_uoms(r), r->profile, (int32_t)w->row.indicator),
        w->codes->mult
    };
    int reason = tb_convert(&w->reading->coder, &w->cell, (int32_t)w->row.indicator,
                            (enum tb_measure)w->row.measure, &said, &text, &expected);

    if (reason < 0)
        return TB_STEP_ADDED;
    if (text && text == w->cell.suffix && tb_lookalike_digits(field->text, &w->reading->message))
        return refuse_letter(w, field, err);
    return tb_row_cell_refuse(w, (enum tb_reason)reason,
                              reason == TB_REASON_UOM_INEXACT ? field->text : text, expected, err);
}

/* Most tables say nowhere what is known of the indicator. */
static bool says_uom(const struct tb_row_cell *w)
{
    const struct tb_plan *plan = w->reading->plan;

    return w->cell.suffix || w->meaning->unit_measure || w->codes->unit_measure ||
           w->codes->mult != 0 || plan->form->unit_measure ||
           tb_between_uoms(w->reading)->n > 0;
}

enum tb_row_step tb_row_cell_settle_value(struct tb_row_cell *w, const struct tb_csv_field *field,
                                          struct tb_error *err)
{
    const struct tb_indicator *of = w->indicator;
    bool is_place = w->row.measure == TB_MEASURE_RANK || of->kind == TB_KIND_MILESTONE ||
                    of->kind == TB_KIND_GRADE;
    enum tb_row_step step = TB_STEP_ADDED;

    if (!is_place && says_uom(w) && (step = convert(w, field, err)) != TB_STEP_ADDED)
        return step;
    w->reading->n_rounded += w->cell.rounded;
    w->reading->n_marked += w->cell.marked;
    if (w->cell.value.units != w->as_sent.units || w->cell.value.scale != w->as_sent.scale)
        w->row.status |= TB_FLAG_CONVERTED;
    w->row.value = w->cell.value.units;
    w->row.scale = (int8_t)w->cell.value.scale;
    return TB_STEP_ADDED;
}
