/* rule_nothing.c - where a quota or an annual task is 0, nothing is asked.
 *
 * `ytd >= quota`, `ytd >= 90% * annual` and `progress >= elapsed` are then met whatever
 * the number is, and also where there is none.  A ceiling of 0 (`ytd <= quota`) and
 * more than 0 (`ytd > quota`) ask for something.
 */
#include "model/rule/rule_internal.h"

/* The amount that a side is a multiple of; NULL when it is none. */
static const struct tb_rule_node *amount_of(const struct tb_rule_node *node)
{
    switch (node->op) {
    case TB_OP_QUANTITY:
        return node->what == TB_Q_QUOTA || node->what == TB_Q_ANNUAL ? node : NULL;
    case TB_OP_SCALE:
    case TB_OP_IN:
    case TB_OP_ARM:
        return amount_of(node->kid[0]);
    case TB_OP_ARITH:
        return node->function == TB_F_CEIL || node->function == TB_F_FLOOR ||
                       node->function == TB_F_ROUND
                   ? amount_of(node->kid[0])
                   : NULL;
    case TB_OP_DIV:
        return amount_of(node->kid[0]);
    case TB_OP_MUL: {
        const struct tb_rule_node *left = amount_of(node->kid[0]);
        return left ? left : amount_of(node->kid[1]);
    }
    default:
        return NULL;
    }
}

static bool is_zero(const struct tb_operand *amount, size_t unit)
{
    return amount[unit].known == TB_KNOWN && amount[unit].number.num == 0;
}

static bool is_progress(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    return node->op == TB_OP_QUANTITY && node->what == TB_MEASURE_PROGRESS &&
           (node->indicator < 0 || (size_t)node->indicator == run->frame->indicator);
}

/* What a comparison asks a unit to reach at least: the amounts of units, and those that take
 * their place where a unit has none.  False when it asks for something else. */
static bool asked_amounts(const struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_operand **first, const struct tb_operand **second)
{
    const struct tb_rule_frame *frame = run->frame;
    bool mirrored = node->compare == TB_CMP_LE;

    *first = *second = NULL;
    if (!node->kid[0] || (node->compare != TB_CMP_GE && !mirrored))
        return false;
    const struct tb_rule_node *amount = amount_of(node->kid[!mirrored]);
    if (amount && !amount_of(node->kid[mirrored])) {
        *first = amount->what == TB_Q_QUOTA ? frame->quota : frame->annual;
    } else if (is_progress(run, node->kid[mirrored])) { /* of the annual task, else the quota */
        *first = frame->annual ? frame->annual : frame->quota;
        *second = frame->annual ? frame->quota : NULL;
    }
    return *first != NULL;
}

static bool is_nothing(const struct tb_operand *first, const struct tb_operand *second, size_t unit)
{
    if (first[unit].known == TB_KNOWN || !second)
        return is_zero(first, unit);
    return is_zero(second, unit);
}

void tb_rule_pass_nothing(const struct tb_rule_run *run, const struct tb_rule_node *node,
                          struct tb_operand truth[])
{
    const struct tb_operand *first, *second;

    if (!asked_amounts(run, node, &first, &second))
        return;
    for (size_t u = 0; u < run->profile->n_units; u++)
        if (is_nothing(first, second, u))
            truth[u] = tb_operand_int(1);
}

static bool is_vacuous(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit)
{
    bool any = node->op == TB_OP_OR;

    if (node->op == TB_OP_IN)
        return is_vacuous(run, node->kid[0], unit);
    if (node->op == TB_OP_COMPARE) {
        const struct tb_operand *first, *second;
        return asked_amounts(run, node, &first, &second) && is_nothing(first, second, unit);
    }
    if (node->op != TB_OP_AND && !any)
        return false;
    for (size_t i = 0; i < node->n_kids; i++)
        if (is_vacuous(run, node->kid[i], unit) == any)
            return any;
    return !any;
}

bool tb_rule_is_vacuous(const struct tb_rule_run *run, size_t unit)
{
    return is_vacuous(run, run->rule->root, unit);
}
