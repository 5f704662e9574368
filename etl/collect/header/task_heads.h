/* task_heads.h - heads of a list of tasks: 任务, 完成情况, 完成日期, 佐证材料, 进展说明.
 *
 * A long table, one row a task.  What stands under 完成情况 is the value of a milestone;
 * of other indicators it says nothing that is certain.  Where a column of percentages
 * stands beside it, it is the stage.
 */
#ifndef TONGBAO_COLLECT_TASK_HEADS_H
#define TONGBAO_COLLECT_TASK_HEADS_H

struct tb_planner;

/* Makes the column of tasks that of the indicators, where no head names these, and 项目 is
 * what the tasks are of. */
void tb_task_heads_indicator(struct tb_planner *planner);
/* Adds the columns that such a list has beside it, also behind a column 数值. */
void tb_task_heads_values(struct tb_planner *planner);

#endif
