/* rule_quantity.c - what a bare function of a group is taken of.
 *
 * `growth[trade] > area(city)` means the area's growth of trade: a bare function
 * takes the first series on the other side of its comparison, else on its own
 * side, else what is ranked of the indicator (its first headline).  Outside of a
 * comparison (`not tied(city)`) it goes with the rule's rank in the same group.
 * The series is shared with where it stands, not copied; it is a leaf or an
 * explicit argument, so the tree stays free of cycles.
 */
#include "model/rule/rule_internal.h"

static bool is_series(int what)
{
    return what != TB_Q_ELAPSED && what != TB_Q_ANNUAL && what != TB_Q_QUOTA &&
           what != TB_Q_COMPLETENESS && what < TB_Q_VERDICT;
}

struct tb_rule_node *tb_rule_first_series(struct tb_rule_node *node)
{
    struct tb_rule_node *found = NULL;

    if (!node)
        return NULL;
    if (node->op == TB_OP_QUANTITY)
        return is_series(node->what) ? node : NULL;
    if (node->op == TB_OP_GROUP || node->op == TB_OP_CHILDREN || node->op == TB_OP_AT)
        return tb_rule_first_series(node->quantity);
    for (size_t i = 0; i < node->n_kids && !found; i++)
        found = tb_rule_first_series(node->kid[i]);
    return found;
}

bool tb_rule_is_rank(const struct tb_rule_node *node, enum tb_rule_function function)
{
    return node && node->op == TB_OP_GROUP && node->function == function;
}

static bool is_bare(const struct tb_rule_node *node)
{
    if (node->quantity)
        return false;
    return node->op == TB_OP_GROUP || node->op == TB_OP_AT ||
           (node->op == TB_OP_CHILDREN &&
            (node->function == TB_F_SUM || node->function == TB_F_ROUNDING));
}

/* The rank or bottom that a bare `tied` speaks of. */
static struct tb_rule_node *same_group_rank(const struct tb_rule *rule,
                                            const struct tb_rule_node *node)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        struct tb_rule_node *other = rule->node[i];

        if (other != node && other->group == node->group && other->indicator == node->indicator &&
            (tb_rule_is_rank(other, TB_F_RANK) || tb_rule_is_rank(other, TB_F_BOTTOM)) &&
            other->quantity)
            return other->quantity;
    }
    return NULL;
}

static struct tb_rule_node *found_beside(const struct tb_rule_node *comparison, size_t side)
{
    struct tb_rule_node *found = NULL;

    for (size_t i = 0; comparison && i < comparison->n_kids && !found; i++) {
        if (i != side)
            found = tb_rule_first_series(comparison->kid[i]);
    }
    if (!found && comparison)
        found = tb_rule_first_series(comparison->kid[side]);
    return found;
}

/* What is ranked of an indicator when nothing else is said. */
static struct tb_rule_node *by_default(struct tb_rule_compiler *compiler,
                                       const struct tb_rule_node *node)
{
    int what = node->op == TB_OP_CHILDREN ? TB_MEASURE_VALUE : TB_MEASURE_GROWTH;

    if (node->op == TB_OP_GROUP && node->indicator >= 0) {
        const struct tb_indicator *indicator = &compiler->profile->indicators[node->indicator];
        if (indicator->n_headlines > 0)
            what = indicator->headline[0];
    }
    return tb_rule_make_quantity(compiler, what, node->indicator, node->column);
}

/* Whether an average of years stands beside a group: the group's own would be of one year. */
static bool averages(const struct tb_rule_node *node)
{
    if (!node || node->op == TB_OP_GROUP)
        return false;
    if (node->op == TB_OP_AVERAGE)
        return true;
    for (size_t i = 0; i < node->n_kids; i++)
        if (averages(node->kid[i]))
            return true;
    return false;
}

