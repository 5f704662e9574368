/* escape.c - text from outside made harmless, for one place each.
 *
 * Each function walks the text once.  Bytes that are no character become
 * U+FFFD (on a terminal they are shown), so that no reader behind can disagree
 * on where a character ends.
 */
#include "tongbao/text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "tongbao/buf.h"

/* Before an at-sign: an invisible joiner that no address survives. */
static const char word_joiner[] = "\xe2\x81\xa0";

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Not allowed in XML 1.0 (section 2.2), so neither in SVG nor in XHTML. */
static bool xml_forbids(int32_t point)
{
    return point == TB_UTF8_BAD || point == 0xfffe || point == 0xffff ||
           (tb_utf8_is_control(point) && point != '\t' && point != '\n' && point != '\r');
}

void tb_escape_html(struct tb_buf *out, const char *text)
{
    size_t len = strlen(text);

    for (size_t at = 0, used; at < len; at += used) {
        int32_t point = tb_utf8_next(text + at, len - at, &used);
        if (point == '&')
            tb_buf_puts(out, "&amp;");
        else if (point == '<')
            tb_buf_puts(out, "&lt;");
        else if (point == '>')
            tb_buf_puts(out, "&gt;");
        else if (point == '"')
            tb_buf_puts(out, "&quot;");
        else if (point == '\'')
            tb_buf_puts(out, "&#39;");
        else if (xml_forbids(point))
            tb_buf_puts(out, TB_REPLACEMENT_TEXT);
        else
            tb_buf_add(out, text + at, used);
    }
}

/* Whether the character would start a list, a heading or a rule, where only
 * digits, if anything, stand before it.  -5.3 and 1.5 stay readable. */
static bool starts_block(const char *text, size_t at)
{
    char next = text[at + 1];
    size_t digits = 0;

    while (digits < at && is_digit(text[digits]))
        digits++;
    if (digits < at)
        return false;
    if (at > 0)
        return (text[at] == '.' || text[at] == ')') && !is_digit(next) && !is_letter(next);
    if (text[at] == '-' || text[at] == '+')
        return !is_digit(next) && !is_letter(next);
    return text[at] == '#' || text[at] == '=' || text[at] == ':';
}

/* Whether it would make a link of a bare address: http:, www. */
static bool starts_link(const char *text, size_t at)
{
    if (text[at] == ':') /* "Gravest: ..." is prose: an address has no blank there */
        return at > 0 && is_letter(text[at - 1]) && text[at + 1] != ' ' &&
               (unsigned char)text[at + 1] < 0x80;
    return text[at] == '.' && at >= 3 && (text[at - 1] | 0x20) == 'w' &&
           (text[at - 2] | 0x20) == 'w' && (text[at - 3] | 0x20) == 'w';
}

static void add_markdown(struct tb_buf *out, const char *text, size_t at)
{
    if (strchr("\\`*_[]<>|~&$^", text[at]) || starts_block(text, at) || starts_link(text, at))
        tb_buf_putc(out, '\\');
    if (text[at] == '@')
        tb_buf_puts(out, word_joiner);
    tb_buf_putc(out, text[at]);
}

static bool is_markdown_blank(int32_t point)
{
    return point == ' ' || point == 0x2028 || point == 0x2029 || tb_utf8_is_control(point);
}

/* Blanks at the start could indent a block, so they go. */
static const char *behind_blanks(const char *text, size_t len)
{
    size_t at = 0;

    for (size_t used; at < len; at += used) {
        if (!is_markdown_blank(tb_utf8_next(text + at, len - at, &used)))
            break;
    }
    return text + at;
}

void tb_escape_markdown(struct tb_buf *out, const char *text)
{
    bool was_blank = false;

    text = behind_blanks(text, strlen(text));
    size_t len = strlen(text);
    for (size_t at = 0, used; at < len; at += used) {
        int32_t point = tb_utf8_next(text + at, len - at, &used);
        bool blank = is_markdown_blank(point);
        if (blank && !was_blank)
            tb_buf_putc(out, ' '); /* one for many: two at the end of a line break it */
        else if (point == TB_UTF8_BAD)
            tb_buf_puts(out, TB_REPLACEMENT_TEXT);
        else if (!blank && point < 0x80)
            add_markdown(out, text, at);
        else if (!blank)
            tb_buf_add(out, text + at, used);
        was_blank = blank;
    }
}

static void add_json_control(struct tb_buf *out, int32_t point)
{
    static const char codes[] = "btn fr"; /* of 8 to 13; 11 has none */

    if (point >= '\b' && point <= '\r' && point != '\v')
        tb_buf_printf(out, "\\%c", codes[point - '\b']);
    else
        tb_buf_printf(out, "\\u%04x", (unsigned)point);
}

void tb_escape_json(struct tb_buf *out, const char *text)
{
    size_t len = strlen(text);

    for (size_t at = 0, used; at < len; at += used) {
        int32_t point = tb_utf8_next(text + at, len - at, &used);
        if (point == TB_UTF8_BAD)
            tb_buf_puts(out, TB_REPLACEMENT_TEXT);
        else if (point == '"' || point == '\\')
            tb_buf_printf(out, "\\%c", (char)point);
        else if (tb_utf8_is_control(point) || point == 0x2028 || point == 0x2029)
            add_json_control(out, point); /* U+2028 ends a line in older scripts */
        else
            tb_buf_add(out, text + at, used);
    }
}

void tb_escape_gnuplot(struct tb_buf *out, const char *text)
{
    size_t len = strlen(text);
    bool after_escape = false; /* gnuplot reads a fourth digit into \0ooo: none may follow */

    tb_buf_putc(out, '"');
    for (size_t at = 0, used; at < len; at += used) {
        int32_t point = tb_utf8_next(text + at, len - at, &used);
        bool stands = point >= 0x80 || point == ' ' || is_letter(text[at]) ||
                      (is_digit(text[at]) && !after_escape);
        if (point == TB_UTF8_BAD)
            tb_buf_puts(out, TB_REPLACEMENT_TEXT);
        else if (stands)
            tb_buf_add(out, text + at, used);
        else
            tb_buf_printf(out, "\\%03o", (unsigned)point);
        after_escape = point != TB_UTF8_BAD && !stands;
    }
    tb_buf_putc(out, '"');
}

void tb_escape_terminal(struct tb_buf *out, const char *bytes, size_t len)
{
    for (size_t at = 0, used; at < len; at += used) {
        int32_t point = tb_utf8_next(bytes + at, len - at, &used);
        if (tb_utf8_is_shown(point)) {
            tb_buf_add(out, bytes + at, used);
            continue;
        }
        for (size_t i = 0; i < used; i++)
            tb_buf_printf(out, "\\x%02x", (unsigned)(unsigned char)bytes[at + i]);
    }
}
