/* events_rows.h - the rows of events.csv, from the states of one event; used by events.c. */
#ifndef TONGBAO_ANALYSE_EVENTS_ROWS_H
#define TONGBAO_ANALYSE_EVENTS_ROWS_H

#include "analyse/verdict/targets.h"

enum tb_event_state {
    TB_EVENT_NOT_DUE,
    TB_EVENT_HELD,
    TB_EVENT_MISSING,
    TB_EVENT_NOT_REPORTED,
    TB_EVENT_AWAITED,
    TB_EVENT_WAIVED,
    TB_EVENT_EXEMPT,
    TB_EVENT_IN_REVIEW,
    TB_EVENT_UNKNOWN
};

/* One event that a target asks for, and its periods of the year up to the bulletin's. */
struct tb_due_events {
    const struct tb_targets_job *job;
    const uint8_t *owned; /* [indicator][unit]: a target is on that event alone */
    size_t target, indicator;
    bool alone; /* the target is: its rule says whether it was held, else that it was at all */
    struct tb_period first, last; /* all of them */
    struct tb_period now;         /* the first that ended within the bulletin's */
    uint8_t *state;               /* [period][unit], enum tb_event_state */
    uint8_t *asked;               /* [unit] one whose rule was seen to ask it: looked for once */
};

size_t tb_events_n_periods(const struct tb_due_events *e);
/* The deadline of the submission for a period, or TB_DAY_NONE. */
tb_day tb_events_due_day(const struct tb_due_events *e, struct tb_period period);
/* Appends the rows of a unit: what was due within the bulletin's period, and what is still
 * open of the year before it. */
void tb_events_rows(const struct tb_due_events *e, size_t unit, struct tb_buf *out);

#endif
