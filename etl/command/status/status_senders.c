/* status_senders.c - who sent what for a period: a row for each sender, who has not
 * sent yet, and a row for each submission that is not simply in and on time. */
#include "command/status/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { SHOWN_SUBMISSIONS = 30, SHOWN_SENDERS = 12 /* more: only those with something amiss */, DAYS_BACK = 366 };

/* The submissions of one sender. */
struct sender {
    const char *name, *last; /* last: when the latest came */
    size_t in, late, partial, rejected, duplicate;
};

static bool lies_in(struct tb_period period, struct tb_period in)
{
    tb_day last = tb_period_last_day(period);

    return last >= tb_period_first_day(in) && last <= tb_period_last_day(in);
}

static tb_day day_of(const struct tb_view *view, const struct tb_table *table, size_t row)
{
    const char *received = tb_table_get(table, row, "received");
    int64_t moment;

    return tb_moment_parse(received, strlen(received), &moment)
               ? tb_moment_day(moment, view->profile->set.utc_offset)
               : TB_DAY_NONE;
}

static bool period_of(const struct tb_table *table, size_t row, struct tb_period *out)
{
    const char *text = tb_table_get(table, row, "period");
    struct tb_period_read read;
    bool known = tb_period_parse(text, strlen(text), &read);

    if (known)
        *out = read.period;
    return known;
}

/* True when no submission is of a later period that had begun when it came. */
static bool is_latest(const struct tb_view *view, const struct tb_table *table)
{
    tb_day last = tb_period_last_day(view->period);

    for (size_t row = 0; row < tb_table_rows(table); row++) {
        struct tb_period period;
        if (period_of(table, row, &period) && tb_period_last_day(period) > last &&
            tb_period_last_day(period) < day_of(view, table, row))
            return false;
    }
    return true;
}

/* True when the period a submission names lies in the one looked at.  A file that
 * names none counts with the period that was being reported when it came: the
 * one before, or the latest of which there is anything. */
static bool is_of_period(const struct tb_view *view, const struct tb_table *table, size_t row,
                         bool latest)
{
    struct tb_period next = { view->period.freq, view->period.index + 1 }, period;

    if (period_of(table, row, &period))
        return lies_in(period, view->period);
    tb_day day = day_of(view, table, row);
    return day != TB_DAY_NONE && day >= tb_period_first_day(next) &&
           (latest || day <= tb_period_last_day(next));
}

bool *tb_status_of_period(const struct tb_status_of *status)
{
    const struct tb_table *table = status->submissions;
    size_t n = tb_table_rows(table);
    bool latest = is_latest(status->view, table), *of_period = calloc(n + 1, sizeof *of_period);

    for (size_t row = 0; of_period && row < n; row++)
        of_period[row] = is_of_period(status->view, table, row, latest);
    return of_period;
}

static bool is_state(const struct tb_table *table, size_t row, const char *state)
{
    return strcmp(tb_table_get(table, row, "state"), state) == 0;
}

static void count(struct sender *sender, const struct tb_table *table, size_t row)
{
    bool duplicate = is_state(table, row, "duplicate"), rejected = is_state(table, row, "rejected");

    if (is_state(table, row, "withdrawn") || is_state(table, row, "withdrawal"))
        return; /* listed below, counted nowhere */
    if (is_state(table, row, "copy"))
        return; /* counted with what it is a copy of */
    sender->duplicate += duplicate;
    sender->rejected += rejected;
    sender->in += !duplicate && !rejected;
    sender->partial += is_state(table, row, "partial");
    sender->late += !duplicate && strcmp(tb_table_get(table, row, "timeliness"), "late") == 0;
    sender->last = tb_table_get(table, row, "received"); /* rows are in the order of receipt */
}

static bool is_in_order(const struct tb_table *table, size_t row)
{
    return (is_state(table, row, "accepted") || is_state(table, row, "nil") ||
            is_state(table, row, "copy")) &&
           strcmp(tb_table_get(table, row, "timeliness"), "late") != 0;
}

static const char *state_word(const struct tb_view *view, const char *state)
{
    static const struct {
        const char *state, *zh;
    } words[] = { { "accepted", "已收" },    { "partial", "部分收取" }, { "rejected", "退回" },
                  { "duplicate", "重复" },   { "copy", "抄送" },        { "nil", "零报告" },
                  { "withdrawn", "已撤回" }, { "withdrawal", "撤回" } };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].state, state) == 0)
            return tb_view_say(view, words[i].zh, state);
    return state;
}

/* "2023-07-09 10:29" of a moment as the tables have it. */
static void add_moment(struct tb_listing *listing, const char *moment)
{
    char text[sizeof "2023-07-09 10:29"];

    snprintf(text, sizeof text, "%.10s %.5s", moment, strlen(moment) > 11 ? moment + 11 : "");
    tb_listing_add(listing, text);
}

static void add_trouble(const struct tb_view *view, struct tb_listing *listing,
                        const struct tb_table *table, size_t row)
{
    const char *sender = tb_table_get(table, row, "sender");
    bool late = strcmp(tb_table_get(table, row, "timeliness"), "late") == 0;

    add_moment(listing, tb_table_get(table, row, "received"));
    tb_listing_add(listing, tb_status_sender(view, sender));
    tb_listing_add(listing, tb_table_get(table, row, "name"));
    tb_listing_add(listing, state_word(view, tb_table_get(table, row, "state")));
    tb_listing_add(listing, late ? tb_view_say(view, "迟报", "late") : "");
    tb_listing_add(listing, tb_table_get(table, row, "rows_rejected"));
    tb_listing_add(listing, tb_table_get(table, row, "cells_rejected"));
}

