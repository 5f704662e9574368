/* test_rule_eval.c - what rules answer: limits, logic, units of measure, arithmetic. */
#include "rule_trial.h"

static void test_limits(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "30 30.1 29.9 30.04 29.96 - ! x");
    /* meets, more, less; 30.04 prints 30.0 and 29.96 prints 30.0 */
    says(world, W_GDP, "growth >= 30", "TTFTf-!x");
    says(world, W_GDP, "growth >= 30%", "TTFTf-!x");
    says(world, W_GDP, "30 <= growth", "TTFTf-!x");
    says(world, W_GDP, "growth > 30", "FTFtF-!x");
    says(world, W_GDP, "growth <= 30", "TFTfT-!x");
    says(world, W_GDP, "growth < 30", "FFTFt-!x");
    says(world, W_GDP, "growth = 30", "TFFff-!x");
    says(world, W_GDP, "growth != 30", "FTTtt-!x");
    says(world, W_GDP, "not growth < 30", "TTFTf-!x");
    world->profile.set.limit_on_published = true;
    says(world, W_GDP, "growth >= 30", "TTFTt-!x");
    world_free(world);
}

static void test_kleene(void **state)
{
    struct world *world = world_new();

    (void)state;
    /* a and b over T, F, unknown: nine units */
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1 1 1 0 0 0 - - -");
    world_row(world, TB_MEASURE_MOM, W_GDP, "2023-05", "1 0 ! 1 0 ! 1 0 !");
    says(world, W_GDP, "growth > 0 and mom > 0", "TF!FFF-F!");
    says(world, W_GDP, "growth > 0 or mom > 0", "TTTTF!T-!");
    says(world, W_GDP, "not (growth > 0 and mom > 0)", "FT!TTT-T!");
    says(world, W_GDP, "not growth > 0 or not mom > 0", "FT!TTT-T!");
    world_free(world);
}

static void test_units_of_measure(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_YTD, W_GDP, "2023-05", "0.8 0.7999 0.80005");
    /* 8000 万元 is 0.8 亿元; 0.7999 prints as 0.80 */
    says_for(world, W_GDP, "ytd >= 8000", "2023-05", &(struct row){ .unit_measure = "万元" },
             "TfT");
    says(world, W_GDP, "ytd >= 0.8", "TfT");
    /* 2 % of 0.8 亿元 is 160 万元 */
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-05", "160 160 160");
    says(world, W_RD, "ytd[rd] / ytd[gdp] >= 2%", "TTf");
    says(world, W_RD, "ytd[rd] >= 2% * ytd[gdp]", "TTf");
    says(world, W_RD, "ytd[gdp] <= 50 * ytd[rd]", "TTf");
    world_row(world, TB_MEASURE_VALUE, W_PERMILLE, "2023-05", "6.5 6.4");
    says(world, W_PERMILLE, "value >= 6.5", "TF");
    says(world, W_PERMILLE, "value >= 0.65%", "TF");
    says_for(world, W_PERMILLE, "value >= 0.65", "2023-05", &(struct row){ .unit_measure = "%" },
             "TF");
    /* 0.65 % is 6.5 ‰; it prints as 0.7 % */
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "0.65 0.64");
    says(world, W_PERMILLE, "value >= value[jobless]", "tT");
    says(world, W_PERMILLE, "value - value[jobless] = 0", "tt");
    world_free(world);
}

static void test_about(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "6.5 6.0 5.9 7.0 7.1 - 5.96");
    says(world, W_GDP, "growth ~ 6.5", "TTFTT-f");
    says(world, W_GDP, "growth ~ 6.5 +- 0.3", "TFFTT-F");
    world->profile.set.about_both = true;
    says(world, W_GDP, "growth ~ 6.5", "TTFTF-f");
    world->profile.set.about_both = false;
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "4.0 5.0 5.1 1.0");
    says(world, W_RATE, "value ~ 4.5", "TTFT");
    world_free(world);
}

static void test_cases_and_words(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_VERIFY_1, "2023-05", "3 3 0 0 1");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY_3, "2023-05", "1 0 0 0 1");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY_5, "2023-05", "0 1 0 2 -");
    says(world, W_VERIFY, "max(cases) <= 3", "TFxF-");
    says(world, W_VERIFY, "min(cases) <= 3", "TTxF-");
    says(world, W_VERIFY, "share(cases, <= 3) >= 100%", "TFxF-");
    says(world, W_VERIFY, "share(cases, <= 3) >= 75", "TTxF-");
    world_row(world, TB_MEASURE_VALUE, W_BRIDGE, "2023-05", "100 99 99.6 -");
    says(world, W_BRIDGE, "done", "TFf-");
    world_row(world, TB_MEASURE_LATE_DAYS, W_GDP, "2023-05", "0 -2 1 -");
    says(world, W_GDP, "on_time", "TTF-");
    world_row(world, TB_MEASURE_VALUE, W_RISK, "2023-05", "2 3");
    world_row(world, TB_MEASURE_VALUE, W_RISK, "2023-04", "2 2");
    says(world, W_RISK, "grade <= prev(grade)", "TF");
    says(world, W_GDP, "completeness >= 100", "x");
    world_row(world, TB_MEASURE_GROWTH, W_QUARTER, "2023-Q1", "5 3");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "4 4");
    /* the quarter that has ended by May */
    says(world, W_GDP, "growth[income] > growth", "TF");
    says(world, W_GDP, "growth@k2 = 4 and growth[income]@k1 = 5", "TT");
    world_free(world);
}

