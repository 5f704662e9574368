/* test_verdict.c - the table of verdicts: truth, calendar and schedule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analyse/verdict/catchup.h"
#include "analyse/verdict/judge.h"
#include "analyse/verdict/schedule.h"
#include "tongbao/profile.h"

/* One row, one sentence of the design's "Verdict" and of the brief for schedules. */
static void verdicts(void **state)
{
    static const struct {
        struct tb_judge_case c;
        enum tb_judgement expected;
    } cases[] = {
        /* nothing is judged before the target begins, whatever the rule says */
        { { .before_from = true, .truth = TB_TRUE }, TB_JUDGED_NOT_DUE },
        { { .before_from = true, .due = true, .truth = TB_FALSE }, TB_JUDGED_NOT_DUE },
        /* true */
        { { .truth = TB_TRUE, .due = true }, TB_JUDGED_MET },
        { { .truth = TB_TRUE, .cumulative = true }, TB_JUDGED_MET },
        { { .truth = TB_TRUE }, TB_JUDGED_ON_TRACK },
        { { .truth = TB_TRUE, .outlook = TB_OUTLOOK_REACHES }, TB_JUDGED_ON_TRACK },
        { { .truth = TB_TRUE, .outlook = TB_OUTLOOK_MISSES }, TB_JUDGED_AT_RISK },
        { { .truth = TB_TRUE, .due = true, .outlook = TB_OUTLOOK_MISSES }, TB_JUDGED_MET },
        /* false */
        { { .truth = TB_FALSE, .due = true }, TB_JUDGED_MISSED },
        { { .truth = TB_FALSE,
            .due = true,
            .cumulative = true,
            .has_schedule = true,
            .on_schedule = true },
          TB_JUDGED_MISSED },
        { { .truth = TB_FALSE }, TB_JUDGED_BEHIND },
        { { .truth = TB_FALSE, .cumulative = true, .has_schedule = true, .on_schedule = true },
          TB_JUDGED_ON_TRACK },
        { { .truth = TB_FALSE,
            .cumulative = true,
            .has_schedule = true,
            .on_schedule = true,
            .outlook = TB_OUTLOOK_MISSES },
          TB_JUDGED_AT_RISK },
        { { .truth = TB_FALSE, .cumulative = true, .has_schedule = true }, TB_JUDGED_BEHIND },
        { { .truth = TB_FALSE, .has_schedule = true, .on_schedule = true }, TB_JUDGED_BEHIND },
        /* a milestone is late on its day, not before */
        { { .truth = TB_FALSE, .cumulative = true, .awaits = true }, TB_JUDGED_NOT_DUE },
        /* what is waited for is met as soon as it is there */
        { { .truth = TB_FALSE, .awaits = true }, TB_JUDGED_NOT_DUE },
        { { .truth = TB_TRUE, .awaits = true }, TB_JUDGED_MET },
        { { .truth = TB_FALSE, .awaits = true, .due = true }, TB_JUDGED_MISSED },
        /* a quota of 0 is met, whatever else */
        { { .truth = TB_TRUE, .vacuous = true, .outlook = TB_OUTLOOK_MISSES }, TB_JUDGED_MET },
        { { .truth = TB_TRUE, .vacuous = true, .lack = TB_LACK_NOT_COMPLETED }, TB_JUDGED_MET },
        { { .truth = TB_TRUE, .vacuous = true, .before_from = true }, TB_JUDGED_NOT_DUE },
        /* no target: never judged, not even before it begins */
        { { .no_target = true, .before_from = true, .truth = TB_UNKNOWN }, TB_JUDGED_NO_TARGET },
        /* a published fact is compared in its last period, and is no target */
        { { .fact = true, .truth = TB_TRUE }, TB_JUDGED_AGREES },
        { { .fact = true, .truth = TB_FALSE, .due = true }, TB_JUDGED_DIFFERS },
        { { .fact = true, .truth = TB_FALSE, .before_to = true }, TB_JUDGED_NOT_DUE },
        { { .fact = true, .truth = TB_FALSE, .before_from = true }, TB_JUDGED_NOT_DUE },
        { { .fact = true, .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NO_DATA }, TB_JUDGED_NO_DATA },
        { { .fact = true, .truth = TB_UNKNOWN, .why = TB_UNKNOWN_HELD }, TB_JUDGED_HELD },
        { { .truth = TB_FALSE, .cumulative = true, .awaits = true, .due = true },
          TB_JUDGED_MISSED },
        /* unknown is never met and never behind, not even when it is due */
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NO_DATA }, TB_JUDGED_NO_DATA },
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NO_DATA, .due = true }, TB_JUDGED_NO_DATA },
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NOT_COMPUTABLE, .due = true },
          TB_JUDGED_NOT_COMPUTABLE },
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NOT_APPLICABLE }, TB_JUDGED_NOT_COMPUTABLE },
        /* R53: a quota that nobody assigned is no failure, and no missing report either */
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NOT_APPLICABLE, .no_target = true, .due = true },
          TB_JUDGED_NO_TARGET },
        /* R52: an exemption takes away what would be a failure, and nothing else */
        { { .truth = TB_FALSE, .due = true, .exempt = true }, TB_JUDGED_EXEMPT },
        { { .truth = TB_FALSE, .exempt = true }, TB_JUDGED_EXEMPT },
        { { .truth = TB_TRUE, .due = true, .lack = TB_LACK_NOT_COMPLETED, .exempt = true },
          TB_JUDGED_EXEMPT },
        { { .truth = TB_TRUE, .due = true, .exempt = true }, TB_JUDGED_MET },
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NO_DATA, .due = true, .exempt = true },
          TB_JUDGED_NO_DATA },
        { { .before_from = true, .truth = TB_FALSE, .exempt = true }, TB_JUDGED_NOT_DUE },
        /* held back by a check is not "no data" */
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_HELD, .due = true }, TB_JUDGED_HELD },
        /* R40: a state of verification is lacking: no verdict, but the data may be missing too */
        { { .truth = TB_TRUE, .due = true, .lack = TB_LACK_NO_VERDICT }, TB_JUDGED_NOT_VERIFIED },
        { { .truth = TB_FALSE, .lack = TB_LACK_NO_VERDICT }, TB_JUDGED_NOT_VERIFIED },
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NO_DATA, .lack = TB_LACK_NO_VERDICT },
          TB_JUDGED_NO_DATA },
        { { .truth = TB_TRUE, .due = true, .lack = TB_LACK_PROVISIONAL }, TB_JUDGED_MET },
        /* R44: failed, or not there by the deadline, whatever the value */
        { { .truth = TB_TRUE, .due = true, .lack = TB_LACK_NOT_COMPLETED },
          TB_JUDGED_NOT_COMPLETED },
        { { .truth = TB_UNKNOWN, .why = TB_UNKNOWN_NO_DATA, .lack = TB_LACK_NOT_COMPLETED },
          TB_JUDGED_NOT_COMPLETED },
        { { .before_from = true, .truth = TB_TRUE, .lack = TB_LACK_NOT_COMPLETED },
          TB_JUDGED_NOT_DUE },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (tb_judge(&cases[i].c) != cases[i].expected)
            fail_msg("case %zu: %s, expected %s", i, tb_judgement_code(tb_judge(&cases[i].c)),
                     tb_judgement_code(cases[i].expected));
}

