/* explain_left_out.c - what came after the round had closed: no cell has it, but process
 * wrote down what it was. */
#include "command/explain.h"

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static void put_left_out(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_buf *out)
{
    const char *group = tb_table_get(table, row, "group");
    const char *value = tb_table_get(table, row, "value");
    const char *status = tb_table_get(table, row, "status");
    const char *sender = tb_table_get(table, row, "sender");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s%s%s%s  %s  %s (%s)  ", tb_table_get(table, row, "indicator"),
                  tb_table_get(table, row, "measure"), group[0] ? "(" : "", group,
                  group[0] ? ")" : "", tb_table_get(table, row, "period"), value,
                  status[0] ? status : "D");
    tb_view_printf(question->view, &text, "本轮 %s 截止后收到，本期不用，计入 %s",
                   "came after the round closed on %s: not used here, used from %s",
                   tb_table_get(table, row, "closed"), tb_table_get(table, row, "next_run"));
    tb_buf_puts(out, "  ");
    tb_escape_terminal(out, tb_buf_text(&text), text.len);
    tb_buf_clear(&text);
    tb_buf_printf(&text, "%s%s%s:%s", sender, sender[0] ? "/" : "",
                  tb_table_get(table, row, "name"), tb_table_get(table, row, "line"));
    tb_buf_puts(out, "\n      ");
    tb_escape_terminal(out, tb_buf_text(&text), text.len);
    tb_view_printf(question->view, out, "  收到 %s\n", "  received %s\n",
                   tb_table_get(table, row, "received"));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

int tb_explain_left_out(const struct tb_question *question, struct tb_buf *out, bool *any,
                        struct tb_error *err)
{
    struct tb_table *table = tb_view_table(question->view, "process/left_out.csv", err);

    if (!table)
        return tb_view_has(question->view, "process/left_out.csv") ? -1 : 0;
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        if (!tb_explain_is_about(question, table, row))
            continue;
        *any = true;
        put_left_out(question, table, row, out);
    }
    tb_table_free(table);
    return 0;
}
