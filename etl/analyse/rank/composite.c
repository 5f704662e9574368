/* composite.c - weighted means of points, arithmetic and geometric. */
#include "analyse/rank/composite.h"

#include <math.h>
#include <stdlib.h>

#include "tongbao/error.h"

enum { DIGITS = 15, NINE = 9 };

/* --- weights --- */

static bool counts(const struct tb_profile *profile, size_t i)
{
    const struct tb_indicator *in = &profile->indicators[i];

    return in->weight.units > 0 && in->direction != TB_NEUTRAL && in->n_headlines > 0;
}

/* The weight on a scale that all share; false if it does not fit. */
static bool scaled(struct tb_decimal weight, int32_t scale, int64_t *out)
{
    struct tb_decimal same;

    if (!tb_decimal_rescale(tb_decimal_trim(weight), scale, &same))
        return false;
    *out = same.units;
    return same.units <= INT32_MAX; /* sums and products of two then fit 64 bits */
}

static int32_t scale_of(struct tb_decimal weight, int32_t most)
{
    int32_t scale = tb_decimal_trim(weight).scale;

    return scale > most ? scale : most;
}

static bool fill_blocks(struct tb_weights *weights, const struct tb_profile *profile)
{
    int32_t scale = 0;
    bool fits = true;

    for (size_t b = 0; b < profile->n_blocks; b++)
        scale = scale_of(profile->blocks[b].weight, scale);
    for (size_t b = 0; b < profile->n_blocks; b++)
        fits = fits && scaled(profile->blocks[b].weight, scale, &weights->block_weight[b]);
    return fits;
}

static bool fill_weights(struct tb_weights *weights, const struct tb_profile *profile)
{
    int32_t scale = 0;
    bool fits = true;

    for (size_t i = 0; i < profile->n_indicators; i++)
        if (counts(profile, i))
            scale = scale_of(profile->indicators[i].weight, scale);
    for (size_t i = 0; i < profile->n_indicators; i++) {
        if (!counts(profile, i))
            continue;
        fits = fits && scaled(profile->indicators[i].weight, scale, &weights->weight[weights->n]);
        if (weights->block)
            weights->block[weights->n] = profile->indicators[i].block;
        weights->indicator[weights->n++] = (uint32_t)i;
    }
    return fits && (!weights->block_weight || fill_blocks(weights, profile));
}

int tb_weights_init(struct tb_weights *weights, const struct tb_profile *profile,
                    struct tb_error *err)
{
    size_t n = profile->n_indicators + 1;

    *weights = (struct tb_weights){ .n_blocks = profile->n_blocks };
    weights->indicator = calloc(n, sizeof *weights->indicator);
    weights->weight = calloc(n, sizeof *weights->weight);
    if (profile->n_blocks > 0) {
        weights->block = calloc(n, sizeof *weights->block);
        weights->block_weight = calloc(profile->n_blocks, sizeof *weights->block_weight);
    }
    if (!weights->indicator || !weights->weight ||
        (profile->n_blocks > 0 && (!weights->block || !weights->block_weight)))
        tb_error_set(err, "out of memory for the weights of %zu indicators", n);
    else if (!fill_weights(weights, profile))
        tb_error_set(err, "weights of the composite score have more digits than fit");
    else
        return 0;
    tb_weights_release(weights);
    return -1;
}

void tb_weights_release(struct tb_weights *weights)
{
    free(weights->indicator);
    free(weights->weight);
    free(weights->block);
    free(weights->block_weight);
    *weights = (struct tb_weights){ 0 };
}

/* The sum of the weights of a block that the unit has points in. */
static int64_t of_block(const struct tb_weights *weights, const struct tb_point point[],
                        int32_t block)
{
    int64_t sum = 0;

    for (size_t i = 0; i < weights->n; i++)
        if (point[i].has && weights->block[i] == block &&
            __builtin_add_overflow(sum, weights->weight[i], &sum))
            return 0;
    return sum;
}

static int64_t shares_of_blocks(const struct tb_weights *weights, const struct tb_point point[],
                                struct tb_share share[])
{
    int64_t whole = 0;

    for (size_t i = 0; i < weights->n; i++)
        share[i] = (struct tb_share){ 0, 1 };
    for (size_t b = 0; b < weights->n_blocks; b++) {
        int64_t sum = weights->block_weight[b] > 0 ? of_block(weights, point, (int32_t)b) : 0;
        if (sum == 0)
            continue;
        whole += weights->block_weight[b]; /* each at most 2^31 */
        for (size_t i = 0; i < weights->n; i++)
            if (point[i].has && weights->block[i] == (int32_t)b)
                share[i] =
                    (struct tb_share){ weights->block_weight[b] * weights->weight[i], sum };
    }
    return whole;
}

int64_t tb_weights_shares(const struct tb_weights *weights, const struct tb_point point[],
                          struct tb_share share[])
{
    int64_t whole = 0;

    if (weights->block)
        return shares_of_blocks(weights, point, share);
    for (size_t i = 0; i < weights->n; i++) {
        share[i] = (struct tb_share){ point[i].has ? weights->weight[i] : 0, 1 };
        whole += share[i].num; /* 65535 times 2^31 at most */
    }
    return whole;
}

