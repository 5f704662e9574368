/* rank_confidence.c - draws numbers or weights, ranks them again, and tells the spread. */
#include "analyse/rank_confidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analyse/rank_draws.h"
#include "analyse/ranking.h"
#include "analyse/revision_history.h"
#include "analyse/score_points.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

static const char head[] =
    "group,unit,indicator,measure,period,basis,runs,seed,k,rank,rank_p05,rank_p50,rank_p95,bottom,"
    "bottom_p05,bottom_p95,p_top_pct,p_bottom_pct,tied_with\n";

struct confidence {
    const struct tb_measures *ms;
    const struct tb_revision_history *history;
    struct tb_period period;
    size_t group[2], n_groups;
    struct tb_buf *out; /* [n_groups * (n_indicators + 1)] */
};

/* FNV-1a over "2023-06/gdp/city". */
static uint32_t seed_of(struct tb_period period, const char *code, const char *group)
{
    char text[TB_PERIOD_TEXT];
    const char *parts[] = { text, "/", code, "/", group };
    uint32_t hash = 2166136261u;

    tb_period_format(period, text);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        for (const char *c = parts[p]; *c; c++)
            hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash;
}

static void ranking_release(struct tb_ranking *r)
{
    free(r->member);
    free(r->published);
    free(r->drawn);
}

static int ranking_init(struct tb_ranking *r, struct tb_error *err)
{
    const struct tb_group *g = &r->ms->profile->groups[r->group];

    r->member = calloc(g->n_members + 1, sizeof *r->member);
    r->published = calloc(g->n_members + 1, sizeof *r->published);
    r->drawn = calloc(g->n_members + 1, sizeof *r->drawn);
    r->seed = seed_of(r->period, r->code, g->code);
    if (r->member && r->published && r->drawn)
        return 0;
    ranking_release(r);
    return tb_error_set(err, "out of memory for the places of %zu units", g->n_members);
}

/* Members that have a place and a number, from the planes of the findings. */
static void gather(struct tb_ranking *r, const struct tb_plane *value)
{
    const struct tb_group *g = &r->ms->profile->groups[r->group];
    const struct tb_plane *rank = tb_cube_find(r->ms->findings, r->rank);
    size_t most = (size_t)r->ms->profile->set.mc_runs;

    r->step = value ? pow(10, -value->scale) : 1;
    for (size_t m = 0; m < g->n_members; m++) {
        struct tb_decimal number;
        struct tb_rational exact;
        if (!tb_status_has_value(tb_plane_get(rank, r->period, g->member[m], NULL)) ||
            !tb_status_has_value(tb_plane_get(value, r->period, g->member[m], &number)) ||
            !tb_rational_from_decimal(number, &exact))
            continue;
        r->member[r->n] = (uint32_t)m;
        r->published[r->n++] = tb_rational_double(exact) * (r->lower ? -1 : 1);
    }
    r->runs = r->n > 0 && most > TB_MOST_DRAWN / r->n ? TB_MOST_DRAWN / r->n : most;
}

/* A number as it would be published after a revision like one of the unit's own. */
static double revised(const struct tb_ranking *r, const struct tb_revision_pool *pool, gsl_rng *rng,
                      size_t u)
{
    size_t first = pool->first[r->member[u]], n = pool->first[r->member[u] + 1] - first;
    double x = r->published[u] * (r->lower ? -1 : 1), by;

    if (n == 0) /* nothing is known of it: it stays */
        return r->published[u];
    (void)gsl_ran_sample(rng, &by, 1, pool->r + first, n, sizeof by);
    x = pool->as == TB_REVISED_POINTS  ? x + by
        : pool->as == TB_REVISED_SHARE ? x * (1 + by)
                                       : (100 + x) * (1 + by) - 100;
    return round(x / r->step) * r->step * (r->lower ? -1 : 1);
}

static void draw_values(struct tb_ranking *r, const struct tb_revision_pool *pool,
                        struct tb_rank_draws *draws, gsl_rng *rng)
{
    bool dense = r->ms->profile->set.dense_ranks;

    for (size_t run = 0; run < r->runs; run++) {
        for (size_t u = 0; u < r->n; u++)
            r->drawn[u] = revised(r, pool, rng, u);
        tb_rank_draws_add(draws, r->drawn, dense);
    }
}

/* The score of a member under drawn weights, printed like any. */
static double joined(struct tb_score_points *points, size_t member, const double weight[],
                     enum tb_aggregate how)
{
    const struct tb_point *point = tb_score_points_of(points, member);
    double sum = 0, whole = 0;

