/* test_rule_result.c - what is told of an answer: provisional, gap, operands. */
#include "rule_trial.h"

static void test_provisional(void **state)
{
    struct world *world = world_new();
    struct trial trial;

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1p 1 0 0p");
    world_row(world, TB_MEASURE_MOM, W_GDP, "2023-05", "1 1 0p 1");
    trial_open(&trial, world, W_GDP, "growth > 0 and mom > 0", "2023-05", NULL);
    assert_true(tb_rule_provisional(trial.run, 1));
    assert_false(tb_rule_provisional(trial.run, 2));
    assert_false(tb_rule_provisional(trial.run, 3)); /* a firm part is false already */
    assert_true(tb_rule_provisional(trial.run, 4));
    trial_close(&trial);
    world_free(world);
}

static void test_gap(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-04", "9 8 7 6 5");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "9 8.5 6 7 -");
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "4.0 5.0");
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-05", "150");
    world_row(world, TB_MEASURE_YTD, W_GDP, "2023-05", "0.8");
    gap_is(world, W_GDP, "growth >= 10", 1, "9.0 10.0 -1.0 %");
    gap_is(world, W_GDP, "10 <= growth", 1, "9.0 10.0 -1.0 %");
    gap_is(world, W_GDP, "growth >= 10", 5, "? 10.0 ? %");
    gap_is(world, W_RATE, "value <= 4.5", 1, "4.0 4.5 0.5 %");
    gap_is(world, W_RATE, "value <= 4.5", 2, "5.0 4.5 -0.5 %");
    gap_is(world, W_GDP, "rank(city) <= 3", 3, "4 3 -1 place");
    gap_is(world, W_GDP, "rank(city) <= 3", 1, "1 3 2 place");
    gap_is(world, W_GDP, "bottom(city) > 3", 1, "4 3 0 place");
    gap_is(world, W_GDP, "bottom(city) > 3", 3, "1 3 -3 place");
    /* an unchanged place is one short; who stays first is not */
    gap_is(world, W_GDP, "rank(city) < prev(rank(city))", 2, "2 2 -1 place");
    gap_is(world, W_GDP, "rank(city) < prev(rank(city))", 1, "1 1 0 place");
    gap_is(world, W_GDP, "rank(city) < prev(rank(city))", 4, "3 4 0 place");
    gap_is(world, W_GDP, "growth ~ 10", 1, "9.0 10.0 -0.5 %");
    gap_is(world, W_GDP, "growth ~ 9.2", 1, "9.0 9.2 0.3 %");
    gap_is(world, W_RD, "ytd[rd] / ytd[gdp] >= 2%", 1, "1.9 2.0 -0.1 %");
    /* and: the false part first; among several the farthest behind */
    gap_is(world, W_GDP, "growth > 1 and rank(city) <= 3", 3, "4 3 -1 place");
    gap_is(world, W_GDP, "growth >= 9.5 and growth >= 18 and growth > 1", 1, "9.0 18.0 -9.0 %");
    gap_is(world, W_GDP, "growth >= 3 and growth >= 8", 1, "9.0 8.0 1.0 %");
    gap_is(world, W_GDP, "growth >= 10 or growth >= 18", 1, "9.0 10.0 -1.0 %");
    gap_is(world, W_GDP, "not growth < 10", 1, "9.0 10.0 -1.0 %");
    gap_is(world, W_GDP, "growth = 10", 1, "9.0 10.0 -1.0 %");
    gap_is(world, W_GDP, "tied(city)", 1, "? ? ?");
    world_free(world);
}

static void test_operands(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "5.25 3 1");
    world_row(world, TB_MEASURE_GROWTH, W_TRADE, "2023-05", "-");
    world_row(world, TB_MEASURE_MOM, W_GDP, "2023-05", "!");
    world_pooled(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", true, "6.1");
    operands_are(world, W_GDP, "growth > area(city) and growth >= 3",
                 "growth = 5.3; area(city) = 6.1");
    operands_are(world, W_GDP, "growth[进出口总额] > 3 or mom > 2 + growth",
                 "growth[trade] = no data; mom = not computable; growth = 5.3");
    operands_are(world, W_GDP, "rank(city) < prev(rank(city)) and not tied(city)",
                 "rank(city) = 1; prev(rank(city)) = no data; tied(city) = no");
    /* one bare name, two numbers: that of another indicator says so */
    world_pooled(world, TB_MEASURE_GROWTH, W_TRADE, "2023-05", true, "7.5");
    operands_are(world, W_GDP, "growth > area(city) and growth[trade] > area(city)",
                 "growth = 5.3; area(city) = 6.1; growth[trade] = no data; "
                 "area(growth[trade], city) = 7.5");
    operands_are(world, W_GDP, "growth > 100 * elapsed", "growth = 5.3; elapsed = 41.7%");
    operands_are(world, W_GDP, "growth > 3 and quota > 1 and on_time",
                 "growth = 5.3; quota = not applicable; late_days = no data");
    world_free(world);
}

static void test_shared_work(void **state)
{
    struct world *world = world_new();
    struct trial trial;

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1 2 3 4");
    trial_open(&trial, world, W_GDP, "growth > mean(city) and growth > median(city)", "2023-05",
               NULL);
    /* two places of the same measure, three views: asked once for each place */
    assert_true(world->calls <= 2);
    trial_close(&trial);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_provisional),
        cmocka_unit_test(test_gap),
        cmocka_unit_test(test_operands),
        cmocka_unit_test(test_shared_work),
    };

    return cmocka_run_group_tests_name("rule_result", tests, NULL, NULL);
}
