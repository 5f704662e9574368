/* rule_listed.c - the cases of cases.csv: how many there are, and how many are late.
 *
 * In scope are the cases of the unit and of the units below it, of the class that is
 * named or of all, that were opened from the start of the row's span (of the year, for a
 * rule without one) to the end of the period.  Late is what was closed after its limit,
 * and what is still open past it on the day of the run.  Where no case is in scope
 * nothing is said.
 */
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"

bool tb_rule_bind_listed(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (!tb_rule_n_arguments(compiler, node, 0, 1))
        return false;
    if (node->n_kids == 1 && node->kid[0]->op != TB_OP_NAME)
        return tb_rule_mistake_at(compiler, node->kid[0],
                                  "this is no class of cases, expected one of deadlines.csv "
                                  "(in quotes where it is no plain word)");
    node->op = TB_OP_LISTED;
    return true;
}

const char *tb_rule_case_class(const struct tb_rule *rule, size_t i, size_t *len, uint32_t *at)
{
    for (size_t n = 0; n < rule->n_nodes; n++) {
        const struct tb_rule_node *node = rule->node[n];
        if (node->op != TB_OP_LISTED || node->n_kids == 0 || i-- > 0)
            continue;
        *len = node->kid[0]->name_len;
        *at = node->kid[0]->column;
        return node->kid[0]->name;
    }
    return NULL;
}

bool tb_rule_is_of_cases(const struct tb_rule *rule)
{
    bool any = false;

    for (size_t n = 0; n < rule->n_nodes; n++) {
        const struct tb_rule_node *node = rule->node[n];
        any |= node->op == TB_OP_LISTED;
        if (node->op == TB_OP_CASES || (node->op == TB_OP_QUANTITY && node->what != TB_Q_ELAPSED))
            return false;
    }
    return any;
}

/* From which day to which cases are opened that count, and how they stand when. */
struct scope {
    const struct tb_profile *profile;
    const struct tb_rule_node *node;
    tb_day first, last, today;
    bool late_only;
};

static struct scope scope_of(const struct tb_rule_run *run, const struct tb_rule_node *node,
                             struct tb_period period)
{
    const struct tb_rule_frame *frame = run->frame;
    bool has_span = frame->from.index != 0 || frame->to.index != 0;
    struct tb_period from =
        has_span ? frame->from : tb_period_year_start(period, run->profile->set.year_start);
    struct scope scope = { .profile = run->profile,
                           .node = node,
                           .first = tb_period_first_day(from),
                           .last = tb_period_last_day(period),
                           .late_only = node->function == TB_F_LATE_CASES };

    if (has_span && tb_period_last_day(frame->to) < scope.last)
        scope.last = tb_period_last_day(frame->to);
    scope.today = run->source->today ? run->source->today(run->source->user) : TB_DAY_NONE;
    if (scope.today == TB_DAY_NONE)
        scope.today = tb_period_last_day(period);
    return scope;
}

static bool is_in(const struct scope *scope, const struct tb_case *one)
{
    const struct tb_rule_node *named = scope->node->n_kids ? scope->node->kid[0] : NULL;

    return one->opened != TB_DAY_NONE && one->opened >= scope->first &&
           one->opened <= scope->last && one->opened <= scope->today &&
           (!named || (strlen(one->class_name) == named->name_len &&
                       memcmp(one->class_name, named->name, named->name_len) == 0));
}

static bool is_late(const struct scope *scope, const struct tb_case *one)
{
    enum tb_case_state state = tb_case_state(scope->profile, one, scope->today);

    return state == TB_CASE_LATE || state == TB_CASE_OVERDUE;
}

/* The unit that handles the case; without one that of the bulletin. */
static int32_t unit_of(const struct tb_profile *profile, const struct tb_case *one)
{
    const char *subject = profile->set.subject;
    int32_t unit = one->unit;

    if (unit == TB_NONE && subject)
        unit = tb_profile_unit(profile, subject, strlen(subject));
    return unit;
}

int tb_rule_eval_listed(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_profile *profile = run->profile;
    struct scope scope = scope_of(run, node, view->period);

    for (size_t u = 0; u < profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    for (size_t i = 0; i < profile->n_cases; i++) {
        const struct tb_case *one = &profile->cases[i];
        int64_t counts = !scope.late_only || is_late(&scope, one);
        size_t depth = 0;
        if (!is_in(&scope, one))
            continue;
        for (int32_t u = unit_of(profile, one); u >= 0 && depth <= profile->n_units;
             u = profile->units[u].parent, depth++)
            out[u] = tb_operand_int((out[u].known == TB_KNOWN ? out[u].number.num : 0) + counts);
    }
    return 0;
}

/* Whether the unit is `above` or lies below it. */
static bool is_below(const struct tb_profile *profile, int32_t unit, size_t above)
{
    for (size_t depth = 0; unit >= 0 && depth <= profile->n_units; depth++) {
        if ((size_t)unit == above)
            return true;
        unit = profile->units[unit].parent;
    }
    return false;
}

void tb_rule_put_late_cases(const struct tb_rule_run *run, size_t unit, bool first,
                            struct tb_buf *out)
{
    const struct tb_profile *profile = run->profile;

    for (size_t i = 0; i < profile->n_cases; i++) {
        const struct tb_case *one = &profile->cases[i];
        bool late = false;
        for (size_t n = 0; n < run->rule->n_nodes && !late; n++) {
            const struct tb_rule_node *node = run->rule->node[n];
            if (node->op != TB_OP_LISTED || node->function != TB_F_LATE_CASES)
                continue;
            struct scope scope = scope_of(run, node, run->main.period);
            late = is_in(&scope, one) && is_late(&scope, one) &&
                   is_below(profile, unit_of(profile, one), unit);
        }
        if (!late)
            continue;
        tb_buf_printf(out, "%s%s", first ? "" : ";", one->code);
        first = false;
    }
}
