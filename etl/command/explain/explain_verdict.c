/* explain_verdict.c - the targets of one unit and indicator: what was asked, each
 * operand with its number, what came of it. */
#include "command/explain/explain.h"

#include <string.h>

#include "command/command.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/conflict.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/verification.h"

enum { OPERANDS_SHOWN = 12, CULPRITS_SHOWN = 10 };

/* A labelled value in words; nothing for an empty one. */
static void say(const struct tb_view *view, struct tb_node *verdict, const char *zh, const char *en,
                struct tb_buf *text)
{
    tb_node_said(verdict, tb_view_say(view, zh, en), text->failed ? NULL : tb_buf_text(text));
    tb_buf_release(text);
}

static void say_text(const struct tb_view *view, struct tb_node *verdict, const char *zh,
                     const char *en, const char *text)
{
    tb_node_said(verdict, tb_view_say(view, zh, en), text);
}

/* A single operand, "name = number". */
static void add_operand(struct tb_node *list, const char *text, size_t len, const char *label,
                        bool shown)
{
    struct tb_buf part = TB_BUF_INIT;
    const char *equals = memmem(text, len, " = ", 3);
    struct tb_node *item = tb_node_item(list, NULL);

    tb_buf_add(&part, text, equals ? (size_t)(equals - text) : len);
    tb_node_value(item, "name", tb_buf_text(&part));
    tb_buf_clear(&part);
    if (equals)
        tb_buf_add(&part, equals + 3, len - (size_t)(equals - text) - 3);
    tb_node_value(item, "value", tb_buf_text(&part));
    tb_buf_clear(&part);
    tb_buf_add(&part, text, len);
    if (shown)
        tb_node_said(item, label, tb_buf_text(&part));
    tb_buf_release(&part);
}

/* Each "name = number" of the operands, the first ones shown. */
static void add_operands(const struct tb_view *view, struct tb_node *verdict, const char *operands)
{
    struct tb_node *list = tb_node_list(verdict, "operand_list", NULL);
    size_t n = 0;

    while (*operands) {
        const char *end = strstr(operands, "; ");
        size_t len = end ? (size_t)(end - operands) : strlen(operands);
        add_operand(list, operands, len, n == 0 ? tb_view_say(view, "其中", "where") : " ",
                    n < OPERANDS_SHOWN);
        n++;
        operands += len + (end ? 2 : 0);
    }
    if (n <= OPERANDS_SHOWN)
        return;
    struct tb_buf text = TB_BUF_INIT;
    tb_view_printf(view, &text, "……另有 %zu 个数", "... and %zu more numbers", n - OPERANDS_SHOWN);
    tb_node_note(list, tb_buf_text(&text));
    tb_buf_release(&text);
}

