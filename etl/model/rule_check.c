/* rule_check.c - kinds of numbers: what may meet what, and literals scaled.
 *
 * A plain literal takes on what it meets: percent beside a growth, the unit of
 * measure of the row beside an amount.  A fraction (55%, elapsed, amount / amount)
 * becomes percent beside a rate.  Where that changes the number, a factor is put
 * into the tree once, here, so that evaluation knows nothing of units of measure.
 * 万元 beside % is a mistake, found here.
 */
#include "model/rule_internal.h"

#include <inttypes.h>

static bool sort_node(struct tb_rule_compiler *compiler, struct tb_rule_node *node);

static const char *sort_name(const struct tb_rule_compiler *compiler, struct tb_rule_kind kind)
{
    switch (kind.sort) {
    case TB_SORT_TRUTH:
        return "a condition";
    case TB_SORT_LITERAL:
    case TB_SORT_SHARED:
        return "a number";
    case TB_SORT_RATIO:
        return "a share (%)";
    case TB_SORT_PERCENT:
        return kind.indicator >= 0 ? compiler->profile->indicators[kind.indicator].unit_measure
                                   : "%";
    case TB_SORT_AMOUNT:
        return kind.indicator >= 0 ? compiler->profile->indicators[kind.indicator].unit_measure
                                   : "an amount";
    case TB_SORT_PLAIN:
        return "a plain number";
    case TB_SORT_RANK:
        return "a place";
    case TB_SORT_ANY:
        break;
    }
    return "the value of whatever indicator is checked";
}

static bool cannot_meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                        const struct tb_rule_node *a, const struct tb_rule_node *b)
{
    tb_rule_mistake(compiler, at->column,
                    "%s stands beside %s, expected numbers of one unit of measure",
                    sort_name(compiler, a->kind), sort_name(compiler, b->kind));
    return false;
}

/* Puts a factor above *node, unless it is one. */
static bool scale(struct tb_rule_compiler *compiler, struct tb_rule_node **node,
                  struct tb_rational factor, struct tb_rule_kind kind)
{
    struct tb_rule_node *inner = *node;

    if (factor.num == factor.den)
        return true;
    struct tb_rule_node *outer =
        tb_rule_node_new(compiler->rule, TB_OP_SCALE, inner->column, 1);
    if (!outer)
        return tb_rule_mistake_at(compiler, inner, "out of memory");
    outer->kid[0] = inner;
    outer->number = factor;
    outer->kind = kind;
    outer->indicator = inner->indicator;
    outer->bound = outer->sorted = true;
    *node = outer;
    return true;
}

/* a / b of two factors of units of measure. */
static bool quotient(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                     struct tb_rational a, struct tb_rational b, struct tb_rational *out)
{
    if (tb_rational_div(a, b, out))
        return true;
    return tb_rule_mistake_at(compiler, at, "units of measure are too far apart to convert "
                                            "exactly");
}

/* What one of a rate's unit is as a fraction: 1/100 of %, 1/1000 of ‰. */
static bool fraction_of(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                        struct tb_rule_kind kind, struct tb_rational *out)
{
    struct tb_rational relative = tb_rational_int(1);

    if (kind.uom &&
        !quotient(compiler, at, kind.uom->factor, compiler->rule->percent.factor, &relative))
        return false;
    return quotient(compiler, at, relative, tb_rational_int(100), out);
}

/* A literal, in the unit of measure of the row, beside `other`. */
static bool literal_meets(struct tb_rule_compiler *compiler, struct tb_rule_node **literal,
                          const struct tb_rule_node *other)
{
    const struct tb_uom *uom = compiler->context->uom;
    struct tb_rational factor;

    /* What has no unit of its own (growth, a count) takes the number as it stands. */
    if (!uom || !other->kind.uom || (*literal)->op == TB_OP_SCALE)
        return true;
    if (!tb_uom_same_dimension(uom, other->kind.uom)) {
        /* The row's unit is that of its own indicator; for another, the other's own. */
        if (other->kind.indicator != compiler->context->indicator ||
            uom->kind != other->kind.uom->kind)
            return true;
        tb_rule_mistake(compiler, (*literal)->column,
                        "the row gives its numbers in '%s', but '%s' is in %s", uom->base,
                        compiler->profile->indicators[other->kind.indicator].code,
                        sort_name(compiler, other->kind));
        return false;
    }
    if (!quotient(compiler, *literal, uom->factor, other->kind.uom->factor, &factor))
        return false;
    return scale(compiler, literal, factor, other->kind);
}

