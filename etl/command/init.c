/* init.c - `tongbao init NAME`: a new profile, commented, that passes the check.
 *
 * It is made in a folder of its own, loaded as a run would load it, and put in
 * place by one rename: half a profile is never seen. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/init_files.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

/* [A-Za-z0-9._-], not beginning with a dot or a dash: it becomes a folder and an
 * instance of the systemd unit. */
static bool is_name(const char *name)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    return name[0] && name[0] != '.' && name[0] != '-' && strlen(name) <= 64 &&
           name[strspn(name, letters)] == '\0';
}

static int write_files(const char *folder, struct tb_error *err)
{
    int rc = tb_fs_make_dirs(folder, err);

    for (size_t i = 0; rc == 0 && i < tb_n_init_files; i++) {
        char *path = tb_path("%s/%s", folder, tb_init_files[i].name);
        const char *text = tb_init_files[i].text;
        rc = path ? tb_newfile_write(path, text, strlen(text), err)
                  : tb_error_set(err, "out of memory");
        free(path);
    }
    return rc;
}

/* Loads what was written.  A mistake in it is ours. */
static int check_files(const char *root, const char *name, struct tb_error *err)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_profile *profile = tb_profile_load(root, name, &diag, err);

    if (!profile)
        return -1;
    tb_profile_free(profile);
    return diag.n_errors ? tb_error_set(err, "the new profile has %zu mistakes", diag.n_errors) : 0;
}

/* The templates of an installed tongbao: beside the programs, else where they were built
 * to go; of one that is not installed, those of the source around its build/bin.  NULL
 * when there are none; the caller frees. */
static char *installed_templates(const struct tb_command *command)
{
    char *places[] = { tb_path("%s/../share/tongbao/templates", command->programs),
                       tb_path("%s/templates", TB_SHARE_DIR),
                       tb_path("%s/../../reports/templates", command->programs) };
    char *found = NULL;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *page = places[i] ? tb_path("%s/bulletin.zh.md", places[i]) : NULL;
        if (!found && page && tb_fs_exists(page))
            found = places[i];
        else
            free(places[i]);
        free(page);
    }
    return found;
}

/* ROOT/reports/templates, unless the root has its own. */
static int provide_templates(const struct tb_command *command, struct tb_error *err)
{
    char *own = tb_path("%s/reports/templates", command->common.root);
    char *installed = installed_templates(command);
    int rc = own ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && installed && !tb_fs_exists(own))
        rc = tb_fs_copy_tree(installed, own, err); /* not links: a bureau edits them */
    else if (rc == 0 && !installed && !tb_fs_exists(own))
        fprintf(stderr,
                "tongbao init: no templates are installed; before the first run, make install or "
                "copy reports/templates of the source to %s\n",
                own);
    free(installed);
    free(own);
    return rc;
}

static int make_profile(const struct tb_command *command, const char *name, const char *config,
                        struct tb_error *err)
{
    const char *root = command->common.root;
    char *hidden = tb_path(".%s.new", name);
    char *fresh = tb_path("%s/config/.%s.new", root, name);
    char *inbox = tb_path("%s/datasets/%s/inbox", root, name);
    int rc = -1;

    if (!hidden || !fresh || !inbox)
        tb_error_set(err, "out of memory");
    else if (tb_fs_remove_tree(fresh, err) == 0 && write_files(fresh, err) == 0 &&
             check_files(root, hidden, err) == 0 && provide_templates(command, err) == 0 &&
             tb_fs_make_dirs(inbox, err) == 0)
        rc = tb_fs_rename(fresh, config, err);
    if (rc < 0 && fresh)
        tb_fs_remove_tree(fresh, NULL);
    free(inbox);
    free(fresh);
    free(hidden);
    return rc;
}

int tb_command_init(struct tb_command *command)
{
    const char *name = command->operand[0];
    struct tb_error err = TB_ERROR_INIT;
    int rc = TB_EXIT_FAILED;

    if (!is_name(name)) {
        fprintf(stderr,
                "tongbao init: '%s' is not a name, expected letters, digits, '.', '_' and '-'\n",
                name);
        return TB_EXIT_USAGE;
    }
    char *config = tb_path("%s/config/%s", command->common.root, name);
    if (!config) {
        fprintf(stderr, "tongbao init: out of memory\n");
    } else if (tb_fs_exists(config)) {
        fprintf(stderr, "tongbao init: '%s' exists already and is left as it is\n", config);
        rc = TB_EXIT_USAGE;
    } else if (make_profile(command, name, config, &err) < 0) {
        fprintf(stderr, "tongbao init: %s\n", err.text);
    } else {
        bool here = strcmp(command->common.root, ".") == 0;
        printf("made %s\n", config);
        fprintf(stderr,
                "Write your units, indicators and targets over the examples and empty the tables that "
                "you do not need, then: tongbao%s%s -p %s check\n",
                here ? "" : " -C ", here ? "" : command->common.root, name);
        rc = tb_close_stdout();
    }
    free(config);
    return rc;
}
