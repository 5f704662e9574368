/* rank_draws.h - places counted over many draws of the same group's numbers (methods note,
 * section 8; Goldstein and Spiegelhalter 1996).
 *
 * Usage: init with the numbers as published, add each draw, then ask.  More is better; who
 * has lower ones better hands in negative numbers.  Equal numbers share a place.
 */
#ifndef TONGBAO_ANALYSE_RANK_DRAWS_H
#define TONGBAO_ANALYSE_RANK_DRAWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TB_NEIGHBOURS = 5 }; /* on either side, among whom ties are looked for */

struct tb_rank_draws {
    size_t n, runs;
    uint32_t *by_rank, *by_bottom; /* [n * n] draws in which unit u had place p + 1 */
    uint32_t *ahead;  /* [n * TB_NEIGHBOURS] twice the draws in which the unit at a place of the
                       * published order was ahead of the one so far behind it; once if level */
    uint32_t *order;  /* [n] the published order, best first */
    uint32_t *sorted; /* [n] that of the last draw */
};

/* -1 when memory is out. */
int tb_rank_draws_init(struct tb_rank_draws *draws, const double published[], size_t n);
void tb_rank_draws_release(struct tb_rank_draws *draws);
/* Places of one draw; with `dense` equal numbers leave no gap behind them. */
void tb_rank_draws_add(struct tb_rank_draws *draws, const double x[], bool dense);
/* The smallest place that at least `percent` of the draws do not exceed. */
uint32_t tb_rank_draws_percentile(const struct tb_rank_draws *draws, const uint32_t by[],
                                  size_t unit, unsigned percent);
/* Draws in which the place was at most k. */
size_t tb_rank_draws_within(const struct tb_rank_draws *draws, const uint32_t by[], size_t unit,
                            uint32_t k);
/* Whether the units at places a < b of the published order cannot be told apart: the better one
 * is ahead in less than 95 % of the draws.  False beyond TB_NEIGHBOURS. */
bool tb_rank_draws_tied(const struct tb_rank_draws *draws, size_t a, size_t b);

#endif
