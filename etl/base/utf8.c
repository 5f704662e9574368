/* utf8.c - which bytes are characters (RFC 3629: no overlong forms, no
 * surrogates, nothing above U+10FFFF).
 */
#include "base/utf8.h"

#include <string.h>

#include "tongbao/text.h"

struct lead {
    unsigned char size;      /* bytes of the character; 0: no character starts so */
    unsigned char low, high; /* range of the second byte */
};

static struct lead lead_of(unsigned char byte)
{
    if (byte < 0xc2 || byte > 0xf4)
        return (struct lead){ 0, 0, 0 };
    if (byte < 0xe0)
        return (struct lead){ 2, 0x80, 0xbf };
    if (byte < 0xf0)
        return (struct lead){ 3, byte == 0xe0 ? 0xa0 : 0x80, byte == 0xed ? 0x9f : 0xbf };
    return (struct lead){ 4, byte == 0xf0 ? 0x90 : 0x80, byte == 0xf4 ? 0x8f : 0xbf };
}

int32_t tb_utf8_next(const char *bytes, size_t len, size_t *used)
{
    const unsigned char *s = (const unsigned char *)bytes;

    *used = 1;
    if (s[0] < 0x80)
        return s[0];
    struct lead lead = lead_of(s[0]);
    if (lead.size == 0)
        return TB_UTF8_BAD;
    int32_t point = s[0] & (0x7f >> lead.size);
    for (size_t i = 1; i < lead.size; i++) {
        unsigned char low = i == 1 ? lead.low : 0x80;
        unsigned char high = i == 1 ? lead.high : 0xbf;
        if (i >= len || s[i] < low || s[i] > high)
            return TB_UTF8_BAD;
        point = point << 6 | (s[i] & 0x3f);
        *used = i + 1;
    }
    return point;
}

bool tb_utf8_is_control(int32_t point)
{
    return (point >= 0 && point < 0x20) || (point >= 0x7f && point < 0xa0);
}

bool tb_utf8_is_shown(int32_t point)
{
    bool reorders = (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);

    return point != TB_UTF8_BAD && !reorders && !tb_utf8_is_control(point);
}

size_t tb_utf8_ascii_run(const char *bytes, size_t len)
{
    size_t n = 0;

    /* Many bytes at a time: most of a table is digits and commas. */
    for (uint64_t word[4]; n + sizeof word <= len; n += sizeof word) {
        memcpy(word, bytes + n, sizeof word);
        if ((word[0] | word[1] | word[2] | word[3]) & UINT64_C(0x8080808080808080))
            break;
    }
    for (uint64_t word; n + sizeof word <= len; n += sizeof word) {
        memcpy(&word, bytes + n, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (n < len && (unsigned char)bytes[n] < 0x80)
        n++;
    return n;
}

bool tb_utf8_valid(const char *bytes, size_t len, size_t *bad)
{
    size_t at = 0;

    while (at < len) {
        size_t used;
        at += tb_utf8_ascii_run(bytes + at, len - at);
        if (at == len)
            break;
        if (tb_utf8_next(bytes + at, len - at, &used) == TB_UTF8_BAD) {
            if (bad)
                *bad = at;
            return false;
        }
        at += used;
    }
    return true;
}
