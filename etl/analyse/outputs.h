/* outputs.h - every table of a run that needs the findings and no other table. */
#ifndef TONGBAO_ANALYSE_OUTPUTS_H
#define TONGBAO_ANALYSE_OUTPUTS_H

#include "analyse/measure/measures.h"
#include "analyse/measure/tables.h"

struct tb_stage;

/* Writes them into the folder of the stage, on its number of threads; *account counts the
 * verdicts.  `ms` has findings.  -1 with *err filled. */
int tb_outputs_write(const struct tb_stage *stage, const struct tb_cube *cube,
                     const struct tb_measures *ms, struct tb_period period,
                     struct tb_tables_account *account, struct tb_error *err);

#endif
