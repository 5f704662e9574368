/* test_decimal.c - exact decimals: what is read, what is refused, what is kept.
 *
 * Expected values worked by hand; the limits are those of 64-bit integers.
 */
#include "tongbao/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define N(array) (sizeof(array) / sizeof *(array))

struct good {
    const char *text;
    int64_t units;
    int32_t scale;
    const char *printed; /* NULL: as the text */
};

static const struct good good[] = {
    { "0", 0, 0, NULL },
    { "-0", 0, 0, "0" },
    { "-0.0", 0, 1, "0.0" },
    { "+5", 5, 0, "5" },
    { "007", 7, 0, "7" },
    { "1234.5", 12345, 1, NULL },
    { "-12.50", -1250, 2, NULL },
    { "0.05", 5, 2, NULL },
    { "-0.05", -5, 2, NULL },
    { "0.000000000001", 1, 12, NULL },
    { "0.1000000000000000", 100000000000, 12, "0.100000000000" },
    { "9223372036854775807", INT64_MAX, 0, NULL },
    { "-9223372036854775807", -INT64_MAX, 0, NULL },
    { "9223372.036854775807", INT64_MAX, 12, NULL },
    { "0000000000000000000000000000012", 12, 0, "12" },
};

static const char *const bad[] = {
    "",
    "+",
    "-",
    ".",
    ".5",
    "5.",
    "--5",
    "+-5",
    " 5",
    "5 ",
    "1e3",
    "0x1",
    "nan",
    "inf",
    "1,234",
    "1.2.3",
    "5%",
    "１２",
    "1O4.2",
    "1_0",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999999999999999",
    "9223372036854775807.1",
    "0.1234567890123",
    "12.300000000000001",
    "\0005",
};

static void test_parse(void **state)
{
    char text[TB_DECIMAL_TEXT];

    (void)state;
    for (size_t i = 0; i < N(good); i++) {
        struct tb_decimal got;
        if (!tb_decimal_parse(good[i].text, strlen(good[i].text), &got))
            fail_msg("'%s' was refused", good[i].text);
        assert_int_equal(got.units, good[i].units);
        assert_int_equal(got.scale, good[i].scale);
        size_t len = tb_decimal_format(got, text);
        assert_string_equal(text, good[i].printed ? good[i].printed : good[i].text);
        assert_int_equal(len, strlen(text));
    }
    for (size_t i = 0; i < N(bad); i++) {
        struct tb_decimal got;
        if (tb_decimal_parse(bad[i], strlen(bad[i]), &got))
            fail_msg("'%s' was read", bad[i]);
    }
}

/* The field ends where its length says, not at a NUL. */
static void test_parse_field_in_row(void **state)
{
    struct tb_decimal got;

    (void)state;
    assert_true(tb_decimal_parse("12.34,5", 5, &got));
    assert_int_equal(got.units, 1234);
    assert_true(tb_decimal_parse("12.34", 2, &got));
    assert_int_equal(got.units, 12);
    assert_false(tb_decimal_parse("12.34", 3, &got));
    assert_false(tb_decimal_parse("5\0", 2, &got));
}

struct move {
    const char *in;
    int32_t by;
    const char *out; /* NULL: refused */
};

static struct tb_decimal decimal(const char *text)
{
    struct tb_decimal got;

    if (!tb_decimal_parse(text, strlen(text), &got))
        fail_msg("'%s' was refused", text);
    return got;
}

static void check_move(const struct move *move, bool done, struct tb_decimal got)
{
    char text[TB_DECIMAL_TEXT];

    if (done != (move->out != NULL))
        fail_msg("'%s' by %d: %s", move->in, move->by, done ? "done" : "refused");
    if (!done)
        return;
    tb_decimal_format(got, text);
    assert_string_equal(text, move->out);
}

