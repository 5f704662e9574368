/* status_units.c - completeness and timeliness (methods note, section 12): in
 * words for all, in a table for the units that are not complete and in time. */
#include "command/status/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/calendar.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

/* An account, and what the reader's day makes of it. */
struct sum {
    struct tb_due_count count;
    size_t awaited;       /* of the open ones */
    tb_day first, last;   /* due days of what is expected */
};

bool tb_status_is_awaited(const struct tb_status_of *status, const struct tb_due_cell *cell)
{
    return cell->state == TB_DUE_OPEN && cell->due != TB_DAY_NONE && status->day <= cell->due;
}

static void add_unit(const struct tb_status_of *status, size_t unit, struct sum *sum)
{
    for (size_t i = 0; i < status->view->profile->n_indicators; i++) {
        const struct tb_due_cell *cell = tb_dues_cell(status->dues, unit, i);
        tb_due_count_add(&sum->count, cell);
        sum->awaited += !cell->waived && tb_status_is_awaited(status, cell);
        if (cell->state == TB_DUE_NONE || cell->waived || cell->due == TB_DAY_NONE)
            continue;
        if (sum->first == TB_DAY_NONE || cell->due < sum->first)
            sum->first = cell->due;
        if (sum->last == TB_DAY_NONE || cell->due > sum->last)
            sum->last = cell->due;
    }
}

/* ", label 3" when there are any. */
static void put_some(const struct tb_status_of *status, struct tb_buf *out, const char *zh,
                     const char *en, size_t n)
{
    if (n > 0)
        tb_buf_printf(out, "%s%s %zu", tb_view_say(status->view, "，", ", "),
                      tb_view_say(status->view, zh, en), n);
}

static void put_due(const struct tb_status_of *status, const struct sum *sum, struct tb_buf *out)
{
    const struct tb_profile *profile = status->view->profile;
    char first[TB_DATE_TEXT], last[TB_DATE_TEXT];

    if (sum->first == TB_DAY_NONE)
        return;
    tb_day_format(sum->first, first);
    tb_day_format(sum->last, last);
    if (sum->first == sum->last)
        tb_view_printf(status->view, out, "报送截止 %s", "due %s", first);
    else
        tb_view_printf(status->view, out, "报送截止 %s 至 %s", "due %s to %s", first, last);
    if (status->day < sum->last && sum->last - status->day < 370)
        tb_view_printf(status->view, out, "，还有 %d 个工作日", ", %d working days left",
                       tb_workdays_between(profile, status->day, sum->last));
    else if (status->day == sum->last)
        tb_view_printf(status->view, out, "，就在今天", ", today");
    tb_buf_puts(out, "\n");
}

void tb_status_totals(const struct tb_status_of *status, struct tb_buf *out)
{
    struct sum sum = { .first = TB_DAY_NONE, .last = TB_DAY_NONE };
    const struct tb_due_count *count = &sum.count;
    bool timed = tb_profile_has_deadlines(status->view->profile);
    char rate[TB_RATE_TEXT];

    for (size_t unit = 0; unit < status->view->profile->n_units; unit++)
        add_unit(status, unit, &sum);
    put_due(status, &sum, out);
    tb_view_printf(status->view, out, "应报 %zu 项：已报 %zu", "%zu items expected: in %zu",
                   count->expected, count->received);
    if (timed)
        tb_view_printf(status->view, out, "（按时 %zu，迟报 %zu）", " (on time %zu, late %zu)",
                       count->on_time, count->late);
    tb_view_printf(status->view, out, "，缺报 %zu", ", missing %zu", count->open - sum.awaited);
    put_some(status, out, "待报", "awaited", sum.awaited);
    put_some(status, out, "零报告", "nil", count->nil);
    put_some(status, out, "免报", "waived", count->waived);
    tb_buf_puts(out, tb_view_say(status->view, "。", "."));
    tb_due_rate(rate, count->received, count->expected);
    if (rate[0])
        tb_view_printf(status->view, out, "报送率 %s%%", " complete %s%%", rate);
    tb_due_rate(rate, count->on_time, count->expected);
    if (timed && rate[0])
        tb_view_printf(status->view, out, "，准时率 %s%%", ", on time %s%%", rate);
    tb_due_mean_days(rate, count);
    if (timed && rate[0] && strcmp(rate, "0.0") != 0)
        tb_view_printf(status->view, out, "，平均迟报 %s 个工作日", ", %s working days late on average",
                       rate);
    tb_buf_puts(out, tb_view_say(status->view, "。\n", "\n"));
}

static void add_rate(struct tb_listing *listing, size_t part, size_t whole, bool known)
{
    char rate[TB_RATE_TEXT], text[TB_RATE_TEXT + 1];

    tb_due_rate(rate, part, whole);
    snprintf(text, sizeof text, "%s%%", rate);
    tb_listing_add(listing, known && rate[0] ? text : "-");
}

static void add_sum(const struct tb_status_of *status, struct tb_listing *listing,
                    const char *name, const struct sum *sum)
{
    const struct tb_due_count *count = &sum->count;
    bool timed = tb_profile_has_deadlines(status->view->profile);
    const size_t counts[] = { count->expected, count->received,         count->late,
                              sum->awaited,    count->open - sum->awaited, count->nil,
                              count->waived };

    tb_listing_add(listing, name);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        tb_listing_add_int(listing, (int64_t)counts[i]);
    add_rate(listing, count->received, count->expected, true);
    add_rate(listing, count->on_time, count->expected, timed);
}

void tb_status_units(const struct tb_status_of *status, struct tb_buf *out)
{
    static const char *const zh[] = { "单位", "应报",   "已报", "迟报",   "待报",
                                      "缺报", "零报告", "免报", "报送率", "准时率" };
    static const char *const en[] = { "unit",    "expected", "in",     "late",     "awaited",
                                      "missing", "nil",      "waived", "complete", "on time" };
    const struct tb_profile *profile = status->view->profile;
    struct sum all = { .first = TB_DAY_NONE, .last = TB_DAY_NONE };
    struct tb_listing listing = TB_LISTING_INIT("lrrrrrrrrr");
    size_t n_good = 0;

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(status->view, zh[i], en[i]));
    for (size_t unit = 0; unit < profile->n_units; unit++) {
        struct sum sum = { .first = TB_DAY_NONE, .last = TB_DAY_NONE };
        add_unit(status, unit, &sum);
        add_unit(status, unit, &all);
        if (sum.count.open == 0 && sum.count.late == 0)
            n_good += sum.count.expected > 0;
        else
            add_sum(status, &listing, tb_unit_name(&profile->units[unit], status->view->lang),
                    &sum);
    }
    add_sum(status, &listing, tb_view_say(status->view, "合计", "total"), &all);
    tb_view_printf(status->view, out, "\n各单位应报指标（齐全且按时的 %zu 个单位不列）\n",
                   "\nindicators by unit (not listed: %zu units, complete and on time)\n", n_good);
    tb_listing_print(&listing, "  ", out);
    tb_listing_release(&listing);
}
