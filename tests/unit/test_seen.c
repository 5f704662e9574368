/* test_seen.c - the keys of a submission, in any order, against a plain array. */
#include "collect/rows/seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tongbao/observation.h"

enum { INDICATORS = 30, UNITS = 1500, PERIODS = 6, ALL = INDICATORS * UNITS * PERIODS };

static void mark(struct tb_seen *seen, char *plain, size_t key)
{
    const struct tb_observation row = {
        .indicator = (uint16_t)(key % INDICATORS),
        .unit = (uint32_t)(key / INDICATORS % UNITS),
        .period = (int32_t)(key / INDICATORS / UNITS) - PERIODS / 2,
        .group = TB_NO_GROUP,
    };

    assert_int_equal(tb_seen_mark(seen, &row), plain[key]);
    plain[key] = 1;
}

/* In turns, from either end, and by steps that jump from chunk to chunk. */
static void test_orders(void **state)
{
    static const size_t steps[] = { 1, 7, INDICATORS, 512 * INDICATORS + 1, ALL - 1 };

    (void)state;
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        struct tb_seen seen = TB_SEEN_INIT;
        char *plain = calloc(1, ALL);
        size_t key = 0;

        assert_non_null(plain);
        for (size_t i = 0; i < ALL; i++, key = (key + steps[s]) % ALL)
            mark(&seen, plain, key);
        for (size_t i = 0; i < ALL; i += 11)
            mark(&seen, plain, i);
        free(plain);
        tb_seen_release(&seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_orders) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
