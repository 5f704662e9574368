/* view.c - finds the run that a reading command is about, and opens its files. */
#include "command/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/run/manifest_read.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

const char *tb_view_say(const struct tb_view *view, const char *zh, const char *en)
{
    return strcmp(view->lang, "zh") == 0 ? zh : en;
}

void tb_view_printf(const struct tb_view *view, struct tb_buf *out, const char *zh, const char *en,
                    ...)
{
    va_list args;

    va_start(args, en);
    tb_buf_vprintf(out, strcmp(view->lang, "zh") == 0 ? zh : en, args);
    va_end(args);
}

int tb_view_fail(const struct tb_view *view, const struct tb_error *err)
{
    fprintf(stderr, "tongbao %s: %s\n", view->command->about->name, err->text);
    return TB_EXIT_FAILED;
}

int tb_view_print(const struct tb_view *view, const struct tb_buf *out)
{
    struct tb_error err = TB_ERROR_INIT;

    if (!tb_buf_ok(out, &err))
        return tb_view_fail(view, &err);
    fwrite(tb_buf_text(out), 1, out->len, stdout);
    return tb_close_stdout();
}

struct tb_table *tb_view_table(const struct tb_view *view, const char *relative,
                               struct tb_error *err)
{
    char *path = tb_path("%s/%s", view->folder, relative);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;

    if (!path)
        tb_error_set(err, "out of memory");
    if (table && diag.n_errors) {
        tb_error_set(err, "'%s' is damaged; see tongbao verify", path);
        tb_table_free(table);
        table = NULL;
    }
    free(path);
    return table;
}

bool tb_view_has(const struct tb_view *view, const char *relative)
{
    char *path = tb_path("%s/%s", view->folder, relative);
    bool there = path && tb_fs_exists(path);

    free(path);
    return there;
}

struct tb_cube *tb_view_cube(const struct tb_view *view, const char *relative, struct tb_error *err)
{
    char *path = tb_path("%s/%s", view->folder, relative);
    struct tb_cube *cube = path ? tb_cube_open(path, err) : NULL;

    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    return cube;
}

/* A week or ten days within the period of a bulletin. */
static bool read_finer(struct tb_view *view, const char *text)
{
    enum tb_freq freq = view->profile->set.frequency;
    struct tb_period_read read;

    if (!tb_period_parse(text, strlen(text), &read) || read.cumulative ||
        tb_periods_per_year(read.period.freq) <= tb_periods_per_year(freq))
        return false;
    view->asked = read.period;
    view->has_asked = true;
    view->period = tb_period_around(tb_period_last_day(read.period), freq);
    return true;
}

/* The operand in the profile's frequency. */
static bool read_period(struct tb_view *view, const char *text, bool finer)
{
    if (tb_profile_period(view->profile, text, &view->period) || (finer && read_finer(view, text)))
        return true;
    fprintf(stderr, "tongbao %s: '%s' is not a period of frequency %s\n",
            view->command->about->name, text, tb_freq_code(view->profile->set.frequency));
    return false;
}

/* A period as it stands in a folder's name, where '/' is '_'. */
static bool period_of_name(const char *name, struct tb_period *out)
{
    char text[TB_PERIOD_TEXT];
    struct tb_period_read read;
    size_t len = strlen(name);

    if (len >= sizeof text)
        return false;
    for (size_t i = 0; i <= len; i++)
        text[i] = name[i] == '_' ? '/' : name[i];
    if (!tb_period_parse(text, len, &read))
        return false;
    *out = read.period;
    return true;
}

/* The latest period that was submitted: for runs without a manifest,
 * which the stages made one by one. */
static bool latest_submitted(const struct tb_view *view, struct tb_period *out)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_table *table = tb_view_table(view, "collect/submissions.csv", &err);
    bool found = table && tb_command_latest_period(view->profile, table, out);

    tb_table_free(table);
    return found;
}

/* What the run says of itself: its period, and whether the profile is still the same. */
static void read_run(struct tb_view *view, bool asked)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_manifest manifest;
    struct tb_period period = { 0 };
    bool known = false;

    if (tb_manifest_read(&manifest, view->folder, &err) == 0) {
        known = period_of_name(manifest.period, &period);
        view->stale = strcmp(manifest.profile_sha256, view->profile->digest) != 0;
        tb_manifest_release(&manifest);
    }
    if (!known)
        known = latest_submitted(view, &period);
    if (!asked && known)
        view->period = period;
    view->of_period =
        known && period.freq == view->period.freq && period.index == view->period.index;
}

/* Takes over `folder` (NULL: none) as the run of the view. */
static void use_run(struct tb_view *view, char *folder, bool asked)
{
    if (!folder)
        return;
    free(view->folder);
    view->folder = folder;
    view->stale = view->of_period = false;
    const char *slash = strrchr(folder, '/');
    view->id = slash ? slash + 1 : folder;
    read_run(view, asked);
}

static int open_view(struct tb_view *view, const struct tb_command *command,
                     const char *period_text, bool finer)
{
    struct tb_error err = TB_ERROR_INIT;
    int rc;

    *view = (struct tb_view){ .command = command, .id = "" };
    view->profile = tb_command_profile(command, &rc);
    if (!view->profile)
        return rc;
    const struct tb_settings *set = &view->profile->set;
    view->lang = command->common.lang   ? command->common.lang
                 : set->languages.n > 0 ? set->languages.item[0]
                                        : "zh";
    view->period.freq = set->frequency;
    view->data = tb_command_data(command);
    if (period_text && !read_period(view, period_text, finer))
        return TB_EXIT_USAGE;
    if (!view->data)
        return tb_view_fail(view, (tb_error_set(&err, "out of memory"), &err));
    if (period_text)
        use_run(view, tb_command_last_run(command, &view->period, &err), true);
    if (!view->folder || view->stale)
        use_run(view, tb_command_last_run(command, NULL, &err), period_text != NULL);
    return -1;
}

int tb_view_open(struct tb_view *view, const struct tb_command *command, const char *period_text)
{
    return open_view(view, command, period_text, false);
}

int tb_view_open_finer(struct tb_view *view, const struct tb_command *command,
                       const char *period_text)
{
    return open_view(view, command, period_text, true);
}

int tb_view_require(const struct tb_view *view)
{
    struct tb_error err = TB_ERROR_INIT;

    if (!view->folder)
        tb_error_set(&err, "no run of '%s' is published; begin with: tongbao -p %s run",
                     view->profile->code, view->profile->code);
    else if (!tb_fs_exists(view->folder))
        tb_error_set(&err, "run '%s' is not there", view->folder);
    else if (view->stale)
        tb_error_set(&err,
                     "the profile has changed since run %s; run again first: tongbao -p %s run",
                     view->id, view->profile->code);
    else
        return -1;
    return tb_view_fail(view, &err);
}

void tb_view_close(struct tb_view *view)
{
    tb_profile_free(view->profile);
    free(view->data);
    free(view->folder);
    *view = (struct tb_view){ 0 };
}