/* A fraction, or a literal times one, beside a rate. */
static bool fraction_meets(struct tb_rule_compiler *compiler, struct tb_rule_node **share,
                           const struct tb_rule_node *rate)
{
    struct tb_rational one, factor;

    return fraction_of(compiler, rate, rate->kind, &one) &&
           quotient(compiler, rate, tb_rational_int(1), one, &factor) &&
           scale(compiler, share, factor, rate->kind);
}

/* Two of one sort that have units: the second is brought to the first's. */
static bool units_meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                       struct tb_rule_node *a, struct tb_rule_node **b)
{
    const struct tb_uom *to = a->kind.uom ? a->kind.uom : &compiler->rule->percent;
    const struct tb_uom *from = (*b)->kind.uom ? (*b)->kind.uom : &compiler->rule->percent;
    struct tb_rational factor;

    if (!tb_uom_same_dimension(from, to))
        return cannot_meet(compiler, at, a, *b);
    return quotient(compiler, at, from->factor, to->factor, &factor) &&
           scale(compiler, b, factor, a->kind);
}

static bool is_number_of_no_unit(enum tb_rule_sort sort)
{
    return sort == TB_SORT_LITERAL || sort == TB_SORT_RATIO || sort == TB_SORT_SHARED ||
           sort == TB_SORT_PLAIN;
}

/* Lets the weaker sort `a` (LITERAL .. as ordered in the enum) meet the other. */
static bool meet_ordered(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                         struct tb_rule_node **a, struct tb_rule_node **b)
{
    enum tb_rule_sort weak = (*a)->kind.sort;
    enum tb_rule_sort strong = (*b)->kind.sort;

    if (weak == TB_SORT_TRUTH)
        return cannot_meet(compiler, at, *a, *b);
    if (weak == strong && (weak == TB_SORT_AMOUNT || weak == TB_SORT_PERCENT))
        return units_meet(compiler, at, *a, b);
    if (weak == strong || (is_number_of_no_unit(weak) && is_number_of_no_unit(strong)))
        return true;
    if (weak == TB_SORT_LITERAL)
        return literal_meets(compiler, a, *b);
    if ((weak == TB_SORT_RATIO || weak == TB_SORT_SHARED) && strong == TB_SORT_PERCENT)
        return fraction_meets(compiler, a, *b);
    if (weak == TB_SORT_SHARED && strong == TB_SORT_AMOUNT)
        return literal_meets(compiler, a, *b);
    if (weak == TB_SORT_AMOUNT && strong == TB_SORT_PLAIN && (*a)->kind.uom->factor.num == 1 &&
        (*a)->kind.uom->factor.den == 1)
        return true;
    if ((weak == TB_SORT_PLAIN && strong == TB_SORT_RANK) ||
        (strong == TB_SORT_ANY && weak != TB_SORT_RATIO && weak != TB_SORT_RANK))
        return true;
    return cannot_meet(compiler, at, *a, *b);
}

/* Makes two numbers comparable; *kind is what both then are. */
static bool meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                 struct tb_rule_node **a, struct tb_rule_node **b, struct tb_rule_kind *kind)
{
    bool ordered = (*a)->kind.sort <= (*b)->kind.sort;

    if (!meet_ordered(compiler, at, ordered ? a : b, ordered ? b : a))
        return false;
    *kind = ordered ? (*b)->kind : (*a)->kind;
    return true;
}

/* --- the kind of each node --- */

