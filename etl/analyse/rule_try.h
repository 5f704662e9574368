/* rule_try.h - one rule, tried on the numbers of a run, with nothing written. */
#ifndef TONGBAO_ANALYSE_RULE_TRY_H
#define TONGBAO_ANALYSE_RULE_TRY_H

#include "analyse/measures.h"

struct tb_buf;

struct tb_rule_trial {
    const char *rule, *unit, *indicator; /* as typed */
    struct tb_period period;             /* in any frequency */
};

/* Appends the truth, each operand with its number and the gap, and the truth for
 * the unit's peers.  An enum tb_exit; messages about the rule, the unit or the
 * indicator go to stderr. */
int tb_rule_try(const struct tb_measures *ms, const struct tb_rule_trial *trial,
                struct tb_buf *out);

#endif
