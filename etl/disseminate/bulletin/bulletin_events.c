/* bulletin_events.c - briefs, meetings and inspections that were due (events.csv): of each
 * how many were held, and every one that is missing or not reported, by unit and period. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

/* One target on an event: rows first .. end - 1 of the table. */
struct due_event {
    const struct tb_table *t;
    size_t first, end;
};

static bool is_now(const struct due_event *e, size_t row)
{
    return strcmp(tb_table_get(e->t, row, "now"), "1") == 0;
}

static bool has_state(const struct due_event *e, size_t row, const char *state)
{
    return strcmp(tb_table_get(e->t, row, "state"), state) == 0;
}

static size_t count(const struct due_event *e, const char *state, bool now)
{
    size_t n = 0;

    for (size_t row = e->first; row < e->end; row++)
        n += is_now(e, row) == now && has_state(e, row, state);
    return n;
}

/* Everything that nobody took out. */
static size_t count_due(const struct due_event *e)
{
    static const char *const states[] = { "held", "missing", "not_reported", "in_review",
                                          "unknown" };
    size_t n = 0;

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        n += count(e, states[i], true);
    return n;
}

static void put_unit(const struct tb_writer *w, const char *code, struct tb_buf *out)
{
    int32_t unit = tb_profile_unit(w->report->profile, code, strlen(code));

    tb_buf_puts(out, unit >= 0 ? tb_name_of_unit(w, unit) : code);
    tb_buf_puts(out, tb_say(w, "（", " ("));
}

/* "；未办：甲镇（2023年第2周、2023年第3周）、乙镇（2023年第3周）" */
static void put_list(const struct tb_writer *w, const struct due_event *e, const char *state,
                     bool now, const char *label, struct tb_buf *out)
{
    size_t n = count(e, state, now), listed = 0;
    const char *unit = "", *comma = tb_prose_comma(w->style.lang);

    if (n == 0)
        return;
    tb_buf_puts(out, tb_say(w, "；", "; "));
    tb_buf_puts(out, label);
    for (size_t row = e->first; row < e->end && listed < TB_EVENTS_LISTED; row++) {
        const char *whose = tb_table_get(e->t, row, "unit");
        if (is_now(e, row) != now || !has_state(e, row, state))
            continue;
        if (strcmp(whose, unit) != 0) {
            if (listed > 0)
                tb_buf_printf(out, "%s%s", tb_say(w, "）", ")"), comma);
            put_unit(w, whose, out);
        } else {
            tb_buf_puts(out, comma);
        }
        const char *period = tb_table_get(e->t, row, "period");
        tb_put_period_text(w, period, strlen(period), out);
        unit = whose;
        listed++;
    }
    tb_buf_puts(out, tb_say(w, "）", ")"));
    if (listed < n) {
        tb_buf_puts(out, tb_say(w, "，另有", " and "));
        tb_number_count(out, &w->style, n - listed);
        tb_buf_puts(out, tb_say(w, "次，见 events.csv", " more, see events.csv"));
    }
}

static bool is_odd(const struct due_event *e, size_t row)
{
    return is_now(e, row) && *tb_table_get(e->t, row, "note");
}

/* "；日期不在本期末段（提示，不影响判定）：市（2023-02-03）" */
static void put_odd_days(const struct tb_writer *w, const struct due_event *e, struct tb_buf *out)
{
    size_t listed = 0;

    for (size_t row = e->first; row < e->end && listed < TB_EVENTS_LISTED; row++) {
        if (!is_odd(e, row))
            continue;
        tb_buf_puts(out, listed == 0 ? tb_say(w, "；日期不在通常时段（只作提示，不影响判定）：",
                                              "; on an unusual day (a warning, no failure): ")
                                     : tb_prose_comma(w->style.lang));
        put_unit(w, tb_table_get(e->t, row, "unit"), out);
        tb_buf_puts(out, tb_number_quote(&w->style, tb_table_get(e->t, row, "held_on")));
        tb_buf_puts(out, tb_say(w, "）", ")"));
        listed++;
    }
}

