/* status_due.c - what is due next, and the cases that are beyond their limit. */
#include "command/status/status_due.h"

#include <string.h>

#include "command/check.h"
#include "command/command.h"
#include "command/listing.h"
#include "command/view.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

enum { DAYS_AHEAD = 30, SHOWN = 30, DAYS_OF_REST = 366 };

/* The day that the list begins on: that of --as-of, else today; for a profile to
 * which nothing has come for a year, the day of the last arrival. */
static int first_day(const struct tb_view *view, tb_day *out, struct tb_error *err)
{
    struct tb_arrivals arrivals;
    tb_day last = TB_DAY_NONE;

    *out = tb_command_today(view->command, view->profile);
    if (view->command->common.has_as_of)
        return 0;
    if (tb_arrivals_load(view->data, &arrivals, err) < 0)
        return -1;
    if (arrivals.n > 0)
        last = tb_moment_day(arrivals.item[arrivals.n - 1].received, view->profile->set.utc_offset);
    if (last != TB_DAY_NONE && last < *out - DAYS_OF_REST)
        *out = last;
    tb_arrivals_release(&arrivals);
    return 0;
}

static void add_day(struct tb_listing *listing, tb_day day, bool sure)
{
    char text[TB_DATE_TEXT + 1] = "";
    size_t n = day == TB_DAY_NONE ? 0 : tb_day_format(day, text);

    if (!sure && n < TB_DATE_TEXT) {
        text[n] = '*';
        text[n + 1] = '\0';
    }
    tb_listing_add(listing, text);
}

static void add_addressees(const struct tb_view *view, struct tb_listing *listing,
                           const struct tb_due_date *due)
{
    const struct tb_department *departments = view->profile->departments;
    struct tb_buf names = TB_BUF_INIT;

    for (size_t i = 0; i < due->n_to; i++)
        tb_buf_printf(
            &names, "%s%s", i ? tb_view_say(view, "、", ", ") : "",
            tb_view_say(view, departments[due->to[i]].name_zh, departments[due->to[i]].name_en));
    tb_listing_add(listing, tb_buf_text(&names));
    listing->failed |= names.failed;
    tb_buf_release(&names);
}

static void print_dates(const struct tb_view *view, const struct tb_due_dates *dates,
                        struct tb_buf *out)
{
    struct tb_listing listing = TB_LISTING_INIT("lllll");
    char period[48];
    bool sure = true;

    for (size_t i = 0; i < dates->n && i < SHOWN; i++) {
        const struct tb_due_date *due = &dates->item[i];
        if (strcmp(view->lang, "zh") == 0)
            tb_period_format_zh(due->period, period);
        else
            tb_period_format_en(due->period, period);
        const char *name = tb_view_say(view, due->name_zh, due->name_en);
        const char *step = tb_step_name(due->step, view->lang);
        add_day(&listing, due->day, due->sure);
        tb_listing_add(&listing, step);
        tb_listing_add(&listing, strcmp(name, step) == 0 ? "" : name);
        tb_listing_add(&listing, period);
        add_addressees(view, &listing, due);
        sure = sure && due->sure;
    }
    tb_listing_print(&listing, "  ", out);
    tb_listing_release(&listing);
    if (dates->n > SHOWN)
        tb_view_printf(view, out, "  另有 %zu 项\n", "  and %zu more\n", dates->n - SHOWN);
    if (!sure)
        tb_buf_puts(out,
                    tb_view_say(view, "  * calendar.csv 中没有该年的节假日，日期只按周末推算\n",
                                "  * calendar.csv has no holidays of that year: by weekends "
                                "alone\n"));
}

static int print_next(const struct tb_view *view, tb_day day, struct tb_buf *out,
                      struct tb_error *err)
{
    struct tb_due_dates dates;
    char from[TB_DATE_TEXT];

    if (tb_due_dates_list(view->profile, day, day + DAYS_AHEAD, &dates, err) < 0)
        return -1;
    if (dates.n > 0) {
        tb_day_format(day, from);
        tb_view_printf(view, out, "\n自 %s 起 %d 天内到期：%zu 项\n",
                       "\ndue from %s on, within %d days: %zu\n", from, DAYS_AHEAD, dates.n);
        print_dates(view, &dates, out);
    }
    tb_due_dates_release(&dates);
    return 0;
}

static const char *state_word(const struct tb_view *view, enum tb_case_state state)
{
    return state == TB_CASE_OVERDUE ? tb_view_say(view, "超期未结", "overdue")
                                    : tb_view_say(view, "在办", "open");
}

static void add_case(const struct tb_view *view, struct tb_listing *listing,
                     const struct tb_case *one, enum tb_case_state state)
{
    const struct tb_profile *profile = view->profile;

    tb_listing_add(listing, one->code);
    tb_listing_add(listing, one->class_name);
    tb_listing_add(listing,
                   one->unit >= 0 ? tb_unit_name(&profile->units[one->unit], view->lang) : "-");
    add_day(listing, one->opened, true);
    add_day(listing, tb_case_due(profile, one), true);
    tb_listing_add(listing, state_word(view, state));
    tb_listing_add(listing, one->note);
}

/* Overdue cases, then those whose limit is near. */
static void print_cases(const struct tb_view *view, tb_day day, struct tb_buf *out)
{
    static const char *const zh[] = { "办件", "类别", "承办", "受理", "时限", "状态", "备注" };
    static const char *const en[] = { "case", "class", "unit", "opened", "limit", "state", "note" };
    const struct tb_profile *profile = view->profile;
    struct tb_listing listing = TB_LISTING_INIT("lllllll");
    size_t n[TB_CASE_LATE + 1] = { 0 }, shown = 0;

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    for (int overdue = 1; overdue >= 0; overdue--) {
        for (size_t i = 0; i < profile->n_cases; i++) {
            const struct tb_case *one = &profile->cases[i];
            enum tb_case_state state = tb_case_state(profile, one, day);
            n[state] += (size_t)overdue;
            if (state != (overdue ? TB_CASE_OVERDUE : TB_CASE_OPEN) ||
                (!overdue && tb_case_due(profile, one) > day + DAYS_AHEAD))
                continue;
            if (shown++ < SHOWN)
                add_case(view, &listing, one, state);
        }
    }
    tb_view_printf(view, out, "\n限时办件：超期未结 %zu，在办 %zu，按时办结 %zu，超期办结 %zu\n",
                   "\ncases: %zu overdue, %zu open, %zu closed in time, %zu closed late\n",
                   n[TB_CASE_OVERDUE], n[TB_CASE_OPEN], n[TB_CASE_IN_TIME], n[TB_CASE_LATE]);
    if (shown)
        tb_listing_print(&listing, "  ", out);
    if (shown > SHOWN)
        tb_view_printf(view, out, "  另有 %zu 件\n", "  and %zu more\n", shown - SHOWN);
    tb_listing_release(&listing);
}

int tb_status_due(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    tb_day day;

    if (first_day(view, &day, err) < 0 || print_next(view, day, out, err) < 0)
        return -1;
    if (view->profile->n_cases > 0)
        print_cases(view, day, out);
    return 0;
}
