/* rule_compare.c - comparison of operands: < <= > >= = != and ~. */
#include "model/rule/rule_internal.h"

static struct tb_operand truth(bool is_true, struct tb_operand flags)
{
    flags.number = tb_rational_int(is_true);
    flags.approximate = false;
    return flags;
}

struct tb_operand tb_rule_tolerance(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                    const struct tb_operand *given, size_t unit)
{
    struct tb_rational points;

    if (given)
        return given[unit];
    if (!tb_rational_from_decimal(run->profile->set.about_tolerance, &points))
        return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    struct tb_operand tolerance = tb_operand_known(points);
    /* The setting is in points; a pure fraction is a hundredth of what it prints as. */
    if (node->kid[0]->kind.sort == TB_SORT_RATIO)
        tolerance = tb_operand_arith(TB_OP_DIV, tolerance, tb_operand_int(100));
    return tolerance;
}

/* left ~ right: both sides bind, or only the unfavourable one. */
static struct tb_operand about(const struct tb_rule_run *run, const struct tb_rule_node *node,
                               struct tb_operand left, struct tb_operand right,
                               struct tb_operand tolerance)
{
    bool lower = tb_rule_lower_is_better(run, node);
    bool both = run->profile->set.about_both;
    struct tb_operand least = tb_operand_arith(TB_OP_SUB, right, tolerance);
    struct tb_operand most = tb_operand_arith(TB_OP_ADD, right, tolerance);
    struct tb_operand flags = tb_operand_arith(TB_OP_SUB, left, tolerance);
    int below, above;

    flags.known = flags.known > least.known ? flags.known : least.known;
    flags.known = flags.known > most.known ? flags.known : most.known;
    flags.provisional = left.provisional || right.provisional;
    if (flags.known != TB_KNOWN)
        return flags;
    if (!tb_operand_compare(left, least, &below) || !tb_operand_compare(left, most, &above))
        return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    return truth((below >= 0 || (lower && !both)) && (above <= 0 || (!lower && !both)), flags);
}

bool tb_rule_holds(enum tb_rule_compare compare, int order)
{
    switch (compare) {
    case TB_CMP_LT:
        return order < 0;
    case TB_CMP_LE:
        return order <= 0;
    case TB_CMP_GT:
        return order > 0;
    case TB_CMP_GE:
        return order >= 0;
    case TB_CMP_NE:
        return order != 0;
    case TB_CMP_EQ:
    case TB_CMP_ABOUT:
        break;
    }
    return order == 0;
}

static struct tb_operand compare_one(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                     struct tb_operand left, struct tb_operand right)
{
    struct tb_operand flags = { .number = { 0, 1 },
                                .known = left.known > right.known ? left.known : right.known,
                                .provisional = left.provisional || right.provisional };
    int order;

    if (flags.known != TB_KNOWN)
        return flags;
    if (!tb_operand_compare(left, right, &order)) {
        flags.known = TB_UNKNOWN_NOT_COMPUTABLE;
        return flags;
    }
    bool stays_first = node->first_keeps && run->profile->set.first_keeps_ok && order == 0 &&
                       tb_rational_cmp(left.number, tb_rational_int(1)) == 0;
    return truth(stays_first || tb_rule_holds(node->compare, order), flags);
}

/* A side of a comparison as it is printed: amounts and rates were rounded where
 * they are read; a quotient is rounded here. */
static struct tb_operand as_printed(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                    struct tb_operand value)
{
    if (node->kind.sort != TB_SORT_RATIO || node->op == TB_OP_NUMBER)
        return value;
    return tb_operand_round(value, tb_rule_decimals(run, node), run->profile->set.round_mode);
}

/* With all that a comparison may be: about, of quotients, of who stays first. */
static void compare_each(const struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_operand left[], const struct tb_operand right[],
                         const struct tb_operand *given, bool rounds, struct tb_operand out[])
{
    for (size_t u = 0; u < run->profile->n_units; u++) {
        struct tb_operand a = rounds ? as_printed(run, node->kid[0], left[u]) : left[u];
        struct tb_operand b = rounds ? as_printed(run, node->kid[1], right[u]) : right[u];

        out[u] = node->compare == TB_CMP_ABOUT
                     ? about(run, node, a, b, tb_rule_tolerance(run, node, given, u))
                     : compare_one(run, node, a, b);
    }
}

/* -1, 0, 1 of exact numbers; most have one denominator. */
static inline int exact_order(struct tb_rational a, struct tb_rational b)
{
    int64_t x = a.num, y = b.num;

    if (a.den != b.den &&
        (__builtin_mul_overflow(a.num, b.den, &x) || __builtin_mul_overflow(b.num, a.den, &y)))
        return tb_rational_cmp(a, b);
    return (x > y) - (x < y);
}

/* Numbers that are exact, and an operator of two sides: the loop of nearly every target. */
static void compare_exact(const struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_operand left[], const struct tb_operand right[],
                          struct tb_operand out[])
{
    const bool holds[3] = { tb_rule_holds(node->compare, -1), tb_rule_holds(node->compare, 0),
                            tb_rule_holds(node->compare, 1) };

    for (size_t u = 0; u < run->profile->n_units; u++) {
        const struct tb_operand *a = &left[u], *b = &right[u];

        if (a->approximate || b->approximate) {
            out[u] = compare_one(run, node, *a, *b);
            continue;
        }
        uint8_t known = a->known > b->known ? a->known : b->known;
        bool is_true =
            known == TB_KNOWN && holds[exact_order(a->number, b->number) + 1];
        out[u] = (struct tb_operand){ .number = { is_true, 1 },
                                      .known = known,
                                      .provisional = a->provisional || b->provisional };
    }
}

static bool is_rounded_here(const struct tb_rule_node *node)
{
    return node->kind.sort == TB_SORT_RATIO && node->op != TB_OP_NUMBER;
}

int tb_rule_eval_compare(struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *left = tb_rule_value(run, node->kid[0], view);
    const struct tb_operand *right = left ? tb_rule_value(run, node->kid[1], view) : NULL;
    const struct tb_operand *given = NULL;
    bool rounds = view->limit_printed &&
                  (is_rounded_here(node->kid[0]) || is_rounded_here(node->kid[1]));

    if (!right)
        return -1;
    if (node->n_kids == 3 && !(given = tb_rule_value(run, node->kid[2], view)))
        return -1;
    if (node->compare != TB_CMP_ABOUT && !node->first_keeps && !rounds)
        compare_exact(run, node, left, right, out);
    else
        compare_each(run, node, left, right, given, rounds, out);
    tb_rule_pass_nothing(run, node, out);
    return 0;
}
