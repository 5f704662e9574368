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

/* Options that some commands take beside the common ones. */
struct command_options {
    const char *unit, *indicator, *output;
    const char *set;          /* KEY=VALUE,... for rehearse */
    bool force;               /* run even if nothing changed */
};

/* One command at work. */
struct command {
    const struct command_about *about;
    struct tb_common common;
    struct command_options own;
    const char **operand;     /* without the command's own name */
    size_t n_operands;
    char **argv;              /* as given, without the command's name: for stages */
    int argc;
    char *programs;           /* folder of this program and the stages */
};

typedef int command_run(struct command *command); /* an exit code */

struct command_about {
    const char *name;
    const char *operands;     /* "[PERIOD]" */
    size_t least, most;       /* operands it takes */
    const char *purpose;      /* one line, for the table of commands */
    const char *more;         /* the rest of its help; or NULL */
    command_run *run;
    const char *own;          /* names of the own options it takes, blank separated */
};

/* The table of all commands, in the order of the help. */
extern const struct command_about COMMANDS[];
extern const size_t N_COMMANDS;

command_run command_run_all, command_stage, command_status, command_explain, command_check,
    command_export, command_rehearse, command_init, command_replay, command_rule, command_backtest,
    command_verify, command_version, command_help;

/* --- shared helpers --- */

/* Loads the profile, all mistakes to stderr.  NULL after a message; *rc is the
 * exit code then. */
struct tb_profile *command_profile(const struct command *command, int *rc);
/* root/datasets/<profile>; the caller frees. */
char *command_data(const struct command *command);
/* The folder of the last good run (of `period`, or of any: the one published
 * last), a new string the caller frees; NULL with *err filled when there is none. */
char *command_last_run(const struct command *command, const struct tb_period *period,
                       struct tb_error *err);
/* Runs a program of ours with these arguments (NULL-terminated, argv[0] is its
 * name) and waits.  Its standard output is appended to *out when not NULL.
 * Returns its exit code, or -1 with *err filled if it could not run or was killed. */
int command_spawn(const struct command *command, char *const argv[], struct tb_buf *out,
                  struct tb_error *err);

#endif
