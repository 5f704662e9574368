/* vintage.c - first or again, by whom, how late. */
#include "collect/inbox/vintage.h"

#include <string.h>

#include "collect/header/form.h"
#include "tongbao/buf.h"
#include "tongbao/calendar.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"

enum {
    /* What came later than that is late by so many days: a file of the year 9999 is
     * not counted day by day. */
    DAYS_COUNTED = 3660,
};

/* No part of it holds a tab: names are entered with control characters escaped. */
static void put_key(const struct tb_outcome *outcome, struct tb_buf *key)
{
    char period[TB_PERIOD_TEXT] = "";

    if (outcome->summary.has_period)
        tb_period_format(outcome->summary.period, period);
    tb_buf_clear(key);
    tb_buf_printf(key, "%s\t%s\t%s\t%s", outcome->arrival->sender, outcome->arrival->name,
                  outcome->summary.form, period);
}

int tb_vintages_find(struct tb_outcome *outcome, size_t n, struct tb_error *err)
{
    struct tb_map *slots = tb_map_new();
    struct tb_arena arena = { 0 };
    struct tb_buf key = TB_BUF_INIT;
    int64_t *latest = tb_arena_alloc(&arena, n + 1, sizeof *latest); /* outcome + 1 */
    int rc = slots && latest ? 0 : -1;

    for (size_t i = 0; i < n && rc == 0; i++) {
        outcome[i].follows = TB_NO_OUTCOME;
        if (!tb_outcome_counts(&outcome[i]))
            continue;
        put_key(&outcome[i], &key);
        int64_t slot =
            key.failed ? -2 : tb_map_add(slots, key.data, key.len, (int64_t)tb_map_count(slots));
        if (slot < 0) {
            rc = -1;
            break;
        }
        outcome[i].follows = latest[slot] - 1;
        latest[slot] = (int64_t)i + 1;
    }
    tb_map_free(slots);
    tb_buf_release(&key);
    tb_arena_release(&arena);
    return rc < 0 ? tb_error_set(err, "out of memory for the list of arrivals") : 0;
}

const char *tb_vintage_name(const struct tb_outcome *outcome)
{
    if (!tb_outcome_counts(outcome))
        return "";
    return outcome->follows >= 0 ? "resubmitted" : "first";
}

const char *tb_outcome_sent_by(const struct tb_outcome *outcome, const struct tb_profile *profile)
{
    const char *sender = outcome->arrival->sender;
    struct tb_captures captures;

    int32_t unit = *sender ? tb_profile_unit(profile, sender, strlen(sender)) : TB_NONE;
    for (size_t d = 0; d < profile->n_departments; d++)
        if (strcmp(profile->departments[d].code, sender) == 0)
            return profile->departments[d].code;
    for (size_t i = 0; i < profile->n_forms && unit < 0; i++) {
        const struct tb_form *form = &profile->forms[i];
        if (strcmp(form->code, outcome->summary.form) == 0 &&
            tb_form_glob(profile, form->files, outcome->arrival->name, &captures))
            unit = tb_profile_unit(profile, captures.unit, strlen(captures.unit));
    }
    return unit >= 0 ? profile->units[unit].code : "";
}

int tb_outcome_days_late(const struct tb_outcome *outcome, const struct tb_profile *profile)
{
    tb_day deadline = tb_outcome_deadline(outcome, profile);
    tb_day received = tb_outcome_received_day(outcome, profile);

    if (deadline == TB_DAY_NONE || received == TB_DAY_NONE || received <= deadline)
        return 0;
    if (received - deadline > DAYS_COUNTED)
        received = deadline + DAYS_COUNTED;
    return tb_workdays_between(profile, deadline, tb_workday_from(profile, received));
}