static bool choose(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                   const struct tb_rule_node *comparison, size_t side)
{
    struct tb_rule_node *found = found_beside(comparison, side);

    if (averages(comparison))
        return tb_rule_mistake_at(compiler, node,
                                  "a group beside an average of years, expected growth_2y or "
                                  "ytd_growth_2y in place of the average");
    if (!found && node->op == TB_OP_GROUP && !comparison)
        found = same_group_rank(compiler->rule, node);
    if (!found && node->op == TB_OP_AT)
        return tb_rule_mistake_at(compiler, node,
                                  "at of what is not said, expected "
                                  "at(PERIOD, MEASURE)");
    if (found && found->op == TB_OP_QUANTITY && found->indicator != node->indicator &&
        node->indicator != compiler->context->indicator)
        found = tb_rule_make_quantity(compiler, found->what, node->indicator, node->column);
    node->quantity = found ? found : by_default(compiler, node);
    return node->quantity != NULL;
}

/* `comparison` is the one that the node stands in, on its kid `side`; or NULL. */
static bool fill(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                 const struct tb_rule_node *comparison, size_t side)
{
    if (is_bare(node) && !choose(compiler, node, comparison, side))
        return false;
    if (node->op == TB_OP_AND || node->op == TB_OP_OR || node->op == TB_OP_NOT)
        comparison = NULL;
    for (size_t i = 0; i < node->n_kids; i++) {
        bool compares = node->op == TB_OP_COMPARE;

        if (node->kid[i] &&
            !fill(compiler, node->kid[i], compares ? node : comparison, compares ? i : side))
            return false;
    }
    return true;
}

static bool same_rank(const struct tb_rule_node *a, const struct tb_rule_node *b)
{
    return tb_rule_is_rank(a, TB_F_RANK) && tb_rule_is_rank(b, TB_F_RANK) && a->group == b->group &&
           a->indicator == b->indicator && a->quantity->op == TB_OP_QUANTITY &&
           b->quantity->op == TB_OP_QUANTITY && a->quantity->what == b->quantity->what &&
           a->quantity->indicator == b->quantity->indicator;
}

/* rank(g) < prev(rank(g)): "improves on last month", which who is first cannot. */
static void mark_improves(struct tb_rule_node *node)
{
    const struct tb_rule_node *now = node->kid[node->compare == TB_CMP_GT];
    const struct tb_rule_node *before = node->kid[node->compare != TB_CMP_GT];

    if (now && before && before->op == TB_OP_PREV &&
        (node->compare == TB_CMP_LT || node->compare == TB_CMP_GT))
        node->first_keeps = same_rank(now, before->kid[0]);
}

/* The k of rank(g) <= k, for the ties that reach beyond it. */
static void find_tie_limit(const struct tb_rule *rule, struct tb_rule_node *tied)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        const struct tb_rule_node *node = rule->node[i];

        if (node->op != TB_OP_COMPARE || !node->kid[0])
            continue;
        bool less = node->compare == TB_CMP_LE || node->compare == TB_CMP_LT;
        bool more = node->compare == TB_CMP_GE || node->compare == TB_CMP_GT;
        const struct tb_rule_node *rank = node->kid[more];
        if ((less || more) && tb_rule_is_rank(rank, TB_F_RANK) && rank->group == tied->group &&
            rank->indicator == tied->indicator) {
            tied->tie_limit = node->kid[!more];
            tied->tie_strict = node->compare == TB_CMP_LT || node->compare == TB_CMP_GT;
            return;
        }
    }
}

bool tb_rule_find_quantities(struct tb_rule_compiler *compiler)
{
    struct tb_rule *rule = compiler->rule;

    if (!fill(compiler, rule->root, NULL, 0))
        return false;
    for (size_t i = 0; i < rule->n_nodes; i++) {
        struct tb_rule_node *node = rule->node[i];

        if (node->op == TB_OP_COMPARE)
            mark_improves(node);
        else if (tb_rule_is_rank(node, TB_F_TIED))
            find_tie_limit(rule, node);
    }
    return true;
}
