/* test_uom.c - units of measure. */
#include "tongbao/uom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Powers of ten by the words themselves; 1 公顷 = 10,000 m2 = 15 亩 (GB 3100-93);
 * 1 公斤 = 2 斤 (State Council order of 25 June 1959). */
static const struct {
    const char *value, *from, *to, *expected; /* NULL: refused */
} cases[] = {
    { "1.5", "亿元", "万元", "15000" },
    { "12345", "万元", "亿元", "1.2345" },
    { "1234.5", "万元", "元", "12345000" },
    { "3", "百万元", "万元", "300" },
    { "2", "千万元", "亿元", "0.2" },
    { "10", "million yuan", "万元", "1000" },
    { "5", "thousands of dollars", "dollars", "5000" },
    { "2", "千克", "公斤", "2" },
    { "2", "kg", "斤", "4" },
    { "3", "吨", "千克", "3000" },
    { "3", "万吨标准煤", "吨标准煤", "30000" },
    { "5", "%", "%", "5" },
    { "5", "％", "个百分点", "5" },
    { "5", "‰", "%", "0.5" },
    { "0.5", "%", "‰", "5" },
    { "5", "百分点", "%", "5" },
    { "105.3", "上年同期=100", "%", "5.3" },
    { "98", "指数", "%", "-2" },
    { "105.3", "指数", "上年=100", "105.3" },
    { "2", "公顷", "亩", "30" },
    { "30", "亩", "公顷", "2" },
    { "1.50", "平方公里", "公顷", "150" },
    { "7", "亩", "平方米", NULL },  /* 2000/3 m2 each: exact only for three of them */
    { "3", "亩", "平方米", "2000" },
    { "1.5", "万亩", "公顷", "1000" },
    { "45", "万平方米", "公顷", "45" },
    { "45", "万平方米", "亩", "675" },
    { "120", "千元", "万元", "12" },
    { "1234567", "元", "亿元", "0.01234567" },
    { "5.6", "公里", "米", "5600" },
    { "12", "个", "个", "12" },
    { "1250", "吨", "万吨", "0.125" },
    { "7", "万人次", "人次", "70000" },
    { "7", "（万元）", "元", "70000" },
    { "7", "万元/人", "元/人", "70000" },
    { "7", "", "", "7" },
    { "1.50", "元", "元", "1.50" }, /* nothing to convert: the digits stay as sent */
    { "1", "亩", "公顷", NULL },    /* 1/15 is no decimal */
    { "1", "元", "%", NULL },
    { "1", "%", "指数", NULL },
    { "1", "元", "人", NULL },
    { "1", "元/人", "元", NULL },
    { "9223372036854775807", "亿元", "元", NULL },
};

static void test_convert(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_uom from, to;
        struct tb_decimal value, out;
        char text[TB_DECIMAL_TEXT];

        tb_uom_read(cases[i].from, NULL, 0, &from);
        tb_uom_read(cases[i].to, NULL, 0, &to);
        assert_true(tb_decimal_parse(cases[i].value, strlen(cases[i].value), &value));
        bool done = tb_uom_convert(value, &from, &to, &out);
        if (done != (cases[i].expected != NULL))
            fail_msg("%s %s to %s", cases[i].value, cases[i].from, cases[i].to);
        if (done) {
            tb_decimal_format(out, text);
            assert_string_equal(text, cases[i].expected);
        }
    }
}

static void test_own(void **state)
{
    static const struct tb_uom_own own[] = {
        { "担", "斤", { 100, 1 } },
        { "船", "担", { 1000, 1 } },
        { "鸡", "蛋", { 2, 1 } }, /* a cycle ends as a basic unit of its own */
        { "蛋", "鸡", { 3, 1 } },
    };
    struct tb_uom from, to;
    struct tb_decimal out;

    (void)state;
    tb_uom_read("万船", own, 4, &from);
    tb_uom_read("吨", own, 4, &to);
    assert_true(tb_uom_same_dimension(&from, &to));
    assert_true(tb_uom_convert((struct tb_decimal){ 1, 0 }, &from, &to, &out));
    /* 10,000 x 1000 x 100 x 500 g = 500,000 t */
    assert_true(tb_decimal_cmp(out, (struct tb_decimal){ 500000, 0 }) == 0);
    tb_uom_read("鸡", own, 4, &from);
    assert_int_equal(from.kind, TB_UOM_AMOUNT);
}

static void test_long_names_stay_apart(void **state)
{
    struct tb_uom a, b;

    (void)state;
    tb_uom_read("每百户常住居民家庭年末拥有的家用汽车数量甲", NULL, 0, &a);
    tb_uom_read("每百户常住居民家庭年末拥有的家用汽车数量乙", NULL, 0, &b);
    assert_false(tb_uom_same_dimension(&a, &b));
    assert_true(tb_uom_same_dimension(&a, &a));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_convert),
        cmocka_unit_test(test_own),
        cmocka_unit_test(test_long_names_stay_apart),
    };

    return cmocka_run_group_tests_name("uom", tests, NULL, NULL);
}
