/* test_prose.c - the phrase grammar: every combination of signs, in both languages.
 *
 * Expected words follow the methods note, section 2 (practice of the national
 * bureau): 增长 下降 持平; 加快 回落; 降幅扩大 收窄; 由降转增 由增转降. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "disseminate/words/prose.h"
#include "tongbao/buf.h"

static const struct tb_style zh = { "zh", 1, TB_ROUND_HALF_UP, NULL };
static const struct tb_style en = { "en", 1, TB_ROUND_HALF_UP, NULL };

static struct tb_decimal tenths(int64_t units)
{
    return (struct tb_decimal){ units, 1 };
}

static void expect(struct tb_buf *got, const char *want)
{
    assert_string_equal(tb_buf_text(got), want);
    tb_buf_clear(got);
}

static void growth_has_a_word_or_a_sign_never_both(void **state)
{
    static const struct {
        struct tb_decimal rate;
        const char *zh, *en;
    } cases[] = {
        { { 53, 1 }, "增长5.3%", "up 5.3%" },
        { { -40, 1 }, "下降4.0%", "down 4.0%" },
        { { 0, 1 }, "持平", "unchanged" },
        { { 4, 2 }, "持平", "unchanged" },   /* 0.04 prints as 0.0 */
        { { -4, 2 }, "持平", "unchanged" },  /* and so does -0.04: no 下降0.0 */
        { { 5, 2 }, "增长0.1%", "up 0.1%" }, /* half up */
        { { 123456, 1 }, "增长12345.6%", "up 12,345.6%" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_prose_growth(&out, &zh, cases[i].rate);
        expect(&out, cases[i].zh);
        tb_prose_growth(&out, &en, cases[i].rate);
        expect(&out, cases[i].en);
    }
    tb_buf_release(&out);
}

