/* rule_scope.c - levels of other periods in rules: prev(value), last_year(ytd), at().
 *
 * A unit that changed in between is not compared with what it was: a merged unit has
 * the sum of its parts, one with a new code what the old one had, any other no past
 * (methods note, section 13).  Nor is a figure compared with one on another base year.
 * Places, rates and shares of other periods stay as they are: they compare nothing.
 */
#include "model/rule/rule_internal.h"

#include "tongbao/change.h"
#include "tongbao/rebase.h"

/* The first level that an expression is made of, or NULL. */
static const struct tb_rule_node *find_level(const struct tb_rule_node *node)
{
    const struct tb_rule_node *found = NULL;

    if (node->op == TB_OP_QUANTITY)
        return node->what == TB_MEASURE_VALUE || node->what == TB_MEASURE_YTD ||
                       node->what == TB_Q_TOTAL
                   ? node
                   : NULL;
    if (node->op == TB_OP_GROUP || node->op == TB_OP_CHILDREN || node->op == TB_OP_AT_UNIT)
        return NULL;
    for (size_t i = 0; i < node->n_kids && !found; i++)
        found = node->kid[i] ? find_level(node->kid[i]) : NULL;
    return found;
}

static bool adds_up(const struct tb_indicator *indicator)
{
    return (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_STOCK ||
            indicator->kind == TB_KIND_COUNT) &&
           indicator->uom.kind != TB_UOM_PERCENT && indicator->uom.kind != TB_UOM_INDEX;
}

static bool is_rebased(const struct tb_indicator *indicator, struct tb_period then,
                       struct tb_period now)
{
    for (size_t i = 0; i < indicator->n_rebases; i++)
        if (indicator->rebase[i].from.index > then.index &&
            indicator->rebase[i].from.index <= now.index)
            return true;
    return false;
}

/* Whether the scope of what was cumulated until either period changed within its year. */
static bool changed_within_year(const struct tb_profile *profile, const struct tb_scope *scope,
                                size_t unit, struct tb_period then, struct tb_period now)
{
    int start = profile->set.year_start;

    if (tb_scope_changes(profile, unit, tb_period_first_day(tb_period_year_start(now, start)),
                         tb_period_last_day(now)))
        return true;
    for (size_t i = 0; i < scope->n; i++)
        if (tb_scope_changes(profile, scope->part[i],
                             tb_period_first_day(tb_period_year_start(then, start)),
                             tb_period_last_day(then)))
            return true;
    return false;
}

/* The past of one unit that some change touches. */
static struct tb_operand past_of(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                 const struct tb_rule_node *level, size_t unit,
                                 struct tb_period then, struct tb_period now,
                                 const struct tb_operand value[])
{
    const struct tb_profile *profile = run->profile;
    struct tb_scope scope;

    tb_scope_between(profile, unit, then, now, &scope);
    if (scope.broken || (level->what != TB_MEASURE_VALUE &&
                         changed_within_year(profile, &scope, unit, then, now)))
        return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    if (!scope.bridged)
        return value[unit];
    if (scope.n > 1 && (node != level || !adds_up(tb_rule_indicator(run, level))))
        return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    struct tb_operand sum = tb_operand_unknown(TB_UNKNOWN_NO_DATA);
    for (size_t i = 0; i < scope.n; i++) {
        if (scope.n > 1 && !tb_unit_valid_in(&profile->units[scope.part[i]], then))
            continue;
        const struct tb_operand *part = &value[scope.part[i]];
        sum = sum.known == TB_UNKNOWN_NO_DATA ? *part : tb_operand_arith(TB_OP_ADD, sum, *part);
        if (sum.known != TB_KNOWN)
            return sum;
    }
    return sum;
}

void tb_rule_keep_scope(const struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_period then,
                        const struct tb_operand value[], struct tb_operand out[])
{
    const struct tb_rule_node *level = view->pool == TB_NONE ? find_level(node) : NULL;

    if (!level)
        return;
    const struct tb_indicator *indicator = tb_rule_indicator(run, level);
    struct tb_period now = tb_period_within(view->period, indicator->frequency);
    then = tb_period_within(then, indicator->frequency);
    if (then.index >= now.index)
        return;
    bool rebased = is_rebased(indicator, then, now);
    for (size_t u = 0; u < run->profile->n_units; u++) {
        if (rebased)
            out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
        else if (run->profile->units[u].changed)
            out[u] = past_of(run, node, level, u, then, now, value);
    }
}
