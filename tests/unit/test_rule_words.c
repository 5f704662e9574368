/* test_rule_words.c - grades by their words, known, none, and quotas of nothing. */
#include "rule_trial.h"

/* Places are from the best: W_TITLE 国家级, 省级先进, 市级先进, 达标. */
static void test_grades(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_TITLE, "2022-12", "3 3 3");
    world_row(world, TB_MEASURE_VALUE, W_TITLE, "2023-05", "1 3 4 -");
    world_row(world, TB_MEASURE_VALUE, W_RISK, "2023-05", "2 1");
    says(world, W_TITLE, "grade <= \"市级先进\"", "TTF-");
    says(world, W_TITLE, "\"市级先进\" >= grade", "TTF-");
    says(world, W_TITLE, "grade < \"市级先进\"", "TFF-");
    says(world, W_TITLE, "grade = \"达标\"", "FFT-");
    says(world, W_TITLE, "grade != \"达标\"", "TTF-");
    says(world, W_TITLE, "value <= \"市级先进\"", "TTF-");
    says(world, W_TITLE, "grade <= at(2022)", "TTF-");
    says(world, W_TITLE, "at(2022, grade) = \"市级先进\"", "TTT-");
    says(world, W_GDP, "grade[title] <= \"市级先进\" and grade[risk] = \"黄\"", "TFF-");
    says(world, W_TITLE, "best(grade, city) = \"国家级\"", "TTTT");
    says(world, W_TITLE, "grade <= at(2022) - 1", "TFF-");
    operands_are(world, W_TITLE, "grade <= \"市级先进\" and grade[risk] < 4",
                 "grade = 国家级; grade[risk] = 黄");
    operands_are(world, W_TITLE, "mean(grade, city) < 4", "mean(grade, city) = 3");
    world_free(world);
}

static void test_known(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_TITLE, "2023-05", "1 4 - ! x");
    says(world, W_TITLE, "known(grade)", "TTFFF");
    says(world, W_TITLE, "not known(grade)", "FFTTT");
    says(world, W_TITLE, "known(grade) and grade <= \"市级先进\"", "TFFFF");
    says(world, W_TITLE, "not known(grade) or grade <= \"市级先进\"", "TFTTT");
    says(world, W_TITLE, "known(at(2022, grade))", "FFFFF");
    operands_are(world, W_TITLE, "known(grade) and grade <= 3", "grade = 国家级");
    world_free(world);
}

static void test_awaits(void **state)
{
    static const struct {
        int32_t indicator;
        const char *text;
        bool awaits;
    } cases[] = {
        { W_TITLE, "known(grade) and grade <= \"市级先进\"", true },
        { W_TITLE, "grade <= \"市级先进\"", false },
        { W_TITLE, "not known(grade) or grade <= 3", false },
        { W_BRIDGE, "done", true },
        { W_BRIDGE, "all(towns, done)", true },
        { W_BRIDGE, "count(towns, known(value)) >= 3", true },
        { W_GDP, "growth >= 30", false },
    };
    struct world *world = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_rule *rule = world_compile(world, cases[i].text, cases[i].indicator, NULL);
        if (!rule)
            fail_msg("%s: %s", cases[i].text, world->messages);
        if (tb_rule_awaits(rule) != cases[i].awaits)
            fail_msg("'%s' is taken for another kind of rule", cases[i].text);
        assert_false(tb_rule_is_none(rule));
        tb_rule_free(rule);
    }
    world_free(world);
}

static void test_none(void **state)
{
    static const char *const spellings[] = { "none", " none ", "暂无", "无市定任务数" };
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_GDP, "2023-05", "1 2 -");
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        struct tb_buf text = TB_BUF_INIT;
        struct tb_rule *rule = world_compile(world, spellings[i], W_GDP, NULL);

        assert_non_null(rule);
        assert_true(tb_rule_is_none(rule));
        tb_rule_print(rule, &world->profile, &text);
        assert_string_equal(tb_buf_text(&text), "none");
        says(world, W_GDP, spellings[i], "xxx");
        tb_buf_release(&text);
        tb_rule_free(rule);
    }
    world_free(world);
}

/* Where the amount asked for is 0, nothing is asked: any number passes, and none. */
static void test_nothing_is_asked(void **state)
{
    struct world *world = world_new();
    const struct row zero = { .from = "2023-01", .to = "2023-12", .quota = "0" };
    const struct row zero_task = { .from = "2023-01", .to = "2023-12", .annual = "0" };
    const struct row some = { .from = "2023-01", .to = "2023-12", .quota = "2" };

    (void)state;
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-05", "3 0 -");
    world_row(world, TB_MEASURE_PROGRESS, W_RD, "2023-05", "! ! !");
    says_for(world, W_RD, "ytd >= quota", "2023-05", &zero, "TTT");
    says_for(world, W_RD, "ytd >= 90% * quota", "2023-05", &zero, "TTT");
    says_for(world, W_RD, "quota <= ytd", "2023-05", &zero, "TTT");
    says_for(world, W_RD, "ytd >= annual * elapsed", "2023-05", &zero_task, "TTT");
    says_for(world, W_RD, "progress >= elapsed", "2023-05", &zero, "TTT");
    says_for(world, W_RD, "progress >= elapsed", "2023-05", &zero_task, "TTT");
    /* a ceiling of 0 binds, and so does more than 0 */
    says_for(world, W_RD, "ytd <= quota", "2023-05", &zero, "FT-");
    says_for(world, W_RD, "ytd > quota", "2023-05", &zero, "TF-");
    says_for(world, W_RD, "ytd >= quota and ytd > 1", "2023-05", &zero, "TF-");
    says_for(world, W_RD, "ytd >= quota", "2023-05", &some, "TF-");
    world_free(world);
}

static void test_what_is_vacuous(void **state)
{
    struct world *world = world_new();
    const struct row zero = { .from = "2023-01", .to = "2023-12", .quota = "0" };
    struct trial trial;

    (void)state;
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-05", "3 0 -");
    trial_open(&trial, world, W_RD, "ytd >= quota", "2023-05", &zero);
    assert_true(tb_rule_is_vacuous(trial.run, 1) && tb_rule_is_vacuous(trial.run, 3));
    trial_close(&trial);
    trial_open(&trial, world, W_RD, "ytd >= quota and ytd >= 0", "2023-05", &zero);
    assert_false(tb_rule_is_vacuous(trial.run, 1));
    trial_close(&trial);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grades),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_awaits),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_nothing_is_asked),
        cmocka_unit_test(test_what_is_vacuous),
    };

    return cmocka_run_group_tests_name("rule_words", tests, NULL, NULL);
}
