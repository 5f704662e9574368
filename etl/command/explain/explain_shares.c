/* explain_shares.c - what it would take to move, how sure the place is, what the figure gave
 * to totals and to scores, and what is proposed upon it: what_if, rank_confidence,
 * contributions, score_parts, consequences. */
#include "command/explain/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

enum { PARTS_SHOWN = 10 };

/* Whether a row of a table is about the unit and the indicator, in its columns of that name. */
static bool in_column(const struct tb_table *table, size_t row, const char *column,
                      const char *code)
{
    return strcmp(tb_table_get(table, row, column), code) == 0;
}

static const char *unit_code(const struct tb_question *question)
{
    return question->view->profile->units[question->unit].code;
}

static const char *indicator_code(const struct tb_question *question)
{
    return question->view->profile->indicators[question->indicator].code;
}

static const char *group_name(const struct tb_question *question, const char *code)
{
    const struct tb_profile *profile = question->view->profile;
    int32_t group = tb_profile_group(profile, code, strlen(code));

    return group < 0 ? code : tb_group_name(&profile->groups[group], question->view->lang);
}

/* What a row of what_if.csv is after, in words. */
static void put_aim(const struct tb_question *question, const struct tb_table *table, size_t row,
                    struct tb_buf *out)
{
    static const struct {
        const char *code, *zh, *en;
    } aims[] = {
        { "next", "进到第 %s 位", "place %s" },
        { "regain", "回到第 %s 位", "place %s again" },
        { "front", "进入前列（前 %s 位）", "among the first %s" },
        { "bottom", "离开后 %s 位", "out of the last %s" },
        { "average", "高于平均%s", "above the average%s" },
    };
    const char *aim = tb_table_get(table, row, "aim"), *k = tb_table_get(table, row, "k");

    for (size_t i = 0; i < sizeof aims / sizeof *aims; i++) {
        if (strcmp(aims[i].code, aim) != 0)
            continue;
        const char *text = tb_view_say(question->view, aims[i].zh, aims[i].en);
        const char *mark = strstr(text, "%s");
        tb_buf_add(out, text, (size_t)(mark - text));
        tb_buf_puts(out, k);
        tb_buf_puts(out, mark + 2);
    }
}

static void add_aim(const struct tb_question *question, const struct tb_table *table, size_t row,
                    struct tb_node *list)
{
    const char *amount = tb_table_get(table, row, "amount");
    const char *each = tb_table_get(table, row, "per_period");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s, %s  ", group_name(question, tb_table_get(table, row, "group")),
                  tb_table_get(table, row, "measure"));
    put_aim(question, table, row, &text);
    tb_view_printf(question->view, &text, "：达到 %s（差 %s）", ": a figure of %s (%s more)",
                   tb_table_get(table, row, "need"), tb_table_get(table, row, "gap"));
    if (amount[0])
        tb_view_printf(question->view, &text, "，即增加 %s", ", that is an amount of %s", amount);
    if (each[0])
        tb_view_printf(question->view, &text, "，此后每期 %s", ", %s each period left", each);
    tb_explain_item(list, table, row, &text);
}

static void add_certainty(const struct tb_question *question, const struct tb_table *table,
                          size_t row, struct tb_node *list)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_view_printf(question->view, &text, "%s, %s  第 %s 位，可能在 %s 至 %s（据 %s）",
                   "%s, %s  place %s, likely between %s and %s (by %s)",
                   group_name(question, tb_table_get(table, row, "group")),
                   tb_table_get(table, row, "measure"), tb_table_get(table, row, "rank"),
                   tb_table_get(table, row, "rank_p05"), tb_table_get(table, row, "rank_p95"),
                   tb_table_get(table, row, "basis"));
    tb_explain_item(list, table, row, &text);
}

/* A row of contributions.csv: the unit's in a group, the parts of the indicator in the unit,
 * or the indicator as a part of another. */
static bool is_contribution(const struct tb_question *question, const struct tb_table *table,
                            size_t row)
{
    const char *unit = unit_code(question), *indicator = indicator_code(question);

    if (in_column(table, row, "level", "group"))
        return in_column(table, row, "member", unit) &&
               in_column(table, row, "indicator", indicator);
    return in_column(table, row, "total", unit) &&
           (in_column(table, row, "indicator", indicator) ||
            in_column(table, row, "member", indicator));
}

