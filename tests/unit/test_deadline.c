/* test_deadline.c - the language of due days, which row applies, rounds, the diary,
 * cases, waivers and faults.
 *
 * Holidays of 2023 as in test_calendar.c: off 21 to 27 January and 22 to 24 June,
 * worked on 28 and 29 January and 25 June; 1 May 2023 is a Monday, 30 June and
 * 31 March are Fridays.
 */
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/deadline_due.h"
#include "model/deadline_parse.h"

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

static struct tb_due due_of(const char *text)
{
    struct tb_due due;
    const char *expected;

    if (!tb_due_parse(text, strlen(text), &due, &expected))
        fail_msg("'%s': expected %s", text, expected);
    return due;
}

static const char *text_of(tb_day day)
{
    static char text[TB_DATE_TEXT];

    if (day == TB_DAY_NONE)
        return "none";
    tb_day_format(day, text);
    return text;
}

/* --- a small world --- */

enum { RETAIL, POWER, GDP, RD, N_INDICATORS, N_UNITS = 2, N_FORMS = 2 };

struct world {
    struct tb_calendar_row rows[16];
    struct tb_indicator indicators[N_INDICATORS];
    struct tb_form forms[N_FORMS];
    struct tb_form_column columns[2];
    struct tb_profile profile;
};

static void world_init(struct world *w)
{
    size_t n = 0;

    *w = (struct world){ 0 };
    for (int i = 21; i <= 27; i++)
        w->rows[n++] = (struct tb_calendar_row){ .day = tb_day_from_civil(2023, 1, i),
                                                 .kind = TB_DAY_HOLIDAY };
    for (int i = 28; i <= 29; i++)
        w->rows[n++] = (struct tb_calendar_row){ .day = tb_day_from_civil(2023, 1, i),
                                                 .kind = TB_DAY_WORKDAY };
    for (int i = 22; i <= 24; i++)
        w->rows[n++] = (struct tb_calendar_row){ .day = tb_day_from_civil(2023, 6, i),
                                                 .kind = TB_DAY_HOLIDAY };
    w->rows[n++] = (struct tb_calendar_row){ .day = day_of("2023-06-25"), .kind = TB_DAY_WORKDAY };
    w->profile = (struct tb_profile){ .calendar = w->rows,
                                      .n_calendar = n,
                                      .indicators = w->indicators,
                                      .n_indicators = N_INDICATORS,
                                      .forms = w->forms,
                                      .n_forms = N_FORMS,
                                      .n_units = N_UNITS };
    w->profile.set.year_start = 1;
    w->profile.set.frequency = TB_FREQ_MONTH;
    w->indicators[RETAIL].frequency = TB_FREQ_MONTH;
    w->indicators[RETAIL].joint_jan_feb = true;
    w->indicators[POWER].frequency = TB_FREQ_MONTH;
    w->indicators[GDP].frequency = TB_FREQ_QUARTER;
    w->indicators[RD].frequency = TB_FREQ_ANNUAL;
    w->columns[0].indicator = RETAIL;
    w->columns[1].indicator = TB_NONE;
    w->forms[0].columns = w->columns;
    w->forms[0].n_columns = 2;
    assert_true(tb_calendar_index(&w->profile));
}

static void world_release(struct world *w)
{
    tb_arena_release(&w->profile.arena);
}

/* --- the language --- */

