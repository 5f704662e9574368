/* buf.h - the one growing byte buffer.
 *
 * Invariants: data[len] == '\0' whenever data != NULL; a zeroed struct
 * (TB_BUF_INIT) is an empty buffer.  Growth is checked; when memory runs out
 * the buffer turns `failed`, later appends do nothing, and tb_buf_ok tells at
 * the end: so a run of appends needs one check.
 */
#ifndef TONGBAO_BUF_H
#define TONGBAO_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct tb_error;

struct tb_buf {
    char *data;
    size_t len;      /* bytes used, without the final NUL */
    size_t capacity; /* bytes allocated */
    bool failed;     /* an allocation failed: the content is not whole */
};

#define TB_BUF_INIT                                                                                \
    {                                                                                              \
        0                                                                                          \
    }

void tb_buf_release(struct tb_buf *buf);            /* frees; back to TB_BUF_INIT */
/* len = 0; keeps the memory, and that it failed: a loop that clears and fills
 * again is checked once at its end. */
void tb_buf_clear(struct tb_buf *buf);
int tb_buf_reserve(struct tb_buf *buf, size_t more); /* room for more bytes; -1 if none */
void tb_buf_add(struct tb_buf *buf, const char *bytes, size_t len);
void tb_buf_puts(struct tb_buf *buf, const char *text);
void tb_buf_putc(struct tb_buf *buf, char c);
void tb_buf_printf(struct tb_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void tb_buf_vprintf(struct tb_buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
const char *tb_buf_text(const struct tb_buf *buf); /* never NULL; valid until the next change */
bool tb_buf_ok(const struct tb_buf *buf, struct tb_error *err); /* false: out of memory, *err says */
char *tb_buf_take(struct tb_buf *buf); /* the caller frees; buffer is empty after; NULL if failed */

#endif
