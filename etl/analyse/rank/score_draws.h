/* score_draws.h - composite scores under drawn revisions and drawn weights (methods note, section
 * 8; Saisana, Saltelli and Tarantola 2005).
 *
 * A draw revises the numbers of each indicator of which revisions are known, normalises them again
 * over the whole group, and joins the points by weights drawn around the profile's.  Goalposts,
 * given places and whatever has no history stay as they are; what a draw without any revision
 * would not give back exactly is not revised either.
 */
#ifndef TONGBAO_ANALYSE_SCORE_DRAWS_H
#define TONGBAO_ANALYSE_SCORE_DRAWS_H

#include <gsl/gsl_rng.h>

#include "analyse/errata/revision_history.h"
#include "analyse/rank/score_points.h"

/* An indicator whose numbers are drawn. */
struct tb_redrawn {
    size_t i; /* of the weights */
    size_t n; /* members with a number */
    struct tb_revision_pool pool;
    int32_t scale;             /* digits that are printed */
    struct tb_rational *value; /* [members] as published */
    bool *has;
};

struct tb_score_draws {
    struct tb_score_points points;
    struct tb_redrawn *redrawn; /* [n_redrawn] */
    size_t n_redrawn;
    bool draws_weights;
    double *alpha, *weight; /* [weights.n] */
    struct tb_standing *place;
};

/* For a group and period; `history` is borrowed for this call only. */
int tb_score_draws_init(struct tb_score_draws *draws, const struct tb_measures *ms,
                        const struct tb_revision_history *history, size_t group,
                        struct tb_period period, struct tb_error *err);
void tb_score_draws_release(struct tb_score_draws *draws);
/* "revisions and weights", "revisions", "weights"; NULL when nothing is drawn. */
const char *tb_score_draws_basis(const struct tb_score_draws *draws);
/* Draws once more.  -1 with *err filled. */
int tb_score_draws_next(struct tb_score_draws *draws, gsl_rng *rng, struct tb_error *err);
/* The score of a member in that draw, printed like any. */
double tb_score_draws_of(struct tb_score_draws *draws, size_t member);

#endif