static void add_contribution(const struct tb_question *question, const struct tb_table *table,
                             size_t row, struct tb_node *list)
{
    const char *share = tb_table_get(table, row, "share");
    bool in_group = in_column(table, row, "level", "group");
    struct tb_buf text = TB_BUF_INIT;

    if (!is_contribution(question, table, row))
        return;
    tb_view_printf(question->view, &text,
                   in_group ? "对%s %s：拉动 %s 个百分点" : "%s 的 %s：拉动 %s 个百分点",
                   in_group ? "to %s, %s: %s points" : "%s in %s: %s points",
                   in_group ? group_name(question, tb_table_get(table, row, "total"))
                            : tb_table_get(table, row, "member"),
                   tb_table_get(table, row, in_group ? "measure" : "indicator"),
                   tb_table_get(table, row, "contribution"));
    tb_view_printf(question->view, &text, "（总体 %s%%）", " of %s %%",
                   tb_table_get(table, row, "growth_of_total"));
    if (share[0])
        tb_view_printf(question->view, &text, "，贡献率 %s%%", ", share %s %%", share);
    tb_explain_item(list, table, row, &text);
}

static void add_score(const struct tb_question *question, const struct tb_table *table, size_t row,
                      struct tb_node *list)
{
    const char *change = tb_table_get(table, row, "change");
    const char *note = tb_table_get(table, row, "note");
    struct tb_buf text = TB_BUF_INIT;

    tb_view_printf(question->view, &text, "%s：%s 分，权重 %s%%，计入 %s",
                   "%s: %s points, weight %s %%, gives %s",
                   group_name(question, tb_table_get(table, row, "group")),
                   tb_table_get(table, row, "points"), tb_table_get(table, row, "weight_pct"),
                   tb_table_get(table, row, "now"));
    if (change[0])
        tb_view_printf(question->view, &text, "；较 %s 变动 %s 分，位次 %s",
                       "; since %s %s points of the score, %s places",
                       tb_table_get(table, row, "before"), change,
                       tb_table_get(table, row, "places"));
    if (note[0])
        tb_buf_printf(&text, "  [%s]", note);
    tb_explain_item(list, table, row, &text);
}

/* A row of consequences.csv: a proposal for people, or what they made of it. */
static void add_proposal(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_node *list)
{
    const char *facts = tb_table_get(table, row, "facts");
    const char *caveats = tb_table_get(table, row, "caveats");
    const struct tb_view *view = question->view;
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s  [%s]  %s", tb_table_get(table, row, "consequence"),
                  tb_table_get(table, row, "what"), tb_table_get(table, row, "state"),
                  tb_table_get(table, row, "rule"));
    struct tb_node *item = tb_explain_item(list, table, row, &text);
    tb_node_parts(item, NULL, tb_view_say(view, "依据", "facts"), facts, "; ", PARTS_SHOWN);
    if (tb_table_get(table, row, "decided_on")[0]) {
        tb_buf_printf(&text, "%s %s %s", tb_table_get(table, row, "decided_on"),
                      tb_table_get(table, row, "decided_by"), tb_table_get(table, row, "document"));
        tb_node_said(item, tb_view_say(view, "决定", "decided"), tb_buf_text(&text));
        tb_buf_release(&text);
    }
    tb_node_parts(item, NULL, tb_view_say(view, "提示", "caveats"), caveats, "; ", PARTS_SHOWN);
}

/* The rows of a file about unit and indicator; what they are of is the run's period. */
static int add_rows(const struct tb_question *question, struct tb_node *list, const char *file,
                    bool named, tb_explain_row *add, struct tb_error *err)
{
    const struct tb_view *view = question->view;

    if (!tb_explain_of_run(question) || !tb_view_has(view, file))
        return 0;
    struct tb_table *table = tb_view_table(view, file, err);
    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++)
        if (!named || (in_column(table, row, "unit", unit_code(question)) &&
                       in_column(table, row, "indicator", indicator_code(question))))
            add(question, table, row, list);
    tb_table_free(table);
    return 0;
}

int tb_explain_shares(const struct tb_question *question, struct tb_node *root,
                      struct tb_error *err)
{
    static const struct {
        const char *name, *zh, *en, *file;
        bool named;
        tb_explain_row *add;
    } lists[] = {
        { "reach", "需要多少", "what it would take", "analyse/what_if.csv", true, add_aim },
        { "certainty", "位次的把握", "how sure the place is", "analyse/rank_confidence.csv", true,
          add_certainty },
        { "contributions", "拉动与贡献", "contributions", "analyse/contributions.csv", false,
          add_contribution },
        { "score_parts", "对得分的影响", "part of the score", "analyse/score_parts.csv", true,
          add_score },
        { "proposals", "拟采取的措施", "proposed", "analyse/consequences.csv", true, add_proposal },
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct tb_node *list = tb_node_list(
            root, lists[i].name, tb_view_say(question->view, lists[i].zh, lists[i].en));
        if (add_rows(question, list, lists[i].file, lists[i].named, lists[i].add, err) < 0)
            return -1;
    }
    return 0;
}
