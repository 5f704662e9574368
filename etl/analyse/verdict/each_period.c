/* each_period.c - the periods of a target within that of the bulletin. */
#include "analyse/verdict/each_period.h"

#include <stdlib.h>

#include "tongbao/error.h"
#include "tongbao/profile.h"

bool tb_periods_ending_within(struct tb_period around, enum tb_freq freq, struct tb_period *first,
                              struct tb_period *last)
{
    struct tb_period before = { around.freq, around.index - 1 };

    *first = tb_period_within(before, freq);
    first->index++;
    *last = tb_period_within(around, freq);
    return first->index <= last->index;
}

static bool is_finer(enum tb_freq freq, enum tb_freq than)
{
    return tb_periods_per_year(freq) > tb_periods_per_year(than);
}

/* Whether each period counts by itself. */
static bool stands_alone(const struct tb_evaluation *now)
{
    const struct tb_profile *profile = now->job->ms->profile;

    return is_finer(profile->indicators[now->target->indicator].frequency,
                    profile->set.frequency) &&
           !now->is_schedule && now->target->strength != TB_FACT &&
           !tb_rule_is_cumulative(now->target->rule);
}

int tb_each_open(struct tb_each *each, const struct tb_evaluation *now, struct tb_error *err)
{
    const struct tb_target *target = now->target;
    const struct tb_profile *profile = now->job->ms->profile;
    const struct tb_indicator *ind = &profile->indicators[target->indicator];
    struct tb_period around = now->job->period, first, last;

    *each = (struct tb_each){ .n = 0 };
    if (tb_period_last_day(target->to) < tb_period_last_day(around))
        around = tb_period_around(tb_period_last_day(target->to), around.freq);
    if (!stands_alone(now) || !tb_periods_ending_within(around, ind->frequency, &first, &last))
        return 0;
    first.index = first.index < target->from.index ? target->from.index : first.index;
    last.index = last.index > target->to.index ? target->to.index : last.index;
    if (first.index > last.index)
        return 0;
    each->item = calloc((size_t)(last.index - first.index) + 1, sizeof *each->item);
    if (!each->item)
        return tb_error_set(err, "out of memory for the periods of '%s'", target->code);
    for (; first.index <= last.index; first.index++) {
        struct tb_evaluation *then = &each->item[each->n];
        if (!tb_indicator_expected(ind, first))
            continue;
        if (tb_evaluation_begin(then, now->job, now->row, first, false, err) < 0) {
            tb_each_close(each);
            return -1;
        }
        then->shown = now->shown;
        each->n++;
    }
    return 0;
}

void tb_each_close(struct tb_each *each)
{
    for (size_t i = 0; i < each->n; i++)
        tb_evaluation_end(&each->item[i]);
    free(each->item);
    *each = (struct tb_each){ .n = 0 };
}

/* The worse, the larger. */
static int gravity(enum tb_judgement verdict)
{
    static const enum tb_judgement order[] = {
        TB_JUDGED_NOT_DUE,  TB_JUDGED_NO_TARGET,      TB_JUDGED_EXEMPT,  TB_JUDGED_MET,
        TB_JUDGED_ON_TRACK, TB_JUDGED_AT_RISK,        TB_JUDGED_NOT_VERIFIED,
        TB_JUDGED_NOT_COMPUTABLE, TB_JUDGED_HELD,     TB_JUDGED_NO_DATA, TB_JUDGED_BEHIND,
        TB_JUDGED_MISSED,   TB_JUDGED_NOT_COMPLETED,
    };

    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (order[i] == verdict)
            return i;
    return 0;
}

static void put_period(struct tb_buf *out, const char *key, struct tb_period period)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(period, text);
    if (out->len == 0)
        tb_buf_printf(out, "%s=%s", key, text);
    else
        tb_buf_printf(out, " %s", text);
}

const struct tb_evaluation *tb_each_decides(const struct tb_each *each, size_t unit,
                                            enum tb_judgement *verdict, struct tb_buf *periods)
{
    const struct tb_evaluation *found = NULL;
    struct tb_buf silent = TB_BUF_INIT;
    size_t before = periods->len;

    for (size_t i = 0; i < each->n; i++) {
        const struct tb_evaluation *then = &each->item[i];
        if (!tb_targets_judges(then, unit))
            continue;
        enum tb_judgement now = tb_targets_verdict(then, unit);
        if (tb_judgement_fails(now))
            put_period(periods, "failed", then->asked);
        else if (now == TB_JUDGED_NO_DATA)
            put_period(&silent, "no_data", then->asked);
        if (!found || gravity(now) > gravity(*verdict)) {
            found = then;
            *verdict = now;
        }
    }
    if (silent.len > 0)
        tb_buf_printf(periods, "%s%s", periods->len > before ? ";" : "", tb_buf_text(&silent));
    periods->failed |= silent.failed;
    tb_buf_release(&silent);
    return found;
}
