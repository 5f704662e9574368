/* utf8.h - one character of UTF-8 at a time.
 *
 * Inside base only: text*.c, escape.c and printable.c share it.
 */
#ifndef TONGBAO_BASE_UTF8_H
#define TONGBAO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TB_UTF8_BAD = -1,        /* bytes that are no character */
    TB_REPLACEMENT = 0xfffd, /* what stands for them */
};
#define TB_REPLACEMENT_TEXT "\xef\xbf\xbd"

/* The character that starts at `bytes` (len > 0) and how many bytes it has.
 * TB_UTF8_BAD when there is none; *used is then the length of the part that
 * one U+FFFD replaces (Unicode 15, section 3.9: maximal subpart), at least 1. */
int32_t tb_utf8_next(const char *bytes, size_t len, size_t *used);

/* Controls of ASCII and of Latin-1. */
bool tb_utf8_is_control(int32_t point);
/* Neither a control, nor a character that reorders what is shown or ends a line
 * for some readers, nor TB_UTF8_BAD: fit for a terminal. */
bool tb_utf8_is_shown(int32_t point);

/* The number of ASCII bytes at the start. */
size_t tb_utf8_ascii_run(const char *bytes, size_t len);

#endif
