/* test_rule_screen.c - screens as functions of the rule language: who is judged, who
 * cannot be, and against what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule_world.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"

enum { MONTHS = 30, FIRST = 2021 * 12 };

/* A world with one plane: the value of retail trade by month. */
struct stage {
    struct world *world;
    struct tb_plane plane;
    int64_t value[MONTHS * WORLD_UNITS];
    uint8_t status[MONTHS * WORLD_UNITS];
    uint32_t origin[MONTHS * WORLD_UNITS];
    size_t looks; /* how often the plane was asked for */
};

static void measure(void *user, enum tb_measure which, size_t indicator, uint8_t group,
                    struct tb_period period, struct tb_operand out[])
{
    world_measure(((struct stage *)user)->world, which, indicator, group, period, out);
}

static const struct tb_plane *plane(void *user, enum tb_measure which, size_t indicator)
{
    struct stage *stage = user;

    stage->looks++;
    return which == TB_MEASURE_VALUE && indicator == W_GDP ? &stage->plane : NULL;
}

static struct stage *stage_new(void)
{
    struct stage *stage = calloc(1, sizeof *stage);

    assert_non_null(stage);
    stage->world = world_new();
    stage->plane = (struct tb_plane){ .key = { W_GDP, TB_MEASURE_VALUE, 0, TB_NO_GROUP },
                                      .freq = TB_FREQ_MONTH,
                                      .first = FIRST,
                                      .n_periods = MONTHS,
                                      .n_columns = WORLD_UNITS,
                                      .scale = 2,
                                      .value = stage->value,
                                      .status = stage->status,
                                      .origin = stage->origin };
    for (size_t unit = 1; unit <= 3; unit++)
        for (size_t row = 0; row < MONTHS; row++) {
            size_t cell = row * WORLD_UNITS + unit;
            stage->value[cell] = 1000000 + (int64_t)(row * 7919 % 3001) * (int64_t)unit;
            stage->status[cell] = TB_STATUS_A;
            stage->origin[cell] = 1;
        }
    return stage;
}

static void stage_free(struct stage *stage)
{
    world_free(stage->world);
    free(stage);
}

/* What a rule answers of k1, k2 ...: T, F, and why not. */
static void says(struct stage *stage, const char *text, const char *period, const char *expected,
                 struct tb_rule_cache *cache)
{
    struct tb_rule *rule = world_compile(stage->world, text, W_GDP, NULL);
    struct tb_rule_source source = { .user = stage, .measure = measure, .plane = plane };
    struct tb_rule_frame frame = {
        .indicator = W_GDP, .period = world_period(period), .truth_only = true, .cache = cache
    };
    struct tb_error err = TB_ERROR_INIT;
    char got[WORLD_UNITS + 1] = "";

    if (!rule)
        fail_msg("'%s': %s", text, stage->world->messages);
    struct tb_rule_run *run = tb_rule_eval(rule, &stage->world->profile, &source, &frame, &err);
    assert_non_null(run);
    for (size_t i = 0; expected[i]; i++) {
        enum tb_truth truth = tb_rule_truth(run, i + 1);
        got[i] = truth == TB_TRUE    ? 'T'
                 : truth == TB_FALSE ? 'F'
                                     : "?-h!x"[tb_rule_unknown(run, i + 1)];
    }
    assert_string_equal(got, expected);
    tb_rule_run_free(run);
    tb_rule_free(rule);
}

/* The worked example of the methods note in the words of a check; k11 has no base, k12 sent
 * nothing, the township is no member. */
static void test_hidiroglou_berthelot(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    world_row(stage->world, TB_MEASURE_VALUE, W_GDP, "2022-05",
              "1200 800 450 300 150 90 60 1000 700 40 0");
    world_row(stage->world, TB_MEASURE_VALUE, W_GDP, "2023-05",
              "1272 852 472 321 158 95.4 63.3 1700 742 80 5 - 5");
    says(stage, "abs(hb(value, last_year(value), city)) <= 20", "2023-05", "TTTTTTTFTF!-x", NULL);
    says(stage, "abs(hb(value, last_year(value), city)) <= 4", "2023-05", "TTFTTTTFTF!-x", NULL);
    /* and a gap of at least five points */
    says(stage,
         "abs(hb(value, last_year(value), city)) <= 4 or abs(hb_gap(value, last_year(value), "
         "city)) < 5",
         "2023-05", "TTTTTTTFTF!-x", NULL);
    stage_free(stage);
}

