/* test_seasonal.c - the Spring Festival's shares of months, the regression that
 * parts a series, a robust line, and STL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <math.h>

#include "analyse/outlook/stl.h"
#include "tongbao/seasonal.h"

#define near(got, expected, within) near_at(__LINE__, got, expected, within)

enum { N_MONTHS = 96, FIRST_MONTH = 2018 * 12 };

static void near_at(int line, double got, double expected, double within)
{
    if (!(fabs(got - expected) <= within))
        fail_msg("line %d: %.9f, expected %.9f", line, got, expected);
}

static void month_share(int year, int number, double before, double after)
{
    struct tb_period month = { TB_FREQ_MONTH, year * 12 + number - 1 };
    double got_before, got_after;

    assert_true(tb_spring_festival_share(tb_period_first_day(month), tb_period_last_day(month),
                                         &got_before, &got_after));
    near(got_before, before, 1e-12);
    near(got_after, after, 1e-12);
}

/* Section 10: 2025 (29 January) and 2026 (17 February). */
static void festival_shares(void **state)
{
    (void)state;
    month_share(2025, 1, 1, 0.15);
    month_share(2025, 2, 0, 0.85);
    month_share(2025, 3, 0, 0);
    month_share(2026, 1, 0, 0);
    month_share(2026, 2, 1, 0.60);
    month_share(2026, 3, 0, 0.40);
}

/* A made series: 1 % growth a month, a season, a festival that takes a fifth. */
static double effect_of_festival(int32_t index)
{
    struct tb_period month = { TB_FREQ_MONTH, index };
    double before, after;

    assert_true(tb_spring_festival_share(tb_period_first_day(month), tb_period_last_day(month),
                                         &before, &after));
    return -0.2 * after + 0.05 * before;
}

static const double SEASON[12] = { 0.1,   -0.2,  0.05, 0,    0.02, 0.08,
                                   -0.06, -0.04, 0.03, 0.01, 0.04, -0.03 };

static void make(double x[], int32_t period[])
{
    for (int32_t i = 0; i < N_MONTHS; i++) {
        period[i] = FIRST_MONTH + i;
        x[i] = exp(4 + 0.01 * i + SEASON[i % 12] + effect_of_festival(period[i]));
    }
}

/* The adjusted figures of the made series lie on its line. */
static void regression(void **state)
{
    double x[N_MONTHS], trend[N_MONTHS], season[N_MONTHS], festival[N_MONTHS], residual[N_MONTHS];
    int32_t period[N_MONTHS];
    struct tb_season s = { .freq = TB_FREQ_MONTH, .period = period };
    struct tb_seasonal_parts parts = { trend, season, festival, residual, false };

    (void)state;
    make(x, period);
    assert_int_equal(tb_seasonal_fit(x, N_MONTHS, &s, &parts), TB_SEASONAL_DONE);
    assert_true(parts.has_festival);
    double sum = 0;
    for (size_t i = 0; i < 12; i++)
        sum += season[i];
    near(sum, 0, 1e-9);
    for (size_t i = 1; i < N_MONTHS; i++) {
        near(trend[i] - trend[i - 1], 0.01, 1e-9);
        near(trend[i] + season[i] + festival[i], log(x[i]), 1e-9);
        near(residual[i], 0, 1e-9);
    }
    /* Of two Februaries, that with more of the festival is put up by more. */
    near(festival[85] - festival[73],
         effect_of_festival(FIRST_MONTH + 85) - effect_of_festival(FIRST_MONTH + 73), 1e-9);
    assert_int_equal(tb_seasonal_fit(x, 48, &s, &parts), TB_SEASONAL_SHORT);
    assert_true(isnan(trend[0]));
}

/* A unit of measure shifts the trend and nothing else. */
static void scale(void **state)
{
    double x[N_MONTHS], a[4][N_MONTHS], b[4][N_MONTHS];
    int32_t period[N_MONTHS];
    struct tb_season s = { .freq = TB_FREQ_MONTH, .period = period };
    struct tb_seasonal_parts one = { a[0], a[1], a[2], a[3], false };
    struct tb_seasonal_parts two = { b[0], b[1], b[2], b[3], false };

    (void)state;
    make(x, period);
    for (int i = 0; i < N_MONTHS; i++)
        x[i] *= 1 + 0.03 * sin(i * 1.7);
    assert_int_equal(tb_seasonal_fit(x, N_MONTHS, &s, &one), TB_SEASONAL_DONE);
    for (int i = 0; i < N_MONTHS; i++)
        x[i] *= 1e4;
    assert_int_equal(tb_seasonal_fit(x, N_MONTHS, &s, &two), TB_SEASONAL_DONE);
    for (int i = 0; i < N_MONTHS; i++) {
        near(b[0][i], a[0][i] + log(1e4), 1e-9);
        for (int part = 1; part < 4; part++)
            near(b[part][i], a[part][i], 1e-9);
    }
}

static void lines(void **state)
{
    double x[24], fitted[24], growth;
    int32_t period[24];

    (void)state;
    for (int i = 0; i < 24; i++) {
        period[i] = 100 + i;
        x[i] = 50 * pow(1.02, i) * (1 + 0.001 * (i % 3 - 1));
    }
    x[7] *= 5;
    x[11] = 0; /* left out, and still on the line */
    assert_int_equal(tb_trend_fit(x, 24, period, fitted, &growth), TB_SEASONAL_DONE);
    near(growth, 2, 0.05);
    near(fitted[7] / (50 * pow(1.02, 7)), 1, 0.002);
    near(fitted[11] / (50 * pow(1.02, 11)), 1, 0.002);
    assert_int_equal(tb_trend_fit(x, 7, period, fitted, &growth), TB_SEASONAL_SHORT);
}

/* n_p 12, n_s 7: n_l 13, n_t next odd from 1.5 * 12 / (1 - 1.5 / 7) = 22.9. */
static void spans(void **state)
{
    struct tb_stl_spans months = tb_stl_usual(12), quarters = tb_stl_usual(4);

    (void)state;
    assert_int_equal(months.low, 13);
    assert_int_equal(months.trend, 23);
    assert_int_equal(months.outer, 15);
    assert_int_equal(quarters.low, 5);
    assert_int_equal(quarters.trend, 9);
}

static void stl(void **state)
{
    double x[N_MONTHS], seasonal[N_MONTHS], trend[N_MONTHS], weight[N_MONTHS];
    struct tb_stl_spans s = tb_stl_usual(12), even = s;

    (void)state;
    /* A line and a season that repeats are found as they are, but for a wild month. */
    for (int i = 0; i < N_MONTHS; i++)
        x[i] = 10 + 0.5 * i + SEASON[i % 12];
    x[50] += 30;
    assert_true(tb_stl(x, N_MONTHS, &s, seasonal, trend, weight));
    near(weight[50], 0, 1e-12);
    for (int i = 0; i < N_MONTHS; i++)
        near(seasonal[i] + trend[i], x[i] - (i == 50 ? 30 : 0), 0.02);
    /* Too short, or a span that is even. */
    assert_false(tb_stl(x, 24, &s, seasonal, trend, weight));
    even.trend = 22;
    assert_false(tb_stl(x, N_MONTHS, &even, seasonal, trend, weight));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(festival_shares), cmocka_unit_test(regression), cmocka_unit_test(scale),
        cmocka_unit_test(lines),           cmocka_unit_test(spans),      cmocka_unit_test(stl),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
