/* amounts.h - annual tasks and assigned quotas, and progress against them.
 *
 * Amounts are written in the target's unit of measure and used in the
 * indicator's; the conversion is exact or the amount is not computable.
 */
#ifndef TONGBAO_ANALYSE_AMOUNTS_H
#define TONGBAO_ANALYSE_AMOUNTS_H

#include "analyse/measure/measures.h"

/* The annual task of the unit, in the indicator's unit of measure: the one that a change of
 * target_changes.csv in force in the period made it, else that of the target. */
struct tb_operand tb_amounts_annual(const struct tb_profile *profile, size_t target, size_t unit,
                                    struct tb_period period, tb_day as_of);
/* The value assigned to the unit for the period: that of a change in force, else the row of
 * quotas.csv approved last (not after `as_of`, when that is a day), else the quota of the
 * target. */
struct tb_operand tb_amounts_quota(const struct tb_profile *profile, size_t target, size_t unit,
                                   struct tb_period period, tb_day as_of);
/* The first target of the indicator for the unit, in whose years the period
 * lies, that names an annual amount or a quota; binding ones first.  TB_NONE if none. */
int32_t tb_amounts_target(const struct tb_profile *profile, size_t indicator, size_t unit,
                          struct tb_period period);
/* 100 * ytd / annual (else quota) of that target; a milestone's value is its own. */
struct tb_measured tb_amounts_progress(const struct tb_measures *ms, int32_t target,
                                       size_t indicator, size_t unit, struct tb_period period);
/* The group of page one that the unit belongs to: subject_group, else
 * children_group, else its first; TB_NONE when it is in none. */
int32_t tb_amounts_main_group(const struct tb_profile *profile, size_t unit);

#endif
