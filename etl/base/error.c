/* error.c - the text of a failure, formatted without allocating: the failure
 * may be that memory is out.
 */
#include "tongbao/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"

/* The arguments may point into err->text, so the text is made aside first. */
__attribute__((format(printf, 2, 0))) static void set_text(struct tb_error *err, const char *format,
                                                           va_list args, const char *tail)
{
    char raw[TB_ERROR_MAX + 8]; /* longer, so that the cut is made between characters */
    int n = vsnprintf(raw, sizeof raw, format, args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof raw ? (size_t)n : sizeof raw - 1;

    raw[len] = '\0';
    if (tail)
        snprintf(raw + len, sizeof raw - len, ": %s", tail);
    tb_printable(err->text, sizeof err->text, raw);
}

int tb_error_set(struct tb_error *err, const char *format, ...)
{
    va_list args;

    if (!err)
        return -1;
    va_start(args, format);
    set_text(err, format, args, NULL);
    va_end(args);
    return -1;
}

int tb_error_errno(struct tb_error *err, const char *format, ...)
{
    int saved = errno;
    char reason[128];
    va_list args;

    if (!err)
        return -1;
    /* The GNU strerror_r: strerror itself is not for threads. */
    const char *text = strerror_r(saved, reason, sizeof reason);
    va_start(args, format);
    set_text(err, format, args, text);
    va_end(args);
    errno = saved;
    return -1;
}

int tb_error_prefix(struct tb_error *err, const char *format, ...)
{
    char said[TB_ERROR_MAX];
    va_list args;

    if (!err)
        return -1;
    memcpy(said, err->text, sizeof said);
    said[sizeof said - 1] = '\0';
    va_start(args, format);
    set_text(err, format, args, said);
    va_end(args);
    return -1;
}
