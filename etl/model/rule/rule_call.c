/* rule_call.c - calls of a rule to the functions of the language.
 *
 * One function here for each family: groups, cases, time, arithmetic; those that
 * ask other units one by one are in rule_over.c.  Arguments are counted and the ones that must stand as they are
 * (a group, a number of steps) are read; the others are bound like any expression.
 */
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/growth_average.h"

bool tb_rule_n_arguments(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                         size_t least, size_t most)
{
    if (node->n_kids >= least && node->n_kids <= most)
        return true;
    if (least == most)
        tb_rule_mistake(compiler, node->column, "%.*s has %zu arguments, expected %zu",
                        (int)node->name_len, node->name, node->n_kids, least);
    else
        tb_rule_mistake(compiler, node->column, "%.*s has %zu arguments, expected %zu to %zu",
                        (int)node->name_len, node->name, node->n_kids, least, most);
    return false;
}

/* An argument that must be a whole number as it stands. */
static bool whole_number(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                         int32_t least, int32_t most, int32_t *out)
{
    if (node->op != TB_OP_NUMBER || node->percent || node->number.den != 1 ||
        node->number.num < least || node->number.num > most) {
        tb_rule_mistake(compiler, node->column, "argument is not such a number, expected %d to %d",
                        least, most);
        return false;
    }
    *out = (int32_t)node->number.num;
    return true;
}

/* rank(city), rank(ytd, city), quantile(city, 0.25), quantile(ytd, city, 0.25). */
static bool bind_group(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    size_t least = node->function == TB_F_QUANTILE ? 2 : 1;
    bool with_quantity = node->n_kids == least + 1;

    if (!tb_rule_n_arguments(compiler, node, least, least + 1))
        return false;
    if (compiler->group != TB_NONE)
        return tb_rule_mistake_at(compiler, node,
                                  "a function of a group stands inside another, expected a "
                                  "measure");
    if (least == 2) {
        const struct tb_rule_node *p = node->kid[node->n_kids - 1];
        if (p->op != TB_OP_NUMBER || tb_rational_cmp(p->number, tb_rational_int(1)) > 0)
            return tb_rule_mistake_at(compiler, p,
                                      "this is no share, expected a number from 0 to 1");
        node->number = p->number;
    }
    node->group = tb_rule_find_group(compiler, node->kid[with_quantity]);
    if (node->group == TB_NONE)
        return false;
    node->op = TB_OP_GROUP;
    if (!with_quantity)
        return true;
    compiler->group = node->group;
    bool ok = tb_rule_bind_node(compiler, node->kid[0], node->indicator);
    compiler->group = TB_NONE;
    node->quantity = node->kid[0];
    return ok;
}

/* Reads `<code of the subject>.<number>` as one part of a distribution. */
static bool read_bin(const struct tb_indicator *subject, const struct tb_indicator *indicator,
                     struct tb_rational *value)
{
    size_t len = strlen(subject->code);
    struct tb_decimal decimal;

    return strncmp(indicator->code, subject->code, len) == 0 && indicator->code[len] == '.' &&
           tb_decimal_parse(indicator->code + len + 1, strlen(indicator->code + len + 1),
                            &decimal) &&
           tb_rational_from_decimal(decimal, value);
}

/* Finds the indicators that hold the distribution of the subject. */
static bool find_bins(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                      const struct tb_rule_node *condition)
{
    const struct tb_profile *profile = compiler->profile;
    const struct tb_indicator *subject =
        node->indicator >= 0 ? &profile->indicators[node->indicator] : NULL;
    struct tb_rational value;

    if (!subject)
        return tb_rule_mistake_at(compiler, node,
                                  "cases of no indicator, expected a rule with a subject");
    node->bin = tb_arena_alloc(&compiler->rule->arena, profile->n_indicators, sizeof *node->bin);
    if (!node->bin)
        return tb_rule_mistake_at(compiler, node, "out of memory");
    for (size_t i = 0; i < profile->n_indicators; i++) {
        if (!read_bin(subject, &profile->indicators[i], &value))
            continue;
        bool counted =
            condition &&
            tb_rule_holds(condition->compare, tb_rational_cmp(value, condition->kid[1]->number));
        node->bin[node->n_bins++] = (struct tb_rule_bin){ value, (int32_t)i, counted };
    }
    if (node->n_bins > 0)
        return true;
    tb_rule_mistake(compiler, node->column,
                    "'%s' has no distribution, expected indicators '%s.1', '%s.2' ... that count "
                    "the cases",
                    subject->code, subject->code, subject->code);
    return false;
}

/* max(cases), min(cases), share(cases, <= 3). */
static bool bind_cases(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool share = node->function == TB_F_SHARE;
    const struct tb_rule_node *condition = NULL;

    if (!share && node->function != TB_F_MAX && node->function != TB_F_MIN)
        return tb_rule_mistake_at(compiler, node,
                                  "this is no function of cases, expected max, min or share");
    if (!tb_rule_n_arguments(compiler, node, share ? 2 : 1, share ? 2 : 1))
        return false;
    if (share) {
        condition = node->kid[1];
        if (condition->op != TB_OP_COMPARE || condition->kid[0] ||
            condition->kid[1]->op != TB_OP_NUMBER || condition->compare == TB_CMP_ABOUT)
            return tb_rule_mistake_at(compiler, condition,
                                      "this is no condition on cases, expected one such "
                                      "as <= 3");
    }
    node->op = TB_OP_CASES;
    return find_bins(compiler, node, condition);
}