static struct tb_period month(int number)
{
    return (struct tb_period){ TB_FREQ_MONTH, 2023 * 12 + number - 1 };
}

static void schedules(void **state)
{
    static const struct {
        int from, to, due_month; /* 0: no due date */
        bool of_year, joint;
        int at, left;
        int64_t num, den;
    } cases[] = {
        { 5, 6, 6, false, false, 5, 1, 1, 2 }, /* 5-6月: half of it gone at the end of May */
        { 5, 6, 6, true, false, 5, 1, 5, 6 },  /* ytd runs from January */
        { 1, 12, 12, true, false, 3, 9, 1, 4 },
        { 1, 12, 6, true, false, 3, 3, 1, 2 }, /* due before its last period */
        { 1, 6, 9, false, false, 6, 3, 2, 3 }, /* due after it */
        { 1, 6, 6, true, false, 8, 0, 1, 1 },  /* past */
        { 1, 6, 0, true, false, 3, 3, 1, 2 },  /* no due date: its last period */
        { 1, 3, 3, true, true, 1, 2, 1, 3 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_indicator indicator = { .joint_jan_feb = cases[i].joint };
        struct tb_profile profile = { .indicators = &indicator,
                                      .n_indicators = 1,
                                      .set = { .year_start = 1 } };
        struct tb_target target = { .from = month(cases[i].from),
                                    .to = month(cases[i].to),
                                    .due = cases[i].due_month
                                               ? tb_period_last_day(month(cases[i].due_month))
                                               : TB_DAY_NONE };
        struct tb_rational share =
            tb_schedule_elapsed(&profile, &target, cases[i].of_year, month(cases[i].at));
        struct tb_rational expected = { cases[i].num, cases[i].den };
        assert_int_equal(tb_schedule_periods_left(&profile, &target, month(cases[i].at)),
                         cases[i].left);
        assert_int_equal(tb_rational_cmp(share, expected), 0);
    }
}

/* The nearest printed number that is enough. */
static void steps(void **state)
{
    static const struct {
        int64_t num, den;
        bool up, strict;
        int64_t tenths;
    } cases[] = {
        { 10, 3, true, false, 34 },    { 10, 3, false, false, 33 }, { 33, 10, true, false, 33 },
        { 33, 10, true, true, 34 },    { 33, 10, false, true, 32 }, { -10, 3, true, false, -33 },
        { -10, 3, false, false, -34 }, { -10, 3, true, true, -33 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_decimal out;
        assert_true(tb_catchup_step((struct tb_rational){ cases[i].num, cases[i].den }, 1,
                                    cases[i].up, cases[i].strict, &out));
        assert_int_equal(out.units, cases[i].tenths);
    }
}

/* What would have met it is a figure of the target's own indicator, or is not said. */
static void needs(void **state)
{
    static const struct {
        const char *rule;
        enum tb_kind kind;
        bool has;
    } cases[] = {
        { "ytd_growth > area(city)", TB_KIND_FLOW, true },
        { "growth > growth[gdp]", TB_KIND_FLOW, true },
        { "growth > 0 and ytd >= 5", TB_KIND_FLOW, true },
        { "growth[exports] > 5 and growth[imports] > 5", TB_KIND_FLOW, false },
        { "grade <= 2", TB_KIND_GRADE, false },
        { "on_time", TB_KIND_STOCK, false },
        { "late_days <= 2 and resubmitted = 0", TB_KIND_STOCK, false },
        { "lagging <= prev(lagging) - 1", TB_KIND_RATE, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(tb_catchup_has_need(cases[i].rule, cases[i].kind), cases[i].has);
}

static void words_in_rules(void **state)
{
    static const struct {
        const char *rule, *word;
        bool found;
    } cases[] = {
        { "done", "done", true },
        { "ytd >= quota", "quota", true },
        { "undone = 1", "done", false },
        { "ytd >= quotas_2", "quota", false },
        { "rank(city) <= 7 and not tied(city)", "city", true },
        { "rank(city_2) <= 7", "city", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(tb_targets_mentions(cases[i].rule, cases[i].word), cases[i].found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts),
        cmocka_unit_test(schedules),
        cmocka_unit_test(steps),
        cmocka_unit_test(needs),
        cmocka_unit_test(words_in_rules),
    };

    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
