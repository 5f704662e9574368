/* test_rule_parse.c - every construct of the rule language is read and printed
 * back; every mistake is told at its column with what was expected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "rule_world.h"
#include "tongbao/error.h"

struct good {
    int32_t indicator;
    const char *text;
    const char *canonical; /* NULL: as written */
    const char *unit_measure;
};

/* The table of the design note, then each construct once more by itself. */
/* clang-format off */
static const struct good good[] = {
    { W_GDP, "growth >= 30", NULL, NULL },
    { W_GDP, "growth ~ 6.5", NULL, NULL },
    { W_GDP, "growth ~ 6.5 +- 0.3", NULL, NULL },
    { W_GDP, "growth > area(city)", NULL, NULL },
    { W_GDP, "growth[trade] > area(city) and growth[trade] > area(province)", NULL, NULL },
    { W_GDP, "rank(city) <= 7 and not tied(city)", NULL, NULL },
    { W_GDP, "bottom(city) > 3", NULL, NULL },
    { W_GDP, "rank(city) < prev(rank(city))", NULL, NULL },
    { W_GDP, "share > mean(share, city) or share > area(city)", NULL, NULL },
    { W_RD, "ytd >= 614", NULL, NULL },
    { W_ROAD, "total >= 5.6", NULL, NULL },
    { W_RD, "ytd >= 55% * annual", NULL, NULL },
    { W_RD, "progress >= elapsed", NULL, NULL },
    { W_RD, "ytd >= quota", NULL, NULL },
    { W_RATE, "value <= 4.5", NULL, NULL },
    { W_POP, "value >= at(2022)", NULL, NULL },
    { W_GDP, "value > prev(value)", NULL, NULL },
    { W_GDP, "growth < 0", NULL, NULL },
    { W_QUARTER, "growth[income] > growth[gdp]", NULL, NULL },
    { W_QUARTER, "growth[income] ~ growth[gdp]", NULL, NULL },
    { W_RD, "ytd[rd] / ytd[gdp] >= 2%", NULL, NULL },
    { W_RATE, "value >= step(2023-05: 30, 2023-06: 50)", NULL, NULL },
    { W_GDP, "ytd > 0", NULL, NULL },
    { W_GDP, "lagging <= prev(lagging) - 1", NULL, NULL },
    { W_RISK, "grade <= prev(grade)", NULL, NULL },
    { W_VERIFY, "value = 0", NULL, NULL },
    { W_VERIFY, "all(children, value >= 5)", NULL, NULL },
    { W_VERIFY, "ytd >= 4 * elapsed", NULL, NULL },
    { W_VERIFY, "max(cases) <= 3", NULL, NULL },
    { W_VERIFY, "share(cases, <= 3) >= 100%", NULL, NULL },
    { W_GDP, "late_cases(simple) = 0", NULL, NULL },
    { W_QUARTER, "value > 0 and every(value[verify] >= 1)", NULL, NULL },
    { W_GDP, "late_cases(\"事后备案\") = 0", "late_cases(事后备案) = 0", NULL },
    { W_GDP, "late_cases(\"3 days\") <= 5% * cases(\"3 days\")", NULL, NULL },
    { W_GDP, "late_cases = 0", "late_cases() = 0", NULL },
    { W_QUARTER, "value >= 650", NULL, NULL },
    { W_GDP, "rank(city) <= ceil(count(city) / 4)", NULL, NULL },
    { W_GDP, "on_time", NULL, NULL },
    { W_GDP, "completeness >= 100", NULL, NULL },
    { W_GDP, "late_days <= 0 and resubmitted = 0", NULL, NULL },
    { W_GDP, "ytd >= 8000", NULL, "万元" },
    { W_BRIDGE, "done", NULL, NULL },
    { W_BRIDGE, "not done or prev(done)", NULL, NULL },
    { W_GDP, "score(city) >= 60 and lagging(city) = 0", NULL, NULL },
    { TB_NONE, "ytd >= prev(ytd)", NULL, NULL },
    { TB_NONE, "value >= 0", NULL, NULL },
    { TB_NONE, "abs(sum(children, value) - value) <= 5", NULL, NULL },
    { TB_NONE, "value <= 3 * last_year(value)", NULL, NULL },
    { W_GDP, "streak(growth > 0) >= 3", NULL, NULL },
    { W_GDP, "growth >= at(2023-03, growth)", NULL, NULL },
    { W_GDP, "prev(growth, 3) < growth", NULL, NULL },
    { W_GDP, "average(growth, 2) >= 5 and average(ytd_growth[trade]@k2, 10) > growth", NULL, NULL },
    { W_GDP, "growth_2y > area(city) and ytd_growth_2y > 0", NULL, NULL },
    { W_GDP, "growth >= quantile(city, 0.75)", NULL, NULL },
    { W_GDP, "growth >= quantile(ytd_growth, city, 75%)", NULL, NULL },
    { W_GDP, "growth >= median(city) and growth >= wmean(city) and growth <= best(city) and growth >= worst(city)", NULL, NULL },
    { W_GDP, "value@k2 < value@\"430503\"", NULL, NULL },
    { W_GDP, "growth[trade]@k2 > 3", NULL, NULL },
    { W_VERIFY, "any(children, value >= 5) and count(children, value >= 5) >= 2 and count(children) >= 3", NULL, NULL },
    { W_GDP, "round(growth, 1) >= 5 and floor(growth) >= 4 and min(growth, ytd_growth) > 1 and max(growth, 3) > 2", NULL, NULL },
    { W_GDP, "change > -1.5 and mom != 0", NULL, NULL },
    { W_GDP, "growth - (mom - 1) > 2 * (growth + 1)", NULL, NULL },
    { W_GDP, "not (growth > 1 or growth < -1) and mom > 0", NULL, NULL },
    { W_PRICE, "value ~ 102", NULL, NULL },
    { W_GDP, "abs(modified_z(growth, city)) <= 3.5 and abs(tukey(growth, city, 0.5)) <= 1.5", NULL, NULL },
    { W_GDP, "abs(hb(ytd, last_year(ytd), city)) <= 20 or abs(hb_gap(ytd, last_year(ytd), city)) < 5", NULL, NULL },
    { TB_NONE, "abs(hampel(value)) <= 3 and abs(hampel(ytd[gdp], 0.5)) <= 3", NULL, NULL },
    { TB_NONE, "abs(seasonal(value)) <= 3.5 and scale_jump(ytd) = 0", NULL, NULL },
    { TB_NONE, "stale(value) = 0 and heaping(value) >= 0.001 and round_share(value) <= 40", NULL, NULL },
    { W_PERMILLE, "value >= 6.5 and value >= 0.65%", NULL, NULL },
    { W_VERIFY, "all(towns, value >= 5) and any(city, value > 1) or count(towns, value >= 5) >= 2", NULL, NULL },
    { W_VERIFY, "sum(towns, value) >= 5 and sum(towns) >= rounding(towns)", NULL, NULL },
    { W_GDP, "count(city) > 3 and count(ytd, city) > 3", NULL, NULL },
    { W_TITLE, "known(grade) and grade <= \"市级先进\"", NULL, NULL },
    { W_GDP, "grade[title] = \"达标\" or prev(grade[risk]) > \"绿\"", NULL, NULL },
    { W_GDP, "none", NULL, NULL },
    /* other spellings of the same */
    { W_GDP, "暂无", "none", NULL },
    { W_TITLE, "grade ≤ \" 市级先进 \"", "grade <= \"市级先进\"", NULL },
    { W_GDP, "growth>=30", "growth >= 30", NULL },
    { W_GDP, "  ((growth)) >= 30.0 ", "growth >= 30", NULL },
    { W_GDP, "growth ≥ 30％", "growth >= 30%", NULL },
    { W_GDP, "（同比＞3）", "growth > 3", NULL },
    { W_GDP, "同比 > 3 and rank <= 7", "growth > 3 and rank(city) <= 7", NULL },
    { W_GDP, "growth[进出口总额] > 3", "growth[trade] > 3", NULL },
    { W_GDP, "growth[\"trade\"] > 3", "growth[trade] > 3", NULL },
    { W_GDP, "growth ~ 6.5 ± 0.3", "growth ~ 6.5 +- 0.3", NULL },
    { W_GDP, "growth > 1 and (growth > 2 and growth > 3)", NULL, NULL },
    { W_RATE, "value >= step(2023年5月: 30，2023-Q4：50)", "value >= step(2023-05: 30, 2023-Q4: 50)", NULL },
};
/* clang-format on */

