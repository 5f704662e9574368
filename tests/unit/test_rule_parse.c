/* test_rule_parse.c - every construct of the rule language is read and printed back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule_world.h"

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
        cmocka_unit_test(test_what_it_uses),
        cmocka_unit_test(test_reference),
    };

    return cmocka_run_group_tests_name("rule_parse", tests, NULL, NULL);
}
