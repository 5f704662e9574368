/* consequence.h - what follows from a result: proposals, and what was decided of them.
 *
 * A row of consequences.csv says when something is proposed, to whom and what; nothing is
 * ever done by a program.  A row of consequence_records.csv says what people decided.
 */
#ifndef TONGBAO_CONSEQUENCE_H
#define TONGBAO_CONSEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/decimal.h"
#include "tongbao/period.h"
#include "tongbao/rule.h"

struct tb_profile;

enum tb_consequence_kind {
    TB_CONSEQUENCE_REWARD,
    TB_CONSEQUENCE_COMMENDATION,
    TB_CONSEQUENCE_REMINDER,
    TB_CONSEQUENCE_WARNING,
    TB_CONSEQUENCE_INTERVIEW,
    TB_CONSEQUENCE_LETTER,         /* supervision letter, 督办函 */
    TB_CONSEQUENCE_RECTIFICATION,  /* rectification order, dated */
    TB_CONSEQUENCE_RED_LEDGER,     /* 红黄蓝台账: the first colour that holds is the one */
    TB_CONSEQUENCE_AMBER_LEDGER,
    TB_CONSEQUENCE_BLUE_LEDGER,
    TB_CONSEQUENCE_POINTS_OFF,
    TB_CONSEQUENCE_ACCOUNTABILITY, /* by people alone, never by a rule */
    TB_N_CONSEQUENCE_KINDS,
};

/* So many days or working days; n 0: none.  `due`: until what came before was due. */
struct tb_span {
    int n;
    bool workdays, due;
};

/* One row of consequences.csv. */
struct tb_consequence {
    const char *code, *when;     /* when: the rule as written; "manual" */
    bool manual;                 /* proposed by nobody, only recorded */
    struct tb_rule *rule;        /* compiled for no indicator in particular; NULL: manual */
    enum tb_rule_about about;
    enum tb_consequence_kind kind;
    const char *what;            /* the kind as written */
    uint8_t *units;              /* [n_units]; NULL: of the bulletin's subject, of a rule about
                                    units every one */
    uint8_t *indicators;         /* [n_indicators]; NULL: every one */
    uint8_t *targets;            /* [n_targets]; NULL: every binding one */
    struct tb_rule *department;  /* what must hold of the unit that bears the name of the
                                    department that answers; or NULL */
    const char *department_text;
    const char *to, *text_zh, *text_en;
    bool has_points;
    struct tb_decimal points;
    struct tb_span within;       /* time allowed; of a ledger: from check to check */
    int32_t after;               /* the step before: row, or TB_NONE */
    struct tb_span wait;         /* between that step and this one */
    bool is_step;                /* another one comes after it, or it has a time: stands until closed */
    uint32_t line;
};

enum tb_decision { TB_DECIDED_DONE, TB_DECIDED_DECLINED, TB_DECIDED_CLOSED, TB_N_DECISIONS };

/* Whom a proposal is about: rows, or TB_NONE. */
struct tb_consequence_subject {
    int32_t unit, indicator, target;
};

/* One row of consequence_records.csv. */
struct tb_consequence_record {
    tb_day when;
    const char *who, *reason, *document;
    int32_t consequence;         /* row */
    struct tb_consequence_subject subject;
    struct tb_period period;     /* of the bulletin that it answers */
    enum tb_decision decision;
    tb_day due;                  /* until when; TB_DAY_NONE: by `within` */
    uint32_t line;
};

enum tb_fate {
    TB_FATE_PROPOSED,
    TB_FATE_NEEDS_DECISION, /* a reward for a place that is shared */
    TB_FATE_NOT_YET,        /* a step before it was not taken, or its time is not over */
    TB_FATE_DONE,
    TB_FATE_OVERDUE,        /* done, and what it asked for by a day is not closed */
    TB_FATE_DECLINED,
    TB_FATE_CLOSED,
    TB_FATE_RECORDED,       /* by people, without a rule that calls for it */
    TB_FATE_UNDECIDED,      /* an earlier bulletin proposed it, nothing was decided, and the rule
                               no longer calls for it */
    TB_N_FATES,
};

/* What became of a proposal by a day. */
struct tb_proposal_fate {
    enum tb_fate fate;
    const struct tb_consequence_record *record; /* that decided it, or NULL */
    tb_day due;      /* of what is proposed or was done; TB_DAY_NONE: none */
    tb_day earliest; /* of TB_FATE_NOT_YET: day from which it may be taken; TB_DAY_NONE: after the
                        step before it */
};

const char *tb_consequence_kind_code(enum tb_consequence_kind kind); /* "supervision letter" */
const char *tb_consequence_kind_zh(enum tb_consequence_kind kind);
bool tb_consequence_is_ledger(enum tb_consequence_kind kind);
const char *tb_decision_code(enum tb_decision decision);
const char *tb_fate_code(enum tb_fate fate); /* "needs_decision" */

/* The day `span` after `from`; TB_DAY_NONE where it is none. */
tb_day tb_span_add(const struct tb_profile *profile, tb_day from, struct tb_span span);
/* What became of a proposal to `subject` in the bulletin of `period`, by the records up to
 * `today`.  A step of a ladder, and what has a time, stands until it is closed; the rest is
 * decided anew in each bulletin. */
struct tb_proposal_fate tb_proposal_fate(const struct tb_profile *profile, size_t consequence,
                                         const struct tb_consequence_subject *subject,
                                         struct tb_period period, tb_day today);

#endif
