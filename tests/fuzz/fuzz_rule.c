/* fuzz_rule.c - any bytes as a rule: compiled, printed, compiled again, evaluated alone and
 * with numbers kept from the evaluations before, which must not change an answer.
 *
 * With clang: -fsanitize=fuzzer,address,undefined.  With TB_FUZZ_MAIN a plain
 * program that runs the files given, for inputs once found.  The first byte says
 * for which indicator the rule is.
 */
#include "../unit/rule_world.h"

#include "tongbao/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The canonical spelling must be taken and must be its own canonical spelling. */
static void print_and_read_again(struct world *world, const struct tb_rule *rule, int32_t indicator)
{
    struct tb_buf once = TB_BUF_INIT;
    struct tb_buf twice = TB_BUF_INIT;

    tb_rule_print(rule, &world->profile, &once);
    struct tb_rule *again = world_compile(world, tb_buf_text(&once), indicator, NULL);
    /* Only what is canonically longer than the limit may be refused. */
    if (!again && once.len <= 8192) {
        fprintf(stderr, "'%s': %s\n", tb_buf_text(&once), world->messages);
        abort();
    }
    if (again) {
        tb_rule_print(again, &world->profile, &twice);
        if (strcmp(tb_buf_text(&once), tb_buf_text(&twice)) != 0)
            abort();
    }
    tb_rule_free(again);
    tb_buf_release(&once);
    tb_buf_release(&twice);
}

/* All that a run tells, as one text. */
static void tell(const struct tb_rule_run *run, struct tb_buf *out)
{
    struct tb_rule_gap gap;

    for (size_t unit = 0; unit < WORLD_UNITS; unit++) {
        tb_rule_gap(run, unit, &gap);
        tb_buf_printf(out, "%d %d %d %d %d %lld ", (int)tb_rule_truth(run, unit),
                      (int)tb_rule_unknown(run, unit), tb_rule_provisional(run, unit),
                      tb_rule_knife_edge(run, unit), tb_rule_is_vacuous(run, unit),
                      gap.has_gap ? (long long)gap.gap.num : 0);
        tb_rule_operands(run, unit, out);
        tb_rule_culprits(run, unit, out);
        tb_buf_putc(out, '\n');
    }
}

static void evaluate(struct world *world, const struct tb_rule *rule, int32_t indicator,
                     struct tb_rule_shared *shared, struct tb_buf *out)
{
    struct tb_rule_source source = world_source(world);
    struct tb_operand annual[WORLD_UNITS], quota[WORLD_UNITS];
    struct tb_rule_frame frame = { .indicator = indicator < 0 ? W_TRADE : (size_t)indicator,
                                   .period = world_period("2023-05"),
                                   .from = world_period("2023-01"),
                                   .to = world_period("2023-12"),
                                   .annual = annual,
                                   .quota = quota,
                                   .shared = shared };
    struct tb_error err = TB_ERROR_INIT;

    for (size_t u = 0; u < WORLD_UNITS; u++) {
        annual[u] = (struct tb_operand){ .number = { (int64_t)u, 3 } };
        quota[u] = (struct tb_operand){ .number = { 0, 1 }, .known = u % 4 };
    }
    frame.period = tb_period_within(frame.period, world->indicators[frame.indicator].frequency);
    struct tb_rule_run *run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    if (run)
        tell(run, out);
    tb_rule_run_free(run);
}

static void evaluate_both_ways(struct world *world, const struct tb_rule *rule, int32_t indicator)
{
    struct tb_rule_shared *shared = tb_rule_shared_new();
    struct tb_buf alone = TB_BUF_INIT;

    evaluate(world, rule, indicator, NULL, &alone);
    for (int i = 0; shared && i < 2; i++) {
        struct tb_buf together = TB_BUF_INIT;
        evaluate(world, rule, indicator, shared, &together);
        if (strcmp(tb_buf_text(&alone), tb_buf_text(&together)) != 0)
            abort();
        tb_buf_release(&together);
    }
    tb_buf_release(&alone);
    tb_rule_shared_free(shared);
}

/* Numbers of every kind for the measures that a short rule is likely to use. */
static void fill(struct world *world)
{
    static const char *const periods[] = { "2023-04", "2023-05" };

    for (size_t p = 0; p < 2; p++) {
        for (enum tb_measure m = TB_MEASURE_VALUE; m <= TB_MEASURE_MOM; m++) {
            world_row(world, m, W_GDP, periods[p], "1.5 -2 0 - ! 9223372036854775807 1/3 5p");
            world_row(world, m, W_TRADE, periods[p], "3 3 3 1/999983 2/999979 - 0.1");
        }
        world_row(world, TB_MEASURE_RANK, W_GDP, periods[p], "1= 1= 3 - 5");
        world_row(world, TB_MEASURE_VALUE, W_TITLE, periods[p], "1 4 - 2 3");
        world_row_from(world, TB_MEASURE_VALUE, W_VERIFY, periods[p], 13, "5 - 4p 9");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct world *world = world_new();
    int32_t indicator = data[0] % (WORLD_INDICATORS + 1) - 1;
    char *text = calloc(size, 1);

    assert(text);
    memcpy(text, data + 1, size - 1);
    fill(world);
    struct tb_rule *rule = world_compile(world, text, indicator, NULL);
    if (rule) {
        print_and_read_again(world, rule, indicator);
        evaluate_both_ways(world, rule, indicator);
    }
    tb_rule_free(rule);
    free(text);
    world_free(world);
    return 0;
}

#ifdef TB_FUZZ_MAIN
static int run_file(const char *path)
{
    static uint8_t data[1 << 16];
    FILE *file = fopen(path, "rb");

    if (!file) {
        perror(path);
        return 1;
    }
    size_t size = fread(data, 1, sizeof data, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (!failed)
        LLVMFuzzerTestOneInput(data, size);
    return failed;
}

int main(int argc, char **argv)
{
    int rc = 0;

    for (int i = 1; i < argc; i++)
        rc |= run_file(argv[i]);
    return rc;
}
#endif
