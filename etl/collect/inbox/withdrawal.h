/* withdrawal.h - submissions that their sender takes back.
 *
 * A file NAME.withdraw takes back every submission of NAME that the same sender
 * sent before it and that still counts; what it holds, if anything, is the
 * reason. From then on those files count for nothing; values of other files
 * that they had replaced are in force again. NAME sent once more counts again.
 * The originals and the ledger of arrivals stay as they are, so that an evening
 * before the withdrawal (--as-of) still has them.
 */
#ifndef TONGBAO_COLLECT_WITHDRAWAL_H
#define TONGBAO_COLLECT_WITHDRAWAL_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/inbox/outcome.h"

struct tb_error;

/* True for a name that takes another back: NAME.withdraw. */
bool tb_is_withdrawal(const char *name);
/* Fills `withdraws` and `withdrawn_by` of all outcomes, which are in the order of
 * vintages. The same withdrawal sent twice is a duplicate of the first. */
int tb_withdrawals_find(struct tb_outcome *outcome, size_t n, struct tb_error *err);
/* Fills the summary of a withdrawal: form and period of what it takes back, the
 * reason as its note; withdrawal.nothing when there is nothing to take back. */
int tb_withdrawal_collect(const char *data, struct tb_outcome *outcome, size_t i,
                          struct tb_error *err);
/* Turns the summary of a reading into that of a file that counts for nothing:
 * every row ignored, nothing rejected, no segment. */
void tb_withdrawn_empty(struct tb_summary *summary);

#endif
