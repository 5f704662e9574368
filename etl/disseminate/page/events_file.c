/* events_file.c - events.csv as it is published: what was due, held and missing, with names
 * in both languages. */
#include "disseminate/words/writer.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/event.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/table.h"

/* Columns of the run's file that are copied, before and behind the names. */
static const char *const copied[] = { "plan", "task",  "event", "indicator", "target", "unit",
                                      "period", "ends", "state", "now",       "count",  "due",
                                      "late_days", "department", "due_in_year", "held_in_year",
                                      "held_on", "note" };
static const char *const named[] = { "event_zh", "indicator_zh", "indicator_en", "unit_zh",
                                     "unit_en" };
enum { N_COPIED = sizeof copied / sizeof *copied, N_NAMED = sizeof named / sizeof *named };

static void put_names(const struct tb_profile *p, const struct tb_table *t, size_t row,
                      struct tb_buf *out)
{
    const char *indicator = tb_table_get(t, row, "indicator"), *unit = tb_table_get(t, row, "unit");
    int32_t i = tb_profile_indicator(p, indicator, strlen(indicator));
    int32_t u = tb_profile_unit(p, unit, strlen(unit));
    enum tb_event event = TB_EVENT_NONE;

    (void)tb_event_find(tb_table_get(t, row, "event"), &event);
    tb_csv_put(out, tb_event_name(event, "zh"));
    tb_csv_put(out, i >= 0 ? p->indicators[i].name_zh : "");
    tb_csv_put(out, i >= 0 ? p->indicators[i].name_en : "");
    tb_csv_put(out, u >= 0 ? p->units[u].name_zh : "");
    tb_csv_put(out, u >= 0 ? p->units[u].name_en : "");
    tb_csv_end_row(out);
}

void tb_events_publish(struct tb_writer *w)
{
    const struct tb_table *t = w->report->table.events;
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf out = TB_BUF_INIT;

    if (!t || tb_table_rows(t) == 0)
        return;
    char *path = tb_path("%s/events.csv", w->out);
    for (int c = 0; c < N_COPIED; c++)
        tb_csv_put(&out, copied[c]);
    for (int c = 0; c < N_NAMED; c++)
        tb_csv_put(&out, named[c]);
    tb_csv_end_row(&out);
    for (size_t row = 0; row < tb_table_rows(t); row++) {
        for (int c = 0; c < N_COPIED; c++)
            tb_csv_put(&out, tb_table_get(t, row, copied[c]));
        put_names(w->report->profile, t, row, &out);
    }
    if (path && tb_buf_ok(&out, &err) &&
        tb_newfile_write(path, tb_buf_text(&out), out.len, &err) == 0) {
        w->n_reports++;
    } else {
        w->n_failed++;
        tb_log_write(w->log, TB_LOG_ERROR, "events.csv: %s", err.text);
    }
    free(path);
    tb_buf_release(&out);
}
