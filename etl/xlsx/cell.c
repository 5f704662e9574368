/* cell.c - values by type, numbers by format. */
#include "xlsx/cell.h"

#include <string.h>

#include "tongbao/error.h"
#include "xlsx/format.h"
#include "xlsx/number.h"
#include "xlsx/serial.h"
#include "xlsx/strings.h"
#include "xlsx/styles.h"
#include "xlsx/xml.h"

int tb_xlsx_type(const char *t, enum tb_xlsx_type *out, struct tb_error *err)
{
    static const struct {
        const char *name;
        enum tb_xlsx_type type;
    } types[] = {
        { "n", TB_XLSX_NUMBER },   { "s", TB_XLSX_SHARED },       { "str", TB_XLSX_TEXT },
        { "b", TB_XLSX_BOOLEAN },  { "inlineStr", TB_XLSX_TEXT }, { "e", TB_XLSX_ERROR },
        { "d", TB_XLSX_ISO_DATE },
    };

    *out = TB_XLSX_NUMBER;
    for (size_t i = 0; t && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].name, t) == 0) {
            *out = types[i].type;
            return 0;
        }
    }
    return t ? tb_error_set(err, "unknown type '%.20s'", t) : 0;
}

bool tb_xlsx_reference(const char *text, size_t *column, size_t *row)
{
    unsigned long number = 0;
    size_t c = 0, letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (letters == 0 || letters > 3)
        return false;
    for (size_t i = 0; i < letters; i++)
        c = c * 26 + (size_t)(text[i] - 'A') + 1;
    if (c > TB_XLSX_COLUMNS || !tb_xlsx_whole(text + letters, TB_XLSX_ROWS, &number) || number == 0)
        return false;
    *column = c - 1;
    *row = number - 1;
    return true;
}

static int put_shared(const struct tb_xlsx_cell *cell, const struct tb_xlsx_book *book,
                      struct tb_buf *out, struct tb_error *err)
{
    const char *text = tb_buf_text(&cell->value);
    unsigned long i;
    size_t len;

    if (!tb_xlsx_whole(text, TB_XLSX_MAX_STRINGS, &i) || i >= book->strings->n)
        return tb_error_set(err, "names string '%.20s' of %zu", text, book->strings->n);
    text = tb_xlsx_string(book->strings, i, &len);
    tb_buf_add(out, text, len);
    return 0;
}

/* What is no number stays as it stands, for the reader to refuse. */
static int put_number(const struct tb_xlsx_cell *cell, const struct tb_xlsx_book *book,
                      struct tb_buf *out, struct tb_error *err)
{
    static const struct tb_xlsx_section plain = { 0 };
    const struct tb_xlsx_section *section = &plain;
    const char *text = tb_buf_text(&cell->value);
    struct tb_xlsx_digits digits;

    if (book->styles) {
        if (cell->style >= book->styles->n)
            return tb_error_set(err, "has style %zu of %zu", cell->style, book->styles->n);
        uint32_t format = book->styles->style[cell->style];
        section = tb_xlsx_format_section(&book->styles->format[format], text);
    }
    if (!tb_xlsx_digits(text, cell->value.len, &digits)) {
        tb_buf_add(out, text, cell->value.len);
    } else if (!section->parts || !tb_xlsx_serial(&digits, section->parts, book->from_1904, out)) {
        tb_xlsx_digits_put(&digits, section->percent ? 2 : 0, out);
        if (section->percent || section->percent_literal)
            tb_buf_putc(out, '%');
    }
    return 0;
}

/* 2023-05-01T00:00:00.000Z: without midnight. */
static void put_iso_date(const char *text, struct tb_buf *out)
{
    const char *time = strchr(text, 'T');
    size_t day = time ? (size_t)(time - text) : strlen(text);

    tb_buf_add(out, text, day);
    if (time && strspn(time, "T0:.Z") < strlen(time)) {
        tb_buf_putc(out, ' ');
        tb_buf_puts(out, time + 1);
    }
}

int tb_xlsx_cell_put(struct tb_xlsx_cell *cell, const struct tb_xlsx_book *book, struct tb_buf *out,
                     struct tb_error *err)
{
    const char *text = tb_buf_text(&cell->value);

    if (cell->value.len == 0) {
        if (cell->has_formula && cell->type != TB_XLSX_TEXT)
            tb_buf_puts(out, TB_XLSX_NO_RESULT);
        return 0;
    }
    switch (cell->type) {
    case TB_XLSX_NUMBER:
        return put_number(cell, book, out, err);
    case TB_XLSX_SHARED:
        return put_shared(cell, book, out, err);
    case TB_XLSX_BOOLEAN:
        tb_buf_puts(out, strcmp(text, "1") == 0 ? "TRUE" : strcmp(text, "0") == 0 ? "FALSE" : text);
        return 0;
    case TB_XLSX_ISO_DATE:
        put_iso_date(text, out);
        return 0;
    case TB_XLSX_TEXT:
        tb_xlsx_unescape(&cell->value, 0);
        tb_buf_add(out, tb_buf_text(&cell->value), cell->value.len);
        return 0;
    case TB_XLSX_ERROR:
        tb_buf_puts(out, text);
        return 0;
    }
    return 0;
}
