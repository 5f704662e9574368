/* small.c - commands of a few lines: version, help, and those that hand
 * their words on to one stage. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "tongbao/error.h"

int tb_command_version(struct tb_command *command)
{
    (void)command;
    printf("tongbao %s\n", TB_VERSION);
    return tb_close_stdout();
}

static void list_commands(void)
{
    printf("usage: tongbao [-C ROOT] [-p PROFILE] COMMAND [options]\n"
           "Indicator submissions in; the bulletin of who meets the targets and who falls behind "
           "out.\n\n");
    for (size_t i = 0; i < tb_n_commands; i++) {
        char left[48];
        snprintf(left, sizeof left, "%s %s", tb_commands[i].name, tb_commands[i].operands);
        printf("  %-36s %s\n", left, tb_commands[i].purpose);
    }
    printf("\ntongbao help COMMAND tells more. Exit: 0 done; 1 failed, nothing published;\n"
           "2 wrong usage or configuration; 3 done, but submissions were rejected in part.\n");
}

int tb_command_help(struct tb_command *command)
{
    if (command->n_operands == 0) {
        list_commands();
        return tb_close_stdout();
    }
    /* main has turned `help COMMAND` into `COMMAND --help` where there is one. */
    fprintf(stderr, "tongbao help: unknown command '%s'; see tongbao help\n", command->operand[0]);
    return TB_EXIT_USAGE;
}

/* Runs a program of ours and gives its exit code on. */
static int hand_over(const struct tb_command *command, char *const argv[])
{
    struct tb_error err = TB_ERROR_INIT;
    int rc = tb_command_spawn(command, argv, NULL, &err);

    if (rc < 0) {
        fprintf(stderr, "tongbao %s: %s\n", command->about->name, err.text);
        return TB_EXIT_FAILED;
    }
    return rc;
}

int tb_command_stage(struct tb_command *command)
{
    char name[48];
    char **argv = calloc((size_t)command->argc + 1, sizeof *argv);

    if (!argv)
        return TB_EXIT_FAILED;
    snprintf(name, sizeof name, "tongbao-%s", command->about->name);
    argv[0] = name;
    for (int i = 1; i < command->argc; i++)
        argv[i] = command->argv[i];
    int rc = hand_over(command, argv);
    free(argv);
    return rc;
}

/* The words of a command line, one after the other. */
struct words {
    const char *word[48];
    size_t n;
};

static void add_option(struct words *words, const char *name, const char *value)
{
    if (!value)
        return;
    words->word[words->n++] = name;
    words->word[words->n++] = value;
}

static void add_options(const struct tb_command *command, struct words *words)
{
    const struct tb_command_options *own = &command->own;

    add_option(words, "--unit", own->unit);
    add_option(words, "--indicator", own->indicator);
    add_option(words, "--annual", own->annual);
    add_option(words, "--quota", own->quota);
    add_option(words, "--from", own->from);
    add_option(words, "--to", own->to);
    add_option(words, "--due", own->due);
    add_option(words, "--strength", own->strength);
    add_option(words, "--format", own->format);
    add_option(words, "--period", own->period);
    add_option(words, "--lang", command->common.lang);
}

/* tongbao-analyse in one of its modes, on the run last published. */
static int analyse_mode(struct tb_command *command, const char *mode, const char *argument,
                        const char *period)
{
    struct tb_error err = TB_ERROR_INIT;
    char *run = tb_command_last_run(command, NULL, &err);
    struct words words = { .word = { "tongbao-analyse", "-C", command->common.root, "-p",
                                     command->common.profile, "--run", run, mode },
                           .n = 8 };

    if (!command->common.profile) {
        fprintf(stderr, "tongbao %s: no profile named: give -p PROFILE\n", command->about->name);
        free(run);
        return TB_EXIT_USAGE;
    }
    if (!run) {
        fprintf(stderr, "tongbao %s: %s\n", command->about->name, err.text);
        return TB_EXIT_FAILED;
    }
    if (argument)
        words.word[words.n++] = argument;
    add_options(command, &words);
    add_option(&words, "--", period);
    int rc = hand_over(command, (char *const *)words.word);
    free(run);
    return rc;
}

int tb_command_rule(struct tb_command *command)
{
    if (!command->own.unit || !command->own.indicator) {
        fprintf(stderr, "tongbao rule: expected --unit UNIT and --indicator INDICATOR; see tongbao "
                        "rule --help\n");
        return TB_EXIT_USAGE;
    }
    return analyse_mode(command, "--rule", command->operand[0],
                        command->n_operands > 1 ? command->operand[1] : NULL);
}

int tb_command_backtest(struct tb_command *command)
{
    return analyse_mode(command, "--backtest", command->own.csv ? "--csv" : NULL, NULL);
}
