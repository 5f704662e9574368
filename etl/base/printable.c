/* printable.c - what a terminal would obey to \xHH, in a fixed space.
 *
 * Errors are reported when memory may be out, so nothing here allocates.
 */
#include "base/printable.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

static size_t put_hex(char *to, const unsigned char *s, size_t n)
{
    static const char digit[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        to[4 * i] = '\\';
        to[4 * i + 1] = 'x';
        to[4 * i + 2] = digit[s[i] >> 4];
        to[4 * i + 3] = digit[s[i] & 15];
    }
    return 4 * n;
}

size_t tb_printable(char *to, size_t size, const char *from)
{
    size_t left = strlen(from), len = 0;

    while (left > 0) {
        size_t n;
        bool shown = tb_utf8_is_shown(tb_utf8_next(from, left, &n));

        if (len + (shown ? n : 4 * n) >= size)
            break;
        if (shown) {
            memcpy(to + len, from, n);
            len += n;
        } else {
            len += put_hex(to + len, (const unsigned char *)from, n);
        }
        from += n;
        left -= n;
    }
    to[len] = '\0';
    return len;
}
