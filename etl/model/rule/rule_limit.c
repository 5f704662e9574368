/* rule_limit.c - a rule that holds a figure against something: which figure, and against
 * how much where that is a constant. */
#include "model/rule/rule_internal.h"

#include "tongbao/buf.h"
#include "tongbao/rule_limit.h"

static bool constant(const struct tb_rule_node *node, const struct tb_rule_amounts *amounts,
                     struct tb_rational *out);

static bool join(const struct tb_rule_node *node, const struct tb_rule_amounts *amounts,
                 struct tb_rational *out)
{
    struct tb_rational a, b;

    if (node->n_kids != 2 || !constant(node->kid[0], amounts, &a) ||
        !constant(node->kid[1], amounts, &b))
        return false;
    switch (node->op) {
    case TB_OP_ADD:
        return tb_rational_add(a, b, out);
    case TB_OP_SUB:
        return tb_rational_sub(a, b, out);
    case TB_OP_MUL:
        return tb_rational_mul(a, b, out);
    default:
        return b.num != 0 && tb_rational_div(a, b, out);
    }
}

/* The number that a part of a rule is whatever the data; false where it is none. */
static bool constant(const struct tb_rule_node *node, const struct tb_rule_amounts *amounts,
                     struct tb_rational *out)
{
    const struct tb_rational *amount = NULL;

    switch (node->op) {
    case TB_OP_NUMBER:
        *out = node->number;
        return true;
    case TB_OP_SCALE:
        return constant(node->kid[0], amounts, out) && tb_rational_mul(node->number, *out, out);
    case TB_OP_NEG:
        return constant(node->kid[0], amounts, out) &&
               tb_rational_sub(tb_rational_int(0), *out, out);
    case TB_OP_ADD:
    case TB_OP_SUB:
    case TB_OP_MUL:
    case TB_OP_DIV:
        return join(node, amounts, out);
    case TB_OP_QUANTITY:
        amount = node->what == TB_Q_ANNUAL  ? amounts->annual
                 : node->what == TB_Q_QUOTA ? amounts->quota
                                            : NULL;
        if (amount)
            *out = *amount;
        return amount != NULL;
    default:
        return false;
    }
}

/* A figure held against itself at another time is a move, not a level. */
static bool looks_back(const struct tb_rule_node *node)
{
    if (node->op == TB_OP_PREV || node->op == TB_OP_LAST_YEAR || node->op == TB_OP_AT ||
        node->op == TB_OP_STREAK)
        return true;
    for (size_t i = 0; i < node->n_kids; i++)
        if (node->kid[i] && looks_back(node->kid[i]))
            return true;
    return false;
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

static void take_side(struct tb_rule_limit *out, enum tb_rule_compare compare)
{
    out->side = compare == TB_CMP_LT || compare == TB_CMP_LE   ? TB_LIMIT_MOST
                : compare == TB_CMP_GT || compare == TB_CMP_GE ? TB_LIMIT_LEAST
                : compare == TB_CMP_ABOUT                      ? TB_LIMIT_ABOUT
                                                               : TB_LIMIT_EQUAL;
    out->strict = compare == TB_CMP_LT || compare == TB_CMP_GT;
}

bool tb_rule_limit(const struct tb_rule *rule, const struct tb_profile *profile,
                   const struct tb_rule_amounts *amounts, struct tb_buf *figure,
                   struct tb_rule_limit *out)
{
    const struct tb_rule_node *root = rule->root, *left, *right;
    enum tb_rule_compare compare;

    *out = (struct tb_rule_limit){ .number = { 0, 1 } };
    if (root->op != TB_OP_COMPARE || root->compare == TB_CMP_NE || root->n_kids < 2 ||
        !root->kid[0] || !root->kid[1] || looks_back(root->kid[1]))
        return false;
    left = root->kid[0];
    right = root->kid[1];
    compare = root->compare;
    if (constant(left, amounts, &out->number)) { /* "614 <= ytd" */
        left = root->kid[1];
        right = root->kid[0];
        compare = mirrored(compare);
    }
    take_side(out, compare);
    out->is_constant = left->op != TB_OP_SCALE && constant(right, amounts, &out->number);
    out->has_tolerance = root->n_kids > 2 && root->kid[2];
    if (out->has_tolerance && !constant(root->kid[2], amounts, &out->tolerance))
        out->is_constant = false;
    tb_rule_print_node(left, profile, figure);
    return true;
}
