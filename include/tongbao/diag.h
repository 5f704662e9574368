/* diag.h - findings about data and configuration, each with its place.
 *
 * `file:line:column: error: what was found, what was expected`.  A diagnostic
 * is counted, printed through the sink, and never ends the program.  Line and
 * column count from 1, in the file as sent; 0 means "the whole file" (line) or
 * "the whole line" (column) and is then left out of the text.
 */
#ifndef TONGBAO_DIAG_H
#define TONGBAO_DIAG_H

#include <stddef.h>
#include <stdint.h>

enum tb_severity { TB_NOTE, TB_WARNING, TB_ERROR };

struct tb_place {
    const char *file; /* borrowed; as the user would name it */
    uint32_t line;    /* from 1; 0: the file as a whole */
    uint32_t column;  /* characters from 1; 0: the line as a whole */
};

/* Receives one finished message, without newline.  `text` is valid only during
 * the call. */
typedef void tb_diag_sink(void *user, enum tb_severity severity, const struct tb_place *place,
                          const char *text);

struct tb_diag {
    tb_diag_sink *sink; /* NULL: count only */
    void *user;
    size_t n_errors;
    size_t n_warnings;
    size_t limit;   /* at most so many messages reach the sink; 0: all */
    size_t n_shown; /* how many did */
};

/* Counts and forwards one message.  Control characters are escaped. */
void tb_diag_at(struct tb_diag *diag, enum tb_severity severity, const struct tb_place *place,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A sink that prints `file:line:column: error: text` to the FILE * in user. */
void tb_diag_to_stream(void *user, enum tb_severity severity, const struct tb_place *place,
                       const char *text);

#endif
