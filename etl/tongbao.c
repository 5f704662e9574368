/* tongbao.c - the front door: finds the command and hands over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "tongbao/error.h"

enum { MAX_OWN = 20 };

static const struct tb_command_about *find_command(const char *name)
{
    for (size_t i = 0; i < tb_n_commands; i++)
        if (strcmp(tb_commands[i].name, name) == 0)
            return &tb_commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *known[32];

    for (size_t i = 0; i < tb_n_commands && i < 32; i++)
        known[i] = tb_commands[i].name;
    const char *near = tb_nearest_word(name, known, tb_n_commands);
    fprintf(stderr, "tongbao: unknown command '%s'%s%s%s; see tongbao help\n", name,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
    return TB_EXIT_USAGE;
}

/* Folder of this program: the stages lie beside it.  The caller frees. */
static char *programs_folder(void)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    if (n < 0)
        return NULL;
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    return strdup(path);
}

static bool has_word(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = words; (at = strstr(at, word)); at += len)
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    return false;
}

/* The own options that the command takes, out of all there are. */
static size_t own_options(const struct tb_command_about *about, struct tb_command *command,
                          struct tb_option out[MAX_OWN])
{
    const struct tb_option all[] = {
        { 'u', "unit", TB_OPTION_TEXT, "UNIT", "the unit: code, name or alias", &command->own.unit },
        { 'i', "indicator", TB_OPTION_TEXT, "INDICATOR", "the indicator: code, name or alias", &command->own.indicator },
        { 'o', "output", TB_OPTION_TEXT, "FILE", "write to FILE (.gz: compressed), not to standard output", &command->own.output },
        { 's', "set", TB_OPTION_TEXT, "KEY=VALUE,...", "settings of [methods] to try, split by commas", &command->own.set },
        { 0, "format", TB_OPTION_TEXT, "FORMAT", "text (default), md or json", &command->own.format },
        { 0, "period", TB_OPTION_TEXT, "PERIOD", "the period, instead of the operand", &command->own.period },
        { 0, "annual", TB_OPTION_TEXT, "NUMBER", "the year's task, for this once", &command->own.annual },
        { 0, "quota", TB_OPTION_TEXT, "NUMBER", "the quota, for this once", &command->own.quota },
        { 0, "from", TB_OPTION_TEXT, "PERIOD", "first period of the target (default: of the year)", &command->own.from },
        { 0, "to", TB_OPTION_TEXT, "PERIOD", "last period of the target (default: of the year)", &command->own.to },
        { 0, "due", TB_OPTION_TEXT, "DAY", "when it is due (default: each period's end)", &command->own.due },
        { 0, "strength", TB_OPTION_TEXT, "WORD", "binding (default), stretch or fact", &command->own.strength },
        { 0, "csv", TB_OPTION_FLAG, NULL, "CSV instead of text", &command->own.csv },
        { 'f', "force", TB_OPTION_FLAG, NULL, "run even if nothing changed", &command->own.force },
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (has_word(about->own, all[i].name))
            out[n++] = all[i];
    }
    return n;
}

static int check_operands(const struct tb_command *command)
{
    const struct tb_command_about *about = command->about;

    if (command->n_operands < about->least) {
        fprintf(stderr, "tongbao %s: expected %s; see tongbao %s --help\n", about->name,
                about->operands, about->name);
        return TB_EXIT_USAGE;
    }
    if (command->n_operands > about->most) {
        fprintf(stderr, "tongbao %s: unexpected '%s'; see tongbao %s --help\n", about->name,
                command->operand[about->most], about->name);
        return TB_EXIT_USAGE;
    }
    return -1;
}

static int run_command(const struct tb_command_about *about, int argc, char **argv, int at)
{
    struct tb_command command = { .about = about };
    struct tb_option own[MAX_OWN];
    char name[64], usage[96];
    int rc = TB_EXIT_FAILED;

    snprintf(name, sizeof name, "tongbao %s", about->name);
    snprintf(usage, sizeof usage, "%s%s[options]", about->operands, about->operands[0] ? " " : "");
    struct tb_program program = { .name = name, .usage = usage, .purpose = about->purpose,
                                  .own = own, .notes = about->more };
    program.n_own = own_options(about, &command, own);
    command.operand = calloc((size_t)argc + 1, sizeof *command.operand);
    command.argv = calloc((size_t)argc + 1, sizeof *command.argv);
    command.programs = programs_folder();
    if (!command.operand || !command.argv || !command.programs) {
        fprintf(stderr, "tongbao: out of memory, or /proc is not there\n");
        goto out;
    }
    for (int i = 0; i < argc; i++)
        if (i != at)
            command.argv[command.argc++] = argv[i];
    /* getopt moves words about: it gets a copy of its own. */
    char **words = calloc((size_t)argc + 1, sizeof *words);
    if (!words) {
        fprintf(stderr, "tongbao: out of memory\n");
        goto out;
    }
    memcpy(words, command.argv, (size_t)command.argc * sizeof *words);
    rc = tb_options_parse(&program, command.argc, words, &command.common, command.operand,
                          &command.n_operands);
    if (rc < 0)
        rc = check_operands(&command);
    if (rc < 0)
        rc = about->run(&command);
    free(words);
out:
    free(command.operand);
    free(command.argv);
    free(command.programs);
    return rc;
}

int main(int argc, char **argv)
{
    int at = tb_options_first_operand(argc, argv);

    if (at < 0) {
        bool version = argc > 1 && strcmp(argv[argc - 1], "--version") == 0;
        bool help = argc > 1 && (strcmp(argv[argc - 1], "-h") == 0 || strcmp(argv[argc - 1], "--help") == 0);
        if (version || help)
            return run_command(find_command(version ? "version" : "help"), 1, argv, 1);
        fprintf(stderr, "tongbao: no command given; see tongbao help\n");
        return TB_EXIT_USAGE;
    }
    const struct tb_command_about *about = find_command(argv[at]);
    const struct tb_command_about *asked = at + 1 < argc ? find_command(argv[at + 1]) : NULL;
    if (asked && about == find_command("help")) {
        char option[] = "--help";
        char *words[] = { argv[0], argv[at + 1], option, NULL };
        return run_command(asked, 3, words, 1);
    }
    return about ? run_command(about, argc, argv, at) : unknown_command(argv[at]);
}
