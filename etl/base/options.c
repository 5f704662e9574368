/* options.c - options from one table: parser and help cannot drift apart. */
#include "tongbao/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "tongbao/date.h"
#include "tongbao/error.h"
#include "tongbao/text.h"

enum { MAX_OPTIONS = 48, LONG_ONLY = 256 };

/* All options of a program: the common ones, then its own. */
struct table {
    struct tb_option option[MAX_OPTIONS];
    size_t n;
    size_t n_common;
};

/* Raw texts of the common options that need more than storing. */
struct raw {
    bool help, version;
    const char *log_format, *as_of;
};

static void build_table(struct table *table, const struct tb_program *program,
                        struct tb_common *common, struct raw *raw)
{
    const struct tb_option shared[] = {
        { 'C', "root", TB_OPTION_TEXT, "ROOT", "folder with config/, datasets/, reports/ (.)", &common->root },
        { 'p', "profile", TB_OPTION_TEXT, "PROFILE", "the bureau's profile: config/PROFILE", &common->profile },
        { 0, "run", TB_OPTION_TEXT, "DIR", "folder of the run (datasets/PROFILE/runs/draft)", &common->run },
        { 0, "as-of", TB_OPTION_TEXT, "DATE", "only what had arrived by the end of that day", &raw->as_of },
        { 'j', "threads", TB_OPTION_COUNT, "N", "threads (one per processor); results never differ", &common->threads },
        { 0, "lang", TB_OPTION_TEXT, "zh|en", "language of reports and receipts (the profile's)", &common->lang },
        { 0, "log", TB_OPTION_TEXT, "FILE", "append one line per event to FILE", &common->log_path },
        { 0, "log-format", TB_OPTION_TEXT, "text|json", "form of the log lines (text)", &raw->log_format },
        { 'q', "quiet", TB_OPTION_FLAG, NULL, "only warnings and errors on stderr", &common->quiet },
        { 'v', "verbose", TB_OPTION_FLAG, NULL, "every step on stderr", &common->verbose },
        { 'h', "help", TB_OPTION_FLAG, NULL, "this help", &raw->help },
        { 0, "version", TB_OPTION_FLAG, NULL, "name and version", &raw->version },
    };

    table->n = 0;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        table->option[table->n++] = shared[i];
    table->n_common = table->n;
    for (size_t i = 0; i < program->n_own && table->n < MAX_OPTIONS; i++)
        table->option[table->n++] = program->own[i];
}

static void print_option(const struct tb_option *option, FILE *stream)
{
    char left[64];
    char letter[8] = "    ";

    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    fprintf(stream, "  %-28s %s\n", left, option->help);
}

void tb_options_help(const struct tb_program *program, FILE *stream)
{
    struct tb_common common;
    struct raw raw;
    struct table table;

    build_table(&table, program, &common, &raw);
    fprintf(stream, "usage: %s %s\n%s\n", program->name, program->usage, program->purpose);
    if (table.n > table.n_common)
        fprintf(stream, "\nOptions of its own:\n");
    for (size_t i = table.n_common; i < table.n; i++)
        print_option(&table.option[i], stream);
    fprintf(stream, "\nOptions of every command:\n");
    for (size_t i = 0; i < table.n_common; i++)
        print_option(&table.option[i], stream);
    fprintf(stream, "\nExit: 0 done; 1 failed, nothing published; 2 wrong usage or configuration;\n"
                    "      3 done, but submissions were rejected in part.\n");
    if (program->notes)
        fprintf(stream, "\n%s", program->notes);
}

const char *tb_nearest_word(const char *word, const char *const known[], size_t n)
{
    size_t best = 3;
    const char *nearest = NULL;

    for (size_t i = 0; i < n; i++) {
        size_t distance = tb_text_distance(word, known[i], best);
        if (distance < best) {
            best = distance;
            nearest = known[i];
        }
    }
    return nearest;
}

static int misuse(const struct tb_program *program, const char *text, const char *what,
                  const char *near)
{
    char shown[256]; /* words come from file names too, by a shell's pattern */

    tb_printable(shown, sizeof shown, text);
    fprintf(stderr, "%s: %s '%s'%s%s%s; see %s --help\n", program->name, what, shown,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "", program->name);
    return TB_EXIT_USAGE;
}

static int unknown_option(const struct tb_program *program, const struct table *table,
                          const char *text)
{
    const char *known[MAX_OPTIONS];
    char spelled[64];
    const char *name = text + strspn(text, "-");

    for (size_t i = 0; i < table->n; i++)
        known[i] = table->option[i].name;
    const char *near = tb_nearest_word(name, known, table->n);
    if (near)
        snprintf(spelled, sizeof spelled, "--%s", near);
    return misuse(program, text, "unknown option", near ? spelled : NULL);
}

