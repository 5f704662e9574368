/* test_rule_mistakes.c - every mistake in a rule is told at its column with what was expected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule_world.h"

struct bad {
    int32_t indicator;
    const char *text;
    uint32_t column;
    const char *says; /* part of the message */
    const char *unit_measure;
};

/* clang-format off */
static const struct bad bad[] = {
    { W_GDP, "", 1, "expected a number, a measure or a function", NULL },
    { W_GDP, "average(growth, 1) > 5", 17, "expected 2 to 10", NULL },
    { W_GDP, "average(mom, 2) > 5", 9, "this is no growth on the year before", NULL },
    { W_GDP, "average(growth, 2) > area(city)", 22, "expected growth_2y or ytd_growth_2y", NULL },
    { W_GDP, "growth >=", 10, "rule ends too early, expected a number", NULL },
    { W_GDP, "growth >= 30 40", 14, "unexpected '40', expected an operator or the end", NULL },
    { W_GDP, "growth > > 3", 10, "unexpected '>'", NULL },
    { W_GDP, "(growth > 3", 12, "expected ')'", NULL },
    { W_GDP, "growth > 3)", 11, "expected an operator", NULL },
    { W_GDP, "growth > 3万", 10, "number runs into letters", NULL },
    { W_GDP, "growth > 3.", 10, "number ends in a point", NULL },
    { W_GDP, "growth > 99999999999999999999", 10, "too many digits", NULL },
    { W_GDP, "growth[\"trade] > 3", 8, "quote is not closed", NULL },
    { W_GDP, "growth[trade > 3", 14, "expected ']'", NULL },
    { W_GDP, "growth[] > 3", 8, "expected an indicator", NULL },
    { W_GDP, "value@ > 3", 8, "expected a unit", NULL },
    { W_GDP, "growth ; 3", 8, "unexpected ';', expected ','", NULL },
    { W_GDP, "growth > step(2023-05: 30；2023-06: 50)", 26, "unexpected '；', expected ','", NULL },
    { W_GDP, "growth # 3", 8, "unexpected character", NULL },
    { W_GDP, "growth =< 3", 8, "expected '<='", NULL },
    { W_GDP, "growth => 3", 8, "expected '>='", NULL },
    { W_GDP, "growth == 3", 8, "expected '='", NULL },
    { W_GDP, "growth > 3 && ytd > 5", 12, "expected 'and'", NULL },
    { W_GDP, "growth > 1 and", 15, "rule ends too early", NULL },
    { W_GDP, "and growth > 1", 1, "unexpected 'and'", NULL },
    { W_GDP, "growth +- 3 > 2", 8, "unexpected '+-'", NULL },
    { W_GDP, "growth ± 3 > 2", 8, "unexpected '±'", NULL },
    { W_GDP, "growth > ３", 10, "unexpected character", NULL },
    { W_GDP, "at(x) > 3", 4, "expected a period", NULL },
    { W_GDP, "growth > step(2023-05 30)", 15, "expected a period", NULL },
    { W_GDP, "growth > step(2023-05, 30)", 22, "expected ':' after the period", NULL },
    { W_GDP, "growth > step(2023-06: 30, 2023-05: 50)", 28, "out of order", NULL },
    /* columns count characters, not bytes */
    { W_GDP, "growth[进出口总额] > grwth", 17, "unknown name 'grwth', expected a measure", NULL },
    { W_GDP, "growth[nosuch] > 3", 8, "unknown indicator 'nosuch'", NULL },
    { W_GDP, "growth > area(town)", 15, "unknown group 'town'", NULL },
    { W_GDP, "growth > area(5)", 15, "this is no group", NULL },
    { W_GDP, "value@nowhere > 3", 7, "unknown unit 'nowhere'", NULL },
    { W_GDP, "trade > 3", 1, "'trade' is an indicator, expected a measure of it", NULL },
    { W_GDP, "prev > 3", 1, "'prev' is a function, expected '('", NULL },
    { W_GDP, "fancy(growth) > 3", 1, "unknown function 'fancy'", NULL },
    { W_GDP, "prev(growth, 0) > 3", 14, "expected 1 to 120", NULL },
    { W_GDP, "prev(growth, 1, 2) > 3", 1, "prev has 3 arguments, expected 1 to 2", NULL },
    { W_GDP, "quantile(city, 2) > 3", 16, "from 0 to 1", NULL },
    { W_GDP, "mean(rank(city), city) > 3", 6, "inside another", NULL },
    { W_GDP, "streak(streak(growth > 0) > 2) > 3", 8, "inside another", NULL },
    { W_GDP, "mean(children, value) > 3", 1, "no function of the units below", NULL },
    { W_GDP, "all(growth > 3)", 1, "expected 'children' or a group", NULL },
    { W_GDP, "children > 3", 1, "first argument of a function", NULL },
    { W_GDP, "every(value)", 7, "this is a number", NULL },
    { W_GDP, "every(value > 0) >= 1", 1, "this is a condition", NULL },
    { W_GDP, "late_cases(3) = 0", 12, "no class of cases", NULL },
    { W_GDP, "late_cases(a, b) = 0", 1, "2 arguments", NULL },
    { W_GDP, "late_cases(a)", 1, "rule is a number", NULL },
    { W_GDP, "mean(late_cases(a), city) > 0 and cases = 1", 35, "first argument", NULL },
    { W_GDP, "max(cases) > 3", 1, "'gdp' has no distribution", NULL },
    { W_VERIFY, "share(cases, 3) > 3", 14, "no condition on cases", NULL },
    { W_GDP, "max(growth, <= 3) > 3", 13, "comparison without a left side", NULL },
    { W_GDP, "grade > 3", 1, "expected kind grade", NULL },
    { W_GDP, "done", 1, "expected kind milestone", NULL },
    { W_GDP, "at(2022) > 3", 1, "at of what is not said", NULL },
    /* kinds and units of measure */
    { W_GDP, "growth", 1, "rule is a number, expected a condition", NULL },
    { W_GDP, "growth + 3", 8, "rule is a number", NULL },
    { W_GDP, "growth and growth > 3", 1, "this is a number, expected a condition", NULL },
    { W_GDP, "(growth > 3) + 1 > 2", 2, "this is a condition, expected a number", NULL },
    { W_RD, "ytd >= growth", 1, "% stands beside 万元", NULL },
    { W_RD, "ytd >= 55%", 1, "a share (%) stands beside 万元", NULL },
    { W_RD, "growth >= ytd + 1", 1, "% stands beside 万元", NULL },
    { W_RD, "rank(city) <= growth", 1, "stands beside", NULL },
    { W_RD, "rank(city) <= ytd", 1, "stands beside", NULL },
    { W_RD, "ytd >= value[road]", 1, "万元 stands beside 公里", NULL },
    { W_RD, "ytd >= 614", 8, "the row gives its numbers in '米'", "公里" },
    { W_RD, "ytd ~ 614", 1, "expected '~ x +- y'", NULL },
    { W_RD, "growth > area(annual, city)", 10, "a group has no such figure", NULL },
    { TB_NONE, "value <= 100%", 1, "stands beside", NULL },
    { W_VERIFY, "all(children, value)", 15, "this is a number, expected a condition", NULL },
    { W_GDP, "hampel(value, city) <= 3", 15, "no tolerance", NULL },
    { W_GDP, "hampel(value, -1) <= 3", 15, "no tolerance", NULL },
    { W_GDP, "hampel(value + 1) <= 3", 14, "a series is of a submitted measure", NULL },
    { W_GDP, "seasonal(change) <= 3", 10, "a series is of a submitted measure", NULL },
    { W_GDP, "modified_z(growth) <= 3", 1, "modified_z has 1 arguments, expected 2 to 3", NULL },
    { W_GDP, "modified_z(3, city) <= 3", 12, "this is no measure", NULL },
    { W_GDP, "hb(ytd, growth, city) <= 3", 1, "% stands beside 亿元", NULL },
    { W_GDP, "hb(ytd, prev(ytd), nowhere) <= 3", 20, "unknown group", NULL },
    { W_GDP, "stale(value, 3) = 0", 1, "stale has 2 arguments, expected 1", NULL },
    { W_GDP, "area(hampel(value), city) > 1", 1, "a group has no such figure", NULL },
    { W_VERIFY, "all(towns, value)", 12, "this is a number, expected a condition", NULL },
    { W_VERIFY, "all(towns)", 1, "all has 1 arguments, expected 2", NULL },
    { W_VERIFY, "all(town, value > 3)", 5, "unknown group 'town'", NULL },
    { W_VERIFY, "sum(towns, value > 3) > 3", 12, "this is a condition, expected a number", NULL },
    { W_VERIFY, "count(value > 3, towns) > 3", 1, "a group of what is not a measure", NULL },
    { W_TITLE, "grade <= \"特级\"", 10, "'特级' is no grade of 'title', expected one of: 国家级, 省级先进", NULL },
    { W_TITLE, "grade <= 市级先进", 10, "'市级先进' is a word of grades, expected it in quotes", NULL },
    { W_TITLE, "growth <= \"市级先进\"", 11, "unknown name '市级先进'", NULL },
    { W_TITLE, "grade + \"市级先进\" > 3", 9, "unknown name '市级先进'", NULL },
    { W_TITLE, "\"达标\" <= \"市级先进\"", 1, "unknown name '达标'", NULL },
    { W_TITLE, "grade <= grade[risk]", 1, "grades of 'title' stand beside grades of 'risk'", NULL },
    { W_TITLE, "grade <= growth", 1, "stands beside", NULL },
    { W_TITLE, "grade <= ytd[gdp]", 1, "stands beside", NULL },
    { W_TITLE, "grade <= rank(city)", 1, "stands beside", NULL },
    { W_TITLE, "grade <= score", 1, "stands beside", NULL },
    { W_TITLE, "2 * grade <= 3", 3, "has no multiples", NULL },
    { W_TITLE, "grade ~ \"达标\"", 1, "how near '~' asks is not said for a place", NULL },
    { W_TITLE, "sum(towns, grade) > 3", 1, "grades do not add up", NULL },
    { W_TITLE, "known(5)", 7, "always known", NULL },
    { W_TITLE, "known(grade > 3)", 7, "this is a condition, expected a number", NULL },
    { W_TITLE, "known(grade) > 3", 1, "this is a condition, expected a number", NULL },
    { W_TITLE, "known()", 1, "known has 0 arguments, expected 1", NULL },
    /* well formed, and cannot be meant */
    { W_GDP, "growth > city", 10, "'city' is a group, expected a function of it such as area(city)", NULL },
    { W_GDP, "3 > 2", 1, "both sides are numbers that never change", NULL },
    { W_GDP, "growth > 1 and 2 * 3 >= 6", 18, "both sides are numbers that never change", NULL },
    { W_GDP, "ytd >= ytd", 1, "both sides are the same", NULL },
    { W_GDP, "rank(city) <= 0", 15, "this is no place, expected a whole number from 1", NULL },
    { W_GDP, "2.5 >= bottom(city)", 1, "this is no place", NULL },
    { W_GDP, "prev(rank(city)) > -1", 20, "this is no place", NULL },
    { W_TITLE, "grade <= 5", 10, "no grade of 'title', expected a word of its grades in quotes, or its place from 1 to 4", NULL },
    { W_TITLE, "grade[risk] > 1.5", 15, "no grade of 'risk'", NULL },
    { W_GDP, "elapsed >= 50", 12, "elapsed is a share that goes up to 1", NULL },
    { W_GDP, "resubmitted <= 1%", 16, "expected a number without %", NULL },
    { W_VERIFY, "count(children, value > 1) >= 50%", 31, "expected a number without %", NULL },
    { W_GDP, "ytd / 0 > 3", 7, "division by 0", NULL },
    { W_GDP, "ytd / (2 - 2) > 3", 10, "division by 0", NULL },
    { W_GDP, "prev(3) < growth", 6, "the same for every unit and period", NULL },
    { W_GDP, "3[trade] < growth", 1, "the same for every unit and period", NULL },
    { W_GDP, "3@k2 < growth", 1, "the same for every unit and period", NULL },
    { W_QUARTER, "value > at(2023-05)", 12, "no period of 'income', expected one of its frequency Q, or a year", NULL },
    { W_TITLE, "growth > 3", 1, "'growth' of 'title', which is a grade, expected grade", NULL },
    { W_BRIDGE, "mom > 3", 1, "'mom' of 'bridge', which is a milestone, expected value or done", NULL },
    { W_POP, "total > 3", 1, "'total' of 'pop', which is no sum of its periods", NULL },
    { W_RATE, "total > 3", 1, "'total' of 'jobless', which is no sum of its periods", NULL },
    { W_GDP, "sum(children, growth) > 3", 15, "rates and places of units do not add up", NULL },
    { W_GDP, "sum(towns, rank(city)) > 3", 12, "rates and places of units do not add up", NULL },
    { W_GDP, "none and growth > 3", 1, "'none' is a whole rule", NULL },
    { W_VERIFY, "sum(children, value > 3) > 3", 15, "this is a condition, expected a number", NULL },
};
/* clang-format on */

