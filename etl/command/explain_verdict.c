/* explain_verdict.c - the targets of one unit and indicator: what was asked, each
 * operand with its number, what came of it. */
#include "command/explain.h"

#include <string.h>

#include "command/command.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"
#include "tongbao/verification.h"

static const char *verdict_word(const struct tb_view *view, const char *verdict)
{
    static const struct {
        const char *code, *zh;
    } words[] = {
        { "met", "达标" },     { "on_track", "序时" },           { "at_risk", "临近" },
        { "behind", "滞后" },  { "missed", "未达标" },           { "not_due", "未到期" },
        { "no_data", "未报" }, { "not_computable", "无法计算" },
        { "held", "待核" },    { "not_verified", "待认定" },     { "not_completed", "未完成" },
        { "no_target", "无任务数" }, { "exempt", "豁免" },
        { "agrees", "相符" }, { "differs", "不符" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, verdict) == 0)
            return tb_view_say(view, words[i].zh, verdict);
    return verdict;
}

/* "    name      text\n"; nothing for an empty text. */
static void put_field(const struct tb_view *view, struct tb_buf *out, const char *zh,
                      const char *en, const char *text)
{
    if (!text[0])
        return;
    tb_buf_puts(out, "      ");
    tb_text_pad(out, tb_view_say(view, zh, en), 14, false);
    tb_escape_terminal(out, text, strlen(text));
    tb_buf_putc(out, '\n');
}

/* Each "name = number" of the operands on a line of its own. */
static void put_operands(const struct tb_view *view, struct tb_buf *out, const char *operands)
{
    struct tb_buf one = TB_BUF_INIT;
    bool first = true;

    while (*operands) {
        const char *end = strstr(operands, "; ");
        size_t len = end ? (size_t)(end - operands) : strlen(operands);
        tb_buf_clear(&one);
        tb_buf_add(&one, operands, len);
        put_field(view, out, first ? "其中" : "", first ? "where" : "", tb_buf_text(&one));
        first = false;
        operands += len + (end ? 2 : 0);
    }
    tb_buf_release(&one);
}

static void put_flags(const struct tb_view *view, struct tb_buf *out, const struct tb_table *table,
                      size_t row)
{
    if (strcmp(tb_table_get(table, row, "strength"), "stretch") == 0)
        tb_buf_puts(out, tb_view_say(view, "（争取目标）", " (a stretch target)"));
    if (strcmp(tb_table_get(table, row, "strength"), "fact") == 0)
        tb_buf_puts(out, tb_view_say(view, "（公布数据）", " (a published figure)"));
    if (strcmp(tb_table_get(table, row, "provisional"), "1") == 0)
        tb_buf_puts(out, tb_view_say(view, "（暂定）", " (provisional)"));
    if (strcmp(tb_table_get(table, row, "knife_edge"), "1") == 0)
        tb_buf_puts(out, tb_view_say(view, "（临界：按另一口径结果不同）",
                                     " (on the knife edge: another basis would turn it)"));
}

/* The unit of measure of a gap, behind its number. */
static const char *unit_of_gap(const struct tb_view *view, const char *unit)
{
    if (strcmp(unit, "pp") == 0)
        return tb_view_say(view, "个百分点", "pp");
    if (strcmp(unit, "place") == 0)
        return tb_view_say(view, "位", "places");
    return unit;
}

/* "5.3 against 6.1, gap -0.8 pp" */
static void put_comparison(const struct tb_view *view, struct tb_buf *out,
                           const struct tb_table *table, size_t row)
{
    const char *value = tb_table_get(table, row, "value"), *gap = tb_table_get(table, row, "gap");
    struct tb_buf text = TB_BUF_INIT;

    if (value[0])
        tb_view_printf(view, &text, "%s，对照 %s", "%s against %s", value,
                       tb_table_get(table, row, "benchmark"));
    const char *unit = unit_of_gap(view, tb_table_get(table, row, "unit_measure"));
    if (gap[0])
        tb_view_printf(view, &text, "，差距 %s%s%s", ", gap %s%s%s", gap, unit[0] ? " " : "", unit);
    put_field(view, out, "数值", "figure", tb_buf_text(&text));
    tb_buf_release(&text);
}

static void put_place(const struct tb_view *view, struct tb_buf *out, const struct tb_table *table,
                      size_t row)
{
    const char *rank = tb_table_get(table, row, "rank");
    const char *movement = tb_table_get(table, row, "movement");
    bool tied = strcmp(tb_table_get(table, row, "tied"), "1") == 0;
    struct tb_buf text = TB_BUF_INIT;

    if (rank[0] && strcmp(rank, "0") != 0)
        tb_view_printf(view, &text, "第 %s 位（共 %s）%s", "%s of %s%s", rank,
                       tb_table_get(table, row, "ranked"),
                       !tied ? "" : tb_view_say(view, "，并列", ", tied"));
    if (text.len && movement[0])
        tb_view_printf(view, &text, "，变动 %s", ", moved %s", movement);
    put_field(view, out, "位次", "place", tb_buf_text(&text));
    tb_buf_release(&text);
}

