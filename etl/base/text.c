/* text.c - names and codes compared as people mean them, and laid out.
 *
 * Nearly all text here is ASCII or plain Chinese characters, which no
 * normalisation changes; only the rest goes through utf8proc.
 */
#include "tongbao/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "tongbao/buf.h"
#include "tongbao/size.h"

enum {
    STACK_POINTS = 256, /* code points handled without allocation */
    ZERO_WIDTH_SPACE = 0x200b,
    CJK_FIRST = 0x4e00, /* unified ideographs: width two, no decomposition */
    CJK_LAST = 0x9fff,
};

static bool is_blank(int32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    if (point == 0x85)
        return true;
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

static bool is_plain(int32_t point)
{
    return (point >= 0 && point < 0x80) || (point >= CJK_FIRST && point <= CJK_LAST);
}

/* How many bytes from the start no normalisation changes. */
static size_t plain_run(const char *bytes, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t used;
        if (!is_plain(tb_utf8_next(bytes + at, len - at, &used)))
            break;
        at += used;
    }
    return at;
}

static void add_point(struct tb_buf *out, int32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(point, bytes);

    tb_buf_add(out, (const char *)bytes, (size_t)n);
}

/* The same text with U+FFFD for what is no character. */
static void add_valid(struct tb_buf *out, const char *bytes, size_t len)
{
    for (size_t at = 0, used; at < len; at += used) {
        if (tb_utf8_next(bytes + at, len - at, &used) == TB_UTF8_BAD)
            tb_buf_puts(out, TB_REPLACEMENT_TEXT);
        else
            tb_buf_add(out, bytes + at, used);
    }
}

/* For utf8proc: blanks become what UTF8PROC_IGNORE drops, before composition. */
static utf8proc_int32_t drop_blank(utf8proc_int32_t point, void *unused)
{
    (void)unused;
    return is_blank(point) ? ZERO_WIDTH_SPACE : point;
}

static utf8proc_int32_t same_blank(utf8proc_int32_t point, void *unused)
{
    (void)unused;
    return is_blank(point) ? ' ' : point;
}

/* Takes one composed character of the result. */
typedef void (*take_fn)(struct tb_buf *out, int32_t point);

/* NFKC of valid UTF-8, each blank passed through `blank`, each character to `take`. */
static void compose(const char *bytes, size_t len, utf8proc_option_t options,
                    utf8proc_custom_func blank, take_fn take, struct tb_buf *out)
{
    utf8proc_int32_t fixed[STACK_POINTS];
    utf8proc_int32_t *points = fixed;
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)bytes;

    options |= UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_IGNORE;
    utf8proc_ssize_t n = utf8proc_decompose_custom(from, (utf8proc_ssize_t)len, points,
                                                   STACK_POINTS, options, blank, NULL);
    if (n > STACK_POINTS) {
        size_t size;
        points = tb_size_mul((size_t)n, sizeof *points, &size) ? malloc(size) : NULL;
        if (points)
            n = utf8proc_decompose_custom(from, (utf8proc_ssize_t)len, points, n, options, blank,
                                          NULL);
    }
    if (n >= 0 && points)
        n = utf8proc_normalize_utf32(points, n, options);
    if (n < 0 || !points)
        out->failed = true; /* out of memory; a text that is valid has no other failure */
    for (utf8proc_ssize_t i = 0; points && i < n; i++)
        take(out, points[i]);
    if (points != fixed)
        free(points);
}

/* compose() of bytes that may be damaged. */
static void compose_any(const char *bytes, size_t len, utf8proc_option_t options,
                        utf8proc_custom_func blank, take_fn take, struct tb_buf *out)
{
    struct tb_buf valid = TB_BUF_INIT;

    if (tb_utf8_valid(bytes, len, NULL)) {
        compose(bytes, len, options, blank, take, out);
        return;
    }
    add_valid(&valid, bytes, len);
    if (valid.failed)
        out->failed = true;
    else
        compose(valid.data, valid.len, options, blank, take, out);
    tb_buf_release(&valid);
}

