/* test_elapsed.c - time progress by months, days and milestones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tongbao/profile.h"

static struct tb_period month(int year, int number)
{
    return (struct tb_period){ TB_FREQ_MONTH, year * 12 + number - 1 };
}

static const struct tb_milestone POINTS[] = { { 3, { 20, 0 } }, { 9, { 60, 0 } } };

static void shares(void **state)
{
    static const struct {
        enum tb_progress_by by;
        int year_start, from, to, at;
        int64_t num, den;
    } cases[] = {
        { TB_PROGRESS_MONTHS, 1, 1, 12, 6, 1, 2 },
        { TB_PROGRESS_MONTHS, 1, 1, 12, 0, 0, 1 },   /* before */
        { TB_PROGRESS_MONTHS, 1, 1, 12, 14, 1, 1 },  /* after */
        { TB_PROGRESS_DAYS, 1, 1, 12, 6, 181, 365 }, /* 2023 */
        { TB_PROGRESS_DAYS, 1, 5, 6, 5, 31, 61 },
        { TB_PROGRESS_DAYS, 1, 13, 24, 14, 60, 366 }, /* January and February of 2024 */
        { TB_PROGRESS_MILESTONES, 1, 1, 12, 3, 1, 5 },
        { TB_PROGRESS_MILESTONES, 1, 1, 12, 6, 2, 5 },  /* halfway from 20 to 60 % */
        { TB_PROGRESS_MILESTONES, 1, 1, 12, 1, 1, 15 }, /* a third of 20 % */
        { TB_PROGRESS_MILESTONES, 1, 1, 12, 11, 13, 15 }, /* 60 and two thirds of 40 % */
        { TB_PROGRESS_MILESTONES, 1, 4, 9, 6, 1, 2 },     /* of its own 40 % */
        { TB_PROGRESS_MILESTONES, 4, 4, 15, 6, 1, 5 },    /* the third month of a year from April */
        { TB_PROGRESS_PROFILE, 1, 1, 12, 6, 1, 2 },       /* without past years: months */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_settings set = { .year_start = cases[i].year_start,
                                   .progress = cases[i].by,
                                   .milestones = { POINTS, 2 } };
        struct tb_rational out, expected = { cases[i].num, cases[i].den };
        assert_true(tb_elapsed(&set, month(2023, cases[i].from), month(2023, cases[i].to),
                               month(2023, cases[i].at), &out));
        if (tb_rational_cmp(out, expected) != 0)
            fail_msg("case %zu: %lld/%lld", i, (long long)out.num, (long long)out.den);
    }
}

/* Quarters take the milestones of their months; a year of milestones never falls. */
static void quarters(void **state)
{
    struct tb_settings set = { .year_start = 1,
                               .progress = TB_PROGRESS_MILESTONES,
                               .milestones = { POINTS, 2 } };
    struct tb_period first = { TB_FREQ_QUARTER, 2023 * 4 };
    struct tb_period last = { TB_FREQ_QUARTER, 2023 * 4 + 3 };
    struct tb_rational out, before = { 0, 1 };

    (void)state;
    assert_true(tb_elapsed(&set, first, last, first, &out));
    assert_int_equal(tb_rational_cmp(out, (struct tb_rational){ 1, 5 }), 0);
    for (int m = 1; m <= 12; m++) {
        assert_true(tb_elapsed(&set, month(2023, 1), month(2023, 12), month(2023, m), &out));
        assert_true(tb_rational_cmp(out, before) > 0);
        before = out;
    }
    assert_int_equal(tb_rational_cmp(before, tb_rational_int(1)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(shares), cmocka_unit_test(quarters) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
