/* status_inbox.c - what lies in the inbox now, and why: each file with the reason
 * for which the last collect left it (left.csv), or none yet.
 */
#include "command/status/status.h"

#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/listing.h"
#include "command/view.h"
#include "tongbao/addressee.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { SHOWN_FILES = 20 };

struct waiting {
    const struct tb_view *view;
    const struct tb_table *left; /* NULL: no collect has left one */
    struct tb_listing listing;
    size_t n;
};

/* The row of left.csv of that path, or SIZE_MAX.  A path that a spreadsheet would
 * run has an apostrophe there. */
static size_t find_left(const struct tb_table *left, const char *path)
{
    for (size_t row = 0; left && row < tb_table_rows(left); row++) {
        const char *entered = tb_table_get(left, row, "path");
        if (strcmp(entered, path) == 0 || (entered[0] == '\'' && strcmp(entered + 1, path) == 0))
            return row;
    }
    return SIZE_MAX;
}

static int add_file(struct waiting *w, const char *path, struct tb_error *err)
{
    const char *zh = strcmp(w->view->lang, "zh") == 0 ? "message_zh" : "message_en";
    struct tb_buf shown = TB_BUF_INIT;

    if (w->n++ >= SHOWN_FILES)
        return 0;
    tb_escape_terminal(&shown, path, strlen(path));
    size_t row = find_left(w->left, tb_buf_text(&shown));
    int rc = tb_buf_ok(&shown, err) ? 0 : -1;
    tb_listing_add(&w->listing, tb_buf_text(&shown));
    tb_listing_add(&w->listing, row != SIZE_MAX
                                    ? tb_table_get(w->left, row, zh)
                                    : tb_view_say(w->view, "下次收取", "for the next collect"));
    tb_listing_add(&w->listing, row != SIZE_MAX ? tb_table_get(w->left, row, "since") : "");
    tb_buf_release(&shown);
    return rc;
}

/* Files of one folder and, while `deep` is left, of those in it: senders, and one
 * more below an addressee.  Hidden ones are being written. */
static int look_in(struct waiting *w, const char *folder, const char *below, int deep,
                   struct tb_error *err)
{
    struct tb_names list = { 0 };
    int rc = tb_fs_list(folder, &list, err);

    for (size_t i = 0; rc == 0 && i < list.n; i++) {
        const char *name = list.name[i];
        char *path = tb_path("%s/%s", folder, name);
        char *shown = tb_path("%s%s%s", below, below[0] ? "/" : "", name);
        if (!path || !shown)
            rc = tb_error_set(err, "out of memory");
        else if (name[0] != '.' && (deep == 0 || !tb_fs_is_dir(path)))
            rc = add_file(w, shown, err);
        else if (name[0] != '.')
            rc = look_in(w, path, shown, deep - !tb_addressee_is_folder(name), err);
        free(path);
        free(shown);
    }
    tb_names_release(&list);
    return rc;
}

/* Submissions that a collect by hand took after the run. */
static int count_since(const struct tb_view *view, size_t *n, struct tb_error *err)
{
    const struct tb_common *common = &view->command->common;
    int64_t until = common->as_of - (int64_t)view->profile->set.utc_offset * 60;
    struct tb_arrivals arrivals;
    struct tb_table *table;
    size_t n_came = 0;

    *n = 0;
    if (!view->folder)
        return 0;
    if (tb_arrivals_load(view->data, &arrivals, err) < 0)
        return -1;
    table = tb_view_table(view, "collect/submissions.csv", err);
    while (n_came < arrivals.n && (!common->has_as_of || arrivals.item[n_came].received <= until))
        n_came++;
    if (table && n_came > tb_table_rows(table))
        *n = n_came - tb_table_rows(table);
    tb_arrivals_release(&arrivals);
    if (!table)
        return -1;
    tb_table_free(table);
    return 0;
}

/* left.csv of the last collect: 0 and *table, NULL when there is none. */
static int read_left(const struct tb_view *view, struct tb_table **table, struct tb_error *err)
{
    char *path = tb_path("%s/left.csv", view->data);
    int rc = path ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(path)) {
        *table = tb_table_read(path, NULL, NULL, err);
        rc = *table ? 0 : -1;
    }
    free(path);
    return rc;
}

static int list_inbox(struct waiting *w, struct tb_error *err)
{
    static const char *const zh[] = { "文件", "未收取的原因", "最后改动" };
    static const char *const en[] = { "file", "why it is not collected", "last changed" };
    char *inbox = tb_path("%s/inbox", w->view->data);
    int rc = inbox ? 0 : tb_error_set(err, "out of memory");

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&w->listing, tb_view_say(w->view, zh[i], en[i]));
    if (rc == 0 && tb_fs_exists(inbox))
        rc = look_in(w, inbox, "", 1, err);
    free(inbox);
    return rc == 0 && w->listing.failed ? tb_error_set(err, "out of memory") : rc;
}

int tb_status_inbox(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    struct tb_table *left = NULL;
    struct waiting w = { .view = view, .listing = TB_LISTING_INIT("lll") };
    size_t since = 0;
    int rc = read_left(view, &left, err);

    w.left = left;
    if (rc == 0)
        rc = list_inbox(&w, err);
    if (rc == 0)
        rc = count_since(view, &since, err);
    if (rc == 0 && w.n) {
        tb_view_printf(view, out, "\n收件箱中未收取：%zu 个文件\n",
                       "\nin the inbox, not collected: %zu files\n", w.n);
        tb_listing_print(&w.listing, "  ", out);
        if (w.n > SHOWN_FILES)
            tb_view_printf(view, out, "  另有 %zu 个\n", "  and %zu more\n", w.n - SHOWN_FILES);
    }
    if (rc == 0 && since)
        tb_view_printf(view, out, "已收取、未进入本次运行：%zu 个文件\n",
                       "collected, not in this run: %zu files\n", since);
    tb_listing_release(&w.listing);
    tb_table_free(left);
    return rc;
}
