/* rule_arith.c - exact arithmetic and comparison of operands.
 *
 * A result that fits 64 bits after reduction is exact.  Sums over many fractions
 * with different denominators do not always fit: such a result is kept to nine
 * digits after the point and marked, and a comparison that is closer than that
 * can tell is not computable.  So a number may be missing, but never wrong.
 */
#include <math.h>

#include "model/rule/rule_internal.h"

__extension__ typedef unsigned __int128 wide;

enum { KEPT_DIGITS = 9 };

/* Two numbers nearer than this, relative to their size, are not told apart when
 * one is approximate.  Wide of the error of any rule's few operations. */
static const double TOO_CLOSE = 1e-6;

struct tb_operand tb_operand_unknown(enum tb_known why)
{
    return (struct tb_operand){ .number = { 0, 1 }, .known = (uint8_t)why };
}

struct tb_operand tb_operand_known(struct tb_rational number)
{
    return (struct tb_operand){ .number = number, .known = TB_KNOWN };
}

struct tb_operand tb_operand_int(int64_t number)
{
    return tb_operand_known(tb_rational_int(number));
}

/* num / den to nine digits; false if even that does not fit. */
static bool keep_digits(tb_int128 num, tb_int128 den, struct tb_rational *out)
{
    bool negative = (num < 0) != (den < 0);
    wide top = num < 0 ? 0 - (wide)num : (wide)num;
    wide bottom = den < 0 ? 0 - (wide)den : (wide)den;
    const int64_t unit = tb_pow10(KEPT_DIGITS);

    /* The last bits of both go where the remainder times the unit would overflow. */
    while (bottom >> 96) {
        top >>= 1;
        bottom >>= 1;
    }
    wide whole = top / bottom;
    if (whole > (wide)(INT64_MAX / unit - 1))
        return false;
    tb_int128 units = (tb_int128)(whole * (wide)unit + top % bottom * (wide)unit / bottom);
    return tb_rational_make(negative ? -units : units, unit, out);
}

/* Puts num / den, den not zero, into an operand that already has its flags. */
static void put(struct tb_operand *out, tb_int128 num, tb_int128 den)
{
    if (tb_rational_make(num, den, &out->number))
        return;
    out->approximate = true;
    if (!keep_digits(num, den, &out->number))
        out->known = TB_UNKNOWN_NOT_COMPUTABLE;
}

struct tb_operand tb_operand_arith(enum tb_rule_op op, struct tb_operand a, struct tb_operand b)
{
    const struct tb_rational x = a.number;
    const struct tb_rational y = b.number;
    struct tb_operand out = { .number = { 0, 1 },
                              .known = a.known > b.known ? a.known : b.known,
                              .provisional = a.provisional || b.provisional,
                              .approximate = a.approximate || b.approximate };

    if (out.known != TB_KNOWN)
        return out;
    switch (op) {
    case TB_OP_ADD:
        put(&out, (tb_int128)x.num * y.den + (tb_int128)y.num * x.den, (tb_int128)x.den * y.den);
        break;
    case TB_OP_SUB:
        put(&out, (tb_int128)x.num * y.den - (tb_int128)y.num * x.den, (tb_int128)x.den * y.den);
        break;
    case TB_OP_MUL:
        put(&out, (tb_int128)x.num * y.num, (tb_int128)x.den * y.den);
        break;
    default: /* TB_OP_DIV */
        if (y.num == 0)
            out.known = TB_UNKNOWN_NOT_COMPUTABLE;
        else
            put(&out, (tb_int128)x.num * y.den, (tb_int128)x.den * y.num);
        break;
    }
    return out;
}

struct tb_operand tb_operand_round(struct tb_operand value, int32_t decimals,
                                   enum tb_round_mode mode)
{
    struct tb_decimal printed;

    if (value.known != TB_KNOWN)
        return value;
    if (!tb_rational_round(value.number, decimals, mode, &printed) ||
        !tb_rational_from_decimal(printed, &value.number))
        value.known = TB_UNKNOWN_NOT_COMPUTABLE;
    value.approximate = false;
    return value;
}

bool tb_operand_compare(struct tb_operand a, struct tb_operand b, int *order)
{
    *order = tb_rational_cmp(a.number, b.number);
    if (!a.approximate && !b.approximate)
        return true;
    double x = tb_rational_double(a.number);
    double y = tb_rational_double(b.number);
    return fabs(x - y) > TOO_CLOSE * fmax(1.0, fmax(fabs(x), fabs(y)));
}
