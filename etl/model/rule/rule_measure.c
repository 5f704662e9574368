/* rule_measure.c - the numbers that a rule asks for, from the source and from the row at hand. */
#include "model/rule/rule_internal.h"

void tb_rule_fill(const struct tb_rule_run *run, struct tb_operand value, struct tb_operand out[])
{
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = value;
}

const struct tb_operand *tb_rule_fetch(struct tb_rule_run *run, enum tb_measure measure,
                                       size_t indicator, int32_t group, struct tb_period period)
{
    period = tb_period_within(period, run->profile->indicators[indicator].frequency);
    /* As if a rule had asked for it in [..]. */
    const struct tb_rule_node node = { .op = TB_OP_QUANTITY,
                                       .what = (int)measure,
                                       .indicator = (int32_t)indicator,
                                       .group = group };
    const struct tb_rule_view view = { .period = period,
                                       .pool = TB_NONE,
                                       .rank_printed = run->main.rank_printed };
    const struct tb_operand *shared = tb_rule_find_shared(run, &node, &view);

    if (shared)
        return shared;
    struct tb_operand *out = tb_rule_vector(run);
    if (!out)
        return NULL;
    run->source->measure(run->source->user, measure, indicator,
                         group == TB_NONE ? TB_NO_GROUP : (uint8_t)group, period, out);
    tb_rule_share(run, &node, &view, out);
    return out;
}

static void fill_from(const struct tb_rule_run *run, const struct tb_operand *given,
                      struct tb_operand out[])
{
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = given ? given[u] : tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
}

/* ytd / annual, in percent, where the row has an annual task for the unit. */
static int over_annual(struct tb_rule_run *run, struct tb_period period, struct tb_operand out[])
{
    const struct tb_operand *annual = run->frame->annual;
    const struct tb_operand *ytd =
        tb_rule_fetch(run, TB_MEASURE_YTD, run->frame->indicator, TB_NONE, period);

    for (size_t u = 0; ytd && u < run->profile->n_units; u++) {
        struct tb_operand hundredth = annual[u];

        if (annual[u].known != TB_KNOWN)
            continue;
        if (__builtin_mul_overflow(annual[u].number.den, 100, &hundredth.number.den)) {
            out[u] = tb_operand_arith(TB_OP_DIV, ytd[u], annual[u]);
            out[u] = tb_operand_arith(TB_OP_MUL, out[u], tb_operand_int(100));
        } else { /* a fraction that need not be reduced before it divides */
            out[u] = tb_operand_arith(TB_OP_DIV, ytd[u], hundredth);
        }
    }
    return ytd ? 0 : -1;
}

static bool all_have_tasks(const struct tb_rule_run *run)
{
    for (size_t u = 0; u < run->profile->n_units; u++)
        if (run->frame->annual[u].known != TB_KNOWN)
            return false;
    return true;
}

static int eval_measure(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[])
{
    enum tb_measure measure =
        node->what == TB_Q_GRADE ? TB_MEASURE_VALUE : (enum tb_measure)node->what;
    size_t row = node->indicator >= 0 ? (size_t)node->indicator : run->frame->indicator;
    struct tb_period period =
        tb_period_within(view->period, run->profile->indicators[row].frequency);

    if (view->pool != TB_NONE) {
        tb_rule_fill(run,
             run->source->pooled(run->source->user, measure, row, (uint8_t)view->pool,
                                 view->own_first, period),
             out);
        return 0;
    }
    if (node->milestone && run->source->task) {
        run->source->task(run->source->user, row, period, node->done, out);
        return 0;
    }
    bool of_task =
        measure == TB_MEASURE_PROGRESS && run->frame->annual && row == run->frame->indicator;
    if (!of_task || !all_have_tasks(run))
        run->source->measure(run->source->user, measure, row,
                             node->group == TB_NONE ? TB_NO_GROUP : (uint8_t)node->group, period,
                             out);
    return of_task ? over_annual(run, period, out) : 0;
}

int tb_rule_eval_quantity(struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_rule_view *view, struct tb_operand out[])
{
    switch (node->what) {
    case TB_Q_TOTAL:
        return tb_rule_eval_total(run, node, view, out);
    case TB_Q_ELAPSED:
        tb_rule_elapsed(run, view->period, out);
        return 0;
    case TB_Q_ANNUAL:
        fill_from(run, run->frame->annual, out);
        return 0;
    case TB_Q_QUOTA:
        fill_from(run, run->frame->quota, out);
        return 0;
    case TB_Q_COMPLETENESS:
        if (run->source->completeness)
            run->source->completeness(run->source->user, view->period, out);
        else
            tb_rule_fill(run, tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE), out);
        return 0;
    default:
        if (node->what < TB_Q_VERDICT)
            return eval_measure(run, node, view, out);
        tb_rule_eval_verdict(run, node, view, out);
        return 0;
    }
}
