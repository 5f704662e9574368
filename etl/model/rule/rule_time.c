/* rule_time.c - other periods: prev last_year average at streak every step, total and elapsed.
 *
 * Steps back are taken in the frequency of what is asked for, so that the quarter
 * before is meant beside a monthly subject.  An indicator with a joint figure for
 * January and February has no January: before March comes February, before that
 * December (methods note, section 1).
 */
#include "model/rule/rule_internal.h"
#include "tongbao/growth_average.h"

/* The indicator whose calendar counts for a node. */
static const struct tb_indicator *calendar_of(const struct tb_rule_run *run,
                                              const struct tb_rule_node *node)
{
    const struct tb_rule_node *series = tb_rule_first_series((struct tb_rule_node *)node);

    return tb_rule_indicator(run, series ? series : node);
}

static struct tb_period before(const struct tb_indicator *indicator, struct tb_period period)
{
    return tb_indicator_previous(indicator, tb_period_within(period, indicator->frequency));
}

static int copy_at(struct tb_rule_run *run, const struct tb_rule_node *node,
                   const struct tb_rule_view *view, struct tb_period period,
                   struct tb_operand out[])
{
    struct tb_rule_view there = *view;

    there.period = period;
    const struct tb_operand *value = tb_rule_value(run, node, &there);
    for (size_t u = 0; value && u < run->profile->n_units; u++)
        out[u] = value[u];
    if (value)
        tb_rule_keep_scope(run, node, view, period, value, out);
    return value ? 0 : -1;
}

/* An amount cumulated since the start of the year begins again with the next one: what
 * the year before had come to is not what came before it. */
static bool begins_again(const struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_indicator *indicator, struct tb_period now,
                         struct tb_period then)
{
    int start = run->profile->set.year_start;

    while (node->op == TB_OP_SCALE || node->op == TB_OP_IN || node->op == TB_OP_AT_UNIT)
        node = node->kid[0];
    if (node->op != TB_OP_QUANTITY || node->what != TB_MEASURE_YTD ||
        (indicator->kind != TB_KIND_FLOW && indicator->kind != TB_KIND_COUNT))
        return false;
    now = tb_period_within(now, then.freq);
    return tb_period_year_start(now, start).index != tb_period_year_start(then, start).index;
}

static int eval_prev(struct tb_rule_run *run, const struct tb_rule_node *node,
                     const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_indicator *indicator = calendar_of(run, node->kid[0]);
    struct tb_period period = view->period;

    for (int32_t i = 0; i < node->steps; i++)
        period = before(indicator, period);
    if (begins_again(run, node->kid[0], indicator, view->period, period)) {
        for (size_t u = 0; u < run->profile->n_units; u++)
            out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
        return 0;
    }
    return copy_at(run, node->kid[0], view, period, out);
}

static int eval_last_year(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[])
{
    struct tb_period period = view->period;

    period = tb_period_year_before(period);
    return copy_at(run, node->kid[0], view, period, out);
}

/* The rates of the years up to the view's, as one; unknown as the first of them that is. */
static void join_years(struct tb_rational rate[], const struct tb_operand *value[], size_t n,
                       size_t unit, struct tb_operand *out)
{
    *out = value[0][unit];
    for (size_t year = 0; year < n; year++) {
        const struct tb_operand *own = &value[year][unit];
        if (own->known != TB_KNOWN) {
            *out = tb_operand_unknown((enum tb_known)own->known);
            return;
        }
        out->provisional = out->provisional || own->provisional;
        rate[year] = own->number;
    }
    if (!tb_growth_average(rate, n, &out->number))
        *out = tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
}

static int eval_average(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *value[TB_AVERAGE_YEARS];
    struct tb_rational rate[TB_AVERAGE_YEARS];
    struct tb_rule_view there = *view;
    size_t n = (size_t)node->steps;

    for (size_t year = 0; year < n; year++) {
        value[year] = tb_rule_value(run, node->kid[0], &there);
        if (!value[year])
            return -1;
        there.period = tb_period_year_before(there.period);
    }
    for (size_t u = 0; u < run->profile->n_units; u++)
        join_years(rate, value, n, u, &out[u]);
    return 0;
}

/* Counts periods back from the view's while the condition holds.  A period without
 * data ends the run: what lies before it proves nothing. */
static int eval_streak(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_indicator *indicator = calendar_of(run, node->kid[0]);
    struct tb_rule_view there = *view;
    bool going = true;

    for (int64_t back = 0; going && back < TB_RULE_BACK_MAX; back++) {
        const struct tb_operand *value = tb_rule_value(run, node->kid[0], &there);
        if (!value)
            return -1;
        going = false;
        for (size_t u = 0; u < run->profile->n_units; u++) {
            if (back == 0) {
                out[u] = value[u];
            } else if (tb_operand_is_true(out[u]) && out[u].number.num == back &&
                       tb_operand_is_true(value[u])) {
                out[u].number = tb_rational_int(back + 1);
                out[u].provisional = out[u].provisional || value[u].provisional;
            }
            going = going || (tb_operand_is_true(out[u]) && out[u].number.num == back + 1);
        }
        there.period = before(indicator, there.period);
    }
    return 0;
}

