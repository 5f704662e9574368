/* test_comparable.c - bases that growths imply, with their intervals, and last digits. */
#include "tongbao/comparable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tongbao/cube.h"

/* By hand.  x and g with a step of one of their last digit; bases in hundredths of x's unit.
 * 105 at 5.0 %: 104.5 / 1.0505 = 99.476..., 105.5 / 1.0495 = 100.524...
 * 771271.22 at -5.6 %: / 0.944 = 817024.597..; / 0.9445 and / 0.9435 with half a hundredth. */
static const struct {
    int64_t x, x_step, g, g_step;
    int32_t g_scale;
    int64_t base_100, low_100, high_100;
} intervals[] = {
    { 105, 1, 50, 1, 1, 10000, 9947, 10053 },
    { 105, 0, 50, 0, 1, 10000, 10000, 10000 },
    { 77127122, 1, -56, 1, 1, 8170245975, 8165920751, 8174575782 },
    { 0, 1, 50, 1, 1, 0, -48, 48 },
    { 50, 1, -500, 1, 1, 10000, 9890, 10111 },
    { 100, 10, 5, 1, 0, 9524, 9004, 10048 },
};

static void test_interval(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        struct tb_implied got;
        assert_true(tb_implied_base((struct tb_rounded){ intervals[i].x, intervals[i].x_step },
                                    (struct tb_rounded){ intervals[i].g, intervals[i].g_step },
                                    intervals[i].g_scale, &got));
        assert_int_equal(got.base_100, intervals[i].base_100);
        assert_int_equal(got.low_100, intervals[i].low_100);
        assert_int_equal(got.high_100, intervals[i].high_100);
    }
}

/* No base: a negative value, all of it gone, a fall beyond everything, no room. */
static void test_no_base(void **state)
{
    static const struct {
        int64_t x, g;
    } cases[] = { { -1, 0 }, { 5, -1000 }, { 0, -1000 }, { 5, -1500 }, { INT64_MAX, -999 } };
    struct tb_implied got;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(tb_implied_base((struct tb_rounded){ cases[i].x, 1 },
                                     (struct tb_rounded){ cases[i].g, 1 }, 1, &got));
}

/* 105 at 5.0 % implies 99.476 to 100.524: a base of 99 was 98.5 to 99.5, and one of 101 was
 * 100.5 to 101.5, both meet; 98 and 102 do not.  Known exactly, 99 and 101 do not either. */
static void test_meets(void **state)
{
    static const struct {
        int64_t base, step;
        bool meets;
    } cases[] = { { 100, 1, true }, { 99, 1, true },  { 101, 1, true },  { 98, 1, false },
                  { 102, 1, false }, { 99, 0, false }, { 101, 0, false }, { 100, 0, true } };
    struct tb_implied implied;

    (void)state;
    assert_true(tb_implied_base((struct tb_rounded){ 105, 1 }, (struct tb_rounded){ 50, 1 }, 1,
                                &implied));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            tb_implied_meets(&implied, (struct tb_rounded){ cases[i].base, cases[i].step }),
            cases[i].meets);
}

/* The ends belong to the interval: 10.5 at 0 % with a step of 1 in 10 is 10.45 to 10.55 exact. */
static void test_ends_meet(void **state)
{
    struct tb_implied implied;

    (void)state;
    assert_true(tb_implied_base((struct tb_rounded){ 1050, 10 }, (struct tb_rounded){ 0, 0 }, 1,
                                &implied));
    assert_true(tb_implied_meets(&implied, (struct tb_rounded){ 1055, 0 }));
    assert_true(tb_implied_meets(&implied, (struct tb_rounded){ 1060, 10 }));
    assert_false(tb_implied_meets(&implied, (struct tb_rounded){ 1056, 0 }));
    assert_false(tb_implied_meets(&implied, (struct tb_rounded){ 1061, 10 }));
}

static void test_growth(void **state)
{
    int64_t out;

    (void)state;
    assert_true(tb_implied_growth(105, 100, 1, &out));
    assert_int_equal(out, 50);
    assert_true(tb_implied_growth(2, 3, 2, &out)); /* -33.33 */
    assert_int_equal(out, -3333);
    assert_false(tb_implied_growth(5, 0, 1, &out));
    assert_false(tb_implied_growth(5, -3, 1, &out));
}

/* A column of a plane with scale 2; 0 ends it.  Published digits: 1. */
static void test_last_digit(void **state)
{
    static const struct {
        int64_t value[9];
        int64_t step;
    } cases[] = {
        { { 1230, 4560, 7890, 10, 20, 350 }, 10 },            /* 12.3 45.6 ...: tenths */
        { { 1230, 4561, 7890, 10, 20, 350 }, 1 },             /* one has hundredths */
        { { 1200, 4500, 7900, 800, 200, 300 }, 100 },         /* units: really written so */
        { { 1200, 4500 }, 10 },                               /* too few to tell: published */
        { { 123000000, 456000000, 789000000, 1000000, 2000000, 3000000, 1 }, 1 },
        { { 123000000, 456000000, 789000000, 1000000, 2000000, 3000000 }, 1000000 },
        { { 1200, 1200, 1200, 1200, 1200, 1200, 1200 }, 10 }, /* always the same: one number */
        { { 0 }, 10 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value[9];
        uint8_t status[9] = { 0 };
        memcpy(value, cases[i].value, sizeof value);
        for (size_t k = 0; k < 9; k++)
            status[k] = value[k] ? TB_STATUS_A : TB_STATUS_L;
        struct tb_plane plane = { .n_periods = 9, .n_columns = 1, .scale = 2, .value = value,
                                  .status = status };
        assert_int_equal(tb_rounded_step(&plane, 0, 1), cases[i].step);
    }
}

static void test_words(void **state)
{
    (void)state;
    for (int g = 0; g < TB_N_BASE_GAPS; g++) {
        assert_int_equal(tb_base_gap_find(tb_base_gap_code((enum tb_base_gap)g)), g);
        assert_string_not_equal(tb_base_gap_text((enum tb_base_gap)g, "zh"),
                                tb_base_gap_text((enum tb_base_gap)g, "en"));
    }
    assert_int_equal(tb_base_gap_find("nothing"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interval),  cmocka_unit_test(test_no_base),
        cmocka_unit_test(test_meets),     cmocka_unit_test(test_ends_meet),
        cmocka_unit_test(test_growth),    cmocka_unit_test(test_last_digit),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
