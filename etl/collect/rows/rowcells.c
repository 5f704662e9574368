/* rowcells.c - the value cells of one row -> observations. */
#include "collect/rows/rows.h"

#include <string.h>

#include "collect/rows/rowcell.h"
#include "tongbao/near_names.h"
#include "tongbao/profile.h"

enum tb_row_step tb_row_cell_refuse(struct tb_row_cell *w, enum tb_reason reason, const char *text,
                                    const char *expected, struct tb_error *err)
{
    if (w->silent)
        return TB_STEP_REJECTED;
    return tb_row_reject(w->reading, w->record, w->column->column, reason, text, expected, err) < 0
               ? TB_STEP_FAILED
               : TB_STEP_REJECTED;
}

static enum tb_row_step observe(struct tb_row_cell *w, const struct tb_csv_field *field,
                                struct tb_error *err)
{
    struct tb_repeat before;
    char text[TB_DECIMAL_TEXT], expected[TB_DECIMAL_TEXT + 32];
    uint32_t column = tb_row_column(w->reading, w->record, w->column->column);

    w->row.line = field->line;
    w->row.column = column <= UINT16_MAX ? (uint16_t)column : 0;
    /* What evidence and explanation say is their comment. */
    bool is_text = tb_measure_is_text((enum tb_measure)w->row.measure);
    const char *comment = is_text && tb_status_has_value(w->row.status) ? field->text
                                                                        : w->codes->comment;
    int added = tb_row_observe(w->reading, &w->row, comment, &before, err);
    if (added != -2)
        return added < 0 ? TB_STEP_FAILED : added == 0 ? TB_STEP_REPEATED : TB_STEP_ADDED;
    if (tb_status_has_value(before.status) && is_text)
        snprintf(text, sizeof text, "%s", "...");
    else if (tb_status_has_value(before.status))
        tb_decimal_format(before.value, text);
    else if (before.status == TB_STATUS_NONE)
        snprintf(text, sizeof text, "ACTION D");
    else
        snprintf(text, sizeof text, "%c", tb_status_code(before.status));
    snprintf(expected, sizeof expected, "%s, :%u", text, (unsigned)before.line);
    return tb_row_cell_refuse(w, TB_REASON_KEY_CONFLICT, field->text, expected, err);
}

/* ACTION D: whatever the cell says, its key is taken back. */
static enum tb_row_step take_back(struct tb_row_cell *w, const struct tb_csv_field *field,
                                  struct tb_error *err)
{
    enum tb_row_step step = tb_row_cell_check_validity(w, err);

    w->cell = (struct tb_cell){ .kind = TB_CELL_EMPTY };
    w->row.status = TB_STATUS_NONE;
    return step == TB_STEP_ADDED ? observe(w, field, err) : step;
}

/* A stage, a day of completion, evidence of what is no task: a column of texts and days may
 * stand beside other indicators, too; a number, or a row that says so itself, is wrong there. */
static enum tb_row_step refuse_of_task(struct tb_row_cell *w, const struct tb_csv_field *field,
                                       struct tb_error *err)
{
    bool aside = !w->column->of_task && w->codes->measure != (int64_t)w->row.measure;

    return aside || tb_row_is_blank(w->reading, field)
               ? TB_STEP_EMPTY
               : tb_row_cell_refuse(w, TB_REASON_MEASURE_UNKNOWN, field->text,
                                    tb_measure_name(TB_MEASURE_VALUE), err);
}

/* The day on which an event was held, and what shows it. */
static bool is_said_of_event(const struct tb_row_cell *w)
{
    return w->indicator->event != TB_EVENT_NONE && !w->column->of_task &&
           w->row.measure != TB_MEASURE_STAGE;
}

static enum tb_row_step take_cell(struct tb_row_cell *w, struct tb_error *err)
{
    const struct tb_csv_field *field = &w->record->field[w->column->column];
    enum tb_row_step step;

