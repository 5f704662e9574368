/* test_screen.c - statistical screens, with the worked examples of the methods note,
 * sections 9 and 10. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_filter.h>
#include <gsl/gsl_vector.h>

#include "tongbao/screen.h"

enum { MOST = 240 };

static const double hb_base[10] = { 1200, 800, 450, 300, 150, 90, 60, 1000, 700, 40 };
static const double hb_now[10] = { 1272, 852, 472, 321, 158, 95.4, 63.3, 1700, 742, 80 };

/* The units (from 1) beyond C, as bits. */
static unsigned beyond(const double score[], size_t n, double c)
{
    unsigned out = 0;

    for (size_t i = 0; i < n; i++)
        if (fabs(score[i]) > c)
            out |= 1U << (i + 1);
    return out;
}

/* The methods note's own: literal A E_M with C = 4 or 7 flags 3, 8, 10; C = 20 flags
 * 8 and 10; unit 3 is only 1.1 points off the median. */
static void test_hidiroglou_berthelot(void **state)
{
    const unsigned three = 1U << 3 | 1U << 8 | 1U << 10, two = 1U << 8 | 1U << 10;
    double work[20], score[10], gap[10];

    (void)state;
    tb_screen_hb(hb_now, hb_base, 10, 0, work, score, gap); /* E_M = 0: the literal A E_M */
    assert_int_equal(beyond(score, 10, 4), three);
    assert_int_equal(beyond(score, 10, 7), three);
    assert_int_equal(beyond(score, 10, 20), two);
    assert_float_equal(gap[2], -1.1111, 1e-4);
    assert_float_equal(gap[7], 64, 1e-9);
    /* E = -0.230123 of unit 3, below by d1 = 0.028280; 24.894... above by 0.161189. */
    assert_float_equal(score[2] * 0.028280, -0.2301, 1e-4);
    assert_float_equal(score[7] * 0.161189, 24.8942, 1e-3);
    tb_screen_hb(hb_now, hb_base, 10, 0.05, work, score, gap); /* A itself */
    assert_int_equal(beyond(score, 10, 20), two);
    assert_float_equal(score[2], -0.2301 / 0.05, 2e-3);
}

static void test_hb_guards(void **state)
{
    const double x[9] = { 10, 20, 30, 40, 50, 63, 70, 90, 5 };
    const double b[9] = { 10, 20, 30, 40, 50, 60, 65, 80, 0 };
    const double y[9] = { 11, 21, 33, 44, 52, 63, 70, 90, 5 };
    double work[18], score[9], gap[9];

    (void)state;
    /* Five of eight are as before: what is left is too few. */
    tb_screen_hb(x, b, 9, 0.05, work, score, gap);
    for (size_t i = 0; i < 9; i++)
        assert_true(isnan(score[i]) && isnan(gap[i]));
    tb_screen_hb(y, b, 9, 0.05, work, score, gap);
    assert_false(isnan(score[0]));
    assert_true(isnan(score[8])); /* no base */
    tb_screen_hb(y, b, 4, 0.05, work, score, gap);
    assert_true(isnan(score[0]));
}

static void test_modified_z(void **state)
{
    const double x[7] = { 1, 2, 3, 4, 5, 6, 100 }, same[6] = { 5, 5, 5, 5, 5.5, 9 };
    double work[7], score[7];

    (void)state;
    tb_screen_modified_z(x, 7, 0, work, score); /* median 4, MAD 2 */
    assert_float_equal(score[0], -0.6745 * 3 / 2, 1e-12);
    assert_float_equal(score[6], 0.6745 * 96 / 2, 1e-12);
    tb_screen_modified_z(x, 4, 0, work, score);
    assert_true(isnan(score[0]));
    /* MAD 0: never divided; a tolerance decides. */
    tb_screen_modified_z(same, 6, 0, work, score);
    assert_true(score[0] == 0 && isnan(score[4]));
    tb_screen_modified_z(same, 6, 0.5, work, score);
    assert_true(score[4] == 3.5 && score[5] == 28);
}

