/* analyse_cube.h - a small profile and a cube of it, for tests of analyse.
 *
 * Four units in one group and a fifth that is the group's area; months from
 * January 2022.  Indicator 0 is a flow in 万元 with one decimal, whose growth is
 * computed unless a test says otherwise; indicator 1 is a second flow; indicator
 * 2 is their ratio in percent.
 */
#ifndef TONGBAO_TESTS_ANALYSE_CUBE_H
#define TONGBAO_TESTS_ANALYSE_CUBE_H

#include "analyse/measure/measures.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"

enum { N_UNITS = 5, AREA = 4, N_MONTHS = 24, N_PLANES = 7, FIRST_MONTH = 2022 * 12 };

struct small {
    struct tb_profile profile;
    struct tb_unit unit[N_UNITS];
    struct tb_group group[1];
    uint32_t member[4];
    struct tb_indicator indicator[3];
    struct tb_formula formula;
    uint16_t above[1], below[1];
    int8_t plus[1];
    char path[64];
    struct tb_cube *making, *cube;
    struct tb_measures ms;
};

static const struct {
    uint16_t indicator;
    uint8_t measure;
} small_planes[N_PLANES] = {
    { 0, TB_MEASURE_VALUE }, { 0, TB_MEASURE_YTD },   { 0, TB_MEASURE_GROWTH },
    { 0, TB_MEASURE_BASE },  { 1, TB_MEASURE_VALUE }, { 0, TB_MEASURE_YTD_GROWTH },
    { 0, TB_MEASURE_MOM },
};

static struct tb_period month(int year, int number)
{
    return (struct tb_period){ TB_FREQ_MONTH, year * 12 + number - 1 };
}

static void small_profile(struct small *s)
{
    static const char *const codes[N_UNITS] = { "a", "b", "c", "d", "city" };
    struct tb_uom yuan = { .kind = TB_UOM_AMOUNT, .base = "元", .factor = { 10000, 1 } };

    for (size_t u = 0; u < N_UNITS; u++)
        s->unit[u] = (struct tb_unit){ .code = codes[u],
                                       .parent = u == AREA ? TB_NONE : AREA,
                                       .successor = TB_NONE,
                                       .groups = u != AREA,
                                       .valid_from = TB_DAY_NONE,
                                       .valid_to = TB_DAY_NONE };
    for (uint32_t m = 0; m < 4; m++)
        s->member[m] = m;
    s->group[0] =
        (struct tb_group){ .code = "city", .area = AREA, .member = s->member, .n_members = 4 };
    for (size_t i = 0; i < 3; i++)
        s->indicator[i] = (struct tb_indicator){ .code = i == 0   ? "sales"
                                                         : i == 1 ? "base"
                                                                  : "ratio",
                                                 .unit_measure = i == 2 ? "%" : "万元",
                                                 .uom = yuan,
                                                 .frequency = TB_FREQ_MONTH,
                                                 .growth = TB_BASIS_COMPUTED,
                                                 .decimals = 1,
                                                 .department = TB_NONE,
                                                 .task = TB_NONE };
    s->indicator[2].kind = TB_KIND_RATE;
    s->indicator[2].uom =
        (struct tb_uom){ .kind = TB_UOM_PERCENT, .base = "%", .factor = { 1, 1 } };
    s->above[0] = 0;
    s->below[0] = 1;
    s->plus[0] = 1;
    s->formula = (struct tb_formula){ .numerator = { s->above, s->plus, 1, false },
                                      .denominator = { s->below, s->plus, 1, false } };
    s->indicator[2].formula = &s->formula;
    s->profile = (struct tb_profile){
        .code = "small",
        .units = s->unit,
        .n_units = N_UNITS,
        .groups = s->group,
        .n_groups = 1,
        .indicators = s->indicator,
        .n_indicators = 3,
        .set = { .year_start = 1,
                 .growth_decimals = 1,
                 .rank_on_published = true,
                 .frequency = TB_FREQ_MONTH,
                 .bottom_k = 1,
                 .min_peers = 3 },
    };
}

/* The profile and an empty cube to put numbers into. */
static void small_begin(struct small *s, const char *name)
{
    struct tb_plane plane[N_PLANES];
    struct tb_error err = TB_ERROR_INIT;

    *s = (struct small){ 0 };
    small_profile(s);
    snprintf(s->path, sizeof s->path, "/tmp/tongbao-%s-%ld.tbc", name, (long)getpid());
    for (size_t p = 0; p < N_PLANES; p++)
        plane[p] = (struct tb_plane){
            .key = { small_planes[p].indicator, small_planes[p].measure, TB_N_MEASURES,
                     TB_NO_GROUP },
            .axis = TB_AXIS_UNIT,
            .freq = TB_FREQ_MONTH,
            .first = FIRST_MONTH,
            .n_periods = N_MONTHS,
            .n_columns = N_UNITS,
            .scale = 1,
        };
    s->making = tb_cube_create(s->path, plane, NULL, N_PLANES, &err);
    assert_non_null(s->making);
}

/* A number in tenths. */
static void small_put(struct small *s, size_t indicator, enum tb_measure measure, size_t unit,
                      struct tb_period period, int64_t tenths, uint8_t status)
{
    for (size_t p = 0; p < N_PLANES; p++)
        if (small_planes[p].indicator == indicator && small_planes[p].measure == measure) {
            struct tb_plane *plane = tb_cube_plane_for_writing(s->making, p);
            size_t cell = tb_plane_cell(plane, period, unit);
            assert_true(cell != SIZE_MAX);
            plane->value[cell] = tenths;
            plane->status[cell] = status;
            return;
        }
    fail_msg("no plane for measure %d", (int)measure);
}

/* Closes the cube and opens it for measuring. */
static void small_open(struct small *s)
{
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_cube_commit(s->making, &err), 0);
    tb_cube_close(s->making);
    s->making = NULL;
    s->cube = tb_cube_open(s->path, &err);
    assert_non_null(s->cube);
    assert_int_equal(tb_measures_init(&s->ms, &s->profile, s->cube, &err), 0);
}

static void small_end(struct small *s)
{
    tb_measures_release(&s->ms);
    tb_cube_close(s->making);
    tb_cube_close(s->cube);
    unlink(s->path);
}

#endif
