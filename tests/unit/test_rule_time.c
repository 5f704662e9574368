/* test_rule_time.c - other periods: prev, last_year, at, streak, step, total, elapsed. */
#include "rule_trial.h"

static void test_joint_january(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_TRADE, "2022-12", "1");
    world_row(world, TB_MEASURE_GROWTH, W_TRADE, "2023-02", "2");
    world_row(world, TB_MEASURE_GROWTH, W_TRADE, "2023-03", "3");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2022-12", "1");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-02", "2");
    says_for(world, W_TRADE, "growth > prev(growth)", "2023-03", NULL, "T");
    says_for(world, W_TRADE, "prev(growth) = 2", "2023-03", NULL, "T");
    says_for(world, W_TRADE, "prev(growth) = 1", "2023-02", NULL, "T");
    says_for(world, W_TRADE, "prev(growth, 2) = 1", "2023-03", NULL, "T");
    says_for(world, W_TRADE, "streak(growth > 0) = 3", "2023-03", NULL, "T");
    /* the calendar is that of the indicator asked for: gdp has a January, which is missing */
    says_for(world, W_GDP, "growth > prev(growth)", "2023-02", NULL, "-");
    says_for(world, W_GDP, "growth > prev(growth[trade])", "2023-02", NULL, "T");
    says_for(world, W_GDP, "streak(growth > 0) = 1", "2023-02", NULL, "T");
    world_free(world);
}

static void test_time(void **state)
{
    struct world *world = world_new();
    const struct row span = { .from = "2023-05", .to = "2023-06" };

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_POP, "2022-12", "10 20 -");
    world_row(world, TB_MEASURE_VALUE, W_POP, "2022-05", "12 12 12");
    world_row(world, TB_MEASURE_VALUE, W_POP, "2023-05", "10 19 5");
    says(world, W_POP, "value >= at(2022)", "TF-");
    says(world, W_POP, "value >= at(2022-12, value)", "TF-");
    says(world, W_POP, "value > last_year(value)", "FTF");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2021-05", "33.1 5 5");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2022-05", "0 5 -100.1 -");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "21 - 5 5");
    says(world, W_GDP, "average(growth, 2) = 10", "T-!-");
    says_for(world, W_GDP, "average(growth, 2) >= 10", "2024-05", NULL, "-");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2020-05", "0 5 5 5");
    says_for(world, W_GDP, "average(growth, 3) = 10", "2022-05", NULL, "TF!-");
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "30 29");
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-06", "50 49");
    says(world, W_RATE, "value >= step(2023-05: 30, 2023-06: 50)", "TF");
    says_for(world, W_RATE, "value >= step(2023-05: 30, 2023-06: 50%)", "2023-06", NULL, "TF");
    says_for(world, W_RATE, "value >= step(2023-05: 30, 2023-06: 50)", "2023-04", NULL, "x");
    world_row(world, TB_MEASURE_VALUE, W_ROAD, "2023-04", "9 9 9 9");
    world_row(world, TB_MEASURE_VALUE, W_ROAD, "2023-05", "2.6 2.5 - 2.6");
    world_row(world, TB_MEASURE_VALUE, W_ROAD, "2023-06", "3 3 3 -");
    says_for(world, W_ROAD, "total >= 5.6", "2023-06", &span, "TF--");
    says_for(world, W_ROAD, "total >= 2.6", "2023-05", &span, "TF-T");
    says_for(world, W_ROAD, "total >= 2.6", "2023-04", &span, "x");
    /* 2.6 km is 2600 m; the row counts in metres */
    says_for(world, W_ROAD, "total >= 2600", "2023-05",
             &(struct row){ .from = "2023-05", .to = "2023-06", .unit_measure = "米" }, "TF-T");
    world_free(world);
}

static void test_schedule(void **state)
{
    struct world *world = world_new();
    const struct row year = { .from = "2023-01", .to = "2023-12", .annual = "120", .quota = "50" };
    const struct row bare = { .from = "2023-01", .to = "2023-12" };

    (void)state;
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-06", "66 65 60 59 -");
    says_for(world, W_RD, "ytd >= 55% * annual", "2023-06", &year, "TFFF-");
    says_for(world, W_RD, "ytd >= quota", "2023-06", &year, "TTTT-");
    says_for(world, W_RD, "ytd >= quota", "2023-06", &bare, "xxxxx");
    says_for(world, W_RD, "progress >= elapsed", "2023-06", &year, "TTTF-");
    says_for(world, W_RD, "progress >= 90% * elapsed", "2023-06", &year, "TTTT-");
    says_for(world, W_RD, "ytd >= annual * elapsed", "2023-06", &year, "TTTF-");
    world_row(world, TB_MEASURE_YTD, W_VERIFY, "2023-06", "2 1 3");
    says_for(world, W_VERIFY, "ytd >= 4 * elapsed", "2023-06", &year, "TFT");
    /* without a span: of the year */
    says_for(world, W_VERIFY, "ytd >= 4 * elapsed", "2023-06", NULL, "TFT");
    world_free(world);
}

/* Each month of the quarter; one that fails decides, one without data leaves it open. */
static void test_every(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_POP, "2023-01", "3 3 - - 3");
    world_row(world, TB_MEASURE_VALUE, W_POP, "2023-02", "4 2 4 2 3");
    world_row(world, TB_MEASURE_VALUE, W_POP, "2023-03", "5 5 5 5 3");
    world_row(world, TB_MEASURE_VALUE, W_POP, "2022-12", "0 0 0 0 0");
    says_for(world, W_QUARTER, "every(value[pop] >= 3)", "2023-Q1", NULL, "TF-FT");
    says_for(world, W_QUARTER, "not every(value[pop] >= 3)", "2023-Q1", NULL, "FT-TF");
    /* a joint figure: February speaks for January; the row is in 元, the other in 万元 */
    world_row(world, TB_MEASURE_VALUE, W_TRADE, "2023-02", "3 3");
    world_row(world, TB_MEASURE_VALUE, W_TRADE, "2023-03", "3 2");
    says_for(world, W_QUARTER, "every(value[trade] >= 30000)", "2023-Q1", NULL, "TF");
    /* of its own frequency: the period alone */
    says_for(world, W_POP, "every(value >= 5)", "2023-03", NULL, "TTTTF");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_joint_january),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_schedule),
        cmocka_unit_test(test_every),
    };

    return cmocka_run_group_tests_name("rule_time", tests, NULL, NULL);
}