static bool is_open(const struct due_event *e)
{
    for (size_t row = e->first; row < e->end; row++)
        if (is_odd(e, row))
            return true;
    /* What is due and not held, whatever else it is (held for review, unknown), is open. */
    return count_due(e) > count(e, "held", true) || count(e, "missing", false) ||
           count(e, "not_reported", false);
}

/* The part of the responsibility list that the event belongs to, "" where it has no task. */
static const char *plan_of(const struct tb_writer *w, const struct due_event *e)
{
    const struct tb_profile *p = w->report->profile;
    const char *task = tb_table_get(e->t, e->first, "task");

    for (size_t i = 0; *task && i < p->n_tasks; i++)
        if (strcmp(p->tasks[i].code, task) == 0)
            return tb_say(w, p->tasks[i].block, p->tasks[i].block_en);
    return "";
}

/* 旬简报（总方案） */
static void put_name(const struct tb_writer *w, const struct due_event *e, struct tb_view *item)
{
    const char *code = tb_table_get(e->t, e->first, "indicator");
    const struct tb_profile *p = w->report->profile;
    const char *plan = plan_of(w, e);
    int32_t indicator = tb_profile_indicator(p, code, strlen(code));
    struct tb_buf name = TB_BUF_INIT;

    tb_buf_puts(&name, indicator >= 0 ? tb_name_of_indicator(w, indicator) : code);
    if (*plan)
        tb_buf_printf(&name, "%s%s%s", tb_say(w, "（", " ("), tb_number_quote(&w->style, plan),
                      tb_say(w, "）", ")"));
    tb_view_buf(item, "event", &name);
    tb_buf_release(&name);
}

static void put_event(const struct tb_writer *w, const struct due_event *e, struct tb_view *view)
{
    struct tb_view *item = tb_view_item(view, "events");
    struct tb_buf text = TB_BUF_INIT;

    put_name(w, e, item);
    tb_buf_puts(&text, tb_say(w, "本期应办", "due "));
    tb_number_count(&text, &w->style, count_due(e));
    tb_buf_puts(&text, tb_say(w, "次，已办", ", held "));
    tb_number_count(&text, &w->style, count(e, "held", true));
    tb_buf_puts(&text, tb_say(w, "次", ""));
    put_list(w, e, "missing", true, tb_say(w, "未办：", "missing: "), &text);
    put_list(w, e, "not_reported", true, tb_say(w, "未报告是否办理：", "not reported: "), &text);
    put_list(w, e, "in_review", true, tb_say(w, "待核实：", "held for review: "), &text);
    put_list(w, e, "unknown", true, tb_say(w, "情况不明：", "unknown: "), &text);
    put_list(w, e, "missing", false, tb_say(w, "此前未办：", "missing before: "), &text);
    put_list(w, e, "not_reported", false, tb_say(w, "此前未报告：", "not reported before: "), &text);
    put_odd_days(w, e, &text);
    tb_view_buf(item, "text", &text);
    tb_buf_release(&text);
}

/* Of one target and one indicator. */
static bool is_same(const struct tb_table *t, size_t a, size_t b)
{
    return strcmp(tb_table_get(t, a, "target"), tb_table_get(t, b, "target")) == 0 &&
           strcmp(tb_table_get(t, a, "indicator"), tb_table_get(t, b, "indicator")) == 0;
}

void tb_bulletin_events(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.events;
    size_t n_held = 0;

    tb_view_list(view, "events");
    for (size_t row = 0, end; t && row < tb_table_rows(t); row = end) {
        for (end = row + 1; end < tb_table_rows(t) && is_same(t, row, end); end++)
            ;
        const struct due_event e = { t, row, end };
        if (is_open(&e))
            put_event(w, &e, view);
        else
            n_held += count(&e, "held", true) > 0;
    }
    tb_view_int(view, "n_events_held", (long long)n_held);
    tb_view_flag(view, "has_events_held", n_held > 0);
    tb_view_flag(view, "has_events", t && tb_table_rows(t) > 0);
}
