/* outcome.h - what became of each arrival: state, timeliness, account. */
#ifndef TONGBAO_COLLECT_OUTCOME_H
#define TONGBAO_COLLECT_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/receipt/summary.h"
#include "tongbao/arrivals.h"
#include "tongbao/digest.h"

struct tb_deadline;
struct tb_profile;

enum { TB_NOT_DUPLICATE = -1, TB_NO_OUTCOME = -1 };
/* A moment at which nobody gets anything: not yet. */
#define TB_NOT_GOT INT64_MIN

struct tb_outcome {
    const struct tb_arrival *arrival;
    int64_t duplicate_of;     /* place of the outcome with the same content, or TB_NOT_DUPLICATE */
    int64_t withdrawn_by;     /* place of the withdrawal that took it back, or TB_NO_OUTCOME */
    int64_t withdraws;        /* of a withdrawal: place of the latest that it takes back */
    int64_t follows;          /* place of the one that it comes after, see vintage.h */
    int32_t addressee; /* department that got it, TB_NONE or TB_ADDRESSEE_UNKNOWN (copies.h) */
    int32_t way;       /* the same before it is read: TB_NONE for all who come first in a row */
    bool is_copy;      /* of the duplicates: the first to its addressee */
    const struct tb_deadline *to; /* row of those who are to have it, or NULL: no copies wanted */
    int64_t *got;                 /* [to->n_to] when each got it, or TB_NOT_GOT */
    char key[TB_DIGEST_TEXT]; /* of the store */
    struct tb_summary summary;
};

/* Marks, once withdrawals are known (withdrawal.h), what is a copy of an earlier submission: same
 * sender, same content, and either the same name or a form that does not read names; unless a
 * different file of that name came in between (then it is a correction taken back).  Copies are the
 * first to another addressee, whatever came in between. */
int tb_outcomes_find_duplicates(struct tb_outcome *outcome, size_t n,
                                const struct tb_profile *profile, struct tb_error *err);
/* "accepted", "partial", "rejected", "duplicate", "copy", "nil", "withdrawn" or
 * "withdrawal". */
const char *tb_outcome_state(const struct tb_outcome *outcome);
/* True of what is accepted, also in part, and of nil returns. */
bool tb_outcome_counts(const struct tb_outcome *outcome);
/* Row of the form that it was read by, or TB_NONE. */
int32_t tb_outcome_form(const struct tb_outcome *outcome, const struct tb_profile *profile);
/* Last day on which it would have been in time, or TB_DAY_NONE. */
tb_day tb_outcome_deadline(const struct tb_outcome *outcome, const struct tb_profile *profile);
/* The day on which the round of its period had closed before it came; TB_DAY_NONE: none
 * had, or it does not count.  *apart: some indicators have rows of their own. */
tb_day tb_outcome_closed(const struct tb_outcome *outcome, const struct tb_profile *profile,
                         bool *apart);
/* Day of receipt by the last of its addressees; TB_DAY_NONE while one lacks it. */
tb_day tb_outcome_received_day(const struct tb_outcome *outcome, const struct tb_profile *profile);
/* "on_time", "late", "incomplete" while an addressee lacks it; "" without a
 * deadline, and of copies, whose receipt counts with what they are copies of. */
const char *tb_outcome_timeliness(const struct tb_outcome *outcome,
                                  const struct tb_profile *profile);
/* Rejects without the remarks. */
size_t tb_outcome_rejects(const struct tb_outcome *outcome);

#endif
