/* Catch-up values: held against ranking all units again with the value put in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "analyse/rank/what_if.h"
#include "tongbao/rank.h"

enum { MOST = 12 };

static uint32_t state = 12345;

static uint32_t next_random(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

/* The place, or the place from the worst, of values[own] when it is `value`. */
static uint32_t place_of(const int64_t values[], size_t n, size_t own, int64_t value, bool lower,
                         bool from_worst)
{
    struct tb_rational row[MOST];
    struct tb_rank rank[MOST];
    bool has[MOST];

    for (size_t i = 0; i < n; i++) {
        row[i] = tb_rational_int(i == own ? value : values[i]);
        has[i] = true;
    }
    assert_int_equal(tb_rank_values(row, has, n, lower, false, rank), (int64_t)n);
    return from_worst ? rank[own].bottom : rank[own].rank;
}

static int descending(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;

    return (*a < *b) - (*a > *b);
}

static void sort_values(int64_t values[], size_t n, bool lower)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (int64_t)(next_random() % 9) - 3; /* many ties */
    qsort(values, n, sizeof *values, descending);
    for (size_t i = 0; lower && i < n / 2; i++) {
        int64_t kept = values[i];
        values[i] = values[n - 1 - i];
        values[n - 1 - i] = kept;
    }
}

static void test_places(void **unused)
{
    int64_t values[MOST];

    (void)unused;
    for (int round = 0; round < 2000; round++) {
        size_t n = 2 + next_random() % (MOST - 1);
        bool lower = next_random() & 1;
        sort_values(values, n, lower);
        size_t own = next_random() % n;
        int64_t worse = lower ? 1 : -1;
        for (size_t k = 1; k < n; k++) {
            int64_t need = tb_what_if_place(values, own, k);
            assert_true(place_of(values, n, own, need, lower, false) <= k);
            assert_true(place_of(values, n, own, need + worse, lower, false) > k);
            need = tb_what_if_bottom(values, n, own, k, lower);
            assert_true(place_of(values, n, own, need, lower, true) > k);
            assert_true(place_of(values, n, own, need + worse, lower, true) <= k);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_places) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
