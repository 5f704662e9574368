/* uom.h - units of measure: 万元, 亿元, %, 万平方米, km ... and exact conversion.
 *
 * A name is a multiplier (千 万 百万 千万 亿, thousand, million ...) before a
 * basic unit, or one of the profile's own (`[units_of_measure]` of profile.ini).
 * Conversion is exact or refused; amounts of different dimension never convert.
 */
#ifndef TONGBAO_UOM_H
#define TONGBAO_UOM_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/decimal.h"
#include "tongbao/rational.h"

enum { TB_UOM_BASE_MAX = 48 };

enum tb_uom_kind {
    TB_UOM_AMOUNT,  /* money, persons, area ...: scales with unit_mult */
    TB_UOM_PERCENT, /* % ‰: ratios; points and rates */
    TB_UOM_INDEX,   /* an index with 100 for the period compared with: growth is index - 100 */
    TB_UOM_NONE,    /* a plain number, grade, done/not done */
};

struct tb_uom {
    enum tb_uom_kind kind;
    char base[TB_UOM_BASE_MAX]; /* folded basic unit, "元"; what must agree to convert */
    struct tb_rational factor;  /* one of this is `factor` of the basic unit */
};

/* The profile's own names: kept by the caller, looked at before the built-in ones. */
struct tb_uom_own {
    const char *name;           /* "公顷" */
    const char *base;           /* "亩" */
    struct tb_rational factor;  /* 15 */
};

/* Reads a unit of measure; an unknown name is a basic unit of its own (个, 家,
 * 户 ... need no table).  Empty text is TB_UOM_NONE. */
void tb_uom_read(const char *text, const struct tb_uom_own own[], size_t n_own, struct tb_uom *out);
bool tb_uom_same_dimension(const struct tb_uom *a, const struct tb_uom *b);
/* value `from` in units of `to`, exactly; false if the dimensions differ or the
 * result is no decimal that fits.  An index becomes a growth in percent by
 * subtracting 100. */
bool tb_uom_convert(struct tb_decimal value, const struct tb_uom *from, const struct tb_uom *to,
                    struct tb_decimal *out);

#endif
