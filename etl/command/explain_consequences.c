/* explain_consequences.c - what the rules call for on a figure, and what was decided: the rows
 * of consequences.csv. */
#include "command/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/consequence.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static const char *kind_word(const struct tb_view *view, const char *what)
{
    for (int k = 0; k < TB_N_CONSEQUENCE_KINDS; k++)
        if (strcmp(tb_consequence_kind_code((enum tb_consequence_kind)k), what) == 0)
            return tb_view_say(view, tb_consequence_kind_zh((enum tb_consequence_kind)k), what);
    return what;
}

static const char *state_word(const struct tb_view *view, const char *state)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "proposed", "建议", "proposed" },
        { "needs_decision", "须研究决定", "needs a decision" },
        { "not_yet", "未到时候", "not yet" },
        { "done", "已办理", "done" },
        { "overdue", "逾期未销号", "done, overdue" },
        { "declined", "不采纳", "declined" },
        { "closed", "已销号", "closed" },
        { "recorded", "已记录", "recorded" },
        { "undecided", "上期建议，未决定", "proposed before, not decided" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, state) == 0)
            return tb_view_say(view, words[i].zh, words[i].en);
    return state;
}

static void add_part(struct tb_buf *line, const char *before, const char *text, const char *after)
{
    if (*text)
        tb_buf_printf(line, "%s%s%s", before, text, after);
}

static void add_row(const struct tb_question *question, const struct tb_table *t, size_t row,
                    struct tb_node *list)
{
    const struct tb_view *view = question->view;
    struct tb_buf line = TB_BUF_INIT;

    tb_buf_printf(&line, "%s  %s", kind_word(view, tb_table_get(t, row, "what")),
                  state_word(view, tb_table_get(t, row, "state")));
    add_part(&line, " ", tb_table_get(t, row, "decided_on"), "");
    add_part(&line, " ", tb_table_get(t, row, "document"), "");
    add_part(&line, tb_view_say(view, "，期限", ", by "), tb_table_get(t, row, "due"), "");
    add_part(&line, "  ", tb_table_get(t, row, "rule"), "");
    add_part(&line, "  [", tb_table_get(t, row, "facts"), "]");
    add_part(&line, "  ", tb_table_get(t, row, "neighbours"), "");
    add_part(&line, "  (", tb_table_get(t, row, "caveats"), ")");
    tb_explain_item(list, t, row, &line);
}

int tb_explain_consequences(const struct tb_question *question, struct tb_node *root,
                            struct tb_error *err)
{
    return tb_explain_rows(question, root, "consequences",
                           tb_view_say(question->view, "规则所建议的处理",
                                       "what the rules call for"),
                           "analyse/consequences.csv", add_row, err);
}
