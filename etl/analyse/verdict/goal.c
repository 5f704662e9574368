/* goal.c - from a rule to the amount that is to be reached. */
#include "analyse/verdict/goal.h"

#include <string.h>

#include "analyse/measure/past.h"
#include "analyse/verdict/schedule.h"
#include "tongbao/profile.h"

/* "ytd >= 614": its own measure against numbers, one comparison. */
static bool plain(const char *rule)
{
    static const char *const words[] = { "and", "or", "not", "step", "elapsed" };

    if (strpbrk(rule, "([@!"))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tb_targets_mentions(rule, words[i]))
            return false;
    return true;
}

/* "progress >= elapsed", "ytd >= quota * elapsed": a task by the time gone by. */
static bool by_time(const char *rule)
{
    return tb_targets_mentions(rule, "elapsed") && !strpbrk(rule, "([@!") &&
           !tb_targets_mentions(rule, "and") && !tb_targets_mentions(rule, "or") &&
           !tb_targets_mentions(rule, "not");
}

/* Which side of the amount is asked for; false for "= 5" and an "about" of both sides. */
static bool find_side(const struct tb_profile *profile, const struct tb_target *target,
                      bool *within)
{
    const char *rule = target->rule_text, *at = strpbrk(rule, "<>~");
    const struct tb_indicator *ind = &profile->indicators[target->indicator];

    /* The measure stands first: in "614 <= ytd" the sign would mean the other side. */
    if (!at || (rule[strspn(rule, " ")] >= '0' && rule[strspn(rule, " ")] <= '9'))
        return false;
    *within = *at == '<' || (*at == '~' && tb_indicator_lower_is_better(ind));
    return *at != '~' || !profile->set.about_both;
}

/* Where the comparison turns: the benchmark, less the tolerance of `~`. */
static bool edge(const struct tb_rule_gap *gap, bool within, struct tb_rational *out)
{
    return within ? tb_rational_add(gap->value.number, gap->gap, out)
                  : tb_rational_sub(gap->value.number, gap->gap, out);
}

/* base of the whole time times 1 + growth / 100 */
static bool grown(const struct tb_evaluation *ev, size_t unit, struct tb_period end,
                  struct tb_rational growth_pct, struct tb_rational *out)
{
    struct tb_rational hundred = tb_rational_int(100), factor;
    struct tb_past base = tb_past_level(ev->job->ms, TB_MEASURE_YTD, (size_t)ev->target->indicator,
                                        unit, end, tb_measures_last_year(end));

    return base.level.known == TB_KNOWN && base.level.number.num > 0 &&
           tb_rational_add(hundred, growth_pct, &factor) &&
           tb_rational_div(factor, hundred, &factor) &&
           tb_rational_mul(base.level.number, factor, out);
}

static bool of_growth(const struct tb_target *target)
{
    return tb_rule_uses(target->rule, TB_MEASURE_YTD_GROWTH) &&
           !tb_rule_uses(target->rule, TB_MEASURE_YTD);
}

static bool adds_up(const struct tb_indicator *ind)
{
    return (ind->kind == TB_KIND_FLOW || ind->kind == TB_KIND_COUNT) && !tb_indicator_is_ratio(ind);
}

static struct tb_goal from_comparison(const struct tb_evaluation *ev, size_t unit,
                                      struct tb_goal goal)
{
    struct tb_rule_gap gap;
    struct tb_rational bound;

    goal.kind = TB_GOAL_UNKNOWN;
    tb_rule_gap(ev->run, unit, &gap);
    if (!gap.has_gap || gap.is_rank || !edge(&gap, goal.within, &bound))
        return goal;
    if (!of_growth(ev->target))
        goal.amount = bound;
    else if (!grown(ev, unit, goal.end, bound, &goal.amount))
        return goal;
    goal.kind = TB_GOAL_AMOUNT;
    return goal;
}

static struct tb_goal from_task(const struct tb_evaluation *ev, size_t unit, struct tb_goal goal)
{
    const struct tb_operand *task = tb_targets_year_amount(ev, unit);

    goal.end = tb_period_year_end(ev->period, ev->job->ms->profile->set.year_start);
    goal.kind = task ? TB_GOAL_AMOUNT : TB_GOAL_UNKNOWN;
    if (task)
        goal.amount = task->number;
    return goal;
}

struct tb_goal tb_goal_of(const struct tb_evaluation *ev, size_t unit)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    const struct tb_target *target = ev->target;
    const struct tb_indicator *ind = &profile->indicators[target->indicator];
    struct tb_goal goal = { .kind = TB_GOAL_NONE, .amount = { 0, 1 } };
    bool cumulated = tb_rule_uses(target->rule, TB_MEASURE_YTD) ||
                     tb_rule_uses(target->rule, TB_MEASURE_YTD_GROWTH);
    bool timed = by_time(target->rule_text) &&
                 (cumulated || tb_rule_uses(target->rule, TB_MEASURE_PROGRESS));

    goal.end = tb_schedule_due_period(target);
    if (!find_side(profile, target, &goal.within) ||
        (!timed && !(plain(target->rule_text) &&
                     (cumulated || tb_rule_uses(target->rule, TB_MEASURE_VALUE)))))
        return goal;
    if (!adds_up(ind)) {
        struct tb_rule_gap gap;
        tb_rule_gap(ev->run, unit, &gap);
        goal.kind = TB_GOAL_NOT_CUMULATIVE;
        goal.has_level = !timed && !cumulated && gap.has_gap && !gap.is_rank &&
                         edge(&gap, goal.within, &goal.amount);
        return goal;
    }
    if (!timed && !cumulated)
        return goal;
    if (of_growth(target) && ind->growth != TB_BASIS_COMPUTED) {
        goal.kind = TB_GOAL_PUBLISHED_GROWTH;
        return goal;
    }
    return timed ? from_task(ev, unit, goal) : from_comparison(ev, unit, goal);
}
