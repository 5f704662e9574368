/* sheets.c - sheets of a workbook that are read, and those that are not. */
#include "collect/source/sheets.h"

#include <string.h>

#include "collect/header/form.h"
#include "collect/rows/rows.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool tb_sheet_mark_read(const char *text, size_t len, struct tb_sheet_mark *out)
{
    static const char start[] = "-------- ", middle[] = " - ";
    enum { DIGITS = 6 };
    unsigned number = 0;
    size_t at = sizeof start - 1, from = at;

    if (len <= at || memcmp(text, start, at) != 0)
        return false;
    for (; at < len && at - from < DIGITS && is_digit(text[at]); at++)
        number = number * 10 + (unsigned)(text[at] - '0');
    if (at == from || len - at < sizeof middle - 1 ||
        memcmp(text + at, middle, sizeof middle - 1) != 0)
        return false;
    *out = (struct tb_sheet_mark){ number, text + at + sizeof middle - 1 };
    return true;
}

bool tb_sheet_of_form(const struct tb_profile *profile, const struct tb_form *form,
                      const struct tb_sheet_mark *mark)
{
    struct tb_captures captures;
    char place[16];

    snprintf(place, sizeof place, "%u", mark->number);
    for (size_t i = 0; i < form->sheets.n; i++) {
        const char *pattern = form->sheets.item[i];
        bool number = strspn(pattern, "0123456789") == strlen(pattern);
        if (number ? strcmp(pattern, place) == 0
                   : tb_form_glob(profile, pattern, mark->name, &captures))
            return true;
    }
    return form->sheets.n == 0;
}

bool tb_sheets_are_chosen(const struct tb_profile *profile, const char *file_name)
{
    struct tb_captures captures;

    for (size_t i = 0; i < profile->n_forms; i++) {
        const struct tb_form *form = &profile->forms[i];
        if (form->sheets.n > 0 && tb_form_glob(profile, form->files, file_name, &captures))
            return true;
    }
    return false;
}

static bool is_read_by_some(const struct tb_profile *profile, const char *file_name,
                            const struct tb_sheet_mark *mark)
{
    struct tb_captures captures;

    for (size_t i = 0; i < profile->n_forms; i++) {
        const struct tb_form *form = &profile->forms[i];
        if (tb_sheet_of_form(profile, form, mark) &&
            tb_form_glob(profile, form->files, file_name, &captures))
            return true;
    }
    return false;
}

void tb_sheets_release(struct tb_sheets *sheets)
{
    tb_buf_release(&sheets->now);
    tb_buf_release(&sheets->unread);
}

void tb_sheets_start(struct tb_reading *r)
{
    r->sheets.on = tb_sheets_are_chosen(r->profile, r->plan->file_name);
    r->sheets.skipping = false;
    tb_buf_clear(&r->sheets.now);
    tb_buf_clear(&r->sheets.unread);
}

/* A sheet begins. */
static void begin(struct tb_reading *r, const struct tb_csv_field *field,
                  const struct tb_sheet_mark *mark)
{
    struct tb_sheets *sheets = &r->sheets;

    tb_buf_clear(&sheets->now);
    tb_buf_add(&sheets->now, field->text, field->len);
    sheets->skipping = !is_read_by_some(r->profile, r->tables.first->file_name, mark);
    if (sheets->skipping)
        tb_buf_printf(&sheets->unread, "%s%s", sheets->unread.len ? ", " : "", mark->name);
}

int tb_sheets_take(struct tb_reading *r, const struct tb_csv_record *record, tb_take_row *take,
                   struct tb_error *err)
{
    struct tb_sheets *sheets = &r->sheets;
    struct tb_sheet_mark mark;

    if (record->n_fields > 0 && tb_row_is_sheet_mark(record) &&
        tb_sheet_mark_read(record->field[0].text, record->field[0].len, &mark))
        begin(r, &record->field[0], &mark);
    if (sheets->now.failed || sheets->unread.failed)
        return tb_error_set(err, "out of memory for the names of sheets");
    if (!sheets->skipping)
        return take(r, record, err);
    r->summary->account.rows_ignored++;
    return tb_summary_ignore(r->summary, record->line, TB_IGNORED_SHEET, err);
}
