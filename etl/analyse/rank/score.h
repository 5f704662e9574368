/* score.h - the composite of each group: a weighted mean of points, the place
 * by it, and in how many indicators a unit stands at the bottom. */
#ifndef TONGBAO_ANALYSE_SCORE_H
#define TONGBAO_ANALYSE_SCORE_H

#include "analyse/measure/layout.h"

/* 100 (N - rank) / (N - 1); 50 for everyone where nobody is ahead (N = 1).
 * N is the last place, which is the number of units unless the ranking is dense. */
struct tb_rational tb_score_of_rank(uint32_t rank, uint32_t n);
/* Fills the planes of the composite from the places in `cube`, which is being made. */
int tb_score_fill(const struct tb_measures *ms, const struct tb_findings_layout *layout,
                  struct tb_cube *cube, size_t threads, struct tb_error *err);

#endif