static bool bind_step(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (!tb_rule_n_arguments(compiler, node, 1, 64))
        return false;
    node->op = TB_OP_STEP;
    for (size_t i = 0; i < node->n_kids; i++) {
        struct tb_rule_node *arm = node->kid[i];

        if (i > 0 &&
            tb_period_last_day(arm->period) <= tb_period_last_day(node->kid[i - 1]->period))
            return tb_rule_mistake_at(compiler, arm,
                                      "steps are out of order, expected a later period");
        arm->indicator = node->indicator;
        if (!tb_rule_bind_kids(compiler, arm, 0, 1))
            return false;
    }
    return true;
}

/* average(growth, 3): of a unit's growth in so many years, this one the last. */
static bool bind_average(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    const struct tb_rule_node *of;

    node->op = TB_OP_AVERAGE;
    if (!tb_rule_n_arguments(compiler, node, 2, 2) ||
        !whole_number(compiler, node->kid[1], 2, TB_AVERAGE_YEARS, &node->steps) ||
        !tb_rule_bind_kids(compiler, node, 0, 1))
        return false;
    for (of = node->kid[0]; of->op == TB_OP_IN || of->op == TB_OP_AT_UNIT;)
        of = of->kid[0];
    if (of->op == TB_OP_QUANTITY &&
        (of->what == TB_MEASURE_GROWTH || of->what == TB_MEASURE_YTD_GROWTH))
        return true;
    return tb_rule_mistake_at(compiler, node->kid[0],
                              "this is no growth on the year before, expected growth or "
                              "ytd_growth");
}

static bool bind_time(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    switch (node->function) {
    case TB_F_PREV:
        node->op = TB_OP_PREV;
        node->steps = 1;
        if (!tb_rule_n_arguments(compiler, node, 1, 2) ||
            (node->n_kids == 2 &&
             !whole_number(compiler, node->kid[1], 1, TB_RULE_BACK_MAX, &node->steps)))
            return false;
        return tb_rule_bind_kids(compiler, node, 0, 1);
    case TB_F_LAST_YEAR:
        node->op = TB_OP_LAST_YEAR;
        return tb_rule_n_arguments(compiler, node, 1, 1) && tb_rule_bind_kids(compiler, node, 0, 1);
    case TB_F_AVERAGE:
        return bind_average(compiler, node);
    case TB_F_AT:
        node->op = TB_OP_AT;
        if (!tb_rule_n_arguments(compiler, node, 1, 2))
            return false;
        node->period = node->kid[0]->period;
        node->quantity = node->n_kids == 2 ? node->kid[1] : NULL;
        return tb_rule_bind_kids(compiler, node, 1, node->n_kids);
    case TB_F_EVERY:
        node->op = TB_OP_EVERY;
        return tb_rule_n_arguments(compiler, node, 1, 1) && tb_rule_bind_kids(compiler, node, 0, 1);
    case TB_F_STREAK: {
        node->op = TB_OP_STREAK;
        if (compiler->in_streak)
            return tb_rule_mistake_at(compiler, node,
                                      "streak stands inside another, expected a condition "
                                      "of one period");
        compiler->in_streak = true;
        bool ok = tb_rule_n_arguments(compiler, node, 1, 1) && tb_rule_bind_kids(compiler, node, 0, 1);
        compiler->in_streak = false;
        return ok;
    }
    default:
        return bind_step(compiler, node);
    }
}

static bool bind_arith(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool many = node->function == TB_F_MIN || node->function == TB_F_MAX;
    bool digits = node->function == TB_F_ROUND;

    node->op = TB_OP_ARITH;
    if (!tb_rule_n_arguments(compiler, node, many ? 2 : 1, many ? 64 : digits ? 2 : 1))
        return false;
    if (digits && node->n_kids == 2 && !whole_number(compiler, node->kid[1], 0, 9, &node->steps))
        return false;
    return tb_rule_bind_kids(compiler, node, 0, many ? node->n_kids : 1);
}

bool tb_rule_bind_call(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    int function = tb_rule_function_find(node->name, node->name_len);

    if (function < 0) {
        tb_rule_mistake(compiler, node->column,
                        "unknown function '%.*s', expected one such as rank, area or prev",
                        (int)node->name_len, node->name);
        return false;
    }
    node->function = (enum tb_rule_function)function;
    if (function == TB_F_LATE_CASES || function == TB_F_CASES)
        return tb_rule_bind_listed(compiler, node);
    if (node->n_kids > 0 && tb_rule_is_name(node->kid[0], "children"))
        return tb_rule_bind_below(compiler, node);
    if (node->n_kids > 0 && tb_rule_is_name(node->kid[0], "cases"))
        return bind_cases(compiler, node);
    if ((function >= TB_F_ALL && function <= TB_F_ROUNDING) || tb_rule_counts_over(compiler, node))
        return tb_rule_bind_over(compiler, node);
    if (function <= TB_F_WORST)
        return bind_group(compiler, node);
    if (function <= TB_F_STEP)
        return bind_time(compiler, node);
    if (function >= TB_F_MODIFIED_Z)
        return tb_rule_bind_screen(compiler, node);
    if (function == TB_F_SCORE || function == TB_F_LAGGING) {
        node->what = function == TB_F_SCORE ? TB_MEASURE_SCORE : TB_MEASURE_LAGGING;
        node->op = TB_OP_QUANTITY;
        node->named_group = true;
        if (!tb_rule_n_arguments(compiler, node, 1, 1))
            return false;
        node->group = tb_rule_find_group(compiler, node->kid[0]);
        return node->group != TB_NONE;
    }
    if (function == TB_F_SHARE)
        return tb_rule_mistake_at(compiler, node,
                                  "share of what is not said, expected share(cases, ...)");
    if (function == TB_F_KNOWN) {
        node->op = TB_OP_ARITH;
        return tb_rule_n_arguments(compiler, node, 1, 1) && tb_rule_bind_kids(compiler, node, 0, 1);
    }
    return bind_arith(compiler, node);
}
