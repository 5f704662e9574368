/* verification.h - the states that a figure goes through before it is final, and the
 * marks by which offices put it there.
 *
 * verification.csv lists the states in their order; the first is that of what units
 * submit.  A state is reached by a mark (a row of marks.csv, or a value in a form of
 * that state) of whoever may set it, made after the states that must come before.  A
 * verdict rests on the highest state reached.
 */
#ifndef TONGBAO_VERIFICATION_H
#define TONGBAO_VERIFICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/deadline.h"
#include "tongbao/period.h"

struct tb_profile;

enum { TB_STATES_MAX = 32, TB_STATE_NOBODY = -1 };

/* What a verdict is while a state is not reached; the later goes before the earlier. */
enum tb_lack {
    TB_LACK_NOTHING,      /* it stands */
    TB_LACK_PROVISIONAL,  /* it is provisional */
    TB_LACK_NO_VERDICT,   /* there is none yet */
    TB_LACK_NOT_COMPLETED /* 未完成, whatever the value */
};

/* One row of verification.csv. */
struct tb_state {
    const char *code, *name_zh, *name_en;
    uint8_t *indicators; /* [n_indicators] 1 where it is asked for */
    const int32_t *who;  /* rows of departments that may set it */
    size_t n_who;        /* 0, and neither of the next: anybody may */
    bool by_lead;        /* the department that answers for the indicator may */
    bool by_unit;        /* the unit itself may */
    bool all_marks;      /* each of `who` (and the lead, and the unit) must have set it */
    uint32_t after;      /* bit s: state s must be reached before */
    tb_day from;         /* asked for of periods that end on it or later; TB_DAY_NONE: of all */
    bool has_due;
    struct tb_due due;   /* counted from the period */
    enum tb_lack lacking, overdue; /* before and after the due day */
    uint32_t line;
};

/* One row of marks.csv. */
struct tb_mark {
    int64_t when;        /* seconds since the epoch */
    const char *who, *note;
    uint8_t *units;      /* [n_units] 1 where it is set */
    uint8_t *indicators; /* [n_indicators] the same */
    tb_day first, last;  /* periods that end within */
    int32_t state;       /* row, never the first */
    bool failed;         /* 不合格 */
    uint32_t line;
};

/* True when any state but the first is asked for of the indicator. */
bool tb_state_is_asked(const struct tb_profile *profile, size_t indicator);
/* Which of those who may set the state `who` is: 0 .. n_who - 1, n_who for the lead,
 * n_who + 1 for the unit; 0 where anybody may; TB_STATE_NOBODY when none. */
int tb_state_setter(const struct tb_profile *profile, size_t state, size_t indicator, size_t unit,
                    const char *who);
/* The bits of all setters that must have marked (all_marks), or 0: any one will do. */
uint64_t tb_state_setters(const struct tb_profile *profile, size_t state, size_t indicator);
/* The department that answers for an indicator: its own, else the lead of its task; a
 * row, or TB_NONE. */
int32_t tb_state_lead(const struct tb_profile *profile, size_t indicator);
/* What a verdict on the indicator for the period is.  `reached` is as the cube keeps it:
 * 0 nothing, s + 1 the state s, negative when a mark of that state failed.  *state is
 * the row of the state that decides it, or TB_NONE.  `today` decides what is overdue. */
enum tb_lack tb_state_lack(const struct tb_profile *profile, size_t indicator,
                           struct tb_period period, int64_t reached, tb_day today, int32_t *state);
/* Last day on which the state is reached in time; TB_DAY_NONE: no day is set. */
tb_day tb_state_due(const struct tb_profile *profile, size_t state, struct tb_period period);
/* Code of the state that the cube's number names, "" for none; name for people. */
const char *tb_state_code(const struct tb_profile *profile, int64_t reached);
const char *tb_state_name(const struct tb_profile *profile, int64_t reached, const char *lang);

#endif
