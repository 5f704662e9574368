/* ratio.c - what quotients of sums of indicators have in common, wherever the sums
 * are taken. */
#include "tongbao/ratio.h"

#include "tongbao/profile.h"

bool tb_indicator_is_ratio(const struct tb_indicator *indicator)
{
    return indicator->formula && indicator->formula->denominator.n > 0;
}

bool tb_ratio_add(const struct tb_indicator *part, int sign, struct tb_rational value,
                  struct tb_rational *sum)
{
    struct tb_rational amount;

    return tb_rational_mul(value, part->uom.factor, &amount) &&
           (sign > 0 ? tb_rational_add(*sum, amount, sum) : tb_rational_sub(*sum, amount, sum));
}

bool tb_ratio_divide(const struct tb_indicator *indicator, struct tb_rational numerator,
                     struct tb_rational denominator, struct tb_rational *out)
{
    int64_t parts = indicator->uom.kind == TB_UOM_PERCENT ? 100 : 1; /* the factor of % is 1 */

    return denominator.num > 0 && tb_rational_div(numerator, denominator, out) &&
           tb_rational_mul(*out, tb_rational_int(parts), out) &&
           tb_rational_div(*out, indicator->uom.factor, out);
}
