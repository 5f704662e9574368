/* explain_left_out.c - what came after the round had closed: no cell has it, but process
 * wrote down what it was. */
#include "command/explain/explain.h"

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

static void add_left_out(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_node *list)
{
    const char *group = tb_table_get(table, row, "group");
    const char *status = tb_table_get(table, row, "status");
    const char *sender = tb_table_get(table, row, "sender");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s%s%s%s  %s  %s (%s)  ", tb_table_get(table, row, "indicator"),
                  tb_table_get(table, row, "measure"), group[0] ? "(" : "", group,
                  group[0] ? ")" : "", tb_table_get(table, row, "period"),
                  tb_table_get(table, row, "value"), status[0] ? status : "D");
    tb_view_printf(question->view, &text, "本轮 %s 截止后收到，本期不用，计入 %s",
                   "came after the round closed on %s: not used here, used from %s",
                   tb_table_get(table, row, "closed"), tb_table_get(table, row, "next_run"));
    struct tb_node *item = tb_explain_item(list, table, row, &text);
    tb_buf_printf(&text, "%s%s%s:%s", sender, sender[0] ? "/" : "",
                  tb_table_get(table, row, "name"), tb_table_get(table, row, "line"));
    tb_view_printf(question->view, &text, "  收到 %s", "  received %s",
                   tb_table_get(table, row, "received"));
    tb_node_said(item, "", tb_buf_text(&text));
    tb_buf_release(&text);
}

int tb_explain_left_out(const struct tb_question *question, struct tb_node *root,
                        struct tb_error *err)
{
    return tb_explain_rows(question, root, "left_out",
                           tb_view_say(question->view, "截止后收到", "after the round closed"),
                           "process/left_out.csv", add_left_out, err);
}
