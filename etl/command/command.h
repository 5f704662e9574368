/* command.h - the commands of the front door, and what they share. */
#ifndef TONGBAO_COMMAND_H
#define TONGBAO_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/diag.h"
#include "tongbao/log.h"
#include "tongbao/options.h"
#include "tongbao/period.h"

struct tb_buf;
struct tb_error;
struct tb_profile;
struct tb_table;

/* Options that some commands take beside the common ones. */
struct tb_command_options {
    const char *unit, *indicator, *output;
    const char *period, *annual, *quota, *from, *to, *due, *strength; /* rule */
    const char *format;       /* text, md or json; NULL: text */
    const char *set;          /* KEY=VALUE,... for rehearse */
    bool csv;                 /* backtest: CSV, not text */
    bool force;               /* run even if nothing changed */
};

/* One command at work. */
struct tb_command {
    const struct tb_command_about *about;
    struct tb_common common;
    struct tb_command_options own;
    const char **operand;     /* without the command's own name */
    size_t n_operands;
    char **argv;              /* as given, without the command's name: for stages */
    int argc;
    char *programs;           /* folder of this program and the stages */
};

typedef int tb_command_run(struct tb_command *command); /* an exit code */

struct tb_command_about {
    const char *name;
    const char *operands;     /* "[PERIOD]" */
    size_t least, most;       /* operands it takes */
    const char *purpose;      /* one line, for the table of commands */
    const char *more;         /* the rest of its help; or NULL */
    tb_command_run *run;
    const char *own;          /* names of the own options it takes, blank separated */
};

/* The table of all commands, in the order of the help. */
extern const struct tb_command_about tb_commands[];
extern const size_t tb_n_commands;

tb_command_run tb_command_run_all, tb_command_stage, tb_command_status, tb_command_explain, tb_command_check,
    tb_command_export, tb_command_rehearse, tb_command_init, tb_command_replay, tb_command_rule, tb_command_backtest,
    tb_command_verify, tb_command_version, tb_command_help;

/* --- shared helpers --- */

/* Loads the profile, all mistakes to stderr.  NULL after a message; *rc is the
 * exit code then. */
struct tb_profile *tb_command_profile(const struct tb_command *command, int *rc);
/* root/datasets/<profile>; the caller frees. */
char *tb_command_data(const struct tb_command *command);
/* The latest period, in the profile's frequency, that a row of submissions.csv
 * speaks of and that had begun when the file came: a slip in a year, or the
 * figures of a year that runs, must not name the bulletin.  False: none. */
bool tb_command_latest_period(const struct tb_profile *profile, const struct tb_table *submissions,
                              struct tb_period *out);
/* The folder of the last good run (of `period`, or of any: the one published
 * last), a new string the caller frees; NULL with *err filled when there is none. */
char *tb_command_last_run(const struct tb_command *command, const struct tb_period *period,
                       struct tb_error *err);
/* Runs a program of ours with these arguments (NULL-terminated, argv[0] is its
 * name) and waits.  Its standard output is appended to *out when not NULL.
 * Returns its exit code, or -1 with *err filled if it could not run or was killed. */
int tb_command_spawn(const struct tb_command *command, char *const argv[], struct tb_buf *out,
                  struct tb_error *err);

#endif
