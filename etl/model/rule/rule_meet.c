/* rule_meet.c - what numbers may meet, and the factors that let them.
 *
 * A plain literal takes on what it meets: percent beside a growth, the unit of
 * measure of the row beside an amount.  A fraction (55%, elapsed, amount / amount)
 * becomes percent beside a rate.  Where that changes the number, a factor is put
 * into the tree once, here, so that evaluation knows nothing of units of measure.
 */
#include "model/rule/rule_internal.h"

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
    case TB_SORT_GRADE:
        return "a grade";
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
    struct tb_rule_node *outer = tb_rule_node_new(compiler->rule, TB_OP_SCALE, inner->column, 1);
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
    return tb_rule_mistake_at(compiler, at,
                              "units of measure are too far apart to convert "
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
bool tb_rule_units_meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
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

static bool other_grades(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                         const struct tb_rule_node *a, const struct tb_rule_node *b)
{
    const struct tb_indicator *indicators = compiler->profile->indicators;

    tb_rule_mistake(compiler, at->column,
                    "grades of '%s' stand beside grades of '%s', expected the same list of words",
                    indicators[a->kind.indicator].code, indicators[b->kind.indicator].code);
    return false;
}

static bool is_number_of_no_unit(enum tb_rule_sort sort)
{
    return sort == TB_SORT_LITERAL || sort == TB_SORT_RATIO || sort == TB_SORT_SHARED ||
           sort == TB_SORT_PLAIN;
}

/* `elapsed - 10`: points are taken off a share of the time, as 序时进度 has points. */
static bool is_points_of_time(const struct tb_rule_node *at, const struct tb_rule_node *literal,
                              const struct tb_rule_node *share)
{
    return (at->op == TB_OP_ADD || at->op == TB_OP_SUB) && literal->kind.sort == TB_SORT_LITERAL &&
           share->op == TB_OP_QUANTITY && share->what == TB_Q_ELAPSED;
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
        return tb_rule_units_meet(compiler, at, *a, b);
    if (weak == TB_SORT_GRADE && strong == TB_SORT_GRADE &&
        !tb_rule_same_grades(compiler, (*a)->kind, (*b)->kind))
        return other_grades(compiler, at, *a, *b);
    if (is_points_of_time(at, *a, *b))
        return scale(compiler, a, (struct tb_rational){ 1, 100 }, (*b)->kind);
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
bool tb_rule_meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                  struct tb_rule_node **a, struct tb_rule_node **b, struct tb_rule_kind *kind)
{
    bool ordered = (*a)->kind.sort <= (*b)->kind.sort;

    if (!meet_ordered(compiler, at, ordered ? a : b, ordered ? b : a))
        return false;
    *kind = ordered ? (*b)->kind : (*a)->kind;
    return true;
}

/* A rate in a product counts as a fraction. */
bool tb_rule_as_fraction(struct tb_rule_compiler *compiler, struct tb_rule_node **rate)
{
    struct tb_rational one;

    return fraction_of(compiler, *rate, (*rate)->kind, &one) &&
           scale(compiler, rate, one,
                 (struct tb_rule_kind){ .sort = TB_SORT_RATIO, .indicator = TB_NONE });
}