/* Stores one option; -1, or an exit code. */
static int store(const struct tb_program *program, const struct tb_option *option,
                 const char *argument)
{
    char *end;

    switch (option->kind) {
    case TB_OPTION_FLAG:
        *(bool *)option->target = true;
        break;
    case TB_OPTION_TEXT:
        *(const char **)option->target = argument;
        break;
    case TB_OPTION_COUNT:
        errno = 0;
        unsigned long number = strtoul(argument, &end, 10);
        if (*argument < '0' || *argument > '9' || *end || errno || number > 4096)
            return misuse(program, argument, "expected a number from 0 to 4096, found", NULL);
        *(size_t *)option->target = number;
        break;
    }
    return -1;
}

/* What the common options mean beyond being stored. */
static int settle(const struct tb_program *program, struct tb_common *common, const struct raw *raw)
{
    tb_day day;

    if (raw->help) {
        tb_options_help(program, stdout);
        return tb_close_stdout();
    }
    if (raw->version) {
        printf("%s %s\n", program->name, TB_VERSION);
        return tb_close_stdout();
    }
    if (common->lang && strcmp(common->lang, "zh") != 0 && strcmp(common->lang, "en") != 0)
        return misuse(program, common->lang, "expected zh or en after --lang, found", NULL);
    if (raw->log_format && strcmp(raw->log_format, "text") != 0 && strcmp(raw->log_format, "json") != 0)
        return misuse(program, raw->log_format, "expected text or json after --log-format, found", NULL);
    common->log_json = raw->log_format && strcmp(raw->log_format, "json") == 0;
    if (raw->as_of) {
        if (!tb_day_parse(raw->as_of, strlen(raw->as_of), &day))
            return misuse(program, raw->as_of, "expected a date such as 2023-06-25, found", NULL);
        common->has_as_of = true;
        common->as_of = ((int64_t)day + 1) * 86400 - 1;
    }
    return -1;
}

int tb_options_parse(const struct tb_program *program, int argc, char **argv,
                     struct tb_common *common, const char *operands[], size_t *n_operands)
{
    struct raw raw = { 0 };
    struct table table;
    struct option longs[MAX_OPTIONS + 1] = { 0 };
    char shorts[2 * MAX_OPTIONS + 2] = ":";
    size_t at = 1;
    int c;

    *common = (struct tb_common){ .root = "." };
    build_table(&table, program, common, &raw);
    for (size_t i = 0; i < table.n; i++) {
        const struct tb_option *option = &table.option[i];
        longs[i] = (struct option){ option->name, option->kind != TB_OPTION_FLAG, NULL,
                                    LONG_ONLY + (int)i };
        if (option->letter) {
            shorts[at++] = option->letter;
            if (option->kind != TB_OPTION_FLAG)
                shorts[at++] = ':';
        }
    }
    shorts[at] = '\0';
    optind = 0; /* glibc: start anew, also when called twice */
    opterr = 0;
    while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct tb_option *option = NULL;
        const char *given = optind > 0 && optind <= argc ? argv[optind - 1] : "";
        if (c == ':')
            return misuse(program, given, "no argument after", NULL);
        for (size_t i = 0; i < table.n && !option; i++)
            if (c == LONG_ONLY + (int)i || (c < LONG_ONLY && c == table.option[i].letter && c))
                option = &table.option[i];
        if (c == '?' || !option)
            return unknown_option(program, &table, given);
        int rc = store(program, option, optarg);
        if (rc >= 0)
            return rc;
    }
    *n_operands = 0;
    while (optind < argc)
        operands[(*n_operands)++] = argv[optind++];
    return settle(program, common, &raw);
}

int tb_options_first_operand(int argc, char **argv)
{
    static const struct tb_program none = { .name = "" };
    struct tb_common common;
    struct raw raw;
    struct table table;

    build_table(&table, &none, &common, &raw);
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (word[0] != '-' || word[1] == '\0')
            return i;
        if (strcmp(word, "--") == 0)
            return i + 1 < argc ? i + 1 : -1;
        for (size_t o = 0; o < table.n; o++) {
            const struct tb_option *option = &table.option[o];
            bool is_short = word[1] != '-' && word[2] == '\0' && word[1] == option->letter;
            bool is_long = word[1] == '-' && strcmp(word + 2, option->name) == 0;
            if (option->kind != TB_OPTION_FLAG && (is_short || is_long))
                i++; /* its argument is the next word */
        }
    }
    return -1;
}

int tb_close_stdout(void)
{
    if (fflush(stdout) == EOF || ferror(stdout)) {
        fprintf(stderr, "tongbao: cannot write standard output: %s\n", strerror(errno));
        return TB_EXIT_FAILED;
    }
    return TB_EXIT_DONE;
}