static void test_rescale(void **state)
{
    static const struct move moves[] = {
        { "1.5", 3, "1.500" },
        { "1.500", 1, "1.5" },
        { "1.500", 0, NULL },
        { "-2.00", 0, "-2" },
        { "0", 12, "0.000000000000" },
        { "9223372036854775807", 1, NULL },
        { "1", 13, NULL },
        { "1", -1, NULL },
        { "9223372", 12, "9223372.000000000000" },
        { "9223373", 12, NULL },
    };

    (void)state;
    for (size_t i = 0; i < N(moves); i++) {
        struct tb_decimal got;
        bool done = tb_decimal_rescale(decimal(moves[i].in), moves[i].by, &got);
        check_move(&moves[i], done, got);
    }
}

static void test_shift(void **state)
{
    static const struct move moves[] = {
        { "1234.5", 4, "12345000" }, /* 万元 to 元 */
        { "1.23456", 4, "12345.6" },
        { "12345000", -4, "1234.5000" },
        { "1.5", 8, "150000000" }, /* 亿元 to 元 */
        { "0", 100, "0" },
        { "0", -100, "0.000000000000" },
        { "1", -12, "0.000000000001" },
        { "1", -13, NULL },
        { "10", -13, "0.000000000001" },
        { "1", 18, "1000000000000000000" },
        { "1", 19, NULL },
        { "9223372036854775807", 1, NULL },
        { "-922337203685477580.7", 1, "-9223372036854775807" },
        { "5", INT32_MAX, NULL },
        { "5", INT32_MIN, NULL },
    };

    (void)state;
    for (size_t i = 0; i < N(moves); i++) {
        struct tb_decimal got;
        bool done = tb_decimal_shift(decimal(moves[i].in), moves[i].by, &got);
        check_move(&moves[i], done, got);
    }
}

static void test_trim(void **state)
{
    char text[TB_DECIMAL_TEXT];

    (void)state;
    tb_decimal_format(tb_decimal_trim(decimal("12.500")), text);
    assert_string_equal(text, "12.5");
    tb_decimal_format(tb_decimal_trim(decimal("-100.00")), text);
    assert_string_equal(text, "-100");
    tb_decimal_format(tb_decimal_trim(decimal("0.00")), text);
    assert_string_equal(text, "0");
}

static void test_cmp(void **state)
{
    /* In rising order; equal ones differ in scale only. */
    static const char *const rising[] = { "-9223372036854775807",
                                          "-2",
                                          "-1.5",
                                          "-0.000000000001",
                                          "0",
                                          "0.1",
                                          "0.11",
                                          "1",
                                          "9223372.036854775807",
                                          "9223373",
                                          "9223372036854775807" };

    (void)state;
    for (size_t i = 0; i < N(rising); i++) {
        for (size_t j = 0; j < N(rising); j++)
            assert_int_equal(tb_decimal_cmp(decimal(rising[i]), decimal(rising[j])),
                             (i > j) - (i < j));
    }
    assert_int_equal(tb_decimal_cmp(decimal("1.50"), decimal("1.5")), 0);
    assert_int_equal(tb_decimal_cmp(decimal("-0"), decimal("0.000")), 0);
}

static void test_least_integer(void **state)
{
    char text[TB_DECIMAL_TEXT];

    (void)state;
    tb_decimal_format((struct tb_decimal){ INT64_MIN, 0 }, text);
    assert_string_equal(text, "-9223372036854775808");
    tb_decimal_format((struct tb_decimal){ INT64_MIN, 12 }, text);
    assert_string_equal(text, "-9223372.036854775808");
}

static void test_pow10(void **state)
{
    int64_t power = 1;

    (void)state;
    for (int32_t n = 0; n <= 18; n++, power *= n <= 18 ? 10 : 1)
        assert_int_equal(tb_pow10(n), power);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),         cmocka_unit_test(test_parse_field_in_row),
        cmocka_unit_test(test_rescale),       cmocka_unit_test(test_shift),
        cmocka_unit_test(test_trim),          cmocka_unit_test(test_cmp),
        cmocka_unit_test(test_least_integer), cmocka_unit_test(test_pow10),
    };

    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
