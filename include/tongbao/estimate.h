/* estimate.h - where a missing figure may be estimated, and how (GSBPM 5.4).
 *
 * One row of estimates.csv is a decision: who allowed which method for which
 * units, indicators and periods, and why.  Without one nothing is estimated.  A
 * figure that arrives takes the place of its estimate.
 */
#ifndef TONGBAO_ESTIMATE_H
#define TONGBAO_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_buf;
struct tb_table;

enum tb_estimate_method {
    TB_ESTIMATE_CARRY,        /* carry: the last figure of the unit, of what is no flow */
    TB_ESTIMATE_GROUP_GROWTH, /* group_growth: last year's figure, grown as the group did */
    TB_ESTIMATE_LINEAR,       /* linear: on the line between two figures of one year */
    TB_N_ESTIMATE_METHODS,
};

/* One row of estimates.csv. */
struct tb_estimate {
    uint8_t *units;      /* [n_units] 1 where it applies */
    uint8_t *indicators; /* [n_indicators] */
    enum tb_estimate_method method;
    int32_t group;       /* whose growth; row, or TB_NONE where the method needs none */
    tb_day first, last;  /* of the periods, end days included */
    int most;            /* periods in a row that it may fill */
    tb_day decided;      /* not before that day */
    const char *who, *reason;
    uint32_t line;
};

const char *tb_estimate_method_name(enum tb_estimate_method method);
/* Whether the row speaks of the cell; unit and indicator are rows. */
bool tb_estimate_allows(const struct tb_estimate *estimate, size_t unit, size_t indicator,
                       struct tb_period period);

/* How the estimate in a row of a run's estimates.csv was made, or why none could be, as
 * a phrase in `lang` ("zh", "en"); group is the name of the row's group in it. */
void tb_estimate_words(const struct tb_table *table, size_t row, const char *group,
                       const char *lang, struct tb_buf *out);

#endif
