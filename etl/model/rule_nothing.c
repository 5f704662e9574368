/* rule_nothing.c - where a quota or an annual task is 0, nothing is asked.
 *
 * `ytd >= quota`, `ytd >= 90% * annual` and `progress >= elapsed` are then met whatever
 * the number is, and also where there is none.  A ceiling of 0 (`ytd <= quota`) and
 * more than 0 (`ytd > quota`) ask for something.
 */
#include "model/rule_internal.h"

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
    return amount && amount[unit].known == TB_KNOWN && amount[unit].number.num == 0;
}

/* Progress is of the annual task, else of the quota. */
static bool is_progress_of_nothing(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                   size_t unit)
{
    const struct tb_rule_frame *frame = run->frame;

    if (node->op != TB_OP_QUANTITY || node->what != TB_MEASURE_PROGRESS ||
        (node->indicator >= 0 && (size_t)node->indicator != frame->indicator))
        return false;
    return is_zero(frame->annual, unit) ||
           ((!frame->annual || frame->annual[unit].known != TB_KNOWN) &&
            is_zero(frame->quota, unit));
}

bool tb_rule_asks_nothing(const struct tb_rule_run *run, const struct tb_rule_node *node,
                          size_t unit)
{
    if (node->compare != TB_CMP_GE && node->compare != TB_CMP_LE)
        return false;
    bool mirrored = node->compare == TB_CMP_LE;
    const struct tb_rule_node *amount = amount_of(node->kid[!mirrored]);
    if (amount && !amount_of(node->kid[mirrored]))
        return is_zero(amount->what == TB_Q_QUOTA ? run->frame->quota : run->frame->annual, unit);
    return is_progress_of_nothing(run, node->kid[mirrored], unit);
}

static bool is_vacuous(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit)
{
    bool any = node->op == TB_OP_OR;

    if (node->op == TB_OP_IN)
        return is_vacuous(run, node->kid[0], unit);
    if (node->op == TB_OP_COMPARE)
        return node->kid[0] && tb_rule_asks_nothing(run, node, unit);
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