/* All that it sent was in order. */
static bool is_good(const struct sender *sender)
{
    return sender->late == 0 && sender->partial == 0 && sender->rejected == 0 &&
           sender->duplicate == 0;
}

static void print_senders(const struct tb_view *view, const struct sender *sender, size_t n,
                          struct tb_buf *out)
{
    static const char *const zh[] = { "报送单位", "已收", "迟报",    "部分收取",
                                      "退回",     "重复", "最近收到" };
    static const char *const en[] = { "sender",   "in",        "late",         "partial",
                                      "rejected", "duplicate", "last received" };
    struct tb_listing listing = TB_LISTING_INIT("lrrrrrl");
    size_t n_good = 0;

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    for (size_t i = 0; i < n; i++) {
        if (n > SHOWN_SENDERS && is_good(&sender[i])) {
            n_good++;
            continue;
        }
        const size_t counts[] = { sender[i].in, sender[i].late, sender[i].partial,
                                  sender[i].rejected, sender[i].duplicate };
        tb_listing_add(&listing, tb_status_sender(view, sender[i].name));
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            tb_listing_add_int(&listing, (int64_t)counts[c]);
        add_moment(&listing, sender[i].last);
    }
    if (n_good < n)
        tb_listing_print(&listing, "  ", out);
    if (n_good)
        tb_view_printf(view, out, "  不列：%zu 个单位所报全部按时采用\n",
                       "  not listed: %zu senders, all taken and on time\n", n_good);
    tb_listing_release(&listing);
}

void tb_status_troubles(const struct tb_status_of *status, struct tb_buf *out)
{
    static const char *const zh[] = { "收到时间", "报送单位", "文件",  "状态",
                                      "时限",     "退回行",   "退回格" };
    static const char *const en[] = { "received", "sender",        "file",          "state",
                                      "time",     "rows rejected", "cells rejected" };
    const struct tb_view *view = status->view;
    const struct tb_table *table = status->submissions;
    struct tb_listing listing = TB_LISTING_INIT("lllllrr");
    bool latest = is_latest(view, table);
    size_t n = 0;

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(view, zh[i], en[i]));
    for (size_t row = 0; row < tb_table_rows(table); row++)
        if (is_of_period(view, table, row, latest) && !is_in_order(table, row) &&
            n++ < SHOWN_SUBMISSIONS)
            add_trouble(view, &listing, table, row);
    if (n) {
        tb_view_printf(view, out, "\n迟报、退回、重复、撤回的文件：%zu\n",
                       "\nfiles late, rejected, copied or taken back: %zu\n", n);
        tb_listing_print(&listing, "  ", out);
    }
    if (n > SHOWN_SUBMISSIONS)
        tb_view_printf(view, out, "  另有 %zu 个\n", "  and %zu more\n", n - SHOWN_SUBMISSIONS);
    tb_listing_release(&listing);
}

/* Senders of the year before the period that have sent nothing for it, by name.
 * `known` holds those that have; names are added as they are told. */
static int print_silent(const struct tb_view *view, const struct tb_table *table,
                        struct tb_map *known, struct tb_buf *out)
{
    tb_day first = tb_period_first_day(view->period);
    struct tb_buf names = TB_BUF_INIT;
    int rc = 0;

    for (size_t row = 0; rc == 0 && row < tb_table_rows(table); row++) {
        const char *sender = tb_table_get(table, row, "sender");
        const char *text = tb_table_get(table, row, "period");
        struct tb_period_read read;
        if (!sender[0] || !tb_period_parse(text, strlen(text), &read) ||
            tb_period_last_day(read.period) >= first ||
            tb_period_last_day(read.period) < first - DAYS_BACK ||
            tb_map_get(known, sender, strlen(sender)) != TB_MAP_NONE)
            continue;
        if (tb_map_add(known, sender, strlen(sender), 0) == -2)
            rc = -1;
        tb_buf_puts(&names, names.len ? tb_view_say(view, "、", ", ") : "");
        sender = tb_status_sender(view, sender);
        tb_escape_terminal(&names, sender, strlen(sender));
    }
    if (names.len)
        tb_view_printf(view, out, "  尚未报送：%s\n", "  nothing yet from: %s\n",
                       tb_buf_text(&names));
    tb_buf_release(&names);
    return rc;
}

int tb_status_senders(const struct tb_status_of *status, struct tb_buf *out, struct tb_error *err)
{
    const struct tb_view *view = status->view;
    const struct tb_table *table = status->submissions;
    size_t n_rows = tb_table_rows(table), n = 0, n_files = 0;
    struct sender *sender = calloc(n_rows ? n_rows : 1, sizeof *sender);
    struct tb_map *places = tb_map_new();
    bool latest = is_latest(view, table);
    int rc = -1;

    if (!sender || !places)
        goto out;
    for (size_t row = 0; row < n_rows; row++) {
        if (!is_of_period(view, table, row, latest))
            continue;
        const char *name = tb_table_get(table, row, "sender");
        int64_t at = tb_map_add(places, name, strlen(name), (int64_t)n);
        if (at == -2)
            goto out;
        if ((size_t)at == n)
            sender[n++].name = name;
        count(&sender[at], table, row);
        n_files++;
    }
    tb_view_printf(view, out, "\n本期收到：%zu 个文件\n", "\nsubmissions of the period: %zu\n",
                   n_files);
    if (n)
        print_senders(view, sender, n, out);
    rc = print_silent(view, table, places, out);
out:
    if (rc < 0)
        tb_error_set(err, "out of memory for %zu submissions", n_rows);
    tb_map_free(places);
    free(sender);
    return rc;
}
