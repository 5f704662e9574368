/* test_event.c - kinds of events, and when within a period they are held.  Days were read off
 * a calendar. */
#include "tongbao/event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static struct tb_period read_period(const char *text)
{
    struct tb_period_read got;

    assert_true(tb_period_parse(text, strlen(text), &got));
    return got.period;
}

static void test_window_days(void **state)
{
    static const struct {
        const char *window, *period, *first, *last;
    } cases[] = {
        { "last M_3", "2023-Q1", "2023-03-21", "2023-03-31" },
        { "last M_3", "2023-02", "2023-02-21", "2023-02-28" },
        { "first M_3", "2023-Q2", "2023-04-01", "2023-04-10" },
        { "last M", "2023-S1", "2023-06-01", "2023-06-30" },
        { "last M2", "2023", "2023-11-01", "2023-12-31" },
        { "last W", "2023-04", "2023-04-24", "2023-04-30" },
        { "last W", "2023-03", "2023-03-20", "2023-03-26" }, /* the last that ends in it */
        { "", "2023-Q1", "2023-01-01", "2023-03-31" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_event_window window = { .given = false };
        char text[TB_DATE_TEXT];
        tb_day first, last;
        if (*cases[i].window)
            assert_true(tb_event_window_parse(cases[i].window, &window));
        tb_event_window_days(&window, read_period(cases[i].period), &first, &last);
        tb_day_format(first, text);
        assert_string_equal(text, cases[i].first);
        tb_day_format(last, text);
        assert_string_equal(text, cases[i].last);
    }
}

static void test_window_words(void **state)
{
    static const char *const bad[] = { "", "last", "last ", "last H", "M_3", "lastM_3", "final M_3" };
    struct tb_event_window window;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(tb_event_window_parse(bad[i], &window));
    assert_true(tb_event_window_parse("first W", &window));
    assert_true(window.given && !window.last);
    assert_int_equal(window.freq, TB_FREQ_WEEK);
}

static void test_kinds(void **state)
{
    enum tb_event event;

    (void)state;
    for (int e = TB_EVENT_NONE + 1; e < TB_N_EVENTS; e++) {
        assert_true(tb_event_find(tb_event_code((enum tb_event)e), &event));
        assert_int_equal(event, e);
        assert_true(*tb_event_name((enum tb_event)e, "zh") && *tb_event_name((enum tb_event)e, "en"));
    }
    assert_false(tb_event_find("", &event));
    assert_false(tb_event_find("party", &event));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_window_days),
        cmocka_unit_test(test_window_words),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
