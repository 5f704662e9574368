/* csv_write.c - CSV that reads back as it was and that a spreadsheet can open
 * without running anything in it.
 */
#include "tongbao/csv.h"

#include <string.h>

#include "tongbao/buf.h"

static size_t skip_digits(const char *text, size_t len, size_t i)
{
    while (i < len && text[i] >= '0' && text[i] <= '9')
        i++;
    return i;
}

/* [+-]digits[.digits][e[+-]digits][%]: what a spreadsheet takes for a number. */
static bool is_number(const char *text, size_t len)
{
    size_t i = len > 0 && (text[0] == '+' || text[0] == '-');
    size_t start = i;

    i = skip_digits(text, len, i);
    if (i == start)
        return false;
    if (i < len && text[i] == '.') {
        start = ++i;
        i = skip_digits(text, len, i);
        if (i == start)
            return false;
    }
    if (i < len && (text[i] == 'e' || text[i] == 'E')) {
        i++;
        i += i < len && (text[i] == '+' || text[i] == '-');
        start = i;
        i = skip_digits(text, len, i);
        if (i == start)
            return false;
    }
    if (i < len && text[i] == '%')
        i++;
    return i == len;
}

static bool starts_with(const char *text, size_t len, const char *start)
{
    size_t n = strlen(start);

    return len >= n && memcmp(text, start, n) == 0;
}

/* East Asian editions of spreadsheets take the full-width signs alike. */
static bool is_formula(const char *text, size_t len)
{
    static const char *const sign[] = { "\uff1d", "\uff0b", "\uff0d", "\uff20" };

    if (len == 0)
        return false;
    if (memchr("=+-@\t\r", text[0], 6))
        return !is_number(text, len);
    for (size_t i = 0; text[0] == '\xef' && i < sizeof sign / sizeof *sign; i++)
        if (starts_with(text, len, sign[i]))
            return true;
    return false;
}

/* Beside what RFC 4180 asks: blanks at the ends, which some readers drop; a
 * semicolon or TAB, at which some spreadsheets split; a BOM, which a reader
 * would take off the first field. */
static bool needs_quotes(const char *text, size_t len)
{
    if (len == 0)
        return false;
    if (text[0] == ' ' || text[len - 1] == ' ' || starts_with(text, len, "\xef\xbb\xbf"))
        return true;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ';' && (c == ',' || c == '"' || c == ';' || c == '\n' || c == '\r' || c == '\t'))
            return true;
    }
    return false;
}

void tb_csv_put(struct tb_buf *out, const char *text)
{
    tb_csv_put_len(out, text, strlen(text));
}

void tb_csv_put_len(struct tb_buf *out, const char *text, size_t len)
{
    bool formula = is_formula(text, len), quotes = needs_quotes(text, len);

    if (!quotes && !formula) { /* nearly every field */
        if (tb_buf_reserve(out, len + 1) < 0)
            return;
        if (len > 0)
            memcpy(out->data + out->len, text, len);
        out->len += len + 1;
        out->data[out->len - 1] = ',';
        out->data[out->len] = '\0';
        return;
    }
    if (quotes)
        tb_buf_putc(out, '"');
    if (formula)
        tb_buf_putc(out, '\'');
    while (len > 0) {
        const char *quote = memchr(text, '"', len);
        size_t n = quote ? (size_t)(quote - text) + 1 : len;

        tb_buf_add(out, text, n);
        if (quote)
            tb_buf_putc(out, '"');
        text += n;
        len -= n;
    }
    if (quotes)
        tb_buf_putc(out, '"');
    tb_buf_putc(out, ',');
}

void tb_csv_put_int(struct tb_buf *out, int64_t number)
{
    char digits[24], *to = digits + sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    *--to = ',';
    do
        *--to = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        *--to = '-';
    tb_buf_add(out, to, (size_t)(digits + sizeof digits - to));
}

void tb_csv_end_row(struct tb_buf *out)
{
    bool ends = out->len > 0 && out->data[out->len - 1] == ',';

    if (!tb_buf_ok(out, NULL))
        return;
    if (!ends) {
        tb_buf_putc(out, '\n');
        return;
    }
    /* A row of one empty field would be a blank line, which is no row. */
    if (out->len == 1 || out->data[out->len - 2] == '\n') {
        out->len--;
        tb_buf_puts(out, "\"\"\n");
        return;
    }
    out->data[out->len - 1] = '\n';
}
