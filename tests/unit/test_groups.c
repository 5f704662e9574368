/* test_groups.c - a group taken as one, its spread, places and scores. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "analyse/measure/amounts.h"
#include "analyse/verdict/catchup.h"
#include "analyse/findings.h"
#include "analyse/measure/groups.h"
#include "analyse/rank/score.h"
#include "analyse_cube.h"

/* Bases 100, 50, 1000, 30 with currents 120, 55, 1010, 31.5: simple 9.00, pooled
 * 3.09 (methods note, section 3; pooled is 36.5 / 1180 = 3.0932...). */
static void put_example(struct small *s)
{
    static const int64_t base[] = { 1000, 500, 10000, 300 }, now[] = { 1200, 550, 10100, 315 };

    for (size_t u = 0; u < 4; u++) {
        small_put(s, 0, TB_MEASURE_VALUE, u, month(2023, 5), now[u], TB_STATUS_A);
        small_put(s, 0, TB_MEASURE_VALUE, u, month(2022, 5), base[u], TB_STATUS_A);
    }
}

static void pooled_growth(void **state)
{
    struct small s;
    struct tb_measured g;
    struct tb_decimal d;

    (void)state;
    small_begin(&s, "pooled");
    put_example(&s);
    small_put(&s, 0, TB_MEASURE_VALUE, 3, month(2022, 6), 300, TB_STATUS_A);
    small_open(&s);
    g = tb_groups_pooled(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_KNOWN);
    assert_true(tb_rational_round(g.number, 2, TB_ROUND_HALF_UP, &d));
    assert_int_equal(d.units, 309);
    /* Without unit 2: (120 + 55 + 31.5) / 180 - 1 = 14.72 %. */
    g = tb_groups_pooled_others(&s.ms, TB_MEASURE_GROWTH, 0, 0, 2, month(2023, 5));
    assert_true(tb_rational_round(g.number, 2, TB_ROUND_HALF_UP, &d));
    assert_int_equal(d.units, 1472);
    /* Fewer than min_peers: suppressed, not shown as if it stood for the group. */
    s.profile.set.min_peers = 5;
    g = tb_groups_pooled(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NOT_COMPUTABLE);
    assert_int_equal(g.status, TB_STATUS_Q);
    /* Bases alone are no figure of June, even when everything counts. */
    s.profile.set.pool_all = true;
    g = tb_groups_pooled(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 6));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    small_end(&s);
}

/* A unit without a base is left out of both sides; a sum needs all. */
static void missing_members(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "missing");
    put_example(&s);
    small_put(&s, 0, TB_MEASURE_VALUE, 2, month(2022, 5), 0, TB_STATUS_L);
    small_put(&s, 0, TB_MEASURE_VALUE, 3, month(2023, 5), 0, TB_STATUS_L);
    small_open(&s);
    s.profile.set.min_peers = 2;
    g = tb_groups_pooled(&s.ms, TB_MEASURE_GROWTH, 0, 0, month(2023, 5));
    /* (120 + 55) / 150 - 1 = 16.666... */
    assert_int_equal(g.known, TB_KNOWN);
    assert_int_equal(tb_rational_cmp(g.number, (struct tb_rational){ 50, 3 }), 0);
    g = tb_groups_pooled(&s.ms, TB_MEASURE_VALUE, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_UNKNOWN_NO_DATA);
    s.profile.set.pool_all = true;
    g = tb_groups_pooled(&s.ms, TB_MEASURE_VALUE, 0, 0, month(2023, 5));
    assert_int_equal(tb_rational_cmp(g.number, tb_rational_int(1185)), 0);
    small_end(&s);
}

/* April was never sent, May was sent as January to May: all of it is in the total,
 * 50 + 10 and nothing less; of a unit that closed, what it sent while it was open. */
static void pooled_year_with_a_gap(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "gap");
    for (int m = 1; m <= 3; m++)
        small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, m), 100, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2023, 5), 500, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 1, month(2023, 2), 100, TB_STATUS_A);
    small_open(&s);
    s.profile.set.pool_all = true;
    s.profile.set.min_peers = 1;
    g = tb_groups_pooled(&s.ms, TB_MEASURE_YTD, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_KNOWN);
    assert_int_equal(tb_rational_cmp(g.number, tb_rational_int(60)), 0);
    small_end(&s);
}

/* Counts add up like flows: 30 by May of an annual 120 is a quarter. */
static void progress_of_a_count(void **state)
{
    struct small s;
    struct tb_measured g;
    struct tb_target target = { .code = "t", .has_annual = true, .annual = { 120, 0 } };

    (void)state;
    small_begin(&s, "count");
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 5), 60, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_YTD, 0, month(2023, 5), 300, TB_STATUS_A);
    small_open(&s);
    s.indicator[0].kind = TB_KIND_COUNT;
    target.uom = s.indicator[0].uom;
    s.profile.targets = &target;
    s.profile.n_targets = 1;
    g = tb_amounts_progress(&s.ms, 0, 0, 0, month(2023, 5));
    assert_int_equal(g.known, TB_KNOWN);
    assert_int_equal(tb_rational_cmp(g.number, tb_rational_int(25)), 0);
    small_end(&s);
}