static void test_bad(void **state)
{
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tb_rule *rule =
            world_compile(world, bad[i].text, bad[i].indicator, bad[i].unit_measure);

        if (rule)
            fail_msg("'%s' was taken", bad[i].text);
        if (world->column != bad[i].column || !strstr(world->messages, bad[i].says))
            fail_msg("'%s': column %u: %s; expected column %u: %s", bad[i].text, world->column,
                     world->messages, bad[i].column, bad[i].says);
    }
    world_free(world);
}

/* What is odd and may be meant is a warning, and the rule is taken. */
static void test_odd(void **state)
{
    static const struct bad odd[] = {
        { W_RATE, "growth > 3", 1, "'growth' of 'jobless', which is in '%'", NULL },
        { W_POP, "ytd > 3", 1, "'ytd' of 'pop', which is a stock", NULL },
        { W_GDP, "growth >= mean(empty)", 11, "group 'empty' has no members", NULL },
        { W_GDP, "all(empty, growth > 3)", 5, "group 'empty' has no members", NULL },
    };
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct tb_rule *rule = world_compile(world, odd[i].text, odd[i].indicator, NULL);

        if (!rule || world->n_warnings != 1 || world->column != odd[i].column ||
            !strstr(world->messages, odd[i].says))
            fail_msg("'%s': column %u: %s", odd[i].text, world->column, world->messages);
        tb_rule_free(rule);
    }
    world_free(world);
}

static void test_no_annual_no_quota(void **state)
{
    struct world *world = world_new();
    struct tb_rule_context context = { .indicator = W_RD };
    struct tb_diag diag = { .sink = world_listen, .user = world };
    /* The cell begins at column 20 of its line. */
    struct tb_place place = { .file = "targets.csv", .line = 7, .column = 20 };

    (void)state;
    assert_null(tb_rule_compile("ytd >= annual", &world->profile, &context, &diag, &place));
    assert_int_equal(world->column, 27);
    assert_non_null(strstr(world->messages, "no annual task"));
    assert_null(tb_rule_compile("ytd >= quota", &world->profile, &context, &diag, &place));
    assert_non_null(strstr(world->messages, "no quota"));
    assert_int_equal(diag.n_errors, 2);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_odd),
        cmocka_unit_test(test_no_annual_no_quota),
    };

    return cmocka_run_group_tests_name("rule_mistakes", tests, NULL, NULL);
}
