/* errata.h - which printed places and verdicts of earlier bulletins are others now.
 *
 * RUN/published/<period>/ holds what each earlier bulletin printed (issued.h, verdicts.csv),
 * put there by the front door.  Today's findings and history of verdicts reach back to
 * those periods, so nothing is computed twice: the two are compared, and each difference
 * gets its cause (errata_cause.h).  Nothing that was published is changed.
 */
#ifndef TONGBAO_ANALYSE_ERRATA_H
#define TONGBAO_ANALYSE_ERRATA_H

#include "analyse/measure/measures.h"

struct tb_stage;

/* Writes errata.csv into the stage's folder, where history.csv already is; ms->findings must
 * be open.  *n is the number of its rows.  0, or -1 with *err filled. */
int tb_errata_write(const struct tb_stage *stage, const struct tb_cube *cube,
                    const struct tb_measures *ms, size_t *n, struct tb_error *err);

#endif