static void test_tukey(void **state)
{
    const double x[8] = { 1, 2, 3, 4, 5, 6, 7, 20 }, flat[5] = { 2, 2, 2, 2, 7 };
    double work[8], score[8];

    (void)state;
    tb_screen_tukey(x, 8, 0, work, score); /* type 7: quartiles 2.75 and 6.25 */
    assert_true(score[2] == 0);
    assert_float_equal(score[0], -1.75 / 3.5, 1e-12);
    assert_float_equal(score[7], 13.75 / 3.5, 1e-12);
    tb_screen_tukey(flat, 5, 0, work, score);
    assert_true(score[0] == 0 && isnan(score[4]));
    tb_screen_tukey(flat, 5, 5, work, score);
    assert_true(score[4] == 1.5);
}

/* A walk without random numbers that never repeats closely. */
static double wave(size_t i)
{
    return 100 + 7 * sin((double)i * 1.7) + 3 * cos((double)i * 0.61);
}

/* gsl_filter_impulse with a window of 7, END_TRUNCATE and the MAD marks the same. */
static void test_hampel_is_gsl(void **state)
{
    enum { N = 60 };
    double x[N], score[N];

    (void)state;
    for (size_t i = 0; i < N; i++)
        x[i] = wave(i) + (i == 30 ? 90 : 0) - (i == 59 ? 80 : 0);
    gsl_filter_impulse_workspace *w = gsl_filter_impulse_alloc(TB_SCREEN_WINDOW);
    gsl_vector_view in = gsl_vector_view_array(x, N);
    gsl_vector *out = gsl_vector_alloc(N), *middle = gsl_vector_alloc(N);
    gsl_vector *scale = gsl_vector_alloc(N);
    gsl_vector_int *outlier = gsl_vector_int_alloc(N);
    size_t n_outliers;
    gsl_filter_impulse(GSL_FILTER_END_TRUNCATE, GSL_FILTER_SCALE_MAD, 3, &in.vector, out, middle,
                       scale, &n_outliers, outlier, w);
    tb_screen_hampel(x, N, 0, score);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(fabs(score[i]) > 3, gsl_vector_int_get(outlier, i));
    assert_true(fabs(score[30]) > 3 && fabs(score[59]) > 3);
    gsl_filter_impulse_free(w);
    gsl_vector_free(out);
    gsl_vector_free(middle);
    gsl_vector_free(scale);
    gsl_vector_int_free(outlier);
}

static void test_hampel_guards(void **state)
{
    const double x[9] = { 3, 3, 3, 3, 3, 4, 3, 3, 3 };
    double score[9];

    (void)state;
    tb_screen_hampel(x, 7, 0, score);
    assert_true(isnan(score[0]));
    tb_screen_hampel(x, 9, 0, score);
    assert_true(score[0] == 0 && isnan(score[5]));
    tb_screen_hampel(x, 9, 2, score);
    assert_true(score[5] == 1.5); /* half the tolerance: half the threshold */
}

/* 2025 (29 January): before 1.00 in January; after 0.15 there, 0.85 in February.
 * 2026 (17 February): before 1.00, after 0.60; 0.40 in March. */
static void test_festival(void **state)
{
    static const struct {
        int year, month;
        double before, after;
    } cases[] = { { 2025, 1, 1, 0.15 }, { 2025, 2, 0, 0.85 }, { 2025, 3, 0, 0 },
                  { 2026, 1, 0, 0 },    { 2026, 2, 1, 0.60 }, { 2026, 3, 0, 0.40 } };
    double before, after;
    tb_day day;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_period month = { TB_FREQ_MONTH, cases[i].year * 12 + cases[i].month - 1 };
        assert_true(tb_spring_festival_share(tb_period_first_day(month), tb_period_last_day(month),
                                             &before, &after));
        assert_float_equal(before, cases[i].before, 1e-12);
        assert_float_equal(after, cases[i].after, 1e-12);
    }
    assert_true(tb_spring_festival(2023, &day));
    assert_int_equal(day, tb_day_from_civil(2023, 1, 22));
    assert_false(tb_spring_festival(1989, &day));
    assert_false(tb_spring_festival(2051, &day));
}

