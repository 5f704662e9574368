/* rules.c - how fast rules are evaluated: 1,500 targets over 3,000 units and 60 months.
 *
 *   build/bench_rules [TARGETS UNITS MONTHS THREADS]        (1500 3000 60, all processors)
 *
 * The profile and the numbers are made up.  Units stand in groups of fifty, each with a lead
 * unit above them; the rules are those forms of the catalogue that a rule can say, about as
 * often as they occur there.  Every rule is evaluated in every month for every unit, from
 * the cube through the source that analyse uses, with knife edges.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "analyse/measure/measures.h"
#include "analyse/measure/source.h"
#include "tongbao/cube.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

enum { INDICATORS = 60, GROUP_SIZE = 50, FIRST_YEAR = 2019 };

/* What each indicator is, by its row modulo ten. */
enum sort { FLOW, RATE, COUNT, MILESTONE, GRADE };
static const enum sort sorts[10] = { FLOW, FLOW, FLOW, FLOW, FLOW, RATE, COUNT, FLOW, MILESTONE, GRADE };

struct form {
    enum sort sort;
    unsigned per_mille;
    const char *rule; /* %d: a group, then a number */
};

/* clang-format off */
static const struct form forms[] = {
    { FLOW, 200, "ytd >= 5000" },             { MILESTONE, 190, "done" },
    { RATE, 150, "value >= 100" },            { COUNT, 60, "value = 0" },
    { FLOW, 50, "rank(growth, g%02d) = 3" },  { FLOW, 40, "rank(ytd, g%02d) <= 7" },
    { FLOW, 40, "ytd >= quota" },             { FLOW, 35, "growth >= 5" },
    { FLOW, 35, "progress >= elapsed" },      { RATE, 30, "value >= 55" },
    { COUNT, 25, "all(g%02d, value >= 1)" },  { COUNT, 25, "ytd >= 4 * elapsed" },
    { GRADE, 20, "grade <= \"市级\"" },       { FLOW, 15, "ytd > last_year(ytd)" },
    { FLOW, 12, "bottom(growth, g%02d) > 3" },
    { FLOW, 12, "rank(growth, g%02d) < prev(rank(growth, g%02d))" },
    { FLOW, 12, "growth >= 5 and ytd_growth >= 3 and ytd >= 4000" },
    { RATE, 12, "value <= 4.5" },             { FLOW, 10, "growth > wmean(g%02d)" },
    { COUNT, 10, "value > 0" },               { FLOW, 7, "growth ~ 6.5" },
    { RATE, 5, "value > mean(g%02d)" },       { FLOW, 5, "rank(growth, g%02d) <= 7 and not tied(g%02d)" },
};
/* clang-format on */

struct bench {
    size_t n_targets, n_units, n_months, threads;
    char root[64], cube_path[128];
    struct tb_profile *profile;
    struct tb_cube *cube;
    struct tb_measures ms;
    struct tb_operand *amount; /* [n_units] annual task and quota */
    size_t *order;             /* targets by indicator */
    size_t first[INDICATORS + 1];
    struct tb_rule_pool *pool;
    size_t n_true[INDICATORS]; /* for a total that no number of threads changes */
};

static void die(const char *what)
{
    fprintf(stderr, "bench_rules: %s\n", what);
    exit(1);
}

static FILE *open_table(const struct bench *b, const char *name)
{
    char path[192];
    snprintf(path, sizeof path, "%s/config/bench/%s", b->root, name);
    FILE *file = fopen(path, "w");
    if (!file)
        die(path);
    return file;
}

static void write_units(const struct bench *b)
{
    FILE *file = open_table(b, "groups.csv");
    fprintf(file, "group,name_zh\n");
    for (size_t g = 0; g * GROUP_SIZE < b->n_units; g++)
        fprintf(file, "g%02zu,组%zu\n", g, g);
    fclose(file);
    file = open_table(b, "units.csv");
    fprintf(file, "unit,name_zh,parent,groups\n");
    for (size_t u = 0; u < b->n_units; u++) {
        size_t lead = u / GROUP_SIZE * GROUP_SIZE;
        fprintf(file, "U%05zu,单位%zu,", u, u);
        if (u != lead)
            fprintf(file, "U%05zu", lead);
        fprintf(file, ",g%02zu\n", u / GROUP_SIZE);
    }
    fclose(file);
}

static void write_indicators(const struct bench *b)
{
    static const char *const kinds[] = { [FLOW] = "万元,flow,higher", [RATE] = "%,rate,higher",
                                         [COUNT] = "件,count,lower",
                                         [MILESTONE] = "%,milestone,higher",
                                         [GRADE] = ",grade,higher" };
    FILE *file = open_table(b, "indicators.csv");

    fprintf(file, "indicator,name_zh,unit_measure,kind,direction,grades,growth\n");
    for (size_t i = 0; i < INDICATORS; i++)
        fprintf(file, "I%03zu,指标%zu,%s,%s,computed\n", i, i, kinds[sorts[i % 10]],
                sorts[i % 10] == GRADE ? "国家级;省级;市级;达标" : "");
    fclose(file);
}

