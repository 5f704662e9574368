/* catchup.h - what would have met a target that is not met.
 *
 * A text of numbers without words, which disseminate puts into sentences:
 *     need=1234.5;per_period=205.8;periods_left=6;rank_value=5.4
 * need: the value that reaches the benchmark; per_period: what each remaining
 * period must add to a cumulated amount; rank_value: the smallest printed value
 * that reaches the place, all others fixed.
 */
#ifndef TONGBAO_ANALYSE_CATCHUP_H
#define TONGBAO_ANALYSE_CATCHUP_H

#include "analyse/verdict/targets.h"
#include "tongbao/profile.h"

/* Appends the text, perhaps empty. */
void tb_catchup_write(const struct tb_evaluation *ev, size_t unit, const struct tb_rule_gap *gap,
                      struct tb_buf *out);

/* Whether the gap is of a figure of the target's own indicator that can still be
 * reached.  A day that has passed cannot, a grade is a word and not a number, and
 * of several indicators in one rule nobody would know whose figure is meant. */
bool tb_catchup_has_need(const char *rule_text, enum tb_kind kind);
/* The decimal with `scale` digits that is nearest to `value` on the side of
 * `up` (at least, or at most); the next one when `strict` and it is exact. */
bool tb_catchup_step(struct tb_rational value, int32_t scale, bool up, bool strict,
                     struct tb_decimal *out);
/* The smallest printed value with which one more unit would reach place `k` from
 * the best (`from_worst`: stay out of the last `k`), beside n others.  Their
 * values are in units of the last digit, and are reordered.  `alone`: the place
 * may not be shared.  False when any value does. */
bool tb_catchup_rank(int64_t others[], size_t n, uint32_t k, bool from_worst, bool lower_is_better,
                     bool dense, bool alone, int64_t *out);
/* The group that the rule names, else the unit's main one; TB_NONE if none. */
int32_t tb_catchup_group(const struct tb_measures *ms, const struct tb_target *target, size_t unit);
/* The measure that the rule ranks or compares, else the leading headline. */
enum tb_measure tb_catchup_measure(const struct tb_profile *profile,
                                   const struct tb_target *target);

#endif
