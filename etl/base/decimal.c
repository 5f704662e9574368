/* decimal.c - exact decimals in a 64-bit integer and a scale.
 *
 * Every figure of a submission passes through tb_decimal_parse, so it walks the
 * bytes once and knows neither locale nor strtod.  All else works in integers;
 * whatever would not fit is refused, never rounded.
 */
#include "tongbao/decimal.h"

#include <assert.h>

__extension__ typedef __int128 wide;

enum {
    POW10_MAX = 18,
    SAFE_DIGITS = 18, /* so many digits cannot overflow 64 bits */
};

static const int64_t pow10_table[POW10_MAX + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

int64_t tb_pow10(int32_t n)
{
    assert(n >= 0 && n <= POW10_MAX);
    return pow10_table[n];
}

static bool scale_valid(int32_t scale)
{
    return scale >= 0 && scale <= TB_DECIMAL_SCALE_MAX;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digit_run(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && is_digit(text[n]))
        n++;
    return n;
}

/* Appends n digits to *units; false when they no longer fit 64 bits. */
static bool add_digits(const char *digits, size_t n, int64_t *units)
{
    for (size_t i = 0; i < n; i++) {
        if (__builtin_mul_overflow(*units, INT64_C(10), units) ||
            __builtin_add_overflow(*units, (int64_t)(digits[i] - '0'), units))
            return false;
    }
    return true;
}

/* Digits with a point between two of them at most, so few that they fit unchecked: nearly
 * all numbers.  False: look closer. */
static inline bool parse_short(const char *text, size_t len, struct tb_decimal *out)
{
    const char *at = text + (text[0] == '-'), *end = text + len, *point = NULL;
    uint64_t units = 0;

    if (at == end || *at == '.' || end[-1] == '.')
        return false;
    for (; at < end; at++) {
        unsigned digit = (unsigned char)*at - (unsigned)'0';
        if (digit <= 9)
            units = units * 10 + digit;
        else if (*at == '.' && !point)
            point = at;
        else
            return false;
    }
    int32_t scale = point ? (int32_t)(end - point) - 1 : 0;
    if (scale > TB_DECIMAL_SCALE_MAX)
        return false;
    out->scale = scale;
    out->units = text[0] == '-' ? -(int64_t)units : (int64_t)units;
    return true;
}

bool tb_decimal_parse(const char *text, size_t len, struct tb_decimal *out)
{
    if (len > 0 && len <= SAFE_DIGITS && parse_short(text, len, out))
        return true;
    size_t sign = len > 0 && (text[0] == '-' || text[0] == '+');
    const char *whole = text + sign;
    size_t n_whole = digit_run(whole, len - sign);
    size_t used = sign + n_whole;
    const char *fraction = text + used;
    size_t n_fraction = 0;
    int64_t units = 0;

    if (n_whole == 0)
        return false;
    if (used < len) {
        if (*fraction++ != '.')
            return false;
        n_fraction = digit_run(fraction, len - used - 1);
        if (n_fraction == 0 || used + 1 + n_fraction != len)
            return false;
    }
    /* Programs that print sixteen places pad with zeros; these say nothing. */
    while (n_fraction > TB_DECIMAL_SCALE_MAX && fraction[n_fraction - 1] == '0')
        n_fraction--;
    if (n_fraction > TB_DECIMAL_SCALE_MAX)
        return false;
    if (!add_digits(whole, n_whole, &units) || !add_digits(fraction, n_fraction, &units))
        return false;
    out->units = text[0] == '-' ? -units : units;
    out->scale = (int32_t)n_fraction;
    return true;
}

bool tb_decimal_rescale(struct tb_decimal in, int32_t scale, struct tb_decimal *out)
{
    int64_t units = in.units;

    if (!scale_valid(in.scale) || !scale_valid(scale))
        return false;
    if (scale >= in.scale) {
        if (__builtin_mul_overflow(units, tb_pow10(scale - in.scale), &units))
            return false;
    } else {
        int64_t divisor = tb_pow10(in.scale - scale);
        if (units % divisor != 0)
            return false;
        units /= divisor;
    }
    *out = (struct tb_decimal){ .units = units, .scale = scale };
    return true;
}

bool tb_decimal_shift(struct tb_decimal in, int32_t power, struct tb_decimal *out)
{
    struct tb_decimal moved = in;
    int64_t scale = (int64_t)in.scale - power; /* where the point would have to stand */

    if (!scale_valid(in.scale))
        return false;
    if (in.units == 0)
        scale = scale < 0 ? 0 : scale > TB_DECIMAL_SCALE_MAX ? TB_DECIMAL_SCALE_MAX : scale;
    while (scale > TB_DECIMAL_SCALE_MAX && moved.units % 10 == 0) {
        moved.units /= 10;
        scale--;
    }
    if (scale > TB_DECIMAL_SCALE_MAX || scale < -POW10_MAX)
        return false;
    if (scale < 0) {
        if (__builtin_mul_overflow(moved.units, tb_pow10((int32_t)-scale), &moved.units))
            return false;
        scale = 0;
    }
    moved.scale = (int32_t)scale;
    *out = moved;
    return true;
}

struct tb_decimal tb_decimal_trim(struct tb_decimal in)
{
    while (in.scale > 0 && in.units % 10 == 0) {
        in.units /= 10;
        in.scale--;
    }
    return in;
}

int tb_decimal_cmp(struct tb_decimal a, struct tb_decimal b)
{
    if (a.scale == b.scale)
        return (a.units > b.units) - (a.units < b.units);
    /* 2^63 times 10^12 stays below 2^103. */
    wide left = (wide)a.units * tb_pow10(b.scale > a.scale ? b.scale - a.scale : 0);
    wide right = (wide)b.units * tb_pow10(a.scale > b.scale ? a.scale - b.scale : 0);

    return (left > right) - (left < right);
}

size_t tb_decimal_format(struct tb_decimal value, char text[TB_DECIMAL_TEXT])
{
    char reversed[TB_DECIMAL_TEXT];
    size_t n = 0;
    size_t len = 0;
    /* Unsigned, because the magnitude of the least integer has no signed form. */
    uint64_t rest = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;

    assert(scale_valid(value.scale));
    for (int32_t place = 0; rest > 0 || place <= value.scale; place++) {
        if (place == value.scale && place > 0)
            reversed[n++] = '.';
        reversed[n++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value.units < 0)
        text[len++] = '-';
    while (n > 0)
        text[len++] = reversed[--n];
    text[len] = '\0';
    return len;
}
