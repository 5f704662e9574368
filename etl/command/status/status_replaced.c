/* status_replaced.c - files of the period that changed or took back values of files of
 * another name or sender: perhaps a report of somebody else. */
#include "command/status/status.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/table.h"

enum { SHOWN = 30 };

/* "00007 name": a file as the receipts number it. */
static void add_file(struct tb_listing *listing, const char *number, const char *name)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s %s", number, name);
    tb_listing_add(listing, tb_buf_text(&text));
    listing->failed |= text.failed;
    tb_buf_release(&text);
}

static void add_row(const struct tb_view *view, const struct tb_table *table, size_t row,
                    struct tb_listing *listing)
{
    struct tb_buf first = TB_BUF_INIT;

    add_file(listing, tb_table_get(table, row, "arrival"), tb_table_get(table, row, "name"));
    tb_listing_add(listing, tb_status_sender(view, tb_table_get(table, row, "sender")));
    add_file(listing, tb_table_get(table, row, "old_arrival"), tb_table_get(table, row, "old_name"));
    tb_listing_add(listing, tb_status_sender(view, tb_table_get(table, row, "old_sender")));
    tb_listing_add(listing, tb_table_get(table, row, "values"));
    tb_buf_printf(&first, "%s %s %s", tb_table_get(table, row, "unit"),
                  tb_table_get(table, row, "indicator"), tb_table_get(table, row, "period"));
    tb_listing_add(listing, tb_buf_text(&first));
    listing->failed |= first.failed;
    tb_buf_release(&first);
}

/* The row of submissions.csv with that number, looked for from *at on: both tables are in
 * the order of vintages. */
static bool find_row(const struct tb_table *submissions, const char *arrival, size_t *at)
{
    size_t n = tb_table_rows(submissions);

    for (size_t i = 0; i < n; i++) {
        size_t row = (*at + i) % n;
        if (strcmp(tb_table_get(submissions, row, "arrival"), arrival) == 0) {
            *at = row;
            return true;
        }
    }
    return false;
}

static size_t add_rows(const struct tb_status_of *status, const struct tb_table *table,
                       const bool of_period[], struct tb_listing *listing)
{
    size_t n = 0, at = 0;

    for (size_t row = 0; row < tb_table_rows(table); row++)
        if (find_row(status->submissions, tb_table_get(table, row, "arrival"), &at) &&
            of_period[at] && n++ < SHOWN)
            add_row(status->view, table, row, listing);
    return n;
}

int tb_status_replaced(const struct tb_status_of *status, struct tb_buf *out, struct tb_error *err)
{
    static const char *const zh[] = { "文件", "报送单位", "改动的文件", "其报送单位", "数据", "首个" };
    static const char *const en[] = { "file", "sender", "replaces", "whose", "values", "first" };
    const struct tb_view *view = status->view;
    struct tb_listing listing = TB_LISTING_INIT("llllrl");

    if (!tb_view_has(view, "process/replaced.csv"))
        return 0; /* a run of an earlier version */
    struct tb_table *table = tb_view_table(view, "process/replaced.csv", err);
    if (!table)
        return -1;
    bool *of_period = tb_status_of_period(status);
    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    size_t n = of_period ? add_rows(status, table, of_period, &listing) : 0;
    if (n > 0) {
        tb_view_printf(view, out, "\n改动了名称或报送单位不同的文件的数据：%zu\n",
                       "\nvalues replaced by a file of another name or sender: %zu\n", n);
        tb_listing_print(&listing, "  ", out);
    }
    if (n > SHOWN)
        tb_view_printf(view, out, "  另有 %zu 行\n", "  and %zu more\n", n - SHOWN);
    bool failed = listing.failed || !of_period;
    tb_listing_release(&listing);
    tb_table_free(table);
    free(of_period);
    return failed ? tb_error_set(err, "out of memory") : 0;
}
