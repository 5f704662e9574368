/* number.c - one number and one period, as people write them. */
#include "hostile.h"

#include <stdio.h>
#include <string.h>

/* 1234567.8 -> 1,234,567.8 */
static void put_digits(const struct style *s, const char *text, struct tb_buf *out)
{
    size_t whole = strcspn(text, ".");
    bool bare = s->bare_point && whole == 1 && text[0] == '0' && text[1] == '.';

    for (size_t i = bare ? 1 : 0; i < whole; i++) {
        tb_buf_putc(out, text[i]);
        if (i + 1 < whole && (whole - i - 1) % 3 == 0)
            tb_buf_puts(out, s->thousands);
    }
    for (const char *rest = text + whole; *rest; rest++)
        tb_buf_putc(out, *rest == '.' && s->decimal_comma ? ',' : *rest);
    if (s->zeros)
        tb_buf_puts(out, text[whole] ? "00" : s->decimal_comma ? ",00" : ".00");
}

/* Every printable ASCII character in its wide form. */
static void widen(const char *text, struct tb_buf *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c > ' ' && c < 0x7f) {
            unsigned point = c - '!' + 0xff01;
            tb_buf_putc(out, (char)(0xe0 | point >> 12));
            tb_buf_putc(out, (char)(0x80 | (point >> 6 & 0x3f)));
            tb_buf_putc(out, (char)(0x80 | (point & 0x3f)));
        } else {
            tb_buf_putc(out, (char)c);
        }
    }
}

void number_write(struct rng *rng, const struct style *style, struct tb_decimal value,
                  struct tb_buf *out)
{
    char text[TB_DECIMAL_TEXT];
    struct tb_buf number = TB_BUF_INIT;
    bool negative = value.units < 0, brackets = negative && style->brackets;

    value.units = negative ? -value.units : value.units;
    tb_decimal_format(value, text);
    if (style->blanks && rng_chance(rng, 50))
        tb_buf_putc(&number, ' ');
    if (brackets)
        tb_buf_putc(&number, '(');
    else if (negative)
        tb_buf_puts(&number, style->minus);
    else if (style->plus && value.units > 0)
        tb_buf_putc(&number, '+');
    put_digits(style, text, &number);
    if (brackets)
        tb_buf_putc(&number, ')');
    if (style->full_width)
        widen(tb_buf_text(&number), out);
    else
        tb_buf_puts(out, tb_buf_text(&number));
    out->failed |= number.failed;
    tb_buf_release(&number);
}

static void put_month(const struct style *s, int year, int month, struct tb_buf *out)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    switch (s->charset == LATIN && s->periods == 1 ? 0 : s->periods) {
    case 1:
        tb_buf_printf(out, "%d年%d月", year, month);
        break;
    case 2:
        tb_buf_printf(out, "%d%02d", year, month);
        break;
    case 3:
        tb_buf_printf(out, "%d/%d", year, month);
        break;
    case 4:
        tb_buf_printf(out, "%d.%02d", year, month);
        break;
    case 5:
        tb_buf_printf(out, "%s-%02d", names[month - 1], year % 100);
        break;
    default:
        tb_buf_printf(out, "%d-%02d", year, month);
        break;
    }
}

void period_write(const struct style *style, const struct facts *facts, int period,
                  struct tb_buf *out)
{
    static const char *const numerals[] = { "一", "二", "三", "四" };

    if (!facts->quarterly && style->spans) {
        tb_buf_printf(out, "%d年1-%d月", facts->year, period + 1);
    } else if (!facts->quarterly) {
        put_month(style, facts->year, period + 1, out);
    } else if (style->charset != LATIN && style->periods == 1) {
        tb_buf_printf(out, "%d年%s季度", facts->year, numerals[period]);
    } else if (style->periods == 2) {
        tb_buf_printf(out, "%dQ%d", facts->year, period + 1);
    } else if (style->periods == 3) {
        tb_buf_printf(out, "%d-%02d", facts->year, (period + 1) * 3);
    } else {
        tb_buf_printf(out, "%d-Q%d", facts->year, period + 1);
    }
}
