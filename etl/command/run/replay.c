/* replay.c - all again from the originals, and whether it comes out the same.
 *
 * Works in datasets/<profile>/replay/, a data folder of its own whose archive is
 * the real one: no segment and no run is taken over, nothing published changes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "command/run/earlier.h"
#include "tongbao/buf.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"

struct replay {
    const struct tb_command *command;
    char *root; /* the folder that plays the root */
    size_t n_files, n_differ;
};

/* ROOT/x -> link to the real one, so that the stages find config and archive. */
static int link_real(const char *real, const char *link_path, struct tb_error *err)
{
    char *absolute = realpath(real, NULL);
    int rc = 0;

    if (!absolute || symlink(absolute, link_path) < 0)
        rc = tb_error_errno(err, "cannot lead '%s' to '%s'", link_path, real);
    free(absolute);
    return rc;
}

static int make_root(struct replay *replay, struct tb_error *err)
{
    const struct tb_common *common = &replay->command->common;
    char *data = tb_path("%s/datasets/%s", replay->root, common->profile);
    char *paths[6] = { tb_path("%s/config", common->root),
                       tb_path("%s/config", replay->root),
                       tb_path("%s/datasets/%s/archive", common->root, common->profile),
                       data ? tb_path("%s/archive", data) : NULL,
                       tb_path("%s/reports/templates", common->root),
                       tb_path("%s/reports/templates", replay->root) };
    char *reports = tb_path("%s/reports", replay->root);
    int rc = -1;

    if (!data || !reports || !paths[0] || !paths[1] || !paths[2] || !paths[3] || !paths[4] ||
        !paths[5])
        tb_error_set(err, "out of memory");
    else if (tb_fs_remove_tree(replay->root, err) == 0 && tb_fs_make_dirs(data, err) == 0 &&
             tb_fs_make_dirs(reports, err) == 0 && link_real(paths[0], paths[1], err) == 0 &&
             link_real(paths[2], paths[3], err) == 0 &&
             (!tb_fs_exists(paths[4]) || link_real(paths[4], paths[5], err) == 0))
        rc = 0;
    for (int i = 0; i < 6; i++)
        free(paths[i]);
    free(reports);
    free(data);
    return rc;
}

/* The earlier bulletins that the run was held against. */
static int restore_earlier(const struct replay *replay, struct tb_error *err)
{
    const struct tb_common *common = &replay->command->common;
    struct tb_error none = TB_ERROR_INIT;
    char *was = tb_command_last_run(replay->command, NULL, &none); /* none: compare_runs says so */
    char *data = tb_path("%s/datasets/%s", replay->root, common->profile);
    char *reports = tb_path("%s/reports/%s", replay->root, common->profile);
    int rc = data && reports ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && was)
        rc = tb_earlier_restore(was, data, reports, err);
    free(was);
    free(data);
    free(reports);
    return rc;
}

static int run_again(const struct replay *replay, struct tb_error *err)
{
    const struct tb_common *common = &replay->command->common;
    char threads[24];
    const char *argv[12] = { "tongbao",
                             "-C",
                             replay->root,
                             "-p",
                             common->profile,
                             "-q",
                             "-j",
                             threads,
                             "run",
                             replay->command->n_operands ? replay->command->operand[0] : NULL };
    struct tb_buf out = TB_BUF_INIT;

    snprintf(threads, sizeof threads, "%zu", common->threads);
    int rc = tb_command_spawn(replay->command, (char *const *)argv, &out, err);
    tb_buf_release(&out);
    if (rc == TB_EXIT_DONE || rc == TB_EXIT_REJECTED)
        return 0;
    return rc < 0 ? -1 : tb_error_set(err, "the run from the originals failed (exit %d)", rc);
}

static void compare_file(struct replay *replay, const char *was, const char *is)
{
    char before[TB_DIGEST_TEXT], after[TB_DIGEST_TEXT];
    struct tb_error err = TB_ERROR_INIT;

    replay->n_files++;
    if (tb_file_digest(was, before, &err) == 0 && tb_file_digest(is, after, &err) == 0 &&
        strcmp(before, after) == 0)
        return;
    replay->n_differ++;
    printf("differs: %s\n", was);
}

static int compare_trees(struct replay *replay, const char *was, const char *is,
                         struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(was, &names, err);

    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *left = tb_path("%s/%s", was, names.name[i]);
        char *right = tb_path("%s/%s", is, names.name[i]);
        if (!left || !right)
            rc = tb_error_set(err, "out of memory");
        else if (tb_fs_is_dir(left))
            rc = compare_trees(replay, left, right, err);
        else
            compare_file(replay, left, right);
        free(left);
        free(right);
    }
    tb_names_release(&names);
    return rc;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The published run against the one made again: same id, same bytes. */
static int compare_runs(struct replay *replay, struct tb_error *err)
{
    struct tb_command again = *replay->command;
    char *was = tb_command_last_run(replay->command, NULL, err);
    char *is;
    int rc = -1;

    if (!was)
        return -1;
    again.common.root = replay->root;
    again.common.run = NULL; /* --run names the one to compare with, not this one */
    is = tb_command_last_run(&again, NULL, err);
    if (is && strcmp(base_name(was), base_name(is)) != 0)
        tb_error_set(err,
                     "the run from the originals is %s, the published one %s: submissions, profile"
                     " or templates have changed since; run again first",
                     base_name(is), base_name(was));
    else if (is)
        rc = compare_trees(replay, was, is, err);
    free(is);
    free(was);
    return rc;
}

int tb_command_replay(struct tb_command *command)
{
    struct replay replay = { .command = command };
    struct tb_error err = TB_ERROR_INIT;
    int rc;
    struct tb_profile *profile = tb_command_profile(command, &rc);

    if (!profile)
        return rc;
    replay.root =
        tb_path("%s/datasets/%s/runs/.replay", command->common.root, command->common.profile);
    rc = TB_EXIT_FAILED;
    if (!replay.root || make_root(&replay, &err) < 0 ||
        restore_earlier(&replay, &err) < 0 || run_again(&replay, &err) < 0 ||
        compare_runs(&replay, &err) < 0) {
        fprintf(stderr, "tongbao replay: %s\n", replay.root ? err.text : "out of memory");
    } else {
        printf("replay: %zu files made again from the originals, %zu differ\n", replay.n_files,
               replay.n_differ);
        rc = replay.n_differ ? TB_EXIT_FAILED : TB_EXIT_DONE;
    }
    if (replay.root && tb_fs_remove_tree(replay.root, &err) < 0) {
        fprintf(stderr, "tongbao replay: %s\n", err.text);
        rc = TB_EXIT_FAILED;
    }
    free(replay.root);
    tb_profile_free(profile);
    int out = tb_close_stdout();
    return rc == TB_EXIT_DONE ? out : rc;
}
