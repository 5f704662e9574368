/* rational.h - exact fractions for growth, ranks and limits.
 *
 * num / den with den > 0.  Comparison multiplies crosswise in 128 bits, so two
 * units with the same growth compare equal (methods note, section 0).  A result
 * that does not fit 64 bits after reduction is reported, never rounded.
 */
#ifndef TONGBAO_RATIONAL_H
#define TONGBAO_RATIONAL_H

#include <stdbool.h>
#include <stdint.h>
#include "tongbao/decimal.h"

/* Wide enough for the product of any two parts of a fraction. */
__extension__ typedef __int128 tb_int128;

struct tb_rational {
    int64_t num;
    int64_t den; /* > 0 */
};

enum tb_round_mode {
    TB_ROUND_HALF_UP,   /* half away from zero (四舍五入) */
    TB_ROUND_HALF_EVEN, /* GB/T 8170-2008 basic rule */
    TB_ROUND_DOWN,      /* towards zero (progress of a bulletin is cut, not rounded) */
};

struct tb_rational tb_rational_int(int64_t value);
bool tb_rational_from_decimal(struct tb_decimal value, struct tb_rational *out);
/* num / den of 128-bit numbers, reduced; false if den is 0 or it does not fit. */
bool tb_rational_make(tb_int128 num, tb_int128 den, struct tb_rational *out);
/* Each: false if the exact result does not fit (or, for div, b is zero). */
bool tb_rational_add(struct tb_rational a, struct tb_rational b, struct tb_rational *out);
bool tb_rational_sub(struct tb_rational a, struct tb_rational b, struct tb_rational *out);
bool tb_rational_mul(struct tb_rational a, struct tb_rational b, struct tb_rational *out);
bool tb_rational_div(struct tb_rational a, struct tb_rational b, struct tb_rational *out);
int tb_rational_cmp(struct tb_rational a, struct tb_rational b); /* exact, total */
/* Rounded once to `scale` digits after the point; false if it does not fit. */
bool tb_rational_round(struct tb_rational value, int32_t scale, enum tb_round_mode mode,
                       struct tb_decimal *out);
/* The same for loops over many: `factor` is 10^scale, *out the units.  False also when
 * a product does not fit 64 bits: then ask tb_rational_round. */
static inline bool tb_rational_round_small(struct tb_rational value, int64_t factor,
                                           enum tb_round_mode mode, int64_t *out)
{
    uint64_t size = value.num < 0 ? 0 - (uint64_t)value.num : (uint64_t)value.num;
    uint64_t divisor = (uint64_t)value.den;

    if (value.den == factor && size <= INT64_MAX) {
        *out = value.num;
        return true;
    }
    if (size > UINT32_MAX * (uint64_t)256 || factor > 100000 || value.den <= 0 ||
        divisor > INT64_MAX / 2)
        return false;
    uint64_t scaled = size * (uint64_t)factor;
    uint64_t quotient = scaled / divisor, rest = scaled % divisor;
    if (mode != TB_ROUND_DOWN && (2 * rest > divisor ||
                                  (2 * rest == divisor &&
                                   (mode == TB_ROUND_HALF_UP || quotient % 2 == 1))))
        quotient++;
    *out = value.num < 0 ? -(int64_t)quotient : (int64_t)quotient;
    return true;
}
double tb_rational_double(struct tb_rational value); /* for GSL and charts only */

#endif
