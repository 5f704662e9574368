/* rule_prices.c - nominal and real never meet: numbers that are added, divided or
 * compared are at the same prices, where the profile says at which they are.
 *
 * Levels must agree in prices and base year, rates of growth in being nominal or
 * real (methods note, section 2).  What is no matter of prices meets anything.
 */
#include "model/rule/rule_internal.h"

#include "model/profile/profile_bases.h"

/* The indicator whose prices an expression is at, and whether as a rate of growth. */
struct prices {
    const struct tb_indicator *of; /* NULL: no matter of prices */
    bool growth;
};

static const struct prices none = { 0 };

static struct prices of_quantity(const struct tb_rule_compiler *compiler,
                                 const struct tb_rule_node *node)
{
    if (node->indicator < 0)
        return none;
    const struct tb_indicator *of = &compiler->profile->indicators[node->indicator];
    switch (node->what) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
    case TB_Q_TOTAL:
    case TB_Q_ANNUAL:
    case TB_Q_QUOTA:
        return (struct prices){ of->prices == TB_PRICES_UNSAID ? NULL : of, false };
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
    case TB_MEASURE_MOM:
    case TB_MEASURE_GROWTH_2Y:
    case TB_MEASURE_YTD_GROWTH_2Y:
        return (struct prices){ of->growth_prices == TB_PRICES_UNSAID ? NULL : of, true };
    default:
        return none;
    }
}

static bool agree(struct prices a, struct prices b)
{
    if (!a.of || !b.of || a.growth != b.growth)
        return true;
    return a.growth ? tb_growth_prices_agree(a.of, b.of) : tb_prices_agree(a.of, b.of);
}

static void put(struct prices prices, char text[32])
{
    tb_prices_format(prices.growth ? prices.of->growth_prices : prices.of->prices,
                     prices.of->price_base, text);
}

static bool check_node(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                       struct prices *out);

/* The kids of a node that meet each other; *out is what they are at. */
static bool check_kids(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                       struct prices *out)
{
    bool apart = node->op == TB_OP_AND || node->op == TB_OP_OR || node->op == TB_OP_NOT ||
                 node->op == TB_OP_MUL;

    *out = none;
    for (size_t i = 0; i < node->n_kids; i++) {
        struct prices kid;
        if (!node->kid[i])
            continue;
        if (!check_node(compiler, node->kid[i], &kid))
            return false;
        if (!apart && !agree(*out, kid)) {
            char a[32], b[32];
            put(*out, a);
            put(kid, b);
            tb_rule_mistake(compiler, node->column,
                            "'%s' is at prices %s and '%s' at prices %s, expected the same: nominal "
                            "and real are not mixed",
                            out->of->code, a, kid.of->code, b);
            return false;
        }
        if (!out->of)
            *out = kid;
    }
    return true;
}

/* False after telling a mistake. */
static bool check_node(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                       struct prices *out)
{
    *out = none;
    if (node->op == TB_OP_QUANTITY) {
        *out = of_quantity(compiler, node);
        return true;
    }
    if (node->quantity && !check_node(compiler, node->quantity, out))
        return false;
    if (node->quantity) {
        if (node->kind.sort == TB_SORT_RANK || node->kind.sort == TB_SORT_TRUTH)
            *out = none;
        return true;
    }
    if (!check_kids(compiler, node, out))
        return false;
    /* A condition is at no prices, nor is a share; a multiple is at those of its amount. */
    if (node->kind.sort == TB_SORT_TRUTH || node->op == TB_OP_DIV || node->op == TB_OP_SCREEN)
        *out = none;
    return true;
}

bool tb_rule_check_prices(struct tb_rule_compiler *compiler)
{
    struct prices of_rule;

    return check_node(compiler, compiler->rule->root, &of_rule);
}
