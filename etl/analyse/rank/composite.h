/* composite.h - points of indicators joined into one score, by weight.
 *
 * Methods note, section 7.  The arithmetic mean is an exact fraction, in 128 bits; where
 * the common denominator of the points has more than 62 bits, points are taken to
 * fifteen digits and the sum of them is exact.  Either way the order of the indicators is
 * of no account.  The geometric mean has powers in it: it is taken to nine digits.
 */
#ifndef TONGBAO_ANALYSE_COMPOSITE_H
#define TONGBAO_ANALYSE_COMPOSITE_H

#include "analyse/rank/normalise.h"
#include "tongbao/profile.h"

/* A number of 128 bits: num / den, den > 0. */
struct tb_wide {
    tb_int128 num, den;
};

enum tb_composite_fault {
    TB_COMPOSITE_FINE,
    TB_COMPOSITE_NOTHING,      /* no indicator counts */
    TB_COMPOSITE_NOT_POSITIVE, /* a geometric mean needs points above 0 */
    TB_COMPOSITE_TOO_LARGE,
};

/* The weights of the indicators of a score: w[i] on a scale of their own, and, on two levels,
 * that of the block that each belongs to. */
struct tb_weights {
    size_t n;              /* indicators that count */
    uint32_t *indicator;   /* [n] rows of indicators */
    int64_t *weight;       /* [n] > 0 */
    int32_t *block;        /* [n] rows of the profile's blocks; NULL: one level */
    int64_t *block_weight; /* [n_blocks]; NULL: one level */
    size_t n_blocks;
};

/* The share of an indicator in a score: num / (den * whole), where `whole` is that of the unit. */
struct tb_share {
    int64_t num, den; /* num 0: it does not count */
};

/* Indicators with a weight and a direction.  -1 with *err filled: memory, or weights of more
 * digits than fit. */
int tb_weights_init(struct tb_weights *weights, const struct tb_profile *profile,
                    struct tb_error *err);
void tb_weights_release(struct tb_weights *weights);
/* Shares of the indicators that a unit has points in (point[i].has), into share[n]; returns the
 * whole, 0 when nothing counts or (also) when a sum does not fit.  A block without points is left
 * out as an indicator is. */
int64_t tb_weights_shares(const struct tb_weights *weights, const struct tb_point point[],
                          struct tb_share share[]);

/* Joins n points. */
enum tb_composite_fault tb_composite_join(const struct tb_point point[],
                                          const struct tb_share share[], size_t n, int64_t whole,
                                          enum tb_aggregate how, struct tb_wide *out);
/* What one indicator gives to an arithmetic score. */
bool tb_composite_part(struct tb_point point, struct tb_share share, int64_t whole,
                       struct tb_wide *out);
/* Rounded once to `scale` digits after the point, in units of the last; false if it does not fit. */
bool tb_wide_round(struct tb_wide value, int32_t scale, enum tb_round_mode mode, int64_t *out);

#endif
