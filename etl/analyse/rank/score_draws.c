/* score_draws.c - draws numbers and weights of a composite, and scores again. */
#include "analyse/rank/score_draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "tongbao/error.h"
#include "tongbao/profile.h"

static int no_memory(const struct tb_score_draws *draws, struct tb_error *err)
{
    return tb_error_set(err, "out of memory for drawn scores of %zu units", draws->points.n);
}

/* What each indicator weighs for who has all of them, times the concentration; without one the
 * weights as they are. */
static int concentrate(struct tb_score_draws *draws, double concentration, struct tb_error *err)
{
    struct tb_score_points *points = &draws->points;
    struct tb_point *all = calloc(points->weights.n + 1, sizeof *all);

    if (!all)
        return no_memory(draws, err);
    for (size_t i = 0; i < points->weights.n; i++)
        all[i].has = true;
    int64_t whole = tb_weights_shares(&points->weights, all, points->share);
    free(all);
    draws->draws_weights = concentration > 0 && whole > 0;
    for (size_t i = 0; i < points->weights.n; i++) {
        double share = whole > 0 ? (double)points->share[i].num /
                                       ((double)points->share[i].den * (double)whole)
                                 : 0;
        draws->weight[i] = share;
        draws->alpha[i] = concentration * share;
    }
    return 0;
}

/* Puts new points in the place of those that came of a number. */
static void replace_points(struct tb_score_draws *draws, size_t i)
{
    struct tb_score_points *points = &draws->points;

    for (size_t m = 0; m < points->n; m++) {
        struct tb_point *point = &tb_score_points_of(points, m)[i];
        if (point->has && point->note != TB_POINT_AS_ZERO && points->column[m].has)
            point->points = points->column[m].points;
    }
}

/* Whether the numbers in row make just the points that are there. */
static bool gives_back(struct tb_score_draws *draws, size_t i, size_t n, bool *same,
                       struct tb_error *err)
{
    struct tb_score_points *points = &draws->points;

    *same = true;
    if (tb_score_points_normalise(points, i, n, draws->place, err) < 0)
        return false;
    for (size_t m = 0; m < points->n; m++) {
        const struct tb_point *point = &tb_score_points_of(points, m)[i];
        bool has = point->has && point->note != TB_POINT_AS_ZERO;
        if (has != points->column[m].has ||
            (has && tb_rational_cmp(point->points, points->column[m].points) != 0))
            *same = false;
    }
    return true;
}

/* Takes an indicator up if it has revisions and its points follow from its numbers. */
static int take_indicator(struct tb_score_draws *draws, size_t i,
                          const struct tb_revision_history *history, struct tb_period period,
                          struct tb_error *err)
{
    struct tb_score_points *points = &draws->points;
    const struct tb_profile *profile = points->ms->profile;
    size_t indicator = points->weights.indicator[i];
    enum tb_measure of = tb_score_points_measure(points, i);
    struct tb_redrawn own = { .i = i, .scale = tb_measures_decimals(profile, indicator, of) };
    bool same = false;

    if (tb_revision_pool_init(&own.pool, history, points->ms, indicator, of, points->group,
                              tb_period_within(period, profile->indicators[indicator].frequency),
                              err) < 0)
        return -1;
    own.n = own.pool.any ? tb_score_points_numbers(points, i, period) : 0;
    if (own.n > 0 && !gives_back(draws, i, own.n, &same, err)) {
        tb_revision_pool_release(&own.pool);
        return -1;
    }
    if (!same) {
        tb_revision_pool_release(&own.pool);
        return 0;
    }
    own.value = calloc(points->n + 1, sizeof *own.value);
    own.has = calloc(points->n + 1, sizeof *own.has);
    if (own.value && own.has) {
        memcpy(own.value, points->row.value, points->n * sizeof *own.value);
        memcpy(own.has, points->row.has, points->n * sizeof *own.has);
    }
    draws->redrawn[draws->n_redrawn++] = own;
    return own.value && own.has ? 0 : no_memory(draws, err);
}