/* --- means --- */

static tb_int128 gcd(tb_int128 a, tb_int128 b)
{
    while (b != 0) {
        tb_int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The least common multiple of all denominators; 0 when it has more than 62 bits. */
static tb_int128 common(const struct tb_point point[], const struct tb_share share[], size_t n)
{
    tb_int128 all = 1;

    for (size_t i = 0; i < n; i++) {
        if (share[i].num == 0)
            continue;
        tb_int128 den = (tb_int128)point[i].points.den * share[i].den;
        if (all % den == 0)
            continue;
        tb_int128 more = den / gcd(all, den);
        if (more > ((tb_int128)1 << 62) / all)
            return 0;
        all *= more;
    }
    return all;
}

/* a * b + *sum; false on overflow. */
static bool add_product(tb_int128 a, tb_int128 b, tb_int128 *sum)
{
    tb_int128 product;

    return !__builtin_mul_overflow(a, b, &product) && !__builtin_add_overflow(*sum, product, sum);
}

/* share * points in units of 10^-15, to the nearest. */
static bool in_digits(struct tb_point point, struct tb_share share, tb_int128 *out)
{
    tb_int128 num = 0, den = (tb_int128)point.points.den * share.den;

    if (!add_product((tb_int128)point.points.num * share.num, tb_pow10(DIGITS), &num)) {
        /* Whole and rest apart, each of which fits. */
        tb_int128 product = (tb_int128)point.points.num * share.num;
        num = 0;
        *out = 0;
        if (!add_product(product / den, tb_pow10(DIGITS), out) ||
            !add_product(product % den, tb_pow10(DIGITS), &num))
            return false;
        *out += num / den;
        return true;
    }
    *out = (num + (num < 0 ? -den / 2 : den / 2)) / den;
    return true;
}

static bool arithmetic(const struct tb_point point[], const struct tb_share share[], size_t n,
                       int64_t whole, struct tb_wide *out)
{
    tb_int128 all = common(point, share, n), part;
    bool fits = all > 0;

    *out = (struct tb_wide){ 0, all * whole };
    for (size_t i = 0; fits && i < n; i++)
        if (share[i].num != 0)
            fits = add_product((tb_int128)point[i].points.num * share[i].num,
                               all / ((tb_int128)point[i].points.den * share[i].den), &out->num);
    if (fits)
        return true;
    *out = (struct tb_wide){ 0, (tb_int128)tb_pow10(DIGITS) * whole };
    for (size_t i = 0; i < n; i++)
        if (share[i].num != 0 && (!in_digits(point[i], share[i], &part) ||
                                  __builtin_add_overflow(out->num, part, &out->num)))
            return false;
    return true;
}

/* exp of the mean of logarithms.  The terms are summed as whole numbers of 10^-15, so that their
 * order is of no account. */
static enum tb_composite_fault geometric(const struct tb_point point[],
                                         const struct tb_share share[], size_t n, int64_t whole,
                                         struct tb_wide *out)
{
    tb_int128 sum = 0;

    for (size_t i = 0; i < n; i++) {
        if (share[i].num == 0)
            continue;
        if (point[i].points.num <= 0)
            return TB_COMPOSITE_NOT_POSITIVE;
        double weight = (double)share[i].num / ((double)share[i].den * (double)whole);
        sum += llround(weight * log(tb_rational_double(point[i].points)) * 1e15);
    }
    double mean = exp((double)sum / 1e15);
    if (!(mean < 1e9))
        return TB_COMPOSITE_TOO_LARGE;
    *out = (struct tb_wide){ llround(mean * 1e9), tb_pow10(NINE) };
    return TB_COMPOSITE_FINE;
}

enum tb_composite_fault tb_composite_join(const struct tb_point point[],
                                          const struct tb_share share[], size_t n, int64_t whole,
                                          enum tb_aggregate how, struct tb_wide *out)
{
    if (whole <= 0)
        return TB_COMPOSITE_NOTHING;
    if (how == TB_AGGREGATE_GEOMETRIC)
        return geometric(point, share, n, whole, out);
    return arithmetic(point, share, n, whole, out) ? TB_COMPOSITE_FINE : TB_COMPOSITE_TOO_LARGE;
}

bool tb_composite_part(struct tb_point point, struct tb_share share, int64_t whole,
                       struct tb_wide *out)
{
    return arithmetic(&point, &share, 1, whole, out);
}

bool tb_wide_round(struct tb_wide value, int32_t scale, enum tb_round_mode mode, int64_t *out)
{
    tb_int128 size = value.num < 0 ? -value.num : value.num, scaled;

    if (value.den <= 0 || __builtin_mul_overflow(size, (tb_int128)tb_pow10(scale), &scaled))
        return false;
    tb_int128 quotient = scaled / value.den, rest = scaled % value.den;
    tb_int128 other = value.den - rest; /* compared so that doubling cannot overflow */
    if (mode == TB_ROUND_HALF_UP ? rest >= other
        : mode == TB_ROUND_HALF_EVEN
            ? rest > other || (rest == other && quotient % 2 == 1)
            : false)
        quotient++;
    if (quotient > INT64_MAX)
        return false;
    *out = (int64_t)(value.num < 0 ? -quotient : quotient);
    return true;
}
