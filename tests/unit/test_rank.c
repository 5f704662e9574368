/* test_rank.c - places with ties. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tongbao/rank.h"

enum { MOST = 40 };

/* The worked example of the methods note, section 4:
 * 8.5 8.5 7.2 6.0 6.0 6.0 5.1 -> ranks 1 1 3 4 4 4 7; bottom ranks 6 6 5 2 2 2 1. */
static const int64_t example[7] = { 85, 85, 72, 60, 60, 60, 51 };

static void fill(const int64_t tenths[], size_t n, struct tb_rational value[], bool has[])
{
    for (size_t i = 0; i < n; i++) {
        value[i] = (struct tb_rational){ tenths[i], 10 };
        has[i] = true;
    }
}

static void test_worked_example(void **state)
{
    static const uint32_t rank[7] = { 1, 1, 3, 4, 4, 4, 7 };
    static const uint32_t bottom[7] = { 6, 6, 5, 2, 2, 2, 1 };
    static const uint32_t dense[7] = { 1, 1, 2, 3, 3, 3, 4 };
    struct tb_rational value[7];
    struct tb_rank out[7];
    bool has[7];

    (void)state;
    fill(example, 7, value, has);
    assert_int_equal(tb_rank_values(value, has, 7, false, false, out), 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(out[i].rank, rank[i]);
        assert_int_equal(out[i].bottom, bottom[i]);
        assert_int_equal(out[i].tied, i != 2 && i != 6);
    }
    /* "For lower-is-better swap better." */
    assert_int_equal(tb_rank_values(value, has, 7, true, false, out), 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(out[i].rank, bottom[i]);
        assert_int_equal(out[i].bottom, rank[i]);
    }
    assert_int_equal(tb_rank_values(value, has, 7, false, true, out), 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(out[i].rank, dense[i]);
        assert_int_equal(out[i].bottom, 5 - dense[i]);
    }
}

/* A press ranking of 2013 (methods note, section 4): 12.5, 12.4, 12.4, 11.3 as 1st, joint 2nd,
 * 3rd; the other rule makes the last one 4th. */
