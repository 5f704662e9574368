/* contribution.h - how much of a total's growth comes from each of its parts.
 *
 * Contribution (拉动, points) is 100 (x - b) / B, contribution share (贡献率, percent)
 * 100 (x - b) / (X - B): x and b of the part, X and B of the total.  The contributions of
 * all parts add up to the growth of the total; chain-linked volumes do not add up and
 * have none.  Methods note, section 2.
 */
#ifndef TONGBAO_ANALYSE_CONTRIBUTION_H
#define TONGBAO_ANALYSE_CONTRIBUTION_H

#include "analyse/measure/measures.h"

/* Both of one part; false when B <= 0 or a number does not fit.  Without a change of the
 * total there is no share: *has_share is false then. */
bool tb_contribution_of(struct tb_rational x, struct tb_rational b, struct tb_rational total_x,
                        struct tb_rational total_b, struct tb_rational *points,
                        struct tb_rational *share, bool *has_share);

/* Writes folder/contributions.csv for the period of the run, for headlines that are
 * growths: the units of each group (`level` group) against the figure of its area, else
 * against their sum; the indicators of a sum (`level` parts) against it, in each unit.
 * A row without `member` is what the members do not explain of an area's own figure.
 * 0, or -1 with *err filled. */
int tb_contributions_write(const struct tb_measures *ms, struct tb_period period,
                           const char *folder, struct tb_error *err);

#endif
