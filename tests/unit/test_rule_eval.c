/* test_rule_eval.c - what rules answer, over a source of numbers in memory.
 *
 * Each case is a rule and what it says of k1, k2 ...: T met, F not, and for
 * unknown `-` no data, `!` not computable, `x` not applicable; a small letter
 * (t, f) where the unit stands on a knife edge.  Expected answers are worked by
 * hand; those on ranks come from the methods note, section 4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule_world.h"
#include "tongbao/error.h"

/* What belongs to the rows of these tests. */
struct row {
    const char *from, *to, *unit_measure;
    const char *annual, *quota; /* of every unit; NULL: none */
    size_t first;               /* unit that the first letter is of; 0: k1 */
};

static char letter(const struct tb_rule_run *run, size_t unit)
{
    enum tb_truth truth = tb_rule_truth(run, unit);

    if (truth != TB_UNKNOWN) {
        bool edge = tb_rule_knife_edge(run, unit);
        return truth == TB_TRUE ? (edge ? 't' : 'T') : (edge ? 'f' : 'F');
    }
    switch (tb_rule_unknown(run, unit)) {
    case TB_UNKNOWN_HELD:
        return 'h';
    case TB_UNKNOWN_NO_DATA:
        return '-';
    case TB_UNKNOWN_NOT_COMPUTABLE:
        return '!';
    case TB_UNKNOWN_NOT_APPLICABLE:
        return 'x';
    case TB_KNOWN:
        break;
    }
    return '?';
}

/* An evaluation with all that it borrows. */
struct trial {
    struct tb_rule *rule;
    struct tb_rule_source source;
    struct tb_rule_frame frame;
    struct tb_operand annual[WORLD_UNITS], quota[WORLD_UNITS];
    struct tb_rule_run *run;
};

static void spread(const char *text, struct tb_operand out[WORLD_UNITS])
{
    for (size_t u = 0; text && u < WORLD_UNITS; u++)
        out[u] = world_number(text, strlen(text));
}

static void trial_open(struct trial *trial, struct world *world, size_t indicator, const char *text,
                       const char *period, const struct row *row)
{
    static const struct row nothing = { .from = NULL };
    struct tb_error err = TB_ERROR_INIT;

    row = row ? row : &nothing;
    *trial = (struct trial){ .source = world_source(world) };
    trial->rule = world_compile(world, text, (int32_t)indicator, row->unit_measure);
    if (!trial->rule)
        fail_msg("'%s': column %u: %s", text, world->column, world->messages);
    spread(row->annual, trial->annual);
    spread(row->quota, trial->quota);
    trial->frame = (struct tb_rule_frame){ .indicator = indicator,
                                           .period = world_period(period),
                                           .annual = row->annual ? trial->annual : NULL,
                                           .quota = row->quota ? trial->quota : NULL };
    if (row->from) {
        trial->frame.from = world_period(row->from);
        trial->frame.to = world_period(row->to);
    }
    trial->run = tb_rule_eval(trial->rule, &world->profile, &trial->source, &trial->frame, &err);
    if (!trial->run)
        fail_msg("'%s': %s", text, err.text);
}

static void trial_close(struct trial *trial)
{
    tb_rule_run_free(trial->run);
    tb_rule_free(trial->rule);
}

static void says_for(struct world *world, size_t indicator, const char *text, const char *period,
                     const struct row *row, const char *expected)
{
    struct trial trial;
    char got[WORLD_UNITS + 1] = { 0 };
    size_t first = row && row->first ? row->first : 1;

    trial_open(&trial, world, indicator, text, period, row);
    for (size_t i = 0; expected[i]; i++)
        got[i] = letter(trial.run, first + i);
    trial_close(&trial);
    if (strcmp(got, expected) != 0)
        fail_msg("'%s' in %s says %s, expected %s", text, period, got, expected);
}

static void says(struct world *world, size_t indicator, const char *text, const char *expected)
{
    says_for(world, indicator, text, "2023-05", NULL, expected);
}

