/* explain_changes.c - what was noted of the past of one unit and indicator: rates that a
 * change of units or of base left out or that bridge one, and what a cumulated figure
 * has left over. */
#include "command/explain.h"

#include <stdbool.h>
#include <stdlib.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static void put_text(struct tb_buf *out, const struct tb_buf *text)
{
    tb_buf_puts(out, "  ");
    tb_escape_terminal(out, tb_buf_text(text), text->len);
    tb_buf_putc(out, '\n');
}

/* "growth  no growth: split on 2019-01-02: ...". */
static void put_break(const struct tb_question *question, const struct tb_table *table, size_t row,
                      struct tb_buf *out)
{
    const char *column = tb_view_say(question->view, "text_zh", "text_en");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s", tb_table_get(table, row, "measure"),
                  tb_table_get(table, row, column));
    put_text(out, &text);
    out->failed |= text.failed;
    tb_buf_release(&text);
}

/* A cumulated figure that is not the one before and the period: what is left over. */
static void put_residual(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_buf *out)
{
    tb_view_printf(question->view, out, "  累计 %s - 上期累计 %s - 本期 %s = %s\n",
                   "  ytd %s - ytd before %s - value %s = %s\n", tb_table_get(table, row, "ytd"),
                   tb_table_get(table, row, "ytd_before"), tb_table_get(table, row, "value"),
                   tb_table_get(table, row, "residual"));
}

typedef void put_row(const struct tb_question *question, const struct tb_table *table, size_t row,
                     struct tb_buf *out);

/* The rows of a file that are about the question; runs of earlier versions have none. */
static int put_rows(const struct tb_question *question, const char *file, const char *title,
                    put_row *put, struct tb_buf *out, struct tb_error *err)
{
    char *path = tb_path("%s/%s", question->view->folder, file);
    bool any = false;

    if (!path)
        return tb_error_set(err, "out of memory");
    bool there = tb_fs_exists(path);
    free(path);
    if (!there)
        return 0;
    struct tb_table *table = tb_view_table(question->view, file, err);
    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        if (!tb_explain_is_about(question, table, row))
            continue;
        if (!any)
            tb_buf_printf(out, "\n%s\n", title);
        any = true;
        put(question, table, row, out);
    }
    tb_table_free(table);
    return 0;
}

int tb_explain_changes(const struct tb_question *question, struct tb_buf *out, struct tb_error *err)
{
    const struct tb_view *view = question->view;

    if (put_rows(question, "analyse/breaks.csv", tb_view_say(view, "口径变化", "breaks"), put_break,
                 out, err) < 0)
        return -1;
    return put_rows(question, "process/residuals.csv",
                    tb_view_say(view, "累计与本期不符", "left over"), put_residual, out, err);
}
