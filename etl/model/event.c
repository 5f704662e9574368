/* event.c - kinds of events, and when within a period they are held. */
#include "tongbao/event.h"

#include <string.h>

static const struct {
    const char *code, *zh, *en;
} events[TB_N_EVENTS] = {
    [TB_EVENT_NONE] = { "", "", "" },
    [TB_EVENT_BRIEF] = { "brief", "简报", "brief" },
    [TB_EVENT_BULLETIN] = { "bulletin", "通报", "bulletin" },
    [TB_EVENT_REVIEW] = { "review", "总结", "review" },
    [TB_EVENT_REPORT] = { "report", "报告", "report" },
    [TB_EVENT_MEETING] = { "meeting", "会议调度", "meeting" },
    [TB_EVENT_INSPECTION] = { "inspection", "检查督导", "inspection" },
    [TB_EVENT_ACTIVITY] = { "activity", "活动", "activity" },
};

const char *tb_event_code(enum tb_event event)
{
    return events[event].code;
}

const char *tb_event_name(enum tb_event event, const char *lang)
{
    return strncmp(lang, "zh", 2) == 0 ? events[event].zh : events[event].en;
}

bool tb_event_find(const char *code, enum tb_event *out)
{
    for (int e = TB_EVENT_NONE + 1; e < TB_N_EVENTS; e++) {
        if (strcmp(events[e].code, code) == 0) {
            *out = (enum tb_event)e;
            return true;
        }
    }
    return false;
}

bool tb_event_window_parse(const char *text, struct tb_event_window *out)
{
    static const char *const first = "first ", *const last = "last ";

    *out = (struct tb_event_window){ .given = true };
    out->last = strncmp(text, last, strlen(last)) == 0;
    if (!out->last && strncmp(text, first, strlen(first)) != 0)
        return false;
    return tb_freq_parse(text + strlen(out->last ? last : first), &out->freq);
}

void tb_event_window_days(const struct tb_event_window *window, struct tb_period period,
                          tb_day *first, tb_day *last)
{
    struct tb_period part = period;

    if (window->given && window->last)
        part = tb_period_within(period, window->freq);
    else if (window->given)
        part = tb_period_around(tb_period_first_day(period), window->freq);
    *first = tb_period_first_day(part);
    *last = tb_period_last_day(part);
}