static struct tb_operand both(struct tb_operand a, struct tb_operand b)
{
    if (tb_operand_is_false(a) || tb_operand_is_false(b))
        return tb_operand_is_false(a) ? a : b;
    a.known = a.known > b.known ? a.known : b.known;
    a.provisional = a.provisional || b.provisional;
    return a;
}

/* The condition in each period of its own indicator that ends within the view's: a brief in
 * each ten days of a quarter.  One in which it fails decides; one that nothing is known of
 * leaves the rest unknown. */
static int eval_every(struct tb_rule_run *run, const struct tb_rule_node *node,
                      const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_indicator *indicator = calendar_of(run, node->kid[0]);
    struct tb_period before = { view->period.freq, view->period.index - 1 };
    struct tb_period last = tb_period_within(view->period, indicator->frequency);
    struct tb_rule_view there = *view;
    bool first = true;

    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    there.period = tb_period_within(before, indicator->frequency);
    for (there.period.index++; there.period.index <= last.index; there.period.index++) {
        if (!tb_indicator_expected(indicator, there.period))
            continue;
        const struct tb_operand *value = tb_rule_value(run, node->kid[0], &there);
        if (!value)
            return -1;
        for (size_t u = 0; u < run->profile->n_units; u++)
            out[u] = first ? value[u] : both(out[u], value[u]);
        first = false;
    }
    return 0;
}

/* The last step that has begun by the end of the period. */
static int eval_step(struct tb_rule_run *run, const struct tb_rule_node *node,
                     const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_rule_node *reached = NULL;

    for (size_t i = 0; i < node->n_kids; i++) {
        const struct tb_rule_node *arm = node->kid[i];

        while (arm->op == TB_OP_SCALE)
            arm = arm->kid[0];
        if (tb_period_last_day(arm->period) <= tb_period_last_day(view->period))
            reached = node->kid[i];
    }
    if (reached)
        return copy_at(run, reached, view, view->period, out);
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    return 0;
}

int tb_rule_eval_time(struct tb_rule_run *run, const struct tb_rule_node *node,
                      const struct tb_rule_view *view, struct tb_operand out[])
{
    switch (node->op) {
    case TB_OP_PREV:
        return eval_prev(run, node, view, out);
    case TB_OP_LAST_YEAR:
        return eval_last_year(run, node, view, out);
    case TB_OP_AVERAGE:
        return eval_average(run, node, view, out);
    case TB_OP_STREAK:
        return eval_streak(run, node, view, out);
    case TB_OP_EVERY:
        return eval_every(run, node, view, out);
    case TB_OP_STEP:
        return eval_step(run, node, view, out);
    default: /* TB_OP_AT: a year means its last period */
        return copy_at(run, node->quantity, view,
                       tb_period_within(node->period, calendar_of(run, node)->frequency), out);
    }
}

/* The span of the row, in a frequency; false for a check, which has none. */
static bool span(const struct tb_rule_run *run, enum tb_freq freq, struct tb_period *from,
                 struct tb_period *to)
{
    const struct tb_rule_frame *frame = run->frame;

    if (frame->from.index == 0 && frame->to.index == 0)
        return false;
    struct tb_period day_before = frame->from;
    day_before.index--;
    *from = tb_period_within(day_before, freq);
    from->index++;
    *to = tb_period_within(frame->to, freq);
    return from->index <= to->index;
}

int tb_rule_eval_total(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_indicator *indicator = tb_rule_indicator(run, node);
    struct tb_period now = tb_period_within(view->period, indicator->frequency);
    size_t row = (size_t)(indicator - run->profile->indicators);
    struct tb_period from, to;
    bool any = span(run, now.freq, &from, &to);

    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = any && now.index >= from.index ? tb_operand_int(0)
                                                : tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    if (!any)
        return 0;
    if (now.index < to.index)
        to = now;
    for (; from.index <= to.index; from.index++) {
        if (!tb_indicator_expected(indicator, from))
            continue;
        const struct tb_operand *value = tb_rule_fetch(run, TB_MEASURE_VALUE, row, TB_NONE, from);
        if (!value)
            return -1;
        for (size_t u = 0; u < run->profile->n_units; u++)
            out[u] = tb_operand_arith(TB_OP_ADD, out[u], value[u]);
    }
    return 0;
}

/* The row's span; the year when the row has none, or one longer than a year. */
static void span_or_year(const struct tb_rule_run *run, struct tb_period at, struct tb_period *from,
                         struct tb_period *to)
{
    int per_year = tb_periods_per_year(at.freq);
    int start = run->profile->set.year_start;

    if (span(run, at.freq, from, to) && to->index - from->index < per_year)
        return;
    *from = tb_period_year_start(at, start);
    *to = tb_period_year_end(at, start);
}

void tb_rule_elapsed(const struct tb_rule_run *run, struct tb_period period,
                     struct tb_operand out[])
{
    struct tb_operand gone = tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    struct tb_period from, to;
    struct tb_rational share;
    bool by_past = run->profile->set.progress == TB_PROGRESS_PROFILE && run->source->share_done;

    span_or_year(run, period, &from, &to);
    if (tb_elapsed(&run->profile->set, from, to, period, &share))
        gone = tb_operand_known(share);
    if (by_past)
        run->source->share_done(run->source->user, run->frame->indicator, from, to, period, out);
    for (size_t u = 0; u < run->profile->n_units; u++)
        if (!by_past || out[u].known != TB_KNOWN)
            out[u] = gone;
}