static void test_good(void **state)
{
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct tb_buf once = TB_BUF_INIT;
        struct tb_buf twice = TB_BUF_INIT;
        struct tb_rule *rule =
            world_compile(world, good[i].text, good[i].indicator, good[i].unit_measure);

        if (!rule)
            fail_msg("'%s': column %u: %s", good[i].text, world->column, world->messages);
        tb_rule_print(rule, &world->profile, &once);
        assert_string_equal(tb_buf_text(&once),
                            good[i].canonical ? good[i].canonical : good[i].text);
        tb_rule_free(rule);
        rule = world_compile(world, tb_buf_text(&once), good[i].indicator, good[i].unit_measure);
        assert_non_null(rule);
        tb_rule_print(rule, &world->profile, &twice);
        assert_string_equal(tb_buf_text(&once), tb_buf_text(&twice));
        tb_rule_free(rule);
        tb_buf_release(&once);
        tb_buf_release(&twice);
    }
    world_free(world);
}

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

/* count times the text, then the middle, then count times the end. */
static struct tb_rule *compile_nested(struct world *world, const char *open, const char *middle,
                                      const char *close, size_t count)
{
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; i < count; i++)
        tb_buf_puts(&text, open);
    tb_buf_puts(&text, middle);
    for (size_t i = 0; i < count; i++)
        tb_buf_puts(&text, close);
    struct tb_rule *rule = world_compile(world, tb_buf_text(&text), W_GDP, NULL);
    tb_buf_release(&text);
    return rule;
}

