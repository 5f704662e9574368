/* rule_below.c - over the units below, and over cases submitted as a distribution.
 *
 * Units below are those whose parent is the unit, in the period.  One that has no
 * data makes a sum or a count unknown (methods note, section 9: non_null); an
 * `all` that one already breaks, or an `any` that one already meets, is decided.
 *
 * The cases of an indicator are the indicators `<code>.<number>`, each of which
 * counts the cases that took that number (of days, say); all must be known.
 */
#include "model/rule_internal.h"

/* One more unit below, joined to what the unit above has so far. */
static struct tb_operand join(const struct tb_rule_node *node, struct tb_operand so_far,
                              struct tb_operand child)
{
    if (node->function == TB_F_SUM || node->function == TB_F_COUNT ||
        node->function == TB_F_ROUNDING)
        return tb_operand_arith(TB_OP_ADD, so_far, child);
    bool decides = node->function == TB_F_ANY;
    bool decided = so_far.known == TB_KNOWN && (so_far.number.num != 0) == decides;
    bool now = child.known == TB_KNOWN && (child.number.num != 0) == decides;
    if (decided)
        return so_far;
    if (now)
        return child;
    so_far.known = so_far.known > child.known ? so_far.known : child.known;
    so_far.provisional = so_far.provisional || child.provisional;
    return so_far;
}

/* What rounding alone may make of a whole and the sum of n parts that are all
 * published with so many digits: half a unit of the last digit for each of them. */
static struct tb_operand rounding_of(struct tb_operand n, int32_t decimals)
{
    struct tb_operand half = tb_operand_int(1);

    half.number.den = 2 * tb_pow10(decimals);
    return tb_operand_arith(TB_OP_MUL, tb_operand_arith(TB_OP_ADD, n, tb_operand_int(1)), half);
}

int tb_rule_eval_children(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_profile *profile = run->profile;
    const struct tb_operand *value = NULL;
    bool *has_child = tb_arena_alloc(&run->arena, profile->n_units + 1, sizeof *has_child);

    bool asks = node->quantity && node->function != TB_F_ROUNDING;
    if (!has_child || (asks && !(value = tb_rule_value(run, node->quantity, view))))
        return -1;
    for (size_t u = 0; u < profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    for (size_t u = 0; u < profile->n_units; u++) {
        int32_t parent = profile->units[u].parent;

        if (parent < 0 || !tb_unit_valid_in(&profile->units[u], view->period))
            continue;
        if (!has_child[parent])
            out[parent] = tb_operand_int(node->function == TB_F_ALL);
        has_child[parent] = true;
        out[parent] = join(node, out[parent], value ? value[u] : tb_operand_int(1));
    }
    for (size_t u = 0; u < profile->n_units && node->function == TB_F_ROUNDING; u++)
        out[u] = rounding_of(out[u], tb_rule_decimals(run, node->quantity));
    return 0;
}

/* The largest or smallest number that any case took. */
static struct tb_operand extreme(const struct tb_rule_node *node,
                                 const struct tb_operand *const counts[], size_t unit)
{
    struct tb_operand out = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);

    for (size_t i = 0; i < node->n_bins; i++) {
        struct tb_operand bin = tb_operand_known(node->bin[i].value);
        int order = tb_rational_cmp(bin.number, out.number);

        if (counts[i][unit].number.num <= 0)
            continue;
        if (out.known != TB_KNOWN || (node->function == TB_F_MAX ? order > 0 : order < 0))
            out = bin;
    }
    return out;
}

static struct tb_operand share(const struct tb_rule_node *node,
                               const struct tb_operand *const counts[], size_t unit)
{
    struct tb_operand counted = tb_operand_int(0);
    struct tb_operand all = tb_operand_int(0);

    for (size_t i = 0; i < node->n_bins; i++) {
        all = tb_operand_arith(TB_OP_ADD, all, counts[i][unit]);
        if (node->bin[i].counted)
            counted = tb_operand_arith(TB_OP_ADD, counted, counts[i][unit]);
    }
    if (all.known == TB_KNOWN && all.number.num == 0) /* no case: nothing to judge */
        return tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    counted = tb_operand_arith(TB_OP_MUL, counted, tb_operand_int(100));
    return tb_operand_arith(TB_OP_DIV, counted, all);
}

int tb_rule_eval_cases(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand **counts =
        tb_arena_alloc(&run->arena, node->n_bins, sizeof(const struct tb_operand *));

    if (!counts)
        return -1;
    for (size_t i = 0; i < node->n_bins; i++) {
        counts[i] = tb_rule_fetch(run, TB_MEASURE_VALUE, (size_t)node->bin[i].indicator, TB_NONE,
                                  view->period);
        if (!counts[i])
            return -1;
    }
    for (size_t u = 0; u < run->profile->n_units; u++) {
        struct tb_operand flags = tb_operand_int(0);

        for (size_t i = 0; i < node->n_bins; i++)
            flags = tb_operand_arith(TB_OP_ADD, flags, counts[i][u]);
        if (flags.known != TB_KNOWN) {
            out[u] = tb_operand_unknown((enum tb_known)flags.known);
            continue;
        }
        out[u] = node->function == TB_F_SHARE ? share(node, counts, u) : extreme(node, counts, u);
        out[u].provisional = flags.provisional;
    }
    return 0;
}
