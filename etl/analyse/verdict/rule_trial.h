/* rule_trial.h - the target that a tried rule is judged as; used by rule_try.c only. */
#ifndef TONGBAO_ANALYSE_RULE_TRIAL_H
#define TONGBAO_ANALYSE_RULE_TRIAL_H

#include "analyse/verdict/rule_try.h"

/* Appends a target for the trial to the profile's, with the quotas and changed amounts of the
 * one that it borrows from (base: row, or TB_NONE).  Its row; -1 after a message on stderr. */
int32_t tb_rule_trial_target(struct tb_profile *profile, const struct tb_rule_trial *trial,
                             int32_t indicator, int32_t base, struct tb_period period);

#endif
