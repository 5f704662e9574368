/* goalposts.h - between which numbers an indicator earns 0 and 100 points.
 *
 * Either those of indicators.csv, or the least and the greatest number that the units of the
 * group printed in the year before: either way the same in all periods of a year, so that
 * scores of its months compare (methods note, section 7).
 */
#ifndef TONGBAO_ANALYSE_GOALPOSTS_H
#define TONGBAO_ANALYSE_GOALPOSTS_H

#include "analyse/measure/measures.h"

struct tb_buf;

struct tb_goalposts {
    struct tb_rational post[2]; /* the lower number, the higher one */
    bool has;                   /* false: neither given nor anything known of last year */
    bool derived;
};

/* Those of the leading headline of an indicator in a group, for the year of `period`. */
struct tb_goalposts tb_goalposts_of(const struct tb_measures *ms, const struct tb_cube *findings,
                                    size_t indicator, size_t group, struct tb_period period);
/* goalposts.csv: those that count in the year of `period`; empty unless normalise = goalposts. */
int tb_goalposts_write(const struct tb_measures *ms, const char *folder, struct tb_period period,
                       struct tb_error *err);

#endif
