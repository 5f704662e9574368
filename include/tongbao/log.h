/* log.h - one line per event, to standard error and to a log file.
 *
 * Text: `2023-06-25T01:02:03Z info collect: 37 files, 5,120 rows, 12 rejected`.
 * JSON: {"time":..,"level":..,"stage":..,"message":..}.  The log is the only
 * place where the clock shows.
 */
#ifndef TONGBAO_LOG_H
#define TONGBAO_LOG_H

#include <stdbool.h>
#include <stdio.h>

struct tb_error;

enum tb_log_level { TB_LOG_ERROR, TB_LOG_WARNING, TB_LOG_INFO, TB_LOG_DEBUG };

struct tb_log {
    const char *stage;        /* "collect"; printed in each line */
    enum tb_log_level level;  /* most detailed level that is written */
    bool json;                /* of the file, or without a file of the stream */
    FILE *stream;             /* messages for people, usually stderr; NULL: none */
    FILE *file;               /* from --log, or NULL */
};

/* Sets stage, and file to path opened for appending (NULL: none).  The caller
 * has set level, json and stream.  -1 with *err filled. */
int tb_log_open(struct tb_log *log, const char *stage, const char *path, struct tb_error *err);
void tb_log_close(struct tb_log *log);
void tb_log_write(struct tb_log *log, enum tb_log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
