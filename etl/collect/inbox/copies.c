/* copies.c - one submission, several addressees. */
#include "collect/inbox/copies.h"

#include "tongbao/addressee.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* Those who are first in some row are one with those who are not named at all: which
 * row applies is known only once the file is read. */
void tb_copies_strip(struct tb_arrivals *arrivals, struct tb_outcome *outcome, size_t n,
                     const struct tb_profile *profile)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_arrival *a = &arrivals->item[i];
        outcome[i].addressee = outcome[i].way = tb_addressee_of(profile, a->sender);
        if (outcome[i].addressee >= 0 && tb_addressee_is_named(profile, outcome[i].addressee, true))
            outcome[i].way = TB_NONE;
        a->sender = tb_addressee_strip(a->sender);
    }
}

/* Notes that an addressee has the submission: true when that is news. */
static bool note(struct tb_outcome *submission, int32_t addressee, int64_t received)
{
    const struct tb_deadline *row = submission->to;

    for (size_t k = 0; row && k < row->n_to; k++) {
        if (row->to[k] != addressee || submission->got[k] != TB_NOT_GOT)
            continue;
        submission->got[k] = received;
        return true;
    }
    return false;
}

static int find_row(struct tb_outcome *outcome, const struct tb_profile *profile,
                    struct tb_arena *arena)
{
    if (!outcome->summary.has_period)
        return 0;
    outcome->to =
        tb_addressee_row(profile, tb_outcome_form(outcome, profile), outcome->summary.period);
    if (!outcome->to)
        return 0;
    outcome->got = tb_arena_alloc(arena, outcome->to->n_to, sizeof *outcome->got);
    for (size_t k = 0; outcome->got && k < outcome->to->n_to; k++)
        outcome->got[k] = TB_NOT_GOT;
    return outcome->got ? 0 : -1;
}

int tb_copies_find(struct tb_outcome *outcome, size_t n, const struct tb_profile *profile,
                   struct tb_arena *arena, struct tb_error *err)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_outcome *of =
            &outcome[outcome[i].duplicate_of >= 0 ? (size_t)outcome[i].duplicate_of : i];
        if (of == &outcome[i] && tb_outcome_counts(of) && find_row(of, profile, arena) < 0)
            return tb_error_set(err, "out of memory for the list of arrivals");
        if (outcome[i].addressee == TB_NONE && of->to)
            outcome[i].addressee = of->to->to[0];
        if (note(of, outcome[i].addressee, outcome[i].arrival->received) && of != &outcome[i])
            outcome[i].is_copy = true;
    }
    return 0;
}

bool tb_copies_complete(const struct tb_outcome *outcome, int64_t *moment)
{
    *moment = outcome->arrival->received;
    for (size_t k = 0; outcome->to && k < outcome->to->n_to; k++) {
        if (outcome->got[k] == TB_NOT_GOT)
            return false;
        *moment = outcome->got[k] > *moment ? outcome->got[k] : *moment;
    }
    return true;
}
