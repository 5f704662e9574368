/* explain_tasks.c - a milestone: how far the task is, with its evidence, and who said so. */
#include "command/explain/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

/* The words of a status, or the code itself. */
static const char *status_word(const struct tb_view *view, const char *code)
{
    static const char *const words[][2] = {
        { "not reported", "未报" },     { "held", "待核实" },     { "not begun", "未启动" },
        { "not done", "未完成" },       { "under way", "推进中" }, { "overdue", "逾期" },
        { "evidence missing", "已报完成，缺佐证材料" }, { "done late", "逾期完成" },
        { "day missing", "已报完成，缺完成日期" },      { "done", "已完成" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], code) == 0)
            return tb_view_say(view, words[i][1], code);
    return code;
}

/* A label and what it is of, where that is known. */
static void put_part(const struct tb_view *view, const char *zh, const char *en, const char *text,
                     struct tb_buf *out)
{
    if (*text)
        tb_buf_printf(out, "%s%s", tb_view_say(view, zh, en), text);
}

/* evidence, explanation; then who said so, in which line. */
static void add_said(const struct tb_question *question, const struct tb_table *table, size_t row,
                     struct tb_node *item)
{
    const struct tb_view *view = question->view;
    const char *sender = tb_table_get(table, row, "sender");
    struct tb_buf text = TB_BUF_INIT;

    put_part(view, "佐证：", "evidence: ", tb_table_get(table, row, "evidence"), &text);
    if (text.len && *tb_table_get(table, row, "explanation"))
        tb_buf_puts(&text, tb_view_say(view, "；", "; "));
    put_part(view, "说明：", "explanation: ", tb_table_get(table, row, "explanation"), &text);
    if (text.len)
        tb_node_said(item, "", tb_buf_text(&text));
    tb_buf_clear(&text);
    if (*tb_table_get(table, row, "name")) {
        tb_buf_printf(&text, "%s%s%s:%s", sender, *sender ? "/" : "",
                      tb_table_get(table, row, "name"), tb_table_get(table, row, "line"));
        put_part(view, "  收到 ", "  received ", tb_table_get(table, row, "received"), &text);
        tb_node_said(item, "", tb_buf_text(&text));
    }
    tb_buf_release(&text);
}

static void add_task(const struct tb_question *question, const struct tb_table *table, size_t row,
                     struct tb_node *list)
{
    const struct tb_view *view = question->view;
    const char *status = tb_table_get(table, row, "status"),
               *stage = tb_table_get(table, row, "stage");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s", tb_table_get(table, row, "target"), status_word(view, status));
    if (strcmp(status, stage) != 0 && strcmp(stage, "done") != 0)
        tb_buf_printf(&text, " (%s)", *stage ? status_word(view, stage)
                                             : status_word(view, "not reported"));
    put_part(view, "  ", "  ", tb_table_get(table, row, "percent"), &text);
    if (*tb_table_get(table, row, "percent"))
        tb_buf_puts(&text, "%");
    put_part(view, "  完成于 ", "  completed ", tb_table_get(table, row, "completed"), &text);
    if (strcmp(tb_table_get(table, row, "dated"), "0") == 0)
        tb_buf_puts(&text, tb_view_say(view, "（未填日期，按报告期末计）",
                                       " (no day stated: the end of the period)"));
    put_part(view, "  期限 ", "  due ", tb_table_get(table, row, "due"), &text);
    if (*tb_table_get(table, row, "workdays"))
        tb_view_printf(view, &text, "，超出 %s 天（%s 个工作日）", ", %s days over (%s working days)",
                       tb_table_get(table, row, "days"), tb_table_get(table, row, "workdays"));
    struct tb_node *item = tb_explain_item(list, table, row, &text);
    add_said(question, table, row, item);
}

int tb_explain_tasks(const struct tb_question *question, struct tb_node *root,
                     struct tb_error *err)
{
    if (question->view->profile->indicators[question->indicator].kind != TB_KIND_MILESTONE)
        return 0;
    return tb_explain_rows(question, root, "tasks", tb_view_say(question->view, "任务", "task"),
                           "analyse/tasks.csv", add_task, err);
}