static void put_conflict(const struct tb_view *view, struct tb_buf *out,
                         const struct tb_table *table, size_t row)
{
    static const char *const zh[TB_N_CONFLICTS] = {
        [TB_CONFLICT_DUPLICATE] = "（与目标 %s 重复，不另计）",
        [TB_CONFLICT_YIELDS] = "（与目标 %s 冲突，以该目标为准，不计）",
        [TB_CONFLICT_BINDS] = "（与目标 %s 冲突，以本目标为准）",
        [TB_CONFLICT_BOTH] = "（与目标 %s 并列提出）",
    };
    static const char *const en[TB_N_CONFLICTS] = {
        [TB_CONFLICT_DUPLICATE] = " (repeats target %s: not counted again)",
        [TB_CONFLICT_YIELDS] = " (conflicts with target %s, which binds: not counted)",
        [TB_CONFLICT_BINDS] = " (goes before target %s)",
        [TB_CONFLICT_BOTH] = " (stated beside target %s)",
    };
    enum tb_conflict conflict = tb_conflict_find(tb_table_get(table, row, "conflict"));
    const char *text = zh[conflict] ? tb_view_say(view, zh[conflict], en[conflict]) : NULL;

    if (!text)
        return;
    const char *mark = strstr(text, "%s");
    tb_buf_add(out, text, (size_t)(mark - text));
    tb_buf_puts(out, tb_table_get(table, row, "conflict_with"));
    tb_buf_puts(out, mark + 2);
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
    put_conflict(view, out, table, row);
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
static void say_comparison(const struct tb_view *view, struct tb_node *verdict,
                           const struct tb_table *table, size_t row)
{
    const char *value = tb_table_get(table, row, "value"), *gap = tb_table_get(table, row, "gap");
    const char *unit = unit_of_gap(view, tb_table_get(table, row, "unit_measure"));
    struct tb_buf text = TB_BUF_INIT;

    if (value[0])
        tb_view_printf(view, &text, "%s，对照 %s", "%s against %s", value,
                       tb_table_get(table, row, "benchmark"));
    if (gap[0])
        tb_view_printf(view, &text, "，差距 %s%s%s", ", gap %s%s%s", gap, unit[0] ? " " : "", unit);
    say(view, verdict, "数值", "figure", &text);
}

static void say_place(const struct tb_view *view, struct tb_node *verdict,
                      const struct tb_table *table, size_t row)
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
    say(view, verdict, "位次", "place", &text);
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
static void say_catch_up(const struct tb_view *view, struct tb_node *verdict, const char *text)
{
    static const struct {
        const char *name, *zh, *en;
    } parts[] = { { "need", "达到 ", "a figure of " },
                  { "rank_value", "所求位次需 ", "for the place " },
                  { "per_period", "此后每期 ", "each period left " },
                  { "periods_left", "剩余期数 ", "periods left " } };
    struct tb_node *object = tb_node_object(verdict, "would_take");
    struct tb_buf one = TB_BUF_INIT, line = TB_BUF_INIT;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        part_of(text, parts[i].name, &one);
        tb_node_value(object, parts[i].name, tb_buf_text(&one));
        if (one.len)
            tb_buf_printf(&line, "%s%s%s", line.len ? tb_view_say(view, "；", "; ") : "",
                          tb_view_say(view, parts[i].zh, parts[i].en), tb_buf_text(&one));
    }
    tb_buf_release(&one);
    say(view, verdict, "补齐", "would take", &line);
}

