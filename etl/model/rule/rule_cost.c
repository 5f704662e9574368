/* rule_cost.c - how much a rule asks for, so that none takes all memory and time.
 *
 * Each part of a rule is an array of numbers, once for each period that it is looked at
 * in: streak looks back up to TB_RULE_BACK_MAX periods, every at each finer period of its
 * own.  What two parts ask for in the same period is computed once (rule_eval.c), so the
 * sum over the parts bounds memory and time, however they are nested.
 */
#include "model/rule/rule_internal.h"

enum { WORK_MAX = 24000 }; /* numbers for each unit */

static int periods_per_year(const struct tb_rule_compiler *compiler, int32_t indicator)
{
    return indicator >= 0
               ? tb_periods_per_year(compiler->profile->indicators[indicator].frequency)
               : tb_periods_per_year(compiler->profile->set.frequency);
}

/* How many periods of its own an `every` looks at in one of the subject's. */
static size_t periods_within(const struct tb_rule_compiler *compiler,
                             const struct tb_rule_node *node)
{
    const struct tb_rule_node *series = tb_rule_first_series(node->kid[0]);
    int own = periods_per_year(compiler, series ? series->indicator : node->indicator);
    int above = periods_per_year(compiler, compiler->context->indicator);

    return (size_t)(own / (above > 0 ? above : 1)) + 1;
}

static size_t work_of(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                      size_t times)
{
    size_t work = times;

    if (node->op == TB_OP_STREAK)
        times *= TB_RULE_BACK_MAX;
    else if (node->op == TB_OP_EVERY)
        times *= periods_within(compiler, node);
    if (times > WORK_MAX)
        return WORK_MAX + 1;
    for (size_t i = 0; i < node->n_kids && work <= WORK_MAX; i++)
        if (node->kid[i])
            work += work_of(compiler, node->kid[i], times);
    return work;
}

bool tb_rule_check_cost(struct tb_rule_compiler *compiler)
{
    const struct tb_rule_node *root = compiler->rule->root;

    if (work_of(compiler, root, 1) <= WORK_MAX)
        return true;
    tb_rule_mistake(compiler, root->column,
                    "rule looks at too many periods, expected at most %d numbers for each unit: a "
                    "shorter condition in streak or every",
                    WORK_MAX);
    return false;
}
