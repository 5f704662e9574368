/* judge.h - from the truth of a rule and the calendar to a verdict.
 *
 * Pure: everything that decides is in the case, so the table of verdicts can be
 * read, and tested, row by row.
 */
#ifndef TONGBAO_ANALYSE_JUDGE_H
#define TONGBAO_ANALYSE_JUDGE_H

#include <stdbool.h>
#include "tongbao/rule.h"
#include "tongbao/verification.h"

enum tb_judgement {
    TB_JUDGED_MET,
    TB_JUDGED_ON_TRACK,
    TB_JUDGED_AT_RISK,
    TB_JUDGED_BEHIND,
    TB_JUDGED_MISSED,
    TB_JUDGED_NOT_DUE,
    TB_JUDGED_NO_DATA,
    TB_JUDGED_NOT_COMPUTABLE,
    TB_JUDGED_HELD,          /* submitted, and held back for review: not "no data" */
    TB_JUDGED_NOT_VERIFIED,  /* no verdict yet: a state of verification is lacking */
    TB_JUDGED_NOT_COMPLETED, /* verification failed or is overdue, whatever the value */
    TB_JUDGED_NO_TARGET,     /* nobody set an amount to reach: shown, never judged */
    TB_JUDGED_EXEMPT,        /* would be behind, missed or not completed, but for an exemption */
    TB_JUDGED_AGREES,        /* of a published fact: the data show it */
    TB_JUDGED_DIFFERS,       /* the data show something else */
    TB_N_JUDGEMENTS,
};

/* What a projection to the due date says of the target; unknown without past years. */
enum tb_outlook { TB_OUTLOOK_UNKNOWN, TB_OUTLOOK_REACHES, TB_OUTLOOK_MISSES };

struct tb_judge_case {
    bool before_from; /* the period lies before the target's first */
    bool due;         /* the due date has come with the end of the period */
    enum tb_truth truth;
    enum tb_known why; /* of an unknown truth */
    bool no_target;    /* the rule says that there is none, or rests on a quota that nobody assigned */
    bool fact;         /* a published figure: it agrees or differs, in its last period */
    bool before_to;    /* the period lies before the target's last */
    bool vacuous;      /* holds because nothing is asked: a quota of 0 */
    bool cumulative;   /* can be met early (tb_rule_is_cumulative) */
    bool awaits;       /* for `done` or known(..): nothing is late before it is due, and once
                          there it is met */
    bool has_schedule; /* an amount to compare with the share of time gone by */
    bool on_schedule;
    enum tb_outlook outlook;
    enum tb_lack lack; /* what the state of verification leaves of the verdict */
    bool exempt;       /* a record of exemptions.csv covers the unit and the period */
};

enum tb_judgement tb_judge(const struct tb_judge_case *c);
/* True when the verdict says that the target is failed: behind, missed, not completed. */
bool tb_judgement_fails(enum tb_judgement judgement);
/* True when it says how the figure compares: of what rests on no figure, or on one that is
 * not released, there is nothing provisional. */
bool tb_judgement_is_verdict(enum tb_judgement judgement);
const char *tb_judgement_code(enum tb_judgement judgement); /* "on_track" */

#endif
