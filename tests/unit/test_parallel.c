/* test_parallel.c - every item once, and the same error on any number of threads. */
#include "tongbao/parallel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tongbao/error.h"

enum { ITEMS = 2000 };

struct job {
    unsigned char done[ITEMS];
    size_t fails_from; /* these items and each third after it fail */
};

static int do_item(void *user, size_t item, struct tb_error *err)
{
    struct job *job = user;

    job->done[item]++;
    if (item >= job->fails_from && (item - job->fails_from) % 3 == 0)
        return tb_error_set(err, "item %zu", item);
    return 0;
}

static void test_each_once(void **state)
{
    (void)state;
    for (size_t threads = 0; threads <= 16; threads++) {
        struct job job = { .fails_from = ITEMS };

        assert_int_equal(tb_parallel(threads, ITEMS, do_item, &job, NULL), 0);
        for (size_t i = 0; i < ITEMS; i++)
            assert_int_equal(job.done[i], 1);
    }
    assert_int_equal(tb_parallel(4, 0, do_item, NULL, NULL), 0);
    assert_true(tb_processors() >= 1);
}

static void test_lowest_error(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct job job = { .fails_from = (size_t)round * 7 };
        struct tb_error err = TB_ERROR_INIT;
        char expect[32];

        assert_int_equal(tb_parallel(1 + (size_t)round % 8, ITEMS, do_item, &job, &err), -1);
        snprintf(expect, sizeof expect, "item %zu", job.fails_from);
        assert_string_equal(err.text, expect);
        /* All below it were done. */
        for (size_t i = 0; i <= job.fails_from; i++)
            assert_int_equal(job.done[i], 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_once),
        cmocka_unit_test(test_lowest_error),
    };

    return cmocka_run_group_tests_name("parallel", tests, NULL, NULL);
}
