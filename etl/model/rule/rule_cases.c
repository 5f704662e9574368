/* rule_cases.c - over cases submitted as a distribution.
 *
 * The cases of an indicator are the indicators `<code>.<number>`, each of which
 * counts the cases that took that number (of days, say); all must be known.
 */
#include "model/rule/rule_internal.h"

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
