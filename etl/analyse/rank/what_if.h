/* what_if.h - what it would take: the smallest printed figure with which a unit would
 * reach a place, leave the last ones, or pass its peers, all others staying as they are.
 *
 * Methods note, section 6 (catch-up figures).
 */
#ifndef TONGBAO_ANALYSE_WHAT_IF_H
#define TONGBAO_ANALYSE_WHAT_IF_H

#include <stdint.h>
#include "analyse/measure/measures.h"

/* Writes folder/what_if.csv for the period of the run: for every headline, every group
 * in which it is ranked and every ranked unit a row for each aim that it has not
 * reached: `next` place, `regain` the place of the period before, `front` places,
 * out of the `bottom`, above the `average` (its own figure counted in).
 *   place, ranked: its place, and of how many; k: the place aimed at
 *   value, need, gap: printed, in the unit of measure of the headline
 *   level, amount: of a growth, the level that it asks for, and what lacks of it
 *   per_period, periods_left: of a cumulated growth, the amount over the rest of the year
 * The same on any number of threads.  0, or -1 with *err filled. */
int tb_what_if_write(const struct tb_measures *ms, struct tb_period period, const char *folder,
                     size_t threads, struct tb_error *err);

/* The least value that gives place k among n others, whose values stand in sorted[] from
 * the best to the worst with the unit's own at `own`; with equal values sharing a place.
 * k is from 1 to n. */
int64_t tb_what_if_place(const int64_t sorted[], size_t own, size_t k);
/* The least value that leaves the last k: one step better than the k-th from the worst. */
int64_t tb_what_if_bottom(const int64_t sorted[], size_t n, size_t own, size_t k,
                          bool lower_is_better);

#endif