int tb_score_draws_init(struct tb_score_draws *draws, const struct tb_measures *ms,
                        const struct tb_revision_history *history, size_t group,
                        struct tb_period period, struct tb_error *err)
{
    struct tb_score_points *points = &draws->points;
    struct tb_wide score;

    *draws = (struct tb_score_draws){ 0 };
    if (tb_score_points_init(points, ms, ms->findings, group, err) < 0)
        return -1;
    size_t w = points->weights.n;
    draws->alpha = calloc(2 * w + 1, sizeof *draws->alpha);
    draws->redrawn = calloc(w + 1, sizeof *draws->redrawn);
    draws->place = calloc(points->n + 1, sizeof *draws->place);
    if (!draws->alpha || !draws->redrawn || !draws->place) {
        no_memory(draws, err);
        goto fail;
    }
    draws->weight = draws->alpha + w;
    tb_score_points_at(points, period);
    for (size_t m = 0; m < points->n; m++) /* missing as zero, where the profile says so */
        (void)tb_score_points_join(points, m, &score);
    for (size_t i = 0; history->n > 0 && i < w; i++)
        if (take_indicator(draws, i, history, period, err) < 0)
            goto fail;
    if (concentrate(draws, ms->profile->set.mc_weights, err) == 0)
        return 0;
fail:
    tb_score_draws_release(draws);
    return -1;
}

void tb_score_draws_release(struct tb_score_draws *draws)
{
    for (size_t k = 0; k < draws->n_redrawn; k++) {
        tb_revision_pool_release(&draws->redrawn[k].pool);
        free(draws->redrawn[k].value);
        free(draws->redrawn[k].has);
    }
    free(draws->redrawn);
    free(draws->alpha);
    free(draws->place);
    tb_score_points_release(&draws->points);
    *draws = (struct tb_score_draws){ 0 };
}

const char *tb_score_draws_basis(const struct tb_score_draws *draws)
{
    if (draws->n_redrawn > 0)
        return draws->draws_weights ? "revisions and weights" : "revisions";
    return draws->draws_weights ? "weights" : NULL;
}

/* The number of a member after a revision like one of its own. */
static struct tb_rational revised(const struct tb_redrawn *own, size_t m, gsl_rng *rng)
{
    double by = tb_revision_draw(&own->pool, m, rng);
    struct tb_rational out = { 0, 1 };

    if (!(by < 0 || by > 0))
        return own->value[m];
    double x = tb_revision_apply(own->pool.as, tb_rational_double(own->value[m]), by) *
               (double)tb_pow10(own->scale);
    if (!(fabs(x) < 9e18) || !tb_rational_make(llround(x), tb_pow10(own->scale), &out))
        return own->value[m]; /* no printed number is that large */
    return out;
}

int tb_score_draws_next(struct tb_score_draws *draws, gsl_rng *rng, struct tb_error *err)
{
    struct tb_score_points *points = &draws->points;

    for (size_t k = 0; k < draws->n_redrawn; k++) {
        const struct tb_redrawn *own = &draws->redrawn[k];
        for (size_t m = 0; m < points->n; m++) {
            points->row.has[m] = own->has[m];
            points->row.value[m] = own->has[m] ? revised(own, m, rng) : own->value[m];
        }
        if (tb_score_points_normalise(points, own->i, own->n, draws->place, err) < 0)
            return -1;
        replace_points(draws, own->i);
    }
    if (draws->draws_weights)
        gsl_ran_dirichlet(rng, points->weights.n, draws->alpha, draws->weight);
    return 0;
}

double tb_score_draws_of(struct tb_score_draws *draws, size_t member)
{
    const struct tb_point *point = tb_score_points_of(&draws->points, member);
    bool geometric = draws->points.ms->profile->set.aggregate == TB_AGGREGATE_GEOMETRIC;
    double sum = 0, whole = 0;

    for (size_t i = 0; i < draws->points.weights.n; i++) {
        if (!point[i].has)
            continue;
        double x = tb_rational_double(point[i].points);
        sum += draws->weight[i] * (geometric ? log(x) : x);
        whole += draws->weight[i];
    }
    if (!(whole > 0))
        return 0;
    return round(100 * (geometric ? exp(sum / whole) : sum / whole)) / 100;
}
