/* deadline.h - what is due when, from whom, to whom.
 *
 * One row of deadlines.csv is a step of the reporting round: up to which day facts
 * count (cut-off), by when the unit submits, by when the figures are verified, by
 * when they are reported on, and how many working days a case may take.  The
 * short form, deadline_day of profile.ini, is a row `submit` that applies to
 * everything and moves to the next working day.
 *
 * Which row applies: of the rows of a step the one that names the indicator,
 * else the form, else the frequency, else everything (`*`).  A row `deadline`
 * of calendar.csv states the day of submission of one period and goes before.
 *
 *     tb_day due = tb_deadline_due(profile, TB_STEP_SUBMIT, TB_NONE, indicator, period);
 *     bool late = due != TB_DAY_NONE && received_day > due;
 *
 * A due day counts whole: on time is what came up to its end.
 */
#ifndef TONGBAO_DEADLINE_H
#define TONGBAO_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/calendar.h"
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_error;
struct tb_profile;

enum tb_step {
    TB_STEP_CUTOFF, /* facts up to this day count for the period */
    TB_STEP_SUBMIT, /* the unit submits */
    TB_STEP_VERIFY, /* whoever verifies has verified */
    TB_STEP_REPORT, /* the figures are reported upwards */
    TB_STEP_CASE,   /* a case is closed: counted from its opening */
    TB_N_STEPS
};

/* `due` of deadlines.csv, parsed. */
enum tb_due_kind {
    TB_DUE_MONTH_DAY,      /* day `day` of the month, its last where it is shorter */
    TB_DUE_LAST_DAY,       /* last day of the span */
    TB_DUE_LAST_WORKDAY,   /* last working day of the span */
    TB_DUE_DATE,           /* `day` of month `month` of the year */
    TB_DUE_DAYS_AFTER,     /* `day` days after the period's end */
    TB_DUE_WORKDAYS_AFTER, /* `day` working days after the period's end */
    TB_DUE_WORKDAYS,       /* of a case: `day` working days from its opening, itself counted */
};
struct tb_due {
    enum tb_due_kind kind;
    enum tb_freq span;  /* of TB_DUE_LAST_*: month, quarter, half or year that holds the period's end */
    int day, month;
    int offset_months;  /* months after the period's last: +1 month */
    bool shift;         /* forward to the next working day when it is none */
};

/* One row of deadlines.csv. */
struct tb_deadline {
    const char *code, *name_zh, *name_en;
    enum tb_step step;
    struct tb_due due;
    bool all;               /* `*` */
    uint8_t freqs;          /* bit f: frequency f was named */
    uint8_t *indicators;    /* [n_indicators] 1 where named; NULL: none is */
    uint8_t *forms;         /* [n_forms] 1 where named; NULL: none is */
    const char *class_name; /* of cases: simple, complex ...; "" for none */
    const int32_t *to;      /* addressees: rows of departments */
    size_t n_to;
    bool closes;            /* late = next: what comes after the due day is for the next round */
    uint32_t line;
};

/* The row that applies, or NULL: then the short form does, or nothing is due.
 * form and indicator are rows or TB_NONE for "whichever".  Not for cases. */
const struct tb_deadline *tb_deadline_find(const struct tb_profile *profile, enum tb_step step,
                                           int32_t form, int32_t indicator, enum tb_freq freq);
/* The due day of a step for a period; TB_DAY_NONE when nothing is due. */
tb_day tb_deadline_due(const struct tb_profile *profile, enum tb_step step, int32_t form,
                       int32_t indicator, struct tb_period period);
/* False when the due day hangs on holidays of a year that has no table: it is
 * then the day by weekends alone. */
bool tb_deadline_is_sure(const struct tb_profile *profile, enum tb_step step, int32_t form,
                         int32_t indicator, struct tb_period period);
/* Whether the profile sets any day of submission at all. */
bool tb_profile_has_deadlines(const struct tb_profile *profile);

/* The round that `day` falls in: the first period of the frequency whose due day
 * of the step lies on or after it.  With TB_STEP_CUTOFF: the period that a fact of
 * that day belongs to, the period of the calendar where there is no cut-off; a
 * fact never leaves its statistical year, so what happens after December's
 * cut-off is December's.  With TB_STEP_SUBMIT: the round that a submission of that
 * day is for; the last one of a round is the one that is used.  False when the
 * step has no due days (but for the cut-off). */
bool tb_deadline_round(const struct tb_profile *profile, enum tb_step step, int32_t form,
                       int32_t indicator, enum tb_freq freq, tb_day day, struct tb_period *out);

/* --- what comes too late for its round (late = next) --- */

/* Whether any row closes rounds. */
bool tb_profile_closes_rounds(const struct tb_profile *profile);
/* The last day whose submissions the run of the period `run` takes for values of the
 * form, the indicator (rows or TB_NONE) and the frequency; TB_DAY_NONE: whenever it
 * comes.  It is the due day of the row that applies, for the last period of the
 * frequency that has ended by the end of the run's; where that ended earlier (a
 * quarter, in the run of a month that ends none), the run's own closing day if that
 * is later. */
