/* tasks.h - tasks.csv: how far each task is, with its evidence and the line that says so. */
#ifndef TONGBAO_ANALYSE_TASKS_H
#define TONGBAO_ANALYSE_TASKS_H

#include "analyse/measure/measures.h"

struct tb_error;
struct tb_stage;

/* A row for each target on a milestone and each of its units, and for each milestone
 * without a target and each unit that reported on it, at the end of `period`.  Texts and
 * lines are those of process/task_reports.csv, where that is there.  -1 with *err filled. */
int tb_tasks_write(const struct tb_stage *stage, const struct tb_measures *ms,
                   struct tb_period period, struct tb_error *err);

#endif
