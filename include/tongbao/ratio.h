/* ratio.h - indicators that are a quotient of sums of others: `retail / people`.
 *
 * Both sums are taken in basic units of measure (yuan, not 万元), so that parts of
 * different multipliers add up.
 */
#ifndef TONGBAO_RATIO_H
#define TONGBAO_RATIO_H

#include <stdbool.h>
#include "tongbao/rational.h"

struct tb_indicator;

bool tb_indicator_is_ratio(const struct tb_indicator *indicator);
/* Adds sign * value of a part to *sum, in basic units of measure; false if it does not fit. */
bool tb_ratio_add(const struct tb_indicator *part, int sign, struct tb_rational value,
                  struct tb_rational *sum);
/* numerator / denominator in the indicator's unit of measure; false if it has no meaning. */
bool tb_ratio_divide(const struct tb_indicator *indicator, struct tb_rational numerator,
                     struct tb_rational denominator, struct tb_rational *out);

#endif