/* The value of `name` in "need=6.7;periods_left=6", or an empty text. */
static void part_of(const char *text, const char *name, struct tb_buf *out)
{
    size_t len = strlen(name);

    tb_buf_clear(out);
    for (; *text; text += strcspn(text, ";"), text += *text == ';')
        if (strncmp(text, name, len) == 0 && text[len] == '=')
            tb_buf_add(out, text + len + 1, strcspn(text + len + 1, ";"));
}

/* What would have met the target. */
static void put_catch_up(const struct tb_view *view, struct tb_buf *out, const char *text)
{
    static const struct {
        const char *name, *zh, *en;
    } parts[] = { { "need", "达到 ", "a figure of " },
                  { "rank_value", "所求位次需 ", "for the place " },
                  { "per_period", "此后每期 ", "each period left " },
                  { "periods_left", "剩余期数 ", "periods left " } };
    struct tb_buf one = TB_BUF_INIT, line = TB_BUF_INIT;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        part_of(text, parts[i].name, &one);
        if (one.len)
            tb_buf_printf(&line, "%s%s%s", line.len ? tb_view_say(view, "；", "; ") : "",
                          tb_view_say(view, parts[i].zh, parts[i].en), tb_buf_text(&one));
    }
    put_field(view, out, "补齐", "would take", tb_buf_text(&line));
    tb_buf_release(&one);
    tb_buf_release(&line);
}

static void put_department(const struct tb_view *view, struct tb_buf *out, const char *code)
{
    const struct tb_profile *profile = view->profile;

    for (size_t i = 0; i < profile->n_departments; i++)
        if (strcmp(profile->departments[i].code, code) == 0)
            put_field(view, out, "责任单位", "answers",
                      tb_view_say(view, profile->departments[i].name_zh,
                                  profile->departments[i].name_en));
}

/* The words of the document that the target came from. */
static const char *target_note(const struct tb_view *view, const char *code)
{
    for (size_t i = 0; i < view->profile->n_targets; i++)
        if (strcmp(view->profile->targets[i].code, code) == 0)
            return view->profile->targets[i].note;
    return "";
}

static const char *state_name(const struct tb_view *view, const char *code)
{
    for (size_t s = 0; s < view->profile->n_states; s++)
        if (strcmp(view->profile->states[s].code, code) == 0)
            return tb_state_name(view->profile, (int64_t)s + 1, view->lang);
    return code;
}

/* The state of verification that the verdict rests on, and what decides it. */
static void put_state(const struct tb_view *view, struct tb_buf *out, const struct tb_table *table,
                      size_t row)
{
    const char *state = tb_table_get(table, row, "state"), *lacks = tb_table_get(table, row, "lacks");
    struct tb_buf text = TB_BUF_INIT;

    if (!state[0] && !lacks[0])
        return;
    tb_buf_puts(&text, state[0] ? state_name(view, state) : tb_view_say(view, "无", "none"));
    if (lacks[0])
        tb_view_printf(view, &text, strcmp(state, lacks) == 0 ? "，%s不合格" : "，缺%s",
                       strcmp(state, lacks) == 0 ? "; %s: not passed" : "; %s is lacking",
                       state_name(view, lacks));
    put_field(view, out, "认定状态", "verification", tb_buf_text(&text));
    tb_buf_release(&text);
}

/* The projection of the target's year, from the other table; nothing without its row. */
static void put_outlook(const struct tb_question *question, struct tb_buf *out,
                        const struct tb_table *outlook, const char *target)
{
    const struct tb_view *view = question->view;
    struct tb_buf projection = TB_BUF_INIT, chance = TB_BUF_INIT, needed = TB_BUF_INIT;
    int32_t row = tb_explain_outlook_row(question, outlook, target);

    if (row >= 0) {
        tb_explain_outlook(view, outlook, (size_t)row, &projection, &chance, &needed);
        put_field(view, out, "预计", "projection", tb_buf_text(&projection));
        put_field(view, out, "达到的可能", "chance", tb_buf_text(&chance));
        put_field(view, out, "其余时期", "the rest", tb_buf_text(&needed));
    }
    out->failed |= projection.failed || chance.failed || needed.failed;
    tb_buf_release(&projection);
    tb_buf_release(&chance);
    tb_buf_release(&needed);
}

