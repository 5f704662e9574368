/* test_score.c - points, weights and means of the composite score (methods note, section 7).
 *
 * The expected numbers are worked by hand from the formulas of the OECD/JRC handbook (2008):
 * chapter 5 for points, chapter 6 for means; each with its working beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analyse/rank/composite.h"

enum { MOST = 60 };

static bool all[MOST];

static int everyone(void **state)
{
    (void)state;
    for (size_t i = 0; i < MOST; i++)
        all[i] = true;
    return 0;
}

static void is(struct tb_point point, int64_t num, int64_t den, enum tb_point_note note)
{
    assert_true(point.has);
    assert_int_equal(tb_rational_cmp(point.points, (struct tb_rational){ num, den }), 0);
    assert_int_equal(point.note, note);
}

/* 12, 15, 18, 21, 34: range 22; (15 - 12) / 22 and so on. */
static const struct tb_rational five[5] = { { 12, 1 }, { 15, 1 }, { 18, 1 }, { 21, 1 }, { 34, 1 } };

static void minmax(void **state)
{
    static const struct tb_rational same[3] = { { 7, 2 }, { 7, 2 }, { 7, 2 } };
    static const bool but_last[5] = { true, true, true, true, false };
    struct tb_point out[5];

    (void)state;
    tb_normalise_minmax(five, all, 5, false, out);
    is(out[0], 0, 1, TB_POINT_PLAIN);
    is(out[1], 300, 22, TB_POINT_PLAIN);
    is(out[3], 900, 22, TB_POINT_PLAIN);
    is(out[4], 100, 1, TB_POINT_PLAIN);
    tb_normalise_minmax(five, all, 5, true, out); /* lower is better: L and U swap */
    is(out[0], 100, 1, TB_POINT_PLAIN);
    is(out[1], 1900, 22, TB_POINT_PLAIN);
    is(out[4], 0, 1, TB_POINT_PLAIN);
    tb_normalise_minmax(five, but_last, 5, false, out); /* range 9 without the last */
    is(out[1], 100, 3, TB_POINT_PLAIN);
    assert_false(out[4].has);
    assert_int_equal(out[4].note, TB_POINT_MISSING);
    tb_normalise_minmax(same, all, 3, false, out);
    is(out[1], 50, 1, TB_POINT_ZERO_RANGE);
}

static void goalposts(void **state)
{
    static const struct tb_rational post[2] = { { 15, 1 }, { 25, 1 } };
    struct tb_point out[5];

    (void)state;
    tb_normalise_goalposts(five, all, 5, post, false, out);
    is(out[0], 0, 1, TB_POINT_CLIPPED);
    is(out[1], 0, 1, TB_POINT_PLAIN);
    is(out[2], 30, 1, TB_POINT_PLAIN); /* 3 of 10 */
    is(out[3], 60, 1, TB_POINT_PLAIN);
    is(out[4], 100, 1, TB_POINT_CLIPPED);
    tb_normalise_goalposts(five, all, 5, post, true, out);
    is(out[0], 100, 1, TB_POINT_CLIPPED);
    is(out[2], 70, 1, TB_POINT_PLAIN);
    is(out[4], 0, 1, TB_POINT_CLIPPED);
}

/* Mean 20, squares 64 + 25 + 4 + 1 + 196 = 290, sd sqrt(290 / 4) = 8.514693...;
 * (12 - 20) / 8.514693 = -0.939552..., (34 - 20) / 8.514693 = 1.644216... */
static void zscores(void **state)
{
    static const struct tb_rational same[2] = { { 3, 1 }, { 6, 2 } };
    struct tb_point out[5];
    double work[5];

    (void)state;
    tb_normalise_zscore(five, all, 5, false, work, out);
    assert_int_equal(out[0].points.num * (1000000000 / out[0].points.den), -939552351);
    assert_int_equal(out[4].points.num * (1000000000 / out[4].points.den), 1644216615);
    tb_normalise_zscore(five, all, 5, true, work, out);
    assert_int_equal(out[4].points.num * (1000000000 / out[4].points.den), -1644216615);
    tb_normalise_zscore(same, all, 2, false, work, out);
    is(out[0], 0, 1, TB_POINT_ZERO_RANGE);
    tb_normalise_zscore(five, all, 1, false, work, out);
    is(out[0], 0, 1, TB_POINT_ZERO_RANGE);
}

static void ranks_and_completion(void **state)
{
    static const uint32_t place[6] = { 1, 2, 2, 4, 5, 0 }, tied[2] = { 1, 1 };
    static const struct tb_rational done[3] = { { 549, 10 }, { 100, 1 }, { 140, 1 } };
    struct tb_point out[6];

    (void)state;
    tb_normalise_rank(place, 6, 5, out); /* (N - rank) / (N - 1), N = 5 */
    is(out[0], 100, 1, TB_POINT_PLAIN);
    is(out[2], 75, 1, TB_POINT_PLAIN);
    is(out[3], 25, 1, TB_POINT_PLAIN);
    is(out[4], 0, 1, TB_POINT_PLAIN);
    assert_false(out[5].has);
    tb_normalise_rank(tied, 2, 2, out);
    is(out[0], 50, 1, TB_POINT_ZERO_RANGE);
    tb_normalise_completion(done, all, 3, (struct tb_rational){ 120, 1 }, out);
    is(out[0], 549, 10, TB_POINT_PLAIN);
    is(out[1], 100, 1, TB_POINT_PLAIN);
    is(out[2], 120, 1, TB_POINT_CAPPED);
}