static struct tb_rule_kind kind_of(enum tb_rule_sort sort)
{
    return (struct tb_rule_kind){ .sort = sort, .indicator = TB_NONE };
}

/* The kind of an indicator's own numbers. */
static struct tb_rule_kind kind_of_value(const struct tb_rule_compiler *compiler, int32_t row)
{
    if (row < 0)
        return kind_of(TB_SORT_ANY);
    const struct tb_uom *uom = &compiler->profile->indicators[row].uom;
    switch (uom->kind) {
    case TB_UOM_AMOUNT:
        return (struct tb_rule_kind){ TB_SORT_AMOUNT, uom, row };
    case TB_UOM_PERCENT:
        return (struct tb_rule_kind){ TB_SORT_PERCENT, uom, row };
    case TB_UOM_INDEX:
    case TB_UOM_NONE:
        break;
    }
    return kind_of(TB_SORT_PLAIN);
}

static struct tb_rule_kind kind_of_quantity(const struct tb_rule_compiler *compiler,
                                            const struct tb_rule_node *node)
{
    switch (node->what) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
    case TB_MEASURE_CHANGE:
    case TB_Q_TOTAL:
    case TB_Q_ANNUAL:
    case TB_Q_QUOTA:
        return kind_of_value(compiler, node->indicator);
    case TB_Q_ELAPSED:
        return kind_of(TB_SORT_RATIO);
    case TB_Q_GRADE:
    case TB_MEASURE_SCORE:
    case TB_MEASURE_LAGGING:
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
        return kind_of(TB_SORT_PLAIN);
    default:
        return kind_of(TB_SORT_PERCENT);
    }
}

/* Sorts the kids [begin, end) that are numbers. */
static bool sort_numbers(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                         size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (!sort_node(compiler, node->kid[i]))
            return false;
        if (node->kid[i]->kind.sort == TB_SORT_TRUTH)
            return tb_rule_mistake_at(compiler, node->kid[i], "this is a condition, expected a "
                                                              "number");
    }
    return true;
}

static bool sort_truths(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                        size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (!sort_node(compiler, node->kid[i]))
            return false;
        if (node->kid[i]->kind.sort != TB_SORT_TRUTH)
            return tb_rule_mistake_at(compiler, node->kid[i], "this is a number, expected a "
                                                              "condition such as growth >= 30");
    }
    return true;
}

/* A rate in a product counts as a fraction. */
static bool as_fraction(struct tb_rule_compiler *compiler, struct tb_rule_node **rate)
{
    struct tb_rational one;

    return fraction_of(compiler, *rate, (*rate)->kind, &one) &&
           scale(compiler, rate, one, kind_of(TB_SORT_RATIO));
}

static bool sort_product(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    /* The weaker sort is the factor, the stronger one is what it is a multiple of. */
    bool ordered = node->kid[0]->kind.sort <= node->kid[1]->kind.sort;
    struct tb_rule_node **weak = &node->kid[!ordered];
    struct tb_rule_node **strong = &node->kid[ordered];
    enum tb_rule_sort a = (*weak)->kind.sort;
    enum tb_rule_sort b = (*strong)->kind.sort;

    node->kind = (*strong)->kind;
    if (a == TB_SORT_PERCENT)
        return as_fraction(compiler, weak);
    if (a == TB_SORT_LITERAL && b == TB_SORT_RATIO)
        node->kind = kind_of(TB_SORT_SHARED);
    else if (a == TB_SORT_AMOUNT && b == TB_SORT_PLAIN)
        node->kind = (*weak)->kind;
    else if (b == TB_SORT_RANK || (a == TB_SORT_AMOUNT && b == TB_SORT_AMOUNT))
        node->kind = kind_of(TB_SORT_PLAIN);
    return true;
}

