/* rule_result.c - what a rule asks for, and what its evaluation found for a unit. */
#include "model/rule/rule_internal.h"

enum tb_truth tb_rule_truth(const struct tb_rule_run *run, size_t unit)
{
    struct tb_operand truth = run->truth[unit];

    if (truth.known != TB_KNOWN)
        return TB_UNKNOWN;
    return truth.number.num != 0 ? TB_TRUE : TB_FALSE;
}

enum tb_known tb_rule_unknown(const struct tb_rule_run *run, size_t unit)
{
    return (enum tb_known)run->truth[unit].known;
}

bool tb_rule_provisional(const struct tb_rule_run *run, size_t unit)
{
    return run->truth[unit].provisional;
}

bool tb_rule_knife_edge(const struct tb_rule_run *run, size_t unit)
{
    return run->knife_edge && run->knife_edge[unit];
}

/* --- the rule itself --- */

/* The measure of observation.h that a node stands for, or -1. */
static int measure_of(const struct tb_rule_node *node)
{
    static const int of_group[] = {
        [TB_F_RANK] = TB_MEASURE_RANK,     [TB_F_BOTTOM] = TB_MEASURE_BOTTOM,
        [TB_F_TIED] = TB_MEASURE_RANK,     [TB_F_COUNT] = TB_MEASURE_COUNT,
        [TB_F_MEAN] = TB_MEASURE_MEAN,     [TB_F_WMEAN] = TB_MEASURE_POOLED,
        [TB_F_MEDIAN] = TB_MEASURE_MEDIAN, [TB_F_QUANTILE] = -1,
        [TB_F_AREA] = TB_MEASURE_AREA,     [TB_F_BEST] = TB_MEASURE_BEST,
        [TB_F_WORST] = TB_MEASURE_WORST,
    };

    if (node->op == TB_OP_GROUP)
        return of_group[node->function];
    if (node->op == TB_OP_CASES)
        return TB_MEASURE_VALUE;
    if (node->op != TB_OP_QUANTITY)
        return -1;
    if (node->what == TB_Q_TOTAL || node->what == TB_Q_GRADE)
        return TB_MEASURE_VALUE;
    return node->what < TB_N_MEASURES ? node->what : -1;
}

bool tb_rule_uses(const struct tb_rule *rule, enum tb_measure measure)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        if (measure_of(rule->node[i]) == (int)measure)
            return true;
    }
    return false;
}

bool tb_rule_names(const struct tb_rule *rule, size_t indicator)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        if (rule->node[i]->op == TB_OP_IN && rule->node[i]->indicator == (int32_t)indicator)
            return true;
    }
    return false;
}

bool tb_rule_asks_indicator(const struct tb_rule *rule, size_t indicator)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        const struct tb_rule_node *node = rule->node[i];
        if (node->op == TB_OP_QUANTITY && node->indicator == (int32_t)indicator &&
            node->what != TB_Q_ANNUAL && node->what != TB_Q_QUOTA && node->what != TB_Q_ELAPSED)
            return true;
    }
    return false;
}

static bool asks_units(const struct tb_rule_node *node)
{
    return node->op == TB_OP_CHILDREN && node->quantity;
}

bool tb_rule_asks_units(const struct tb_rule *rule)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        if (asks_units(rule->node[i]))
            return true;
    }
    return false;
}

bool tb_rule_asks_unit(const struct tb_rule *rule, const struct tb_profile *profile, size_t unit,
                       size_t above, struct tb_period period)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        if (asks_units(rule->node[i]) &&
            tb_rule_in_scope(profile, rule->node[i], above, unit, period))
            return true;
    }
    return false;
}

bool tb_rule_is_none(const struct tb_rule *rule)
{
    return rule->root->op == TB_OP_NONE;
}

/* Whether something has to be there before the rest of the condition can hold. */
static bool awaits(const struct tb_rule_node *node)
{
    if (node->op == TB_OP_ARITH && node->function == TB_F_KNOWN)
        return true;
    if (node->op == TB_OP_COMPARE && node->name) /* done */
        return node->kid[0]->what == TB_MEASURE_VALUE;
    if (node->op == TB_OP_CHILDREN && node->quantity && node->quantity->kind.sort == TB_SORT_TRUTH)
        return awaits(node->quantity);
    if (node->op != TB_OP_AND && node->op != TB_OP_OR && node->op != TB_OP_IN &&
        node->op != TB_OP_AT_UNIT && node->op != TB_OP_COMPARE)
        return false;
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kid[i] && awaits(node->kid[i]))
            return true;
    }
    return false;
}

bool tb_rule_awaits(const struct tb_rule *rule)
{
    return awaits(rule->root);
}

bool tb_rule_sums_units(const struct tb_rule *rule)
{
    for (size_t i = 0; i < rule->n_nodes; i++)
        if (rule->node[i]->op == TB_OP_CHILDREN && rule->node[i]->function == TB_F_SUM)
            return true;
    return false;
}

bool tb_rule_uses_scale(const struct tb_rule *rule)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        if (rule->node[i]->op == TB_OP_SCREEN && rule->node[i]->function == TB_F_SCALE_JUMP)
            return true;
    }
    return false;
}

/* What does not change from period to period: `ytd >= annual * elapsed` and
 * `ytd > last_year(ytd)` are judged in each period by themselves. */
static bool is_fixed(const struct tb_rule_node *node)
{
    switch (node->op) {
    case TB_OP_QUANTITY:
        return node->what == TB_Q_ANNUAL || node->what == TB_Q_QUOTA;
    case TB_OP_GROUP:
    case TB_OP_CHILDREN:
    case TB_OP_CASES:
    case TB_OP_LISTED:
    case TB_OP_PREV:
    case TB_OP_LAST_YEAR:
    case TB_OP_AVERAGE:
    case TB_OP_STREAK:
    case TB_OP_EVERY:
    case TB_OP_SCREEN:
        return false;
    case TB_OP_AT:
        return true;
    default:
        break;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kid[i] && !is_fixed(node->kid[i]))
            return false;
    }
    return true;
}

/* An amount that only grows through the year, as it stands: not a quotient of two,
 * not last month's. */
static bool is_gathered(const struct tb_rule_node *node)
{
    while (node->op == TB_OP_SCALE || node->op == TB_OP_IN || node->op == TB_OP_AT_UNIT)
        node = node->kid[0];
    if (node->op == TB_OP_CHILDREN && node->function == TB_F_SUM)
        node = node->quantity;
    return node->op == TB_OP_QUANTITY &&
           (node->what == TB_MEASURE_YTD || node->what == TB_Q_TOTAL ||
            node->what == TB_MEASURE_PROGRESS || node->milestone);
}

bool tb_rule_is_cumulative(const struct tb_rule *rule)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        const struct tb_rule_node *node = rule->node[i];

        if (node->op != TB_OP_COMPARE || !node->kid[0])
            continue;
        if (node->name && node->kid[0]->what == TB_MEASURE_VALUE) /* done */
            return true;
        bool mirrored = node->compare == TB_CMP_LE || node->compare == TB_CMP_LT;
        bool at_least = mirrored || node->compare == TB_CMP_GE || node->compare == TB_CMP_GT ||
                        node->compare == TB_CMP_ABOUT;
        if (at_least && is_gathered(node->kid[mirrored]) && is_fixed(node->kid[!mirrored]))
            return true;
    }
    return false;
}
