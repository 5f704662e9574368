/* test_growth_years.c - the mean growth of two years and more, and where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "analyse/measure/growth_years.h"
#include "analyse_cube.h"
#include "tongbao/growth_average.h"

/* The first four were published by the National Bureau of Statistics (national economy in the
 * first quarter and first half of 2021): growth, that of 2020, and the mean it printed. */
static void published_means(void **state)
{
    static const struct {
        int n;
        int64_t rate[4]; /* tenths of a percent */
        bool known;
        const char *printed;
    } cases[] = {
        { 2, { 183, -68 }, true, "5.0" },    /* GDP, first quarter of 2021 */
        { 2, { 127, -16 }, true, "5.3" },    /* GDP, first half */
        { 2, { 159, -13 }, true, "7.0" },    /* value added of industry, first half */
        { 2, { 230, -114 }, true, "4.4" },   /* retail sales, first half */
        { 2, { 210, 0 }, true, "10.0" },     /* 1.21: just 10, not a hair less */
        { 3, { 331, 0, 0 }, true, "10.0" },  /* 1.1 cubed is 1.331 */
        { 1, { 53 }, true, "5.3" },
        { 2, { -1000, 50 }, true, "-100.0" }, /* nothing is left */
        { 2, { -1001, 50 }, false, "" },
        { 2, { -1500, -1500 }, false, "" }, /* two wrongs would make a rate */
        { 0, { 0 }, false, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_rational rate[4], mean;
        struct tb_decimal d;
        char text[TB_DECIMAL_TEXT];
        for (int k = 0; k < cases[i].n; k++)
            rate[k] = (struct tb_rational){ cases[i].rate[k], 10 };
        assert_int_equal(tb_growth_average(rate, (size_t)cases[i].n, &mean), cases[i].known);
        if (!cases[i].known)
            continue;
        assert_true(tb_rational_round(mean, 1, TB_ROUND_HALF_UP, &d));
        tb_decimal_format(d, text);
        assert_string_equal(text, cases[i].printed);
    }
}

/* The order of the years is of no account; of two the mean lies between them. */
static void properties(void **state)
{
    (void)state;
    for (int64_t a = -990; a <= 3000; a += 210)
        for (int64_t b = -990; b <= 3000; b += 170) {
            const struct tb_rational one[2] = { { a, 10 }, { b, 10 } }, other[2] = { one[1], one[0] };
            struct tb_rational x, y;
            assert_true(tb_growth_average(one, 2, &x));
            assert_true(tb_growth_average(other, 2, &y));
            assert_int_equal(tb_rational_cmp(x, y), 0);
            assert_true(tb_rational_cmp(x, one[a > b]) >= 0 && tb_rational_cmp(x, one[a <= b]) <= 0);
        }
}

/* 2022 as published, 2023 from levels.  Unit 1 published nothing, unit 2 has a base of 0, unit 3
 * a break. */
static void of_a_unit(void **state)
{
    static const int64_t then[4] = { 1100, 1000, 0, 1100 };
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "two-years");
    for (size_t u = 0; u < 4; u++) {
        small_put(&s, 0, TB_MEASURE_VALUE, u, month(2022, 5), then[u], TB_STATUS_A);
        small_put(&s, 0, TB_MEASURE_VALUE, u, month(2023, 5), 1320,
                  u == 3 ? TB_STATUS_B : TB_STATUS_A);
        if (u != 1)
            small_put(&s, 0, TB_MEASURE_GROWTH, u, month(2022, 5), 100, TB_STATUS_P);
    }
    small_open(&s);
    s.indicator[0].growth = TB_BASIS_PUBLISHED;
    g = tb_measures_get(&s.ms, TB_MEASURE_GROWTH_2Y, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_KNOWN); /* 10 and 20 %: the root of 1.32 */
    assert_int_equal(tb_rational_cmp(g.number, (struct tb_rational){ 14891252931, 1000000000 }), 0);
    assert_int_equal(g.status, TB_STATUS_A | TB_GROWTH_COMPUTED);
    assert_true(g.provisional); /* the first rate is */
    g = tb_measures_get(&s.ms, TB_MEASURE_GROWTH_2Y, 0, 1, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    g = tb_measures_get(&s.ms, TB_MEASURE_GROWTH_2Y, 0, 2, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE);
    g = tb_measures_get(&s.ms, TB_MEASURE_GROWTH_2Y, 0, 3, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE);
    g = tb_measures_get(&s.ms, TB_MEASURE_GROWTH_2Y, 0, 0, month(2022, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    g = tb_measures_get(&s.ms, TB_MEASURE_YTD_GROWTH_2Y, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    small_end(&s);
}

/* What passes on from one of the two rates. */
static void joined(void **state)
{
    const struct tb_measured now = { .number = { 10, 1 }, .known = TB_KNOWN,
                                     .status = TB_STATUS_A | TB_GROWTH_PUBLISHED };
    struct tb_measured before = { .number = { 10, 1 }, .known = TB_KNOWN, .unranked = true,
                                  .status = TB_STATUS_B | TB_GROWTH_COMPUTED };

    (void)state;
    struct tb_measured mean = tb_growth_years_join(&now, &before);
    assert_int_equal(mean.status, TB_STATUS_B | TB_GROWTH_COMPUTED);
    assert_true(mean.unranked);
    assert_int_equal(tb_rational_cmp(mean.number, tb_rational_int(10)), 0);
    before = tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_M);
    mean = tb_growth_years_join(&now, &before);
    assert_int_equal(mean.known, TB_UNKNOWN_NOT_APPLICABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_means),
        cmocka_unit_test(properties),
        cmocka_unit_test(of_a_unit),
        cmocka_unit_test(joined),
    };

    return cmocka_run_group_tests_name("growth_years", tests, NULL, NULL);
}