static bool sort_quotient(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule_node *top = node->kid[0];
    struct tb_rule_node *bottom = node->kid[1];
    enum tb_rule_sort a = top->kind.sort;
    enum tb_rule_sort b = bottom->kind.sort;

    node->kind = top->kind;
    if (a == b && (a == TB_SORT_AMOUNT || a == TB_SORT_PERCENT)) {
        const struct tb_uom *to = top->kind.uom ? top->kind.uom : &compiler->rule->percent;
        const struct tb_uom *of =
            bottom->kind.uom ? bottom->kind.uom : &compiler->rule->percent;
        bool same = tb_uom_same_dimension(to, of);
        node->kind = kind_of(same ? TB_SORT_RATIO : TB_SORT_PLAIN);
        return !same || units_meet(compiler, node, top, &node->kid[1]);
    }
    if (a == TB_SORT_ANY && b == TB_SORT_ANY)
        node->kind = kind_of(TB_SORT_RATIO);
    else if (b == TB_SORT_PERCENT)
        return as_fraction(compiler, &node->kid[1]);
    else if (a == TB_SORT_LITERAL && b == TB_SORT_RATIO)
        node->kind = kind_of(TB_SORT_SHARED);
    else if (b == TB_SORT_AMOUNT || b == TB_SORT_PLAIN || b == TB_SORT_RANK || b == TB_SORT_ANY)
        node->kind = a == TB_SORT_AMOUNT && b == TB_SORT_PLAIN ? top->kind : kind_of(TB_SORT_PLAIN);
    return true;
}

static bool sort_compare(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule_kind kind;

    if (!sort_numbers(compiler, node, 0, node->n_kids) ||
        !meet(compiler, node, &node->kid[0], &node->kid[1], &kind))
        return false;
    node->kind = kind_of(TB_SORT_TRUTH);
    if (node->compare != TB_CMP_ABOUT)
        return true;
    if (node->n_kids == 3)
        return meet(compiler, node, &node->kid[0], &node->kid[2], &kind);
    if (kind.sort == TB_SORT_AMOUNT || kind.sort == TB_SORT_RANK)
        return tb_rule_mistake_at(compiler, node, "how near '~' asks is not said for an amount, "
                                                  "expected '~ x +- y'");
    return true;
}

/* area and wmean ask the source for measures; what is not one has no pooled figure. */
static bool is_poolable(const struct tb_rule_node *node)
{
    if (node->op == TB_OP_QUANTITY)
        return node->what < TB_N_MEASURES || node->what == TB_Q_ELAPSED;
    if (node->op == TB_OP_CHILDREN || node->op == TB_OP_CASES || node->op == TB_OP_STREAK ||
        node->op == TB_OP_AT_UNIT)
        return false;
    if (node->op == TB_OP_AT)
        return is_poolable(node->quantity);
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kid[i] && !is_poolable(node->kid[i]))
            return false;
    }
    return true;
}

static bool sort_group(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool pooled = node->function == TB_F_AREA || node->function == TB_F_WMEAN;

    if (!sort_node(compiler, node->quantity))
        return false;
    node->kind = node->quantity->kind;
    if (node->kind.sort == TB_SORT_TRUTH || node->kind.sort == TB_SORT_LITERAL)
        return tb_rule_mistake_at(compiler, node, "a group of what is not a measure, expected a "
                                                  "measure such as growth");
    if (pooled && !is_poolable(node->quantity))
        return tb_rule_mistake_at(compiler, node, "a group has no such figure of its own, "
                                                  "expected mean or a measure such as growth");
    if (node->function == TB_F_RANK || node->function == TB_F_BOTTOM)
        node->kind = kind_of(TB_SORT_RANK);
    else if (node->function == TB_F_TIED)
        node->kind = kind_of(TB_SORT_TRUTH);
    else if (node->function == TB_F_COUNT)
        node->kind = kind_of(TB_SORT_PLAIN);
    return true;
}

