/* explain_outlook.c - where the year leads for a target, and what its next period would be:
 * the rows of outlook.csv and early_warning.csv. */
#include "command/explain/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

/* The row of a target and the question's unit (NULL: no table), or -1. */
static int32_t find_row(const struct tb_question *question, const struct tb_table *table,
                        const char *target)
{
    const char *unit = question->view->profile->units[question->unit].code;

    for (size_t row = 0; table && row < tb_table_rows(table); row++)
        if (strcmp(tb_table_get(table, row, "target"), target) == 0 &&
            strcmp(tb_table_get(table, row, "unit"), unit) == 0)
            return (int32_t)row;
    return -1;
}

static const char *reason_words(const struct tb_view *view, const char *reason)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "not_cumulative", "存量或比率，全年不累加，不作预计",
          "not computable: a stock or a rate does not add up over the year" },
        { "published_growth", "增速为公布数（可比价），不能换算成总量",
          "not computable: the growth is published, its base is not last year's level" },
        { "no_goal", "缺目标数或上年数",
          "not computable: the amount or last year's figure is missing" },
        { "no_figure", "本期无数", "no figure" },
        { "no_past_year", "无往年数", "no past year" },
        { "under_four_years", "往年不足四年，只给范围",
          "fewer than four past years: the range only" },
        { "past_years_alike", "往年比重全同，不给概率",
          "past years all alike: no chance can be told" },
        { "under_eight_values", "数值不足八期，不作趋势", "fewer than eight values: no trend" },
        { "on_a_line", "数值全在一条线上，不给概率", "all values on a line: no chance can be told" },
        { "no_time_left", "已无余下时期", "no period is left" },
        { "no_solution", "趋势不能求得", "no trend could be drawn" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, reason) == 0)
            return tb_view_say(view, words[i].zh, words[i].en);
    return reason;
}

static const char *chance_word(const struct tb_view *view, const char *word)
{
    static const struct {
        const char *code, *zh;
    } words[] = { { "likely", "很可能" },
                  { "possible", "有可能" },
                  { "unlikely", "可能性小" },
                  { "reached", "已达到" },
                  { "exceeded", "已超过" } };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, word) == 0)
            return tb_view_say(view, words[i].zh, word);
    return word;
}

/* "from 5 years", or of a stock or a rate the line that it was drawn on by. */
static void put_basis(const struct tb_view *view, const struct tb_table *table, size_t row,
                      struct tb_buf *out)
{
    const char *n = tb_table_get(table, row, "years");

    if (strcmp(tb_table_get(table, row, "method"), "trend") == 0)
        tb_view_printf(view, out, "，据 %s 期数值的趋势", ", by the trend of %s values", n);
    else
        tb_view_printf(view, out, "，据 %s 年", ", from %s years", n);
}

static void put_projection(const struct tb_view *view, const struct tb_table *table, size_t row,
                           struct tb_buf *out)
{
    const char *value = tb_table_get(table, row, "projection");
    const char *low = tb_table_get(table, row, "low");
    const char *reason = tb_table_get(table, row, "reason");

    if (value[0])
        tb_view_printf(view, out, "%s（80%% 区间 %s 至 %s），到 %s",
                       "%s (80 %%: %s to %s) by %s", value, low,
                       tb_table_get(table, row, "high"), tb_table_get(table, row, "end"));
    else if (low[0])
        tb_view_printf(view, out, "%s 至 %s，到 %s", "from %s to %s by %s", low,
                       tb_table_get(table, row, "high"), tb_table_get(table, row, "end"));
    if (low[0])
        put_basis(view, table, row, out);
    if (low[0])
        tb_buf_puts(out, tb_view_say(view, "；推算数（F）", "; an estimate (F)"));
    if (reason[0])
        tb_buf_printf(out, "%s%s", out->len ? tb_view_say(view, "；", "; ") : "",
                      reason_words(view, reason));
}

static void put_needed(const struct tb_view *view, const struct tb_table *table, size_t row,
                       struct tb_buf *out)
{
    const char *required = tb_table_get(table, row, "required");

    if (!required[0])
        return;
    tb_view_printf(view, out, "此后每期 %s", "%s each period left", required);
    if (tb_table_get(table, row, "pace_multiple")[0])
        tb_view_printf(view, out, "，为此前的 %s 倍", ", %s times the pace so far",
                       tb_table_get(table, row, "pace_multiple"));
    if (tb_table_get(table, row, "rest_growth")[0])
        tb_view_printf(view, out, "；余下时期需增长 %s%%", "; growth of %s %% for the rest",
                       tb_table_get(table, row, "rest_growth"));
}

void tb_explain_outlook(const struct tb_question *question, const struct tb_table *table,
                        const char *target, struct tb_node *verdict)
{
    const struct tb_view *view = question->view;
    int32_t found = find_row(question, table, target);
    size_t row = (size_t)found;
    struct tb_buf text = TB_BUF_INIT;

    if (found < 0)
        return;
    struct tb_node *outlook = tb_node_object(verdict, "outlook");
    tb_node_columns(outlook, table, row);
    put_projection(view, table, row, &text);
    tb_node_said(outlook, tb_view_say(view, "预计", "projection"), tb_buf_text(&text));
    tb_buf_clear(&text);
    if (tb_table_get(table, row, "words")[0])
        tb_view_printf(view, &text, "%s（%s）", "%s (%s)",
                       chance_word(view, tb_table_get(table, row, "words")),
                       tb_table_get(table, row, "probability"));
    tb_node_said(outlook, tb_view_say(view, "达到的可能", "chance"), tb_buf_text(&text));
    tb_buf_clear(&text);
    put_needed(view, table, row, &text);
    tb_node_said(outlook, tb_view_say(view, "其余时期", "the rest"), tb_buf_text(&text));
    tb_buf_release(&text);
}

static const char *method_words(const struct tb_view *view, const char *method)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "shares", "按往年进度", "as past years did" },
        { "few_shares", "按往年进度（不足四年）", "as past years did, fewer than four" },
        { "pace", "按今年平均进度", "at this year's pace" },
        { "stays", "按不变", "as it is" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, method) == 0)
            return tb_view_say(view, words[i].zh, words[i].en);
    return method;
}

void tb_explain_next(const struct tb_question *question, const struct tb_table *table,
                     const char *target, struct tb_node *verdict)
{
    const struct tb_view *view = question->view;
    int32_t found = find_row(question, table, target);
    size_t row = (size_t)found;
    struct tb_buf text = TB_BUF_INIT;

    if (found < 0)
        return;
    const char *chance = tb_table_get(table, row, "probability");
    struct tb_node *next = tb_node_object(verdict, "next_period");
    tb_node_columns(next, table, row);
    tb_buf_printf(&text, "%s %s", tb_table_get(table, row, "next"),
                  tb_explain_verdict_word(view, tb_table_get(table, row, "then")));
    if (tb_table_get(table, row, "value")[0])
        tb_view_printf(view, &text, "：%s，对照 %s（%s；推算数 F）", ": %s against %s (%s; an estimate, F)",
                       tb_table_get(table, row, "value"), tb_table_get(table, row, "benchmark"),
                       method_words(view, tb_table_get(table, row, "method")));
    if (chance[0])
        tb_view_printf(view, &text, "，达到的概率 %s", ", chance %s", chance);
    tb_node_said(next, tb_view_say(view, "照此下期", "next period"), tb_buf_text(&text));
    tb_buf_release(&text);
}
