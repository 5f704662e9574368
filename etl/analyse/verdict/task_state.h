/* task_state.h - how far a task is at the end of a period, by all that was reported of it.
 *
 * The last report counts, from the target's first period on: a task that is done stays
 * done until somebody says otherwise, and may be reported so after the day of completion.
 * Without a day the end of the period counts in which it was first said to be done.
 */
#ifndef TONGBAO_ANALYSE_TASK_STATE_H
#define TONGBAO_ANALYSE_TASK_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include "analyse/measure/measures.h"
#include "tongbao/date.h"
#include "tongbao/task_stage.h"

struct tb_buf;
struct tb_operand;
struct tb_target;

/* What does not fit in a report; the task then counts as not done. */
enum tb_task_doubt {
    TB_DOUBT_NONE,
    TB_DOUBT_STAGE,   /* stage and percentage of one report differ */
    TB_DOUBT_AHEAD,   /* the day of completion lies after the period */
    TB_DOUBT_UNDONE,  /* a day of completion of what is said not to be done */
};

struct tb_task_state {
    bool reported;             /* something was said: the rest has a meaning */
    bool held;                 /* a check holds what was said last: nothing else is known */
    bool provisional;
    enum tb_task_stage stage;
    bool has_percent;
    struct tb_rational percent;
    tb_day completed;          /* TB_DAY_NONE: it is not done */
    bool dated;                /* that day was stated; else it is the end of a period */
    bool has_evidence;
    enum tb_task_doubt doubt;
    struct tb_period at;       /* of the report that counts */
};

/* The state at the end of `at`, by reports of `from` .. `at` (of one frequency). */
void tb_task_state_get(const struct tb_measures *ms, size_t indicator, size_t unit,
                       struct tb_period from, struct tb_period at, struct tb_task_state *out);
/* The first period whose reports count for a target in `at`: a rule without a due date is
 * asked in each period anew.  `target` may be NULL. */
struct tb_period tb_task_first_report(const struct tb_target *target, struct tb_period at);
/* The last period of from .. at in which something was said of a measure, with a value;
 * false if there is none. */
bool tb_task_last_said(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                       size_t unit, struct tb_period from, struct tb_period at,
                       struct tb_period *out);

/* What a task is in view of its due date (TB_DAY_NONE: the end of `at`). */
enum tb_task_status {
    TB_TASK_NOT_REPORTED,
    TB_TASK_HELD,
    TB_TASK_NOT_BEGUN,
    TB_TASK_NOT_DONE,
    TB_TASK_UNDER_WAY,
    TB_TASK_NO_DAY,      /* done, and the profile asks for the day of completion */
    TB_TASK_NO_EVIDENCE, /* done, and the profile asks for evidence */
    TB_TASK_DONE_LATE,
    TB_TASK_DONE,
    TB_N_TASK_STATUSES,
};
enum tb_task_status tb_task_status_of(const struct tb_profile *profile,
                                      const struct tb_task_state *state, tb_day due);
const char *tb_task_status_code(enum tb_task_status status); /* "under way" */
/* Days and working days by which it is done late, or, not done, overdue at the end of
 * `at`; false when it is neither. */
bool tb_task_lateness(const struct tb_profile *profile, const struct tb_task_state *state,
                      tb_day due, tb_day end, int *days, int *workdays);

/* The operand of the rule `done` (`done` true), or of the value of a milestone. */
struct tb_operand tb_task_operand(const struct tb_measures *ms, const struct tb_target *target,
                                  size_t indicator, size_t unit, struct tb_period at, bool done);

/* Appends why the target's task is not done as it should be at the end of `at`: its
 * status, by how much it is late or overdue, and what does not fit. */
void tb_task_put_reason(const struct tb_measures *ms, const struct tb_target *target, size_t unit,
                        struct tb_period at, struct tb_buf *out);

#endif
