/* copies.h - submissions that go to several addressees: which arrival is the
 * submission and which its copies, and when the last addressee had it.
 *
 * The ledger's sender names the addressee in front (tongbao/addressee.h).  It is
 * taken off before anything is read, so that neither forms nor the key of a
 * reading know to whom a file went.
 */
#ifndef TONGBAO_COLLECT_COPIES_H
#define TONGBAO_COLLECT_COPIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/inbox/outcome.h"
#include "tongbao/arrivals.h"

struct tb_arena;
struct tb_error;
struct tb_profile;

/* Takes the addressees off the senders of arrivals, into their outcomes. */
void tb_copies_strip(struct tb_arrivals *arrivals, struct tb_outcome *outcome, size_t n,
                     const struct tb_profile *profile);
/* Of outcomes that have been read and whose copies are known (outcome.h): who has
 * each, and since when. */
int tb_copies_find(struct tb_outcome *outcome, size_t n, const struct tb_profile *profile,
                   struct tb_arena *arena, struct tb_error *err);
/* The moment when the last of its addressees had it: its own where it needs no
 * copies; false while one lacks it. */
bool tb_copies_complete(const struct tb_outcome *outcome, int64_t *moment);

#endif
