/* schedule.h - time gone by and time left until a target is due, and where the
 * pace of past years would lead.  Methods note, sections 6 and 11. */
#ifndef TONGBAO_ANALYSE_SCHEDULE_H
#define TONGBAO_ANALYSE_SCHEDULE_H

#include "analyse/measure/measures.h"
#include "analyse/outlook/projection.h"

struct tb_target;

/* The last period that has ended when the target is due; its own last period
 * when it names no due date. */
struct tb_period tb_schedule_due_period(const struct tb_target *target);
/* Periods after `period` up to and with the due one; joint January-February
 * counts as one.  0 when it is due or past. */
int tb_schedule_periods_left(const struct tb_profile *profile, const struct tb_target *target,
                             struct tb_period period);
/* Share of the time gone by at the end of `period`, as the profile counts it
 * (elapsed.h): of from..due, or of the year up to due for what is cumulated from
 * the start of the year.  `progress = profile` counts by months here. */
struct tb_rational tb_schedule_elapsed(const struct tb_profile *profile,
                                       const struct tb_target *target, bool of_year,
                                       struct tb_period period);
/* The same for a unit: with `progress = profile` and a past year, what past years
 * had done by then. */
struct tb_rational tb_schedule_gone(const struct tb_measures *ms, const struct tb_target *target,
                                    size_t unit, bool of_year, struct tb_period period);
/* The mean share of from .. to, both of one year, that past years (at most ten) had
 * done at the end of `at`; each share to six digits.  False without a past year. */
bool tb_schedule_share_done(const struct tb_measures *ms, size_t indicator, size_t unit,
                            struct tb_period from, struct tb_period to, struct tb_period at,
                            struct tb_rational *out);
/* What is cumulated at `period`, and what past years had at that point and at
 * `end`, the latest year first.  Only years before that of `period` are looked at.
 * False without a positive value now; past->n may be 0. */
bool tb_schedule_past_years(const struct tb_measures *ms, size_t indicator, size_t unit,
                            struct tb_period period, struct tb_period end,
                            struct tb_past_years *past);

#endif
