/* test_rule_units.c - figures of groups, and rules that ask other units one by one. */
#include "rule_trial.h"

static void test_group_figures(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "2 4 6 8 - !");
    says(world, W_GDP, "growth > mean(city)", "FFTT-!");
    says(world, W_GDP, "mean(city) = 5", "TTTTTT");
    says(world, W_GDP, "median(city) = 5", "TTTTTT");
    /* type 7 by hand: place 3 * 0.25 = 0.75, so 2 + 0.75 * 2 = 3.5 */
    says(world, W_GDP, "quantile(growth, city, 0.25) = 3.5", "TTTTTT");
    says(world, W_GDP, "best(growth, city) = 8 and worst(growth, city) = 2", "TTTTTT");
    /* without itself: 6, 16/3, 14/3, 4; 16/3 prints as 5.3 */
    says(world, W_GDP, "mean(others) * 3 = 18", "TFFFFF");
    says(world, W_GDP, "mean(others) * 3 = 16", "FtFFFF");
    says(world, W_GDP, "median(others) = 4", "FFTTFF");
    says(world, W_GDP, "best(growth, others) = 6", "FFFTFF");
    says(world, W_GDP, "wmean(others) > 0", "!!!!--");
    world_pooled(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", false, "4.5");
    says(world, W_GDP, "growth > area(city)", "FFTT-!");
    world_pooled(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", true, "6");
    says(world, W_GDP, "growth > area(city)", "FFFT-!");
    says(world, W_GDP, "growth > wmean(city)", "FFTT-!");
    world->profile.set.min_peers = 5;
    says(world, W_GDP, "growth > mean(city)", "!!!!!!");
    says(world, W_GDP, "growth > wmean(city)", "!!!!!!");
    says(world, W_GDP, "mom > mean(mom, city)", "------");
    /* of an expression: ratio of the group's figures */
    world_pooled(world, TB_MEASURE_YTD, W_RD, "2023-05", true, "300");
    world_pooled(world, TB_MEASURE_YTD, W_GDP, "2023-05", true, "1");
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-05", "1 4");
    world_row(world, TB_MEASURE_YTD, W_GDP, "2023-05", "0.01 0.01");
    says(world, W_GDP, "ytd[rd] / ytd[gdp] > area(ytd[rd] / ytd[gdp], city)", "FT");
    world_free(world);
}

static void test_children(void **state)
{
    struct world *world = world_new();
    struct trial trial;
    struct tb_buf text = TB_BUF_INIT;

    (void)state;
    world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", 13, "5 4 6 7");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", "15 9 3");
    says(world, W_VERIFY, "all(children, value >= 5)", "FTx");
    says(world, W_VERIFY, "any(children, value >= 6)", "TTx");
    says(world, W_VERIFY, "count(children, value >= 5) = 2", "TFx");
    says(world, W_VERIFY, "count(children) = 3", "TFx");
    says(world, W_VERIFY, "value = sum(children)", "TFx");
    says(world, W_VERIFY, "abs(sum(children, value) - value) <= 2", "TTx");
    trial_open(&trial, world, W_VERIFY, "all(children, value >= 6)", "2023-05", NULL);
    tb_rule_culprits(trial.run, 1, &text);
    assert_string_equal(tb_buf_text(&text), "t1;t2");
    tb_buf_clear(&text);
    tb_rule_culprits(trial.run, 2, &text);
    assert_string_equal(tb_buf_text(&text), "");
    trial_close(&trial);
    tb_buf_release(&text);
    /* one without data: a sum is unknown, an all already broken is not */
    world->n_facts = 0;
    world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", 13, "5 4 - -");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", "15 9");
    says(world, W_VERIFY, "all(children, value >= 5)", "F-");
    says(world, W_VERIFY, "any(children, value >= 5)", "T-");
    says(world, W_VERIFY, "count(children, value >= 5) >= 1", "--");
    says(world, W_VERIFY, "value = sum(children)", "--");
    world_free(world);
}