/* Of a ratio: 60/80 and 10/100 make 70/180, not the mean of 75 and 10. */
static void pooled_ratio(void **state)
{
    struct small s;
    struct tb_measured g;

    (void)state;
    small_begin(&s, "ratio");
    small_put(&s, 0, TB_MEASURE_VALUE, 0, month(2023, 5), 600, TB_STATUS_A);
    small_put(&s, 1, TB_MEASURE_VALUE, 0, month(2023, 5), 800, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 1, month(2023, 5), 100, TB_STATUS_A);
    small_put(&s, 1, TB_MEASURE_VALUE, 1, month(2023, 5), 1000, TB_STATUS_A);
    small_put(&s, 0, TB_MEASURE_VALUE, 2, month(2023, 5), 100, TB_STATUS_A);
    small_open(&s);
    s.profile.set.min_peers = 2;
    g = tb_groups_pooled(&s.ms, TB_MEASURE_VALUE, 2, 0, month(2023, 5));
    assert_int_equal(g.known, TB_KNOWN);
    assert_int_equal(tb_rational_cmp(g.number, (struct tb_rational){ 7000, 180 }), 0);
    small_end(&s);
}

/* 1 2 3 4: median 2.5, type 7 quartiles 1.75 and 3.25 (R: quantile(1:4)). */
static void spread(void **state)
{
    int64_t printed[] = { 4, 2, 3, 1 }, one[] = { 7 };
    double work[4];
    struct tb_spread out;

    (void)state;
    assert_true(tb_groups_spread(printed, work, 4, &out));
    assert_true(out.median == 2.5 && out.q1 == 1.75 && out.q3 == 3.25);
    assert_int_equal(tb_rational_cmp(out.mean, (struct tb_rational){ 5, 2 }), 0);
    assert_int_equal(out.least, 1);
    assert_int_equal(out.greatest, 4);
    assert_true(tb_groups_spread(one, work, 1, &out));
    assert_true(out.median == 7 && out.q1 == 7 && out.q3 == 7);
    assert_false(tb_groups_spread(one, work, 0, &out));
    assert_int_equal(tb_groups_round(2.5, TB_ROUND_HALF_UP), 3);
    assert_int_equal(tb_groups_round(2.5, TB_ROUND_HALF_EVEN), 2);
    assert_int_equal(tb_groups_round(-2.5, TB_ROUND_HALF_UP), -3);
    assert_int_equal(tb_groups_round(3.25, TB_ROUND_HALF_UP), 3);
}

static int64_t found(const struct tb_cube *cube, enum tb_measure measure, enum tb_measure of,
                     uint8_t group, size_t column, uint8_t *status)
{
    struct tb_plane_key key = { 0, (uint8_t)measure, (uint8_t)of, group };
    struct tb_decimal value = { 0, 0 };

    *status = tb_plane_get(tb_cube_find(cube, key), month(2023, 5), column, &value);
    return value.units;
}

/* The example again, as findings: 20.0 10.0 1.0 5.0, mean 9.0, pooled 3.1. */
static void findings(void **state)
{
    static const struct {
        enum tb_measure measure;
        int64_t tenths;
    } figures[] = {
        { TB_MEASURE_POOLED, 31 }, { TB_MEASURE_MEAN, 90 },  { TB_MEASURE_MEDIAN, 75 },
        { TB_MEASURE_BEST, 200 },  { TB_MEASURE_WORST, 10 },
    };
    static const int64_t ranks[] = { 1, 2, 4, 3 };
    struct small s;
    struct tb_error err = TB_ERROR_INIT;
    uint8_t status;
    char path[80];

    (void)state;
    small_begin(&s, "findings");
    put_example(&s);
    small_open(&s);
    s.indicator[0].headline[0] = TB_MEASURE_GROWTH;
    s.indicator[0].n_headlines = 1;
    snprintf(path, sizeof path, "%s.out", s.path);
    assert_int_equal(tb_findings_make(&s.ms, path, 2, &err), 0);
    struct tb_cube *cube = tb_cube_open(path, &err);
    assert_non_null(cube);
    assert_int_equal(tb_cube_verify(cube, &err), 0);
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        assert_int_equal(
            found(cube, figures[f].measure, TB_MEASURE_GROWTH, TB_NO_GROUP, 0, &status),
            figures[f].tenths);
        assert_true(tb_status_has_value(status));
    }
    assert_int_equal(found(cube, TB_MEASURE_COUNT, TB_MEASURE_GROWTH, TB_NO_GROUP, 0, &status), 4);
    for (size_t u = 0; u < 4; u++)
        assert_int_equal(found(cube, TB_MEASURE_RANK, TB_MEASURE_GROWTH, 0, u, &status), ranks[u]);
    (void)found(cube, TB_MEASURE_GROWTH, TB_N_MEASURES, TB_NO_GROUP, 1, &status);
    assert_int_equal(status & TB_GROWTH_METHOD_MASK, TB_GROWTH_COMPUTED);
    (void)found(cube, TB_MEASURE_GROWTH, TB_N_MEASURES, TB_NO_GROUP, AREA, &status);
    assert_int_equal(status, TB_STATUS_NONE); /* the area never reported */
    tb_cube_close(cube);
    unlink(path);
    small_end(&s);
}

