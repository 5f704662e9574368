/* estimate.h - one missing figure, and what it may be estimated from; shared by
 * estimate.c, which finds the gaps, and estimate_method.c, which fills one. */
#ifndef TONGBAO_PROCESS_ESTIMATE_H
#define TONGBAO_PROCESS_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/decimal.h"
#include "tongbao/period.h"
#include "tongbao/rational.h"

struct tb_estimate;
struct tb_plane;
struct tb_work;

/* Why no estimate was made. */
enum tb_estimate_why {
    TB_ESTIMATE_MADE,
    TB_ESTIMATE_NO_BASE,   /* nothing to carry on, or no figure of last year */
    TB_ESTIMATE_NO_LINE,   /* no figure on both sides within the year */
    TB_ESTIMATE_TOO_LONG,  /* more periods in a row than the decision allows */
    TB_ESTIMATE_FEW_PEERS, /* fewer units of the group than min_peers */
    TB_ESTIMATE_FALLS,     /* a cumulative figure would fall */
    TB_ESTIMATE_TOO_LARGE, /* no exact number of the plane's digits */
    TB_ESTIMATE_BROKEN,    /* what it would rest on is of another scope or base */
};

/* A cell to be estimated, and what came of it. */
struct tb_gap {
    const struct tb_work *work;
    const struct tb_estimate *rule;
    const struct tb_plane *plane;
    size_t unit;
    struct tb_period period;
    size_t cell;
    /* found */
    int64_t units;
    size_t base, next;         /* cells that it rests on; SIZE_MAX none */
    int64_t base_units;        /* of group growth: the figure of the year before, of a merged */
    bool has_year_before;      /* unit the sum of its parts; when there is one */
    struct tb_rational growth; /* of the group, percent */
    size_t n_peers;
};

/* The figure by the method of the gap's rule, in the plane's last digits. */
enum tb_estimate_why tb_estimate_fill(struct tb_gap *gap);
/* Whether the cell holds a figure that is not itself an estimate. */
bool tb_estimate_known(const struct tb_plane *plane, size_t cell);
/* Whether the unit's figures of `then` and of the later `now` are of one scope and base:
 * no change of the unit, no new base year and no status B lies between them. */
bool tb_estimate_same_scope(const struct tb_gap *gap, size_t unit, struct tb_period then,
                            struct tb_period now);
/* A unit's figure of `then` in the scope of `now`, a year later: of a merged unit the sum
 * of its parts (methods note, section 13).  MADE, or NO_BASE or BROKEN without one. */
enum tb_estimate_why tb_estimate_year_before(const struct tb_gap *gap, size_t unit,
                                             struct tb_period then, int64_t *units);
const char *tb_estimate_why_name(enum tb_estimate_why why);

#endif
