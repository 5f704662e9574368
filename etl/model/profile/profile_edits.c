/* profile_edits.c - edits.csv: corrections and approvals by named offices, and what
 * of them contradicts.
 */
#include "model/profile/profile_load.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/edit.h"
#include "tongbao/error.h"
#include "tongbao/office.h"

enum {
    E_WHEN,
    E_WHO,
    E_UNIT,
    E_INDICATOR,
    E_MEASURE,
    E_PERIOD,
    E_VALUE,
    E_REASON,
    E_ACTION,
    E_STATUS,
    E_N
};
static const char *const heads[E_N] = { "when*",   "who*",  "unit*",   "indicator*", "measure",
                                        "period*", "value", "reason*", "action",     "status" };
static const char *const actions[] = { "correct", "approve", "withdraw" };

static void read_measure(const struct tb_sheet *sheet, struct tb_edit *edit)
{
    const char *measure = tb_sheet_cell(sheet, E_MEASURE);
    int found = *measure ? tb_measure_find(measure, strlen(measure)) : TB_MEASURE_VALUE;

    if (found < 0 || found >= TB_MEASURE_RANK) {
        tb_sheet_error(sheet, E_MEASURE,
                       "unknown measure '%s', expected one of: value, ytd, "
                       "growth, ytd_growth, mom, base, ytd_base, share",
                       measure);
        found = TB_MEASURE_VALUE;
    }
    edit->measure = (enum tb_measure)found;
}

/* A letter of OBS_STATUS, or a word or flag that submissions may use. */
static void read_status(const struct tb_sheet *sheet, struct tb_edit *edit)
{
    const char *cell = tb_sheet_cell(sheet, E_STATUS);
    int found = tb_status_find(cell);

    if (!*cell)
        return;
    if (found <= TB_STATUS_NONE) {
        tb_sheet_error(sheet, E_STATUS,
                       "'%s' is no status, expected a letter of OBS_STATUS such as A, P, E or Q",
                       cell);
        return;
    }
    edit->status = (uint8_t)found;
}

static void check_action(const struct tb_sheet *sheet, const struct tb_edit *edit)
{
    bool says_nothing = !edit->has_value && edit->status == TB_STATUS_NONE;

    if (edit->action == TB_EDIT_CORRECT && says_nothing)
        tb_sheet_error(sheet, E_VALUE, "a correction without a value, expected one, or a status");
    if (edit->action == TB_EDIT_WITHDRAW && !says_nothing)
        tb_sheet_error(sheet, edit->has_value ? E_VALUE : E_STATUS,
                       "a withdrawal has no value and no status of its own, expected none");
    if (edit->action == TB_EDIT_APPROVE && edit->status != TB_STATUS_NONE)
        tb_sheet_error(sheet, E_STATUS, "an approval leaves the status as it is, expected none");
    if (edit->action == TB_EDIT_CORRECT && edit->has_value && edit->status != TB_STATUS_NONE &&
        !tb_status_has_value(edit->status))
        tb_sheet_error(sheet, E_STATUS, "status '%s' is that of a missing value, expected no value",
                       tb_sheet_cell(sheet, E_STATUS));
}

static void check_office(const struct tb_sheet *sheet, const struct tb_edit *edit)
{
    const struct tb_profile *profile = sheet->load->profile;
    const struct tb_strings *offices = &profile->set.edit_offices;

    if (!*edit->who)
        return;
    for (size_t i = 0; i < offices->n; i++)
        if (tb_office_named(profile, offices->item[i], edit->who))
            return;
    if (offices->n > 0)
        tb_sheet_error(sheet, E_WHO,
                       "'%s' may not edit, expected a desk of an office that [edits] offices of "
                       "profile.ini names",
                       edit->who);
}

static void read_edit(const struct tb_sheet *sheet, struct tb_edit *edit)
{
    const struct tb_profile *profile = sheet->load->profile;

    edit->when = tb_sheet_moment(sheet, E_WHEN);
    edit->who = tb_sheet_text(sheet, E_WHO);
    edit->reason = tb_sheet_text(sheet, E_REASON);
    edit->unit = tb_sheet_ref(sheet, E_UNIT, TB_REF_UNIT);
    edit->indicator = tb_sheet_ref(sheet, E_INDICATOR, TB_REF_INDICATOR);
    edit->withdrawn_by = TB_NONE;
    read_measure(sheet, edit);
    read_status(sheet, edit);
    edit->has_value = tb_sheet_decimal(sheet, E_VALUE, &edit->value);
    bool corrects = edit->has_value || edit->status != TB_STATUS_NONE;
    edit->action = (enum tb_edit_action)tb_sheet_word(
        sheet, E_ACTION, actions, 3, corrects ? TB_EDIT_CORRECT : TB_EDIT_APPROVE);
    edit->line = tb_sheet_line(sheet);
    check_action(sheet, edit);
    check_office(sheet, edit);
    if (!tb_sheet_period(sheet, E_PERIOD, &edit->period) || edit->indicator < 0)
        return;
    enum tb_freq freq = profile->indicators[edit->indicator].frequency;
    const char *cell = tb_sheet_cell(sheet, E_PERIOD);
    struct tb_period_read read;
    if (tb_period_parse(cell, strlen(cell), &read)) /* January-February is one period of M2 */
        edit->period = tb_period_read_as(&read, freq);
    if (edit->period.freq != freq)
        tb_sheet_error(sheet, E_PERIOD, "period '%s' is not of the indicator's frequency %s",
                       tb_sheet_cell(sheet, E_PERIOD), tb_freq_code(freq));
}