/* The i-th indicator of a sort. */
static size_t indicator_of(enum sort sort, size_t i)
{
    size_t n = 0;

    for (size_t row = 0;; row = (row + 1) % INDICATORS)
        if (sorts[row % 10] == sort && n++ == i)
            return row;
}

static void write_targets(const struct bench *b)
{
    FILE *file = open_table(b, "targets.csv");
    size_t form = 0, left = forms[0].per_mille, groups = (b->n_units + GROUP_SIZE - 1) / GROUP_SIZE;

    fprintf(file, "target,indicator,from,to,rule,annual,quota\n");
    for (size_t t = 0; t < b->n_targets; t++) {
        while (left == 0) {
            form = (form + 1) % (sizeof forms / sizeof *forms);
            left = forms[form].per_mille;
        }
        left--;
        char rule[128];
        int group = (int)(t % groups);
        snprintf(rule, sizeof rule, forms[form].rule, group, group);
        fprintf(file, "T%04zu,I%03zu,%d,%d,\"", t, indicator_of(forms[form].sort, t % 12),
                FIRST_YEAR, FIRST_YEAR + 20);
        for (const char *c = rule; *c; c++)
            fprintf(file, *c == '"' ? "\"\"" : "%c", *c);
        fprintf(file, "\",8000,9000\n");
        /* A thousand targets go once over the forms; more go on with it. */
        if (t % 1000 == 999) {
            form = 0;
            left = forms[0].per_mille;
        }
    }
    fclose(file);
}

static void load_profile(struct bench *b)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_error err = TB_ERROR_INIT;
    char path[128];

    snprintf(b->root, sizeof b->root, "/tmp/tongbao-bench-rules-XXXXXX");
    if (!mkdtemp(b->root))
        die("no folder for the profile");
    snprintf(path, sizeof path, "%s/config/bench", b->root);
    if (tb_fs_make_dirs(path, &err) < 0)
        die(err.text);
    FILE *file = open_table(b, "profile.ini");
    fprintf(file, "[profile]\nname_zh = 基准\nsubject_group = g00\n[methods]\nconflicts = both\n");
    fclose(file);
    write_units(b);
    write_indicators(b);
    write_targets(b);
    b->profile = tb_profile_load(b->root, "bench", &diag, &err);
    if (!b->profile || diag.n_errors > 0)
        die("the profile has mistakes");
}

/* A number of the cell that looks like chance and is always the same. */
static uint32_t draw(size_t i, size_t u, size_t t)
{
    uint32_t x = (uint32_t)(i * 2654435761u ^ u * 40503u ^ t * 2246822519u);

    x ^= x >> 15;
    x *= 2246822519u;
    x ^= x >> 13;
    return x;
}

static int64_t number(enum sort sort, bool ytd, size_t i, size_t u, size_t t)
{
    uint32_t chance = draw(i, u, ytd ? t / 12 : t);

    switch (sort) {
    case FLOW: /* tenths; the cumulated one grows through the year */
        return ytd ? (int64_t)(chance % 9000 + 4000) * (int64_t)(t % 12 + 1)
                   : (int64_t)(chance % 9000 + 4000 + 20 * t);
    case RATE:
        return chance % 1100;
    case COUNT:
        return chance % 3 * (ytd ? (t % 12 + 1) : 1);
    case MILESTONE:
        return t % 12 > chance % 14 ? 100 : (int64_t)(chance % 90);
    case GRADE:
        break;
    }
    return 1 + chance % 4;
}

static void fill_cube(struct bench *b)
{
    struct tb_plane plane[2 * INDICATORS];
    struct tb_error err = TB_ERROR_INIT;
    size_t n = 0;

    for (size_t i = 0; i < INDICATORS; i++)
        for (int ytd = 0; ytd < (sorts[i % 10] == FLOW || sorts[i % 10] == COUNT ? 2 : 1); ytd++)
            plane[n++] = (struct tb_plane){
                .key = { (uint16_t)i, ytd ? TB_MEASURE_YTD : TB_MEASURE_VALUE, TB_N_MEASURES,
                         TB_NO_GROUP },
                .freq = TB_FREQ_MONTH,
                .first = FIRST_YEAR * 12,
                .n_periods = (uint32_t)b->n_months,
                .n_columns = (uint32_t)b->n_units,
                .scale = sorts[i % 10] == FLOW || sorts[i % 10] == RATE,
            };
    snprintf(b->cube_path, sizeof b->cube_path, "%s/cube.tbc", b->root);
    struct tb_cube *cube = tb_cube_create(b->cube_path, plane, NULL, n, &err);
    if (!cube)
        die(err.text);
    for (size_t p = 0; p < n; p++) {
        struct tb_plane *out = tb_cube_plane_for_writing(cube, p);
        for (size_t cell = 0; cell < b->n_months * b->n_units; cell++) {
            size_t i = out->key.indicator, t = cell / b->n_units, u = cell % b->n_units;
            bool missing = draw(i + 77, u, t) % 50 == 0;
            out->status[cell] = missing ? TB_STATUS_NONE : TB_STATUS_A;
            if (!missing)
                out->value[cell] =
                    number(sorts[i % 10], out->key.measure == TB_MEASURE_YTD, i, u, t);
        }
    }
    if (tb_cube_commit(cube, &err) < 0)
        die(err.text);
    tb_cube_close(cube);
    b->cube = tb_cube_open(b->cube_path, &err);
    if (!b->cube || tb_measures_init(&b->ms, b->profile, b->cube, &err) < 0)
        die(err.text);
}