static void test_language(void **state)
{
    static const struct {
        const char *due, *period, *expected;
    } cases[] = {
        { "21", "2023-05", "2023-05-21" },
        { "31", "2023-02", "2023-02-28" },
        { "+1 month 21", "2023-05", "2023-06-21" },
        { "+1 month 21", "2023-12", "2024-01-21" },
        { "last", "2023-02", "2023-02-28" },
        { "LAST DAY", "2024-02", "2024-02-29" },
        { "last workday", "2023-04", "2023-04-28" }, /* 30 April is a Sunday */
        { "last workday of quarter", "2023-05", "2023-06-30" },
        { "last working day of quarter", "2023-Q3", "2023-09-29" },
        { "last day of half", "2023-02", "2023-06-30" },
        { "last day of the year", "2023-S1", "2023-12-31" },
        { "+1 quarter last workday of quarter", "2023-Q4", "2024-03-29" },
        { "03-25", "2023", "2023-03-25" },
        { "+1 year 03-25", "2023", "2024-03-25" },
        { "+3 workdays", "2023-01-11/P10D", "2023-01-30" }, /* 28, 29 and 30 January */
        { "+5 days", "2023-06-11/P10D", "2023-06-25" },
        { "每月21日前", "2023-05", "2023-05-21" },
        { "每月 20 日", "2023-05", "2023-05-20" },
        { "次月21日以前", "2023-05", "2023-06-21" },
        { "月底前", "2023-04", "2023-04-30" }, /* a Sunday, and stays one */
        { "次月底前", "2023-01", "2023-02-28" },
        { "每季度最后一个工作日", "2023-Q1", "2023-03-31" },
        { "季末", "2023-Q1", "2023-03-31" },
        { "3月25日前", "2023", "2023-03-25" },
        { "次年1月31日前", "2023", "2024-01-31" },
        { "期后３个工作日内", "2023-05", "2023-06-05" },
        { "每月22日前（遇节假日往后顺延）", "2023-06", "2023-06-25" },
        { "次月22日前，遇节假日往后顺延", "2023-04", "2023-05-22" },
        { "每月22日前", "2023-06", "2023-06-22" },
    };
    struct world w;

    (void)state;
    world_init(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_due due = due_of(cases[i].due);
        const char *got = text_of(tb_due_day(&w.profile, &due, period_of(cases[i].period)));
        if (strcmp(got, cases[i].expected) != 0)
            fail_msg("'%s' of %s is %s", cases[i].due, cases[i].period, got);
    }
    assert_int_equal(due_of("20 workdays").day, 20);
    assert_int_equal(due_of("20个工作日内").kind, TB_DUE_WORKDAYS);
    assert_int_equal(due_of("20个工作日内").day, 20);
    world_release(&w);
}

