/* test_growth.c - growth by each method, and where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "analyse/measure/growth.h"
#include "analyse_cube.h"

/* Rates worked by hand; 10105/10000 and 9895/10000 are the methods note, section 0. */
static void rates_of_levels(void **state)
{
    static const struct {
        int64_t x, b;
        bool known;
        enum tb_round_mode mode;
        const char *printed;
    } cases[] = {
        { 10105, 10000, true, TB_ROUND_HALF_UP, "1.1" },
        { 10105, 10000, true, TB_ROUND_HALF_EVEN, "1.0" },
        { 9895, 10000, true, TB_ROUND_HALF_UP, "-1.1" },
        { 11, 10, true, TB_ROUND_HALF_UP, "10.0" },
        { 33, 30, true, TB_ROUND_HALF_UP, "10.0" },
        { 0, 50, true, TB_ROUND_HALF_UP, "-100.0" },
        { 5, 0, false, TB_ROUND_HALF_UP, "" },         /* base zero */
        { 5, -3, false, TB_ROUND_HALF_UP, "" },        /* turned to profit: a word, no rate */
        { -5, 3, false, TB_ROUND_HALF_UP, "" },        /* turned to loss */
        { -5, -3, false, TB_ROUND_HALF_UP, "" },       /* loss widened */
        { INT64_MAX, 1, false, TB_ROUND_HALF_UP, "" }, /* does not fit */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_rational g;
        struct tb_decimal d;
        char text[TB_DECIMAL_TEXT];
        assert_int_equal(tb_growth_of(tb_rational_int(cases[i].x), tb_rational_int(cases[i].b), &g),
                         cases[i].known);
        if (!cases[i].known)
            continue;
        assert_true(tb_rational_round(g, 1, cases[i].mode, &d));
        tb_decimal_format(d, text);
        assert_string_equal(text, cases[i].printed);
    }
}

/* 1.1/1.0 and 3.3/3.0 differ as doubles; as fractions they are one rate. */
static void equal_rates_are_equal(void **state)
{
    struct tb_rational a, b;

    (void)state;
    assert_true(tb_growth_of((struct tb_rational){ 11, 10 }, (struct tb_rational){ 10, 10 }, &a));
    assert_true(tb_growth_of((struct tb_rational){ 33, 10 }, (struct tb_rational){ 30, 10 }, &b));
    assert_int_equal(tb_rational_cmp(a, b), 0);
}

/* x = 105.3 at 5.3 % implies a base of exactly 100. */
static void implied_base(void **state)
{
    struct tb_rational b;

    (void)state;
    assert_true(tb_growth_implied_base((struct tb_rational){ 1053, 10 },
                                       (struct tb_rational){ 53, 10 }, 1, &b));
    assert_int_equal(tb_rational_cmp(b, tb_rational_int(100)), 0);
    assert_false(tb_growth_implied_base(tb_rational_int(1), tb_rational_int(-100), 1, &b));
}

static void expect(const struct tb_measured *g, int64_t tenths, uint8_t method)
{
    assert_int_equal(g->known, TB_KNOWN);
    assert_int_equal(tb_rational_cmp(g->number, (struct tb_rational){ tenths, 10 }), 0);
    assert_int_equal(g->status & TB_GROWTH_METHOD_MASK, method);
}

/* Published 5.0, comparable 110/100, level 110/88: each setting takes its own. */
static void cascade(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "cascade");
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 5), 1100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2022, 5), 880, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_BASE, 0, month(2023, 5), 1000, TB_STATUS_P);
    small_put(&s, 0, TB_MEASURE_GROWTH, 0, month(2023, 5), 50, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 1, month(2023, 5), 1100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 1, month(2022, 5), 880, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 2, month(2023, 5), 1100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 3, month(2023, 5), 1100, TB_STATUS_B);
    small_put(&s, 0, TB_MEASURE_VALUE, 3, month(2022, 5), 1000, TB_STATUS_A);
    small_open(&s);

    s.indicator[0].growth = TB_BASIS_PUBLISHED;
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    expect(&g, 50, TB_GROWTH_PUBLISHED);
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 1, month(2023, 5));
    expect(&g, 250, TB_GROWTH_COMPUTED);
    s.indicator[0].growth = TB_BASIS_COMPARABLE;
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    expect(&g, 100, TB_GROWTH_COMPARABLE);
    assert_true(g.provisional); /* the base is */
    s.indicator[0].growth = TB_BASIS_COMPUTED;
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    expect(&g, 250, TB_GROWTH_COMPUTED);
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 2, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA); /* no base */
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 3, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE); /* a break in the series */
    small_end(&s);
}

/* 8 on a base of 2 is printed as 300 %, but not ranked where min_base is 5. */
static void small_base(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "small-base");
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 5), 80, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2022, 5), 20, TB_STATUS_A);
    small_open(&s);
    s.indicator[0].has_min_base = true;
    s.indicator[0].min_base = (struct tb_decimal){ 5, 0 };
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    expect(&g, 3000, TB_GROWTH_COMPUTED);
    assert_true(g.unranked);
    s.indicator[0].min_base = (struct tb_decimal){ 2, 0 };
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    assert_false(g.unranked);
    small_end(&s);
}

/* January and February are one figure: nothing to compare March with, unless it
 * was published; a stock is a stock in any month. */
