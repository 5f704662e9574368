/* status_left_out.c - values that came after the round had closed, and from which run
 * on they are used: a row for each file that brought some. */
#include "command/status/status.h"

#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/table.h"

enum { SHOWN_FILES = 30, SHOWN_VALUES = 3 };

static bool same(const struct tb_table *table, size_t a, size_t b, const char *column)
{
    return strcmp(tb_table_get(table, a, column), tb_table_get(table, b, column)) == 0;
}

/* Rows are in the order of vintages: those of one file stand together. */
static bool is_of_file(const struct tb_table *table, size_t a, size_t b)
{
    return same(table, a, b, "received") && same(table, a, b, "name") &&
           same(table, a, b, "sender");
}

/* "S retail value 2023-05 12 (used: 10)". */
static void put_value(const struct tb_view *view, const struct tb_table *table, size_t row,
                      struct tb_buf *out)
{
    const char *value = tb_table_get(table, row, "value");
    const char *status = tb_table_get(table, row, "status");
    const char *used = tb_table_get(table, row, "used_value");

    tb_buf_printf(out, "%s%s %s %s %s %s", out->len ? "; " : "", tb_table_get(table, row, "unit"),
                  tb_table_get(table, row, "indicator"), tb_table_get(table, row, "measure"),
                  tb_table_get(table, row, "period"),
                  value[0]    ? value
                  : status[0] ? status
                              : tb_view_say(view, "撤回", "taken back"));
    if (tb_table_get(table, row, "used_status")[0])
        tb_view_printf(view, out, "（用 %s）", " (used: %s)",
                       used[0] ? used : tb_table_get(table, row, "used_status"));
}

/* The file whose rows begin at `first`: the row behind them. */
static size_t add_file(const struct tb_view *view, const struct tb_table *table, size_t first,
                       struct tb_listing *listing)
{
    struct tb_buf values = TB_BUF_INIT;
    size_t end = first;

    for (; end < tb_table_rows(table) && is_of_file(table, first, end); end++)
        if (end - first < SHOWN_VALUES)
            put_value(view, table, end, &values);
    if (end - first > SHOWN_VALUES)
        tb_buf_puts(&values, " ...");
    tb_listing_add(listing, tb_table_get(table, first, "received"));
    tb_listing_add(listing, tb_status_sender(view, tb_table_get(table, first, "sender")));
    tb_listing_add(listing, tb_table_get(table, first, "name"));
    tb_listing_add(listing, tb_table_get(table, first, "closed"));
    tb_listing_add(listing, tb_table_get(table, first, "next_run"));
    tb_listing_add_int(listing, (int64_t)(end - first));
    tb_listing_add(listing, tb_buf_text(&values));
    listing->failed |= values.failed;
    tb_buf_release(&values);
    return end;
}

int tb_status_left_out(const struct tb_status_of *status, struct tb_buf *out, struct tb_error *err)
{
    static const char *const zh[] = { "收到时间",   "报送单位", "文件", "本轮截止",
                                      "计入报告期", "数据",     "内容" };
    static const char *const en[] = { "received", "sender", "file",  "round closed",
                                      "used from", "values", "which" };
    const struct tb_view *view = status->view;
    struct tb_table *table = tb_view_table(view, "process/left_out.csv", err);
    struct tb_listing listing = TB_LISTING_INIT("lllllrl");
    size_t n_files = 0;

    if (!table)
        return tb_view_has(view, "process/left_out.csv") ? -1 : 0;
    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    for (size_t row = 0; row < tb_table_rows(table) && n_files < SHOWN_FILES; n_files++)
        row = add_file(view, table, row, &listing);
    if (n_files) {
        tb_view_printf(view, out, "\n本轮截止后收到、留待下一轮的数据：%zu\n",
                       "\nvalues that came after the round had closed, left to the next: %zu\n",
                       tb_table_rows(table));
        tb_listing_print(&listing, "  ", out);
    }
    if (n_files == SHOWN_FILES)
        tb_view_printf(view, out, "  只列前 %d 个文件\n", "  the first %d files are shown\n",
                       SHOWN_FILES);
    bool failed = listing.failed;
    tb_listing_release(&listing);
    tb_table_free(table);
    return failed ? tb_error_set(err, "out of memory") : 0;
}
