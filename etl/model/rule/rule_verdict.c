/* rule_verdict.c - rules of consequences: what a target came to, what such a rule is about,
 * and the place that it asks for. */
#include "model/rule/rule_internal.h"

void tb_rule_eval_verdict(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[])
{
    enum tb_verdict_word word = (enum tb_verdict_word)(node->what - TB_Q_VERDICT);

    if (run->frame->verdict) {
        run->frame->verdict(run->frame->verdict_user, word, view->period, out);
        return;
    }
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
}

/* --- what a rule is about --- */

static bool is_of_target(const struct tb_rule_node *node)
{
    return node->op == TB_OP_QUANTITY &&
           (node->what >= TB_Q_VERDICT || node->what == TB_Q_ELAPSED ||
            node->what == TB_Q_ANNUAL || node->what == TB_Q_QUOTA ||
            node->what == TB_Q_TOTAL || node->what == TB_MEASURE_PROGRESS);
}

/* A number that hangs on which indicator is meant. */
static bool is_of_indicator(const struct tb_rule_node *node)
{
    if (node->op == TB_OP_CASES)
        return node->indicator < 0;
    if (node->op != TB_OP_QUANTITY || node->indicator >= 0)
        return false;
    return node->what == TB_Q_GRADE || node->what == TB_Q_TOTAL ||
           (node->what < TB_N_MEASURES && node->what != TB_MEASURE_SCORE &&
            node->what != TB_MEASURE_LAGGING);
}

enum tb_rule_about tb_rule_about(const struct tb_rule *rule)
{
    enum tb_rule_about about = TB_ABOUT_UNIT;

    for (size_t i = 0; i < rule->n_nodes; i++) {
        if (is_of_target(rule->node[i]))
            return TB_ABOUT_TARGET;
        if (is_of_indicator(rule->node[i]))
            about = TB_ABOUT_INDICATOR;
    }
    return about;
}

/* --- the place that it asks for --- */

static const struct tb_rule_node *unscaled(const struct tb_rule_node *node)
{
    while (node && node->op == TB_OP_SCALE)
        node = node->kid[0];
    return node;
}

static bool is_place(const struct tb_rule_node *node)
{
    return tb_rule_is_rank(node, TB_F_RANK) || tb_rule_is_rank(node, TB_F_BOTTOM);
}

static enum tb_rule_compare mirrored(enum tb_rule_compare compare)
{
    switch (compare) {
    case TB_CMP_LT:
        return TB_CMP_GT;
    case TB_CMP_LE:
        return TB_CMP_GE;
    case TB_CMP_GT:
        return TB_CMP_LT;
    case TB_CMP_GE:
        return TB_CMP_LE;
    default:
        return compare;
    }
}

/* The bound that stands beside a place in a comparison with a literal. */
static void find_bound(const struct tb_rule *rule, const struct tb_rule_node *place,
                       struct tb_rule_standing *out)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        const struct tb_rule_node *node = rule->node[i];
        if (node->op != TB_OP_COMPARE || node->n_kids < 2 || node->compare == TB_CMP_ABOUT)
            continue;
        const struct tb_rule_node *left = unscaled(node->kid[0]), *right = unscaled(node->kid[1]);
        bool swapped = right == place;
        const struct tb_rule_node *other = swapped ? left : right;
        if ((left != place && !swapped) || !other || other->op != TB_OP_NUMBER)
            continue;
        out->has_bound = true;
        out->bound = other->number;
        out->compare = (int)(swapped ? mirrored(node->compare) : node->compare);
        return;
    }
}

bool tb_rule_find_standing(const struct tb_rule *rule, struct tb_rule_standing *out)
{
    for (size_t i = 0; i < rule->n_nodes; i++) {
        const struct tb_rule_node *node = rule->node[i];
        if (!is_place(node) || !node->quantity || node->quantity->op != TB_OP_QUANTITY ||
            node->quantity->what >= TB_N_MEASURES)
            continue;
        *out = (struct tb_rule_standing){ .group = node->group,
                                          .indicator = node->quantity->indicator,
                                          .of = (enum tb_measure)node->quantity->what,
                                          .bottom = node->function == TB_F_BOTTOM };
        find_bound(rule, node, out);
        return true;
    }
    return false;
}

bool tb_rule_standing_holds(const struct tb_rule_standing *standing, int64_t place)
{
    return !standing->has_bound ||
           tb_rule_holds((enum tb_rule_compare)standing->compare,
                         tb_rational_cmp(tb_rational_int(place), standing->bound));
}
