/* rehearse.c - `tongbao rehearse PERIOD --set key=value,... [--csv] [--output FILE]`: a past period under
 * other rules, and who would move.
 *
 * tongbao-analyse is run twice on the cube of the last run, as the profile is
 * and with the settings to try, in a folder that is removed again: nothing that
 * is published changes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "command/moves.h"
#include "command/export/sink.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

struct rehearsal {
    const struct tb_view *view;
    const struct tb_command *command;
    char *folder;         /* data/runs/.rehearse */
    char *before, *after; /* a run each, below it */
};

/* A run whose collect and process are those of the last run. */
static int make_run(const struct rehearsal *rehearsal, const char *folder, struct tb_error *err)
{
    static const char *const stages[] = { "collect", "process" };
    char *real = realpath(rehearsal->view->folder, NULL);
    int rc = real ? tb_fs_make_dirs(folder, err)
                  : tb_error_errno(err, "cannot find run '%s'", rehearsal->view->folder);

    for (size_t i = 0; rc == 0 && i < sizeof stages / sizeof *stages; i++) {
        char *target = tb_path("%s/%s", real, stages[i]);
        char *link_path = tb_path("%s/%s", folder, stages[i]);
        if (!target || !link_path)
            rc = tb_error_set(err, "out of memory");
        else if (symlink(target, link_path) < 0)
            rc = tb_error_errno(err, "cannot lead '%s' to '%s'", link_path, target);
        free(target);
        free(link_path);
    }
    free(real);
    return rc;
}

/* One analysis; `set` NULL: as the profile is. */
static int analyse(const struct rehearsal *rehearsal, const char *folder, const char *set,
                   struct tb_error *err)
{
    const struct tb_common *common = &rehearsal->command->common;
    char threads[24];
    const char *argv[16] = { "tongbao-analyse", "-C",   common->root, "-p",    common->profile,
                             "--run",           folder, "-j",         threads, "-q" };
    size_t n = 10;
    struct tb_buf account = TB_BUF_INIT;

    snprintf(threads, sizeof threads, "%zu", common->threads);
    if (set) {
        argv[n++] = "--set";
        argv[n++] = set;
    }
    argv[n++] = "--";
    argv[n++] = rehearsal->command->operand[0];
    int rc = tb_command_spawn(rehearsal->command, (char *const *)argv, &account, err);
    tb_buf_release(&account);
    return rc;
}

static int prepare(struct rehearsal *rehearsal, struct tb_error *err)
{
    char *lock = tb_path("%s.lock", rehearsal->folder);
    int rc = -1;

    rehearsal->before = tb_path("%s/as-is", rehearsal->folder);
    rehearsal->after = tb_path("%s/as-set", rehearsal->folder);
    if (!lock || !rehearsal->before || !rehearsal->after)
        tb_error_set(err, "out of memory");
    else if (tb_fs_lock(lock, err) >= 0 && tb_fs_remove_tree(rehearsal->folder, err) == 0 &&
             make_run(rehearsal, rehearsal->before, err) == 0)
        rc = make_run(rehearsal, rehearsal->after, err);
    free(lock);
    return rc;
}

static bool as_csv(const struct rehearsal *rehearsal)
{
    return rehearsal->command->own.csv || rehearsal->command->own.output;
}

static int tell(const struct rehearsal *rehearsal, const char *set, struct tb_buf *out,
                struct tb_error *err)
{
    struct tb_moves moves;

    if (tb_moves_open(&moves, rehearsal->view, rehearsal->before, rehearsal->after, err) < 0)
        return -1;
    int rc = as_csv(rehearsal) ? tb_moves_csv(&moves, out, err)
                               : tb_moves_print(&moves, set, out, err);
    tb_moves_close(&moves);
    return rc;
}

/* CSV goes to --output, or like the text to standard output. */
static int put_out(const struct rehearsal *rehearsal, const struct tb_buf *text)
{
    struct tb_sink sink;
    struct tb_error err = TB_ERROR_INIT;
    int rc = TB_EXIT_DONE;

    if (!as_csv(rehearsal))
        return tb_view_print(rehearsal->view, text);
    if (tb_sink_open(&sink, rehearsal->command->own.output, &err) == 0) {
        tb_buf_add(&sink.rows, tb_buf_text(text), text->len);
        if (tb_sink_finish(&sink, &err) < 0)
            rc = TB_EXIT_FAILED;
    } else {
        rc = TB_EXIT_FAILED;
    }
    tb_sink_release(&sink);
    return rc == TB_EXIT_FAILED ? tb_view_fail(rehearsal->view, &err) : rc;
}

/* The exit code; *err is filled when it is TB_EXIT_FAILED. */
static int rehearse(struct rehearsal *rehearsal, struct tb_buf *out, struct tb_error *err)
{
    const char *set = rehearsal->command->own.set;
    int rc;

    if (prepare(rehearsal, err) < 0)
        return TB_EXIT_FAILED;
    rc = analyse(rehearsal, rehearsal->before, NULL, err);
    if (rc == TB_EXIT_DONE)
        rc = analyse(rehearsal, rehearsal->after, set, err);
    if (rc == TB_EXIT_USAGE)
        return rc; /* the stage has told which setting is wrong */
    if (rc > 0)
        tb_error_set(err, "tongbao-analyse failed (exit %d)", rc);
    return rc == TB_EXIT_DONE && tell(rehearsal, set, out, err) == 0 ? TB_EXIT_DONE : TB_EXIT_FAILED;
}

/* The folder goes whatever came of it. */
static int rehearse_in(struct rehearsal *rehearsal)
{
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    int rc = rehearse(rehearsal, &out, &err);

    if (rc == TB_EXIT_FAILED)
        tb_view_fail(rehearsal->view, &err);
    if (rc == TB_EXIT_DONE)
        rc = put_out(rehearsal, &out);
    if (tb_fs_remove_tree(rehearsal->folder, &err) < 0)
        rc = tb_view_fail(rehearsal->view, &err);
    tb_buf_release(&out);
    return rc;
}

int tb_command_rehearse(struct tb_command *command)
{
    struct tb_view view;
    struct rehearsal rehearsal = { .view = &view, .command = command };

    if (!command->own.set) {
        fprintf(stderr,
                "tongbao rehearse: expected --set KEY=VALUE,...; see tongbao rehearse --help\n");
        return TB_EXIT_USAGE;
    }
    int rc = tb_view_open(&view, command, command->operand[0]);
    /* The last run knows most of a past period: its cube is the one to look at. */
    if (rc < 0)
        rc = tb_view_require(&view);
    if (rc < 0) {
        rehearsal.folder = tb_path("%s/runs/.rehearse", view.data);
        rc = rehearsal.folder ? rehearse_in(&rehearsal) : TB_EXIT_FAILED;
    }
    free(rehearsal.folder);
    free(rehearsal.before);
    free(rehearsal.after);
    tb_view_close(&view);
    return rc;
}
