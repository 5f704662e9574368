/* findings.c - lays findings.tbc out, fills it indicator by indicator, and puts
 * the composite on top. */
#include "analyse/findings.h"

#include <stdlib.h>

#include "analyse/measure/groups.h"
#include "analyse/measure/layout.h"
#include "analyse/rank/score.h"
#include "analyse/measure/unit_planes.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

/* What one indicator needs while it is being filled. */
struct fill {
    const struct tb_measures *ms;
    const struct tb_findings_layout *layout;
    struct tb_cube *cube;
    size_t indicator;
    struct tb_unit_planes units;
    struct tb_ranks_row now, before; /* of the largest group */
    struct tb_period last;           /* of which `before` holds the row of the group at hand */
    struct tb_standing *place;
    int64_t *printed;
    double *work;
};

/* The planes of the places of a headline in a group, and the cells of a period. */
struct places {
    struct tb_plane *rank, *bottom, *movement;
    size_t first;               /* cell of column first_column */
    const uint8_t *status;      /* of the numbers that are ranked, by unit; NULL: there are none */
};

static bool find_places(const struct fill *fill, size_t h, size_t group, struct tb_period period,
                        struct places *out)
{
    const struct tb_profile *profile = fill->ms->profile;
    const struct tb_indicator_layout *at = &fill->layout->indicator[fill->indicator];
    size_t first = at->place[h * profile->n_groups + group], cell;
    const struct tb_plane *of =
        tb_unit_planes_row(&fill->units, (enum tb_measure)at->headline[h], period, &cell);

    out->rank = tb_cube_plane_for_writing(fill->cube, first + TB_PLACE_RANK);
    out->bottom = tb_cube_plane_for_writing(fill->cube, first + TB_PLACE_BOTTOM);
    out->movement = tb_cube_plane_for_writing(fill->cube, first + TB_PLACE_MOVEMENT);
    out->status = of ? of->status + cell : NULL;
    out->first = tb_plane_cell(out->rank, period, out->rank->first_column);
    return out->first != SIZE_MAX;
}

/* Writes the place of a unit, which is as provisional as the number it rests on. */
static void write_place(const struct places *at, size_t unit, const struct tb_standing *place)
{
    uint8_t letter = at->status ? at->status[unit] & TB_STATUS_MASK : TB_STATUS_NONE;
    size_t column = unit - at->rank->first_column, cell = at->first + column;

    if (place->rank == 0 || unit < at->rank->first_column || column >= at->rank->n_columns)
        return;
    if (!tb_status_has_value(letter))
        letter = TB_STATUS_A;
    at->rank->value[cell] = place->rank;
    at->rank->status[cell] = letter | (place->tied ? TB_FLAG_TIED : 0);
    /* A given place clears what was computed beside the one that it replaces. */
    at->bottom->value[cell] = place->bottom;
    at->bottom->status[cell] = place->bottom > 0 ? letter : TB_STATUS_NONE;
    at->movement->value[cell] = place->has_movement ? place->movement : 0;
    at->movement->status[cell] = place->has_movement ? letter : TB_STATUS_NONE;
}

/* Places computed for the members of a group; those given, for any unit, go
 * before them.  Given ranks are of the leading measure.  Returns how many members
 * were given one. */
static size_t write_places(const struct fill *fill, size_t h, size_t group, struct tb_period period)
{
    const struct tb_profile *profile = fill->ms->profile;
    const struct tb_group *g = &profile->groups[group];
    struct places at;
    size_t n_given = 0;

    if (!find_places(fill, h, group, period, &at))
        return 0;
    for (size_t m = 0; m < g->n_members; m++)
        write_place(&at, g->member[m], &fill->place[m]);
    if (h > 0 || !fill->ms->planes[fill->indicator].given[group])
        return 0;
    for (size_t u = 0; u < profile->n_units; u++) {
        struct tb_standing place;
        if (!tb_unit_valid_in(&profile->units[u], period) ||
            !tb_findings_given(fill->ms, fill->indicator, group, u, period, &place))
            continue;
        write_place(&at, u, &place);
        n_given += profile->units[u].groups >> group & 1;
    }
    return n_given;
}

static void put_figure(const struct fill *fill, size_t h, size_t figure, size_t group,
                       struct tb_period period, int64_t value, uint8_t status)
{
    size_t first = fill->layout->indicator[fill->indicator].figure;
    struct tb_plane *plane =
        tb_cube_plane_for_writing(fill->cube, first + h * TB_N_GROUP_MEASURES + figure);
    size_t cell = tb_plane_cell(plane, period, group);

    if (cell == SIZE_MAX)
        return;
    plane->value[cell] = tb_status_has_value(status) ? value : 0;
    plane->status[cell] = status;
}

