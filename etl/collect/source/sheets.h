/* sheets.h - which sheets of a workbook are read: the column `sheet` of forms.csv.
 *
 * Converters put `-------- 2 - NAME` above each sheet.  A sheet is read when some form that
 * the file's name matches reads it; the rows of the others are ignored as such.
 */
#ifndef TONGBAO_COLLECT_SHEETS_H
#define TONGBAO_COLLECT_SHEETS_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/header/beside.h"
#include "tongbao/buf.h"

struct tb_csv_record;
struct tb_error;
struct tb_form;
struct tb_profile;
struct tb_reading;

/* The line above a sheet. */
struct tb_sheet_mark {
    unsigned number;  /* its place in the workbook, from 1 */
    const char *name; /* in the text that was read */
};

/* While a file of such forms is read. */
struct tb_sheets {
    bool on;              /* some form of the file's name says which it reads */
    bool skipping;        /* the sheet is read by none */
    struct tb_buf now;    /* the mark of this sheet; empty above the first */
    struct tb_buf unread; /* names of those that were not read, for a remark */
};

/* Reads such a line; false when it is none. */
bool tb_sheet_mark_read(const char *text, size_t len, struct tb_sheet_mark *out);
/* True when the form reads the sheet: it says nothing of sheets, names its place (2), or
 * a pattern that its name matches. */
bool tb_sheet_of_form(const struct tb_profile *profile, const struct tb_form *form,
                      const struct tb_sheet_mark *mark);
/* True when some form of that file name says which sheets it reads. */
bool tb_sheets_are_chosen(const struct tb_profile *profile, const char *file_name);

void tb_sheets_release(struct tb_sheets *sheets);
/* Before the file is read (again). */
void tb_sheets_start(struct tb_reading *reading);
/* Takes a row, or ignores it with its sheet. */
int tb_sheets_take(struct tb_reading *reading, const struct tb_csv_record *record,
                   tb_take_row *take, struct tb_error *err);

#endif
