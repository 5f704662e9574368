/* test_trend.c - the robust line of a stock or a rate: how often its interval holds, and what may
 * not change it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#include "analyse/outlook/trend.h"

enum { N = 24 };

static void times(double t[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        t[i] = (double)i;
}

static void near(double got, double expected, double within)
{
    assert_true(fabs(got - expected) <= within);
}

static void short_and_straight(void **state)
{
    double x[N], t[N];
    struct tb_projection made;

    (void)state;
    times(t, N);
    for (size_t i = 0; i < N; i++)
        x[i] = 5.25 - 0.125 * (double)i;
    assert_true(tb_trend_make(x, t, 7, 30, 0, &made));
    assert_int_equal(made.method, TB_PROJECTION_NONE);
    assert_true(isnan(made.value) && isnan(tb_trend_chance(&made, 1, false)));
    assert_true(tb_trend_make(x, t, 8, 30, 0, &made));
    assert_int_equal(made.method, TB_PROJECTION_ALIKE);
    near(made.value, 1.5, 1e-12);
    assert_true(isnan(tb_trend_chance(&made, 1, false)));
    for (size_t i = 0; i < N; i++)
        x[i] = 4.5; /* never moved */
    assert_true(tb_trend_make(x, t, N, 30, 0, &made));
    assert_int_equal(made.method, TB_PROJECTION_ALIKE);
    near(made.value, 4.5, 1e-12);
}

/* Two thirds at 2 and the rest at 3: more than half lie on a line, and there is no spread to tell a
 * chance by.  Rounded to whole numbers, what rises by a half lies on a line too. */
static void no_spread(void **state)
{
    double x[N], t[N];
    struct tb_projection made;

    (void)state;
    times(t, N);
    for (size_t i = 0; i < N; i++)
        x[i] = i < 16 ? 2 : 3;
    assert_true(tb_trend_make(x, t, N, 30, 1, &made));
    assert_true(isnan(tb_trend_chance(&made, 2, false)) || made.sd > 0.1);
    for (size_t i = 0; i < N; i++)
        x[i] = floor((double)i / 2);
    assert_true(tb_trend_make(x, t, N, 30, 1, &made));
    assert_int_equal(made.method, TB_PROJECTION_ALIKE);
}

/* A standard that was raised: four values at 5040 after twenty at 4600 are no outliers. */
static void new_level(void **state)
{
    double x[N], t[N];
    struct tb_projection made;

    (void)state;
    times(t, N);
    for (size_t i = 0; i < N; i++)
        x[i] = i < 20 ? 4600 : 5040;
    assert_true(tb_trend_make(x, t, N, 30, 1, &made));
    assert_int_equal(made.method, TB_PROJECTION_NONE);
    assert_true(isnan(made.value) && isnan(tb_trend_chance(&made, 5000, false)));
}

/* A line with noise around it: 80 % of the intervals hold the new value, and it lies above the
 * level of which a chance p is told in p of them. */
static void as_often_as_announced(void **state)
{
    enum { RUNS = 4000, AHEAD = 6 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double x[N], t[N];
    size_t n_left = 0, held = 0, below[11] = { 0 };

    (void)state;
    times(t, N);
    for (int run = 0; run < RUNS; run++) {
        struct tb_projection made;
        for (size_t i = 0; i < N; i++)
            x[i] = 60 + 0.2 * (double)i + gsl_ran_gaussian(rng, 1.5);
        double later = 60 + 0.2 * (N - 1 + AHEAD) + gsl_ran_gaussian(rng, 1.5);
        assert_true(tb_trend_make(x, t, N, N - 1 + AHEAD, 0, &made));
        n_left += made.method == TB_PROJECTION_NONE; /* the newest is far off, by chance */
        held += later >= made.low && later <= made.high;
        for (int tenth = 1; tenth <= 10; tenth++)
            below[tenth] += 10 * tb_trend_chance(&made, later, false) <= tenth;
    }
    gsl_rng_free(rng);
    assert_in_range(held, RUNS * 78 / 100, RUNS * 82 / 100);
    for (size_t tenth = 1; tenth < 10; tenth++)
        assert_in_range(below[tenth], RUNS * tenth / 10 - RUNS / 40, RUNS * tenth / 10 + RUNS / 40);
    assert_int_equal(below[10] + n_left, RUNS);
    assert_in_range(n_left, 0, RUNS / 100);
}

/* In another unit of measure, and counted from another period, the chance is the same; `within` is
 * the rest of it. */
static void free_of_scale(void **state)
{
    double x[N], t[N], y[N], u[N];
    struct tb_projection made, other;

    (void)state;
    times(t, N);
    for (size_t i = 0; i < N; i++) {
        x[i] = 4 + 0.1 * (double)i + (double)(i * 7 % 5) / 10;
        y[i] = -1000 * x[i] + 3;
        u[i] = t[i] + 24276;
    }
    assert_true(tb_trend_make(x, t, N, 29, 0, &made));
    assert_true(tb_trend_make(y, u, N, 24305, 0, &other));
    near(other.value, -1000 * made.value + 3, 1e-6);
    double chance = tb_trend_chance(&made, 7.3, false);
    assert_true(chance > 0.05 && chance < 0.95);
    near(tb_trend_chance(&other, -7297, true), chance, 1e-9);
    near(tb_trend_chance(&made, 7.3, true), 1 - chance, 1e-12);
    near(tb_trend_chance(&made, made.value, false), 0.5, 1e-12);
    near(tb_trend_chance(&made, made.low, false), 0.9, 1e-9);
}

/* One wild value hardly moves it. */
static void robust(void **state)
{
    double x[N], t[N];
    struct tb_projection made, wild;

    (void)state;
    times(t, N);
    for (size_t i = 0; i < N; i++)
        x[i] = 4 + 0.1 * (double)i + (double)(i * 7 % 5) / 10;
    assert_true(tb_trend_make(x, t, N, 29, 0, &made));
    x[20] += 50;
    assert_true(tb_trend_make(x, t, N, 29, 0, &wild));
    assert_true(fabs(made.value - wild.value) < 0.1);
}

int main(void)
{
    gsl_set_error_handler_off(); /* as the programs do */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_and_straight),
        cmocka_unit_test(no_spread),
        cmocka_unit_test(new_level),
        cmocka_unit_test(as_often_as_announced),
        cmocka_unit_test(free_of_scale),
        cmocka_unit_test(robust),
    };

    return cmocka_run_group_tests_name("trend", tests, NULL, NULL);
}