/* The group's own figure and the pooled one: figures 0 and 1. */
static void fill_whole(const struct fill *fill, size_t h, enum tb_measure of, size_t group,
                       struct tb_period period)
{
    const struct tb_profile *profile = fill->ms->profile;
    int32_t area = profile->groups[group].area;
    struct tb_measured own = tb_groups_area(fill->ms, of, fill->indicator, group, period);
    struct tb_measured pooled = tb_groups_pooled(fill->ms, of, fill->indicator, group, period);
    struct tb_decimal value = { 0, 0 };

    if (area != TB_NONE &&
        tb_findings_printed(fill->ms, of, fill->indicator, (size_t)area, period, &own, &value))
        put_figure(fill, h, 0, group, period, value.units, own.status & TB_STATUS_MASK);
    if (pooled.known == TB_KNOWN &&
        tb_rational_round(pooled.number, tb_measures_decimals(profile, fill->indicator, of),
                          tb_findings_round_mode(profile, of), &value))
        put_figure(fill, h, 1, group, period, value.units, pooled.status & TB_STATUS_MASK);
    else
        put_figure(fill, h, 1, group, period, 0,
                   pooled.known == TB_KNOWN ? TB_STATUS_M : pooled.status & TB_STATUS_MASK);
}

/* Mean, median, quartiles, best and worst of printed values: figures 2 to 7. */
static void fill_spread(const struct fill *fill, size_t h, size_t group, struct tb_period period,
                        size_t n)
{
    const struct tb_settings *set = &fill->ms->profile->set;
    bool lower = tb_indicator_lower_is_better(&fill->ms->profile->indicators[fill->indicator]);
    uint8_t status = TB_STATUS_A;
    struct tb_spread spread;
    struct tb_decimal mean = { 0, 0 };

    if (n > 0 && !tb_groups_spread(fill->printed, fill->work, n, &spread))
        return;
    if (n == 0)
        return;
    if (n < (size_t)(set->min_peers > 0 ? set->min_peers : 0))
        status = TB_STATUS_Q; /* too few for an average: suppressed */
    uint8_t mean_status =
        tb_rational_round(spread.mean, 0, set->round_mode, &mean) ? status : TB_STATUS_M;
    put_figure(fill, h, 2, group, period, mean.units, mean_status);
    put_figure(fill, h, 3, group, period, tb_groups_round(spread.median, set->round_mode), status);
    put_figure(fill, h, 4, group, period, tb_groups_round(spread.q1, set->round_mode), status);
    put_figure(fill, h, 5, group, period, tb_groups_round(spread.q3, set->round_mode), status);
    put_figure(fill, h, 6, group, period, lower ? spread.least : spread.greatest, TB_STATUS_A);
    put_figure(fill, h, 7, group, period, lower ? spread.greatest : spread.least, TB_STATUS_A);
}

/* Printed values of the ranked members, into fill->printed, from the least up. */
static size_t gather_printed(const struct fill *fill, enum tb_measure of, size_t group,
                             struct tb_period period)
{
    const struct tb_group *g = &fill->ms->profile->groups[group];
    size_t n = 0;

    for (size_t i = 0; i < fill->now.n_ranked; i++) {
        size_t m = fill->now.order[i];
        struct tb_decimal printed;
        if (fill->ms->profile->set.rank_on_published) { /* the row holds them already */
            fill->printed[n++] = fill->now.value[m].num;
            continue;
        }
        struct tb_measured exact =
            tb_measures_get(fill->ms, of, fill->indicator, g->member[m], period);
        if (tb_findings_printed(fill->ms, of, fill->indicator, g->member[m], period, &exact,
                                &printed))
            fill->printed[n++] = printed.units;
    }
    return n;
}

/* The row that places are taken from, on the basis of the profile. */
static void take_row(const struct fill *fill, enum tb_measure of, size_t group,
                     struct tb_period period, struct tb_ranks_row *row)
{
    bool published = fill->ms->profile->set.rank_on_published;

    if (!published || !tb_unit_planes_rank(&fill->units, of, group, period, row))
        tb_findings_row(fill->ms, of, fill->indicator, group, period, published, row);
}

/* The row of the period, and in fill->before that of the period before, which is
 * most often the row taken last. */
static void take_rows(struct fill *fill, enum tb_measure of, size_t group, struct tb_period period)
{
    const struct tb_indicator *ind = &fill->ms->profile->indicators[fill->indicator];
    struct tb_period previous = tb_indicator_previous(ind, period);
    struct tb_ranks_row swap = fill->before;

    fill->before = fill->now;
    fill->now = swap;
    if (fill->last.index != previous.index)
        take_row(fill, of, group, previous, &fill->before);
    take_row(fill, of, group, period, &fill->now);
    fill->last = period;
}

