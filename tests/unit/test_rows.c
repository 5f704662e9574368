/* test_rows.c - the short way to a number gives what the long way gives.
 *
 * Random profiles of three indicators and nine units with random cubes: every
 * status, sign and scale, published rates and bases or none, units that open, close
 * and change, numbers near the ends of 64 bits.  Each cell is asked for both ways;
 * planes, rows for ranking and sums of a group are compared with what the long way
 * says.  The seed is fixed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "analyse/findings.h"
#include "analyse/measure/growth.h"
#include "analyse/measure/rows.h"
#include "analyse/measure/unit_planes.h"
#include "tongbao/change.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

enum { UNITS = 9, MONTHS = 30, KINDS = 3, FIRST = 2021 * 12, WORLDS = 150 };

static const uint8_t submitted[] = { TB_MEASURE_VALUE,      TB_MEASURE_YTD, TB_MEASURE_GROWTH,
                                     TB_MEASURE_YTD_GROWTH, TB_MEASURE_MOM, TB_MEASURE_BASE,
                                     TB_MEASURE_YTD_BASE,   TB_MEASURE_SHARE };
enum { SUBMITTED = sizeof submitted };

struct world {
    struct tb_unit unit[UNITS];
    struct tb_absence absence;
    struct tb_group group;
    uint32_t member[UNITS];
    struct tb_indicator indicator[KINDS];
    struct tb_profile profile;
    char path[64];
    struct tb_cube *cube;
    struct tb_measures ms;
};

static uint32_t seed = 20230601;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static bool once_in(uint32_t n)
{
    return any(n) == 0;
}

static void make_units(struct world *w)
{
    tb_day opened = tb_period_first_day((struct tb_period){ TB_FREQ_MONTH, FIRST + 8 });

    w->absence = (struct tb_absence){ opened, opened + 100 };
    for (size_t u = 0; u < UNITS; u++) {
        w->member[u] = (uint32_t)u;
        w->unit[u] = (struct tb_unit){ .code = "u",
                                       .parent = once_in(3) ? TB_NONE : (int32_t)any(UNITS),
                                       .successor = TB_NONE,
                                       .groups = 1,
                                       .valid_from = once_in(4) ? opened + (tb_day)any(400) - 300
                                                                : TB_DAY_NONE,
                                       .valid_to = once_in(8) ? opened + 400 : TB_DAY_NONE,
                                       .changed = once_in(8) };
        if (once_in(8)) {
            w->unit[u].absence = &w->absence;
            w->unit[u].n_absences = 1;
        }
    }
    w->group = (struct tb_group){
        .code = "g", .area = TB_NONE, .member = w->member, .n_members = UNITS
    };
}

static void make_indicator(struct tb_indicator *indicator)
{
    static const enum tb_uom_kind uoms[] = { TB_UOM_AMOUNT, TB_UOM_AMOUNT, TB_UOM_PERCENT,
                                             TB_UOM_INDEX };
    static const char *const words[] = { "万元", "上年同月=100", "上月=100" };
    enum tb_uom_kind uom = uoms[any(4)];

    *indicator = (struct tb_indicator){
        .code = "i",
        .unit_measure = uom == TB_UOM_INDEX ? words[any(3)] : words[0],
        .uom = { .kind = uom, .base = "元", .factor = { 1, 1 } },
        .frequency = TB_FREQ_MONTH,
        .growth = (enum tb_growth_basis)any(3),
        .kind = once_in(2) ? TB_KIND_FLOW : (enum tb_kind)any(TB_KIND_GRADE + 1),
        .decimals = (int32_t)any(4),
        .joint_jan_feb = once_in(4),
        .has_min_base = once_in(6),
        .min_base = { 500, 1 },
        .headline = { TB_MEASURE_GROWTH, TB_MEASURE_CHANGE },
        .n_headlines = 2,
    };
}

static int64_t any_value(void)
{
    switch (any(12)) {
    case 0:
        return 0;
    case 1:
        return -(int64_t)any(100000);
    case 2:
        return INT64_MAX - (int64_t)any(1000);
    case 3:
        return INT64_MIN + (int64_t)any(1000);
    case 4:
        return ((int64_t)any(1u << 23) << 23) * 500;
    default:
        return (int64_t)any(20000);
    }
}

static void fill_plane(struct tb_plane *plane, bool plain)
{
    size_t n = (size_t)plane->n_periods * plane->n_columns;

    for (size_t cell = 0; cell < n; cell++) {
        uint8_t status = (uint8_t)(once_in(6) ? any(TB_N_STATUSES) : TB_STATUS_A);
        if (status == TB_STATUS_B && plain) /* one break makes all of the unit unusual */
            status = TB_STATUS_P;
        if (!tb_status_has_value(status)) {
            plane->status[cell] = status | (once_in(2) ? TB_FLAG_CHECK : 0); /* held */
            continue;
        }
        plane->value[cell] = once_in(plain ? 40 : 4) ? any_value() : 1000 + (int64_t)any(2000);
        plane->status[cell] = status | (uint8_t)(any(8) << 5);
    }
}

