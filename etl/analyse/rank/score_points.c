/* score_points.c - gathers what is scored, and has it normalised and joined. */
#include "analyse/rank/score_points.h"

#include <stdlib.h>

#include "analyse/findings.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

static bool allocate(struct tb_score_points *points)
{
    size_t n = points->n ? points->n : 1, w = points->weights.n ? points->weights.n : 1, cells;

    if (!tb_size_mul(n, w, &cells))
        return false;
    points->point = calloc(cells, sizeof *points->point);
    points->zero = calloc(cells, sizeof *points->zero);
    points->share = calloc(w, sizeof *points->share);
    points->posts = calloc(w, sizeof *points->posts);
    points->column = calloc(n, sizeof *points->column);
    points->place = calloc(n, sizeof *points->place);
    points->work = calloc(n, sizeof *points->work);
    return points->point && points->zero && points->share && points->posts && points->column && points->place &&
           points->work;
}

int tb_score_points_init(struct tb_score_points *points, const struct tb_measures *ms,
                         const struct tb_cube *findings, size_t group, struct tb_error *err)
{
    *points = (struct tb_score_points){ .ms = ms,
                                        .findings = findings,
                                        .group = group,
                                        .n = ms->profile->groups[group].n_members };
    if (tb_weights_init(&points->weights, ms->profile, err) == 0 &&
        tb_ranks_row_init(&points->row, points->n ? points->n : 1, err) == 0) {
        points->row.n = points->n;
        if (allocate(points))
            return 0;
        tb_error_set(err, "out of memory for the scores of %zu units", points->n);
    }
    tb_score_points_release(points);
    return -1;
}

void tb_score_points_release(struct tb_score_points *points)
{
    tb_weights_release(&points->weights);
    tb_ranks_row_release(&points->row);
    free(points->point);
    free(points->zero);
    free(points->share);
    free(points->posts);
    free(points->column);
    free(points->place);
    free(points->work);
    *points = (struct tb_score_points){ 0 };
}

static const struct tb_plane *rank_plane(const struct tb_score_points *points, size_t indicator)
{
    const struct tb_indicator *in = &points->ms->profile->indicators[indicator];

    return tb_cube_find(points->findings,
                        (struct tb_plane_key){ (uint16_t)indicator, TB_MEASURE_RANK,
                                               in->headline[0], (uint8_t)points->group });
}

/* Places into points->place; how many there are. */
static size_t gather_places(struct tb_score_points *points, size_t indicator,
                            struct tb_period period, uint32_t *last)
{
    const struct tb_plane *plane = rank_plane(points, indicator);
    const struct tb_group *g = &points->ms->profile->groups[points->group];
    size_t ranked = 0;

    *last = 0;
    for (size_t m = 0; m < points->n; m++) {
        struct tb_decimal place = { 0, 0 };
        bool has = tb_status_has_value(tb_plane_get(plane, period, g->member[m], &place));
        points->place[m] = has && place.units > 0 ? (uint32_t)place.units : 0;
        ranked += points->place[m] > 0;
        *last = points->place[m] > *last ? points->place[m] : *last;
    }
    return ranked;
}

/* Numbers into points->row: those with a place, printed or in full. */
static size_t gather_values(struct tb_score_points *points, size_t indicator,
                            struct tb_period period, enum tb_measure of)
{
    const struct tb_profile *profile = points->ms->profile;
    const struct tb_group *g = &profile->groups[points->group];
    struct tb_ranks_row *row = &points->row;
    bool by_place = of != TB_MEASURE_PROGRESS ||
                    profile->indicators[indicator].headline[0] == TB_MEASURE_PROGRESS;
    size_t present = 0;
    uint32_t last;

    if (!profile->set.rank_on_published) {
        tb_findings_row(points->ms, of, indicator, points->group, period, false, row);
    } else {
        const struct tb_plane *plane = tb_cube_measure(points->findings, indicator, of);
        (void)gather_places(points, indicator, period, &last);
        for (size_t m = 0; m < points->n; m++) {
            struct tb_decimal printed;
            row->has[m] =
                (!by_place || points->place[m] > 0) &&
                tb_unit_valid_in(&profile->units[g->member[m]], period) &&
                tb_status_has_value(tb_plane_get(plane, period, g->member[m], &printed)) &&
                tb_rational_from_decimal(printed, &row->value[m]);
        }
    }
    for (size_t m = 0; m < points->n; m++)
        present += row->has[m];
    return present;
}