static void test_depth(void **state)
{
    static const char *const shapes[][3] = {
        { "(", "growth > 1", ")" },   { "not ", "growth > 1", "" },
        { "-", "growth > 1", "" },    { "abs(", "growth", ") > 1" },
        { "1 + ", "growth > 1", "" }, { "growth > 1 and ", "growth > 1", "" },
        { "", "growth > 1", " * 1" },
    };
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        size_t fine = i == 3 ? 1 : 40;
        struct tb_rule *rule =
            compile_nested(world, shapes[i][0], shapes[i][1], shapes[i][2], fine);
        if (!rule)
            fail_msg("%zu: %s", i, world->messages);
        tb_rule_free(rule);
        assert_null(compile_nested(world, shapes[i][0], shapes[i][1], shapes[i][2], 500));
    }
    assert_null(compile_nested(world, "(", "growth > 1", ")", 5000));
    assert_non_null(strstr(world->messages, "at most 8192"));
    world_free(world);
}

/* Seconds of processor time, roughly. */
static double now(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Whatever is typed is refused or fast: nothing here takes a second. */
static void test_hostile(void **state)
{
    static const struct {
        const char *open, *middle, *close;
        size_t count;
        const char *says; /* NULL: it is taken */
    } cases[] = {
        { "(", "growth > 1", ")", 50000, "at most 8192" },
        { "(", "growth > 1", ")", 4000, "nested too deeply" },
        { "(", "growth > 1", "", 8000, "nested too deeply" },
        { "not ", "growth > 1", "", 25000, "at most 8192" },
        { "not ", "growth > 1", "", 2000, "nested too deeply" },
        { "growth > 1 and ", "growth > 1", "", 10000, "at most 8192" },
        { "mom>1 and ", "mom>1", "", 800, "a shorter rule" },
        { "-", "growth > 1", "", 8000, "nested too deeply" },
        { "1+", "growth > 1", "", 4000, "nested too deeply" },
        { "prev(", "growth", ", 120)", 60, "rule is a number" },
        { "abs(", "growth", ")", 1600, "nested too deeply" },
        { "max(", "growth", ", 1)", 900, "nested too deeply" },
        { "all(city, ", "growth > 1", ")", 700, "nested too deeply" },
        { "all(city, ", "growth > 1", ")", 90, NULL },
        { "every(", "growth > 1", ")", 1100, "nested too deeply" },
        { "every(", "growth > 1", ")", 90, "too many periods" },
        { "streak(", "growth > 1", ")", 90, "inside another" },
        { "streak(every(", "growth > 1", ") and mom > 1) > 2", 1, NULL },
        { "step(2023: ", "1", ")", 600, "nested too deeply" },
        { "\"", "growth", "\"", 4000, "empty name" },
        { "growth[", "gdp", "]", 1000, "expected ']'" },
        { "~", "growth", "", 8000, "unexpected '~'" },
        { "9", "9", "9", 4000, "too many digits" },
        { "国", "家", "级", 1300, "unknown name" },
    };
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double begun = now();
        struct tb_rule *rule = compile_nested(world, cases[i].open, cases[i].middle,
                                              cases[i].close, cases[i].count);

        if (!cases[i].says != (rule != NULL) ||
            (cases[i].says && !strstr(world->messages, cases[i].says)))
            fail_msg("%zu times '%s': %s", cases[i].count, cases[i].open,
                     rule ? "was taken" : world->messages);
        tb_rule_free(rule);
        if (now() - begun > 1)
            fail_msg("%zu times '%s' takes %g s", cases[i].count, cases[i].open, now() - begun);
    }
    world_free(world);
}