static void test_rules_in_print(void **state)
{
    static const int64_t printed[4] = { 125, 124, 124, 113 };
    static const uint32_t dense[4] = { 1, 2, 2, 3 }, competition[4] = { 1, 2, 2, 4 };
    struct tb_rational value[4];
    struct tb_rank out[4];
    bool has[4];

    (void)state;
    fill(printed, 4, value, has);
    assert_int_equal(tb_rank_values(value, has, 4, false, true, out), 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(out[i].rank, dense[i]);
    assert_int_equal(tb_rank_values(value, has, 4, false, false, out), 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(out[i].rank, competition[i]);
}

static void test_equal_fractions_tie(void **state)
{
    /* (1.1/1.0-1)*100 and (3.3/3.0-1)*100 differ as doubles (methods note, section 0). */
    const struct tb_rational value[3] = { { 10, 1 }, { 30, 3 }, { 99, 10 } };
    const bool has[3] = { true, true, true };
    struct tb_rank out[3];

    (void)state;
    assert_int_equal(tb_rank_values(value, has, 3, false, false, out), 3);
    assert_int_equal(out[0].rank, 1);
    assert_int_equal(out[1].rank, 1);
    assert_true(out[0].tied && out[1].tied && !out[2].tied);
    assert_int_equal(out[2].rank, 3);
}

static void test_missing_and_empty(void **state)
{
    const struct tb_rational value[3] = { { 1, 1 }, { 0, 1 }, { 2, 1 } };
    const bool has[3] = { true, false, true };
    const bool none[3] = { false, false, false };
    struct tb_rank out[3];

    (void)state;
    assert_int_equal(tb_rank_values(value, has, 3, false, false, out), 2);
    assert_int_equal(out[1].rank, 0);
    assert_int_equal(out[1].bottom, 0);
    assert_int_equal(out[0].rank, 2);
    assert_int_equal(out[2].rank, 1);
    assert_int_equal(tb_rank_values(value, none, 3, false, false, out), 0);
    assert_int_equal(out[2].rank, 0);
    assert_int_equal(tb_rank_values(NULL, NULL, 0, false, false, NULL), 0);
}

/* Any field against the definition, counted pair by pair. */
static void test_against_definition(void **state)
{
    uint64_t seed = 88172645463325252u;

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct tb_rational value[MOST];
        struct tb_rank out[MOST];
        bool has[MOST];
        size_t n = 1 + (size_t)round % MOST;
        int64_t n_ranked = 0;

        for (size_t i = 0; i < n; i++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            /* Whole numbers, up to the ends of 64 bits, in two rounds of three. */
            value[i] = (struct tb_rational){ (int64_t)(seed % 9) - 4,
                                             round % 3 == 0 ? 1 + (int64_t)(seed >> 40) % 3 : 1 };
            if (round % 3 == 1)
                value[i].num *= INT64_MAX / 4;
            has[i] = seed >> 60 != 0;
            n_ranked += has[i];
        }
        bool lower = round % 2;
        assert_int_equal(tb_rank_values(value, has, n, lower, false, out), n_ranked);
        for (size_t i = 0; i < n; i++) {
            uint32_t better = 0, worse = 0, same = 0;
            for (size_t j = 0; j < n; j++) {
                int order = has[j] ? tb_rational_cmp(value[j], value[i]) : 0;
                better += lower ? order < 0 : order > 0;
                worse += lower ? order > 0 : order < 0;
                same += has[j] && order == 0;
            }
            assert_int_equal(out[i].rank, has[i] ? better + 1 : 0);
            assert_int_equal(out[i].bottom, has[i] ? worse + 1 : 0);
            assert_int_equal(out[i].tied, has[i] && same > 1);
        }
    }
}

/* A large field of whole numbers: ascending by value, then by row. */
static void test_order_of_many(void **state)
{
    enum { MANY = 1000 };
    static struct tb_rational value[MANY];
    static bool has[MANY];
    static uint32_t order[MANY];
    uint64_t seed = 88172645463325252u;

    (void)state;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        int64_t n_ranked = 0;
        for (size_t i = 0; i < MANY; i++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            value[i] = tb_rational_int((int64_t)seed >> shift);
            has[i] = seed % 7 != 0;
            n_ranked += has[i];
        }
        assert_int_equal(tb_rank_order(value, has, MANY, order), n_ranked);
        for (int64_t i = 1; i < n_ranked; i++) {
            int64_t a = value[order[i - 1]].num, b = value[order[i]].num;
            assert_true(has[order[i]] && (a < b || (a == b && order[i - 1] < order[i])));
        }
    }
}

static void test_quantile(void **state)
{
    /* Type 7 by hand: place (n - 1) p; quartiles of 1 2 3 4 are 1.75 and 3.25. */
    const double sorted[4] = { 1, 2, 3, 4 };

    (void)state;
    assert_true(fabs(tb_quantile_sorted(sorted, 4, 0.25) - 1.75) < 1e-12);
    assert_true(fabs(tb_quantile_sorted(sorted, 4, 0.75) - 3.25) < 1e-12);
    assert_true(fabs(tb_quantile_sorted(sorted, 4, 1.0) - 4.0) < 1e-12);
    assert_true(fabs(tb_quantile_sorted(sorted, 1, 0.3) - 1.0) < 1e-12);
    assert_true(isnan(tb_quantile_sorted(sorted, 0, 0.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_rules_in_print),
        cmocka_unit_test(test_equal_fractions_tie),
        cmocka_unit_test(test_missing_and_empty),
        cmocka_unit_test(test_against_definition),
        cmocka_unit_test(test_order_of_many),
        cmocka_unit_test(test_quantile),
    };

    return cmocka_run_group_tests_name("rank", tests, NULL, NULL);
}
