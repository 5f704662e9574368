/* rule_over.c - calls to what asks other units one by one: all any count sum rounding,
 * over `children` or over the units of a group. */
#include "model/rule/rule_internal.h"

/* What is counted or added up may be left out, a condition of all and any may not. */
static bool bind_arguments(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool optional = node->function == TB_F_SUM || node->function == TB_F_COUNT ||
                    node->function == TB_F_ROUNDING;

    if (!tb_rule_n_arguments(compiler, node, optional ? 1 : 2, 2))
        return false;
    node->op = TB_OP_CHILDREN;
    if (node->n_kids == 1)
        return true;
    node->quantity = node->kid[1];
    return tb_rule_bind_kids(compiler, node, 1, 2);
}

/* all(children, condition), sum(children), rounding(children), count(children) ... */
bool tb_rule_bind_below(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (node->function != TB_F_ALL && node->function != TB_F_ANY && node->function != TB_F_SUM &&
        node->function != TB_F_COUNT && node->function != TB_F_ROUNDING)
        return tb_rule_mistake_at(compiler, node,
                                  "this is no function of the units below, expected all, "
                                  "any, sum, rounding or count");
    return bind_arguments(compiler, node);
}

static bool names_a_group(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    return node && node->op == TB_OP_NAME &&
           tb_profile_group(compiler->profile, node->name, node->name_len) >= 0;
}

bool tb_rule_counts_over(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    return node->function == TB_F_COUNT && node->n_kids == 2 &&
           names_a_group(compiler, node->kid[0]) && !names_a_group(compiler, node->kid[1]);
}

/* all(GROUP, condition), any(GROUP, condition), count(GROUP, condition), sum(GROUP, number). */
bool tb_rule_bind_over(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule_node *over = node->n_kids > 0 ? node->kid[0] : NULL;

    if (!over || over->op != TB_OP_NAME)
        return tb_rule_mistake_at(compiler, node,
                                  "over what is not said, expected 'children' or a group as the "
                                  "first argument");
    node->group = tb_rule_find_group(compiler, over);
    if (node->group == TB_NONE)
        return false;
    if (compiler->profile->groups[node->group].n_members == 0)
        tb_rule_warn_at(compiler, over,
                        "group '%s' has no members: nothing can be said of them, expected it in "
                        "column 'groups' of units.csv",
                        compiler->profile->groups[node->group].code);
    return bind_arguments(compiler, node);
}