static void make_cube(struct world *w)
{
    struct tb_plane plane[KINDS * SUBMITTED];
    bool origin[KINDS * SUBMITTED];
    struct tb_error err = TB_ERROR_INIT;
    size_t n = 0;

    for (uint16_t i = 0; i < KINDS; i++)
        for (size_t m = 0; m < SUBMITTED; m++) {
            if (m >= 2 && !once_in(3))
                continue;
            origin[n] = once_in(2);
            plane[n++] = (struct tb_plane){
                .key = { i, submitted[m], TB_N_MEASURES, TB_NO_GROUP },
                .axis = TB_AXIS_UNIT,
                .freq = TB_FREQ_MONTH,
                .first = FIRST + (int32_t)any(3),
                .n_periods = MONTHS - 3,
                .n_columns = UNITS,
                .scale = (int32_t)any(5),
            };
        }
    struct tb_cube *making = tb_cube_create(w->path, plane, origin, n, &err);
    assert_non_null(making);
    for (size_t p = 0; p < n; p++)
        fill_plane(tb_cube_plane_for_writing(making, p), !once_in(3));
    assert_int_equal(tb_cube_commit(making, &err), 0);
    tb_cube_close(making);
    w->cube = tb_cube_open(w->path, &err);
    assert_non_null(w->cube);
}

static void begin(struct world *w)
{
    struct tb_error err = TB_ERROR_INIT;

    *w = (struct world){ 0 };
    snprintf(w->path, sizeof w->path, "/tmp/tongbao-rows-%ld.tbc", (long)getpid());
    make_units(w);
    for (size_t i = 0; i < KINDS; i++)
        make_indicator(&w->indicator[i]);
    w->profile = (struct tb_profile){ .units = w->unit,
                                      .n_units = UNITS,
                                      .groups = &w->group,
                                      .n_groups = 1,
                                      .indicators = w->indicator,
                                      .n_indicators = KINDS,
                                      .set = { .year_start = once_in(4) ? 4 : 1,
                                               .growth_decimals = (int32_t)any(3),
                                               .rank_on_published = true,
                                               .rank_imputed = once_in(2),
                                               .round_mode = (enum tb_round_mode)any(3),
                                               .frequency = TB_FREQ_MONTH } };
    make_cube(w);
    assert_int_equal(tb_measures_init(&w->ms, &w->profile, w->cube, &err), 0);
}

static void end(struct world *w)
{
    tb_measures_release(&w->ms);
    tb_cube_close(w->cube);
    unlink(w->path);
}

static const uint8_t asked[] = { TB_MEASURE_VALUE,      TB_MEASURE_YTD,    TB_MEASURE_GROWTH,
                                 TB_MEASURE_YTD_GROWTH, TB_MEASURE_MOM,    TB_MEASURE_CHANGE,
                                 TB_MEASURE_SHARE,      TB_MEASURE_PROGRESS };

static void same_row(const struct world *w, const struct tb_row *row)
{
    for (size_t u = 0; u < UNITS; u++) {
        struct tb_measured is, want;
        tb_row_get(row, u, &is);
        want = tb_measures_get(&w->ms, row->measure, row->indicator, u, row->period);
        assert_int_equal(is.known, want.known);
        assert_int_equal(is.status, want.status);
        assert_int_equal(is.provisional, want.provisional);
        assert_int_equal(is.unranked, want.unranked);
        if (is.known == TB_KNOWN)
            assert_int_equal(tb_rational_cmp(is.number, want.number), 0);
    }
}

/* Every measure of every cell, and of periods around the cube. */
static void both_ways(void **state)
{
    size_t n_rows = 0, n_ordinary = 0;

    (void)state;
    for (int round = 0; round < WORLDS; round++) {
        struct world w;
        begin(&w);
        for (size_t i = 0; i < KINDS; i++)
            for (size_t m = 0; m < sizeof asked; m++)
                for (int32_t p = -2; p < MONTHS + 14; p++) {
                    struct tb_row row;
                    tb_row_init(&row, &w.ms, (enum tb_measure)asked[m], i,
                                (struct tb_period){ TB_FREQ_MONTH, FIRST + p });
                    same_row(&w, &row);
                    n_rows++;
                    n_ordinary += row.shape != TB_ROW_UNUSUAL;
                }
        end(&w);
    }
    assert_true(n_ordinary > n_rows / 3); /* else this test says nothing */
}

/* The sides that growth of a sum takes of a unit. */
static bool sides(const struct world *w, const struct tb_row *row, size_t unit,
                  struct tb_measured *x, struct tb_measured *b)
{
    *b = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    switch (row->measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
        *x = tb_measures_level(&w->ms, row->measure, row->indicator, unit, row->period);
        return x->known == TB_KNOWN;
    case TB_MEASURE_MOM:
        return tb_growth_mom_sides(&w->ms, row->indicator, unit, row->period, x, b);
    default:
        return tb_growth_sides(&w->ms, row->measure, row->indicator, unit, row->period, x, b);
    }
}

