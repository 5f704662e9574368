/* options.h - command line options, declared once in a table that gives the
 * parser and the help, and spelled alike in every program. */
#ifndef TONGBAO_OPTIONS_H
#define TONGBAO_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "tongbao/log.h"

struct tb_error;

/* What every program takes. */
struct tb_common {
    const char *root;      /* -C: folder with config/, datasets/, reports/; "." */
    const char *profile;   /* -p */
    const char *run;       /* --run: folder of the run; NULL: datasets/<profile>/runs/draft */
    const char *lang;      /* --lang zh|en; NULL: the profile's */
    const char *log_path;  /* --log */
    bool log_json;         /* --log-format json */
    bool quiet, verbose;   /* -q, -v */
    bool has_as_of;
    int64_t as_of;         /* --as-of DATE: end of that day, seconds since the epoch (UTC) */
    size_t threads;        /* -j; 0: one per processor */
};

enum tb_option_kind { TB_OPTION_FLAG, TB_OPTION_TEXT, TB_OPTION_COUNT };

/* One option of a program's own. */
struct tb_option {
    char letter;           /* 0: none */
    const char *name;      /* without dashes */
    enum tb_option_kind kind;
    const char *argument;  /* "FILE" in the help; NULL for flags */
    const char *help;
    void *target;          /* bool *, const char **, or size_t * */
};

struct tb_program {
    const char *name;      /* "tongbao-collect" */
    const char *usage;     /* "[options]" */
    const char *purpose;   /* one line */
    const struct tb_option *own; /* may be NULL */
    size_t n_own;
    const char *notes;     /* more lines at the end of the help; or NULL */
};

/* Parses argv.  Options may stand anywhere; "--" ends them; the rest is left in
 * operands[*n_operands] (borrowed; room for argc).  Returns -1 to go on, else
 * the exit code: 0 after -h/--help or --version (printed to stdout), 2 after
 * misuse (one line to stderr, with the nearest known option). */
int tb_options_parse(const struct tb_program *program, int argc, char **argv,
                     struct tb_common *common, const char *operands[], size_t *n_operands);
/* Index of the first word in argv that is neither an option nor the argument of
 * a common option: the command of the front door.  -1 if there is none. */
int tb_options_first_operand(int argc, char **argv);
void tb_options_help(const struct tb_program *program, FILE *stream);
/* Flushes and checks standard output: 0, or 1 with a message if it failed. */
int tb_close_stdout(void);
/* The known word nearest to `word`, or NULL. */
const char *tb_nearest_word(const char *word, const char *const known[], size_t n);

#endif