tb_day tb_deadline_closing(const struct tb_profile *profile, int32_t form, int32_t indicator,
                           enum tb_freq freq, struct tb_period run);
/* Whether rows of the step that closes rounds name single indicators. */
bool tb_deadline_closes_apart(const struct tb_profile *profile);
/* The first run after `run` that takes what was received on that day.  False: none of
 * the next 120 does. */
bool tb_deadline_next_run(const struct tb_profile *profile, int32_t form, int32_t indicator,
                          enum tb_freq freq, tb_day received, struct tb_period run,
                          struct tb_period *out);

/* One entry of the diary. */
struct tb_due_date {
    tb_day day;
    enum tb_step step;
    struct tb_period period;
    const char *code, *name_zh, *name_en; /* of the row; of the short form "deadline_day" */
    int32_t row;        /* in profile->deadlines; TB_NONE: short form or calendar.csv */
    const int32_t *to;  /* addressees: rows of departments */
    size_t n_to;
    bool sure;          /* as tb_deadline_is_sure */
};
struct tb_due_dates {
    struct tb_due_date *item; /* by day, then step, then row, then period */
    size_t n;
};
/* All due days from first to last, cases apart.  -1 with *err filled. */
int tb_due_dates_list(const struct tb_profile *profile, tb_day first, tb_day last,
                      struct tb_due_dates *out, struct tb_error *err);
void tb_due_dates_release(struct tb_due_dates *dates);

/* "cutoff", "submit" ...; for people 数据截止, 报送 ... in zh, words in en. */
const char *tb_step_code(enum tb_step step);
const char *tb_step_name(enum tb_step step, const char *lang);

/* --- cases: limits counted from an opening --- */

/* One row of cases.csv. */
struct tb_case {
    const char *code, *class_name, *note;
    int32_t unit;        /* row, or TB_NONE */
    int32_t deadline;    /* row of the limit, or TB_NONE after a mistake */
    tb_day opened;
    tb_day closed;       /* TB_DAY_NONE: open */
    uint32_t line;
};
enum tb_case_state {
    TB_CASE_UNOPENED,    /* opened after the day asked for */
    TB_CASE_OPEN,        /* within its limit */
    TB_CASE_OVERDUE,     /* open beyond it */
    TB_CASE_IN_TIME,     /* closed within it */
    TB_CASE_LATE         /* closed beyond it */
};
/* Last day on which the case is closed in time; the opening day counts. */
tb_day tb_case_due(const struct tb_profile *profile, const struct tb_case *one);
/* As it stood at the end of `day`: what was closed later was open then. */
enum tb_case_state tb_case_state(const struct tb_profile *profile, const struct tb_case *one,
                                 tb_day day);

/* --- waivers: what a unit need not send --- */

/* One row of waivers.csv. */
struct tb_waiver {
    uint8_t *units;      /* [n_units] 1 where waived */
    uint8_t *indicators; /* [n_indicators] 1 where waived */
    uint8_t *forms;      /* [n_forms] 1 where the form was named; NULL: none was */
    tb_day first, last;  /* periods that lie within are waived */
    const char *who, *reason;
    uint32_t line;
};
/* The waiver by which the unit need not report the indicator for the period; NULL
 * when there is none. */
const struct tb_waiver *tb_waiver_find(const struct tb_profile *profile, size_t unit,
                                       size_t indicator, struct tb_period period);
/* The same for a form as a whole: it was named, or all that its columns hold is waived. */
const struct tb_waiver *tb_waiver_find_form(const struct tb_profile *profile, size_t unit,
                                            size_t form, struct tb_period period);
bool tb_profile_is_waived(const struct tb_profile *profile, size_t unit, size_t indicator,
                          struct tb_period period);

/* --- faults that people found: late and missing are computed, these are not --- */

enum tb_fault_kind {
    TB_FAULT_FALSE,    /* 谎报: what was reported is not so */
    TB_FAULT_WITHHELD, /* 瞒报: what should have been reported was kept back */
    TB_FAULT_CLEARED   /* an earlier finding on the same cell does not stand */
};
/* One row of faults.csv. */
struct tb_fault {
    int64_t when;        /* seconds since the epoch */
    const char *who, *note;
    int32_t unit;        /* row */
    int32_t indicator;   /* row, or TB_NONE: the submission as a whole */
    struct tb_period period;
    enum tb_fault_kind kind;
    uint32_t line;
};
/* Whether row `i` stands at the moment as_of: found by then, and not cleared by a
 * later row.  Rows of kind cleared never stand. */
bool tb_fault_stands(const struct tb_profile *profile, size_t i, int64_t as_of);
const char *tb_fault_code(enum tb_fault_kind kind); /* "false", "withheld", "cleared" */
/* For people: 谎报, 瞒报; "false report", "withheld". */
const char *tb_fault_name(enum tb_fault_kind kind, const char *lang);

#endif
