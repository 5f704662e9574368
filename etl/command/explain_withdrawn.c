/* explain_withdrawn.c - what was submitted once and taken back by a row with ACTION D:
 * there is no cell of it, but process wrote down who took it back. */
#include "command/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static bool same_text(const struct tb_table *table, size_t a, size_t b, const char *column)
{
    return strcmp(tb_table_get(table, a, column), tb_table_get(table, b, column)) == 0;
}

/* The last that happened to that measure is that it was taken back. */
static bool is_withdrawn(const struct tb_question *question, const struct tb_table *table,
                         size_t row)
{
    if (!tb_explain_is_about(question, table, row) || tb_table_get(table, row, "new_status")[0])
        return false;
    for (size_t later = row + 1; later < tb_table_rows(table); later++) {
        if (same_text(table, row, later, "unit") && same_text(table, row, later, "indicator") &&
            same_text(table, row, later, "period") && same_text(table, row, later, "measure") &&
            same_text(table, row, later, "group"))
            return false;
    }
    return true;
}

static void put_withdrawn(const struct tb_question *question, const struct tb_table *table,
                          size_t row, struct tb_buf *out)
{
    const char *group = tb_table_get(table, row, "group");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s%s%s%s  %s  ", tb_table_get(table, row, "indicator"),
                  tb_table_get(table, row, "measure"), group[0] ? "(" : "", group,
                  group[0] ? ")" : "", tb_table_get(table, row, "period"));
    tb_view_printf(question->view, &text, "无数据：已由 %s:%s 于 %s 撤回",
                   "no data: withdrawn by %s:%s on %s", tb_table_get(table, row, "new_name"),
                   tb_table_get(table, row, "new_line"), tb_table_get(table, row, "new_received"));
    tb_buf_puts(out, "  ");
    tb_escape_terminal(out, tb_buf_text(&text), text.len);
    tb_buf_putc(out, '\n');
    tb_buf_release(&text);
}

int tb_explain_withdrawn(const struct tb_question *question, struct tb_buf *out, bool *any,
                         struct tb_error *err)
{
    struct tb_table *table = tb_view_table(question->view, "process/revisions.csv", err);

    *any = false;
    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        if (!is_withdrawn(question, table, row))
            continue;
        *any = true;
        put_withdrawn(question, table, row, out);
    }
    tb_table_free(table);
    return 0;
}
