/* rule_try.h - one rule, tried on the numbers of a run, with nothing written. */
#ifndef TONGBAO_ANALYSE_RULE_TRY_H
#define TONGBAO_ANALYSE_RULE_TRY_H

#include "analyse/measure/measures.h"

struct tb_buf;

/* What is asked, as typed; NULL for what is not said. */
struct tb_rule_trial {
    const char *rule, *unit, *indicator;
    const char *annual, *quota;   /* amounts for this once, of every unit */
    const char *from, *to, *due;  /* else the year of the period, and each period's end */
    const char *strength;         /* binding, stretch, fact */
    const char *format, *lang;    /* text, md or json; zh or en */
    struct tb_period period;      /* in any frequency */
};

/* Appends the verdict, each operand with its number and the gap, and the same of the unit's
 * peers, the best first.  The rule is judged as a target that `profile`, which is that of ms,
 * gets for it: with the amounts of the indicator's own target unless the trial says others.
 * An enum tb_exit; messages about what was typed go to stderr, those about the rule with the
 * column and a mark below it. */
int tb_rule_try(const struct tb_measures *ms, struct tb_profile *profile,
                const struct tb_rule_trial *trial, struct tb_buf *out);

#endif
