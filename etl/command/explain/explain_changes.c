/* explain_changes.c - what was noted of the past of one unit and indicator: rates that a
 * change of units or of base left out or that bridge one, and what a cumulated figure
 * has left over. */
#include "command/explain/explain.h"

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

/* "growth  no growth: split on 2019-01-02: ...". */
static void add_break(const struct tb_question *question, const struct tb_table *table, size_t row,
                      struct tb_node *list)
{
    const char *column = tb_view_say(question->view, "text_zh", "text_en");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s", tb_table_get(table, row, "measure"),
                  tb_table_get(table, row, column));
    tb_explain_item(list, table, row, &text);
}

/* A cumulated figure that is not the one before and the period: what is left over. */
static void add_residual(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_node *list)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_view_printf(question->view, &text, "累计 %s - 上期累计 %s - 本期 %s = %s",
                   "ytd %s - ytd before %s - value %s = %s", tb_table_get(table, row, "ytd"),
                   tb_table_get(table, row, "ytd_before"), tb_table_get(table, row, "value"),
                   tb_table_get(table, row, "residual"));
    tb_explain_item(list, table, row, &text);
}

int tb_explain_changes(const struct tb_question *question, struct tb_node *root,
                       struct tb_error *err)
{
    const struct tb_view *view = question->view;

    if (tb_explain_rows(question, root, "breaks", tb_view_say(view, "口径变化", "breaks"),
                        "analyse/breaks.csv", add_break, err) < 0)
        return -1;
    return tb_explain_rows(question, root, "residuals",
                           tb_view_say(view, "累计与本期不符", "left over"),
                           "process/residuals.csv", add_residual, err);
}