static void test_no_language(void **state)
{
    static const struct {
        const char *due, *expected; /* part of what is expected */
    } cases[] = {
        { "soon", "a day such as 21" },
        { "32", "1 to 31" },
        { "0", "1 to 31" },
        { "2 1", "a day such as 21" },
        { "21 days", "a day such as 21" },
        { "13-01", "03-25" },
        { "02-30", "03-25" },
        { "+1 month 03-25", "+1 year 03-25" },
        { "+ 21", "behind '+'" },
        { "+x", "a number behind '+'" },
        { "+25 months 1", "at most 24 months" },
        { "+3 years 1", "at most 24 months" },
        { "+1 month 20 workdays", "without months" },
        { "0 workdays", "1 to 250" },
        { "251 workdays", "1 to 250" },
        { "999999999999", "a day such as 21" },
        { "last workday of week", "month, quarter, half or year" },
        { "每月32日前", "1 to 31" },
        { "每季度21日前", "每月21日前" },
        { "每月21日前（周末除外）", "遇节假日往后顺延" },
        { "每月21日前（遇节假日往后顺延", "closing bracket" },
        { "上旬", "a day such as 21" },
        { "", "a day such as 21" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_due due;
        const char *expected = "";
        if (tb_due_parse(cases[i].due, strlen(cases[i].due), &due, &expected))
            fail_msg("'%s' was taken", cases[i].due);
        if (!strstr(expected, cases[i].expected))
            fail_msg("'%s': expected %s", cases[i].due, expected);
    }
}

/* --- which row applies --- */

static void test_rows(void **state)
{
    struct world w;
    uint8_t gdp[N_INDICATORS] = { [GDP] = 1 }, form[N_FORMS] = { 1, 0 };

    (void)state;
    world_init(&w);
    struct tb_deadline rows[] = {
        { .code = "all", .step = TB_STEP_SUBMIT, .due = due_of("21"), .all = true },
        { .code = "quarter",
          .step = TB_STEP_SUBMIT,
          .due = due_of("last workday of quarter"),
          .freqs = 1u << TB_FREQ_QUARTER },
        { .code = "form", .step = TB_STEP_SUBMIT, .due = due_of("10"), .forms = form },
        { .code = "gdp", .step = TB_STEP_SUBMIT, .due = due_of("+1 month 18"), .indicators = gdp },
        { .code = "up",
          .step = TB_STEP_REPORT,
          .due = due_of("每月22日前（遇节假日往后顺延）"),
          .all = true },
    };
    w.profile.deadlines = rows;
    w.profile.n_deadlines = sizeof rows / sizeof *rows;
    struct tb_period may = period_of("2023-05"), june = period_of("2023-06"),
                     q2 = period_of("2023-Q2");
    const struct {
        enum tb_step step;
        int32_t form, indicator;
        struct tb_period period;
        const char *expected;
    } cases[] = {
        { TB_STEP_SUBMIT, TB_NONE, TB_NONE, may, "2023-05-21" }, /* a Sunday: it stays */
        { TB_STEP_SUBMIT, TB_NONE, POWER, may, "2023-05-21" },
        { TB_STEP_SUBMIT, 0, POWER, may, "2023-05-10" },
        { TB_STEP_SUBMIT, 1, POWER, may, "2023-05-21" },
        { TB_STEP_SUBMIT, TB_NONE, TB_NONE, q2, "2023-06-30" },
        { TB_STEP_SUBMIT, TB_NONE, GDP, q2, "2023-07-18" },
        { TB_STEP_SUBMIT, 0, GDP, q2, "2023-07-18" },
        { TB_STEP_REPORT, TB_NONE, TB_NONE, may, "2023-05-22" },
        { TB_STEP_REPORT, TB_NONE, TB_NONE, june, "2023-06-25" }, /* over the holiday */
        { TB_STEP_VERIFY, TB_NONE, TB_NONE, june, "none" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = text_of(tb_deadline_due(&w.profile, cases[i].step, cases[i].form,
                                                  cases[i].indicator, cases[i].period));
        if (strcmp(got, cases[i].expected) != 0)
            fail_msg("case %zu: %s", i, got);
    }
    assert_int_equal(tb_profile_deadline(&w.profile, may), day_of("2023-05-21"));
    assert_true(tb_profile_has_deadlines(&w.profile));
    /* A date that does not move needs no calendar; one that does, needs that year's. */
    assert_true(
        tb_deadline_is_sure(&w.profile, TB_STEP_SUBMIT, TB_NONE, TB_NONE, period_of("2024-05")));
    assert_false(
        tb_deadline_is_sure(&w.profile, TB_STEP_REPORT, TB_NONE, TB_NONE, period_of("2024-05")));
    assert_true(tb_deadline_is_sure(&w.profile, TB_STEP_REPORT, TB_NONE, TB_NONE, june));
    world_release(&w);
}

/* --- rounds: R20, R21, R27 --- */

static void test_rounds(void **state)
{
    static const struct {
        enum tb_step step;
        const char *day, *expected;
    } cases[] = {
        { TB_STEP_CUTOFF, "2023-05-20", "2023-05" },
        { TB_STEP_CUTOFF, "2023-05-21", "2023-06" }, /* a later fact is the next month's */
        { TB_STEP_CUTOFF, "2023-01-01", "2023-01" },
        { TB_STEP_CUTOFF, "2022-12-31", "2022-12" }, /* never out of its year */
        { TB_STEP_CUTOFF, "2023-12-20", "2023-12" },
        { TB_STEP_CUTOFF, "2023-12-31", "2023-12" },
        { TB_STEP_SUBMIT, "2023-05-21", "2023-05" },
        { TB_STEP_SUBMIT, "2023-05-22", "2023-06" },
        { TB_STEP_SUBMIT, "2023-12-22", "2024-01" },
    };
    struct world w;
    struct tb_period got;
    char text[TB_PERIOD_TEXT];

    (void)state;
    world_init(&w);
    struct tb_deadline rows[] = {
        { .code = "c", .step = TB_STEP_CUTOFF, .due = due_of("20"), .all = true },
        { .code = "s", .step = TB_STEP_SUBMIT, .due = due_of("21"), .all = true },
    };
    w.profile.deadlines = rows;
    w.profile.n_deadlines = 2;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(tb_deadline_round(&w.profile, cases[i].step, TB_NONE, TB_NONE, TB_FREQ_MONTH,
                                      day_of(cases[i].day), &got));
        tb_period_format(got, text);
        if (strcmp(text, cases[i].expected) != 0)
            fail_msg("%s is of %s", cases[i].day, text);
    }
    assert_false(tb_deadline_round(&w.profile, TB_STEP_REPORT, TB_NONE, TB_NONE, TB_FREQ_MONTH,
                                   day_of("2023-05-01"), &got));
    w.profile.n_deadlines = 0; /* without a cut-off: the month of the calendar */
    assert_true(tb_deadline_round(&w.profile, TB_STEP_CUTOFF, TB_NONE, TB_NONE, TB_FREQ_MONTH,
                                  day_of("2023-05-31"), &got));
    assert_int_equal(got.index, period_of("2023-05").index);
    assert_true(tb_deadline_round(&w.profile, TB_STEP_CUTOFF, TB_NONE, TB_NONE, TB_FREQ_DEKAD,
                                  day_of("2023-05-31"), &got));
    assert_int_equal(got.index, period_of("2023-05-21/P11D").index);
    world_release(&w);
}

/* --- the diary --- */

static void diary_is(const struct tb_profile *profile, const char *first, const char *last,
                     const char *expected)
{
    struct tb_due_dates dates;
    struct tb_error err = TB_ERROR_INIT;
    char got[1024] = "", period[TB_PERIOD_TEXT];

    assert_int_equal(tb_due_dates_list(profile, day_of(first), day_of(last), &dates, &err), 0);
    for (size_t i = 0; i < dates.n; i++) {
        size_t used = strlen(got);
        tb_period_format(dates.item[i].period, period);
        snprintf(got + used, sizeof got - used, "%s%s %s %s%s", i ? "; " : "",
                 text_of(dates.item[i].day), dates.item[i].code, period,
                 dates.item[i].sure ? "" : "?");
    }
    assert_string_equal(got, expected);
    tb_due_dates_release(&dates);
}

static void test_diary(void **state)
{
    struct world w;

    (void)state;
    world_init(&w);
    struct tb_deadline rows[] = {
        { .code = "cut", .step = TB_STEP_CUTOFF, .due = due_of("20"), .all = true },
        { .code = "send",
          .step = TB_STEP_SUBMIT,
          .due = due_of("21"),
          .freqs = 1u << TB_FREQ_MONTH },
        { .code = "committee",
          .step = TB_STEP_REPORT,
          .due = due_of("last workday of quarter"),
          .freqs = (1u << TB_FREQ_QUARTER) | (1u << TB_FREQ_MONTH) },
        { .code = "plan",
          .step = TB_STEP_SUBMIT,
          .due = due_of("03-25"),
          .freqs = 1u << TB_FREQ_ANNUAL },
        { .code = "limit", .step = TB_STEP_CASE, .due = due_of("3 workdays") },
    };
    w.profile.deadlines = rows;
    w.profile.n_deadlines = 5;
    diary_is(&w.profile, "2023-03-20", "2023-04-10",
             "2023-03-20 cut 2023-Q1; 2023-03-20 cut 2023-03; 2023-03-21 send 2023-03; "
             "2023-03-25 plan 2023; 2023-03-31 committee 2023-Q1; 2023-03-31 committee 2023-03");
    diary_is(&w.profile, "2024-03-26", "2024-03-31",
             "2024-03-29 committee 2024-Q1?; 2024-03-29 committee 2024-03?");
    diary_is(&w.profile, "2023-04-01", "2023-04-02", "");
    /* The short form; a stated day goes before it; nobody reports a joint January. */
    w.profile.n_deadlines = 0;
    w.profile.set.deadline_day = 21;
    w.profile.set.deadline_months = 1;
    w.profile.n_indicators = 1;
    w.rows[0] = (struct tb_calendar_row){ .day = day_of("2023-07-10"),
                                          .kind = TB_DAY_DEADLINE,
                                          .applies_to = "2023-05" };
    assert_true(tb_calendar_index(&w.profile));
    diary_is(&w.profile, "2023-02-01", "2023-03-31", "2023-03-21 deadline_day 2023-02");
    diary_is(&w.profile, "2023-05-01", "2023-07-15",
             "2023-05-22 deadline_day 2023-04; 2023-07-10 deadline_day 2023-05");
    w.profile.set.deadline_day = 0;
    diary_is(&w.profile, "2023-05-01", "2023-07-31", "2023-07-10 deadline_day 2023-05");
    world_release(&w);
}

/* --- cases: R28, R29 --- */

static void test_cases(void **state)
{
    static const struct {
        const char *opened, *closed, *asked;
        enum tb_case_state state;
    } cases[] = {
        { "2023-01-19", NULL, "2023-01-18", TB_CASE_UNOPENED },
        { "2023-01-19", NULL, "2023-01-28", TB_CASE_OPEN }, /* 19, 20 and 28 January */
        { "2023-01-19", NULL, "2023-01-29", TB_CASE_OVERDUE },
        { "2023-01-19", "2023-01-28", "2023-02-28", TB_CASE_IN_TIME },
        { "2023-01-19", "2023-01-29", "2023-02-28", TB_CASE_LATE },
        { "2023-01-19", "2023-02-10", "2023-01-28", TB_CASE_OPEN }, /* closed later on */
        { "2023-01-22", NULL, "2023-01-30", TB_CASE_OPEN },         /* opened on a holiday */
        { "2023-01-22", NULL, "2023-01-31", TB_CASE_OVERDUE },
    };
    struct world w;

    (void)state;
    world_init(&w);
    struct tb_deadline limit = { .code = "l", .step = TB_STEP_CASE, .due = due_of("3 workdays") };
    w.profile.deadlines = &limit;
    w.profile.n_deadlines = 1;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_case one = { .opened = day_of(cases[i].opened),
                               .closed = cases[i].closed ? day_of(cases[i].closed) : TB_DAY_NONE };
        if (tb_case_state(&w.profile, &one, day_of(cases[i].asked)) != cases[i].state)
            fail_msg("case %zu, due %s", i, text_of(tb_case_due(&w.profile, &one)));
    }
    struct tb_case lost = { .opened = day_of("2023-01-19"),
                            .closed = TB_DAY_NONE,
                            .deadline = TB_NONE };
    assert_int_equal(tb_case_due(&w.profile, &lost), TB_DAY_NONE);
    assert_int_equal(tb_case_state(&w.profile, &lost, day_of("2024-01-19")), TB_CASE_OPEN);
    world_release(&w);
}

