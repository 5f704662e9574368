/* ranking.h - one ranking whose places are drawn again, and its rows in rank_confidence.csv. */
#ifndef TONGBAO_ANALYSE_RANKING_H
#define TONGBAO_ANALYSE_RANKING_H

#include "analyse/measure/measures.h"
#include "analyse/rank/rank_draws.h"

struct tb_buf;

struct tb_ranking {
    const struct tb_measures *ms; /* with findings */
    size_t group;
    const char *code, *measure;   /* of the indicator, or "score" */
    struct tb_period period;
    struct tb_plane_key rank;     /* of the published places */
    size_t n;                     /* members ranked */
    uint32_t *member;             /* [n] their place among the members of the group */
    double *published, *drawn;    /* [n] more is better */
    double factor;                /* 10 to the number of printed digits */
    bool lower;                   /* the sign of the numbers is turned */
    uint32_t seed;
    size_t runs;
};

/* A row for each unit, best first. */
void tb_ranking_put_units(const struct tb_ranking *r, const struct tb_rank_draws *draws,
                          const char *basis, struct tb_buf *out);
/* Why there is no interval: one row for the whole group. */
void tb_ranking_put_none(const struct tb_ranking *r, const char *why, struct tb_buf *out);

#endif
