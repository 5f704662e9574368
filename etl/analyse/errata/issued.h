/* issued.h - what a bulletin prints, kept as text under codes, so that a later run can
 * tell what has changed since.
 *
 * printed.csv: every place of the period by a headline measure, with the printed number;
 * vintage.csv: what the run knew.  Numbers of rows change with the profile, codes stay.
 */
#ifndef TONGBAO_ANALYSE_ISSUED_H
#define TONGBAO_ANALYSE_ISSUED_H

#include "analyse/measure/measures.h"

struct tb_stage;

/* Writes both files into the stage's folder; ms->findings must be open.  0, or -1 with
 * *err filled. */
int tb_issued_write(const struct tb_stage *stage, const struct tb_measures *ms,
                    struct tb_period period, struct tb_error *err);

#endif
