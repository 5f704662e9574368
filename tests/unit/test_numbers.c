/* test_numbers.c - printed numbers: decimals, thousands, signs, units of measure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "disseminate/words/numbers.h"
#include "disseminate/report.h"
#include "tongbao/buf.h"

static const struct tb_style zh = { "zh", 1, TB_ROUND_HALF_UP, NULL };
static const struct tb_style en = { "en", 1, TB_ROUND_HALF_UP, NULL };

static void expect(struct tb_buf *got, const char *want)
{
    assert_string_equal(tb_buf_text(got), want);
    tb_buf_clear(got);
}

static void decimals_and_thousands(void **state)
{
    static const struct {
        struct tb_decimal number;
        int32_t decimals;
        const char *zh, *en;
    } cases[] = {
        { { 12345, 1 }, 1, "1234.5", "1,234.5" },
        { { 12345, 1 }, 2, "1234.50", "1,234.50" },
        { { -1234567, 0 }, 0, "-1234567", "-1,234,567" },
        { { 999, 0 }, 0, "999", "999" },
        { { 1000, 0 }, 0, "1000", "1,000" },
        { { 105, 2 }, 1, "1.1", "1.1" },   /* methods note: 1.05 half up is 1.1 */
        { { -105, 2 }, 1, "-1.1", "-1.1" },
        { { -4, 2 }, 1, "0.0", "0.0" },    /* never -0.0 */
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_number_put(&out, &zh, cases[i].number, cases[i].decimals);
        expect(&out, cases[i].zh);
        tb_number_put(&out, &en, cases[i].number, cases[i].decimals);
        expect(&out, cases[i].en);
    }
    tb_buf_release(&out);
}

static void signs_follow_what_is_printed(void **state)
{
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_number_signed(&out, &zh, (struct tb_decimal){ 53, 1 }, 1);
    expect(&out, "+5.3");
    tb_number_signed(&out, &zh, (struct tb_decimal){ -53, 1 }, 1);
    expect(&out, "-5.3");
    tb_number_signed(&out, &zh, (struct tb_decimal){ 4, 2 }, 1);
    expect(&out, "0.0");
    tb_number_size(&out, &en, (struct tb_decimal){ -12345, 1 }, 1);
    expect(&out, "1,234.5");
    /* 5.7 after 5.8: differences are taken from printed rates (methods note, 0). */
    tb_number_distance(&out, &zh, (struct tb_decimal){ 574, 2 }, (struct tb_decimal){ 576, 2 }, 1);
    expect(&out, "0.1");
    assert_int_equal(
        tb_number_compare(&zh, (struct tb_decimal){ 531, 2 }, (struct tb_decimal){ 529, 2 }, 1), 0);
    tb_buf_release(&out);
}

static void numbers_printed_elsewhere_keep_their_digits(void **state)
{
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_number_printed(&out, &en, "-1234567.10");
    expect(&out, "-1,234,567.10");
    tb_number_printed(&out, &zh, "-1234567.10");
    expect(&out, "-1234567.10");
    tb_number_printed(&out, &en, "=cmd()");
    expect(&out, "=cmd()");
    tb_number_printed(&out, &en, "");
    expect(&out, "");
    tb_buf_release(&out);
}

static void units_of_measure(void **state)
{
    static const struct {
        const char *unit, *zh, *en;
    } cases[] = {
        { "亿元", "亿元", " hundred million yuan" }, { "万元", "万元", " ten thousand yuan" },
        { "%", "%", "%" },               { "家", "家", "" },
        { "个", "个", "" },              { "pp", "个百分点", " percentage points" },
        { "place", "位", " places" },    { "μg/m³", "μg/m³", " μg/m³" },
        { "", "", "" },                  { "上年同月=100", "", "" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_number_unit(&out, &zh, cases[i].unit);
        expect(&out, cases[i].zh);
        tb_number_unit(&out, &en, cases[i].unit);
        expect(&out, cases[i].en);
    }
    tb_buf_release(&out);
}

static void a_grade_is_its_word(void **state)
{
    static const char *words[] = { "绿", "黄", "橙", "红" };
    struct tb_indicator grade = { .kind = TB_KIND_GRADE, .unit_measure = "级" };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    grade.grades = (struct tb_strings){ words, 4 };
    tb_number_amount(&out, &zh, &grade, (struct tb_decimal){ 2, 0 });
    expect(&out, "黄");
    tb_number_amount(&out, &zh, &grade, (struct tb_decimal){ 9, 0 });
    expect(&out, "9级");
    tb_buf_release(&out);
}

/* Names of files come from codes alone and different codes never meet. */
static void file_names_are_injective(void **state)
{
    static const char *const codes[][2] = {
        { "880102", "880102" },    { "retail_sales", "retail_sales" },
        { "a.b", "a_2Eb" },        { "a_2Eb", "a_5F2Eb" },
        { "../x", "_2E_2E_2Fx" },  { "-rf", "_2Drf" },
        { "双", "_E5_8F_8C" },     { "a b", "a_20b" },
        { "_", "_" },              { "_.", "__2E" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        tb_report_file_name(&out, codes[i][0]);
        expect(&out, codes[i][1]);
    }
    tb_buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_and_thousands),
        cmocka_unit_test(signs_follow_what_is_printed),
        cmocka_unit_test(numbers_printed_elsewhere_keep_their_digits),
        cmocka_unit_test(units_of_measure),
        cmocka_unit_test(a_grade_is_its_word),
        cmocka_unit_test(file_names_are_injective),
    };

    return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}
