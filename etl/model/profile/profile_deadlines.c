/* profile_deadlines.c - deadlines.csv: the steps of the reporting round, and the
 * limits of cases.
 */
#include "model/profile/profile_subject.h"

#include <string.h>

#include "model/deadline_parse.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/text.h"

enum {
    D_DEADLINE,
    D_STEP,
    D_APPLIES_TO,
    D_DUE,
    D_SHIFT,
    D_LATE,
    D_TO,
    D_CLASS,
    D_NAME_ZH,
    D_NAME_EN,
    D_N
};
static const char *const deadline_heads[D_N] = { "deadline*", "step*", "applies_to", "due*",
                                                 "shift",     "late",  "to",         "class",
                                                 "name_zh",   "name_en" };
static const char *const step_words[] = { "cutoff", "submit", "verify", "report", "case" };
static const char *const shift_words[] = { "none", "next workday" };
static const char *const late_words[] = { "use", "next" };

static void read_due(const struct tb_sheet *sheet, struct tb_deadline *row)
{
    const char *cell = tb_sheet_text(sheet, D_DUE), *expected;
    int shift = tb_sheet_word(sheet, D_SHIFT, shift_words, 2, -1);

    row->due = (struct tb_due){ .kind = TB_DUE_MONTH_DAY, .day = 1 };
    if (!*cell)
        return;
    if (!tb_due_parse(cell, strlen(cell), &row->due, &expected)) {
        tb_sheet_error(sheet, D_DUE, "'%s' is no due day, expected %s", cell, expected);
        row->due =
            (struct tb_due){ .kind = row->step == TB_STEP_CASE ? TB_DUE_WORKDAYS : TB_DUE_MONTH_DAY,
                             .day = 1 };
        return;
    }
    if (row->step == TB_STEP_CASE && row->due.kind != TB_DUE_WORKDAYS)
        tb_sheet_error(sheet, D_DUE, "'%s' is no limit of a case, expected such as 20 workdays",
                       cell);
    if (row->step != TB_STEP_CASE && row->due.kind == TB_DUE_WORKDAYS)
        tb_sheet_error(sheet, D_DUE,
                       "'%s' is counted from the opening of a case, expected step case, or +%d "
                       "workdays after the period's end",
                       cell, row->due.day);
    if (row->due.shift && shift == 0)
        tb_sheet_error(sheet, D_SHIFT, "shift is none, but due says that the day moves");
    row->due.shift |= shift == 1;
}

/* A round closes once: rows of one step say when. */
static void read_late(const struct tb_sheet *sheet, struct tb_deadline *row)
{
    const struct tb_profile *profile = sheet->load->profile;

    row->closes = tb_sheet_word(sheet, D_LATE, late_words, 2, 0) == 1;
    if (row->closes && row->step == TB_STEP_CASE) {
        tb_sheet_error(sheet, D_LATE, "a case belongs to no round, expected none here");
        row->closes = false;
    }
    for (size_t i = 0; row->closes && i < sheet->row; i++) {
        const struct tb_deadline *other = &profile->deadlines[i];
        if (!other->closes || other->step == row->step)
            continue;
        tb_sheet_error(sheet, D_LATE, "a round closes once, by step %s already on line %u",
                       tb_step_code(other->step), (unsigned)other->line);
        row->closes = false;
    }
}

static void read_addressees(const struct tb_sheet *sheet, struct tb_deadline *row)
{
    struct tb_item item;
    size_t at = 0, n = 0;

    while (tb_sheet_next_item(sheet, D_TO, &at, &item))
        n++;
    int32_t *to = tb_load_alloc(sheet->load, n, sizeof *to);
    row->to = to;
    for (at = 0; to && tb_sheet_next_item(sheet, D_TO, &at, &item);) {
        struct tb_place place = tb_sheet_item_place(sheet, D_TO, &item);
        int32_t department =
            tb_load_find(sheet->load, TB_REF_DEPARTMENT, item.text, item.len, &place);
        if (department >= 0)
            to[row->n_to++] = department;
    }
}

static void read_case_row(const struct tb_sheet *sheet, struct tb_subjects *seen,
                          struct tb_deadline *row)
{
    struct tb_place place = tb_sheet_place(sheet, *row->class_name ? D_CLASS : D_STEP);
    struct tb_buf key = TB_BUF_INIT;
    const char *subject = tb_sheet_cell(sheet, D_APPLIES_TO);

    if (*subject && strcmp(subject, "*") != 0)
        tb_sheet_error(sheet, D_APPLIES_TO, "a limit of cases goes by class, expected none here");
    tb_buf_printf(&key, "class ");
    tb_text_fold(row->class_name, strlen(row->class_name), &key);
    if (key.failed)
        sheet->load->out_of_memory = true;
    else
        tb_subjects_claim(sheet, seen, key.data, "the same class of cases", &place);
    tb_buf_release(&key);
}

static void read_deadline(const struct tb_sheet *sheet, struct tb_subjects *seen,
                          struct tb_deadline *row)
{
    row->line = tb_sheet_line(sheet);
    row->code = tb_sheet_key(sheet, D_DEADLINE, seen->codes);
    row->step = (enum tb_step)tb_sheet_word(sheet, D_STEP, step_words, TB_N_STEPS, TB_STEP_SUBMIT);
    row->name_zh = tb_sheet_text_or(sheet, D_NAME_ZH, tb_step_name(row->step, "zh"));
    row->name_en = tb_sheet_text_or(
        sheet, D_NAME_EN,
        *tb_sheet_cell(sheet, D_NAME_ZH) ? row->name_zh : tb_step_name(row->step, "en"));
    row->class_name = tb_sheet_text(sheet, D_CLASS);
    read_due(sheet, row);
    read_late(sheet, row);
    read_addressees(sheet, row);
    if (row->step == TB_STEP_CASE) {
        read_case_row(sheet, seen, row);
        return;
    }
    tb_subjects_read(sheet, D_APPLIES_TO, seen, row);
    if (*row->class_name)
        tb_sheet_error(sheet, D_CLASS, "a class is for step case, this one is %s",
                       tb_step_code(row->step));
}

/* Copies that nobody is named for. */
static void check_addressees(struct tb_load *load)
{
    const struct tb_profile *profile = load->profile;
    bool any = !profile->set.inbox_addressees;

    for (size_t i = 0; i < profile->n_deadlines && !any; i++)
        any = profile->deadlines[i].step == TB_STEP_SUBMIT && profile->deadlines[i].n_to > 0;
    if (!any)
        tb_diag_at(load->diag, TB_ERROR, &load->addressees_at,
                   "addressees: no row of step submit in deadlines.csv names any, expected "
                   "departments under to");
}

int tb_load_deadlines(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;
    struct tb_subjects seen;
    int rc = 0;

    if (tb_subjects_open(load, &seen)) {
        rc = tb_sheet_open(load, "deadlines.csv", deadline_heads, D_N, false, &sheet, err);
        if (rc == 0) {
            profile->deadlines = tb_load_alloc(load, sheet.n_rows, sizeof *profile->deadlines);
            profile->n_deadlines = profile->deadlines ? sheet.n_rows : 0;
            for (sheet.row = 0; sheet.row < profile->n_deadlines; sheet.row++)
                read_deadline(&sheet, &seen, &profile->deadlines[sheet.row]);
            tb_sheet_close(&sheet);
        }
    }
    tb_subjects_close(&seen);
    if (rc == 0)
        check_addressees(load);
    return rc;
}