/* Half a unit of the last digit for each part and for the whole: k1 has three parts, k2 one. */
static void test_rounding(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", 13, "5 6 4 9");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", "17 10 3");
    says(world, W_VERIFY, "abs(value - sum(children)) <= rounding(children)", "TTx");
    says(world, W_VERIFY, "rounding(children) = 2", "TFx");
    world_row_from(world, TB_MEASURE_VALUE, W_ROAD, "2023-05", 13, "0.5 0.6 0.4 0.9");
    world_row(world, TB_MEASURE_VALUE, W_ROAD, "2023-05", "1.8 1.0");
    /* tenths: 4 * 0.05 and 2 * 0.05 */
    says(world, W_ROAD, "abs(value - sum(children)) <= rounding(children)", "FT");
    says(world, W_ROAD, "sum(towns) - 2.4 <= rounding(towns) - 0.25", "TT");
    world_free(world);
}

static void culprits_are(struct world *world, const char *rule, const char *expected)
{
    struct trial trial;
    struct tb_buf text = TB_BUF_INIT;

    trial_open(&trial, world, W_VERIFY, rule, "2023-05", NULL);
    tb_rule_culprits(trial.run, 1, &text);
    if (strcmp(tb_buf_text(&text), expected) != 0)
        fail_msg("culprits of '%s' are '%s', expected '%s'", rule, tb_buf_text(&text), expected);
    tb_buf_release(&text);
    trial_close(&trial);
}

/* Every unit of a group by itself: who is asked is the same for all subjects. */
static void test_units_of_a_group(void **state)
{
    struct world *world = world_new();
    const struct row towns = { .first = 13 };

    (void)state;
    world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", 13, "5 6 4 9");
    says(world, W_VERIFY, "all(towns, value >= 5)", "FF");
    says(world, W_VERIFY, "all(towns, value >= 4)", "TT");
    says(world, W_VERIFY, "any(towns, value >= 9)", "TT");
    says(world, W_VERIFY, "any(towns, value > 9)", "FF");
    says(world, W_VERIFY, "count(towns, value >= 5) = 3", "TT");
    says(world, W_VERIFY, "sum(towns, value) = 24", "TT");
    says(world, W_VERIFY, "sum(towns) = 24", "TT");
    culprits_are(world, "all(towns, value >= 5)", "t3");
    culprits_are(world, "all(towns, value >= 6) and all(children, value > 5)", "t1;t3");
    /* a member asks the others as well as itself, unless it is not its own peer */
    says_for(world, W_VERIFY, "all(towns, value >= 5)", "2023-05", &towns, "FFFF");
    world->groups[WORLD_TOWNS_GROUP].exclude_self = true;
    says_for(world, W_VERIFY, "all(towns, value >= 5)", "2023-05", &towns, "FFTF");
    says_for(world, W_VERIFY, "sum(towns, value) = 19", "2023-05", &towns, "TFFF");
    says_for(world, W_VERIFY, "count(towns, value >= 5) = 3", "2023-05", &towns, "FFTF");
    world_free(world);
}

/* One without data leaves the rest open, unless another decides. */
static void test_missing_units_of_a_group(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, "2023-05", 13, "5 - 4 9");
    says(world, W_VERIFY, "all(towns, value >= 5)", "FF");
    says(world, W_VERIFY, "all(towns, value >= 4)", "--");
    says(world, W_VERIFY, "any(towns, value >= 5)", "TT");
    says(world, W_VERIFY, "any(towns, value >= 10)", "--");
    says(world, W_VERIFY, "count(towns, value >= 5) >= 1", "--");
    says(world, W_VERIFY, "count(towns, known(value)) = 3", "TT");
    says(world, W_VERIFY, "sum(towns, value) > 0", "--");
    culprits_are(world, "all(towns, value >= 5)", "t3");
    operands_are(world, W_VERIFY, "all(towns, value >= 4) and sum(children, value) > 0",
                 "all(towns, value >= 4) = no data (t2); sum(children, value) = no data (t2)");
    /* one that no longer exists is not asked */
    world->units[14].valid_to = tb_period_last_day(world_period("2022-12"));
    says(world, W_VERIFY, "all(towns, value >= 4)", "TT");
    /* nobody to ask: nothing is said, and the check warns */
    says(world, W_VERIFY, "all(empty, value >= 5)", "xx");
    assert_int_equal(world->n_warnings, 1);
    assert_non_null(strstr(world->messages, "group 'empty' has no members"));
    assert_int_equal(world->column, 5);
    says(world, W_VERIFY, "count(empty, value >= 5) = 0", "xx");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_group_figures),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_units_of_a_group),
        cmocka_unit_test(test_missing_units_of_a_group),
    };

    return cmocka_run_group_tests_name("rule_units", tests, NULL, NULL);
}
