/* buf.c - the growing byte buffer.  All growth goes through tb_buf_reserve,
 * where the arithmetic is checked and `failed` is set.
 */
#include "tongbao/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/size.h"

enum { FIRST_BYTES = 64 };

void tb_buf_release(struct tb_buf *buf)
{
    free(buf->data);
    *buf = (struct tb_buf)TB_BUF_INIT;
}

void tb_buf_clear(struct tb_buf *buf)
{
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

int tb_buf_reserve(struct tb_buf *buf, size_t more)
{
    size_t need, twice;

    if (buf->failed)
        return -1;
    if (!tb_size_add(buf->len, more, &need) || !tb_size_add(need, 1, &need))
        goto fail;
    if (need <= buf->capacity)
        return 0;
    if (need < FIRST_BYTES)
        need = FIRST_BYTES;
    if (tb_size_mul(buf->capacity, 2, &twice) && need < twice)
        need = twice;
    char *moved = realloc(buf->data, need);
    if (!moved)
        goto fail;
    moved[buf->len] = '\0';
    buf->data = moved;
    buf->capacity = need;
    return 0;
fail:
    buf->failed = true;
    return -1;
}

void tb_buf_add(struct tb_buf *buf, const char *bytes, size_t len)
{
    if (len == 0 || tb_buf_reserve(buf, len) < 0)
        return;
    memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void tb_buf_puts(struct tb_buf *buf, const char *text)
{
    tb_buf_add(buf, text, strlen(text));
}

void tb_buf_putc(struct tb_buf *buf, char c)
{
    tb_buf_add(buf, &c, 1);
}

void tb_buf_printf(struct tb_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    tb_buf_vprintf(buf, format, args);
    va_end(args);
}

void tb_buf_vprintf(struct tb_buf *buf, const char *format, va_list args)
{
    va_list again;

    if (tb_buf_reserve(buf, 0) < 0)
        return;
    va_copy(again, args);
    int n = vsnprintf(buf->data + buf->len, buf->capacity - buf->len, format, args);
    if (n >= 0 && (size_t)n >= buf->capacity - buf->len) {
        buf->data[buf->len] = '\0'; /* what was cut is not content */
        n = tb_buf_reserve(buf, (size_t)n) < 0
                ? -1
                : vsnprintf(buf->data + buf->len, buf->capacity - buf->len, format, again);
    }
    va_end(again);
    if (n < 0) {
        buf->data[buf->len] = '\0';
        buf->failed = true;
        return;
    }
    buf->len += (size_t)n;
}

const char *tb_buf_text(const struct tb_buf *buf)
{
    return buf->data ? buf->data : "";
}

bool tb_buf_ok(const struct tb_buf *buf, struct tb_error *err)
{
    if (buf->failed)
        tb_error_set(err, "out of memory");
    return !buf->failed;
}

char *tb_buf_take(struct tb_buf *buf)
{
    char *taken = NULL;

    /* An empty buffer still gives a string that the caller can free. */
    if (tb_buf_reserve(buf, 0) == 0) {
        taken = buf->data;
        buf->data = NULL;
    }
    tb_buf_release(buf);
    return taken;
}
