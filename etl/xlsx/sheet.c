/* sheet.c - <row> and <c> of a worksheet's part.
 *
 * References may be left out, then a row or a cell stands behind the one before.
 * They must ascend, as every writer has them: a cell that came twice would have two
 * contents.  The part is read twice, first for its width: what the sheet says of its
 * dimension may be missing or wrong.
 */
#include "xlsx/sheet.h"

#include <stddef.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "xlsx/cell.h"
#include "xlsx/output.h"
#include "xlsx/strings.h"
#include "xlsx/xml.h"

enum { SHEET = TB_XLSX_OWN, DATA, ROW, CELL, VALUE, FORMULA, INLINE, RUN, TEXT };
enum { MAX_LINE = 64 << 20 /* bytes of a row */ };

struct printing {
    const struct tb_xlsx_book *book;
    struct tb_xlsx_output *output;
    size_t row, column;      /* of the last row and cell that was seen, from 1; 0: none */
    size_t n_rows, n_commas; /* written so far; of this row */
    size_t width;            /* column of the last cell that is not empty, from 1 */
    bool measuring;          /* width is being found, nothing is written */
    struct tb_xlsx_cell cell;
    struct tb_buf field, line;
};

static int start_row(struct printing *p, const char *const *attributes, struct tb_error *err)
{
    const char *text = tb_xlsx_attribute(attributes, "r");
    unsigned long row = p->row + 1;

    if (text && !tb_xlsx_whole(text, TB_XLSX_ROWS, &row))
        return tb_error_set(err, "no row '%.20s'", text);
    if (row <= p->row || row > TB_XLSX_ROWS)
        return tb_error_set(err, "row %lu comes behind row %zu", row, p->row);
    p->row = row;
    p->column = p->n_commas = 0;
    return 0;
}

static int start_cell(struct printing *p, const char *const *attributes, struct tb_error *err)
{
    const char *reference = tb_xlsx_attribute(attributes, "r");
    const char *style = tb_xlsx_attribute(attributes, "s");
    size_t column = p->column, row = p->row - 1;
    unsigned long number = 0;

    if (reference && (!tb_xlsx_reference(reference, &column, &row) || row != p->row - 1))
        return tb_error_set(err, "row %zu has a cell '%.20s'", p->row, reference);
    if (column < p->column || column >= TB_XLSX_COLUMNS)
        return tb_error_set(err, "row %zu: column %zu comes behind column %zu", p->row, column + 1,
                            p->column);
    p->column = column + 1;
    tb_buf_clear(&p->cell.value);
    p->cell.has_formula = false;
    if (style && !tb_xlsx_whole(style, TB_XLSX_MAX_STRINGS, &number))
        return tb_error_set(err, "row %zu, column %zu: bad style '%.20s'", p->row, p->column,
                            style);
    p->cell.style = number;
    if (tb_xlsx_type(tb_xlsx_attribute(attributes, "t"), &p->cell.type, err) < 0)
        return tb_error_prefix(err, "row %zu, column %zu", p->row, p->column);
    return 0;
}

static int start(void *user, int tag, const char *const *attributes, struct tb_error *err)
{
    struct printing *p = user;

    if (tag == ROW)
        return start_row(p, attributes, err);
    if (tag == CELL)
        return start_cell(p, attributes, err);
    p->cell.has_formula = p->cell.has_formula || tag == FORMULA;
    return 0;
}

static int take(void *user, int tag, const char *bytes, size_t len, struct tb_error *err)
{
    struct printing *p = user;

    if (tag != VALUE && tag != TEXT)
        return 0;
    tb_buf_add(&p->cell.value, bytes, len);
    if (p->cell.value.len > TB_XLSX_MAX_TEXT)
        return tb_error_set(err, "row %zu, column %zu: more than %d bytes of text", p->row,
                            p->column, TB_XLSX_MAX_TEXT);
    return 0;
}

static void put_commas(struct printing *p, size_t n)
{
    for (; p->n_commas < n; p->n_commas++)
        tb_buf_putc(&p->line, ',');
}

static int end_cell(struct printing *p, struct tb_error *err)
{
    tb_buf_clear(&p->field);
    if (!tb_buf_ok(&p->cell.value, err))
        return -1;
    if (tb_xlsx_cell_put(&p->cell, p->book, &p->field, err) < 0)
        return tb_error_prefix(err, "row %zu, column %zu", p->row, p->column);
    if (!tb_buf_ok(&p->field, err))
        return -1;
    if (p->field.len == 0)
        return 0;
    if (p->measuring) {
        p->width = p->column > p->width ? p->column : p->width;
        return 0;
    }
    put_commas(p, p->column - 1);
    tb_xlsx_field_put(&p->line, p->field.data, p->field.len);
    return p->line.len <= MAX_LINE ? 0 : tb_error_set(err, "row %zu: more than 64 MiB", p->row);
}

/* Rows that are not there become empty lines when one comes that is. */
static int end_row(struct printing *p, struct tb_error *err)
{
    if (p->line.len == 0)
        return 0;
    put_commas(p, p->width - 1);
    tb_buf_putc(&p->line, '\n');
    int rc = tb_xlsx_output_put(p->output, p->row - 1 - p->n_rows, &p->line, err);
    p->n_rows = p->row;
    tb_buf_clear(&p->line);
    return rc;
}

static int end(void *user, int tag, struct tb_error *err)
{
    return tag == CELL ? end_cell(user, err) : tag == ROW ? end_row(user, err) : 0;
}

int tb_xlsx_sheet_put(struct tb_xlsx_package *package, const char *part,
                      const struct tb_xlsx_book *book, struct tb_xlsx_output *output,
                      struct tb_error *err)
{
    static const struct tb_xlsx_element elements[] = {
        { TB_XLSX_ROOT, "worksheet", SHEET },
        { SHEET, "sheetData", DATA },
        { DATA, "row", ROW },
        { ROW, "c", CELL },
        { CELL, "v", VALUE },
        { CELL, "f", FORMULA },
        { CELL, "is", INLINE },
        { INLINE, "t", TEXT },
        { INLINE, "r", RUN },
        { RUN, "t", TEXT },
    };
    static const struct tb_xlsx_reader reader = { elements, sizeof elements / sizeof *elements,
                                                  start, take, end };
    struct printing p = { .book = book, .output = output, .measuring = true };
    int rc = tb_xlsx_read_part(package, part, &reader, &p, err);

    if (rc == 0 && p.width > 0) {
        p.measuring = false;
        p.row = 0;
        rc = tb_xlsx_read_part(package, part, &reader, &p, err);
    }
    tb_buf_release(&p.cell.value);
    tb_buf_release(&p.field);
    tb_buf_release(&p.line);
    return rc;
}
