/* printable.c - control characters to \xHH, in a fixed space.
 *
 * Errors are reported when memory may be out, so nothing here allocates.
 */
#include "base/printable.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of the UTF-8 character that starts with `lead`; 1 for a stray byte,
 * which is passed on as it is. */
static size_t char_size(const unsigned char *s)
{
    size_t want = *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : *s >= 0xc2 ? 2 : 1;
    size_t n = 1;

    while (n < want && (s[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* C0, DEL, and C1 in its UTF-8 form (C2 80..C2 9F), which some terminals obey. */
static bool is_control(const unsigned char *s)
{
    return *s < 0x20 || *s == 0x7f || (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}

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
    const unsigned char *s = (const unsigned char *)from;
    size_t len = 0;

    while (*s) {
        size_t n = char_size(s);
        bool control = is_control(s);

        if (len + (control ? 4 * n : n) >= size)
            break;
        if (control) {
            len += put_hex(to + len, s, n);
        } else {
            memcpy(to + len, s, n);
            len += n;
        }
        s += n;
    }
    to[len] = '\0';
    return len;
}
