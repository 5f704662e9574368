/* explain_withdrawn.c - what was submitted once and taken back by a row with ACTION D:
 * there is no cell of it, but process wrote down who took it back. */
#include "command/explain/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static bool same_text(const struct tb_table *table, size_t a, size_t b, const char *column)
{
    return strcmp(tb_table_get(table, a, column), tb_table_get(table, b, column)) == 0;
}

/* The last that happened to that measure is that it was taken back. */
static bool is_withdrawn(const struct tb_table *table, size_t row)
{
    if (tb_table_get(table, row, "new_status")[0])
        return false;
    for (size_t later = row + 1; later < tb_table_rows(table); later++) {
        if (same_text(table, row, later, "unit") && same_text(table, row, later, "indicator") &&
            same_text(table, row, later, "period") && same_text(table, row, later, "measure") &&
            same_text(table, row, later, "group"))
            return false;
    }
    return true;
}

static void add_withdrawn(const struct tb_question *question, const struct tb_table *table,
                          size_t row, struct tb_node *list)
{
    const char *group = tb_table_get(table, row, "group");
    struct tb_buf text = TB_BUF_INIT;

    if (!is_withdrawn(table, row))
        return;
    tb_buf_printf(&text, "%s  %s%s%s%s  %s  ", tb_table_get(table, row, "indicator"),
                  tb_table_get(table, row, "measure"), group[0] ? "(" : "", group,
                  group[0] ? ")" : "", tb_table_get(table, row, "period"));
    tb_view_printf(question->view, &text, "无数据：已由 %s:%s 于 %s 撤回",
                   "no data: withdrawn by %s:%s on %s", tb_table_get(table, row, "new_name"),
                   tb_table_get(table, row, "new_line"), tb_table_get(table, row, "new_received"));
    tb_explain_item(list, table, row, &text);
}

int tb_explain_withdrawn(const struct tb_question *question, struct tb_node *root,
                         struct tb_error *err)
{
    return tb_explain_rows(question, root, "withdrawn",
                           tb_view_say(question->view, "撤回", "taken back"),
                           "process/revisions.csv", add_withdrawn, err);
}