/* Each measure is asked of the source under its own name. */
static void test_measures(void **state)
{
    static const struct {
        enum tb_measure measure;
        const char *rule;
    } cases[] = {
        { TB_MEASURE_VALUE, "value >= 5" },
        { TB_MEASURE_YTD, "ytd >= 5" },
        { TB_MEASURE_GROWTH, "growth >= 5" },
        { TB_MEASURE_YTD_GROWTH, "ytd_growth >= 5" },
        { TB_MEASURE_GROWTH_2Y, "growth_2y >= 5" },
        { TB_MEASURE_YTD_GROWTH_2Y, "ytd_growth_2y >= 5" },
        { TB_MEASURE_MOM, "mom >= 5" },
        { TB_MEASURE_BASE, "base >= 5" },
        { TB_MEASURE_YTD_BASE, "ytd_base >= 5" },
        { TB_MEASURE_SHARE, "share >= 5" },
        { TB_MEASURE_CHANGE, "change >= 5" },
        { TB_MEASURE_LATE_DAYS, "late_days >= 5" },
        { TB_MEASURE_RESUBMITTED, "resubmitted >= 5" },
        { TB_MEASURE_PROGRESS, "progress >= 5" },
        { TB_MEASURE_SCORE, "score >= 5" },
        { TB_MEASURE_LAGGING, "lagging >= 5" },
        { TB_MEASURE_SCORE, "score(city) >= 5" },
        { TB_MEASURE_LAGGING, "lagging(city) <= prev(lagging(city)) - 1 or lagging(city) >= 5" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world *world = world_new();
        world_row(world, cases[i].measure, W_GDP, "2023-05", "5 4 6 - !");
        world_row(world, cases[i].measure, W_GDP, "2023-04", "5 4 6 5 5");
        says(world, W_GDP, cases[i].rule, "TFT-!");
        world_free(world);
    }
}

static void test_arithmetic(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1.25 -1.25 0 -");
    says(world, W_GDP, "abs(growth) = 1.25", "ttF-");
    says(world, W_GDP, "round(growth, 1) = 1.3 or round(growth, 1) = -1.3", "TTF-");
    says(world, W_GDP, "ceil(growth) = 2 or ceil(growth) = -1", "TTF-");
    says(world, W_GDP, "floor(growth) = 1 or floor(growth) = -2", "TTF-");
    says(world, W_GDP, "min(growth, 0, 1) < 0", "FTF-");
    says(world, W_GDP, "max(growth, 0) > 0", "TFF-");
    says(world, W_GDP, "growth - (growth - 1) * 2 = 0.75", "tFF-");
    says(world, W_GDP, "1 / growth > 0", "TF!-");
    says(world, W_GDP, "-growth > 0", "FTF-");
    world_free(world);
}

/* Fractions whose exact sum does not fit 64 bits: a mean is still had, to nine
 * digits; what is closer than that is not decided. */
static void test_wide_fractions(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05",
              "1/999983 2/999979 3/999961 4/999959 5/999953 6/999931");
    /* the mean is about 3.5e-6; all print as 0.0 */
    says(world, W_GDP, "growth * 1000000 > mean(city) * 1000000", "FFFttt");
    says(world, W_GDP, "mean(city) = 0.0000035", "!!!!!!");
    says(world, W_GDP, "growth * 9000000000000000000 * 9000000000000000000 > 0", "!!!!!!");
    world_free(world);
}

static void test_checks(void **state)
{
    struct world *world = world_new();
    struct tb_error err = TB_ERROR_INIT;
    struct tb_rule *rule = world_compile(world, "ytd >= prev(ytd)", TB_NONE, NULL);
    struct tb_rule_source source = world_source(world);
    struct tb_rule_frame frame = { .indicator = W_TRADE,
                                   .period = world_period("2023-03"),
                                   .truth_only = true };

    (void)state;
    assert_non_null(rule);
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2023-02", "5 5");
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2023-03", "6 4");
    struct tb_rule_run *run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    assert_non_null(run);
    assert_int_equal(tb_rule_truth(run, 1), TB_TRUE);
    assert_int_equal(tb_rule_truth(run, 2), TB_FALSE);
    assert_false(tb_rule_knife_edge(run, 2));
    tb_rule_run_free(run);
    /* what is cumulated begins again with the year */
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2022-12", "60 50");
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2023-01", "6 4");
    frame.period = world_period("2023-01");
    run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    assert_non_null(run);
    assert_int_equal(tb_rule_unknown(run, 1), TB_UNKNOWN_NOT_APPLICABLE);
    tb_rule_run_free(run);
    tb_rule_free(rule);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_kleene),
        cmocka_unit_test(test_units_of_measure),
        cmocka_unit_test(test_about),
        cmocka_unit_test(test_cases_and_words),
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_wide_fractions),
        cmocka_unit_test(test_checks),
    };

    return cmocka_run_group_tests_name("rule_eval", tests, NULL, NULL);
}