static void same_sums(const struct world *w, const struct tb_row *row,
                      const struct tb_row_sums *sums, size_t without)
{
    struct tb_rational above = { 0, 1 }, below = { 0, 1 };
    size_t n = 0, n_open = 0;
    bool provisional = false;

    for (size_t u = 0; u < UNITS; u++) {
        struct tb_measured x, b;
        if (u == without || !tb_unit_valid_in(&w->unit[u], row->period))
            continue;
        n_open++;
        if (!sides(w, row, u, &x, &b))
            continue;
        assert_true(tb_rational_add(above, x.number, &above));
        assert_true(b.known != TB_KNOWN || tb_rational_add(below, b.number, &below));
        provisional |= x.provisional || b.provisional;
        n++;
    }
    assert_int_equal(sums->n, n);
    assert_int_equal(sums->n_open, n_open);
    assert_int_equal(sums->provisional, provisional);
    assert_int_equal(tb_rational_cmp(sums->above, above), 0);
    assert_int_equal(tb_rational_cmp(sums->below, below), 0);
}

static void sums_of_a_group(void **state)
{
    size_t n_summed = 0;

    (void)state;
    for (int round = 0; round < WORLDS; round++) {
        struct world w;
        begin(&w);
        for (size_t i = 0; i < KINDS; i++)
            for (size_t m = 0; m < 5; m++)
                for (int32_t p = 0; p < MONTHS; p++) {
                    struct tb_row row;
                    struct tb_row_sums sums;
                    size_t without = once_in(2) ? any(UNITS) : SIZE_MAX;
                    tb_row_init(&row, &w.ms, (enum tb_measure)asked[m], i,
                                (struct tb_period){ TB_FREQ_MONTH, FIRST + p });
                    if (!tb_row_add_up(&row, &w.group, without, &sums))
                        continue;
                    same_sums(&w, &row, &sums, without);
                    n_summed += sums.n > 0;
                }
        end(&w);
    }
    assert_true(n_summed > 1000);
}

/* What stands in a cell of a plane is what is printed of the long way's number. */
static void same_cell(const struct world *w, const struct tb_plane *plane, size_t indicator,
                      size_t unit, struct tb_period period)
{
    enum tb_measure measure = (enum tb_measure)plane->key.measure;
    struct tb_measured exact = tb_measures_get(&w->ms, measure, indicator, unit, period);
    struct tb_decimal printed = { 0, 0 }, stands = { 0, 0 };
    uint8_t status = tb_plane_get(plane, period, unit, &stands);
    bool has = tb_findings_printed(&w->ms, measure, indicator, unit, period, &exact, &printed);

    assert_int_equal(tb_status_has_value(status), has);
    if (has)
        assert_int_equal(status, exact.status);
    assert_int_equal(stands.units, has ? printed.units : 0);
}

static void same_ranking(const struct world *w, const struct tb_unit_planes *units,
                         enum tb_measure of, struct tb_period period)
{
    struct tb_ranks_row is, want;
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_ranks_row_init(&is, UNITS, &err), 0);
    assert_int_equal(tb_ranks_row_init(&want, UNITS, &err), 0);
    if (tb_unit_planes_rank(units, of, 0, period, &is)) {
        tb_findings_row(&w->ms, of, units->indicator, 0, period, true, &want);
        for (size_t m = 0; m < UNITS; m++) {
            assert_int_equal(is.open[m], want.open[m]);
            assert_int_equal(is.has[m], want.has[m]);
            if (is.has[m])
                assert_int_equal(tb_rational_cmp(is.value[m], want.value[m]), 0);
        }
    }
    tb_ranks_row_release(&is);
    tb_ranks_row_release(&want);
}

static void planes_of_units(void **state)
{
    (void)state;
    for (int round = 0; round < WORLDS; round++) {
        struct world w;
        struct tb_findings_layout layout;
        struct tb_error err = TB_ERROR_INIT;
        char path[80];
        begin(&w);
        snprintf(path, sizeof path, "%s.f", w.path);
        assert_int_equal(tb_layout_init(&layout, &w.ms, &err), 0);
        struct tb_cube *cube = tb_cube_create(path, layout.plane, NULL, layout.n, &err);
        assert_non_null(cube);
        for (size_t i = 0; i < KINDS; i++) {
            struct tb_unit_planes units;
            assert_int_equal(
                tb_unit_planes_fill(&units, &w.ms, &layout.indicator[i], cube, i, &err), 0);
            for (int32_t p = 0; p < MONTHS; p++) {
                struct tb_period period = { TB_FREQ_MONTH, FIRST + p };
                for (size_t m = 0; m < TB_N_UNIT_MEASURES; m++) {
                    if (!units.plane[m])
                        continue;
                    for (size_t u = 0; u < UNITS; u++)
                        if (tb_plane_cell(units.plane[m], period, u) != SIZE_MAX)
                            same_cell(&w, units.plane[m], i, u, period);
                    same_ranking(&w, &units, (enum tb_measure)units.plane[m]->key.measure, period);
                }
            }
            tb_unit_planes_release(&units);
        }
        tb_cube_close(cube);
        tb_layout_release(&layout);
        end(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways),
        cmocka_unit_test(sums_of_a_group),
        cmocka_unit_test(planes_of_units),
    };

    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
