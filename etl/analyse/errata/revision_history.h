/* revision_history.h - how much a unit's own figures were revised: latest less first
 * (methods note, sections 8 and 13), out of process/revisions.csv and the cube.
 */
#ifndef TONGBAO_ANALYSE_REVISION_HISTORY_H
#define TONGBAO_ANALYSE_REVISION_HISTORY_H

#include <gsl/gsl_rng.h>

#include "analyse/measure/measures.h"

/* What was first in a cell that has another figure now. */
struct tb_first_figure {
    int32_t indicator, unit;
    uint8_t measure;
    int32_t period;          /* index, in the indicator's frequency */
    size_t row;              /* of revisions.csv */
    bool has;
    struct tb_decimal value;
};

struct tb_revision_history {
    struct tb_first_figure *item; /* [n] sorted by indicator, measure, unit, period */
    size_t n;
};

/* Reads `path`; no file is no revisions.  -1 with *err filled. */
int tb_revision_history_read(struct tb_revision_history *history, const struct tb_profile *profile,
                             const char *path, struct tb_error *err);
void tb_revision_history_release(struct tb_revision_history *history);

/* How a headline takes a revision. */
enum tb_revised_as {
    TB_REVISED_POINTS,  /* x + r: rates, shares, grades; r in points */
    TB_REVISED_SHARE,   /* x (1 + r): amounts, and progress that follows them */
    TB_REVISED_GROWTH,  /* (100 + x) (1 + r) - 100: growth computed from such amounts */
};

/* Revisions of the members of a group before `period`, those of nothing among them: member m has
 * r[first[m] .. first[m + 1]). */
struct tb_revision_pool {
    enum tb_revised_as as;
    double *r;
    size_t *first;   /* [n_members + 1] */
    bool any;        /* some is not 0: there is a history of revisions */
};
/* Of a measure of the indicator.  -1 with *err filled. */
int tb_revision_pool_init(struct tb_revision_pool *pool, const struct tb_revision_history *history,
                          const struct tb_measures *ms, size_t indicator, enum tb_measure of,
                          size_t group, struct tb_period period, struct tb_error *err);
/* One of the revisions of member m, drawn (gsl_ran_sample); 0 where none is known. */
double tb_revision_draw(const struct tb_revision_pool *pool, size_t m, gsl_rng *rng);
/* x after such a revision. */
double tb_revision_apply(enum tb_revised_as as, double x, double by);
void tb_revision_pool_release(struct tb_revision_pool *pool);

#endif
