/* cell.c - the text of a number -> an exact decimal.
 *
 *     number = [money] "(" [money] amount ")" [behind] | [words] [money] [sign] [money] amount [behind]
 *     amount = digits in threes [ "." digits ] | "." digits
 *     money  = sign of a currency (cell_currency.c)
 *     behind = unit of measure or money, flag, footnote marks (cell_behind.c)
 *
 * after NFKC, so that full width forms are gone.  Plain numbers, which nearly
 * all are, never get that far.  Where the form says decimal comma, comma and
 * point change places.
 */
#include "collect/cell/cell.h"

#include <string.h>

#include "collect/cell/cell_parts.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { COMPACT_MAX = 48 };

static void bad(struct tb_cell *out, enum tb_reason reason)
{
    out->kind = TB_CELL_BAD;
    out->reason = reason;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Deals with cells that say nothing; else leaves in scratch the normalised
 * text, a NUL, and the folded text, and returns true. */
static bool prepare(const char *text, size_t len, const struct tb_profile *profile,
                    struct tb_buf *scratch, const char **normal, const char **folded,
                    struct tb_cell *out)
{
    *out = (struct tb_cell){ .kind = TB_CELL_EMPTY };
    tb_buf_clear(scratch);
    tb_text_normalise(text, len, scratch);
    if (scratch->len == 0)
        return false;
    size_t at = scratch->len + 1;
    tb_buf_putc(scratch, '\0');
    tb_text_fold(text, len, scratch);
    if (scratch->failed || scratch->len < at) {
        bad(out, TB_REASON_NUMBER_MALFORMED);
        return false;
    }
    *normal = scratch->data;
    *folded = scratch->data + at;
    int status = tb_missing_word(profile, *folded);
    if (status >= 0) {
        out->kind = TB_CELL_MISSING;
        out->status = (uint8_t)status;
    }
    return status < 0;
}

/* How many bytes of sign stand at text, and whether it is a minus. */
static size_t sign_at(const char *text, bool *negative)
{
    static const char *const minuses[] = { "-", "−", "–" };

    *negative = false;
    if (text[0] == '+')
        return 1;
    for (size_t i = 0; i < sizeof minuses / sizeof *minuses; i++) {
        if (strncmp(text, minuses[i], strlen(minuses[i])) == 0) {
            *negative = true;
            return strlen(minuses[i]);
        }
    }
    return 0;
}

/* Whether `c` may part groups of three digits where `point` parts decimals. */
static bool is_mark(char c, char point)
{
    return c == ' ' || c == '\'' || c == (point == '.' ? ',' : '.');
}

/* Digits with one kind of mark between groups of three, and a point: copied
 * without the marks, the point as a point.  Returns the bytes used; 0 with *reason
 * set.  No group of thousands begins with 0: 0,123 is a decimal comma. */
static size_t take_amount(const char *text, char decimal, char compact[COMPACT_MAX],
                          size_t *n_compact, enum tb_reason *reason)
{
    size_t i = 0, n = *n_compact, in_group = 0;
    char mark = '\0';
    bool point = false;

    *reason = TB_REASON_NUMBER_MARKS;
    if (text[0] == decimal && is_digit(text[1]))
        compact[n++] = '0';
    for (;; i++) {
        char c = text[i];
        if (is_digit(c)) {
            if (n + 1 >= COMPACT_MAX) {
                *reason = TB_REASON_NUMBER_TOO_LONG;
                return 0;
            }
            compact[n++] = c;
            in_group++;
        } else if (c == decimal) {
            if (point || (mark && in_group != 3) || !is_digit(text[i + 1]))
                return 0;
            compact[n++] = '.';
            point = true;
        } else if (is_mark(c, decimal) && is_digit(text[i + 1])) {
            bool first = mark == '\0';
            if (point || (!first && mark != c) || in_group > 3 || (!first && in_group != 3) ||
                (first && text[0] == '0'))
                return 0;
            mark = c;
            in_group = 0;
        } else {
            break;
        }
    }
    if ((mark && !point && in_group != 3) || text[i] == ',' || text[i] == '.')
        return 0;
    *n_compact = n;
    if (i == 0)
        *reason = TB_REASON_NUMBER_MALFORMED;
    return i;
}

/* A capital E alone may be what is left of an exponent that was cut. */
static bool is_exponent(const char *rest)
{
    if (rest[0] == 'E' && rest[1 + (rest[1] == '+' || rest[1] == '-')] == '\0')
        return true;
    if (rest[0] != 'e' && rest[0] != 'E')
        return false;
    rest += 1 + (rest[1] == '+' || rest[1] == '-');
    return is_digit(rest[0]) && rest[strspn(rest, "0123456789")] == '\0';
}

/* A number whose decimals are more than are kept, as programs print binary
 * fractions (98.3488995348837): half away from zero at the twelfth. */
static bool parse_rounded(const char *text, size_t len, struct tb_decimal *out)
{
    const char *point = memchr(text, '.', len);
    size_t kept = point ? (size_t)(point - text) + 1 + TB_DECIMAL_SCALE_MAX : len;

    if (kept >= len || !tb_decimal_parse(text, kept, out))
        return false;
    if (text[kept] < '5')
        return true;
    return !__builtin_add_overflow(out->units, text[0] == '-' ? -1 : 1, &out->units);
}

static bool is_period(const char *text)
{
    struct tb_period_read read;

    return tb_period_parse(text, strlen(text), &read);
}

/* What stands behind a number in 2023-05, 5/1, 5月1日, 00:30, 1-May. */
static bool goes_on_as_date(const char *rest)
{
    bool dash = rest[0] == '-' || rest[0] == '/';
    char month[] = "May-23";

    if (dash && strlen(rest) >= 4) /* a month's name of three letters reads with a year behind it */
        memcpy(month, rest + 1, 3);
    return ((dash || rest[0] == ':') && is_digit(rest[1])) ||
           (dash && strlen(rest) >= 4 && is_period(month)) ||
           strncmp(rest, "年", strlen("年")) == 0 || strncmp(rest, "月", strlen("月")) == 0;
}

/* 500-600, 1.5-2: digits on both sides of a dash, too many or with a point, as no date has. */
static bool is_span(const char *text, size_t used, const char *rest)
{
    size_t n = rest[0] == '-' ? strspn(rest + 1, "0123456789") : 0;
    bool date_before = (used <= 2 || used == 4) && strspn(text, "0123456789") == used;
    bool date_behind = n <= 2 || (n == 4 && used <= 2);

    return n > 0 && strspn(rest + 1, "0123456789.") == strlen(rest + 1) &&
           !(date_before && date_behind && rest[1 + n] == '\0');
}

/* What is no number: May-23, 2023.5.1 are dates that a spreadsheet made of it. */
static enum tb_reason why_no_number(const char *whole, enum tb_reason reason)
{
    bool dots = reason == TB_REASON_NUMBER_MARKS && strchr(whole, '.');

    return (!is_digit(whole[0]) || dots) && is_period(whole) ? TB_REASON_NUMBER_DATE : reason;
}

/* The amount and what is behind it; `text` starts behind the sign. */
static void read_amount(char *text, const char *whole, bool negative, bool bracket,
                        const struct tb_cell_rules *rules, struct tb_cell *out)
{
    char compact[COMPACT_MAX] = "-";
    size_t n = negative;
    enum tb_reason reason;
    size_t used = take_amount(text, rules->decimal_comma ? ',' : '.', compact, &n, &reason);

    if (used == 0 || n == (size_t)negative) {
        bad(out, why_no_number(whole, reason));
        return;
    }
    char *rest = text + used;
    if (bracket && *rest++ != ')') {
        bad(out, TB_REASON_NUMBER_MALFORMED);
        return;
    }
    while (*rest == ' ')
        rest++;
    if (is_exponent(rest))
        bad(out, TB_REASON_NUMBER_EXPONENT);
    else if (is_span(text, used, rest))
        bad(out, TB_REASON_NUMBER_INEXACT);
    else if (goes_on_as_date(rest))
        bad(out, TB_REASON_NUMBER_DATE);
    else if (!tb_cell_behind(rest, rules->profile, out))
        bad(out, out->reason);
    else if (!tb_cell_currency_behind(out))
        bad(out, TB_REASON_NUMBER_MALFORMED);
    /* 回升 and its like aside, points are a change of a rate, not the rate. */
    else if (out->directed && out->suffix && strstr(out->suffix, "百分点"))
        bad(out, TB_REASON_NUMBER_DIRECTION);
    else if (tb_decimal_parse(compact, n, &out->value))
        out->kind = TB_CELL_VALUE;
    else if ((out->rounded = parse_rounded(compact, n, &out->value)))
        out->kind = TB_CELL_VALUE;
    else
        bad(out, TB_REASON_NUMBER_TOO_LONG);
}

/* (5.3%) has its suffix inside: moves the bracket in front of it. */
static void open_suffix_in_bracket(char *text)
{
    size_t number = strspn(text, "0123456789., '");
    char *close = text + strlen(text) - 1;

    if (number > 0 && text + number < close && *close == ')' && !memchr(text, ')', (size_t)(close - text))) {
        memmove(text + number + 1, text + number, (size_t)(close - text) - number);
        text[number] = ')';
    }
}

/* #DIV/0!, #值!, ####, Err:502, and a formula that was left as text. */
static bool is_of_spreadsheet(const char *text)
{
    return text[0] == '#' || text[0] == '=' || (strncmp(text, "Err:", 4) == 0 && is_digit(text[4]));
}

void tb_cell_value(const char *text, size_t len, const struct tb_cell_rules *rules,
                   struct tb_buf *scratch, struct tb_cell *out)
{
    const char *normal, *folded;
    bool negative, down;

    if (len > 0 && !(rules->decimal_comma && memchr(text, '.', len)) &&
        tb_decimal_parse(text, len, &out->value)) {
        struct tb_decimal value = out->value;
        *out = (struct tb_cell){ .kind = TB_CELL_VALUE, .value = value };
        return;
    }
    if (!prepare(text, len, rules->profile, scratch, &normal, &folded, out))
        return;
    char *at = scratch->data;
    if (is_of_spreadsheet(at)) {
        bad(out, TB_REASON_NUMBER_SPREADSHEET);
        return;
    }
    at = tb_cell_take_currency(at, out);
    if (at[0] == '(') {
        at = tb_cell_take_currency(at + 1, out);
        open_suffix_in_bracket(at);
        read_amount(at, normal, true, true, rules, out);
        return;
    }
    if (!(at = tb_cell_before(at, &down, out)))
        return;
    at = tb_cell_take_currency(at, out);
    at += sign_at(at, &negative);
    while (*at == ' ')
        at++;
    at = tb_cell_take_currency(at, out);
    while (*at == ' ')
        at++;
    read_amount(at, normal, negative || down, false, rules, out);
}

void tb_cell_number(const char *text, size_t len, const struct tb_profile *profile,
                    struct tb_buf *scratch, struct tb_cell *out)
{
    const struct tb_cell_rules rules = { .profile = profile };

    tb_cell_value(text, len, &rules, scratch, out);
}