/* Trend, season and festival as the model says, a wave of 1 %, and one month 30 % off. */
static size_t seasonal_series(int years, bool joint, int32_t period[], double x[])
{
    size_t n = 0;

    for (int i = 0; i < years * 12; i++) {
        struct tb_period at = { TB_FREQ_MONTH, 2015 * 12 + i };
        double before = 0, after = 0;
        if (joint && i % 12 == 0)
            continue;
        tb_spring_festival_share(tb_period_first_day(at), tb_period_last_day(at), &before, &after);
        period[n] = at.index;
        x[n++] = exp(5 + 0.006 * i + 0.2 * sin(i % 12) - 0.15 * after + 0.05 * before) *
                 (1 + 0.01 * sin(1.3 * i)) * (joint && i % 12 == 1 ? 2 : 1);
    }
    return n;
}

static void test_seasonal(void **state)
{
    int32_t period[MOST];
    double x[MOST], score[MOST];
    struct tb_season season = { TB_FREQ_MONTH, false, period };

    (void)state;
    size_t n = seasonal_series(8, false, period, x);
    assert_true(tb_screen_seasonal(x, n, &season, 0, score));
    assert_int_equal(n, 96);
    for (size_t i = 0; i < n; i++)
        assert_true(fabs(score[i]) <= 3.5);
    x[70] *= 1.3;
    x[71] = -1; /* no logarithm: not judged, not in the fit */
    assert_true(tb_screen_seasonal(x, n, &season, 0, score));
    assert_true(score[70] > 3.5 && isnan(score[71]));
    for (size_t i = 0; i < n; i++)
        assert_true(i == 70 || i == 71 || fabs(score[i]) < score[70]);
    /* 59 months are no five years. */
    assert_true(tb_screen_seasonal(x, 59, &season, 0, score));
    assert_true(isnan(score[58]));
    n = seasonal_series(8, true, period, x);
    season.joint = true;
    assert_int_equal(n, 88);
    x[40] *= 0.7;
    assert_true(tb_screen_seasonal(x, n, &season, 0, score));
    assert_true(score[40] < -3.5);
}

/* A series that the fit meets exactly has no spread to divide by. */
static void test_seasonal_exact(void **state)
{
    int32_t period[MOST];
    double x[MOST], score[MOST];
    struct tb_season season = { TB_FREQ_MONTH, false, period };

    (void)state;
    for (size_t i = 0; i < 72; i++) {
        period[i] = 2015 * 12 + (int32_t)i;
        x[i] = 500;
    }
    assert_true(tb_screen_seasonal(x, 72, &season, 0, score));
    for (size_t i = 0; i < 72; i++)
        assert_true(score[i] == 0);
}