static void say_department(const struct tb_view *view, struct tb_node *verdict, const char *code)
{
    const struct tb_profile *profile = view->profile;

    for (size_t i = 0; i < profile->n_departments; i++) {
        const struct tb_department *department = &profile->departments[i];
        if (strcmp(department->code, code) != 0)
            continue;
        say_text(view, verdict, "责任单位", "answers",
                 tb_view_say(view, department->name_zh, department->name_en));
        tb_node_value(verdict, "department_zh", department->name_zh);
        tb_node_value(verdict, "department_en", department->name_en);
    }
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
static void say_state(const struct tb_view *view, struct tb_node *verdict,
                      const struct tb_table *table, size_t row)
{
    const char *state = tb_table_get(table, row, "state"),
               *lacks = tb_table_get(table, row, "lacks");
    struct tb_buf text = TB_BUF_INIT;

    if (!state[0] && !lacks[0])
        return;
    tb_buf_puts(&text, state[0] ? state_name(view, state) : tb_view_say(view, "无", "none"));
    if (lacks[0])
        tb_view_printf(view, &text, strcmp(state, lacks) == 0 ? "，%s不合格" : "，缺%s",
                       strcmp(state, lacks) == 0 ? "; %s: not passed" : "; %s is lacking",
                       state_name(view, lacks));
    say(view, verdict, "认定状态", "verification", &text);
}

static struct tb_node *begin_verdict(const struct tb_view *view, struct tb_node *list,
                                     const struct tb_table *table, size_t row)
{
    const char *target = tb_table_get(table, row, "target");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s", target, tb_explain_verdict_word(view, tb_table_get(table, row, "verdict")));
    put_flags(view, &text, table, row);
    struct tb_node *verdict = tb_explain_item(list, table, row, &text);
    tb_node_value(verdict, "note", target_note(view, target));
    return verdict;
}

/* The tables of the run that verdicts are told from; a run of an earlier version lacks some. */
struct tables {
    struct tb_table *verdicts, *outlook, *warnings;
};

static void add_verdict(const struct tb_question *question, struct tb_node *list,
                        const struct tables *tables, size_t row)
{
    const struct tb_view *view = question->view;
    const struct tb_table *table = tables->verdicts;
    const char *target = tb_table_get(table, row, "target");
    struct tb_node *verdict = begin_verdict(view, list, table, row);

    say_state(view, verdict, table, row);
    say_text(view, verdict, "目标", "target", target_note(view, target));
    say_text(view, verdict, "规则", "rule", tb_table_get(table, row, "rule"));
    say_text(view, verdict, "目标调整", "changed", tb_table_get(table, row, "change"));
    say_text(view, verdict, "豁免依据", "exempt by", tb_table_get(table, row, "exemption"));
    add_operands(view, verdict, tb_table_get(table, row, "operands"));
    say_comparison(view, verdict, table, row);
    say_place(view, verdict, table, row);
    say_text(view, verdict, "原因", "because", tb_table_get(table, row, "reason"));
    tb_node_parts(verdict, NULL, tb_view_say(view, "涉及", "through"),
                  tb_table_get(table, row, "culprits"), ";", CULPRITS_SHOWN);
    tb_node_parts(verdict, NULL, tb_view_say(view, "各期", "periods"),
                  tb_table_get(table, row, "periods"), ";", CULPRITS_SHOWN);
    say_catch_up(view, verdict, tb_table_get(table, row, "catch_up"));
    tb_explain_outlook(question, tables->outlook, target, verdict);
    tb_explain_next(question, tables->warnings, target, verdict);
    say_text(view, verdict, "连续未达期数", "periods unmet", tb_table_get(table, row, "streak"));
    say_text(view, verdict, "期限", "due", tb_table_get(table, row, "due"));
    say_department(view, verdict, tb_table_get(table, row, "department"));
}

static int open_tables(const struct tb_view *view, struct tables *out, struct tb_error *err)
{
    *out = (struct tables){ .verdicts = tb_view_table(view, "analyse/verdicts.csv", err) };
    if (!out->verdicts)
        return -1;
    if (tb_view_has(view, "analyse/outlook.csv") &&
        !(out->outlook = tb_view_table(view, "analyse/outlook.csv", err)))
        return -1;
    return tb_view_has(view, "analyse/early_warning.csv") &&
                   !(out->warnings = tb_view_table(view, "analyse/early_warning.csv", err))
               ? -1
               : 0;
}

/* verdicts.csv holds the run's own period whole. */
static int from_verdicts(const struct tb_question *question, struct tb_node *list,
                         struct tb_error *err)
{
    const struct tb_view *view = question->view;
    const char *unit = view->profile->units[question->unit].code;
    const char *indicator = view->profile->indicators[question->indicator].code;
    struct tables tables;
    int rc = open_tables(view, &tables, err);

    for (size_t row = 0; rc == 0 && row < tb_table_rows(tables.verdicts); row++)
        if (strcmp(tb_table_get(tables.verdicts, row, "unit"), unit) == 0 &&
            strcmp(tb_table_get(tables.verdicts, row, "indicator"), indicator) == 0)
            add_verdict(question, list, &tables, row);
    tb_table_free(tables.warnings);
    tb_table_free(tables.outlook);
    tb_table_free(tables.verdicts);
    return rc;
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
static int from_history(const struct tb_question *question, struct tb_node *list,
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
        say_text(view, begin_verdict(view, list, table, row), "目标", "target",
                 target_note(view, target));
    }
    if (tb_node_any(list))
        tb_node_note(list,
                     tb_view_say(view,
                                 "本期不是该次运行的期别：只留有判定，规则各项请用 tongbao rule "
                                 "查看",
                                 "the run is of another period and keeps the verdict alone; "
                                 "tongbao rule shows the numbers"));
    tb_table_free(table);
    return 0;
}

int tb_explain_verdicts(const struct tb_question *question, struct tb_node *root,
                        struct tb_error *err)
{
    const struct tb_view *view = question->view;
    struct tb_node *list = tb_node_list(root, "verdicts", tb_view_say(view, "判定", "verdicts"));

    tb_node_empty(list, tb_view_say(view, "本期没有针对该单位、该指标的目标",
                                    "no target on this unit and indicator in this period"));
    return tb_explain_of_run(question) ? from_verdicts(question, list, err) : from_history(question, list, err);
}
