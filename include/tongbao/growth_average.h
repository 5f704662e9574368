/* growth_average.h - the mean growth of several years (两年平均增速). */
#ifndef TONGBAO_GROWTH_AVERAGE_H
#define TONGBAO_GROWTH_AVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/rational.h"

enum { TB_AVERAGE_YEARS = 10 }; /* at most */

/* 100 (((1 + g1) ... (1 + gn))^(1/n) - 1) of n >= 1 rates in percent (methods note, section 2): the
 * growth that, had it been the same in each year, leads to the same.  Taken to nine digits after
 * the point: a root is no fraction.  False when a rate is below -100 or the mean does not fit.  A
 * rate of -100 leaves nothing: the mean is -100. */
bool tb_growth_average(const struct tb_rational rate[], size_t n, struct tb_rational *out);

#endif