/* --- */

static void test_limits(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "30 30.1 29.9 30.04 29.96 - ! x");
    /* meets, more, less; 30.04 prints 30.0 and 29.96 prints 30.0 */
    says(world, W_GDP, "growth >= 30", "TTFTf-!x");
    says(world, W_GDP, "growth >= 30%", "TTFTf-!x");
    says(world, W_GDP, "30 <= growth", "TTFTf-!x");
    says(world, W_GDP, "growth > 30", "FTFtF-!x");
    says(world, W_GDP, "growth <= 30", "TFTfT-!x");
    says(world, W_GDP, "growth < 30", "FFTFt-!x");
    says(world, W_GDP, "growth = 30", "TFFff-!x");
    says(world, W_GDP, "growth != 30", "FTTtt-!x");
    says(world, W_GDP, "not growth < 30", "TTFTf-!x");
    world->profile.set.limit_on_published = true;
    says(world, W_GDP, "growth >= 30", "TTFTt-!x");
    world_free(world);
}

static void test_kleene(void **state)
{
    struct world *world = world_new();

    (void)state;
    /* a and b over T, F, unknown: nine units */
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1 1 1 0 0 0 - - -");
    world_row(world, TB_MEASURE_MOM, W_GDP, "2023-05", "1 0 ! 1 0 ! 1 0 !");
    says(world, W_GDP, "growth > 0 and mom > 0", "TF!FFF-F!");
    says(world, W_GDP, "growth > 0 or mom > 0", "TTTTF!T-!");
    says(world, W_GDP, "not (growth > 0 and mom > 0)", "FT!TTT-T!");
    says(world, W_GDP, "not growth > 0 or not mom > 0", "FT!TTT-T!");
    world_free(world);
}

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

static void test_units_of_measure(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_YTD, W_GDP, "2023-05", "0.8 0.7999 0.80005");
    /* 8000 万元 is 0.8 亿元; 0.7999 prints as 0.80 */
    says_for(world, W_GDP, "ytd >= 8000", "2023-05", &(struct row){ .unit_measure = "万元" },
             "TfT");
    says(world, W_GDP, "ytd >= 0.8", "TfT");
    /* 2 % of 0.8 亿元 is 160 万元 */
    world_row(world, TB_MEASURE_YTD, W_RD, "2023-05", "160 160 160");
    says(world, W_RD, "ytd[rd] / ytd[gdp] >= 2%", "TTf");
    says(world, W_RD, "ytd[rd] >= 2% * ytd[gdp]", "TTf");
    says(world, W_RD, "ytd[gdp] <= 50 * ytd[rd]", "TTf");
    world_row(world, TB_MEASURE_VALUE, W_PERMILLE, "2023-05", "6.5 6.4");
    says(world, W_PERMILLE, "value >= 6.5", "TF");
    says(world, W_PERMILLE, "value >= 0.65%", "TF");
    says_for(world, W_PERMILLE, "value >= 0.65", "2023-05", &(struct row){ .unit_measure = "%" },
             "TF");
    /* 0.65 % is 6.5 ‰; it prints as 0.7 % */
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "0.65 0.64");
    says(world, W_PERMILLE, "value >= value[jobless]", "tT");
    says(world, W_PERMILLE, "value - value[jobless] = 0", "tt");
    world_free(world);
}

static void test_about(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "6.5 6.0 5.9 7.0 7.1 - 5.96");
    says(world, W_GDP, "growth ~ 6.5", "TTFTT-f");
    says(world, W_GDP, "growth ~ 6.5 +- 0.3", "TFFTT-F");
    world->profile.set.about_both = true;
    says(world, W_GDP, "growth ~ 6.5", "TTFTF-f");
    world->profile.set.about_both = false;
    world_row(world, TB_MEASURE_VALUE, W_RATE, "2023-05", "4.0 5.0 5.1 1.0");
    says(world, W_RATE, "value ~ 4.5", "TTFT");
    world_free(world);
}

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

