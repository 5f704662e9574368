/* common.c - what several commands need: the profile, its folders, the last run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

struct tb_profile *tb_command_profile(const struct tb_command *command, int *rc)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_profile *profile = NULL;

    *rc = TB_EXIT_USAGE;
    if (!command->common.profile) {
        fprintf(stderr, "tongbao %s: no profile named: give -p PROFILE\n", command->about->name);
        return NULL;
    }
    profile = tb_profile_load(command->common.root, command->common.profile, &diag, &err);
    if (!profile) {
        fprintf(stderr, "tongbao %s: %s\n", command->about->name, err.text);
    } else if (diag.n_errors) {
        fprintf(stderr, "tongbao %s: profile '%s' has %zu mistakes and is not run\n",
                command->about->name, command->common.profile, diag.n_errors);
        tb_profile_free(profile);
        profile = NULL;
    }
    return profile;
}

char *tb_command_data(const struct tb_command *command)
{
    return tb_path("%s/datasets/%s", command->common.root, command->common.profile);
}

bool tb_command_latest_period(const struct tb_profile *profile, const struct tb_table *submissions,
                              struct tb_period *out)
{
    bool found = false;

    for (size_t row = 0; row < tb_table_rows(submissions); row++) {
        const char *text = tb_table_get(submissions, row, "period");
        const char *received = tb_table_get(submissions, row, "received");
        struct tb_period_read read;
        int64_t moment;

        if (!tb_period_parse(text, strlen(text), &read) ||
            !tb_moment_parse(received, strlen(received), &moment))
            continue;
        struct tb_period period = tb_period_within(read.period, profile->set.frequency);
        if (tb_period_first_day(period) > tb_moment_day(moment, profile->set.utc_offset))
            continue;
        if (!found || period.index > out->index)
            *out = period;
        found = true;
    }
    return found;
}

/* The id in reports/<profile>/<name>/run.txt; empty when that is no published period. */
static void published_run(const char *reports, const char *name, struct tb_buf *id)
{
    char *path = tb_path("%s/%s/run.txt", reports, name);
    struct tb_error err = TB_ERROR_INIT;

    tb_buf_clear(id);
    if (path && tb_fs_exists(path) && tb_infile_slurp(path, 256, id, &err) == 0 && id->len)
        id->data[--id->len] = '\0'; /* the line end */
    free(path);
}

/* The published period to look at: the one asked for, else the last by name
 * (periods of one frequency sort by time). */
static void choose_published(const char *reports, const struct tb_period *period, struct tb_buf *id)
{
    char text[TB_PERIOD_TEXT];
    struct tb_names names = { 0 };
    struct tb_buf found = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;

    tb_buf_clear(id);
    if (period) {
        tb_period_format(*period, text);
        for (char *c = text; *c; c++)
            *c = *c == '/' ? '_' : *c;
        published_run(reports, text, id);
        return;
    }
    if (!tb_fs_is_dir(reports) || tb_fs_list(reports, &names, &err) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        if (names.name[i][0] == '.')
            continue;
        published_run(reports, names.name[i], &found);
        if (found.len) {
            tb_buf_clear(id);
            tb_buf_puts(id, tb_buf_text(&found));
        }
    }
    tb_buf_release(&found);
    tb_names_release(&names);
}

char *tb_command_last_run(const struct tb_command *command, const struct tb_period *period,
                          struct tb_error *err)
{
    const struct tb_common *common = &command->common;
    char *reports = tb_path("%s/reports/%s", common->root, common->profile);
    struct tb_buf id = TB_BUF_INIT;
    char *folder = NULL;

    if (common->run)
        folder = tb_path("%s", common->run);
    else if (reports)
        choose_published(reports, period, &id);
    if (!folder && id.len)
        folder = tb_path("%s/datasets/%s/runs/%s", common->root, common->profile, id.data);
    if (!folder)
        tb_error_set(err, "no run of '%s' is published%s; begin with: tongbao -p %s run",
                     common->profile, period ? " for that period" : "", common->profile);
    tb_buf_release(&id);
    free(reports);
    return folder;
}
