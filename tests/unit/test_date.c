/* test_date.c - days and moments.
 *
 * Expected day numbers: `date -u -d DAY +%s` divided by 86400; weekdays from
 * the same program.
 */
#include "tongbao/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define N(array) (sizeof(array) / sizeof *(array))

struct day_case {
    const char *text;
    tb_day day;
    int weekday;
};

static const struct day_case days[] = {
    { "1970-01-01", 0, 3 },      { "1969-12-31", -1, 2 },      { "2000-02-29", 11016, 1 },
    { "2000-03-01", 11017, 2 },  { "2023-05-11", 19488, 3 },   { "2024-02-29", 19782, 3 },
    { "1900-03-01", -25508, 3 }, { "0001-01-01", -719162, 0 }, { "9999-12-31", 2932896, 4 },
};

static void test_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(days); i++) {
        char text[TB_DATE_TEXT];
        tb_day day;
        assert_true(tb_day_parse(days[i].text, strlen(days[i].text), &day));
        assert_int_equal(day, days[i].day);
        assert_int_equal(tb_day_weekday(day), days[i].weekday);
        assert_int_equal(tb_day_format(day, text), strlen(days[i].text));
        assert_string_equal(text, days[i].text);
    }
}

static void test_bad_days(void **state)
{
    static const char *const bad[] = {
        "",           "2023-02-29", "1900-02-29", "2023-13-01", "2023-00-01",
        "2023-01-00", "2023-04-31", "2023-1-01",  "2023/01/01", "2023-01-01 ",
        "20230101",   "0000-01-01", "+023-01-01", "2023-01-0x", " 2023-01-01",
    };
    tb_day day;

    (void)state;
    for (size_t i = 0; i < N(bad); i++) {
        if (tb_day_parse(bad[i], strlen(bad[i]), &day))
            fail_msg("'%s' was read", bad[i]);
    }
    assert_int_equal(tb_day_from_civil(0, 1, 1), TB_DAY_NONE);
    assert_int_equal(tb_day_from_civil(10000, 1, 1), TB_DAY_NONE);
}

/* Each day of ten thousand years has a name, and the name leads back. */
static void test_every_day(void **state)
{
    int last_month = 0;

    (void)state;
    for (tb_day day = -719162; day <= 2932896; day++) {
        int year, month, mday;
        tb_day_to_civil(day, &year, &month, &mday);
        assert_int_equal(tb_day_from_civil(year, month, mday), day);
        if (mday == 1)
            assert_int_equal(month, last_month % 12 + 1);
        last_month = month;
    }
}

static void test_no_such_day(void **state)
{
    char text[TB_DATE_TEXT] = "x";

    (void)state;
    assert_int_equal(tb_day_format(TB_DAY_NONE, text), 0);
    assert_string_equal(text, "");
}

struct moment_case {
    const char *text;
    int64_t seconds;
    int offset;
    const char *printed;
};

static const struct moment_case moments[] = {
    { "1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z" },
    { "2023-05-03T08:00:00+08:00", 1683072000, 480, "2023-05-03T08:00:00+08:00" },
    { "2023-05-03 08:00+0800", 1683072000, 0, "2023-05-03T00:00:00Z" },
    { "2023-05-03T00:00:00.250Z", 1683072000, -210, "2023-05-02T20:30:00-03:30" },
    { "2023-05-03T08:00:00+08", 1683072000, 0, "2023-05-03T00:00:00Z" },
    { "2023-05-02T19+00", -1, 0, NULL },
    { "1969-12-31T23:59:59Z", -1, 0, "1969-12-31T23:59:59Z" },
    { "2023-05-03T07:30:00+07:30", 1683072000, 480, "2023-05-03T08:00:00+08:00" },
    { "2023-05-03T08:00:00", 0, 0, NULL },
    { "2023-05-03", 0, 0, NULL },
    { "2023-05-03T24:00:00Z", 0, 0, NULL },
    { "2023-05-03T08:60:00Z", 0, 0, NULL },
    { "2023-05-03T08:00:60Z", 0, 0, NULL },
    { "2023-05-03T08:00:00.Z", 0, 0, NULL },
    { "2023-05-03T08:00:00+24:00", 0, 0, NULL },
    { "2023-05-03T08:00:00Zx", 0, 0, NULL },
};

static void test_moments(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(moments); i++) {
        const struct moment_case *c = &moments[i];
        char text[TB_MOMENT_TEXT];
        int64_t seconds;
        bool read = tb_moment_parse(c->text, strlen(c->text), &seconds);
        if (read != (c->printed != NULL))
            fail_msg("'%s' was %s", c->text, read ? "read" : "refused");
        if (!read)
            continue;
        assert_int_equal(seconds, c->seconds);
        tb_moment_format(seconds, c->offset, text);
        assert_string_equal(text, c->printed);
    }
}

static void test_moment_day(void **state)
{
    char text[TB_MOMENT_TEXT];

    (void)state;
    /* 2023-05-02T17:00Z is already the third in Beijing. */
    assert_int_equal(tb_moment_day(1683046800, 480), tb_day_from_civil(2023, 5, 3));
    assert_int_equal(tb_moment_day(1683046800, 0), tb_day_from_civil(2023, 5, 2));
    assert_int_equal(tb_moment_day(-1, 0), -1);
    assert_int_equal(tb_moment_day(INT64_MAX, 480), TB_DAY_NONE);
    assert_int_equal(tb_moment_day(INT64_MIN, -480), TB_DAY_NONE);
    assert_int_equal(tb_moment_format(INT64_MAX, 0, text), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),      cmocka_unit_test(test_bad_days),
        cmocka_unit_test(test_every_day), cmocka_unit_test(test_no_such_day),
        cmocka_unit_test(test_moments),   cmocka_unit_test(test_moment_day),
    };

    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