/* Compatibility forms may hold a blank (U+00A8), so it is looked at again. */
static void take_folded(struct tb_buf *out, int32_t point)
{
    if (!is_blank(point))
        add_point(out, point);
}

void tb_text_fold(const char *bytes, size_t len, struct tb_buf *out)
{
    if (plain_run(bytes, len) < len) {
        compose_any(bytes, len, UTF8PROC_CASEFOLD, drop_blank, take_folded, out);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!is_blank((unsigned char)c < 0x80 ? c : 'x'))
            tb_buf_putc(out, c);
    }
}

/* Runs of blanks become one when the next character comes. */
static void take_spaced(struct tb_buf *out, int32_t point)
{
    if (!is_blank(point))
        add_point(out, point);
    else if (out->len > 0 && out->data[out->len - 1] != ' ')
        tb_buf_putc(out, ' ');
}

/* Marks of a footnote (12①, 12²): NFKC would make 121 and 122 of them. */
static bool is_mark(int32_t point)
{
    if (is_plain(point) || point == TB_UTF8_BAD)
        return false;
    switch (utf8proc_get_property(point)->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_SUPER:
    case UTF8PROC_DECOMP_TYPE_SUB:
    case UTF8PROC_DECOMP_TYPE_CIRCLE:
    case UTF8PROC_DECOMP_TYPE_FRACTION:
        return true;
    default:
        return false;
    }
}

/* Length of the start of the text that holds no such mark. */
static size_t unmarked_run(const char *bytes, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t used;
        if (is_mark(tb_utf8_next(bytes + at, len - at, &used)))
            break;
        at += used;
    }
    return at;
}

static void normalise_plain(const char *bytes, size_t len, struct tb_buf *out)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x80)
            take_spaced(out, c);
        else
            tb_buf_putc(out, bytes[i]);
    }
}

void tb_text_normalise(const char *bytes, size_t len, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    if (plain_run(bytes, len) == len) {
        normalise_plain(bytes, len, &text);
    } else {
        for (size_t at = 0, used; at < len; at += used) {
            size_t run = unmarked_run(bytes + at, len - at);
            if (run > 0)
                compose_any(bytes + at, run, 0, same_blank, take_spaced, &text);
            at += run;
            if (at == len)
                break;
            (void)tb_utf8_next(bytes + at, len - at, &used);
            tb_buf_add(&text, bytes + at, used);
        }
    }
    if (text.len > 0 && text.data[text.len - 1] == ' ')
        text.len--;
    tb_buf_add(out, tb_buf_text(&text), text.len);
    out->failed |= text.failed;
    tb_buf_release(&text);
}

size_t tb_text_width(const char *text)
{
    size_t len = strlen(text);
    size_t width = 0;

    for (size_t at = 0, used; at < len; at += used) {
        int32_t point = tb_utf8_next(text + at, len - at, &used);
        int columns = point == TB_UTF8_BAD ? 1 : utf8proc_charwidth(point);
        /* Ambiguous ones (— · …) count one, as in a font without Chinese. */
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

static void add_blanks(struct tb_buf *out, size_t n)
{
    while (n-- > 0)
        tb_buf_putc(out, ' ');
}

void tb_text_pad(struct tb_buf *out, const char *text, size_t width, bool right)
{
    size_t has = tb_text_width(text);
    size_t blanks = has < width ? width - has : 0;

    add_blanks(out, right ? blanks : 0);
    tb_buf_puts(out, text);
    add_blanks(out, right ? 0 : blanks);
}

size_t tb_text_chars(const char *bytes, size_t len)
{
    size_t n = 0;

    for (size_t at = 0, used; at < len; at += used) {
        (void)tb_utf8_next(bytes + at, len - at, &used);
        n++;
    }
    return n;
}
