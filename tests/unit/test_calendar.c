/* test_calendar.c - working days and deadlines.
 *
 * Expected days: General Office of the State Council, holiday arrangement for
 * 2023 (国办发明电〔2022〕16号): Spring Festival off 21 to 27 January, worked on
 * Saturday 28 and Sunday 29 January; Dragon Boat off 22 to 24 June, worked on
 * Sunday 25 June.
 */
#include "tongbao/calendar.h"
#include "tongbao/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tb_day day_of(const char *text)
{
    tb_day day = TB_DAY_NONE;

    assert_true(tb_day_parse(text, strlen(text), &day));
    return day;
}

static struct tb_period period_of(const char *text)
{
    struct tb_period_read read;

    assert_true(tb_period_parse(text, strlen(text), &read));
    return read.period;
}

enum { N_ROWS = 15 };

static void fill(struct tb_profile *profile, struct tb_calendar_row rows[N_ROWS])
{
    size_t n = 0;

    for (int i = 21; i <= 27; i++)
        rows[n++] = (struct tb_calendar_row){ tb_day_from_civil(2023, 1, i), TB_DAY_HOLIDAY, "",
                                              "春节", 0 };
    rows[n++] = (struct tb_calendar_row){ day_of("2023-01-28"), TB_DAY_WORKDAY, "", "", 0 };
    rows[n++] = (struct tb_calendar_row){ day_of("2023-01-29"), TB_DAY_WORKDAY, "", "", 0 };
    for (int i = 22; i <= 24; i++)
        rows[n++] = (struct tb_calendar_row){ tb_day_from_civil(2023, 6, i), TB_DAY_HOLIDAY, "",
                                              "端午", 0 };
    rows[n++] = (struct tb_calendar_row){ day_of("2023-06-25"), TB_DAY_WORKDAY, "", "", 0 };
    rows[n++] = (struct tb_calendar_row){ day_of("2023-06-22"), TB_DAY_DEADLINE, "2023-05", "", 0 };
    rows[n++] = (struct tb_calendar_row){ day_of("2023-07-10"), TB_DAY_DEADLINE, "2023-Q2", "", 0 };
    assert_int_equal(n, N_ROWS);
    profile->calendar = rows;
    profile->n_calendar = n;
    assert_true(tb_calendar_index(profile));
}

static void test_workdays(void **state)
{
    static const struct {
        const char *day;
        bool work;
    } cases[] = {
        { "2023-01-20", true },                           /* a Friday */
        { "2023-01-21", false },                          /* Spring Festival's eve, a Saturday */
        { "2023-01-23", false },                          /* a Monday, but a holiday */
        { "2023-01-28", true },                           /* the Saturday that makes up */
        { "2023-01-29", true },  { "2023-02-04", false }, /* a plain Saturday */
        { "2023-06-22", false }, /* holiday, though also a stated deadline */
        { "2023-06-25", true },  { "2023-07-10", true },
    };
    struct tb_calendar_row rows[N_ROWS];
    struct tb_profile profile = { 0 };

    (void)state;
    fill(&profile, rows);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tb_profile_is_workday(&profile, day_of(cases[i].day)) != cases[i].work)
            fail_msg("%s", cases[i].day);
    }
    tb_arena_release(&profile.arena);
}

static void test_deadlines(void **state)
{
    static const struct {
        int day, months;
        const char *period, *expected; /* NULL: none */
    } cases[] = {
        { 21, 1, "2022-12", "2023-01-28" }, /* over the holiday, to the make-up Saturday */
        { 21, 1, "2023-01", "2023-02-21" },
        { 21, 1, "2023-02", "2023-03-21" },
        { 15, 1, "2023-03", "2023-04-17" }, /* a Saturday: the Monday after */
        { 31, 1, "2023-01", "2023-02-28" }, /* a short month */
        { 10, 1, "2022", "2023-01-10" },    /* of a year: from its last month */
        { 20, 0, "2023-06-01/P10D", "2023-06-20" },
        { 21, 1, "2023-05", "2023-06-25" }, /* stated on a holiday: moved as well */
        { 0, 0, "2023-Q2", "2023-07-10" },
        { 0, 0, "2023-04", NULL },
    };
    struct tb_calendar_row rows[N_ROWS];
    struct tb_profile profile = { 0 };

    (void)state;
    fill(&profile, rows);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TB_DATE_TEXT] = "none";

        profile.set.deadline_day = cases[i].day;
        profile.set.deadline_months = cases[i].months;
        tb_day day = tb_profile_deadline(&profile, period_of(cases[i].period));
        if (day != TB_DAY_NONE)
            tb_day_format(day, text);
        assert_string_equal(text, cases[i].expected ? cases[i].expected : "none");
    }
    tb_arena_release(&profile.arena);
}

