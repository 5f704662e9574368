/* completeness.h - completeness.csv: what was due for the period, by unit, by
 * indicator, by sender and form, and over all (methods note, section 12). */
#ifndef TONGBAO_ANALYSE_COMPLETENESS_H
#define TONGBAO_ANALYSE_COMPLETENESS_H

#include "tongbao/period.h"

struct tb_cube;
struct tb_error;
struct tb_stage;

/* Writes it into the stage's folder.  Whose a value is, is unknown when the run
 * holds no tables of collect and process. */
int tb_completeness_write(const struct tb_stage *stage, const struct tb_cube *cube,
                          struct tb_period period, struct tb_error *err);

#endif
