/* test_rule_rank.c - places in a group: bases, directions, given ranks, improvement. */
#include "rule_trial.h"

static void test_ranks(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "8.5 8.5 7.2 6.0 6.0 6.0 5.1 - !");
    says(world, W_GDP, "rank(city) <= 3", "TTTFFFF-!");
    says(world, W_GDP, "rank <= 3", "TTTFFFF-!");
    says(world, W_GDP, "rank(city) = 4", "FFFTTTF-!");
    says(world, W_GDP, "rank(city) = 7", "FFFFFFT-!");
    says(world, W_GDP, "bottom(city) > 3", "TTTFFFF-!");
    says(world, W_GDP, "bottom(city) = 6", "TTFFFFF-!");
    says(world, W_GDP, "tied(city)", "TTFTTTF-!");
    says(world, W_GDP, "count(city) = 7", "TTTTTTTTT");
    says(world, W_GDP, "rank(city) <= ceil(count(city) / 4)", "TTFFFFF-!");
    says(world, W_GDP, "rank(city) <= 4 and not tied(city)", "FFTFFFF-!");
    world->profile.set.no_tie_boundary = true;
    says(world, W_GDP, "rank(city) <= 4 and not tied(city)", "TTTFFFF-!");
    says(world, W_GDP, "rank(city) <= 6 and not tied(city)", "TTTTTTF-!");
    says(world, W_GDP, "rank(city) < 6 and not tied(city)", "TTTFFFF-!");
    world->profile.set.no_tie_boundary = false;
    world->profile.set.dense_ranks = true;
    says(world, W_GDP, "rank(city) = 3", "FFFTTTF-!");
    says(world, W_GDP, "bottom(city) <= 2", "FFFTTTT-!");
    world->profile.set.dense_ranks = false;
    world->profile.set.missing_ranks_last = true;
    /* five of twelve have no value: together from 8 to 12 */
    says(world, W_GDP, "rank(city) = 8", "FFFFFFFTT");
    says(world, W_GDP, "bottom(city) = 6", "FFFFFFTFF");
    /* the city itself and the townships are not in the group */
    says_for(world, W_GDP, "rank(city) <= 3", "2023-05", &(struct row){ .first = 13 }, "xxxx");
    world_free(world);
}

static void test_rank_basis(void **state)
{
    struct world *world = world_new();

    (void)state;
    /* 6.04 and 5.96 print as 6.0: tied as printed, first and second in full */
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "6.04 5.96 7 1");
    says(world, W_GDP, "rank(city) <= 2", "TtTF");
    says(world, W_GDP, "rank(city) <= 2 and not tied(city)", "ffTF");
    world->profile.set.rank_on_published = false;
    says(world, W_GDP, "rank(city) <= 2", "TfTF");
    world_free(world);
}

static void test_rank_direction(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "4.5 4.0 5.0");
    says(world, W_RATE, "rank(city) = 1", "FTF");
    says(world, W_RATE, "value <= best(city)", "FTF");
    says(world, W_RATE, "value >= worst(city)", "FFT");
    world_row(world, TB_MEASURE_GROWTH, W_ENERGY, "2023-05", "-3 2 1");
    says(world, W_ENERGY, "rank(city) <= 2", "TFT");
    world_row(world, TB_MEASURE_SCORE, W_RATE, "2023-05", "80 90 70");
    says(world, W_RATE, "rank(score, city) = 1", "FTF");
    world_free(world);
}

static void test_given_ranks(void **state)
{
    struct world *world = world_new();

    (void)state;
    /* only the upper level knows the values; k3 shares its place */
    world_row(world, TB_MEASURE_RANK, W_GDP, "2023-05", "7 9 3= 10");
    says(world, W_GDP, "rank(city) <= 7", "TFTF-");
    says(world, W_GDP, "rank(city) <= 7 and not tied(city)", "TFFF-");
    /* twelve in the group: the tenth is third from the bottom; of a tie nobody can say */
    says(world, W_GDP, "bottom(city) > 3", "TT!F-");
    /* of another quantity the given rank says nothing */
    says(world, W_GDP, "rank(ytd_growth, city) <= 7", "-----");
    /* all given: places from the bottom are counted */
    world->n_facts = 0;
    world_row(world, TB_MEASURE_RANK, W_GDP, "2023-05", "1 2 3 4 5 6 7 8 9 10= 10= 12");
    says(world, W_GDP, "bottom(city) > 3", "TTTTTTTTTFFF");
    says(world, W_GDP, "bottom(city) = 2", "FFFFFFFFFTTF");
    world->profile.set.no_tie_boundary = true;
    says(world, W_GDP, "rank(city) <= 11 and not tied(city)", "TTTTTTTTTTTF");
    says(world, W_GDP, "rank(city) <= 10 and not tied(city)", "TTTTTTTTTFFF");
    world_free(world);
}

static void test_kept_out_of_ranks(void **state)
{
    struct world *world = world_new();

    (void)state;
    /* growth on a tiny base is a number, but nobody is ranked by it */
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "500u 6 5");
    says(world, W_GDP, "growth > 5", "TTF");
    says(world, W_GDP, "rank(city) = 1", "!TF");
    world_free(world);
}

static void test_improves(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-04", "9 8 7 6 -");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "9 6 7 8 5");
    /* places 1 2 3 4 -> 1 4 3 2; the first cannot improve and keeps it */
    says(world, W_GDP, "rank(city) < prev(rank(city))", "TFFT-");
    says(world, W_GDP, "prev(rank(city)) > rank(city)", "TFFT-");
    world->profile.set.first_keeps_ok = false;
    says(world, W_GDP, "rank(city) < prev(rank(city))", "FFFT-");
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_rank_basis),
        cmocka_unit_test(test_rank_direction),
        cmocka_unit_test(test_given_ranks),
        cmocka_unit_test(test_kept_out_of_ranks),
        cmocka_unit_test(test_improves),
    };

    return cmocka_run_group_tests_name("rule_rank", tests, NULL, NULL);
}
