/* expected.c - who owes which indicator, found in the planes that hold submissions. */
#include "tongbao/expected.h"

#include <stdlib.h>

#include "tongbao/cube.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/rule.h"

enum { LOOK_BACK = 12 };

/* The submitted planes of one indicator. */
struct planes {
    const struct tb_plane **item;
    size_t n;
};

struct tb_expected {
    const struct tb_profile *profile;
    struct planes *planes; /* [n_indicators] */
    const struct tb_plane **all;
};

static bool is_submitted(const struct tb_plane *plane)
{
    return plane->origin && plane->axis == TB_AXIS_UNIT;
}

/* Counted first, so that each indicator's planes lie side by side in `all`. */
static void index_planes(struct tb_expected *expected, const struct tb_cube *cube)
{
    size_t n = tb_cube_n_planes(cube), used = 0;

    for (size_t p = 0; p < n; p++) {
        const struct tb_plane *plane = tb_cube_plane(cube, p);
        if (is_submitted(plane))
            expected->planes[plane->key.indicator].n++;
    }
    for (size_t i = 0; i < expected->profile->n_indicators; i++) {
        expected->planes[i].item = expected->all + used;
        used += expected->planes[i].n;
        expected->planes[i].n = 0;
    }
    for (size_t p = 0; p < n; p++) {
        const struct tb_plane *plane = tb_cube_plane(cube, p);
        struct planes *planes = &expected->planes[plane->key.indicator];
        if (is_submitted(plane))
            planes->item[planes->n++] = plane;
    }
}

struct tb_expected *tb_expected_new(const struct tb_profile *profile, const struct tb_cube *cube,
                                    struct tb_error *err)
{
    struct tb_expected *expected = calloc(1, sizeof *expected);

    if (expected) {
        expected->profile = profile;
        expected->planes = calloc(profile->n_indicators + 1, sizeof *expected->planes);
        expected->all = calloc(tb_cube_n_planes(cube) + 1, sizeof *expected->all);
        if (expected->planes && expected->all) {
            index_planes(expected, cube);
            return expected;
        }
    }
    tb_expected_free(expected);
    tb_error_set(err, "out of memory for %zu indicators", profile->n_indicators);
    return NULL;
}

void tb_expected_free(struct tb_expected *expected)
{
    if (!expected)
        return;
    free(expected->planes);
    free(expected->all);
    free(expected);
}

bool tb_expected_period(const struct tb_profile *profile, size_t indicator, struct tb_period asked,
                        struct tb_period *out)
{
    const struct tb_indicator *of = &profile->indicators[indicator];

    *out = tb_period_within(asked, of->frequency);
    return tb_period_last_day(*out) == tb_period_last_day(asked) && !of->formula &&
           tb_indicator_expected(of, *out);
}

uint32_t tb_expected_origin(const struct tb_expected *expected, size_t indicator, size_t unit,
                            struct tb_period period)
{
    const struct planes *planes = &expected->planes[indicator];

    for (size_t i = 0; i < planes->n; i++) {
        const struct tb_plane *plane = planes->item[i];
        size_t cell = tb_plane_cell(plane, period, unit);
        if (cell != SIZE_MAX && plane->origin[cell] != 0 &&
            (plane->status[cell] & TB_STATUS_MASK) != TB_STATUS_L)
            return plane->origin[cell];
    }
    return 0;
}

bool tb_expected_is_nil(const struct tb_expected *expected, size_t indicator, size_t unit,
                        struct tb_period period)
{
    const struct planes *planes = &expected->planes[indicator];
    bool nil = false;

    for (size_t i = 0; i < planes->n; i++) {
        const struct tb_plane *plane = planes->item[i];
        size_t cell = tb_plane_cell(plane, period, unit);
        if (cell == SIZE_MAX || plane->origin[cell] == 0)
            continue;
        if ((plane->status[cell] & TB_STATUS_MASK) != TB_STATUS_M)
            return false;
        nil = true;
    }
    return nil;
}

bool tb_expected_is_in(const struct tb_expected *expected, size_t indicator, size_t unit,
                       struct tb_period period)
{
    return tb_expected_origin(expected, indicator, unit, period) != 0;
}

static bool has_binding_target(const struct tb_profile *profile, size_t indicator, size_t unit,
                               struct tb_period period)
{
    for (size_t i = 0; i < profile->n_targets; i++) {
        const struct tb_target *target = &profile->targets[i];
        if ((size_t)target->indicator == indicator && target->strength == TB_BINDING &&
            target->rule && !tb_rule_is_of_cases(target->rule) && !tb_rule_is_none(target->rule) &&
            target->applies[unit] && period.freq == target->from.freq &&
            period.index >= target->from.index && period.index <= target->to.index)
            return true;
    }
    return false;
}

bool tb_expected_is_due(const struct tb_expected *expected, size_t indicator, size_t unit,
                        struct tb_period period)
{
    return !tb_profile_is_waived(expected->profile, unit, indicator, period) &&
           tb_expected_is_usual(expected, indicator, unit, period);
}

bool tb_expected_is_usual(const struct tb_expected *expected, size_t indicator, size_t unit,
                          struct tb_period period)
{
    if (tb_expected_is_in(expected, indicator, unit, period))
        return true;
    if (!tb_unit_valid_in(&expected->profile->units[unit], period))
        return false;
    for (int32_t back = 1; back <= LOOK_BACK; back++) {
        struct tb_period before = { period.freq, period.index - back };
        if (tb_expected_is_in(expected, indicator, unit, before))
            return true;
    }
    return has_binding_target(expected->profile, indicator, unit, period);
}
