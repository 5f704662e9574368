/* rational.c - exact fractions: reduced, compared crosswise, rounded once.
 *
 * Both parts of a fraction have 64 bits, so products of two parts have at most
 * 126 and a sum of two such products 127: nothing inside overflows, and only
 * the reduced result can be too large.
 */
#include "tongbao/rational.h"

#include <stddef.h>

__extension__ typedef unsigned __int128 wide;

static wide magnitude(tb_int128 value)
{
    return value < 0 ? 0 - (wide)value : (wide)value;
}

static uint32_t gcd32(uint32_t a, uint32_t b)
{
    while (b != 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Division of 64 bits takes about twice as long as one of 32. */
static uint64_t gcd64(uint64_t a, uint64_t b)
{
    while (b != 0) {
        if ((a | b) <= UINT32_MAX)
            return gcd32((uint32_t)a, (uint32_t)b);
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Division of 128 bits is a library call some ten times slower than one of 64. */
static wide gcd(wide a, wide b)
{
    while (b != 0) {
        if (a <= UINT64_MAX && b <= UINT64_MAX)
            return gcd64((uint64_t)a, (uint64_t)b);
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* A magnitude and a sign as a signed 64-bit number; false if it does not fit. */
static bool narrow(wide value, bool negative, int64_t *out)
{
    if (value > (wide)INT64_MAX + (negative ? 1 : 0))
        return false;
    *out = negative ? (int64_t)(-(tb_int128)value) : (int64_t)value;
    return true;
}

struct tb_rational tb_rational_int(int64_t value)
{
    return (struct tb_rational){ .num = value, .den = 1 };
}

bool tb_rational_from_decimal(struct tb_decimal value, struct tb_rational *out)
{
    if (value.scale < 0 || value.scale > TB_DECIMAL_SCALE_MAX)
        return false;
    return tb_rational_make(value.units, tb_pow10(value.scale), out);
}

bool tb_rational_make(tb_int128 num, tb_int128 den, struct tb_rational *out)
{
    bool negative = (num < 0) != (den < 0);
    struct tb_rational made;

    if (den == 0)
        return false;
    wide top = magnitude(num);
    wide bottom = magnitude(den);
    if (top <= UINT64_MAX && bottom <= UINT64_MAX) {
        uint64_t common = gcd64((uint64_t)top, (uint64_t)bottom);
        top = (uint64_t)top / common;
        bottom = (uint64_t)bottom / common;
    } else {
        wide common = gcd(top, bottom);
        top /= common;
        bottom /= common;
    }
    if (!narrow(top, negative && num != 0, &made.num) || !narrow(bottom, false, &made.den))
        return false;
    *out = made;
    return true;
}

bool tb_rational_add(struct tb_rational a, struct tb_rational b, struct tb_rational *out)
{
    return tb_rational_make((tb_int128)a.num * b.den + (tb_int128)b.num * a.den,
                            (tb_int128)a.den * b.den, out);
}

bool tb_rational_sub(struct tb_rational a, struct tb_rational b, struct tb_rational *out)
{
    return tb_rational_make((tb_int128)a.num * b.den - (tb_int128)b.num * a.den,
                            (tb_int128)a.den * b.den, out);
}

bool tb_rational_mul(struct tb_rational a, struct tb_rational b, struct tb_rational *out)
{
    return tb_rational_make((tb_int128)a.num * b.num, (tb_int128)a.den * b.den, out);
}

bool tb_rational_div(struct tb_rational a, struct tb_rational b, struct tb_rational *out)
{
    return tb_rational_make((tb_int128)a.num * b.den, (tb_int128)a.den * b.num, out);
}

int tb_rational_cmp(struct tb_rational a, struct tb_rational b)
{
    if (a.den == b.den) /* whole numbers, figures of one plane */
        return (a.num > b.num) - (a.num < b.num);
    tb_int128 left = (tb_int128)a.num * b.den;
    tb_int128 right = (tb_int128)b.num * a.den;

    return (left > right) - (left < right);
}

/* Whether a quotient whose remainder is `rest` moves one away from zero. */
static bool rounds_away(wide quotient, wide rest, wide divisor, enum tb_round_mode mode)
{
    switch (mode) {
    case TB_ROUND_HALF_UP:
        return 2 * rest >= divisor;
    case TB_ROUND_HALF_EVEN:
        return 2 * rest > divisor || (2 * rest == divisor && quotient % 2 == 1);
    case TB_ROUND_DOWN:
        return false;
    }
    return false;
}

bool tb_rational_round(struct tb_rational value, int32_t scale, enum tb_round_mode mode,
                       struct tb_decimal *out)
{
    int64_t units;

    if (scale < 0 || scale > TB_DECIMAL_SCALE_MAX || value.den <= 0)
        return false;
    wide scaled = magnitude(value.num) * (wide)tb_pow10(scale);
    wide divisor = (wide)value.den;
    wide quotient, rest;
    if (scaled <= UINT64_MAX) {
        quotient = (uint64_t)scaled / (uint64_t)divisor;
        rest = (uint64_t)scaled % (uint64_t)divisor;
    } else {
        quotient = scaled / divisor;
        rest = scaled % divisor;
    }
    if (rounds_away(quotient, rest, divisor, mode))
        quotient++;
    if (!narrow(quotient, value.num < 0, &units))
        return false;
    *out = (struct tb_decimal){ .units = units, .scale = scale };
    return true;
}

double tb_rational_double(struct tb_rational value)
{
    return (double)value.num / (double)value.den;
}