static int fill_group(struct fill *fill, size_t h, size_t group, struct tb_period period,
                      struct tb_error *err)
{
    const struct tb_profile *profile = fill->ms->profile;
    const struct tb_indicator *ind = &profile->indicators[fill->indicator];
    const struct tb_indicator_layout *at = &fill->layout->indicator[fill->indicator];
    enum tb_measure of = (enum tb_measure)at->headline[h];
    bool lower = tb_indicator_lower_is_better(ind);
    size_t n_ranked;

    take_rows(fill, of, group, period);
    if (tb_ranks_places(&profile->set, lower, &fill->now, fill->place, &n_ranked, err) < 0 ||
        (n_ranked > 0 && tb_ranks_movement(&profile->set, lower, &fill->before, &fill->now,
                                           fill->place, err) < 0))
        return -1;
    size_t n_given = write_places(fill, h, group, period);
    /* Who gives a place to one unit has ranked them all. */
    size_t n_open = 0;
    for (size_t m = 0; n_given > 0 && m < fill->now.n; m++)
        n_open += fill->now.open[m];
    n_ranked = n_open > n_ranked ? n_open : n_ranked;
    fill_whole(fill, h, of, group, period);
    fill_spread(fill, h, group, period, gather_printed(fill, of, group, period));
    put_figure(fill, h, TB_N_GROUP_MEASURES - 1, group, period, (int64_t)n_ranked, TB_STATUS_A);
    return 0;
}

static int fill_groups(struct fill *fill, struct tb_error *err)
{
    const struct tb_profile *profile = fill->ms->profile;
    const struct tb_indicator_planes *planes = &fill->ms->planes[fill->indicator];
    const struct tb_indicator_layout *at = &fill->layout->indicator[fill->indicator];
    enum tb_freq freq = profile->indicators[fill->indicator].frequency;

    for (size_t h = 0; h < at->n_headlines; h++)
        for (size_t g = 0; g < profile->n_groups; g++) {
            if (at->place[h * profile->n_groups + g] == SIZE_MAX)
                continue;
            fill->last.index = INT32_MIN; /* a group of other units, or another headline */
            for (uint32_t row = 0; row < planes->n_periods; row++) {
                struct tb_period period = { freq, planes->first + (int32_t)row };
                if (fill_group(fill, h, g, period, err) < 0)
                    return -1;
            }
        }
    return 0;
}

static void fill_release(struct fill *fill)
{
    tb_unit_planes_release(&fill->units);
    tb_ranks_row_release(&fill->now);
    tb_ranks_row_release(&fill->before);
    free(fill->place);
    free(fill->printed);
    free(fill->work);
}

static int fill_init(struct fill *fill, struct tb_error *err)
{
    const struct tb_profile *profile = fill->ms->profile;
    size_t n = 1;

    for (size_t g = 0; g < profile->n_groups; g++)
        if (profile->groups[g].n_members > n)
            n = profile->groups[g].n_members;
    fill->place = calloc(n, sizeof *fill->place);
    fill->printed = calloc(n, sizeof *fill->printed);
    fill->work = calloc(n, sizeof *fill->work);
    if (!fill->place || !fill->printed || !fill->work)
        return tb_error_set(err, "out of memory for groups of %zu units", n);
    return tb_ranks_row_init(&fill->now, n, err) < 0 || tb_ranks_row_init(&fill->before, n, err) < 0
               ? -1
               : 0;
}

/* One item of the parallel loop: an indicator. */
static int fill_indicator(void *user, size_t indicator, struct tb_error *err)
{
    struct fill fill = *(const struct fill *)user;
    const struct tb_indicator_layout *at = &fill.layout->indicator[indicator];

    fill.indicator = indicator;
    if (fill.ms->planes[indicator].n_periods == 0)
        return 0;
    struct tb_cube_part *part = tb_cube_begin(fill.cube, at->first, at->end - at->first, err);
    int rc = -1;
    if (part && fill_init(&fill, err) == 0 &&
        tb_unit_planes_fill(&fill.units, fill.ms, at, fill.cube, indicator, err) == 0 &&
        fill_groups(&fill, err) == 0) {
        rc = tb_cube_end(fill.cube, part, err);
        part = NULL;
    }
    tb_cube_drop(fill.cube, part);
    fill_release(&fill);
    return rc;
}

int tb_findings_make(const struct tb_measures *ms, const char *path, size_t threads,
                     struct tb_error *err)
{
    struct tb_findings_layout layout;
    struct fill fill = { .ms = ms, .layout = &layout };
    int rc = -1;

    if (tb_layout_init(&layout, ms, err) < 0)
        return -1;
    fill.cube = tb_cube_create_in_parts(path, layout.plane, layout.n, err);
    if (fill.cube &&
        tb_parallel(threads, ms->profile->n_indicators, fill_indicator, &fill, err) == 0 &&
        tb_score_fill(ms, &layout, fill.cube, threads, err) == 0)
        rc = tb_cube_commit(fill.cube, err);
    tb_cube_close(fill.cube);
    tb_layout_release(&layout);
    return rc;
}
