/* verification.c - who may set a state, and what a verdict is without it. */
#include "tongbao/verification.h"

#include <string.h>

#include "model/deadline_due.h"
#include "tongbao/office.h"
#include "tongbao/profile.h"

bool tb_state_is_asked(const struct tb_profile *profile, size_t indicator)
{
    for (size_t s = 1; s < profile->n_states; s++)
        if (profile->states[s].indicators[indicator])
            return true;
    return false;
}

int32_t tb_state_lead(const struct tb_profile *profile, size_t indicator)
{
    const struct tb_indicator *about = &profile->indicators[indicator];

    if (about->department != TB_NONE || about->task == TB_NONE)
        return about->department;
    return profile->tasks[about->task].lead_department;
}

/* A unit says so by its code or a name of its own. */
static bool is_unit(const struct tb_profile *profile, size_t unit, const char *who)
{
    return tb_profile_unit(profile, who, strlen(who)) == (int32_t)unit;
}

int tb_state_setter(const struct tb_profile *profile, size_t state, size_t indicator, size_t unit,
                    const char *who)
{
    const struct tb_state *s = &profile->states[state];
    int32_t lead = s->by_lead ? tb_state_lead(profile, indicator) : TB_NONE;

    if (s->n_who == 0 && !s->by_lead && !s->by_unit)
        return 0;
    for (size_t i = 0; i < s->n_who; i++)
        if (tb_office_is(profile, s->who[i], who))
            return (int)i;
    if (lead != TB_NONE && tb_office_is(profile, lead, who))
        return (int)s->n_who;
    return s->by_unit && is_unit(profile, unit, who) ? (int)s->n_who + 1 : TB_STATE_NOBODY;
}

uint64_t tb_state_setters(const struct tb_profile *profile, size_t state, size_t indicator)
{
    const struct tb_state *s = &profile->states[state];
    uint64_t bits = 0;

    if (!s->all_marks)
        return 0;
    for (size_t i = 0; i < s->n_who; i++)
        bits |= UINT64_C(1) << i;
    if (s->by_lead && tb_state_lead(profile, indicator) != TB_NONE)
        bits |= UINT64_C(1) << s->n_who;
    if (s->by_unit)
        bits |= UINT64_C(1) << (s->n_who + 1);
    return bits;
}

tb_day tb_state_due(const struct tb_profile *profile, size_t state, struct tb_period period)
{
    const struct tb_state *s = &profile->states[state];

    return s->has_due ? tb_due_day(profile, &s->due, period) : TB_DAY_NONE;
}

enum tb_lack tb_state_lack(const struct tb_profile *profile, size_t indicator,
                           struct tb_period period, int64_t reached, tb_day today, int32_t *state)
{
    enum tb_lack worst = TB_LACK_NOTHING;

    *state = TB_NONE;
    if (reached < 0) {
        *state = (int32_t)(-reached - 1);
        return TB_LACK_NOT_COMPLETED;
    }
    for (size_t s = 1; s < profile->n_states; s++) {
        const struct tb_state *row = &profile->states[s];
        if (row->from != TB_DAY_NONE && tb_period_last_day(period) < row->from)
            continue;
        if (!row->indicators[indicator] || reached >= (int64_t)s + 1)
            continue;
        tb_day due = tb_state_due(profile, s, period);
        enum tb_lack lack =
            due != TB_DAY_NONE && today != TB_DAY_NONE && today > due ? row->overdue : row->lacking;
        if (lack > worst) {
            worst = lack;
            *state = (int32_t)s;
        }
    }
    return worst;
}

const char *tb_state_code(const struct tb_profile *profile, int64_t reached)
{
    size_t state = (size_t)(reached < 0 ? -reached : reached);

    return state > 0 && state <= profile->n_states ? profile->states[state - 1].code : "";
}

const char *tb_state_name(const struct tb_profile *profile, int64_t reached, const char *lang)
{
    size_t state = (size_t)(reached < 0 ? -reached : reached);

    if (state == 0 || state > profile->n_states)
        return "";
    return lang[0] == 'z' ? profile->states[state - 1].name_zh : profile->states[state - 1].name_en;
}