/* 8.5 8.5 7.2 6.0 6.0 6.0 5.1 (methods note, section 4) a month on, when the
 * unit with 7.2 had not reported before: it is new and has climbed over nobody. */
static void movement(void **state)
{
    static const int64_t before[] = { 85, 70, 0, 60 }, now[] = { 70, 85, 72, 60 };
    static const int32_t moved[] = { -1, 1, 0, 0 };
    struct tb_settings set = { 0 };
    struct tb_ranks_row row[2];
    struct tb_standing place[4];
    struct tb_error err = TB_ERROR_INIT;
    size_t n;

    (void)state;
    assert_int_equal(tb_ranks_row_init(&row[0], 4, &err), 0);
    assert_int_equal(tb_ranks_row_init(&row[1], 4, &err), 0);
    for (size_t m = 0; m < 4; m++) {
        row[0].value[m] = tb_rational_int(before[m]);
        row[1].value[m] = tb_rational_int(now[m]);
        row[0].has[m] = before[m] > 0;
        row[1].has[m] = row[0].open[m] = row[1].open[m] = true;
    }
    assert_int_equal(tb_ranks_places(&set, false, &row[1], place, &n, &err), 0);
    assert_int_equal(n, 4);
    assert_int_equal(tb_ranks_movement(&set, false, &row[0], &row[1], place, &err), 0);
    for (size_t m = 0; m < 4; m++) {
        assert_int_equal(place[m].has_movement, m != 2);
        assert_int_equal(place[m].movement, moved[m]);
    }
    /* missing_rank = last: the one without a number stands behind the rest. */
    set.missing_ranks_last = true;
    assert_int_equal(tb_ranks_places(&set, false, &row[0], place, &n, &err), 0);
    assert_int_equal(n, 3);
    assert_int_equal(place[2].rank, 4);
    assert_int_equal(place[2].bottom, 1);
    assert_int_equal(place[3].bottom, 2);
    tb_ranks_row_release(&row[0]);
    tb_ranks_row_release(&row[1]);
}

static void rank_scores(void **state)
{
    (void)state;
    assert_int_equal(tb_rational_cmp(tb_score_of_rank(1, 12), tb_rational_int(100)), 0);
    assert_int_equal(tb_rational_cmp(tb_score_of_rank(12, 12), tb_rational_int(0)), 0);
    assert_int_equal(tb_rational_cmp(tb_score_of_rank(3, 5), tb_rational_int(50)), 0);
    assert_int_equal(tb_rational_cmp(tb_score_of_rank(1, 1), tb_rational_int(50)), 0);
}

/* Others 8.5 7.2 6.0 6.0 5.1; in tenths. */
static void places_to_reach(void **state)
{
    static const struct {
        uint32_t k;
        bool from_worst, lower, dense, alone, known;
        int64_t value;
    } cases[] = {
        { 2, false, false, false, false, true, 72 }, /* equal to 7.2 shares place 2 */
        { 2, false, false, false, true, true, 73 },  /* "and no tie" */
        { 4, false, false, true, false, true, 51 },  /* dense: the fourth value */
        { 3, true, false, false, false, true, 61 },  /* out of the last three */
        { 1, true, false, false, false, true, 52 },
        { 2, false, true, false, false, true, 60 }, /* lower is better */
        { 3, true, true, false, false, true, 59 },
        { 6, false, false, false, false, false, 0 }, /* six places for six: any value */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t others[] = { 60, 85, 51, 72, 60 }, value = 0;
        assert_int_equal(tb_catchup_rank(others, 5, cases[i].k, cases[i].from_worst, cases[i].lower,
                                         cases[i].dense, cases[i].alone, &value),
                         cases[i].known);
        if (cases[i].known)
            assert_int_equal(value, cases[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pooled_growth), cmocka_unit_test(pooled_year_with_a_gap),
        cmocka_unit_test(progress_of_a_count), cmocka_unit_test(missing_members),
        cmocka_unit_test(pooled_ratio),  cmocka_unit_test(spread),
        cmocka_unit_test(findings),      cmocka_unit_test(movement),
        cmocka_unit_test(rank_scores),   cmocka_unit_test(places_to_reach),
    };

    return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
