/* test_projection.c - where a year will end and what its rest must bring: every
 * worked number of the methods note, sections 6 and 11, and what must hold of any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "analyse/outlook/pace.h"
#include "analyse/outlook/projection.h"
#include "analyse/outlook/reliability.h"

static const struct tb_past_years WORKED = {
    .now = 56,
    .part = { 47, 49.5, 48, 51, 50.6 },
    .whole = { 100, 101, 100, 102, 110 },
    .n = 5,
};

static void near(double got, double expected, double within)
{
    if (!(fabs(got - expected) <= within))
        fail_msg("%.9f, expected %.9f", got, expected);
}

/* Section 11: mean z 0.734363, s 0.032991, projection 116.71, 80 % interval 110.42
 * to 123.36, P = 0.388 for T = 118. */
static void worked(void **state)
{
    struct tb_projection made;

    (void)state;
    tb_projection_make(&WORKED, &made);
    assert_int_equal(made.method, TB_PROJECTION_SHARES);
    assert_int_equal(made.n, 5);
    near(made.mean, 0.734363, 5e-7);
    near(made.sd, 0.032991, 5e-7);
    near(made.value, 116.71, 0.005);
    near(made.low, 110.42, 0.005);
    near(made.high, 123.36, 0.005);
    near(tb_projection_chance(&WORKED, &made, 118, false), 0.388, 0.0005);
    near(tb_projection_chance(&WORKED, &made, 118, true), 1 - 0.388, 0.0005);
    assert_string_equal(tb_projection_words(0.388), "possible");
}

static void words(void **state)
{
    (void)state;
    assert_string_equal(tb_projection_words(0.8), "likely");
    assert_string_equal(tb_projection_words(0.7999), "possible");
    assert_string_equal(tb_projection_words(0.2), "unlikely");
    assert_string_equal(tb_projection_words(0.2001), "possible");
    assert_string_equal(tb_projection_words(NAN), "");
}

/* Three years: the range of their shares and nothing else; none: nothing. */
static void few_years(void **state)
{
    struct tb_past_years past = WORKED;
    struct tb_projection made;

    (void)state;
    past.n = 3;
    tb_projection_make(&past, &made);
    assert_int_equal(made.method, TB_PROJECTION_RANGE);
    assert_true(isnan(made.value));
    near(made.low, 56 * 101 / 49.5, 1e-9);
    near(made.high, 56 * 100 / 47.0, 1e-9);
    assert_true(isnan(tb_projection_chance(&past, &made, 118, false)));
    past.n = 0;
    tb_projection_make(&past, &made);
    assert_int_equal(made.method, TB_PROJECTION_NONE);
    assert_true(isnan(made.low) && isnan(tb_projection_by_mean_share(&past)));
}

/* Years that were all alike show no spread: 0 or 1 would be a claim without ground. */
static void alike(void **state)
{
    struct tb_past_years past = { .now = 60, .n = 5 };
    struct tb_projection made;

    (void)state;
    for (size_t i = 0; i < past.n; i++) {
        past.part[i] = 50 + (double)i;
        past.whole[i] = 2 * past.part[i];
    }
    tb_projection_make(&past, &made);
    assert_int_equal(made.method, TB_PROJECTION_ALIKE);
    near(made.value, 120, 1e-9);
    assert_true(isnan(tb_projection_chance(&past, &made, 100, false)));
    near(tb_projection_by_mean_share(&past), 120, 1e-9);
}

/* Any order of the years and any unit of measure give the same chance; the
 * interval is ten to one on either side; the two tails make 1. */
static void properties(void **state)
{
    struct tb_projection made, other;
    struct tb_past_years turned = WORKED, scaled = WORKED;

    (void)state;
    tb_projection_make(&WORKED, &made);
    for (size_t i = 0; i < WORKED.n; i++) {
        turned.part[i] = WORKED.part[WORKED.n - 1 - i];
        turned.whole[i] = WORKED.whole[WORKED.n - 1 - i];
        scaled.part[i] *= 1e4;
        scaled.whole[i] *= 1e4;
    }
    scaled.now *= 1e4;
    tb_projection_make(&turned, &other);
    near(other.value, made.value, 1e-9);
    near(tb_projection_chance(&turned, &other, 118, false),
         tb_projection_chance(&WORKED, &made, 118, false), 1e-12);
    tb_projection_make(&scaled, &other);
    near(other.low / 1e4, made.low, 1e-9);
    near(tb_projection_chance(&scaled, &other, 118e4, false),
         tb_projection_chance(&WORKED, &made, 118, false), 1e-9);
    near(tb_projection_chance(&WORKED, &made, made.low, true), 0.1, 1e-9);
    near(tb_projection_chance(&WORKED, &made, made.high, false), 0.1, 1e-9);
    near(tb_projection_chance(&WORKED, &made, 100, false) +
             tb_projection_chance(&WORKED, &made, 100, true),
         1, 1e-12);
    assert_true(isnan(tb_projection_chance(&WORKED, &made, 0, false)));
}

static struct tb_rational tenths(int64_t n)
{
    struct tb_rational out;

    assert_true(tb_rational_make(n, 10, &out));
    return out;
}

/* Section 6: B_year 110, B_ytd 50.6, A_ytd 56, g* 7.5 % -> needed total 118.25,
 * required 4.80 %, growth so far 10.67 %. */