static struct tb_point points(int64_t num, int64_t den)
{
    return (struct tb_point){ .points = { num, den }, .has = true };
}

static int64_t join(const struct tb_weights *w, const struct tb_point point[],
                    enum tb_aggregate how, enum tb_composite_fault expected)
{
    struct tb_share share[MOST];
    struct tb_wide score;
    int64_t printed = 0, whole = tb_weights_shares(w, point, share);

    assert_int_equal(tb_composite_join(point, share, w->n, whole, how, &score), expected);
    if (expected == TB_COMPOSITE_FINE)
        assert_true(tb_wide_round(score, 2, TB_ROUND_HALF_UP, &printed));
    return printed;
}

/* Weights 5, 3, 2; points 80, 50, 1/3. */
static void means(void **state)
{
    int64_t weight[3] = { 5, 3, 2 };
    struct tb_weights w = { .n = 3, .weight = weight };
    struct tb_point point[3] = { points(80, 1), points(50, 1), points(1, 3) };

    (void)state;
    /* (400 + 150 + 2/3) / 10 = 55.0667 */
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 5507);
    /* exp(.5 ln 80 + .3 ln 50 + .2 ln 1/3) = 8.944272 * 3.233635 * .802742 = 23.2175 */
    assert_int_equal(join(&w, point, TB_AGGREGATE_GEOMETRIC, TB_COMPOSITE_FINE), 2322);
    point[1].has = false; /* the others grow: (400 + 2/3) / 7 = 57.2381 */
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 5724);
    point[1] = points(0, 1); /* as zero: (400 + 0 + 2/3) / 10 */
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 4007);
    (void)join(&w, point, TB_AGGREGATE_GEOMETRIC, TB_COMPOSITE_NOT_POSITIVE);
    point[0].has = point[1].has = point[2].has = false;
    (void)join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_NOTHING);
    /* Rounded once, from the exact half: 2.505 is 2.51, which no double of it is. */
    point[0] = point[1] = point[2] = points(501, 200);
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 251);
}

/* Block 0 weighs 60 with indicators of 1 and 3, block 1 weighs 40 with one of 7:
 * .6 (80 + 3 * 40) / 4 + .4 * 90 = 30 + 36 = 66. */
static void two_levels(void **state)
{
    int64_t weight[3] = { 1, 3, 7 }, of_block[2] = { 60, 40 };
    int32_t block[3] = { 0, 0, 1 };
    struct tb_weights w = {
        .n = 3, .weight = weight, .block = block, .block_weight = of_block, .n_blocks = 2
    };
    struct tb_point point[3] = { points(80, 1), points(40, 1), points(90, 1) };

    (void)state;
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 6600);
    point[1].has = false; /* within its block first: .6 * 80 + .4 * 90 */
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 8400);
    point[2].has = false; /* a block without points is left out */
    assert_int_equal(join(&w, point, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), 8000);
}

static uint32_t draw(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* The order of units and of indicators is of no account, nor is the scale of a value or of
 * the weights; also where the common denominator does not fit. */
static void permutation_and_scale(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 400; round++) {
        size_t n = 2 + draw(&seed) % 40;
        struct tb_rational value[MOST], back[MOST], scaled[MOST];
        struct tb_point a[MOST], b[MOST], c[MOST];
        int64_t weight[MOST], turned[MOST];
        double work[MOST];
        for (size_t i = 0; i < n; i++) {
            value[i] = (struct tb_rational){ (int64_t)(draw(&seed) % 5000) - 2000, 10 };
            weight[i] = 1 + draw(&seed) % 30;
            turned[n - 1 - i] = 7 * weight[i];
            back[n - 1 - i] = value[i];
            scaled[i] = (struct tb_rational){ value[i].num * 3 + 1000, 10 };
        }
        bool z = round % 2;
        if (z) {
            tb_normalise_zscore(value, all, n, round % 4 > 1, work, a);
            tb_normalise_zscore(back, all, n, round % 4 > 1, work, b);
        } else {
            tb_normalise_minmax(value, all, n, round % 4 > 1, a);
            tb_normalise_minmax(back, all, n, round % 4 > 1, b);
            tb_normalise_minmax(scaled, all, n, round % 4 > 1, c);
        }
        for (size_t i = 0; i < n; i++) {
            is(b[n - 1 - i], a[i].points.num, a[i].points.den, (enum tb_point_note)a[i].note);
            if (!z)
                is(c[i], a[i].points.num, a[i].points.den, (enum tb_point_note)a[i].note);
            /* Denominators that have no small multiple in common. */
            if (round % 3 == 0) {
                a[i] = points((int64_t)(draw(&seed) % 90000000), 900001 + 2 * (int64_t)i);
                b[n - 1 - i] = a[i];
            }
        }
        struct tb_weights w = { .n = n, .weight = weight };
        int64_t one = join(&w, a, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE);
        w.weight = turned;
        assert_int_equal(join(&w, b, TB_AGGREGATE_ARITHMETIC, TB_COMPOSITE_FINE), one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minmax),  cmocka_unit_test(goalposts),
        cmocka_unit_test(zscores), cmocka_unit_test(ranks_and_completion),
        cmocka_unit_test(means),   cmocka_unit_test(two_levels),
        cmocka_unit_test(permutation_and_scale),
    };

    return cmocka_run_group_tests(tests, everyone, NULL);
}
