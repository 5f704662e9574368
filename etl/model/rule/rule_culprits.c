/* rule_culprits.c - the units that broke an `all`, cases that are late, and units that
 * nothing is known of. */
#include "model/rule/rule_internal.h"

#include "tongbao/buf.h"

static bool is_all(const struct tb_rule_node *node)
{
    return node->op == TB_OP_CHILDREN && node->function == TB_F_ALL;
}

static bool has_all(const struct tb_rule *rule)
{
    for (size_t i = 0; i < rule->n_nodes; i++)
        if (is_all(rule->node[i]))
            return true;
    return false;
}

/* Whether some `all` that was asked for `above` is false because of the unit. */
static bool broke_one(const struct tb_rule_run *run, size_t above, size_t unit)
{
    for (size_t i = 0; i < run->rule->n_nodes; i++) {
        const struct tb_rule_node *node = run->rule->node[i];

        if (!is_all(node) ||
            !tb_rule_in_scope(run->profile, node, above, unit, run->main.period))
            continue;
        const struct tb_operand *value = tb_rule_known_value(run, node->quantity, &run->main);
        if (value && tb_operand_is_false(value[unit]))
            return true;
    }
    return false;
}

void tb_rule_culprits(const struct tb_rule_run *run, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = run->profile;
    bool first = true;

    for (size_t u = 0; has_all(run->rule) && u < profile->n_units; u++) {
        if (!broke_one(run, unit, u))
            continue;
        tb_buf_printf(out, "%s%s", first ? "" : ";", profile->units[u].code);
        first = false;
    }
    tb_rule_put_late_cases(run, unit, first, out);
}

enum { MISSING_TOLD = 12 };

void tb_rule_put_missing(const struct tb_rule_run *run, const struct tb_rule_node *node,
                         size_t above, struct tb_buf *out)
{
    const struct tb_profile *profile = run->profile;
    const struct tb_operand *value =
        node->quantity ? tb_rule_known_value(run, node->quantity, &run->main) : NULL;
    size_t n = 0;

    for (size_t u = 0; value && u < profile->n_units; u++) {
        if (value[u].known == TB_KNOWN ||
            !tb_rule_in_scope(profile, node, above, u, run->main.period))
            continue;
        if (++n <= MISSING_TOLD)
            tb_buf_printf(out, "%s%s", n == 1 ? " (" : ", ", profile->units[u].code);
    }
    if (n > MISSING_TOLD)
        tb_buf_printf(out, " + %zu", n - MISSING_TOLD);
    if (n > 0)
        tb_buf_putc(out, ')');
}
