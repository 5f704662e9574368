/* test_rank_draws.c - places counted over draws: by hand, and against counting one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analyse/rank/rank_draws.h"

/* Four draws of three units, published as 3 2 1. */
static const double few[4][3] = {
    { 3, 2, 1 }, /* 1 2 3 */
    { 2, 3, 1 }, /* 2 1 3 */
    { 2, 2, 1 }, /* 1 1 3, dense 1 1 2; from the last 2 2 1 */
    { 1, 1, 1 }, /* all first and all last */
};

static void by_hand(void **state)
{
    static const double published[3] = { 3, 2, 1 };
    static const uint32_t rank[3][3] = { { 3, 1, 0 }, { 3, 1, 0 }, { 1, 0, 3 } };
    static const uint32_t bottom[3][3] = { { 1, 2, 1 }, { 1, 2, 1 }, { 4, 0, 0 } };
    static const uint32_t dense[3][3] = { { 3, 1, 0 }, { 3, 1, 0 }, { 1, 1, 2 } };
    struct tb_rank_draws draws, tight;

    (void)state;
    assert_int_equal(tb_rank_draws_init(&draws, published, 3), 0);
    assert_int_equal(tb_rank_draws_init(&tight, published, 3), 0);
    for (int d = 0; d < 4; d++) {
        tb_rank_draws_add(&draws, few[d], false);
        tb_rank_draws_add(&tight, few[d], true);
    }
    assert_int_equal(draws.runs, 4);
    for (size_t u = 0; u < 3; u++)
        for (size_t p = 0; p < 3; p++) {
            assert_int_equal(draws.by_rank[u * 3 + p], rank[u][p]);
            assert_int_equal(draws.by_bottom[u * 3 + p], bottom[u][p]);
            assert_int_equal(tight.by_rank[u * 3 + p], dense[u][p]);
        }
    /* Unit 2: third in three of four draws. */
    assert_int_equal(tb_rank_draws_percentile(&draws, draws.by_rank, 2, 5), 1);
    assert_int_equal(tb_rank_draws_percentile(&draws, draws.by_rank, 2, 25), 1);
    assert_int_equal(tb_rank_draws_percentile(&draws, draws.by_rank, 2, 26), 3);
    assert_int_equal(tb_rank_draws_percentile(&draws, draws.by_rank, 2, 95), 3);
    assert_int_equal(tb_rank_draws_within(&draws, draws.by_bottom, 2, 1), 4);
    assert_int_equal(tb_rank_draws_within(&draws, draws.by_rank, 0, 1), 3);
    assert_int_equal(tb_rank_draws_within(&draws, draws.by_rank, 0, 9), 4);
    tb_rank_draws_release(&draws);
    tb_rank_draws_release(&tight);
}

/* The better of two is ahead in 94, 95 and 94.5 of 100 draws (a tie counts as half). */
static void told_apart(void **state)
{
    static const struct {
        int ahead, level;
        bool tied;
    } cases[] = { { 94, 0, true }, { 95, 0, false }, { 94, 1, true }, { 94, 2, false }, { 0, 0, true } };
    static const double published[2] = { 2, 1 };

    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct tb_rank_draws draws;
        assert_int_equal(tb_rank_draws_init(&draws, published, 2), 0);
        for (int d = 0; d < 100; d++) {
            int behind = d >= cases[c].ahead + cases[c].level;
            const double x[2] = { 2, d < cases[c].ahead ? 1 : behind ? 3 : 2 };
            tb_rank_draws_add(&draws, x, false);
        }
        assert_int_equal(tb_rank_draws_tied(&draws, 0, 1), cases[c].tied);
        assert_false(tb_rank_draws_tied(&draws, 1, 0));
        assert_false(tb_rank_draws_tied(&draws, 0, 2));
        tb_rank_draws_release(&draws);
    }
}

/* Whole numbers below 6, so that many are equal; the same ones each time. */
static double number(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)((*seed >> 24) % 6);
}

/* Places as they are defined: one more than those who are better, or worse. */
static void against_counting(void **state)
{
    enum { N = 13, RUNS = 200 };
    static uint32_t rank[N][N], bottom[N][N], ahead[N][N];
    double published[N], x[N];
    struct tb_rank_draws draws;
    uint32_t seed = 7;

    (void)state;
    for (size_t u = 0; u < N; u++)
        published[u] = (double)((u * 5) % N);
    assert_int_equal(tb_rank_draws_init(&draws, published, N), 0);
    for (int run = 0; run < RUNS; run++) {
        for (size_t u = 0; u < N; u++)
            x[u] = number(&seed);
        tb_rank_draws_add(&draws, x, false);
        for (size_t u = 0; u < N; u++) {
            size_t better = 0, worse = 0;
            for (size_t v = 0; v < N; v++) {
                better += x[v] > x[u];
                worse += x[v] < x[u];
                ahead[u][v] += x[u] > x[v] ? 2 : x[u] < x[v] ? 0 : 1;
            }
            rank[u][better]++;
            bottom[u][worse]++;
        }
    }
    for (size_t u = 0; u < N; u++) {
        assert_memory_equal(draws.by_rank + u * N, rank[u], sizeof rank[u]);
        assert_memory_equal(draws.by_bottom + u * N, bottom[u], sizeof bottom[u]);
    }
    for (size_t a = 0; a < N; a++)
        for (size_t b = a + 1; b < N; b++)
            assert_int_equal(tb_rank_draws_tied(&draws, a, b),
                             b - a <= TB_NEIGHBOURS &&
                                 100 * ahead[draws.order[a]][draws.order[b]] < 190 * RUNS);
    tb_rank_draws_release(&draws);
}

/* One unit alone is first and last; nobody is nobody. */
static void one_and_none(void **state)
{
    static const double one[1] = { 5 };
    struct tb_rank_draws draws;

    (void)state;
    assert_int_equal(tb_rank_draws_init(&draws, one, 1), 0);
    tb_rank_draws_add(&draws, one, false);
    assert_int_equal(tb_rank_draws_percentile(&draws, draws.by_rank, 0, 50), 1);
    assert_int_equal(tb_rank_draws_within(&draws, draws.by_bottom, 0, 1), 1);
    tb_rank_draws_release(&draws);
    assert_int_equal(tb_rank_draws_init(&draws, one, 0), 0);
    tb_rank_draws_add(&draws, one, false);
    tb_rank_draws_release(&draws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(told_apart),
        cmocka_unit_test(against_counting),
        cmocka_unit_test(one_and_none),
    };

    return cmocka_run_group_tests_name("rank_draws", tests, NULL, NULL);
}