static void joint_january_february(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "joint");
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2022, 12), 900, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 2), 2000, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 3), 1000, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 4), 1100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 1, month(2023, 3), 1000, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_MOM, 1, month(2023, 3), 12, TB_STATUS_A);
    small_open(&s);
    s.indicator[0].joint_jan_feb = true;
    assert_false(tb_indicator_expected(&s.indicator[0], month(2023, 1)));
    assert_int_equal(tb_indicator_previous(&s.indicator[0], month(2023, 2)).index,
                     month(2022, 12).index);
    assert_int_equal(tb_indicator_previous(&s.indicator[0], month(2023, 3)).index,
                     month(2023, 2).index);
    g = tb_growth_mom(&s.ms, 0, 0, month(2023, 2));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE);
    g = tb_growth_mom(&s.ms, 0, 0, month(2023, 3));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE);
    g = tb_growth_mom(&s.ms, 0, 0, month(2023, 4));
    expect(&g, 100, 0);
    g = tb_growth_mom(&s.ms, 0, 1, month(2023, 3));
    expect(&g, 12, 0);
    s.indicator[0].kind = TB_KIND_STOCK;
    g = tb_growth_mom(&s.ms, 0, 0, month(2023, 3));
    expect(&g, -500, 0);
    small_end(&s);
}

/* In January, or in joint February, cumulated growth is growth of the period. */
static void first_of_the_year(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "first");
    small_put(&s, 0, TB_MEASURE_YTD_GROWTH, 0, month(2023, 1), 71, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD_GROWTH, 0, month(2023, 2), 62, TB_STATUS_A);
    small_open(&s);
    s.indicator[0].growth = TB_BASIS_PUBLISHED;
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 1));
    expect(&g, 71, TB_GROWTH_PUBLISHED);
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 2));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    s.indicator[0].joint_jan_feb = true;
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 2));
    expect(&g, 62, TB_GROWTH_PUBLISHED);
    /* A year that begins in April begins there for growth, too. */
    s.indicator[0].joint_jan_feb = false;
    s.profile.set.year_start = 4;
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 1));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    small_end(&s);
}

/* In the first period a base given for the cumulated value is that of the single
 * one: 110 on 100 is 10 %, whatever last year's level says. */
static void first_base_of_the_year(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "first-base");
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2023, 1), 1100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2022, 1), 880, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_BASE, 0, month(2023, 1), 1000, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2023, 2), 2200, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2022, 2), 1760, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_BASE, 0, month(2023, 2), 1000, TB_STATUS_A);
    small_open(&s);
    s.indicator[0].growth = TB_BASIS_COMPARABLE;
    g = tb_growth_rate(&s.ms, TB_MEASURE_YTD_GROWTH, 0, 0, month(2023, 1));
    expect(&g, 100, TB_GROWTH_COMPARABLE);
    g = tb_growth_rate(&s.ms, TB_MEASURE_YTD_GROWTH, 0, 0, month(2023, 2));
    expect(&g, 250, TB_GROWTH_COMPUTED);
    small_end(&s);
}

/* Methods note, section 13: a unit that opened in March 2022 had two months of a
 * year by April; its four of 2023 do not compare with them. A year later they do,
 * and a single month compares with its own. */
static void opened_within_last_year(void **state)
{
    struct small s;
    struct tb_measured g, x, b;

    (void)state;
    small_begin(&s, "opened");
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2022, 4), 200, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2023, 4), 440, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2022, 4), 100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 4), 110, TB_STATUS_A);
    small_open(&s);
    s.unit[0].valid_from = tb_period_first_day(month(2022, 3));
    g = tb_growth_rate(&s.ms, TB_MEASURE_YTD_GROWTH, 0, 0, month(2023, 4));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE);
    assert_false(tb_growth_sides(&s.ms, TB_MEASURE_YTD_GROWTH, 0, 0, month(2023, 4), &x, &b));
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 4));
    expect(&g, 100, TB_GROWTH_COMPUTED);
    s.unit[0].valid_from = tb_period_first_day(month(2022, 1));
    g = tb_growth_rate(&s.ms, TB_MEASURE_YTD_GROWTH, 0, 0, month(2023, 4));
    expect(&g, 1200, TB_GROWTH_COMPUTED);
    /* A year from April: March 2022 was in the year before that of April 2022. */
    s.profile.set.year_start = 4;
    s.unit[0].valid_from = tb_period_first_day(month(2022, 3));
    g = tb_growth_rate(&s.ms, TB_MEASURE_YTD_GROWTH, 0, 0, month(2023, 4));
    expect(&g, 1200, TB_GROWTH_COMPUTED);
    small_end(&s);
}

/* A rate changes in points: 60/80 is 75 %, a year ago 50/80 was 62.5 %. */
static void change_of_a_ratio(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "change");
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 5), 600, TB_STATUS_A);
    small_put(&s, 1, TB_MEASURE_VALUE, 0, month(2023, 5), 800, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2022, 5), 500, TB_STATUS_A);
    small_put(&s, 1, TB_MEASURE_VALUE, 0, month(2022, 5), 800, TB_STATUS_E);
    small_open(&s);
    g = tb_measures_get(&s.ms, TB_MEASURE_VALUE, 2, 0, month(2023, 5));
    expect(&g, 750, 0);
    g = tb_growth_change(&s.ms, 2, 0, month(2023, 5));
    expect(&g, 125, 0);
    assert_true(g.provisional);
    g = tb_growth_rate(&s.ms, TB_MEASURE_GROWTH, 2, 0, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE); /* no per cent of per cents */
    g = tb_measures_get(&s.ms, TB_MEASURE_VALUE, 2, 1, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    small_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_of_levels),   cmocka_unit_test(equal_rates_are_equal),
        cmocka_unit_test(implied_base),      cmocka_unit_test(cascade),
        cmocka_unit_test(small_base),        cmocka_unit_test(joint_january_february),
        cmocka_unit_test(first_of_the_year), cmocka_unit_test(first_base_of_the_year),
        cmocka_unit_test(opened_within_last_year), cmocka_unit_test(change_of_a_ratio),
    };

    return cmocka_run_group_tests_name("growth", tests, NULL, NULL);
}