static bool sort_children(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool of_truth = node->function != TB_F_SUM;

    if (node->quantity && !sort_node(compiler, node->quantity))
        return false;
    if (node->quantity && (node->quantity->kind.sort == TB_SORT_TRUTH) != of_truth)
        return tb_rule_mistake_at(compiler, node->quantity,
                                  of_truth ? "this is a number, expected a condition"
                                           : "this is a condition, expected a number");
    node->kind = node->function == TB_F_SUM ? node->quantity->kind
                 : node->function == TB_F_COUNT ? kind_of(TB_SORT_PLAIN)
                                                : kind_of(TB_SORT_TRUTH);
    return true;
}

/* Numbers that must agree: sides of a sum, arguments of min and max, arms of step. */
static bool sort_alike(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (!sort_numbers(compiler, node, 0, node->n_kids))
        return false;
    node->kind = node->kid[0]->kind;
    /* Each meets the strongest, so that literals take on the unit of any of them. */
    size_t lead = 0;
    for (size_t i = 1; i < node->n_kids; i++) {
        if (node->kid[i]->kind.sort > node->kid[lead]->kind.sort)
            lead = i;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        if (i != lead &&
            !meet(compiler, node, &node->kid[lead], &node->kid[i], &node->kind))
            return false;
    }
    return true;
}

static bool sort_time(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (node->op == TB_OP_STREAK) {
        node->kind = kind_of(TB_SORT_PLAIN);
        return sort_truths(compiler, node, 0, 1);
    }
    struct tb_rule_node *kid = node->op == TB_OP_AT ? node->quantity : node->kid[0];
    if (!sort_node(compiler, kid))
        return false;
    node->kind = kid->kind;
    return true;
}

static bool sort_operator(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    switch (node->op) {
    case TB_OP_ADD:
    case TB_OP_SUB:
    case TB_OP_STEP:
        return sort_alike(compiler, node);
    case TB_OP_MUL:
        return sort_numbers(compiler, node, 0, 2) && sort_product(compiler, node);
    case TB_OP_DIV:
        return sort_numbers(compiler, node, 0, 2) && sort_quotient(compiler, node);
    case TB_OP_ARITH:
        if (node->function == TB_F_MIN || node->function == TB_F_MAX)
            return sort_alike(compiler, node);
        /* fall through */
    case TB_OP_NEG:
    case TB_OP_ARM:
        if (!sort_numbers(compiler, node, 0, 1))
            return false;
        node->kind = node->kid[0]->kind;
        return true;
    default: /* and, or, not */
        node->kind = kind_of(TB_SORT_TRUTH);
        return sort_truths(compiler, node, 0, node->n_kids);
    }
}

static bool sort_node(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (node->sorted)
        return true;
    node->sorted = true;
    switch (node->op) {
    case TB_OP_NUMBER:
        node->kind = kind_of(node->percent ? TB_SORT_RATIO : TB_SORT_LITERAL);
        return true;
    case TB_OP_QUANTITY:
        node->kind = kind_of_quantity(compiler, node);
        return true;
    case TB_OP_IN:
    case TB_OP_AT_UNIT:
        if (!sort_node(compiler, node->kid[0]))
            return false;
        node->kind = node->kid[0]->kind;
        return true;
    case TB_OP_COMPARE:
        return sort_compare(compiler, node);
    case TB_OP_GROUP:
        return sort_group(compiler, node);
    case TB_OP_CHILDREN:
        return sort_children(compiler, node);
    case TB_OP_CASES:
        node->kind = kind_of(node->function == TB_F_SHARE ? TB_SORT_PERCENT : TB_SORT_PLAIN);
        return true;
    case TB_OP_PREV:
    case TB_OP_LAST_YEAR:
    case TB_OP_AT:
    case TB_OP_STREAK:
        return sort_time(compiler, node);
    default:
        return sort_operator(compiler, node);
    }
}

bool tb_rule_sort_kinds(struct tb_rule_compiler *compiler)
{
    struct tb_rule_node *root = compiler->rule->root;

    if (!sort_node(compiler, root))
        return false;
    if (root->kind.sort == TB_SORT_TRUTH)
        return true;
    return tb_rule_mistake_at(compiler, root, "rule is a number, expected a condition such as "
                                              "growth >= 30");
}