static void test_scale(void **state)
{
    int32_t period[MOST];
    double x[MOST], work[MOST], score[MOST];
    struct tb_season season = { TB_FREQ_MONTH, false, period };
    static const struct {
        size_t at;
        double factor;
        int power;
    } cases[] = { { 20, 1e4, 4 },   { 20, 1e3, 3 },   { 20, 1e8, 8 }, { 23, 1e-4, -4 },
                  { 12, 1e-3, -3 }, { 30, 1e-8, -8 }, { 30, 10, 0 },  { 30, 1, 0 } };

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (size_t i = 0; i < 40; i++) { /* cumulative: January is a twelfth of December */
            period[i] = 2020 * 12 + (int32_t)i;
            x[i] = wave(i) * (double)(i % 12 + 1);
        }
        x[cases[c].at] *= cases[c].factor;
        tb_screen_scale(x, 40, &season, work, score);
        for (size_t i = 0; i < 40; i++) {
            int expected = i == cases[c].at ? cases[c].power : 0;
            if (i < TB_SCREEN_LEAST_POINTS)
                assert_true(isnan(score[i]));
            else
                assert_int_equal((int)score[i], expected);
        }
    }
    /* From then on in 万元: each month, until someone says that it is right. */
    for (size_t i = 20; i < 40; i++)
        x[i] = wave(i) * (double)(i % 12 + 1) * 1e4;
    x[30] = 0;
    tb_screen_scale(x, 40, &season, work, score);
    assert_true(score[20] == 4 && score[39] == 4 && isnan(score[30]));
    /* What jumps by itself says nothing. */
    for (size_t i = 0; i < 40; i++)
        x[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? 300 : 90000;
    tb_screen_scale(x, 40, &season, work, score);
    for (size_t i = 0; i < 40; i++)
        assert_true(isnan(score[i]));
}

static void test_stale(void **state)
{
    const int64_t x[10] = { 713000, 713000, 713000, 716800, 150000, 190000, 0, 0, 981200, -12300 };
    const int64_t slow[10] = { 1010, 1012, 1012, 1009, 1010, 1015, 1015, 1011, 1012, 1014 };
    double work[10], score[10];

    (void)state;
    tb_screen_stale(x, 10, work, score); /* hundreds: usually 400 units or more */
    assert_true(isnan(score[0]) && score[1] == 1 && score[2] == 2 && score[3] == 0);
    assert_true(isnan(score[6]) && isnan(score[7]) && score[8] == 0); /* nothing again is nothing */
    tb_screen_stale(slow, 10, work, score); /* an index: the same again by chance */
    for (size_t i = 0; i < 10; i++)
        assert_true(isnan(score[i]));
    tb_screen_stale(x, 7, work, score);
    assert_true(isnan(score[1]));
}

static void test_heaping(void **state)
{
    int64_t x[100];
    double p[100], rounded[100];

    (void)state;
    for (size_t i = 0; i < 100; i++)
        x[i] = (1000 + (int64_t)(i * i * 7 + i * 3)) * 100; /* hundreds are the unit of measure */
    tb_screen_heaping(x, 49, p, rounded);
    assert_true(isnan(p[48]));
    for (size_t i = 0; i < 100; i++)
        x[i] = (1000 + (int64_t)i * 37 % 1000) * 100;
    tb_screen_heaping(x, 100, p, rounded);
    assert_true(isnan(p[48]) && p[49] > 0.9 && p[99] > 0.9);
    assert_float_equal(rounded[99], 20, 1e-9);
    for (size_t i = 0; i < 100; i += 2)
        x[i] = (1000 + (int64_t)i * 10) * 100;
    tb_screen_heaping(x, 100, p, rounded);
    assert_true(p[99] < 1e-6 && rounded[99] > 50);
    for (size_t i = 0; i < 100; i++)
        x[i] = (int64_t)(i % 90);
    tb_screen_heaping(x, 100, p, rounded);
    assert_true(isnan(p[99])); /* too small to have a last digit apart */
    for (size_t i = 0; i < 100; i++)
        x[i] = 0;
    tb_screen_heaping(x, 100, p, rounded);
    assert_true(isnan(p[99]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hidiroglou_berthelot),
        cmocka_unit_test(test_hb_guards),
        cmocka_unit_test(test_modified_z),
        cmocka_unit_test(test_tukey),
        cmocka_unit_test(test_hampel_is_gsl),
        cmocka_unit_test(test_hampel_guards),
        cmocka_unit_test(test_festival),
        cmocka_unit_test(test_seasonal),
        cmocka_unit_test(test_seasonal_exact),
        cmocka_unit_test(test_scale),
        cmocka_unit_test(test_stale),
        cmocka_unit_test(test_heaping),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