static void sort_targets(struct bench *b)
{
    size_t n = 0;

    b->order = calloc(b->n_targets, sizeof *b->order);
    b->amount = calloc(b->n_units, sizeof *b->amount);
    if (!b->order || !b->amount)
        die("out of memory");
    for (size_t i = 0; i < INDICATORS; i++) {
        b->first[i] = n;
        for (size_t t = 0; t < b->n_targets; t++)
            if (b->profile->targets[t].indicator == (int32_t)i)
                b->order[n++] = t;
    }
    b->first[INDICATORS] = n;
    for (size_t u = 0; u < b->n_units; u++)
        b->amount[u] = (struct tb_operand){ .number = { 9000, 1 } };
}

/* One target in one month; how many units it is true of. */
static int evaluate_target(const struct bench *b, size_t row, size_t month,
                           struct tb_rule_shared *shared, size_t *n_true, struct tb_error *err)
{
    const struct tb_target *target = &b->profile->targets[row];
    struct tb_source_user of = { .ms = &b->ms, .target = (int32_t)row };
    struct tb_rule_source source = tb_source_init(&of);
    struct tb_rule_frame frame = {
        .indicator = (size_t)target->indicator,
        .period = { TB_FREQ_MONTH, FIRST_YEAR * 12 + (int32_t)month },
        .from = target->from,
        .to = target->to,
        .annual = b->amount,
        .quota = b->amount,
        .shared = shared,
        .task_key = { target->due, target->from.index, (int64_t)month },
        .has_task_key = true,
    };
    struct tb_rule_run *run = tb_rule_eval(target->rule, b->profile, &source, &frame, err);

    for (size_t u = 0; run && u < b->n_units; u++)
        *n_true += tb_rule_truth(run, u) == TB_TRUE;
    tb_rule_run_free(run);
    return run ? 0 : -1;
}

/* All targets of one indicator, month by month. */
static int evaluate_indicator(void *user, size_t indicator, struct tb_error *err)
{
    struct bench *b = user;
    struct tb_rule_shared *shared = tb_rule_pool_take(b->pool);
    int rc = shared ? 0 : tb_error_set(err, "out of memory");

    b->n_true[indicator] = 0;
    for (size_t t = 0; rc == 0 && t < b->n_months; t++)
        for (size_t k = b->first[indicator]; rc == 0 && k < b->first[indicator + 1]; k++)
            rc = evaluate_target(b, b->order[k], t, shared, &b->n_true[indicator], err);
    tb_rule_pool_give(b->pool, shared);
    return rc;
}

static double seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(struct bench *b)
{
    struct tb_error err = TB_ERROR_INIT;
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    size_t n_true = 0;

    if (tb_parallel(b->threads, INDICATORS, evaluate_indicator, b, &err) < 0)
        die(err.text);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    for (size_t i = 0; i < INDICATORS; i++)
        n_true += b->n_true[i];
    printf("rules: %zu targets x %zu units x %zu months = %.0f million answers (%zu true): "
           "%.2f s wall, %.2f s cpu, %.1f ns each\n",
           b->n_targets, b->n_units, b->n_months,
           (double)b->n_targets * (double)b->n_units * (double)b->n_months / 1e6, n_true, wall, cpu,
           1e9 * cpu / ((double)b->n_targets * (double)b->n_units * (double)b->n_months));
}

static size_t argument(int argc, char **argv, int i, size_t otherwise)
{
    return argc > i ? (size_t)strtoul(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
    struct bench b = { .n_targets = argument(argc, argv, 1, 1500),
                       .n_units = argument(argc, argv, 2, 3000),
                       .n_months = argument(argc, argv, 3, 60),
                       .threads = argument(argc, argv, 4, 0) };
    struct tb_error err = TB_ERROR_INIT;

    load_profile(&b);
    fill_cube(&b);
    sort_targets(&b);
    b.pool = tb_rule_pool_new();
    if (!b.pool)
        die("out of memory");
    measure(&b);
    tb_rule_pool_free(b.pool);
    tb_measures_release(&b.ms);
    tb_cube_close(b.cube);
    tb_profile_free(b.profile);
    free(b.order);
    free(b.amount);
    if (tb_fs_remove_tree(b.root, &err) < 0)
        die(err.text);
    return 0;
}