static void rest_of_year(void **state)
{
    struct tb_rational out;
    struct tb_decimal printed;

    (void)state;
    assert_true(tb_pace_rest_growth(tenths(1100), tenths(506), tenths(560), tenths(75), &out));
    assert_true(tb_rational_round(out, 2, TB_ROUND_HALF_UP, &printed));
    assert_int_equal(printed.units, 480);
    /* The year asked for, 118.25, less the 56 that are done, over 59.4. */
    near(tb_rational_double(out), 100 * ((118.25 - 56) / 59.4 - 1), 1e-9);
    /* Growth so far: the rest of a year of nothing. */
    near(100 * (56 / 50.6 - 1), 10.67, 0.005);
    /* What has grown as asked so far needs the same growth for the rest. */
    assert_true(tb_pace_rest_growth(tenths(1000), tenths(400), tenths(420), tenths(50), &out));
    assert_int_equal(tb_rational_cmp(out, tb_rational_int(5)), 0);
    /* No rest of a base, no base. */
    assert_false(tb_pace_rest_growth(tenths(500), tenths(500), tenths(1), tenths(1), &out));
    assert_false(tb_pace_rest_growth(tenths(0), tenths(-1), tenths(1), tenths(1), &out));
}

static void run_rates(void **state)
{
    struct tb_rational rate, out;

    (void)state;
    /* 118.25 asked, 56 done in 6 months, 6 left: 10.375 a month, 1.111607 times 9.333. */
    assert_true(tb_rational_make(11825, 100, &rate));
    assert_true(tb_pace_required(rate, tb_rational_int(56), 6, &rate));
    near(tb_rational_double(rate), 10.375, 1e-12);
    assert_true(tb_pace_multiple(rate, tb_rational_int(56), 6, &out));
    near(tb_rational_double(out), 10.375 / (56 / 6.0), 1e-12);
    assert_true(tb_pace_required(tb_rational_int(5), tb_rational_int(7), 3, &rate));
    assert_int_equal(rate.num, 0);
    assert_false(tb_pace_required(tb_rational_int(5), tb_rational_int(3), 0, &rate));
    assert_false(tb_pace_multiple(rate, tb_rational_int(0), 6, &out));
    /* 51.2 % in June: 1.2 points ahead; 45 %: 0.6 of a month behind. */
    assert_true(tb_pace_gap((struct tb_rational){ 64, 125 }, (struct tb_rational){ 1, 2 }, &out));
    near(tb_rational_double(out), 1.2, 1e-12);
    assert_true(tb_pace_lag((struct tb_rational){ 9, 20 }, (struct tb_rational){ 1, 2 }, 12, &out));
    near(tb_rational_double(out), 0.6, 1e-12);
}

/* A task that brings a figure down, to nothing at the most. */
static void reductions(void **state)
{
    struct tb_rational out;

    (void)state;
    assert_true(
        tb_pace_reduced(tb_rational_int(80), tb_rational_int(60), tb_rational_int(0), &out));
    assert_int_equal(tb_rational_cmp(out, (struct tb_rational){ 1, 4 }), 0);
    assert_true(
        tb_pace_reduced(tb_rational_int(80), tb_rational_int(90), tb_rational_int(40), &out));
    assert_int_equal(tb_rational_cmp(out, (struct tb_rational){ -1, 4 }), 0);
    assert_false(
        tb_pace_reduced(tb_rational_int(80), tb_rational_int(60), tb_rational_int(80), &out));
    assert_false(tb_pace_completion(tb_rational_int(3), tb_rational_int(0), &out));
    assert_true(tb_pace_completion(tb_rational_int(3), tb_rational_int(4), &out));
    assert_int_equal(tb_rational_cmp(out, (struct tb_rational){ 3, 4 }), 0);
}

/* Three announcements worked by hand: 0.8 came true, 0.8 did not, 0.1 did not:
 * Brier (0.04 + 0.64 + 0.01) / 3 = 0.23; the base rate 1/3 has 2/9. */
static void reliability(void **state)
{
    struct tb_reliability r = { 0 }, twice = { 0 };

    (void)state;
    assert_true(isnan(tb_reliability_brier(&r)));
    tb_reliability_case(&r, 0.8, true);
    tb_reliability_case(&r, 0.8, false);
    tb_reliability_case(&r, 0.1, false);
    near(tb_reliability_brier(&r), 0.23, 1e-12);
    near(tb_reliability_base_brier(&r), 2.0 / 9, 1e-12);
    assert_int_equal(r.step[8].n, 2);
    assert_int_equal(r.step[8].n_true, 1);
    assert_int_equal(r.step[1].n, 1);
    tb_reliability_interval(&r, 110, 100, 120, 100);
    tb_reliability_interval(&r, 90, 80, 99, 100);
    assert_int_equal(r.n_covered, 1);
    near(r.errors, 0, 1e-9);
    near(r.absolute_errors, 20, 1e-9);
    tb_reliability_add(&twice, &r);
    tb_reliability_add(&twice, &r);
    near(tb_reliability_brier(&twice), 0.23, 1e-12);
    tb_reliability_case(&r, 1, true);
    assert_int_equal(r.step[TB_RELIABILITY_STEPS - 1].n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked),    cmocka_unit_test(words),      cmocka_unit_test(few_years),
        cmocka_unit_test(alike),     cmocka_unit_test(properties), cmocka_unit_test(rest_of_year),
        cmocka_unit_test(run_rates), cmocka_unit_test(reductions),
        cmocka_unit_test(reliability),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
