/* growth_years.h - growth on average over two years (growth_2y, ytd_growth_2y). */
#ifndef TONGBAO_ANALYSE_GROWTH_YEARS_H
#define TONGBAO_ANALYSE_GROWTH_YEARS_H

#include "analyse/measure/measures.h"

/* The rate that is averaged: growth of growth_2y, ytd_growth of ytd_growth_2y. */
enum tb_measure tb_growth_years_of(enum tb_measure measure);

/* What becomes of the rate of this year and that of the year before: unknown as the first that is,
 * provisional, bridging a break or not to be ranked as soon as one is, and had by the method
 * that is further from what was published. */
struct tb_measured tb_growth_years_join(const struct tb_measured *now,
                                        const struct tb_measured *before);
struct tb_measured tb_growth_years(const struct tb_measures *ms, enum tb_measure measure,
                                   size_t indicator, size_t unit, struct tb_period period);

#endif
