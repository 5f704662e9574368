/* task.h - the rows of tasks.csv, and how they are said. */
#ifndef TONGBAO_DISSEMINATE_TASK_H
#define TONGBAO_DISSEMINATE_TASK_H

#include <stdbool.h>
#include "disseminate/words/writer.h"

/* One row of tasks.csv.  Texts are "" when unknown; those of submissions are as sent. */
struct tb_task_row {
    int64_t next;                                      /* place of the next of this indicator and unit, or -1 */
    int32_t target, task, unit, indicator, department; /* rows; not unit, indicator: or TB_NONE */
    bool done;    /* also late, and without the evidence that is asked for */
    bool overdue, dated;
    const char *status, *stage, *percent, *completed, *due, *days, *workdays;
    const char *evidence, *explanation, *doubt;
    const char *file, *line;
};

/* Loads them into the report; none where the table is absent.  -1 with *err filled. */
int tb_tasks_load(struct tb_report *report, struct tb_error *err);
/* The row of a target, or with TB_NONE the first of the indicator; NULL: there is none. */
const struct tb_task_row *tb_task_find(const struct tb_report *report, int32_t target,
                                       int32_t indicator, int32_t unit);
/* 已完成（2023-06-28）, 推进中, 完成40%, 逾期12个工作日（推进中）, 已报完成，缺佐证材料 ... */
/* The same without the due date: 已完成（2023-06-28）, 推进中, 完成40%, 未启动. */
void tb_task_progress(const struct tb_writer *w, const struct tb_task_row *row,
                      struct tb_buf *out);
void tb_task_words(const struct tb_writer *w, const struct tb_task_row *row, struct tb_buf *out);

#endif