/* Nobody has points: the indicator does not count in the period. */
static void none(struct tb_score_points *points, enum tb_point_note note)
{
    for (size_t m = 0; m < points->n; m++)
        points->column[m] = (struct tb_point){ .points = { 0, 1 }, .note = (uint8_t)note };
}

/* Points of n places, the last of them `last`. */
static void scale_places(struct tb_score_points *points, size_t n, uint32_t last)
{
    if (n < 2) { /* one place is no ranking: it says nothing of who is ahead */
        none(points, TB_POINT_PLAIN);
        return;
    }
    /* Ties at the end leave a last place before N; the scale still runs to N. */
    bool to_last = points->ms->profile->set.dense_ranks || last > n;
    tb_normalise_rank(points->place, points->n, to_last ? last : (uint32_t)n, points->column);
}

static void by_rank(struct tb_score_points *points, size_t indicator, struct tb_period period)
{
    uint32_t last;
    size_t n = gather_places(points, indicator, period, &last);

    scale_places(points, n, last);
}

enum tb_measure tb_score_points_measure(const struct tb_score_points *points, size_t i)
{
    const struct tb_profile *profile = points->ms->profile;

    return profile->set.normalise == TB_NORMALISE_COMPLETION
               ? TB_MEASURE_PROGRESS
               : (enum tb_measure)profile->indicators[points->weights.indicator[i]].headline[0];
}

/* Points of n numbers in points->row, but for places. */
static void of_numbers(struct tb_score_points *points, size_t i, size_t n)
{
    const struct tb_profile *profile = points->ms->profile;
    bool lower = tb_indicator_lower_is_better(&profile->indicators[points->weights.indicator[i]]);
    enum tb_normalise how = profile->set.normalise;
    struct tb_ranks_row *row = &points->row;
    struct tb_rational cap;

    if (n == 0 || (n < 2 && (how == TB_NORMALISE_MINMAX || how == TB_NORMALISE_ZSCORE)))
        none(points, TB_POINT_PLAIN);
    else if (how == TB_NORMALISE_MINMAX)
        tb_normalise_minmax(row->value, row->has, points->n, lower, points->column);
    else if (how == TB_NORMALISE_ZSCORE)
        tb_normalise_zscore(row->value, row->has, points->n, lower, points->work, points->column);
    else if (how == TB_NORMALISE_COMPLETION) /* more of what should be less is no achievement */
        if (lower || !tb_rational_from_decimal(profile->set.completion_cap, &cap))
            none(points, TB_POINT_PLAIN);
        else
            tb_normalise_completion(row->value, row->has, points->n, cap, points->column);
    else if (!points->posts[i].has)
        none(points, TB_POINT_NO_POSTS);
    else
        tb_normalise_goalposts(row->value, row->has, points->n, points->posts[i].post, lower,
                               points->column);
}

size_t tb_score_points_numbers(struct tb_score_points *points, size_t i, struct tb_period period)
{
    size_t indicator = points->weights.indicator[i];
    const struct tb_profile *profile = points->ms->profile;
    const struct tb_group *g = &profile->groups[points->group];

    period = tb_period_within(period, profile->indicators[indicator].frequency);
    for (size_t m = 0; m < points->n; m++)
        points->row.open[m] = tb_unit_valid_in(&profile->units[g->member[m]], period);
    return gather_values(points, indicator, period, tb_score_points_measure(points, i));
}

/* Finds whose count is zero in an indicator where that scores 0. */
static void find_zeros(struct tb_score_points *points, size_t i, struct tb_period period)
{
    const struct tb_profile *profile = points->ms->profile;
    const struct tb_indicator *in = &profile->indicators[points->weights.indicator[i]];
    const struct tb_group *g = &profile->groups[points->group];
    enum tb_measure count = in->kind == TB_KIND_FLOW || in->kind == TB_KIND_COUNT
                                ? TB_MEASURE_YTD
                                : TB_MEASURE_VALUE;

    for (size_t m = 0; m < points->n; m++) {
        struct tb_measured now = { .known = TB_UNKNOWN_NO_DATA };
        if (in->zero_score)
            now = tb_measures_level(points->ms, count, points->weights.indicator[i], g->member[m],
                                    period);
        points->zero[m * points->weights.n + i] = now.known == TB_KNOWN && now.number.num == 0;
    }
}