    for (size_t i = 0; i < points->weights.n; i++) {
        if (!point[i].has)
            continue;
        double x = tb_rational_double(point[i].points);
        sum += weight[i] * (how == TB_AGGREGATE_GEOMETRIC ? log(x) : x);
        whole += weight[i];
    }
    if (!(whole > 0))
        return 0;
    return round(100 * (how == TB_AGGREGATE_GEOMETRIC ? exp(sum / whole) : sum / whole)) / 100;
}

/* What each indicator weighs for who has all of them, times the concentration. */
static bool concentrate(struct tb_score_points *points, double concentration, double alpha[])
{
    struct tb_point *all = calloc(points->weights.n + 1, sizeof *all);

    if (!all)
        return false;
    for (size_t i = 0; i < points->weights.n; i++)
        all[i].has = true;
    points->whole = tb_weights_shares(&points->weights, all, points->share);
    free(all);
    for (size_t i = 0; i < points->weights.n; i++)
        alpha[i] = concentration * (double)points->share[i].num /
                   ((double)points->share[i].den * (double)points->whole);
    return points->whole > 0;
}

static int draw_weights(struct tb_ranking *r, struct tb_rank_draws *draws, gsl_rng *rng,
                        struct tb_error *err)
{
    const struct tb_settings *set = &r->ms->profile->set;
    struct tb_score_points points;
    struct tb_wide score;
    int rc = -1;

    if (tb_score_points_init(&points, r->ms, r->ms->findings, r->group, err) < 0)
        return -1;
    double *alpha = calloc(2 * points.weights.n + 1, sizeof *alpha);
    double *weight = alpha ? alpha + points.weights.n : NULL;
    tb_score_points_at(&points, r->period);
    for (size_t u = 0; u < r->n; u++) /* missing as zero, where the profile says so */
        (void)tb_score_points_join(&points, r->member[u], &score);
    if (!alpha || !concentrate(&points, set->mc_weights, alpha)) {
        tb_error_set(err, "out of memory for drawn weights");
    } else {
        for (size_t run = 0; run < r->runs; run++) {
            gsl_ran_dirichlet(rng, points.weights.n, alpha, weight);
            for (size_t u = 0; u < r->n; u++)
                r->drawn[u] = joined(&points, r->member[u], weight, set->aggregate);
            tb_rank_draws_add(draws, r->drawn, set->dense_ranks);
        }
        rc = 0;
    }
    free(alpha);
    tb_score_points_release(&points);
    return rc;
}

/* Draws and writes; `pool` NULL: the weights. */
static int simulate(struct tb_ranking *r, const struct tb_revision_pool *pool, struct tb_buf *out,
                    struct tb_error *err)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct tb_rank_draws draws = { 0 };
    int rc = -1;

    if (!rng || tb_rank_draws_init(&draws, r->published, r->n) < 0) {
        tb_error_set(err, "out of memory for the places of %zu units", r->n);
    } else {
        gsl_rng_set(rng, r->seed);
        rc = 0;
        if (pool)
            draw_values(r, pool, &draws, rng);
        else
            rc = draw_weights(r, &draws, rng, err);
        if (rc == 0)
            tb_ranking_put_units(r, &draws, pool ? "revisions" : "weights", out);
    }
    tb_rank_draws_release(&draws);
    gsl_rng_free(rng);
    return rc;
}

static int indicator_places(const struct confidence *c, size_t group, size_t i,
                            struct tb_buf *out, struct tb_error *err)
{
    const struct tb_indicator *in = &c->ms->profile->indicators[i];
    struct tb_revision_pool pool;
    int rc = 0;

    if (in->direction == TB_NEUTRAL || in->n_headlines == 0)
        return 0;
    enum tb_measure of = (enum tb_measure)in->headline[0];
    struct tb_ranking r = {
        .ms = c->ms,
        .group = group,
        .code = in->code,
        .measure = tb_measure_name(of),
        .period = tb_period_within(c->period, in->frequency),
        .rank = { (uint16_t)i, TB_MEASURE_RANK, (uint8_t)of, (uint8_t)group },
        .lower = tb_indicator_lower_is_better(in),
    };
    if (ranking_init(&r, err) < 0)
        return -1;
    gather(&r, tb_cube_measure(c->ms->findings, i, of));
    if (r.n > TB_MOST_RANKED) {
        tb_ranking_put_none(&r, "too many units", out);
    } else if (r.n >= 2) {
        rc = tb_revision_pool_init(&pool, c->history, c->ms, i, group, r.period, err);
        if (rc == 0 && pool.any)
            rc = simulate(&r, &pool, out, err);
        else if (rc == 0)
            tb_ranking_put_none(&r, "no revisions known", out);
        if (rc == 0)
            tb_revision_pool_release(&pool);
    }
    ranking_release(&r);
    return rc;
}

