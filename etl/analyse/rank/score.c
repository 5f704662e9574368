/* score.c - composite scores, the places by them, and how often a unit stands last.
 *
 * What an indicator earns is normalise.c's, how points are joined composite.c's; an
 * indicator in which a unit has no points is left out and the other weights are
 * renormalised, unless missing_indicator = zero (methods note, section 7).
 */
#include "analyse/rank/score.h"

#include <stdlib.h>

#include "analyse/rank/ranks.h"
#include "analyse/rank/score_points.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

enum { FULL_DIGITS = 9 }; /* of a score that is ranked in full */

struct scoring {
    const struct tb_measures *ms;
    const struct tb_findings_layout *layout;
    struct tb_cube *cube;
};

/* Of one unit in one period: indicators with a place, and those at the bottom. */
struct tally {
    uint32_t n_lagging, n_ranked;
};

struct tb_rational tb_score_of_rank(uint32_t rank, uint32_t n)
{
    struct tb_rational score = { 50, 1 };

    if (n > 1)
        (void)tb_rational_make((tb_int128)100 * (n - rank), (tb_int128)n - 1, &score);
    return score;
}

/* The places of one indicator in the group, in the period that is the latest
 * within `period`; the first plane of three, or NULL. */
static const struct tb_plane *places_of(const struct scoring *s, size_t i, size_t group)
{
    const struct tb_indicator *ind = &s->ms->profile->indicators[i];
    const struct tb_indicator_layout *at = &s->layout->indicator[i];

    if (ind->direction == TB_NEUTRAL || at->n_headlines == 0 || at->place[group] == SIZE_MAX)
        return NULL;
    return tb_cube_plane_for_writing(s->cube, at->place[group]);
}

static uint32_t place_at(const struct tb_plane *plane, struct tb_period period, size_t unit)
{
    struct tb_decimal value = { 0, 0 };

    if (!tb_status_has_value(tb_plane_get(plane, period, unit, &value)))
        return 0;
    return (uint32_t)value.units;
}

/* Adds one indicator to the tallies of the members. */
static void tally_indicator(const struct scoring *s, size_t i, size_t group,
                            struct tb_period period, struct tally tally[])
{
    const struct tb_profile *profile = s->ms->profile;
    const struct tb_group *g = &profile->groups[group];
    const struct tb_plane *rank = places_of(s, i, group);
    uint32_t last = 0, n = 0;

    if (!rank)
        return;
    const struct tb_plane *bottom =
        tb_cube_plane_for_writing(s->cube, s->layout->indicator[i].place[group] + TB_PLACE_BOTTOM);
    period = tb_period_within(period, profile->indicators[i].frequency);
    for (size_t m = 0; m < g->n_members; m++) {
        uint32_t place = place_at(rank, period, g->member[m]);
        last = place > last ? place : last;
        n += place > 0;
    }
    if (n < 2) /* one place is no ranking: it says nothing of who is ahead */
        return;
    uint32_t k = (uint32_t)profile->set.bottom_k < n / 2 ? (uint32_t)profile->set.bottom_k : n / 2;
    for (size_t m = 0; m < g->n_members; m++) {
        uint32_t from_worst = place_at(bottom, period, g->member[m]);
        if (place_at(rank, period, g->member[m]) == 0)
            continue;
        tally[m].n_ranked++;
        tally[m].n_lagging += last > 1 && from_worst > 0 && from_worst <= k;
    }
}

static struct tb_plane *score_plane(const struct scoring *s, size_t group, size_t which)
{
    return tb_cube_plane_for_writing(s->cube, s->layout->score[group] + which);
}

static void write_lagging(const struct scoring *s, size_t group, struct tb_period period,
                          const struct tally tally[])
{
    const struct tb_group *g = &s->ms->profile->groups[group];
    struct tb_plane *lagging = score_plane(s, group, TB_SCORE_LAGGING);

    for (size_t m = 0; m < g->n_members; m++) {
        size_t cell = tb_plane_cell(lagging, period, g->member[m]);
        if (tally[m].n_ranked == 0)
            continue;
        lagging->value[cell] = tally[m].n_lagging;
        lagging->status[cell] = TB_STATUS_A;
    }
}

/* Writes scores, and what they are ranked by into row: as printed, or to nine digits. */
static void write_scores(const struct scoring *s, struct tb_score_points *points,
                         struct tb_period period, struct tb_ranks_row *row)
{
    const struct tb_settings *set = &s->ms->profile->set;
    const struct tb_group *g = &s->ms->profile->groups[points->group];
    struct tb_plane *score = score_plane(s, points->group, TB_SCORE_SCORE);

