/* rule_gap.c - the comparison that decides, its two sides, and how far apart.
 *
 * The gap is negative when the unit is behind.  Of an `and` the false part is the
 * one that decides, and among several the one that is relatively farthest behind;
 * of an `or` the one that is nearest.
 */
#include <math.h>

#include "model/rule/rule_internal.h"

/* The unmirrored numbers of a comparison for one unit. */
static struct tb_operand side(const struct tb_rule_run *run, const struct tb_rule_node *node,
                              size_t unit)
{
    const struct tb_operand *value = tb_rule_known_value(run, node, &run->main);

    return value ? value[unit] : tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
}

static bool is_literal(const struct tb_rule_node *node)
{
    while (node->op == TB_OP_SCALE || node->op == TB_OP_NEG)
        node = node->kid[0];
    return node->op == TB_OP_NUMBER;
}

/* left - right, signed after the operator. */
static struct tb_operand signed_gap(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                    size_t unit, struct tb_operand left, struct tb_operand right)
{
    struct tb_operand more = tb_operand_arith(TB_OP_SUB, left, right);
    struct tb_operand less = tb_operand_arith(TB_OP_SUB, right, left);
    struct tb_operand one = tb_operand_int(1);
    /* Places are whole: the next better one is a full place away. */
    bool places =
        node->kid[0]->kind.sort == TB_SORT_RANK || node->kid[1]->kind.sort == TB_SORT_RANK;
    struct tb_operand truth = side(run, node, unit);

    switch (node->compare) {
    case TB_CMP_GE:
        return more;
    case TB_CMP_LE:
        return less;
    case TB_CMP_GT:
    case TB_CMP_LT:
        if (node->compare == TB_CMP_LT)
            more = less;
        /* Who stays first has kept it. */
        if (places && !(node->first_keeps && more.number.num == 0 && tb_operand_is_true(truth)))
            return tb_operand_arith(TB_OP_SUB, more, one);
        return more;
    case TB_CMP_EQ:
        return more.known == TB_KNOWN && more.number.num > 0 ? less : more;
    default:
        return tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    }
}

/* How far inside the bound of ~ that binds. */
static struct tb_operand about_gap(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                   size_t unit, struct tb_operand left, struct tb_operand right)
{
    const struct tb_operand *given =
        node->n_kids == 3 ? tb_rule_known_value(run, node->kid[2], &run->main) : NULL;
    struct tb_operand tolerance = tb_rule_tolerance(run, node, given, unit);
    struct tb_operand over = tb_operand_arith(TB_OP_SUB, left, right);
    struct tb_operand under = tb_operand_arith(TB_OP_SUB, right, left);
    bool lower = tb_rule_lower_is_better(run, node);

    if (over.known != TB_KNOWN || under.known != TB_KNOWN)
        return over;
    if (run->profile->set.about_both)
        return tb_operand_arith(TB_OP_SUB, tolerance, over.number.num > 0 ? over : under);
    return tb_operand_arith(TB_OP_ADD, lower ? under : over, tolerance);
}

/* A pure fraction is told in percent. */
static struct tb_operand in_percent(struct tb_operand value)
{
    return tb_operand_arith(TB_OP_MUL, value, tb_operand_int(100));
}

static void compare_gap(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit,
                        struct tb_rule_gap *out)
{
    bool mirrored = is_literal(node->kid[0]) && !is_literal(node->kid[1]);
    const struct tb_rule_node *of = node->kid[mirrored];
    enum tb_rule_sort sort = of->kind.sort;
    struct tb_operand left = side(run, node->kid[0], unit);
    struct tb_operand right = side(run, node->kid[1], unit);
    struct tb_operand gap = node->compare == TB_CMP_ABOUT
                                ? about_gap(run, node, unit, left, right)
                                : signed_gap(run, node, unit, left, right);

    *out = (struct tb_rule_gap){ .value = mirrored ? right : left,
                                 .benchmark = mirrored ? left : right,
                                 .is_percent = sort == TB_SORT_PERCENT,
                                 .is_rank = sort == TB_SORT_RANK,
                                 .decimals = tb_rule_decimals(run, of) };
    if (sort == TB_SORT_RATIO) {
        out->value = in_percent(out->value);
        out->benchmark = in_percent(out->benchmark);
        gap = in_percent(gap);
        out->is_percent = true;
        out->decimals = run->profile->set.growth_decimals;
    }
    /* What is told in words has no distance. */
    out->has_gap = left.known == TB_KNOWN && right.known == TB_KNOWN && gap.known == TB_KNOWN &&
                   left.told == TB_TOLD_NUMBER;
    out->gap = out->has_gap ? gap.number : tb_rational_int(0);
}

static void find_gap(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit,
                     struct tb_rule_gap *out);

/* The gap against the size of what is asked: only for choosing among parts. */
static double relative(const struct tb_rule_gap *gap)
{
    double benchmark = fabs(tb_rational_double(gap->benchmark.number));

    return tb_rational_double(gap->gap) / fmax(benchmark, 1e-9);
}

/* The part of an and (or) that decides: among those that decide it, if any does,
 * the one farthest behind (nearest). */
static void decisive_gap(const struct tb_rule_run *run, const struct tb_rule_node *node,
                         size_t unit, struct tb_rule_gap *out)
{
    bool any = node->op == TB_OP_OR;
    bool best_decides = false;

    *out = (struct tb_rule_gap){ .has_gap = false };
    for (size_t i = 0; i < node->n_kids; i++) {
        struct tb_operand truth = side(run, node->kid[i], unit);
        bool decides = any ? tb_operand_is_true(truth) : tb_operand_is_false(truth);
        struct tb_rule_gap part;

        find_gap(run, node->kid[i], unit, &part);
        if (!part.has_gap) {
            /* Its sides are worth telling when there is nothing better. */
            if (!out->has_gap && out->value.known != TB_KNOWN && part.value.number.den != 0)
                *out = part;
            continue;
        }
        bool nearer = out->has_gap &&
                      (any ? relative(&part) > relative(out) : relative(&part) < relative(out));
        if (!out->has_gap || (decides && !best_decides) || (decides == best_decides && nearer)) {
            *out = part;
            best_decides = decides;
        }
    }
}

static void find_gap(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit,
                     struct tb_rule_gap *out)
{
    switch (node->op) {
    case TB_OP_COMPARE:
        compare_gap(run, node, unit, out);
        break;
    case TB_OP_AND:
    case TB_OP_OR:
        decisive_gap(run, node, unit, out);
        break;
    case TB_OP_IN:
        find_gap(run, node->kid[0], unit, out);
        break;
    case TB_OP_NOT:
        find_gap(run, node->kid[0], unit, out);
        if (out->has_gap)
            out->has_gap = tb_rational_sub(tb_rational_int(0), out->gap, &out->gap);
        break;
    default:
        *out = (struct tb_rule_gap){ .has_gap = false };
        break;
    }
}

void tb_rule_gap(const struct tb_rule_run *run, size_t unit, struct tb_rule_gap *out)
{
    find_gap(run, run->rule->root, unit, out);
    /* Sides that do not exist are unknown, not zero. */
    if (out->value.number.den == 0)
        out->value = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    if (out->benchmark.number.den == 0)
        out->benchmark = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
}
