/* goal.h - what a target asks to be reached by the end of its time, as an amount.
 *
 * A rule is such a goal when it compares what is cumulated over the year with an
 * amount (`ytd >= 55% * annual`), with the annual task or quota by the time that
 * is gone (`progress >= elapsed`), or its computed growth with a number
 * (`ytd_growth >= 6.5`, an amount once last year's is known).  Rules of places, of
 * other units or indicators, and joined rules are none.
 */
#ifndef TONGBAO_ANALYSE_GOAL_H
#define TONGBAO_ANALYSE_GOAL_H

#include "analyse/verdict/targets.h"

enum tb_goal_kind {
    TB_GOAL_NONE,
    TB_GOAL_AMOUNT,
    TB_GOAL_NOT_CUMULATIVE,   /* a stock or a rate: it does not add up over the year */
    TB_GOAL_PUBLISHED_GROWTH, /* its base is not the level of last year (constant prices) */
    TB_GOAL_UNKNOWN,          /* the amount or the base is missing */
};

struct tb_goal {
    enum tb_goal_kind kind;
    struct tb_rational amount; /* in the indicator's unit of measure */
    struct tb_period end;      /* the last period that counts */
    bool within;               /* at most the amount, else at least */
    bool has_level;            /* of NOT_CUMULATIVE: `amount` is the level that is asked for */
};

/* What the target asks of the unit, seen at ev->period. */
struct tb_goal tb_goal_of(const struct tb_evaluation *ev, size_t unit);

#endif
