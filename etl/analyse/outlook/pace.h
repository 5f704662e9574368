/* pace.h - what the rest of a year must bring, in exact fractions.
 *
 * Pure; methods note, section 6.  Every function is false when a side is missing,
 * a divisor is not above zero, or the fraction does not fit: nothing is then
 * known, and no small number stands in for zero.
 */
#ifndef TONGBAO_ANALYSE_PACE_H
#define TONGBAO_ANALYSE_PACE_H

#include <stdbool.h>
#include "tongbao/rational.h"

/* done / task.  For a task that is to bring a figure down from `base` (task below
 * base, or 0) see tb_pace_reduced. */
bool tb_pace_completion(struct tb_rational done, struct tb_rational task, struct tb_rational *out);
/* (base - now) / (base - task): how much of a reduction is done.  False unless
 * task < base; below 0 when the figure rose, above 1 when more was done. */
bool tb_pace_reduced(struct tb_rational base, struct tb_rational now, struct tb_rational task,
                     struct tb_rational *out);
/* (task - done) / left: what each of `left` periods must bring; 0 when it is done. */
bool tb_pace_required(struct tb_rational task, struct tb_rational done, int left,
                      struct tb_rational *out);
/* The required rate as a multiple of done / gone, the pace so far. */
bool tb_pace_multiple(struct tb_rational required, struct tb_rational done, int gone,
                      struct tb_rational *out);
/* The growth in percent that the rest of the year needs so that the year grows by
 * `growth_pct`: 100 ((base (1 + growth/100) - done) / (base - base_done) - 1). */
bool tb_pace_rest_growth(struct tb_rational base, struct tb_rational base_done,
                         struct tb_rational done, struct tb_rational growth_pct,
                         struct tb_rational *out);
/* Of a task done to the share a when the share p of a time of `periods` is gone:
 * 100 (a - p) points ahead, and periods (p - a) periods behind. */
bool tb_pace_gap(struct tb_rational a, struct tb_rational p, struct tb_rational *points);
bool tb_pace_lag(struct tb_rational a, struct tb_rational p, int periods, struct tb_rational *out);

#endif
