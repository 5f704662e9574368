/* test_rule_shared.c - numbers kept from one evaluation to the next change no answer. */
#include "rule_trial.h"

static const struct {
    size_t indicator;
    const char *text;
} rules[] = {
    { W_GDP, "growth >= 5" },
    { W_GDP, "growth > 5 and growth < 8" },
    { W_TRADE, "growth[gdp] >= 5 or growth >= 5" },
    { W_GDP, "rank(city) <= 3 and not tied(city)" },
    { W_GDP, "rank(city) < prev(rank(city))" },
    { W_GDP, "bottom(growth, others) > 2" },
    { W_TRADE, "rank(growth[gdp], city) <= 3" },
    { W_GDP, "rank(ytd, city) <= 3" },
    { W_GDP, "growth > mean(city)" },
    { W_GDP, "growth > mean(others)" },
    { W_GDP, "growth > median(city) and growth >= quantile(city, 0.25)" },
    { W_GDP, "growth >= quantile(city, 0.75)" },
    { W_GDP, "growth > area(city)" },
    { W_GDP, "growth > wmean(city)" },
    { W_GDP, "growth ~ 6.5" },
    { W_GDP, "growth ~ 6.5 +- 0.1" },
    { W_GDP, "ytd >= quota" },
    { W_GDP, "ytd >= annual * elapsed" },
    { W_GDP, "progress >= elapsed" },
    { W_GDP, "value > prev(value) and value > last_year(value)" },
    { W_GDP, "streak(growth > 5) >= 2" },
    { W_GDP, "value@k2 <= value" },
    { W_GDP, "value / ytd >= 20%" },
    { W_GDP, "known(value) and value >= 2" },
    { W_RATE, "value <= 4.5" },
    { W_RATE, "value <= 4.55" },
    { W_TITLE, "grade <= \"市级先进\" or grade[risk] = \"绿\"" },
    { W_VERIFY, "all(towns, value >= 4)" },
    { W_VERIFY, "count(children, value >= 5) >= 2 and sum(towns, value) > 3" },
};

static void fill(struct world *world)
{
    static const char *const months[] = { "2023-03", "2023-04", "2023-05" };

    for (size_t m = 0; m < 3; m++) {
        static const char *const growths[] = { "5 6 7.04 7 - ! 9p 3u 4.96", "6 6 6.96 7 8 ! 9 3 5.04",
                                               "7 5 7.05 7 7 x 9 4.96 5" };
        world_row(world, TB_MEASURE_GROWTH, W_GDP, months[m], growths[m]);
        world_row(world, TB_MEASURE_GROWTH, W_TRADE, months[m], growths[(m + 1) % 3]);
        world_row(world, TB_MEASURE_VALUE, W_GDP, months[m], m == 1 ? "1 2 3 - 5" : "2 2 2 4 4");
        world_row(world, TB_MEASURE_YTD, W_GDP, months[m], m == 1 ? "9 8 7 6 -" : "5 9 8 8 7");
        world_row(world, TB_MEASURE_VALUE, W_RATE, months[m], "4.5 4.54 4.56 4.44 - 4.55");
        world_row(world, TB_MEASURE_VALUE, W_TITLE, months[m], "1 2 3 4 -");
        world_row(world, TB_MEASURE_VALUE, W_RISK, months[m], "4 3 2 1 1");
        world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, months[m], 13, m == 2 ? "5 6 4 9" : "5 - 3 9");
        world_pooled(world, TB_MEASURE_GROWTH, W_GDP, months[m], true, "6.5");
        world_pooled(world, TB_MEASURE_GROWTH, W_GDP, months[m], false, "6.1");
    }
}

