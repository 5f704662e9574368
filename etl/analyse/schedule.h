/* schedule.h - time gone by and time left until a target is due, and where the
 * pace of past years would lead.  Methods note, sections 6 and 11. */
#ifndef TONGBAO_ANALYSE_SCHEDULE_H
#define TONGBAO_ANALYSE_SCHEDULE_H

#include "analyse/measures.h"

struct tb_target;

/* The last period that has ended when the target is due; its own last period
 * when it names no due date. */
struct tb_period tb_schedule_due_period(const struct tb_target *target);
/* Periods after `period` up to and with the due one; joint January-February
 * counts as one.  0 when it is due or past. */
int tb_schedule_periods_left(const struct tb_profile *profile, const struct tb_target *target,
                             struct tb_period period);
/* Share of the time gone by at the end of `period`: of from..due, or of the year
 * up to due for what is cumulated from the start of the year. */
struct tb_rational tb_schedule_elapsed(const struct tb_profile *profile,
                                       const struct tb_target *target, bool of_year,
                                       struct tb_period period);
/* The cumulated value at `end` if it grows as it did in past years: ytd divided
 * by the mean share that past years had reached at the same point.  At most ten
 * years; false without one, or without a positive value now. */
bool tb_schedule_project(const struct tb_measures *ms, size_t indicator, size_t unit,
                         struct tb_period period, struct tb_period end, double *out);

#endif