static int composite_places(const struct confidence *c, size_t group, struct tb_buf *out,
                            struct tb_error *err)
{
    struct tb_plane_key key = { TB_ALL_INDICATORS, TB_MEASURE_SCORE, TB_N_MEASURES,
                                (uint8_t)group };
    struct tb_ranking r = {
        .ms = c->ms,
        .group = group,
        .code = "score",
        .measure = tb_measure_name(TB_MEASURE_SCORE),
        .period = tb_period_within(c->period, c->ms->profile->set.frequency),
        .rank = { TB_ALL_INDICATORS, TB_MEASURE_RANK, TB_MEASURE_SCORE, (uint8_t)group },
    };
    int rc = 0;

    if (ranking_init(&r, err) < 0)
        return -1;
    gather(&r, tb_cube_find(c->ms->findings, key));
    /* Each draw joins every point and puts the units in order again. */
    size_t steps = r.n * (c->ms->profile->n_indicators + r.n / 8 + 1);
    if (steps > 0 && r.runs > TB_MOST_STEPS / steps)
        r.runs = TB_MOST_STEPS / steps;
    if (r.n > TB_MOST_RANKED || (r.n >= 2 && r.runs == 0))
        tb_ranking_put_none(&r, "too many units", out);
    else if (r.n >= 2 && c->ms->profile->set.mc_weights > 0)
        rc = simulate(&r, NULL, out, err);
    else if (r.n >= 2)
        tb_ranking_put_none(&r, "weights are not drawn", out);
    ranking_release(&r);
    return rc;
}

/* One item of the parallel loop. */
static int rank_again(void *user, size_t item, struct tb_error *err)
{
    const struct confidence *c = user;
    size_t per_group = c->ms->profile->n_indicators + 1, which = item % per_group;
    size_t group = c->group[item / per_group];

    return which + 1 == per_group ? composite_places(c, group, &c->out[item], err)
                                  : indicator_places(c, group, which, &c->out[item], err);
}

static int draw_all(struct confidence *c, size_t threads, struct tb_buf *text,
                    struct tb_error *err)
{
    size_t n = c->n_groups * (c->ms->profile->n_indicators + 1);
    int rc;

    c->out = calloc(n + 1, sizeof *c->out);
    if (!c->out)
        return tb_error_set(err, "out of memory for %zu rankings", n);
    rc = tb_parallel(threads, n, rank_again, c, err);
    for (size_t i = 0; i < n; i++) {
        tb_buf_add(text, tb_buf_text(&c->out[i]), c->out[i].len);
        text->failed |= c->out[i].failed;
        tb_buf_release(&c->out[i]);
    }
    free(c->out);
    return rc;
}

int tb_rank_confidence_write(const struct tb_measures *ms, const char *revisions,
                             const char *folder, struct tb_period period, size_t threads,
                             struct tb_error *err)
{
    const struct tb_settings *set = &ms->profile->set;
    const char *const groups[2] = { set->subject_group, set->children_group };
    struct tb_revision_history history = { 0 };
    struct confidence c = { .ms = ms, .history = &history, .period = period };
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/rank_confidence.csv", folder);
    int rc = path ? 0 : tb_error_set(err, "out of memory for 'rank_confidence.csv'");

    for (int k = 0; k < 2; k++) {
        int32_t g = groups[k] ? tb_profile_group(ms->profile, groups[k], strlen(groups[k])) : -1;
        if (g >= 0 && (c.n_groups == 0 || c.group[0] != (size_t)g))
            c.group[c.n_groups++] = (size_t)g;
    }
    tb_buf_puts(&text, head);
    if (rc == 0 && set->mc_runs > 0) {
        rc = tb_revision_history_read(&history, ms->profile, revisions, err);
        if (rc == 0)
            rc = draw_all(&c, threads, &text, err);
        tb_revision_history_release(&history);
    }
    if (rc == 0)
        rc = tb_buf_ok(&text, err) ? tb_newfile_write(path, tb_buf_text(&text), text.len, err)
                                   : -1;
    free(path);
    tb_buf_release(&text);
    return rc;
}