/* --- what contradicts --- */

static int64_t cell_order(const struct tb_edit *a, const struct tb_edit *b)
{
    const int64_t by[] = { (int64_t)a->unit - b->unit, (int64_t)a->indicator - b->indicator,
                           (int64_t)a->measure - b->measure,
                           (int64_t)a->period.freq - b->period.freq,
                           (int64_t)a->period.index - b->period.index };

    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (by[i] != 0)
            return by[i];
    return 0;
}

/* By cell, within one by moment, then as they stand in the file. */
static int compare_rows(const void *x, const void *y, void *user)
{
    const struct tb_edit *edits = user;
    uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
    int64_t order = cell_order(&edits[i], &edits[k]);

    if (order == 0)
        order = edits[i].when != edits[k].when ? (edits[i].when < edits[k].when ? -1 : 1)
                                               : (int64_t)i - k;
    return order < 0 ? -1 : order > 0;
}

/* What one row says that the other denies: 'v' the value, 's' the status, 'a' it
 * corrects what the other approved; 0: nothing.  `before` is the earlier one. */
static int contradiction(const struct tb_edit *before, const struct tb_edit *after)
{
    bool both = before->has_value && after->has_value;

    if (both && tb_decimal_cmp(before->value, after->value) != 0)
        return 'v';
    if (before->status != TB_STATUS_NONE && after->status != TB_STATUS_NONE &&
        before->status != after->status)
        return 's';
    return before->action == TB_EDIT_APPROVE && after->action == TB_EDIT_CORRECT && !both ? 'a' : 0;
}

static void report(const struct tb_sheet *sheet, int what, const struct tb_edit *before)
{
    switch (what) {
    case 'v':
        tb_sheet_error(sheet, E_VALUE,
                       "contradicts line %" PRIu32 ", which gives this cell another value, "
                       "expected a row of action withdraw between them",
                       before->line);
        break;
    case 's':
        tb_sheet_error(sheet, E_STATUS,
                       "contradicts line %" PRIu32 ", which gives this cell another status, "
                       "expected a row of action withdraw between them",
                       before->line);
        break;
    default:
        tb_sheet_error(sheet, E_VALUE,
                       "contradicts line %" PRIu32 ", which approves this cell as it was sent, "
                       "expected a row of action withdraw between them",
                       before->line);
        break;
    }
}

/* Takes the rows of one cell, order[0..n), in the order of their moments. */
static void join_cell(struct tb_sheet *sheet, struct tb_edit edits[], const uint32_t order[],
                      size_t n)
{
    size_t first = 0; /* of those that no withdrawal has undone */

    for (size_t i = 0; i < n; i++) {
        struct tb_edit *edit = &edits[order[i]];
        sheet->row = order[i];
        if (edit->action == TB_EDIT_WITHDRAW) {
            if (first == i)
                tb_sheet_error(sheet, E_ACTION,
                               "withdraws nothing, expected an earlier row on this cell");
            for (; first < i; first++)
                edits[order[first]].withdrawn_by = (int32_t)order[i];
            first = i + 1;
            continue;
        }
        for (size_t k = first; k < i; k++) {
            int what = contradiction(&edits[order[k]], edit);
            if (what) {
                report(sheet, what, &edits[order[k]]);
                break;
            }
        }
    }
}

static void join_edits(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;
    size_t n = profile->n_edits, end;
    uint32_t *order = calloc(n ? n : 1, sizeof *order);

    if (!order) {
        sheet->load->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    qsort_r(order, n, sizeof *order, compare_rows, profile->edits);
    for (size_t start = 0; start < n; start = end) {
        const struct tb_edit *edit = &profile->edits[order[start]];
        for (end = start + 1;
             end < n && tb_edit_same_cell(edit, &profile->edits[order[end]]); end++)
            ;
        if (edit->unit >= 0 && edit->indicator >= 0)
            join_cell(sheet, profile->edits, order + start, end - start);
    }
    free(order);
}

int tb_load_edits(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "edits.csv", heads, E_N, false, &sheet, err) < 0)
        return -1;
    profile->edits = tb_load_alloc(load, sheet.n_rows, sizeof *profile->edits);
    profile->n_edits = profile->edits ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_edits; sheet.row++)
        read_edit(&sheet, &profile->edits[sheet.row]);
    join_edits(&sheet);
    tb_sheet_close(&sheet);
    return 0;
}