static void put_verdict(const struct tb_question *question, struct tb_buf *out,
                        const struct tb_table *table, size_t row, const struct tb_table *outlook)
{
    const struct tb_view *view = question->view;

    tb_buf_printf(out, "  %s  %s", tb_table_get(table, row, "target"),
                  verdict_word(view, tb_table_get(table, row, "verdict")));
    put_flags(view, out, table, row);
    tb_buf_putc(out, '\n');
    put_state(view, out, table, row);
    put_field(view, out, "目标", "target", target_note(view, tb_table_get(table, row, "target")));
    put_field(view, out, "规则", "rule", tb_table_get(table, row, "rule"));
    put_field(view, out, "目标调整", "changed", tb_table_get(table, row, "change"));
    put_field(view, out, "豁免依据", "exempt by", tb_table_get(table, row, "exemption"));
    put_operands(view, out, tb_table_get(table, row, "operands"));
    put_comparison(view, out, table, row);
    put_place(view, out, table, row);
    put_field(view, out, "原因", "because", tb_table_get(table, row, "reason"));
    put_field(view, out, "涉及", "through", tb_table_get(table, row, "culprits"));
    put_catch_up(view, out, tb_table_get(table, row, "catch_up"));
    put_outlook(question, out, outlook, tb_table_get(table, row, "target"));
    put_field(view, out, "连续未达期数", "periods unmet", tb_table_get(table, row, "streak"));
    put_field(view, out, "期限", "due", tb_table_get(table, row, "due"));
    put_department(view, out, tb_table_get(table, row, "department"));
}

/* verdicts.csv holds the run's own period whole. */
static int from_verdicts(const struct tb_question *question, struct tb_buf *out, size_t *n,
                         struct tb_error *err)
{
    const struct tb_view *view = question->view;
    const char *unit = view->profile->units[question->unit].code;
    const char *indicator = view->profile->indicators[question->indicator].code;
    struct tb_table *table = tb_view_table(view, "analyse/verdicts.csv", err);
    struct tb_table *outlook = NULL;

    /* A run of an earlier version has no outlook. */
    if (!table || (tb_view_has(view, "analyse/outlook.csv") &&
                   !(outlook = tb_view_table(view, "analyse/outlook.csv", err)))) {
        tb_table_free(table);
        return -1;
    }
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        if (strcmp(tb_table_get(table, row, "unit"), unit) != 0 ||
            strcmp(tb_table_get(table, row, "indicator"), indicator) != 0)
            continue;
        put_verdict(question, out, table, row, outlook);
        (*n)++;
    }
    tb_table_free(outlook);
    tb_table_free(table);
    return 0;
}

/* The target of that code, when it is one on the indicator asked for. */
static bool is_target_of(const struct tb_question *question, const char *code)
{
    const struct tb_profile *profile = question->view->profile;

    for (size_t i = 0; i < profile->n_targets; i++)
        if (strcmp(profile->targets[i].code, code) == 0)
            return (size_t)profile->targets[i].indicator == question->indicator;
    return false;
}

/* Of periods before, the run keeps the verdict alone. */
static int from_history(const struct tb_question *question, struct tb_buf *out, size_t *n,
                        struct tb_error *err)
{
    const struct tb_view *view = question->view;
    const char *unit = view->profile->units[question->unit].code;
    char period[TB_PERIOD_TEXT];
    struct tb_table *table = tb_view_table(view, "analyse/history.csv", err);

    if (!table)
        return -1;
    tb_period_format(question->period, period);
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        const char *target = tb_table_get(table, row, "target");
        if (strcmp(tb_table_get(table, row, "unit"), unit) != 0 ||
            strcmp(tb_table_get(table, row, "period"), period) != 0 ||
            !is_target_of(question, target))
            continue;
        tb_buf_printf(out, "  %s  %s\n", target,
                      verdict_word(view, tb_table_get(table, row, "verdict")));
        put_field(view, out, "目标", "target", target_note(view, target));
        (*n)++;
    }
    if (*n)
        tb_view_printf(view, out,
                       "  本期不是该次运行的期别：只留有判定，规则各项请用 tongbao rule 查看\n",
                       "  the run is of another period and keeps the verdict alone; tongbao rule "
                       "shows the numbers\n");
    tb_table_free(table);
    return 0;
}

int tb_explain_verdicts(const struct tb_question *question, struct tb_buf *out,
                        struct tb_error *err)
{
    const struct tb_view *view = question->view;
    size_t n = 0;

    tb_buf_printf(out, "\n%s\n", tb_view_say(view, "判定", "verdicts"));
    int rc = view->of_period ? from_verdicts(question, out, &n, err)
                             : from_history(question, out, &n, err);
    if (rc == 0 && n == 0)
        tb_buf_printf(out, "  %s\n",
                      tb_view_say(view, "本期没有针对该单位、该指标的目标",
                                  "no target on this unit and indicator in this period"));
    return rc;
}
