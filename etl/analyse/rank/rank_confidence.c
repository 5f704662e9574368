/* rank_confidence.c - draws numbers or weights, ranks them again, and tells the spread. */
#include "analyse/rank/rank_confidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analyse/rank/rank_draws.h"
#include "analyse/rank/ranking.h"
#include "analyse/errata/revision_history.h"
#include "analyse/rank/score_draws.h"
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

    r->factor = value ? (double)tb_pow10(value->scale) : 1;
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
    double by = tb_revision_draw(pool, r->member[u], rng);

    if (!(by < 0 || by > 0)) /* nothing is known of it, or it stayed: it stays */
        return r->published[u];
    double x = tb_revision_apply(pool->as, r->published[u] * (r->lower ? -1 : 1), by);
    /* a quotient, as the published number is one: a product would part what is tied */
    return round(x * r->factor) / r->factor * (r->lower ? -1 : 1);
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

static int draw_scores(struct tb_ranking *r, struct tb_score_draws *scores,
                       struct tb_rank_draws *draws, gsl_rng *rng, struct tb_error *err)
{
    bool dense = r->ms->profile->set.dense_ranks;

    for (size_t run = 0; run < r->runs; run++) {
        if (tb_score_draws_next(scores, rng, err) < 0)
            return -1;
        for (size_t u = 0; u < r->n; u++)
            r->drawn[u] = tb_score_draws_of(scores, r->member[u]);
        tb_rank_draws_add(draws, r->drawn, dense);
    }
    return 0;
}

/* Draws and writes: numbers out of `pool`, or, where that is NULL, scores. */
static int simulate(struct tb_ranking *r, const struct tb_revision_pool *pool,
                    struct tb_score_draws *scores, struct tb_buf *out, struct tb_error *err)
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
            rc = draw_scores(r, scores, &draws, rng, err);
        if (rc == 0)
            tb_ranking_put_units(r, &draws, pool ? "revisions" : tb_score_draws_basis(scores), out);
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
        rc = tb_revision_pool_init(&pool, c->history, c->ms, i, of, group, r.period, err);
        if (rc == 0 && pool.any)
            rc = simulate(&r, &pool, NULL, out, err);
        else if (rc == 0)
            tb_ranking_put_none(&r, "no revisions known", out);
        if (rc == 0)
            tb_revision_pool_release(&pool);
    }
    ranking_release(&r);
    return rc;
}

/* Each draw joins every point and puts the units in order again; what is revised is normalised
 * again, which costs as much as some twenty other steps. */
static void limit_runs(struct tb_ranking *r, size_t n_redrawn)
{
    size_t steps = r->n * (r->ms->profile->n_indicators + r->n / 8 + 20 * n_redrawn + 1);

    if (steps > 0 && r->runs > TB_MOST_STEPS / steps)
        r->runs = TB_MOST_STEPS / steps;
}

static int draw_composite(const struct confidence *c, struct tb_ranking *r, struct tb_buf *out,
                          struct tb_error *err)
{
    struct tb_score_draws scores;
    int rc = 0;

    if (tb_score_draws_init(&scores, c->ms, c->history, r->group, r->period, err) < 0)
        return -1;
    limit_runs(r, scores.n_redrawn);
    if (r->runs == 0)
        tb_ranking_put_none(r, "too many units", out);
    else if (tb_score_draws_basis(&scores))
        rc = simulate(r, NULL, &scores, out, err);
    else
        tb_ranking_put_none(r, "no revisions known, weights are not drawn", out);
    tb_score_draws_release(&scores);
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
    limit_runs(&r, 0);
    if (r.n > TB_MOST_RANKED || (r.n >= 2 && r.runs == 0))
        tb_ranking_put_none(&r, "too many units", out);
    else if (r.n >= 2)
        rc = draw_composite(c, &r, out, err);
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