/* --- waivers and faults --- */

static void test_waivers(void **state)
{
    struct world w;
    uint8_t first[N_UNITS] = { 1, 0 }, retail[N_INDICATORS] = { [RETAIL] = 1 },
            gdp[N_INDICATORS] = { [GDP] = 1 }, form[N_FORMS] = { 0, 1 };

    (void)state;
    world_init(&w);
    struct tb_waiver waivers[] = {
        { .units = first,
          .indicators = retail,
          .first = day_of("2023-04-01"),
          .last = day_of("2023-06-30") },
        { .units = first,
          .indicators = gdp,
          .forms = form,
          .first = day_of("2023-04-01"),
          .last = day_of("2023-05-31") },
    };
    w.profile.waivers = waivers;
    w.profile.n_waivers = 2;
    assert_true(tb_profile_is_waived(&w.profile, 0, RETAIL, period_of("2023-04")));
    assert_true(tb_profile_is_waived(&w.profile, 0, RETAIL, period_of("2023-Q2")));
    assert_false(tb_profile_is_waived(&w.profile, 0, RETAIL, period_of("2023-07")));
    assert_false(tb_profile_is_waived(&w.profile, 0, RETAIL, period_of("2023")));
    assert_false(tb_profile_is_waived(&w.profile, 1, RETAIL, period_of("2023-04")));
    assert_false(tb_profile_is_waived(&w.profile, 0, POWER, period_of("2023-04")));
    /* Only a part of the quarter. */
    assert_false(tb_profile_is_waived(&w.profile, 0, GDP, period_of("2023-Q2")));
    /* A form is waived when it is named, or when all that it holds is. */
    assert_ptr_equal(tb_waiver_find_form(&w.profile, 0, 1, period_of("2023-05")), &waivers[1]);
    assert_null(tb_waiver_find_form(&w.profile, 0, 1, period_of("2023-06")));
    assert_ptr_equal(tb_waiver_find_form(&w.profile, 0, 0, period_of("2023-06")), &waivers[0]);
    assert_null(tb_waiver_find_form(&w.profile, 1, 0, period_of("2023-06")));
    world_release(&w);
}