/* Working days counted forward and back; the make-up days count. */
static void test_counting(void **state)
{
    struct tb_calendar_row rows[N_ROWS];
    struct tb_profile profile = { 0 };
    tb_day eve = day_of("2023-01-20"), feast = day_of("2023-01-24");

    (void)state;
    fill(&profile, rows);
    assert_int_equal(tb_workday_from(&profile, feast), day_of("2023-01-28"));
    assert_int_equal(tb_workday_until(&profile, feast), eve);
    assert_int_equal(tb_workday_from(&profile, eve), eve);
    assert_int_equal(tb_workday_nth(&profile, eve, 1), eve); /* the day itself counts */
    assert_int_equal(tb_workday_nth(&profile, eve, 3), day_of("2023-01-29"));
    assert_int_equal(tb_workday_nth(&profile, feast, 1), day_of("2023-01-28"));
    assert_int_equal(tb_workday_nth(&profile, eve, 0), TB_DAY_NONE);
    assert_int_equal(tb_workday_add(&profile, eve, 1), day_of("2023-01-28")); /* it does not */
    assert_int_equal(tb_workday_add(&profile, eve, 3), day_of("2023-01-30"));
    assert_int_equal(tb_workday_add(&profile, day_of("2023-01-28"), -1), eve);
    assert_int_equal(tb_workday_add(&profile, feast, 0), day_of("2023-01-28"));
    assert_int_equal(tb_workdays_between(&profile, eve, day_of("2023-01-30")), 3);
    assert_int_equal(tb_workdays_between(&profile, day_of("2023-01-30"), eve), -3);
    assert_int_equal(tb_workdays_between(&profile, eve, feast), 0);
    assert_int_equal(tb_workday_last(&profile, day_of("2023-01-01"), day_of("2023-01-27")), eve);
    assert_int_equal(tb_workday_last(&profile, day_of("2023-01-21"), day_of("2023-01-27")),
                     TB_DAY_NONE);
    assert_int_equal(tb_workday_add(&profile, TB_DAY_NONE, 1), TB_DAY_NONE);
    assert_int_equal(tb_workday_nth(&profile, day_of("9999-12-31"), 2), TB_DAY_NONE);
    tb_arena_release(&profile.arena);
}

/* The days before New Year come with the table of the year after. */
static void test_tables(void **state)
{
    struct tb_calendar_row rows[] = {
        { .day = day_of("2022-12-31"), .kind = TB_DAY_HOLIDAY },
        { .day = day_of("2023-01-02"), .kind = TB_DAY_HOLIDAY },
        { .day = day_of("2024-02-12"), .kind = TB_DAY_DEADLINE, .applies_to = "2024-01" },
        { .day = day_of("2025-01-01"), .kind = TB_DAY_YEAR },
    };
    struct tb_profile profile = { .calendar = rows, .n_calendar = 4 }, none = { 0 };

    (void)state;
    assert_true(tb_calendar_index(&profile) && tb_calendar_index(&none));
    assert_false(tb_calendar_has_year(&profile, 2022));
    assert_true(tb_calendar_has_year(&profile, 2023));
    assert_false(tb_calendar_has_year(&profile, 2024));
    assert_true(tb_calendar_has_year(&profile, 2025)); /* said to be complete without one */
    assert_true(tb_calendar_has_year(&none, 2024));    /* weekends alone need no table */
    none.set.holidays = true;
    assert_false(tb_calendar_has_year(&none, 2024));
    tb_arena_release(&profile.arena);
    tb_arena_release(&none.arena);
}

static void test_nothing_but_holidays(void **state)
{
    struct tb_calendar_row rows[100];
    struct tb_profile profile = { .set = { .deadline_day = 2 },
                                  .calendar = rows,
                                  .n_calendar = 100 };

    (void)state;
    for (int i = 0; i < 100; i++)
        rows[i] = (struct tb_calendar_row){ day_of("2023-01-01") + i, TB_DAY_HOLIDAY, "", "", 0 };
    assert_true(tb_calendar_index(&profile));
    assert_int_equal(tb_profile_deadline(&profile, period_of("2023-01")), day_of("2023-01-02"));
    assert_int_equal(tb_workday_nth(&profile, day_of("2023-01-01"), 1), TB_DAY_NONE);
    tb_arena_release(&profile.arena);
}

/* A period is one of the bulletin's when it ends with one. */
static void test_period(void **state)
{
    static const struct {
        enum tb_freq freq;
        const char *text, *expected; /* NULL: none */
    } cases[] = {
        { TB_FREQ_MONTH, "2023-06", "2023-06" },
        { TB_FREQ_MONTH, "2023-Q2", "2023-06" },
        { TB_FREQ_MONTH, "2023", "2023-12" },
        { TB_FREQ_QUARTER, "2023-06", "2023-Q2" },
        { TB_FREQ_QUARTER, "2023-05", NULL },
        { TB_FREQ_DEKAD, "2023-06-11/P10D", "2023-06-11/P10D" },
        { TB_FREQ_MONTH, "june", NULL },
        { TB_FREQ_MONTH, "../2023-06", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_profile profile = { .set.frequency = cases[i].freq };
        struct tb_period period;
        char text[TB_PERIOD_TEXT];
        bool found = tb_profile_period(&profile, cases[i].text, &period);

        assert_int_equal(found, cases[i].expected != NULL);
        if (!found)
            continue;
        tb_period_format(period, text);
        assert_string_equal(text, cases[i].expected);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workdays),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_counting),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_period),
        cmocka_unit_test(test_nothing_but_holidays),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