    w->meaning = &w->column->meaning;
    if (w->named && tb_row_is_blank(w->reading, field))
        return TB_STEP_EMPTY;
    if (w->column->qualified && tb_row_cell_qualify(w, err) < 0)
        return TB_STEP_FAILED;
    bool left_out = w->column->qualified && w->meaning->indicator == TB_NONE;
    bool deletes = w->codes->deletes;
    if ((left_out && w->meaning->group == TB_NO_GROUP) ||
        (left_out && !deletes && tb_row_is_blank(w->reading, field)))
        return TB_STEP_EMPTY;
    if (left_out)
        return tb_row_cell_refuse(
            w, TB_REASON_INDICATOR_UNKNOWN, tb_buf_text(&w->reading->message),
            tb_code_near(&w->reading->coder, &w->reading->coder.near_indicator,
                         tb_near_names_of_indicators, tb_buf_text(&w->reading->message),
                         w->reading->message.len),
            err);
    w->period = tb_row_cell_period(w);
    bool silent = !deletes && field->len == 0 &&
                  (w->codes->status < 0 || tb_status_has_value((uint8_t)w->codes->status));
    if (silent || (step = tb_row_cell_identify(w, err)) != TB_STEP_ADDED)
        return silent || (!deletes && tb_row_is_blank(w->reading, field)) ? TB_STEP_EMPTY : step;
    if ((w->column->of_task || tb_measure_is_of_task((enum tb_measure)w->row.measure)) &&
        w->indicator->kind != TB_KIND_MILESTONE && !is_said_of_event(w))
        return refuse_of_task(w, field, err);
    if (deletes)
        return take_back(w, field, err);
    tb_row_cell_read(w, field);
    if (w->cell.kind == TB_CELL_BAD)
        return tb_row_cell_refuse_bad(w, field, err);
    const char *other = w->column->has_twin ? tb_row_cell_contradicted(w) : NULL;
    if (other)
        return tb_row_cell_refuse(w, TB_REASON_VALUE_DIFFERS, field->text, other, err);
    if (!tb_row_cell_direction_fits(w))
        return tb_row_cell_refuse(w, TB_REASON_NUMBER_DIRECTION, field->text, NULL, err);
    if ((step = tb_row_cell_settle_status(w, field, err)) != TB_STEP_ADDED ||
        (step = tb_row_cell_check_validity(w, err)) != TB_STEP_ADDED)
        return step;
    w->as_sent = w->cell.value;
    if (w->cell.kind == TB_CELL_VALUE &&
        (step = tb_row_cell_settle_value(w, field, err)) != TB_STEP_ADDED)
        return step;
    return observe(w, field, err);
}

/* Numbers that state no unit of measure of their own, in a table across. */
static bool can_be_summed(const struct tb_row_cell *w)
{
    return w->reading->plan->form->layout != TB_LAYOUT_LONG && w->cell.kind == TB_CELL_VALUE &&
           !w->cell.suffix && !w->codes->of_which;
}

/* An amount that a total holds all the same: suppressed, or in a unit of measure of its own. */
static bool is_hidden(const struct tb_row_cell *w)
{
    return !w->codes->of_which &&
           (w->cell.suffix || (w->cell.kind == TB_CELL_MISSING && w->row.status == TB_STATUS_Q));
}

/* What a cell is of, whatever it says; false if that is not known. */
static bool identify_silently(struct tb_row_cell *w)
{
    const struct tb_reading *r = w->reading;
    const struct tb_row_codes *codes = w->codes;

    w->silent = true;
    w->meaning = &w->column->meaning;
    bool has_indicator =
        w->meaning->indicator >= 0 || codes->indicator >= 0 || r->plan->indicator >= 0;
    bool has_period = w->column->has_period || codes->period >= 0 || r->section.has_period ||
                      r->plan->has_period;
    w->period = has_period ? tb_row_cell_period(w) : NULL;
    return !w->column->qualified && has_indicator && has_period &&
           tb_row_cell_identify(w, NULL) == TB_STEP_ADDED;
}

/* A cell without a number, of which a total line may hold one. */
static void note_lacking(const struct tb_row_cell *of, size_t i)
{
    struct tb_row_cell w = *of;

    if (w.reading->plan->form->layout != TB_LAYOUT_LONG && !w.codes->of_which &&
        !w.codes->deletes && !w.reading->totals.off && identify_silently(&w))
        tb_totals_lack(w.reading, i, &w.row, w.record->line);
}

bool tb_row_total_cell(struct tb_reading *reading, const struct tb_csv_record *record,
                       const struct tb_row_codes *codes, size_t i, struct tb_observation *row,
                       struct tb_decimal *value)
{
    const struct tb_value_column *column = &reading->plan->value[i];
    struct tb_row_cell w = { .reading = reading,
                             .record = record,
                             .codes = codes,
                             .column = column };

    if (column->column >= record->n_fields ||
        tb_row_is_blank(reading, &record->field[column->column]) || !identify_silently(&w))
        return false;
    tb_row_cell_read(&w, &record->field[column->column]);
    *row = w.row;
    *value = w.cell.value;
    return can_be_summed(&w) && !column->has_unit;
}

int tb_row_cells(struct tb_reading *reading, const struct tb_csv_record *record,
                 const struct tb_row_codes *codes, struct tb_row_tally *tally, struct tb_error *err)
{
    struct tb_row_cell work; /* the rest is set for each cell */

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
        case TB_STEP_FAILED:
            return -1;
        case TB_STEP_REJECTED:
            tally->rejected++;
            tb_totals_unsure(&reading->totals, i);
            break;
        case TB_STEP_EMPTY:
            tally->empty++;
            note_lacking(&work, i);
            break;
        case TB_STEP_ADDED:
            tally->accepted++;
            tally->added++;
            if (can_be_summed(&work))
                tb_totals_add(reading, i, &work.row, work.as_sent);
            else if (is_hidden(&work))
                tb_totals_unsure(&reading->totals, i);
            else if (work.cell.kind == TB_CELL_MISSING && work.row.status != TB_STATUS_M)
                note_lacking(&work, i);
            break;
        case TB_STEP_REPEATED:
            tally->accepted++;
            tally->repeated++;
            break;
        }
    }
    return 0;
}
