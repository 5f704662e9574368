/* log.c - one line per event.  A line is made whole and written by one call,
 * so lines of several threads do not mix.
 */
#include "tongbao/log.h"

#include <stdarg.h>
#include <time.h>

#include "base/printable.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/text.h"

enum { MESSAGE_MAX = 4096, TIME_TEXT = 32 };

static const char *const level_name[] = { "error", "warning", "info", "debug" };

int tb_log_open(struct tb_log *log, const char *stage, const char *path, struct tb_error *err)
{
    log->stage = stage;
    log->file = NULL;
    if (!path)
        return 0;
    log->file = fopen(path, "ae"); /* e: not for the programs that we start */
    if (!log->file)
        return tb_error_errno(err, "cannot open log '%s'", path);
    return 0;
}

void tb_log_close(struct tb_log *log)
{
    if (log->file)
        fclose(log->file);
    log->file = NULL;
}

static void write_text(FILE *to, const char *when, const char *level, const char *stage,
                       const char *message)
{
    char safe[MESSAGE_MAX];

    tb_printable(safe, sizeof safe, message);
    fprintf(to, "%s %s %s: %s\n", when, level, stage, safe);
    fflush(to);
}

static void write_json(FILE *to, const char *when, const char *level, const char *stage,
                       const char *message)
{
    struct tb_buf line = TB_BUF_INIT;

    tb_buf_printf(&line, "{\"time\":\"%s\",\"level\":\"%s\",\"stage\":\"", when, level);
    tb_escape_json(&line, stage);
    tb_buf_puts(&line, "\",\"message\":\"");
    tb_escape_json(&line, message);
    tb_buf_puts(&line, "\"}\n");
    if (!line.failed)
        fwrite(line.data, 1, line.len, to);
    fflush(to);
    tb_buf_release(&line);
}

void tb_log_write(struct tb_log *log, enum tb_log_level level, const char *format, ...)
{
    char message[MESSAGE_MAX + 8], when[TIME_TEXT] = "";
    time_t now = time(NULL);
    struct tm utc;
    va_list args;

    if (level > log->level)
        return;
    va_start(args, format);
    if (vsnprintf(message, sizeof message, format, args) < 0)
        message[0] = '\0';
    va_end(args);
    if (gmtime_r(&now, &utc))
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);

    const char *stage = log->stage ? log->stage : "tongbao";
    FILE *to[] = { log->stream, log->file };
    for (size_t i = 0; i < 2; i++) {
        /* People read the stream while a program reads the file; without a
         * file the stream is what the program reads. */
        bool json = log->json && (i == 1 || !log->file);

        if (to[i])
            (json ? write_json : write_text)(to[i], when, level_name[level], stage, message);
    }
}
