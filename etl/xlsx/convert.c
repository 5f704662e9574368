/* convert.c - strings, styles, then sheet by sheet. */
#include "xlsx/convert.h"

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "xlsx/cell.h"
#include "xlsx/output.h"
#include "xlsx/sheet.h"
#include "xlsx/strings.h"
#include "xlsx/styles.h"
#include "xlsx/workbook.h"

struct converting {
    struct tb_xlsx_workbook workbook;
    struct tb_xlsx_strings strings;
    struct tb_xlsx_styles styles;
    struct tb_xlsx_book book;
    struct tb_xlsx_output output;
};

static int load(struct converting *c, struct tb_xlsx_package *package, struct tb_error *err)
{
    if (tb_xlsx_workbook_load(&c->workbook, package, err) < 0)
        return -1;
    if (c->workbook.strings &&
        tb_xlsx_strings_load(&c->strings, package, c->workbook.strings, err) < 0)
        return -1;
    if (c->workbook.styles && tb_xlsx_styles_load(&c->styles, package, c->workbook.styles, err) < 0)
        return -1;
    c->book = (struct tb_xlsx_book){ .strings = &c->strings,
                                     .styles = c->workbook.styles ? &c->styles : NULL,
                                     .from_1904 = c->workbook.from_1904 };
    return 0;
}

static int put_mark(struct converting *c, size_t number, const char *name, struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT, line = TB_BUF_INIT;

    tb_buf_printf(&text, "-------- %zu - %s", number, name);
    tb_xlsx_field_put(&line, tb_buf_text(&text), text.len);
    tb_buf_putc(&line, '\n');
    int rc = tb_buf_ok(&text, err) ? tb_xlsx_output_put(&c->output, 0, &line, err) : -1;
    tb_buf_release(&text);
    tb_buf_release(&line);
    return rc;
}

static int put_sheets(struct converting *c, struct tb_xlsx_package *package, struct tb_error *err)
{
    for (size_t i = 0; i < c->workbook.n_sheets; i++) {
        const struct tb_xlsx_sheet_name *sheet = &c->workbook.sheet[i];
        if (!sheet->part)
            continue;
        if (put_mark(c, i + 1, sheet->name, err) < 0 ||
            tb_xlsx_sheet_put(package, sheet->part, &c->book, &c->output, err) < 0)
            return tb_error_prefix(err, "sheet '%s'", sheet->name);
    }
    return 0;
}

int tb_xlsx_convert(struct tb_xlsx_package *package, FILE *stream, struct tb_error *err)
{
    struct converting c = { .output = { .stream = stream } };
    int rc = load(&c, package, err);

    if (rc == 0)
        rc = put_sheets(&c, package, err);
    tb_xlsx_workbook_release(&c.workbook);
    tb_xlsx_strings_release(&c.strings);
    tb_xlsx_styles_release(&c.styles);
    return rc;
}
