/* status_copies.c - what has gone to one addressee and is wanted by another yet:
 * a row for each submission that counts and each addressee that lacks it. */
#include "command/status/status.h"

#include <stdbool.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/addressee.h"
#include "tongbao/buf.h"
#include "tongbao/calendar.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

enum { SHOWN_ROWS = 30, COUNTED_DAYS = 3660 };

static bool is_of_period(const struct tb_view *view, const struct tb_table *table, size_t row)
{
    const char *text = tb_table_get(table, row, "period");
    struct tb_period_read read;

    if (!tb_period_parse(text, strlen(text), &read))
        return false;
    tb_day last = tb_period_last_day(read.period);
    return last >= tb_period_first_day(view->period) && last <= tb_period_last_day(view->period);
}

static void add_department(const struct tb_view *view, struct tb_listing *listing, const char *code,
                           size_t len)
{
    const struct tb_profile *profile = view->profile;
    struct tb_buf name = TB_BUF_INIT;

    tb_buf_add(&name, code, len);
    for (size_t d = 0; d < profile->n_departments; d++) {
        const struct tb_department *department = &profile->departments[d];
        if (strncmp(department->code, code, len) != 0 || department->code[len])
            continue;
        tb_buf_clear(&name);
        tb_buf_puts(&name, tb_view_say(view, department->name_zh, department->name_en));
    }
    tb_listing_add(listing, tb_buf_text(&name));
    listing->failed |= name.failed;
    tb_buf_release(&name);
}

/* Working days since the due day, none before its end. */
static int overdue(const struct tb_status_of *status, const char *deadline)
{
    const struct tb_profile *profile = status->view->profile;
    tb_day due;

    if (!tb_day_parse(deadline, strlen(deadline), &due) || status->day <= due ||
        status->day - due > COUNTED_DAYS)
        return 0;
    return tb_workdays_between(profile, due, tb_workday_from(profile, status->day));
}

static void add_row(const struct tb_status_of *status, struct tb_listing *listing, size_t row,
                    const char *code, size_t len)
{
    const struct tb_view *view = status->view;
    const struct tb_table *table = status->submissions;
    const char *deadline = tb_table_get(table, row, "deadline");
    int days = overdue(status, deadline);

    add_department(view, listing, code, len);
    tb_listing_add(listing, tb_status_sender(view, tb_table_get(table, row, "sender")));
    tb_listing_add(listing, tb_table_get(table, row, "name"));
    tb_listing_add(listing, *deadline ? deadline : "-");
    if (days > 0)
        tb_listing_add_int(listing, days);
    else
        tb_listing_add(listing, "-");
}

void tb_status_copies(const struct tb_status_of *status, struct tb_buf *out)
{
    static const char *const zh[] = { "收件部门", "报送单位", "文件", "截止", "逾期工作日" };
    static const char *const en[] = { "addressee", "sender", "file", "due", "days overdue" };
    const struct tb_view *view = status->view;
    const struct tb_table *table = status->submissions;
    struct tb_listing listing = TB_LISTING_INIT("llllr");
    size_t n = 0;

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        const char *code = tb_table_get(table, row, "lacking");
        if (!tb_addressee_is_lacked(table, row) || !is_of_period(view, table, row))
            continue;
        while (*code) {
            size_t len = strcspn(code, ";");
            if (n++ < SHOWN_ROWS)
                add_row(status, &listing, row, code, len);
            code += len + (code[len] == ';');
        }
    }
    if (n) {
        tb_view_printf(view, out, "\n尚未送达全部收件部门：%zu\n",
                       "\nnot with every addressee yet: %zu\n", n);
        tb_listing_print(&listing, "  ", out);
    }
    if (n > SHOWN_ROWS)
        tb_view_printf(view, out, "  另有 %zu 个\n", "  and %zu more\n", n - SHOWN_ROWS);
    out->failed |= listing.failed != 0;
    tb_listing_release(&listing);
}