/* What is taken is evaluated in bounded time: the widest and the deepest that there may be. */
static void test_hostile_evaluation(void **state)
{
    struct world *world = world_new();
    struct tb_buf text = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    struct tb_rule_source source = world_source(world);
    struct tb_rule_frame frame = { .indicator = W_GDP, .period = world_period("2023-05") };

    (void)state;
    /* A streak over all that fits, each part as far back as it goes. */
    tb_buf_puts(&text, "streak(");
    for (size_t i = 0; i < 60; i++)
        tb_buf_printf(&text, "%sprev(growth, %zu) < 5", i ? " or " : "", 61 + i);
    tb_buf_puts(&text, ") >= 3");
    assert_null(world_compile(world, tb_buf_text(&text), W_GDP, NULL));
    assert_non_null(strstr(world->messages, "too many periods"));
    tb_buf_clear(&text);
    tb_buf_puts(&text, "streak(");
    for (size_t i = 0; i < 30; i++)
        tb_buf_printf(&text, "%sprev(growth, %zu) < 5", i ? " or " : "", 61 + i);
    tb_buf_puts(&text, ") >= 3 and ");
    for (size_t i = 0; i < 40; i++)
        tb_buf_puts(&text, "prev(");
    tb_buf_puts(&text, "growth");
    for (size_t i = 0; i < 40; i++)
        tb_buf_puts(&text, ", 120)");
    tb_buf_puts(&text, " < 5");
    struct tb_rule *rule = world_compile(world, tb_buf_text(&text), W_GDP, NULL);
    if (!rule)
        fail_msg("column %u: %s", world->column, world->messages);
    for (int year = 1990; year < 2024; year++) { /* the streak goes on */
        char month[16];
        for (int m = 1; m <= 12; m++) {
            snprintf(month, sizeof month, "%d-%02d", year, m);
            world_row(world, TB_MEASURE_GROWTH, W_GDP, month, "1 2 3");
        }
    }
    double begun = now();
    struct tb_rule_run *run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    assert_non_null(run);
    if (now() - begun > 5)
        fail_msg("evaluation takes %g s", now() - begun);
    tb_rule_run_free(run);
    tb_rule_free(rule);
    tb_buf_release(&text);
    world_free(world);
}

