/* readback.c - reads a finished text again and compares its numbers with the data. */
#include "disseminate/words/readback.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/template/template.h"
#include "disseminate/template/view.h"
#include "tongbao/error.h"

static const char ordinal_sign[] = "第";

static size_t numeral_length(const char *text, size_t len)
{
    static const char *const numerals[] = { "零", "一", "二", "三", "四", "五", "六",
                                            "七", "八", "九", "十", "百", "千" };
    const size_t size = sizeof "一" - 1; /* of each of them */
    size_t at = 0;

    for (bool found = true; found;) {
        found = false;
        for (size_t i = 0; i < sizeof numerals / sizeof *numerals && !found; i++)
            found = len - at >= size && memcmp(text + at, numerals[i], size) == 0;
        at += found ? size : 0;
    }
    return at;
}

/* 第十二 as a whole; 0 if there is none at text[0]. */
static size_t ordinal_length(const char *text, size_t len)
{
    size_t sign = sizeof ordinal_sign - 1, n;

    if (len < sign || memcmp(text, ordinal_sign, sign) != 0)
        return 0;
    n = numeral_length(text + sign, len - sign);
    return n > 0 ? sign + n : 0;
}

static bool digit_at(const char *text, size_t len, size_t at)
{
    return at < len && isdigit((unsigned char)text[at]);
}

/* A run of digits; a comma or point belongs to it when a digit follows. */
static size_t digits_length(const char *text, size_t len)
{
    size_t at = 0;
    bool point = false;

    while (digit_at(text, len, at) || (at > 0 && at < len && digit_at(text, len, at + 1) &&
                                       (text[at] == ',' || (text[at] == '.' && !point)))) {
        point |= text[at] == '.';
        at++;
    }
    return at;
}

/* The first number from *at on: appended to `number` without commas; *at behind it.
 * False when there is none. */
static bool next_number(const char *text, size_t len, size_t *at, struct tb_buf *number)
{
    tb_buf_clear(number);
    for (; *at < len; (*at)++) {
        size_t n = ordinal_length(text + *at, len - *at);
        if (n == 0)
            n = digits_length(text + *at, len - *at);
        if (n == 0)
            continue;
        for (size_t i = 0; i < n; i++)
            if (text[*at + i] != ',')
                tb_buf_putc(number, text[*at + i]);
        *at += n;
        return true;
    }
    return false;
}

void tb_readback_note(struct tb_readback *readback, const char *text, size_t len)
{
    struct tb_buf number = TB_BUF_INIT;
    size_t at = 0;

    if (!readback)
        return;
    while (next_number(text, len, &at, &number))
        tb_buf_printf(&readback->noted, "%s\n", tb_buf_text(&number));
    readback->noted.failed |= number.failed;
    tb_buf_release(&number);
}

/* Takes one line equal to `number` out of the list by blanking it. */
static bool take(char *list, const char *number)
{
    size_t len = strlen(number);

    for (char *line = list; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (strncmp(line, number, len) == 0 && line[len] == '\n') {
            memset(line, ' ', len);
            return true;
        }
    return false;
}

/* Where the reader stands. */
struct reading {
    const char *text;
    const char *shown;
    struct tb_error *err;
};

static int differs(const struct reading *r, size_t at, const char *number, const char *why)
{
    size_t line = 1;

    for (size_t i = 0; i < at; i++)
        line += r->text[i] == '\n';
    return tb_error_set(r->err, "%s:%zu: number '%s' %s", r->shown, line, number, why);
}

static bool in_heading(const struct reading *r, size_t at)
{
    while (at > 0 && r->text[at - 1] != '\n')
        at--;
    return r->text[at] == '#';
}

static int check_words(const struct reading *r, size_t from, size_t to)
{
    struct tb_buf number = TB_BUF_INIT;
    int rc = 0;

    for (size_t at = from; rc == 0 && next_number(r->text, to, &at, &number);)
        if (!in_heading(r, at - 1))
            rc = differs(r, at - 1, tb_buf_text(&number),
                         "stands in the template, expected numbers of the data only");
    tb_buf_release(&number);
    return rc;
}

/* The text without the backslashes of Markdown. */
static void unescape(const char *text, size_t len, struct tb_buf *out)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\\' && i + 1 < len && ispunct((unsigned char)text[i + 1]))
            i++;
        tb_buf_putc(out, text[i]);
    }
}

/* The numbers that the value may show: those noted for it, else its own. */
static void allowed(const struct tb_value *value, struct tb_buf *out)
{
    struct tb_readback own = { TB_BUF_INIT };

    if (value->numbers) {
        tb_buf_puts(out, value->numbers);
        return;
    }
    tb_readback_note(&own, value->text, strlen(value->text));
    tb_buf_puts(out, tb_buf_text(&own.noted));
    out->failed |= own.noted.failed;
    tb_buf_release(&own.noted);
}

static int check_value(const struct reading *r, const struct tb_span *span)
{
    struct tb_buf plain = TB_BUF_INIT, list = TB_BUF_INIT, number = TB_BUF_INIT;
    int rc = 0;

    unescape(r->text + span->start, span->end - span->start, &plain);
    allowed(span->value, &list);
    if (!tb_buf_ok(&plain, r->err) || !tb_buf_ok(&list, r->err))
        rc = -1;
    for (size_t at = 0; rc == 0 && next_number(tb_buf_text(&plain), plain.len, &at, &number);)
        if (!list.data || !take(list.data, tb_buf_text(&number)))
            rc = differs(r, span->start, tb_buf_text(&number), "is not one of the data's");
    tb_buf_release(&plain);
    tb_buf_release(&list);
    tb_buf_release(&number);
    return rc;
}

int tb_readback_check(const struct tb_buf *text, const struct tb_trace *trace, const char *shown,
                      struct tb_error *err)
{
    struct reading r = { tb_buf_text(text), shown, err };
    size_t at = 0;

    for (size_t i = 0; i < trace->n; i++) {
        const struct tb_span *span = &trace->span[i];
        if (check_words(&r, at, span->start) < 0)
            return -1;
        if (span->value->kind == TB_VALUE_TEXT && check_value(&r, span) < 0)
            return -1;
        at = span->end;
    }
    return check_words(&r, at, text->len);
}
