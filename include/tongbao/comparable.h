/* comparable.h - the base that a submitted growth rests on, against the base that
 * was published: why "your growth is not what my calculator says".
 *
 * A growth g (percent) of a value x implies the base x / (1 + g/100).  Both numbers
 * were rounded before they were sent, so the base is known to lie in an interval:
 * from (x - half a unit) / (1 + g + half a unit) to (x + half a unit) / (1 + g - half
 * a unit), each unit that of its last digit.  The comparison is exact (128-bit cross
 * multiplication); only what is printed is rounded.  Methods note, section 2.
 */
#ifndef TONGBAO_COMPARABLE_H
#define TONGBAO_COMPARABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/rational.h"

struct tb_plane;

/* A number as printed: the true one lies within half a step of it. */
struct tb_rounded {
    int64_t units; /* times 10^scale of its plane */
    int64_t step;  /* one of its last digit, in the same units; 0: it is exact */
};

/* x and g, and the base that they imply, in units of x. */
struct tb_implied {
    struct tb_rounded x, g;
    int32_t g_scale;                /* digits behind the point of g.units, in percent */
    int64_t base_100;               /* x / (1 + g), in hundredths of x's unit, rounded */
    int64_t low_100, high_100;      /* ends of the interval, rounded outwards */
};

/* Why the implied base is not the published one. */
enum tb_base_gap {
    TB_BASE_ROUNDING,    /* it may be the same: what is left is rounding */
    TB_BASE_PRICES,      /* the growth is real and the levels are nominal, or the other way */
    TB_BASE_REVISION,    /* the base was revised; the growth agrees with one of the two */
    TB_BASE_GIVEN,       /* the growth agrees with the comparable base that was submitted */
    TB_BASE_SCOPE,       /* scope, definition or base year changed: status B or D, or the unit did */
    TB_BASE_UNEXPLAINED,
    TB_N_BASE_GAPS,
};

/* Fills *out.  False when there is no such base (x < 0, g at or below -100 within its
 * rounding) or the numbers do not fit. */
bool tb_implied_base(struct tb_rounded x, struct tb_rounded g, int32_t g_scale,
                     struct tb_implied *out);
/* True when the interval of the implied base and that of a published one (same scale as
 * x) have a point in common.  False also when the numbers do not fit. */
bool tb_implied_meets(const struct tb_implied *implied, struct tb_rounded base);
/* The growth in percent of x on a base, to `scale` digits (0..TB_DECIMAL_SCALE_MAX), half
 * away from zero; false when base <= 0 or it does not fit. */
bool tb_implied_growth(int64_t x, int64_t base, int32_t scale, int64_t *out);
/* The word of comparable.csv: "rounding", "prices", "revision", "given", "scope", "unexplained". */
const char *tb_base_gap_code(enum tb_base_gap gap);
/* For people, in "zh" or "en". */
const char *tb_base_gap_text(enum tb_base_gap gap, const char *lang);
int tb_base_gap_find(const char *code); /* enum tb_base_gap, or -1 */

/* The last digit that a unit's column of a plane is written to, as a power of ten in the
 * plane's units.  A spreadsheet drops zeros behind the point (5.0 comes as 5), and 12.3
 * of 亿元 is 123000 of 万元: so the whole column says how it was rounded, and with
 * fewer than six different numbers at least `digits` (published digits) are taken. */
int64_t tb_rounded_step(const struct tb_plane *plane, size_t column, int32_t digits);

#endif