static void test_cases_and_words(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_VALUE, W_VERIFY_1, "2023-05", "3 3 0 0 1");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY_3, "2023-05", "1 0 0 0 1");
    world_row(world, TB_MEASURE_VALUE, W_VERIFY_5, "2023-05", "0 1 0 2 -");
    says(world, W_VERIFY, "max(cases) <= 3", "TFxF-");
    says(world, W_VERIFY, "min(cases) <= 3", "TTxF-");
    says(world, W_VERIFY, "share(cases, <= 3) >= 100%", "TFxF-");
    says(world, W_VERIFY, "share(cases, <= 3) >= 75", "TTxF-");
    world_row(world, TB_MEASURE_VALUE, W_BRIDGE, "2023-05", "100 99 99.6 -");
    says(world, W_BRIDGE, "done", "TFf-");
    world_row(world, TB_MEASURE_LATE_DAYS, W_GDP, "2023-05", "0 -2 1 -");
    says(world, W_GDP, "on_time", "TTF-");
    world_row(world, TB_MEASURE_VALUE, W_RISK, "2023-05", "2 3");
    world_row(world, TB_MEASURE_VALUE, W_RISK, "2023-04", "2 2");
    says(world, W_RISK, "grade <= prev(grade)", "TF");
    says(world, W_GDP, "completeness >= 100", "x");
    world_row(world, TB_MEASURE_GROWTH, W_QUARTER, "2023-Q1", "5 3");
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "4 4");
    /* the quarter that has ended by May */
    says(world, W_GDP, "growth[income] > growth", "TF");
    says(world, W_GDP, "growth@k2 = 4 and growth[income]@k1 = 5", "TT");
    world_free(world);
}

static void test_arithmetic(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05", "1.25 -1.25 0 -");
    says(world, W_GDP, "abs(growth) = 1.25", "ttF-");
    says(world, W_GDP, "round(growth, 1) = 1.3 or round(growth, 1) = -1.3", "TTF-");
    says(world, W_GDP, "ceil(growth) = 2 or ceil(growth) = -1", "TTF-");
    says(world, W_GDP, "floor(growth) = 1 or floor(growth) = -2", "TTF-");
    says(world, W_GDP, "min(growth, 0, 1) < 0", "FTF-");
    says(world, W_GDP, "max(growth, 0) > 0", "TFF-");
    says(world, W_GDP, "growth - (growth - 1) * 2 = 0.75", "tFF-");
    says(world, W_GDP, "1 / growth > 0", "TF!-");
    says(world, W_GDP, "-growth > 0", "FTF-");
    world_free(world);
}

/* Fractions whose exact sum does not fit 64 bits: a mean is still had, to nine
 * digits; what is closer than that is not decided. */
static void test_wide_fractions(void **state)
{
    struct world *world = world_new();

    (void)state;
    world_row(world, TB_MEASURE_GROWTH, W_GDP, "2023-05",
              "1/999983 2/999979 3/999961 4/999959 5/999953 6/999931");
    /* the mean is about 3.5e-6; all print as 0.0 */
    says(world, W_GDP, "growth * 1000000 > mean(city) * 1000000", "FFFttt");
    says(world, W_GDP, "mean(city) = 0.0000035", "!!!!!!");
    says(world, W_GDP, "growth * 9000000000000000000 * 9000000000000000000 > 0", "!!!!!!");
    world_free(world);
}

