/* number.c - digits in, rounded to what a spreadsheet shows, digits out. */
#include "xlsx/number.h"

#include <string.h>

#include "tongbao/buf.h"

enum { SHOWN = 15, LARGEST_POINT = 330 /* doubles end at 1.8E308 and 4.9E-324 */ };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits up to anything else; those in front that are 0 are only counted. */
static bool take_digits(const char **at, const char *end, bool behind_point,
                        struct tb_xlsx_digits *out)
{
    const char *start = *at;

    for (; *at < end && is_digit(**at); (*at)++) {
        if (out->n == 0 && **at == '0') {
            out->point -= behind_point;
            continue;
        }
        if (out->n == TB_XLSX_DIGITS)
            return false;
        out->digit[out->n++] = **at;
        out->point += !behind_point;
    }
    return *at > start;
}

static bool take_exponent(const char *at, const char *end, struct tb_xlsx_digits *out)
{
    bool negative = at < end && *at == '-';
    int exponent = 0;

    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end)
        return false;
    for (; at < end && is_digit(*at); at++)
        exponent = exponent < 10000 ? exponent * 10 + (*at - '0') : exponent;
    out->point += negative ? -exponent : exponent;
    return at == end;
}

static void strip(struct tb_xlsx_digits *d)
{
    while (d->n > 0 && d->digit[d->n - 1] == '0')
        d->n--;
    if (d->n == 0) {
        d->point = 0;
        d->negative = false;
    }
}

/* To 15 digits, or to all that stand before the point. */
static void round_off(struct tb_xlsx_digits *d)
{
    int keep = d->point > SHOWN ? d->point : SHOWN;

    if (d->n <= keep)
        return;
    bool up = d->digit[keep] >= '5';
    d->n = keep;
    while (up && d->n > 0) {
        up = d->digit[d->n - 1] == '9';
        if (up)
            d->n--; /* 0 from here on, which is not kept */
        else
            d->digit[d->n - 1]++;
    }
    if (up) {
        d->digit[0] = '1';
        d->n = 1;
        d->point++;
    }
}

bool tb_xlsx_digits(const char *text, size_t len, struct tb_xlsx_digits *out)
{
    const char *at = text, *end = text + len;

    out->n = out->point = 0;
    out->negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    bool some = take_digits(&at, end, false, out);
    if (at < end && *at == '.') {
        at++;
        some = take_digits(&at, end, true, out) || some;
    }
    if (!some || (at < end && is_digit(*at)))
        return false;
    if (at < end && ((*at != 'E' && *at != 'e') || !take_exponent(at + 1, end, out)))
        return false;
    strip(out);
    if (out->point > LARGEST_POINT || out->point < -LARGEST_POINT)
        return false;
    round_off(out);
    strip(out);
    return true;
}

static void put_zeros(struct tb_buf *out, int n)
{
    while (n-- > 0)
        tb_buf_putc(out, '0');
}

void tb_xlsx_digits_put(const struct tb_xlsx_digits *d, int shift, struct tb_buf *out)
{
    int point = d->n > 0 ? d->point + shift : 0;
    int before = point < 0 ? 0 : point > d->n ? d->n : point;

    if (d->negative)
        tb_buf_putc(out, '-');
    if (point <= 0)
        tb_buf_putc(out, '0');
    tb_buf_add(out, d->digit, (size_t)before);
    put_zeros(out, point - d->n);
    if (before < d->n) {
        tb_buf_putc(out, '.');
        put_zeros(out, -point);
        tb_buf_add(out, d->digit + before, (size_t)(d->n - before));
    }
}