static void test_across_units(void **state)
{
    struct stage *stage = stage_new();

    (void)state;
    world_row(stage->world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1 2 3 4 5 6 100 - ! x");
    says(stage, "abs(modified_z(growth, city)) <= 3.5", "2023-05", "TTTTTTF-!x", NULL);
    says(stage, "abs(tukey(growth, city)) <= 1.5", "2023-05", "TTTTTTF-!x", NULL);
    world_row(stage->world, TB_MEASURE_GROWTH, W_GDP, "2023-04", "1 2 3 90");
    says(stage, "abs(modified_z(growth, city)) <= 3.5", "2023-04", "!!!!--", NULL); /* four units */
    world_row(stage->world, TB_MEASURE_GROWTH, W_GDP, "2023-03", "5 5 5 5 5.5 6");
    says(stage, "abs(modified_z(growth, city)) <= 3.5", "2023-03", "TTTT!!-", NULL);
    says(stage, "abs(modified_z(growth, city, 0.5)) <= 3.5", "2023-03", "TTTTTF-", NULL);
    stage_free(stage);
}

static void test_along_series(void **state)
{
    struct stage *stage = stage_new();
    struct tb_rule_cache *cache;

    (void)state;
    stage->value[20 * WORLD_UNITS + 1] *= 10000; /* 2022-09 of k1 */
    stage->value[20 * WORLD_UNITS + 2] = stage->value[19 * WORLD_UNITS + 2];
    stage->status[20 * WORLD_UNITS + 3] = TB_STATUS_O; /* held */
    says(stage, "scale_jump(value) = 0", "2022-09", "FT--", NULL);
    says(stage, "scale_jump(value) = 0", "2021-05", "!!!-", NULL); /* too short a past */
    says(stage, "abs(hampel(value)) <= 3", "2022-09", "FT--", NULL);
    says(stage, "stale(value) = 0", "2022-09", "TF--", NULL);
    says(stage, "abs(seasonal(value)) <= 3.5", "2022-09", "!!--", NULL); /* no five years */
    says(stage, "heaping(value) >= 0.001", "2022-09", "!!--", NULL);     /* no fifty digits */
    says(stage, "stale(ytd) = 0", "2022-09", "xxxx", NULL);              /* no such plane */
    says(stage, "prev(stale(value)) = 0", "2022-10", "TF--", NULL);
    stage->origin[20 * WORLD_UNITS + 1] = 0; /* derived: only what follows the others is asked */
    says(stage, "scale_jump(value) = 0", "2022-09", "xT--", NULL);
    says(stage, "abs(hampel(value)) <= 3", "2022-09", "FT--", NULL);
    stage->origin[20 * WORLD_UNITS + 1] = 1;
    cache = tb_rule_cache_new();
    assert_non_null(cache);
    says(stage, "scale_jump(value) = 0", "2022-09", "FT--", cache);
    tb_rule_cache_free(cache);
    stage_free(stage);
}

/* Scores are made once for all periods of a series when a cache is there. */
static void test_cache(void **state)
{
    struct stage *stage = stage_new();
    struct tb_rule *rule = world_compile(stage->world, "stale(value) = 0", W_GDP, NULL);
    struct tb_rule_source source = { .user = stage, .measure = measure, .plane = plane };
    struct tb_rule_cache *cache = tb_rule_cache_new();
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_true(rule && cache);
    for (int32_t month = 5; month < 7; month++) {
        struct tb_rule_frame frame = { .indicator = W_GDP,
                                       .period = { TB_FREQ_MONTH, FIRST + month },
                                       .truth_only = true,
                                       .cache = cache };
        struct tb_rule_run *run = tb_rule_eval(rule, &stage->world->profile, &source, &frame, &err);
        assert_int_equal(tb_rule_truth(run, 1), TB_TRUE);
        tb_rule_run_free(run);
        stage->value[6 * WORLD_UNITS + 1] = stage->value[5 * WORLD_UNITS + 1]; /* too late */
    }
    tb_rule_cache_free(cache);
    tb_rule_free(rule);
    stage_free(stage);
}

/* Screens are advice to a reviewer: no target rests on one. */
static void test_only_in_checks(void **state)
{
    struct world *world = world_new();
    struct tb_rule_context context = { .indicator = W_GDP };
    struct tb_diag diag = { .sink = world_listen, .user = world };
    struct tb_place place = { .file = "targets.csv", .line = 1 };

    (void)state;
    assert_null(tb_rule_compile("value > 3 and stale(value) = 0", &world->profile, &context, &diag,
                                &place));
    assert_string_equal(world->messages,
                        "stale screens what was submitted, expected only in checks.csv");
    assert_int_equal(world->column, 15);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hidiroglou_berthelot), cmocka_unit_test(test_across_units),
        cmocka_unit_test(test_along_series),         cmocka_unit_test(test_cache),
        cmocka_unit_test(test_only_in_checks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