/* All that a run tells of every unit, as one text. */
static void tell(const struct tb_rule_run *run, struct tb_buf *out)
{
    struct tb_rule_gap gap;

    for (size_t u = 0; u < WORLD_UNITS; u++) {
        tb_buf_printf(out, "%d %d %d %d %d ", (int)tb_rule_truth(run, u),
                      (int)tb_rule_unknown(run, u), tb_rule_provisional(run, u),
                      tb_rule_knife_edge(run, u), tb_rule_is_vacuous(run, u));
        tb_rule_gap(run, u, &gap);
        if (gap.has_gap)
            tb_buf_printf(out, "%lld/%lld %d ", (long long)gap.gap.num, (long long)gap.gap.den,
                          gap.decimals);
        tb_rule_operands(run, u, out);
        tb_rule_culprits(run, u, out);
        tb_buf_putc(out, '\n');
    }
}

static void evaluate(struct world *world, size_t r, const char *month,
                     struct tb_rule_shared *shared, struct tb_buf *out)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_operand annual[WORLD_UNITS], quota[WORLD_UNITS];
    struct tb_rule *rule = world_compile(world, rules[r].text, (int32_t)rules[r].indicator, NULL);
    struct tb_rule_source source = world_source(world);
    struct tb_rule_frame frame = { .indicator = rules[r].indicator,
                                   .period = world_period(month),
                                   .from = world_period("2023-01"),
                                   .to = world_period("2023-12"),
                                   .annual = annual,
                                   .quota = quota,
                                   .shared = shared };

    if (!rule)
        fail_msg("'%s': %s", rules[r].text, world->messages);
    /* Each target has amounts of its own. */
    for (size_t u = 0; u < WORLD_UNITS; u++)
        annual[u] = quota[u] = (struct tb_operand){ .number = { (int64_t)(r % 3 * 4), 1 } };
    struct tb_rule_run *run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    if (!run)
        fail_msg("'%s': %s", rules[r].text, err.text);
    tell(run, out);
    tb_rule_run_free(run);
    tb_rule_free(rule);
}

static void compare_all(struct world *world, struct tb_rule_shared *shared)
{
    static const char *const months[] = { "2023-05", "2023-04", "2023-05" };

    for (size_t m = 0; m < 3; m++)
        for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
            struct tb_buf alone = TB_BUF_INIT, together = TB_BUF_INIT;

            evaluate(world, r, months[m], NULL, &alone);
            evaluate(world, r, months[m], shared, &together);
            if (strcmp(tb_buf_text(&alone), tb_buf_text(&together)) != 0)
                fail_msg("'%s' in %s: alone\n%s\ntogether\n%s", rules[r].text, months[m],
                         tb_buf_text(&alone), tb_buf_text(&together));
            tb_buf_release(&alone);
            tb_buf_release(&together);
        }
}

static void test_same_answers(void **state)
{
    struct world *world = world_new();
    struct tb_rule_shared *shared = tb_rule_shared_new();

    (void)state;
    assert_non_null(shared);
    fill(world);
    compare_all(world, shared);
    compare_all(world, shared);
    /* Numbers are forgotten, memory is used again; then other settings. */
    tb_rule_shared_forget(shared);
    world->profile.set.limit_on_published = true;
    world->profile.set.rank_on_published = false;
    compare_all(world, shared);
    tb_rule_shared_free(shared);
    world_free(world);
}

static void test_asks_once(void **state)
{
    struct world *world = world_new();
    struct tb_rule_shared *shared = tb_rule_shared_new();
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    fill(world);
    evaluate(world, 0, "2023-05", shared, &out);
    size_t calls = world->calls;
    assert_true(calls > 0);
    evaluate(world, 0, "2023-05", shared, &out);
    evaluate(world, 1, "2023-05", shared, &out);
    assert_int_equal(world->calls, calls);
    evaluate(world, 0, "2023-04", shared, &out);
    assert_true(world->calls > calls);
    tb_buf_release(&out);
    tb_rule_shared_free(shared);
    world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_answers),
        cmocka_unit_test(test_asks_once),
    };

    return cmocka_run_group_tests_name("rule_shared", tests, NULL, NULL);
}