    row->ordered = false;
    for (size_t m = 0; m < g->n_members; m++) {
        size_t cell = tb_plane_cell(score, period, g->member[m]);
        int64_t printed, full;
        struct tb_wide exact;
        enum tb_composite_fault fault = tb_score_points_join(points, m, &exact);
        row->open[m] = tb_unit_valid_in(&s->ms->profile->units[g->member[m]], period);
        row->has[m] = false;
        if (fault == TB_COMPOSITE_NOTHING)
            continue;
        if (fault != TB_COMPOSITE_FINE ||
            !tb_wide_round(exact, score->scale, set->round_mode, &printed) ||
            !tb_wide_round(exact, FULL_DIGITS, set->round_mode, &full)) {
            score->status[cell] = TB_STATUS_M;
            continue;
        }
        score->value[cell] = printed;
        score->status[cell] = TB_STATUS_A;
        row->has[m] = true;
        row->value[m] = tb_rational_int(set->rank_on_published ? printed : full);
    }
}

static void write_places(const struct scoring *s, size_t group, struct tb_period period,
                         const struct tb_standing place[], size_t n_ranked)
{
    const struct tb_group *g = &s->ms->profile->groups[group];
    struct tb_plane *rank = score_plane(s, group, TB_SCORE_RANK);
    struct tb_plane *bottom = score_plane(s, group, TB_SCORE_BOTTOM);
    struct tb_plane *movement = score_plane(s, group, TB_SCORE_MOVEMENT);

    for (size_t m = 0; m < g->n_members; m++) {
        size_t cell = tb_plane_cell(rank, period, g->member[m]);
        if (place[m].rank == 0)
            continue;
        rank->value[cell] = place[m].rank;
        rank->status[cell] = TB_STATUS_A | (place[m].tied ? TB_FLAG_TIED : 0);
        bottom->value[cell] = place[m].bottom;
        bottom->status[cell] = TB_STATUS_A;
        if (place[m].has_movement) {
            movement->value[cell] = place[m].movement;
            movement->status[cell] = TB_STATUS_A;
        }
    }
    if (s->layout->score_count != SIZE_MAX) {
        struct tb_plane *count = tb_cube_plane_for_writing(s->cube, s->layout->score_count);
        size_t cell = tb_plane_cell(count, period, group);
        count->value[cell] = (int64_t)n_ranked;
        count->status[cell] = TB_STATUS_A;
    }
}

/* One group, all periods, each compared with the last that had scores. */
static int score_periods(const struct scoring *s, struct tb_score_points *points,
                         struct tally *tally, struct tb_standing *place,
                         struct tb_ranks_row row[2], struct tb_error *err)
{
    const struct tb_profile *profile = s->ms->profile;
    size_t group = points->group, n = points->n, n_ranked;
    int current = 0;

    for (uint32_t p = 0; p < s->layout->score_periods; p++) {
        struct tb_period period = s->layout->score_first;
        struct tb_ranks_row *now = &row[current], *before = &row[1 - current];
        period.index += (int32_t)p;
        for (size_t m = 0; m < n; m++)
            tally[m] = (struct tally){ 0 };
        for (size_t i = 0; i < profile->n_indicators; i++)
            tally_indicator(s, i, group, period, tally);
        write_lagging(s, group, period, tally);
        tb_score_points_at(points, period);
        write_scores(s, points, period, now);
        if (tb_ranks_places(&profile->set, false, now, place, &n_ranked, err) < 0 ||
            tb_ranks_movement(&profile->set, false, before, now, place, err) < 0)
            return -1;
        write_places(s, group, period, place, n_ranked);
        if (n_ranked > 0) /* a January without reports is no period to compare with */
            current = 1 - current;
    }
    return 0;
}

/* One item of the parallel loop: a group. */
static int score_group(void *user, size_t group, struct tb_error *err)
{
    const struct scoring *s = user;
    size_t n = s->ms->profile->groups[group].n_members;
    struct tally *tally = calloc(n ? n : 1, sizeof *tally);
    struct tb_standing *place = calloc(n ? n : 1, sizeof *place);
    struct tb_ranks_row row[2] = { { 0 }, { 0 } };
    struct tb_score_points points = { 0 };
    int rc = -1;

    if (!tally || !place)
        tb_error_set(err, "out of memory for the scores of %zu units", n);
    else if (tb_ranks_row_init(&row[0], n, err) == 0 &&
             tb_ranks_row_init(&row[1], n, err) == 0 &&
             tb_score_points_init(&points, s->ms, s->cube, group, err) == 0)
        rc = score_periods(s, &points, tally, place, row, err);
    tb_score_points_release(&points);
    tb_ranks_row_release(&row[0]);
    tb_ranks_row_release(&row[1]);
    free(place);
    free(tally);
    return rc;
}

int tb_score_fill(const struct tb_measures *ms, const struct tb_findings_layout *layout,
                  struct tb_cube *cube, size_t threads, struct tb_error *err)
{
    struct scoring s = { .ms = ms, .layout = layout, .cube = cube };

    if (layout->score_periods == 0)
        return 0;
    struct tb_cube_part *part =
        tb_cube_begin(cube, layout->first_score, layout->n - layout->first_score, err);
    if (part && tb_parallel(threads, ms->profile->n_groups, score_group, &s, err) == 0)
        return tb_cube_end(cube, part, err);
    tb_cube_drop(cube, part);
    return -1;
}
