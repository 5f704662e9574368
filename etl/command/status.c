/* status.c - `tongbao status`: what is in, late and missing, and the last run. */
#include "command/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/status_due.h"
#include "command/view.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { SHOWN_FILES = 8 };

static void head(const struct tb_view *view, struct tb_buf *out)
{
    const struct tb_settings *set = &view->profile->set;
    char period[48], folder[TB_PERIOD_TEXT], day[TB_DATE_TEXT];

    if (strcmp(view->lang, "zh") == 0)
        tb_period_format_zh(view->period, period);
    else
        tb_period_format_en(view->period, period);
    tb_buf_printf(out, "%s  %s\n", tb_view_say(view, set->name_zh, set->name_en), period);
    tb_period_format(view->period, folder);
    for (char *c = folder; *c; c++)
        *c = *c == '/' ? '_' : *c;
    if (view->of_period)
        tb_view_printf(view, out, "最近一次运行：%s，发布于 reports/%s/%s\n",
                       "last run: %s, published in reports/%s/%s\n", view->id, view->profile->code,
                       folder);
    else
        tb_view_printf(view, out, "最近一次运行：%s；本期尚未发布\n",
                       "last run: %s; this period is not published\n", view->id);
    tb_day deadline = tb_profile_deadline(view->profile, view->period);
    if (deadline != TB_DAY_NONE) {
        tb_day_format(deadline, day);
        tb_view_printf(view, out, "报送截止：%s\n", "due: %s\n", day);
    }
}

/* Adds a file of the inbox, by name while there are few. */
static void waiting(struct tb_buf *names, size_t *n, const char *sender, const char *name)
{
    struct tb_buf path = TB_BUF_INIT;

    if ((*n)++ < SHOWN_FILES) {
        tb_buf_printf(&path, "%s%s%s", sender, sender[0] ? "/" : "", name);
        tb_buf_puts(names, "\n  ");
        tb_escape_terminal(names, tb_buf_text(&path), path.len);
    }
    tb_buf_release(&path);
}

/* Files of one folder; folders of it are senders, and go one level deep. */
static int look_in(const char *folder, const char *sender, struct tb_buf *names, size_t *n,
                   struct tb_error *err)
{
    struct tb_names list = { 0 };
    int rc = tb_fs_list(folder, &list, err);

    for (size_t i = 0; rc == 0 && i < list.n; i++) {
        char *path = tb_path("%s/%s", folder, list.name[i]);
        if (!path)
            rc = tb_error_set(err, "out of memory");
        else if (list.name[i][0] == '.')
            ; /* hidden: still being written */
        else if (!tb_fs_is_dir(path))
            waiting(names, n, sender, list.name[i]);
        else if (!sender[0])
            rc = look_in(path, list.name[i], names, n, err);
        free(path);
    }
    tb_names_release(&list);
    return rc;
}

/* Submissions that a collect by hand took after the run. */
static int count_since(const struct tb_view *view, size_t *n, struct tb_error *err)
{
    struct tb_arrivals arrivals;
    struct tb_table *table;

    *n = 0;
    if (!view->folder)
        return 0;
    if (tb_arrivals_load(view->data, &arrivals, err) < 0)
        return -1;
    table = tb_view_table(view, "collect/submissions.csv", err);
    if (table && arrivals.n > tb_table_rows(table))
        *n = arrivals.n - tb_table_rows(table);
    tb_arrivals_release(&arrivals);
    if (!table)
        return -1;
    tb_table_free(table);
    return 0;
}

int tb_status_inbox(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    char *inbox = tb_path("%s/inbox", view->data);
    struct tb_buf names = TB_BUF_INIT;
    size_t n = 0, since = 0;
    int rc = inbox ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(inbox))
        rc = look_in(inbox, "", &names, &n, err);
    if (rc == 0)
        rc = count_since(view, &since, err);
    if (rc == 0 && n) {
        tb_view_printf(view, out, "收件箱中未收取：%zu 个文件%s\n",
                       "in the inbox, not collected: %zu files%s\n", n, tb_buf_text(&names));
        if (n > SHOWN_FILES)
            tb_view_printf(view, out, "  另有 %zu 个\n", "  and %zu more\n", n - SHOWN_FILES);
    }
    if (rc == 0 && since)
        tb_view_printf(view, out, "已收取、未进入本次运行：%zu 个文件\n",
                       "collected, not in this run: %zu files\n", since);
    tb_buf_release(&names);
    free(inbox);
    return rc;
}

static int write_status(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    if (!view->folder) {
        tb_view_printf(view, out, "%s：尚未发布任何一期\n", "%s: nothing is published yet\n",
                       view->profile->code);
        return tb_status_inbox(view, out, err);
    }
    head(view, out);
    if (tb_status_inbox(view, out, err) < 0 || tb_status_senders(view, out, err) < 0)
        return -1;
    if (!view->stale)
        return tb_status_units(view, out, err);
    tb_view_printf(view, out, "\n配置在该次运行之后已改动，请先重新运行再看分单位情况\n",
                   "\nthe profile has changed since that run: run again to see the units\n");
    return 0;
}

int tb_command_status(struct tb_command *command)
{
    struct tb_view view;
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    int rc = tb_view_open(&view, command, command->n_operands ? command->operand[0] : NULL);

    if (rc < 0)
        rc = write_status(&view, &out, &err) < 0 || tb_status_due(&view, &out, &err) < 0
                 ? tb_view_fail(&view, &err)
                 : tb_view_print(&view, &out);
    tb_buf_release(&out);
    tb_view_close(&view);
    return rc;
}
