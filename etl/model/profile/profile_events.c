/* profile_events.c - `event` and `window` of indicators.csv: which indicators are events,
 * and when within a period they are usually held. */
#include "model/profile/profile_load.h"

static void read_window(const struct tb_sheet *sheet, size_t c, struct tb_indicator *in)
{
    const char *text = tb_sheet_cell(sheet, c);

    if (in->event == TB_EVENT_NONE)
        tb_sheet_error(sheet, c, "a window is for events, expected the column event filled");
    if (tb_event_window_parse(text, &in->window) &&
        tb_periods_per_year(in->window.freq) > tb_periods_per_year(in->frequency))
        return;
    tb_sheet_error(sheet, c,
                   "'%s' is no part of a period of frequency %s, expected first or last and a "
                   "finer frequency, such as last M_3",
                   text, tb_freq_code(in->frequency));
    in->window.given = false;
}

void tb_load_event(const struct tb_sheet *sheet, size_t event, size_t window,
                   struct tb_indicator *in)
{
    const char *kind = tb_sheet_cell(sheet, event);

    if (*kind && !tb_event_find(kind, &in->event))
        tb_sheet_error(sheet, event,
                       "'%s' is no kind of event, expected brief, bulletin, review, report, "
                       "meeting, inspection or activity",
                       kind);
    /* Of other kinds a number would not say whether it was held. */
    if (in->event != TB_EVENT_NONE && in->kind != TB_KIND_COUNT && in->kind != TB_KIND_MILESTONE)
        tb_sheet_error(sheet, event, "events are counted or done, expected kind count or milestone");
    if (*tb_sheet_cell(sheet, window))
        read_window(sheet, window, in);
}
