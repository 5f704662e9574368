/* target_change.c - which change of a target is in force, and who is exempt. */
#include "tongbao/target_change.h"

#include "tongbao/profile.h"

const char *tb_changed_code(enum tb_changed what)
{
    static const char *const code[TB_N_CHANGED] = {
        [TB_CHANGED_ANNUAL] = "annual", [TB_CHANGED_QUOTA] = "quota", [TB_CHANGED_RULE] = "rule"
    };

    return code[what];
}

const char *tb_refusal_code(enum tb_refusal refusal)
{
    static const char *const code[] = {
        [TB_REFUSAL_NONE] = "",
        [TB_REFUSAL_NOT_WRITTEN] = "not_written",
        [TB_REFUSAL_LATE] = "late",
        [TB_REFUSAL_REASON] = "reason",
        [TB_REFUSAL_OLD] = "old_differs",
        [TB_REFUSAL_TOTAL] = "total_changes",
        [TB_REFUSAL_REQUEST] = "request_refused",
    };

    return code[refusal];
}

const char *tb_change_state_code(enum tb_change_state state)
{
    static const char *const code[] = {
        [TB_CHANGE_UNKNOWN] = "unknown",       [TB_CHANGE_REFUSED] = "refused",
        [TB_CHANGE_PENDING] = "pending",       [TB_CHANGE_IN_FORCE] = "in_force",
        [TB_CHANGE_SUPERSEDED] = "superseded",
    };

    return code[state];
}

static bool approved(const struct tb_target_change *change, tb_day as_of)
{
    return change->refusal == TB_REFUSAL_NONE && change->approved_on != TB_DAY_NONE &&
           (as_of == TB_DAY_NONE || change->approved_on <= as_of);
}

/* Whether b takes the place of a: approved later, or on the same day and written later. */
static bool supersedes(const struct tb_target_change *b, const struct tb_target_change *a)
{
    return a != b && a->target == b->target && (a->unit == b->unit || b->unit == TB_NONE) &&
           a->what == b->what &&
           (b->approved_on > a->approved_on ||
            (b->approved_on == a->approved_on && b->line > a->line));
}

enum tb_change_state tb_target_change_state(const struct tb_profile *profile, size_t row,
                                            tb_day as_of)
{
    const struct tb_target_change *change = &profile->target_changes[row];

    if (as_of != TB_DAY_NONE && change->received != TB_DAY_NONE && change->received > as_of)
        return TB_CHANGE_UNKNOWN;
    if (change->refusal != TB_REFUSAL_NONE)
        return TB_CHANGE_REFUSED;
    if (!approved(change, as_of))
        return TB_CHANGE_PENDING;
    for (size_t i = 0; i < profile->n_target_changes; i++)
        if (approved(&profile->target_changes[i], as_of) &&
            supersedes(&profile->target_changes[i], change))
            return TB_CHANGE_SUPERSEDED;
    return TB_CHANGE_IN_FORCE;
}

const struct tb_target_change *tb_target_change_of(const struct tb_profile *profile, size_t target,
                                                   int32_t unit, enum tb_changed what,
                                                   struct tb_period period, tb_day as_of)
{
    const struct tb_target_change *found = NULL;
    tb_day end = tb_period_last_day(period);

    if (profile->n_target_changes == 0)
        return NULL;
    for (size_t i = 0; i < profile->n_target_changes; i++) {
        const struct tb_target_change *change = &profile->target_changes[i];
        if (change->target != (int32_t)target || change->what != what ||
            (change->unit != TB_NONE && change->unit != unit) || !approved(change, as_of) ||
            change->from > end)
            continue;
        if (!found || change->approved_on > found->approved_on ||
            (change->approved_on == found->approved_on && change->line > found->line))
            found = change;
    }
    return found;
}

const struct tb_exemption *tb_exemption_of(const struct tb_profile *profile, size_t target,
                                           size_t unit, struct tb_period period, tb_day as_of)
{
    tb_day end;

    if (profile->n_exemptions == 0)
        return NULL;
    end = tb_period_last_day(period);
    for (size_t i = 0; i < profile->n_exemptions; i++) {
        const struct tb_exemption *e = &profile->exemptions[i];
        if (e->target == (int32_t)target && e->units && e->units[unit] && e->first <= end &&
            end <= e->last &&
            (as_of == TB_DAY_NONE || e->approved_on == TB_DAY_NONE || e->approved_on <= as_of))
            return e;
    }
    return NULL;
}
