/* test_rule_hostile.c - rules that are too long, too deep or ask for too much: refused or fast. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "rule_world.h"
#include "tongbao/error.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_hostile_evaluation),
    };

    return cmocka_run_group_tests_name("rule_hostile", tests, NULL, NULL);
}
