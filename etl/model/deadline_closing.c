/* deadline_closing.c - the last day whose submissions a round takes: rows of
 * deadlines.csv with late = next.
 */
#include "tongbao/deadline.h"

#include "tongbao/profile.h"

/* A round is looked for so many runs ahead. */
enum { RUNS_AHEAD = 120 };

/* The step whose rows close rounds; TB_N_STEPS: none does.  The profile has one at most. */
static enum tb_step closing_step(const struct tb_profile *profile)
{
    for (size_t i = 0; i < profile->n_deadlines; i++)
        if (profile->deadlines[i].closes)
            return profile->deadlines[i].step;
    return TB_N_STEPS;
}

bool tb_profile_closes_rounds(const struct tb_profile *profile)
{
    return closing_step(profile) != TB_N_STEPS;
}

bool tb_deadline_closes_apart(const struct tb_profile *profile)
{
    enum tb_step step = closing_step(profile);

    for (size_t i = 0; i < profile->n_deadlines; i++)
        if (profile->deadlines[i].step == step && profile->deadlines[i].indicators)
            return true;
    return false;
}

static tb_day closing_of(const struct tb_profile *profile, enum tb_step step, int32_t form,
                         int32_t indicator, struct tb_period period)
{
    const struct tb_deadline *row =
        tb_deadline_find(profile, step, form, indicator, period.freq);

    return row && row->closes ? tb_deadline_due(profile, step, form, indicator, period)
                              : TB_DAY_NONE;
}

tb_day tb_deadline_closing(const struct tb_profile *profile, int32_t form, int32_t indicator,
                           enum tb_freq freq, struct tb_period run)
{
    enum tb_step step = closing_step(profile);
    struct tb_period own = tb_period_within(run, freq);

    if (step == TB_N_STEPS)
        return TB_DAY_NONE;
    tb_day day = closing_of(profile, step, form, indicator, own);
    if (day == TB_DAY_NONE || tb_period_last_day(own) == tb_period_last_day(run))
        return day;
    /* A quarterly figure in the bulletin of a month that ends no quarter. */
    tb_day of_run = closing_of(profile, step, TB_NONE, TB_NONE, run);
    return of_run != TB_DAY_NONE && of_run > day ? of_run : day;
}

bool tb_deadline_next_run(const struct tb_profile *profile, int32_t form, int32_t indicator,
                          enum tb_freq freq, tb_day received, struct tb_period run,
                          struct tb_period *out)
{
    for (int ahead = 1; ahead <= RUNS_AHEAD; ahead++) {
        *out = (struct tb_period){ run.freq, run.index + ahead };
        tb_day day = tb_deadline_closing(profile, form, indicator, freq, *out);
        if (day == TB_DAY_NONE || received <= day)
            return true;
    }
    return false;
}
