/* rule_series.c - screens along the series of each unit.
 *
 * All periods of a series are judged at once, over the whole plane of a measure;
 * the scores are kept in the frame's cache, so that a check that goes from period
 * to period asks once.  Held and missing values are no points.  Where the number
 * itself is looked at (its size, its digits, that it comes again) only submitted ones
 * are: a slip in one month is not one in every cumulated figure made from it.
 */
#include <math.h>
#include <stdlib.h>

#include "model/rule/rule_internal.h"
#include "tongbao/cube.h"
#include "tongbao/screen.h"

/* The scores of one node: [row][column] of its plane. */
struct kept {
    const struct tb_rule_node *node;
    double *score;
    struct kept *next;
};

struct tb_rule_cache {
    struct tb_arena arena;
    struct kept *first;
};

struct tb_rule_cache *tb_rule_cache_new(void)
{
    return calloc(1, sizeof(struct tb_rule_cache));
}

void tb_rule_cache_free(struct tb_rule_cache *cache)
{
    if (!cache)
        return;
    tb_arena_release(&cache->arena);
    free(cache);
}

/* One unit's series, packed, and room for what screens write. */
struct series {
    const struct tb_rule_node *node;
    const struct tb_plane *plane;
    struct tb_season season;
    size_t n;
    uint32_t *row;
    int32_t *period;
    int64_t *units;
    double *x, *work, *score, *other;
};

static bool wants_submitted(enum tb_rule_function function)
{
    return function != TB_F_HAMPEL && function != TB_F_SEASONAL;
}

static bool is_point(const struct tb_rule_node *node, const struct tb_plane *plane, size_t cell)
{
    return tb_status_has_value(plane->status[cell]) &&
           (!wants_submitted(node->function) || !plane->origin || plane->origin[cell] != 0);
}

static bool make_room(struct tb_arena *arena, struct series *s)
{
    size_t n = s->plane->n_periods;

    s->row = tb_arena_alloc(arena, n + 1, sizeof *s->row);
    s->period = tb_arena_alloc(arena, n + 1, sizeof *s->period);
    s->units = tb_arena_alloc(arena, n + 1, sizeof *s->units);
    s->x = tb_arena_alloc(arena, n + 1, sizeof *s->x);
    s->work = tb_arena_alloc(arena, n + 1, sizeof *s->work);
    s->score = tb_arena_alloc(arena, n + 1, sizeof *s->score);
    s->other = tb_arena_alloc(arena, n + 1, sizeof *s->other);
    s->season.period = s->period;
    return s->row && s->period && s->units && s->x && s->work && s->score && s->other;
}

static void pack(struct series *s, uint32_t column)
{
    const struct tb_plane *plane = s->plane;
    double one = pow(10, plane->scale);

    s->n = 0;
    for (uint32_t row = 0; row < plane->n_periods; row++) {
        size_t cell = (size_t)row * plane->n_columns + column;
        if (!is_point(s->node, plane, cell))
            continue;
        s->row[s->n] = row;
        s->period[s->n] = plane->first + (int32_t)row;
        s->units[s->n] = plane->value[cell];
        s->x[s->n++] = (double)plane->value[cell] / one;
    }
}

/* Fills s->score; false when memory is out. */
static bool screen(struct series *s)
{
    double tolerance = tb_rational_double(s->node->number);

    switch (s->node->function) {
    case TB_F_HAMPEL:
        tb_screen_hampel(s->x, s->n, tolerance, s->score);
        return true;
    case TB_F_SEASONAL:
        return tb_screen_seasonal(s->x, s->n, &s->season, tolerance, s->score);
    case TB_F_SCALE_JUMP:
        tb_screen_scale(s->x, s->n, &s->season, s->work, s->score);
        return true;
    case TB_F_STALE:
        tb_screen_stale(s->units, s->n, s->work, s->score);
        return true;
    case TB_F_HEAPING:
        tb_screen_heaping(s->units, s->n, s->score, s->other);
        return true;
    default: /* TB_F_ROUND_SHARE */
        tb_screen_heaping(s->units, s->n, s->other, s->score);
        return true;
    }
}

static double *screen_plane(struct tb_rule_run *run, struct tb_arena *arena,
                            const struct tb_rule_node *node, const struct tb_plane *plane)
{
    const struct tb_indicator *indicator = &run->profile->indicators[plane->key.indicator];
    size_t n_cells = (size_t)plane->n_periods * plane->n_columns;
    double *score = tb_arena_alloc(arena, n_cells + 1, sizeof *score);
    struct series s = { .node = node,
                        .plane = plane,
                        .season = { plane->freq, indicator->joint_jan_feb, NULL } };

    if (!score || !make_room(arena, &s))
        return NULL;
    for (size_t i = 0; i < n_cells; i++)
        score[i] = NAN;
    for (uint32_t column = 0; column < plane->n_columns; column++) {
        pack(&s, column);
        if (s.n > 0 && !screen(&s))
            return NULL;
        for (size_t i = 0; i < s.n; i++)
            score[(size_t)s.row[i] * plane->n_columns + column] = s.score[i];
    }
    return score;
}

static const double *scores(struct tb_rule_run *run, const struct tb_rule_node *node,
                            const struct tb_plane *plane)
{
    struct tb_rule_cache *cache = run->frame->cache;

    if (!cache)
        return screen_plane(run, &run->arena, node, plane);
    for (const struct kept *kept = cache->first; kept; kept = kept->next)
        if (kept->node == node)
            return kept->score;
    struct kept *kept = tb_arena_alloc(&cache->arena, 1, sizeof *kept);
    double *score = kept ? screen_plane(run, &cache->arena, node, plane) : NULL;
    if (!score)
        return NULL;
    *kept = (struct kept){ node, score, cache->first };
    cache->first = kept;
    return score;
}

int tb_rule_eval_series(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_rule_node *of = node->quantity;
    size_t row = (size_t)(tb_rule_indicator(run, of) - run->profile->indicators);
    struct tb_period period =
        tb_period_within(view->period, run->profile->indicators[row].frequency);
    const struct tb_plane *plane =
        run->source->plane ? run->source->plane(run->source->user, (enum tb_measure)of->what, row)
                           : NULL;
    const double *score = plane ? scores(run, node, plane) : NULL;

    if (plane && !score)
        return -1;
    for (size_t u = 0; u < run->profile->n_units; u++) {
        size_t cell = tb_plane_cell(plane, period, u);
        out[u] = tb_operand_unknown(plane ? TB_UNKNOWN_NO_DATA : TB_UNKNOWN_NOT_APPLICABLE);
        if (cell == SIZE_MAX || !tb_status_has_value(plane->status[cell]))
            continue;
        if (!is_point(node, plane, cell)) {
            out[u].known = TB_UNKNOWN_NOT_APPLICABLE;
            continue;
        }
        out[u] = tb_rule_score(score[cell]);
        out[u].provisional = tb_status_is_provisional(plane->status[cell]);
    }
    return 0;
}