static void test_checks(void **state)
{
    struct world *world = world_new();
    struct tb_error err = TB_ERROR_INIT;
    struct tb_rule *rule = world_compile(world, "ytd >= prev(ytd)", TB_NONE, NULL);
    struct tb_rule_source source = world_source(world);
    struct tb_rule_frame frame = { .indicator = W_TRADE,
                                   .period = world_period("2023-03"),
                                   .truth_only = true };

    (void)state;
    assert_non_null(rule);
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2023-02", "5 5");
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2023-03", "6 4");
    struct tb_rule_run *run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    assert_non_null(run);
    assert_int_equal(tb_rule_truth(run, 1), TB_TRUE);
    assert_int_equal(tb_rule_truth(run, 2), TB_FALSE);
    assert_false(tb_rule_knife_edge(run, 2));
    tb_rule_run_free(run);
    /* what is cumulated begins again with the year */
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2022-12", "60 50");
    world_row(world, TB_MEASURE_YTD, W_TRADE, "2023-01", "6 4");
    frame.period = world_period("2023-01");
    run = tb_rule_eval(rule, &world->profile, &source, &frame, &err);
    assert_non_null(run);
    assert_int_equal(tb_rule_unknown(run, 1), TB_UNKNOWN_NOT_APPLICABLE);
    tb_rule_run_free(run);
    tb_rule_free(rule);
    world_free(world);
}

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

/* --- the gap, and the operands --- */

static void put(struct tb_buf *out, struct tb_operand value, int32_t decimals)
{
    struct tb_decimal printed;
    char text[TB_DECIMAL_TEXT];

    if (value.known != TB_KNOWN ||
        !tb_rational_round(value.number, decimals, TB_ROUND_HALF_UP, &printed)) {
        tb_buf_puts(out, "?");
        return;
    }
    tb_decimal_format(printed, text);
    tb_buf_puts(out, text);
}

static void gap_is(struct world *world, size_t indicator, const char *rule, size_t unit,
                   const char *expected)
{
    struct trial trial;
    struct tb_rule_gap gap;
    struct tb_buf text = TB_BUF_INIT;

    trial_open(&trial, world, indicator, rule, "2023-05", NULL);
    tb_rule_gap(trial.run, unit, &gap);
    put(&text, gap.value, gap.decimals);
    tb_buf_putc(&text, ' ');
    put(&text, gap.benchmark, gap.decimals);
    tb_buf_putc(&text, ' ');
    put(&text,
        gap.has_gap ? (struct tb_operand){ .number = gap.gap }
                    : (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NO_DATA },
        gap.decimals);
    tb_buf_printf(&text, "%s%s", gap.is_percent ? " %" : "", gap.is_rank ? " place" : "");
    if (strcmp(tb_buf_text(&text), expected) != 0)
        fail_msg("gap of '%s' is %s, expected %s", rule, tb_buf_text(&text), expected);
    tb_buf_release(&text);
    trial_close(&trial);
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

static void operands_are(struct world *world, size_t indicator, const char *rule,
                         const char *expected)
{
    struct trial trial;
    struct tb_buf text = TB_BUF_INIT;

    trial_open(&trial, world, indicator, rule, "2023-05",
               &(struct row){ .from = "2023-01", .to = "2023-12" });
    tb_rule_operands(trial.run, 1, &text);
    if (strcmp(tb_buf_text(&text), expected) != 0)
        fail_msg("operands of '%s' are %s, expected %s", rule, tb_buf_text(&text), expected);
    tb_buf_release(&text);
    trial_close(&trial);
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
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_kleene),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_rank_basis),
        cmocka_unit_test(test_rank_direction),
        cmocka_unit_test(test_given_ranks),
        cmocka_unit_test(test_kept_out_of_ranks),
        cmocka_unit_test(test_improves),
        cmocka_unit_test(test_joint_january),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_schedule),
        cmocka_unit_test(test_units_of_measure),
        cmocka_unit_test(test_about),
        cmocka_unit_test(test_group_figures),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_cases_and_words),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_wide_fractions),
        cmocka_unit_test(test_checks),
        cmocka_unit_test(test_provisional),
        cmocka_unit_test(test_gap),
        cmocka_unit_test(test_operands),
        cmocka_unit_test(test_shared_work),
    };

    return cmocka_run_group_tests_name("rule_eval", tests, NULL, NULL);
}
