/* chart_wrap.c - how wide a text will be, and where it may be broken.
 *
 * gnuplot does not say how wide a text became, so widths are estimated from the
 * proportions of Noto Sans CJK, a little on the wide side.
 */
#include "disseminate/chart/chart_style.h"

#include <string.h>

#include "tongbao/text.h"

static size_t char_len(const char *at)
{
    size_t n = 1;

    while (((unsigned char)at[n] & 0xc0) == 0x80 && n < 4)
        n++;
    return n;
}

/* Width in ems of one character of n bytes. */
static double ems(const char *at, size_t n)
{
    char one[8] = "";
    unsigned char c = (unsigned char)*at;

    if (n == 1) {
        if (c == ' ')
            return 0.24;
        if (strchr("mwMW%@", c))
            return 0.86;
        if (strchr("iljftrI.,:;'|!()[]-", c))
            return 0.36;
        return (c >= 'A' && c <= 'Z') ? 0.64 : 0.56;
    }
    /* General punctuation, dashes, arrows and signs are full width in this font. */
    if (c == 0xe2)
        return 1.0;
    memcpy(one, at, n);
    return tb_text_width(one) == 2 ? 1.0 : tb_text_width(one) == 0 ? 0.0 : 0.6;
}

double tb_chart_width(const char *text, double size)
{
    double sum = 0;

    for (size_t n; *text; text += n) {
        n = char_len(text);
        sum += ems(text, n);
    }
    return sum * size;
}

static bool one_of(const char *set, const char *at, size_t n)
{
    for (size_t m; *set; set += m) {
        m = char_len(set);
        if (m == n && memcmp(set, at, n) == 0)
            return true;
    }
    return false;
}

/* May a new line begin at `at`, whose character before has p bytes? */
static bool may_break(const char *at, size_t p)
{
    size_t n = char_len(at);

    if (at[-1] == ' ')
        return true;
    if (p == 1 && n == 1)
        return false;
    return !one_of("，。、：；）】”’》！？—…%‰)", at, n) && !one_of("（【“‘《—(", at - p, p);
}

/* Length in bytes of the longest beginning of text that fits and may end there; a comma
 * in the last two fifths of the line is a better end than the middle of a phrase. */
static size_t line_len(const char *text, double ems_max)
{
    double sum = 0;
    size_t fits = 0, comma = 0, n, before = 0;

    for (size_t i = 0; text[i]; i += n) {
        n = char_len(text + i);
        if (i > 0 && may_break(text + i, before))
            fits = i;
        if (fits == i && i > 0 && sum > 0.6 * ems_max &&
            one_of("，；：", text + i - before, before))
            comma = i;
        sum += ems(text + i, n);
        if (sum > ems_max && i > 0)
            return comma > 0 ? comma : fits > 0 ? fits : i;
        before = n;
    }
    return strlen(text);
}

/* A line break in a name must not become one of ours. */
static void put_plain(struct tb_buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        tb_buf_putc(out, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

/* The beginning of text that leaves room for the sign of omission. */
static void put_cut(struct tb_buf *out, const char *text, double ems_max)
{
    double sum = 1.0;

    for (size_t n; *text; text += n) {
        n = char_len(text);
        sum += ems(text, n);
        if (sum > ems_max)
            break;
        put_plain(out, text, n);
    }
    tb_buf_puts(out, "…");
}

size_t tb_chart_wrap(struct tb_buf *out, const char *text, double width, double size,
                     size_t max_lines)
{
    double most = width / size;
    size_t lines = 0;

    while (*text == ' ')
        text++;
    while (*text) {
        size_t len = line_len(text, most);
        if (lines > 0)
            tb_buf_putc(out, '\n');
        lines++;
        if (lines == max_lines && text[len]) {
            put_cut(out, text, most);
            break;
        }
        for (size_t end = len; end > 0; end--)
            if (text[end - 1] != ' ') {
                put_plain(out, text, end);
                break;
            }
        text += len;
        while (*text == ' ')
            text++;
    }
    return lines;
}