static void test_faults(void **state)
{
    struct tb_period may = { TB_FREQ_MONTH, 2023 * 12 + 4 },
                     june = { TB_FREQ_MONTH, 2023 * 12 + 5 };
    struct tb_fault faults[] = {
        { .when = 100, .unit = 0, .indicator = 1, .period = may, .kind = TB_FAULT_FALSE },
        { .when = 100, .unit = 0, .indicator = 1, .period = june, .kind = TB_FAULT_WITHHELD },
        { .when = 200, .unit = 0, .indicator = 1, .period = may, .kind = TB_FAULT_CLEARED },
        { .when = 300, .unit = 0, .indicator = 1, .period = may, .kind = TB_FAULT_WITHHELD },
    };
    struct tb_profile profile = { .faults = faults, .n_faults = 4 };

    (void)state;
    assert_false(tb_fault_stands(&profile, 0, 99)); /* not yet found */
    assert_true(tb_fault_stands(&profile, 0, 100));
    assert_false(tb_fault_stands(&profile, 0, 200)); /* cleared */
    assert_true(tb_fault_stands(&profile, 1, 200));
    assert_false(tb_fault_stands(&profile, 2, 200));
    assert_true(tb_fault_stands(&profile, 3, 300)); /* found again */
    assert_string_equal(tb_fault_name(TB_FAULT_WITHHELD, "zh"), "瞒报");
    assert_string_equal(tb_fault_code(TB_FAULT_FALSE), "false");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language), cmocka_unit_test(test_no_language),
        cmocka_unit_test(test_rows),     cmocka_unit_test(test_rounds),
        cmocka_unit_test(test_diary),    cmocka_unit_test(test_cases),
        cmocka_unit_test(test_waivers),  cmocka_unit_test(test_faults),
    };

    return cmocka_run_group_tests_name("deadline", tests, NULL, NULL);
}
