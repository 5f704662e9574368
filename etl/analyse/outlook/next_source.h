/* next_source.h - the numbers of the period after the bulletin's, if nothing changes.
 *
 * Everything up to now is as it is.  For the next period of an indicator:
 *
 *   cumulated amounts   go on as past years did from here to there (projection.h: the year
 *                       is here the time up to the next period); without a past year, at the
 *                       mean pace of this one
 *   amounts of a period what that adds
 *   computed growth     that amount against the known one of a year before
 *   progress            that amount against the task
 *   all else            stays: rates, stocks, grades, published growth, given places, scores
 *
 * Nothing is carried into a new year.  All of it is provisional, an estimate (F).
 */
#ifndef TONGBAO_ANALYSE_NEXT_SOURCE_H
#define TONGBAO_ANALYSE_NEXT_SOURCE_H

#include "analyse/outlook/projection.h"
#include "analyse/measure/source.h"
#include "tongbao/error.h"

/* How the cumulated amount of a unit was carried on. */
enum tb_next_method {
    TB_NEXT_NONE,   /* there is no figure, or the year ends */
    TB_NEXT_STAYS,  /* it does not add up: as it is */
    TB_NEXT_SHARES, /* four past years or more */
    TB_NEXT_FEW,    /* one to three: their mean share, and no chance */
    TB_NEXT_PACE,   /* none: the mean pace of the year */
};
const char *tb_next_method_code(enum tb_next_method method); /* "shares" */

/* One unit of one indicator. */
struct tb_next_unit {
    struct tb_operand ytd;
    enum tb_next_method method;
    struct tb_past_years past; /* of SHARES: for the chance */
    struct tb_projection made;
};

struct tb_next_indicator; /* opaque: an indicator that has been carried on */

/* One thread's; a rule is judged with `source` once `inner.target` is its row. */
struct tb_next {
    const struct tb_measures *ms;
    struct tb_period period; /* of the bulletin */
    struct tb_source_user inner_user;
    struct tb_rule_source inner, source;
    struct tb_next_indicator *known;
    bool failed; /* memory ran out: answers are not to be used */
};

void tb_next_init(struct tb_next *next, const struct tb_measures *ms, struct tb_period period);
void tb_next_release(struct tb_next *next);
/* The period after the last expected one of the indicator. */
struct tb_period tb_next_period(const struct tb_measures *ms, size_t indicator,
                                struct tb_period period);
/* [n_units] of an indicator, worked out once; NULL when memory is out. */
const struct tb_next_unit *tb_next_units(struct tb_next *next, size_t indicator);

#endif
