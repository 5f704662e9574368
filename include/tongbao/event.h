/* event.h - briefs, bulletins, meetings, inspections: events that a plan asks for in every
 * period.  An event is an indicator like others, submitted as a count or as done: the
 * column `event` of indicators.csv says of what kind it is, and a target who owes it,
 * how often and from when to when.
 */
#ifndef TONGBAO_EVENT_H
#define TONGBAO_EVENT_H

#include <stdbool.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_indicator;

enum tb_event {
    TB_EVENT_NONE,       /* no event */
    TB_EVENT_BRIEF,      /* 简报 */
    TB_EVENT_BULLETIN,   /* 通报 */
    TB_EVENT_REVIEW,     /* 总结: a document or meeting that looks back */
    TB_EVENT_REPORT,     /* 报告 */
    TB_EVENT_MEETING,    /* 会议、调度 */
    TB_EVENT_INSPECTION, /* 检查、督导 */
    TB_EVENT_ACTIVITY,   /* 活动: whatever else is held */
    TB_N_EVENTS,
};

const char *tb_event_code(enum tb_event event); /* "brief"; "" of none */
const char *tb_event_name(enum tb_event event, const char *lang);
/* The kind of that code; false: it is none. */
bool tb_event_find(const char *code, enum tb_event *out);

/* When within its period an event is usually held: `last M_3` is the last ten days, of a
 * quarter from the 21st of its third month on (每季度最后一旬). */
struct tb_event_window {
    bool given, last; /* else the first */
    enum tb_freq freq;
};

/* Reads `first FREQ` or `last FREQ`; false: it is neither. */
bool tb_event_window_parse(const char *text, struct tb_event_window *out);
/* The days of the window in a period: without one, those of the period. */
void tb_event_window_days(const struct tb_event_window *window, struct tb_period period,
                          tb_day *first, tb_day *last);

#endif