static void test_what_it_uses(void **state)
{
    static const struct {
        int32_t indicator;
        const char *text;
        bool cumulative, uses_rank, uses_growth;
    } cases[] = {
        { W_RD, "ytd >= 614", true, false, false },
        { W_RD, "614 <= ytd", true, false, false },
        { W_RD, "ytd <= 614", false, false, false },
        { W_ROAD, "total >= 5.6", true, false, false },
        { W_RD, "ytd >= 55% * annual", true, false, false },
        { W_RD, "ytd >= annual * elapsed", false, false, false },
        { W_RD, "progress >= elapsed", false, false, false },
        { W_RD, "ytd[rd] / ytd[gdp] >= 2%", false, false, false },
        { W_RD, "ytd > last_year(ytd)", false, false, false },
        { W_RD, "ytd >= at(2022)", true, false, false },
        { W_BRIDGE, "done", true, false, false },
        { W_BRIDGE, "value >= step(2023-05: 30, 2023-06: 60)", true, false, false },
        { W_RATE, "value >= step(2023-05: 30, 2023-06: 60)", false, false, false },
        { W_GDP, "growth >= 30", false, false, true },
        { W_GDP, "rank(city) <= 7 and not tied(city)", false, true, true },
        { W_GDP, "value > prev(value)", false, false, false },
        { W_GDP, "on_time", false, false, false },
    };
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_rule *rule = world_compile(world, cases[i].text, cases[i].indicator, NULL);
        if (!rule)
            fail_msg("%s: %s", cases[i].text, world->messages);
        if (tb_rule_is_cumulative(rule) != cases[i].cumulative ||
            tb_rule_uses(rule, TB_MEASURE_RANK) != cases[i].uses_rank ||
            tb_rule_uses(rule, TB_MEASURE_GROWTH) != cases[i].uses_growth)
            fail_msg("'%s' is taken for another kind of rule", cases[i].text);
        tb_rule_free(rule);
    }
    world_free(world);
}

/* The indicator for which an example of config/rules.md is compiled, by what it mentions. */
static int32_t example_indicator(const char *text)
{
    if (strstr(text, "cases") || strstr(text, "children") || strstr(text, "towns"))
        return W_VERIFY;
    if (strstr(text, "grade"))
        return W_TITLE;
    if (strstr(text, "done") || strstr(text, "step("))
        return W_BRIDGE;
    return W_GDP;
}

/* Every row `| `rule` | meaning |` of the reference compiles. */
static void test_reference(void **state)
{
    FILE *file = fopen("config/rules.md", "r");
    struct world *world = world_new();
    char line[1024];
    size_t n = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *end;

        if (strncmp(line, "## ", 3) == 0)
            world->verdicts = strncmp(line + 3, "Verdicts", 8) == 0;
        if (strncmp(line, "| `", 3) != 0 || !(end = strstr(line, "` |")))
            continue;
        *end = '\0';
        struct tb_rule *rule = world_compile(world, line + 3, example_indicator(line + 3), NULL);
        if (!rule)
            fail_msg("config/rules.md: '%s': column %u: %s", line + 3, world->column,
                     world->messages);
        tb_rule_free(rule);
        n++;
    }
    fclose(file);
    assert_true(n >= 40);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_odd),
        cmocka_unit_test(test_no_annual_no_quota),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_hostile_evaluation),
        cmocka_unit_test(test_what_it_uses),
        cmocka_unit_test(test_reference),
    };

    return cmocka_run_group_tests_name("rule_parse", tests, NULL, NULL);
}
