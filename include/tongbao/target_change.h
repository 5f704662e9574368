/* target_change.h - targets that are changed after they were set, and exemptions.
 *
 * A row of target_changes.csv asks for another annual task, quota or rule (readings R50,
 * R51).  It is admissible by what profile.ini says under [target_changes], and then holds
 * from the day of its approval on; until then, and for ever where it is refused, the old
 * value is in force.  A row of exemptions.csv takes a target from a unit for a time
 * (R52): what would be a failure is `exempt`.
 */
#ifndef TONGBAO_TARGET_CHANGE_H
#define TONGBAO_TARGET_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/decimal.h"
#include "tongbao/period.h"

struct tb_profile;
struct tb_rule;

enum tb_changed { TB_CHANGED_ANNUAL, TB_CHANGED_QUOTA, TB_CHANGED_RULE, TB_N_CHANGED };

/* Why a change is refused, whoever approves it. */
enum tb_refusal {
    TB_REFUSAL_NONE,
    TB_REFUSAL_NOT_WRITTEN,
    TB_REFUSAL_LATE,    /* received after the day that the profile states */
    TB_REFUSAL_REASON,  /* not one of the reasons that the profile states */
    TB_REFUSAL_OLD,     /* its old value is not the one in force */
    TB_REFUSAL_TOTAL,   /* the sum over the units of the request does not stay */
    TB_REFUSAL_REQUEST, /* another row of the same request is refused */
};

/* One row of target_changes.csv. */
struct tb_target_change {
    const char *code;       /* of the request; its rows stand or fall together */
    int32_t target;         /* row */
    int32_t unit;           /* row, or TB_NONE: all units of the target */
    enum tb_changed what;
    const char *old_text, *new_text; /* as written */
    struct tb_decimal old_value, new_value; /* of amounts, in the target's unit of measure */
    struct tb_rule *rule;   /* of TB_CHANGED_RULE: the new one, owned by the profile */
    tb_day received;
    bool written;
    const char *reason, *approval, *note;
    tb_day approved_on;     /* TB_DAY_NONE: not approved */
    tb_day from;            /* the first period that ends then or later is judged by it */
    tb_day until;           /* last day on which it could be received; TB_DAY_NONE: any */
    enum tb_refusal refusal;
    uint32_t line;
};

enum tb_change_state {
    TB_CHANGE_UNKNOWN,    /* not received by that day */
    TB_CHANGE_REFUSED,
    TB_CHANGE_PENDING,    /* not approved by that day: the old value is in force */
    TB_CHANGE_IN_FORCE,
    TB_CHANGE_SUPERSEDED, /* a later one is in force */
};

const char *tb_changed_code(enum tb_changed what);       /* "annual" */
const char *tb_refusal_code(enum tb_refusal refusal);    /* "late"; "" of NONE */
const char *tb_change_state_code(enum tb_change_state state); /* "in_force" */
/* The state of a row on a day; TB_DAY_NONE: by all that is known. */
enum tb_change_state tb_target_change_state(const struct tb_profile *profile, size_t row,
                                            tb_day as_of);
/* The change of that kind by which a unit is judged in a period, or NULL: the old value is in
 * force.  Approvals after `as_of` do not count.  A rule has no unit: TB_NONE. */
const struct tb_target_change *tb_target_change_of(const struct tb_profile *profile, size_t target,
                                                   int32_t unit, enum tb_changed what,
                                                   struct tb_period period, tb_day as_of);

/* One row of exemptions.csv. */
struct tb_exemption {
    int32_t target;      /* row */
    uint8_t *units;      /* [n_units] 1 where it applies */
    const char *document, *reason;
    tb_day first, last;  /* of the periods, end days included */
    tb_day approved_on;  /* TB_DAY_NONE: always there */
    uint32_t line;
};

/* The exemption that covers the unit in the period, or NULL; those approved after `as_of` do
 * not count. */
const struct tb_exemption *tb_exemption_of(const struct tb_profile *profile, size_t target,
                                           size_t unit, struct tb_period period, tb_day as_of);

#endif
