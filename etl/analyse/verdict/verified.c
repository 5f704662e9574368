/* verified.c - how far the figures behind a verdict are verified. */
#include "analyse/verdict/targets.h"
#include "analyse/verdict/task_state.h"
#include "tongbao/profile.h"

enum { FORMULA_DEPTH = 8 };

struct asking {
    const struct tb_measures *ms;
    struct tb_period period;
    const struct tb_target *target;
    struct tb_period asked; /* of a task: marks up to there count */
    size_t unit;
    bool any; /* a figure was met of which states are asked for */
    struct tb_verified found;
};

static void ask(struct asking *asking, size_t indicator, int depth);

static void ask_side(struct asking *asking, const struct tb_formula_side *side, int depth)
{
    for (size_t p = 0; p < side->n; p++)
        ask(asking, side->indicator[p], depth + 1);
}

/* A task is verified once: by the last mark on any period whose reports count. */
static void find_task_mark(const struct asking *asking, size_t indicator, struct tb_decimal *out)
{
    struct tb_period from = tb_task_first_report(asking->target, asking->asked), at;

    if (tb_task_last_said(asking->ms, TB_MEASURE_STATE, indicator, asking->unit, from,
                          asking->asked, &at))
        (void)tb_plane_get(asking->ms->planes[indicator].measure[TB_MEASURE_STATE], at,
                           asking->unit, out);
}

static void ask(struct asking *asking, size_t indicator, int depth)
{
    const struct tb_profile *profile = asking->ms->profile;
    const struct tb_formula *formula = profile->indicators[indicator].formula;
    struct tb_period period =
        tb_period_within(asking->period, profile->indicators[indicator].frequency);
    struct tb_decimal reached = { 0, 0 };
    int32_t state;

    if (formula && depth < FORMULA_DEPTH) {
        ask_side(asking, &formula->numerator, depth);
        ask_side(asking, &formula->denominator, depth);
        return;
    }
    if (!tb_state_is_asked(profile, indicator))
        return;
    if (profile->indicators[indicator].kind == TB_KIND_MILESTONE)
        find_task_mark(asking, indicator, &reached);
    else
        (void)tb_plane_get(asking->ms->planes[indicator].measure[TB_MEASURE_STATE], period,
                           asking->unit, &reached);
    enum tb_lack lack = tb_state_lack(profile, indicator, period, reached.units,
                                      asking->ms->today, &state);
    if (!asking->any || reached.units < asking->found.reached)
        asking->found.reached = reached.units;
    if (lack > asking->found.lack) {
        asking->found.lack = lack;
        asking->found.state = state;
    }
    asking->any = true;
}

struct tb_verified tb_targets_verified(const struct tb_evaluation *ev, size_t unit)
{
    struct asking asking = { .ms = ev->job->ms,
                             .period = ev->period,
                             .target = ev->target,
                             .asked = ev->asked,
                             .unit = unit,
                             .found = { .state = TB_NONE } };

    if (ev->job->ms->profile->n_states > 0)
        ask(&asking, (size_t)ev->target->indicator, 0);
    return asking.found;
}
