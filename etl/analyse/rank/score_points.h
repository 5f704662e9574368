/* score_points.h - the points of every member of a group in every indicator of the
 * composite, for one period, and the score that they make.
 *
 * Reads places and printed numbers from the findings, which may still be in the making, and
 * full numbers from the cube where rank_basis is full.
 */
#ifndef TONGBAO_ANALYSE_SCORE_POINTS_H
#define TONGBAO_ANALYSE_SCORE_POINTS_H

#include "analyse/rank/composite.h"
#include "analyse/rank/goalposts.h"
#include "analyse/rank/ranks.h"

struct tb_score_points {
    const struct tb_measures *ms;
    const struct tb_cube *findings;
    size_t group, n;           /* members */
    struct tb_weights weights;
    struct tb_point *point;    /* [n * weights.n] member by member, of the period looked at */
    bool *zero;                /* [n * weights.n] nothing is counted yet, and that scores 0 */
    struct tb_share *share;    /* [weights.n] of the member last scored */
    int64_t whole;             /* of its shares */
    /* What one indicator needs meanwhile. */
    struct tb_goalposts *posts; /* [weights.n] of the year `year` */
    struct tb_period year;
    bool has_year;
    struct tb_ranks_row row;
    struct tb_point *column;
    uint32_t *place;
    double *work;
};

int tb_score_points_init(struct tb_score_points *points, const struct tb_measures *ms,
                         const struct tb_cube *findings, size_t group, struct tb_error *err);
void tb_score_points_release(struct tb_score_points *points);
/* Fills `point` for a period of the profile's frequency. */
void tb_score_points_at(struct tb_score_points *points, struct tb_period period);
/* The points of one member, [weights.n]. */
struct tb_point *tb_score_points_of(struct tb_score_points *points, size_t member);
/* Scores a member: fills `share` and `whole`; with missing_indicator = zero its missing points
 * become 0. */
enum tb_composite_fault tb_score_points_join(struct tb_score_points *points, size_t member,
                                             struct tb_wide *score);

/* The numbers behind the points of indicator `i` of weights, into row: those of who has a place,
 * printed or in full; how many there are.  Of completion the progress, else the first headline. */
size_t tb_score_points_numbers(struct tb_score_points *points, size_t i, struct tb_period period);
enum tb_measure tb_score_points_measure(const struct tb_score_points *points, size_t i);
/* Points into `column` of `n` numbers in row, which may be others by now; `place` has room for all
 * members.  `period` of the goalposts is that of the last tb_score_points_at. */
int tb_score_points_normalise(struct tb_score_points *points, size_t i, size_t n,
                              struct tb_standing place[], struct tb_error *err);

#endif