static void the_move_of_a_rate_follows_the_signs_of_both(void **state)
{
    static const struct {
        int64_t now, before;
        const char *zh, *en;
    } cases[] = {
        { 55, 53, "增速较上月加快0.2个百分点",
          "growth quickened by 0.2 percentage points from the month before" },
        { 57, 58, "增速较上月回落0.1个百分点",
          "growth slowed by 0.1 percentage points from the month before" },
        { 53, 53, "增速与上月持平", "growth unchanged from the month before" },
        { -21, -12, "降幅较上月扩大0.9个百分点",
          "the decline widened by 0.9 percentage points from the month before" },
        { -12, -21, "降幅较上月收窄0.9个百分点",
          "the decline narrowed by 0.9 percentage points from the month before" },
        { -12, -12, "降幅与上月持平", "the decline unchanged from the month before" },
        { 8, -12, "由降转增（上月下降1.2%）",
          "turning from decline to growth (down 1.2% the month before)" },
        { -8, 12, "由增转降（上月增长1.2%）",
          "turning from growth to decline (up 1.2% the month before)" },
        { 0, -12, "由降转平（上月下降1.2%）",
          "turning from decline to no change (down 1.2% the month before)" },
        { -12, 0, "由平转降（上月持平）",
          "turning from no change to decline (unchanged the month before)" },
        { 0, 12, "增速较上月回落1.2个百分点",
          "growth slowed by 1.2 percentage points from the month before" },
        { 12, 0, "增速较上月加快1.2个百分点",
          "growth quickened by 1.2 percentage points from the month before" },
        { 0, 0, "增速与上月持平", "growth unchanged from the month before" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_prose_rate_move(&out, &zh, tenths(cases[i].now), tenths(cases[i].before),
                           tb_prose_earlier(TB_FREQ_MONTH, "zh"));
        expect(&out, cases[i].zh);
        tb_prose_rate_move(&out, &en, tenths(cases[i].now), tenths(cases[i].before),
                           tb_prose_earlier(TB_FREQ_MONTH, "en"));
        expect(&out, cases[i].en);
    }
    tb_buf_release(&out);
}

static void no_phrase_has_both_a_sign_and_a_word(void **state)
{
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (int64_t now = -30; now <= 30; now += 5)
        for (int64_t before = -30; before <= 30; before += 5) {
            tb_prose_growth(&out, &zh, tenths(now));
            tb_prose_rate_move(&out, &zh, tenths(now), tenths(before), "上月");
            tb_prose_points(&out, &zh, tenths(now), 1);
            tb_prose_growth(&out, &en, tenths(now));
            tb_prose_rate_move(&out, &en, tenths(now), tenths(before), "May");
            assert_null(strpbrk(tb_buf_text(&out), "-+"));
            tb_buf_clear(&out);
        }
    tb_buf_release(&out);
}

static void losses_have_words_and_no_percentage(void **state)
{
    static const struct {
        int64_t now, base;
        const char *zh;
    } cases[] = {
        { 10, -5, "同比扭亏为盈" }, { -5, 10, "同比由盈转亏" }, { -10, -5, "同比增亏" },
        { -5, -10, "同比减亏" },    { -5, -5, "亏损与上年同期持平" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(tb_prose_turn(&out, &zh, tenths(cases[i].now), tenths(cases[i].base)));
        expect(&out, cases[i].zh);
    }
    assert_false(tb_prose_turn(&out, &zh, tenths(5), tenths(3)));
    expect(&out, "");
    tb_buf_release(&out);
}

static void ordinals(void **state)
{
    static const struct {
        unsigned n;
        const char *zh, *en;
    } cases[] = {
        { 1, "第一", "1st" },       { 2, "第二", "2nd" },         { 3, "第三", "3rd" },
        { 10, "第十", "10th" },     { 11, "第十一", "11th" },     { 12, "第十二", "12th" },
        { 13, "第十三", "13th" },   { 20, "第二十", "20th" },     { 22, "第二十二", "22nd" },
        { 100, "第一百", "100th" }, { 105, "第一百零五", "105th" }, { 112, "第一百一十二", "112th" },
        { 1001, "第一千零一", "1001st" }, { 2010, "第二千零一十", "2010th" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_prose_ordinal(&out, &zh, cases[i].n);
        expect(&out, cases[i].zh);
        tb_prose_ordinal(&out, &en, cases[i].n);
        expect(&out, cases[i].en);
    }
    tb_buf_release(&out);
}

static void places_and_movement(void **state)
{
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_prose_place(&out, &zh, "三区", 1, true);
    expect(&out, "三区并列第一");
    tb_prose_place(&out, &en, "the city", 3, false);
    expect(&out, "3rd in the city");
    tb_prose_movement(&out, &zh, 2, "上月");
    expect(&out, "较上月进2位");
    tb_prose_movement(&out, &zh, -1, "上月");
    expect(&out, "较上月退1位");
    tb_prose_movement(&out, &zh, 0, "上月");
    expect(&out, "位次与上月持平");
    tb_prose_movement(&out, &en, 1, "the month before");
    expect(&out, "up 1 place from the month before");
    tb_prose_movement(&out, &en, -2, "the month before");
    expect(&out, "down 2 places from the month before");
    tb_buf_release(&out);
}

/* Rules of bulletin-001, section 3: a comma parts the tied from the rest, the mark
 * closes the tied ones. */
static void ties_are_marked(void **state)
{
    static const struct tb_named_place plain[] = { { "甲", 1 }, { "乙", 2 }, { "丙", 3 } };
    static const struct tb_named_place after[] = { { "甲", 1 }, { "乙", 2 }, { "丙", 2 } };
    static const struct tb_named_place all[] = { { "甲", 11 }, { "乙", 11 } };
    static const struct tb_named_place before[] = { { "甲", 1 }, { "乙", 1 }, { "丙", 3 } };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    assert_false(tb_prose_places(&out, "zh", plain, 3));
    expect(&out, "甲、乙、丙");
    assert_true(tb_prose_places(&out, "zh", after, 3));
    expect(&out, "甲，乙、丙（并列）");
    assert_true(tb_prose_places(&out, "zh", all, 2));
    expect(&out, "甲、乙（并列）");
    assert_true(tb_prose_places(&out, "zh", before, 3));
    expect(&out, "甲、乙（并列），丙");
    assert_true(tb_prose_places(&out, "en", after, 3));
    expect(&out, "甲; 乙, 丙 (tied)");
    tb_buf_release(&out);
}

static void periods_say_what_they_cover(void **state)
{
    struct tb_period may = { TB_FREQ_MONTH, 2023 * 12 + 4 }, january = { TB_FREQ_MONTH, 2023 * 12 };
    struct tb_period half = { TB_FREQ_QUARTER, 2023 * 4 + 1 };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_prose_period(&out, &zh, may, true, 1);
    expect(&out, "2023年1—5月");
    tb_prose_period(&out, &en, may, true, 1);
    expect(&out, "January-May 2023");
    tb_prose_period(&out, &zh, may, false, 1);
    expect(&out, "2023年5月");
    tb_prose_period(&out, &zh, january, true, 1);
    expect(&out, "2023年1月");
    tb_prose_period(&out, &zh, half, true, 1);
    expect(&out, "2023年1—6月");
    tb_prose_period(&out, &en, january, true, 4);
    expect(&out, "April 2022-January 2023");
    tb_buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(growth_has_a_word_or_a_sign_never_both),
        cmocka_unit_test(the_move_of_a_rate_follows_the_signs_of_both),
        cmocka_unit_test(no_phrase_has_both_a_sign_and_a_word),
        cmocka_unit_test(losses_have_words_and_no_percentage),
        cmocka_unit_test(ordinals),
        cmocka_unit_test(places_and_movement),
        cmocka_unit_test(ties_are_marked),
        cmocka_unit_test(periods_say_what_they_cover),
    };

    return cmocka_run_group_tests_name("prose", tests, NULL, NULL);
}