/* Who has counted nothing gets nothing, whatever its place. */
static void put_zeros(struct tb_score_points *points, size_t i)
{
    for (size_t m = 0; m < points->n; m++)
        if (points->zero[m * points->weights.n + i])
            points->column[m] = (struct tb_point){ .points = { 0, 1 },
                                                   .has = true,
                                                   .note = TB_POINT_NOTHING };
}

int tb_score_points_normalise(struct tb_score_points *points, size_t i, size_t n,
                              struct tb_standing place[], struct tb_error *err)
{
    const struct tb_profile *profile = points->ms->profile;
    const struct tb_indicator *in = &profile->indicators[points->weights.indicator[i]];
    uint32_t last = 0;

    if (profile->set.normalise != TB_NORMALISE_RANK) {
        of_numbers(points, i, n);
        put_zeros(points, i);
        return 0;
    }
    points->row.ordered = false;
    if (tb_ranks_places(&profile->set, tb_indicator_lower_is_better(in), &points->row, place, &n,
                        err) < 0)
        return -1;
    for (size_t m = 0; m < points->n; m++)
        points->place[m] = place[m].rank;
    last = tb_ranks_last(place, points->n);
    scale_places(points, n, last);
    put_zeros(points, i);
    return 0;
}

/* Goalposts of the year, looked up once for all its periods. */
static void see_year(struct tb_score_points *points, struct tb_period period)
{
    struct tb_period year = tb_period_year_start(period, points->ms->profile->set.year_start);

    if (points->ms->profile->set.normalise != TB_NORMALISE_GOALPOSTS ||
        (points->has_year && points->year.index == year.index))
        return;
    points->year = year;
    points->has_year = true;
    for (size_t i = 0; i < points->weights.n; i++)
        points->posts[i] = tb_goalposts_of(points->ms, points->findings,
                                           points->weights.indicator[i], points->group, period);
}

void tb_score_points_at(struct tb_score_points *points, struct tb_period period)
{
    const struct tb_profile *profile = points->ms->profile;

    see_year(points, period);
    for (size_t i = 0; i < points->weights.n; i++) {
        size_t indicator = points->weights.indicator[i];
        struct tb_period own = tb_period_within(period, profile->indicators[indicator].frequency);
        if (profile->set.normalise == TB_NORMALISE_RANK)
            by_rank(points, indicator, own);
        else
            of_numbers(points, i, gather_values(points, indicator, own,
                                                tb_score_points_measure(points, i)));
        find_zeros(points, i, own);
        put_zeros(points, i);
        for (size_t m = 0; m < points->n; m++)
            points->point[m * points->weights.n + i] = points->column[m];
    }
}

struct tb_point *tb_score_points_of(struct tb_score_points *points, size_t member)
{
    return points->point + member * points->weights.n;
}

enum tb_composite_fault tb_score_points_join(struct tb_score_points *points, size_t member,
                                             struct tb_wide *score)
{
    const struct tb_settings *set = &points->ms->profile->set;
    struct tb_point *point = tb_score_points_of(points, member);
    bool any = false, fits = true;

    for (size_t i = 0; i < points->weights.n; i++) {
        any = any || (point[i].has && point[i].note != TB_POINT_AS_ZERO);
        fits = fits && point[i].note != TB_POINT_TOO_LARGE;
    }
    points->whole = 0;
    if (!fits)
        return TB_COMPOSITE_TOO_LARGE;
    if (!any) /* who has sent nothing has no score, not a score of 0 */
        return TB_COMPOSITE_NOTHING;
    for (size_t i = 0; set->missing_as_zero && i < points->weights.n; i++)
        if (!point[i].has && point[i].note == TB_POINT_MISSING)
            point[i] = (struct tb_point){ .points = { 0, 1 },
                                          .has = true,
                                          .note = TB_POINT_AS_ZERO };
    points->whole = tb_weights_shares(&points->weights, point, points->share);
    return tb_composite_join(point, points->share, points->weights.n, points->whole,
                             set->aggregate, score);
}
