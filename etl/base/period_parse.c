/* period_parse.c - the ways in which people and programs write a period.
 *
 *     period  = [截至] (english | squeezed)
 *     english = (month-name [- month-name] | Q n | H n | W n) [-] year
 *     squeezed= YYYYMM [- YYYYMM] | YYYYMMDD | YYYY [年] tail | YY年 tail | n (Q|H) year
 *     tail    = "" | 度 | 全年 | 上半年 | 下半年 | [第] quarters | 第n周 | months | month-name
 *             | [-] (Q n | S n | H n | M nn | W nn | A1) | sep MM | sep MM sep DD [/P n (D|M)]
 *             | sep 1 dash n [月] | sep 1 dash YYYY sep n
 *
 * Blanks mean nothing, unless they part two numbers, and are dropped first.  A year may be written
 * 二〇二三.  A day is accepted where it can only stand for its month: the first (what a month
 * becomes in a spreadsheet) or the last.  What could be read in two ways is refused: a wrong period
 * is worse than a rejected line.  One trap stays open: a spreadsheet that takes 2023.10 for a
 * number writes 2023.1, and that reads as January.
 */
#include "tongbao/period.h"

#include <string.h>

#include "base/period_scan.h"

enum { TEXT_MAX = 64 }; /* no period is longer */

/* After "/": P10D of a ten-day period, P2M of two months, P6M of a span from January. */
static bool read_duration(struct tb_scan *s, int year, int month, int day,
                          struct tb_period_read *out)
{
    int n;

    if (!tb_scan_take(s, "P") || !tb_scan_small(s, &n))
        return false;
    if (tb_scan_take(s, "M"))
        return day == 1 &&
               (n == 1 ? tb_period_set(out, TB_FREQ_MONTH, year, month)
                       : (month == 1 || n == 2) &&
                             tb_period_set_span(out, TB_FREQ_MONTH, year, month, month + n - 1));
    if (!tb_scan_take(s, "D") || month < 1 || month > 12 || (day != 1 && day != 11 && day != 21) ||
        !tb_period_set(out, TB_FREQ_DEKAD, year, (month - 1) * 3 + day / 10 + 1))
        return false;
    /* Some senders write ten for the third of a long month, too. */
    return n == 10 || n == tb_period_last_day(out->period) - tb_period_first_day(out->period) + 1;
}

/* From the month on: 2023-|05, 2023/|5/1, 2023-|05-11/P10D, 2023.|1-5, 2023.|1-2023.5. */
static bool read_separated(struct tb_scan *s, int year, char separator, struct tb_period_read *out)
{
    const char again[] = { separator, '\0' };
    int month, other;

    if (!tb_scan_small(s, &month))
        return false;
    if (tb_scan_at_end(s))
        return tb_period_set(out, TB_FREQ_MONTH, year, month);
    struct tb_scan before = *s;
    if (tb_scan_take(s, again) && tb_scan_digits(s) < 4) {
        if (!tb_scan_small(s, &other))
            return false;
        return tb_scan_take(s, "/") ? read_duration(s, year, month, other, out)
                                    : tb_period_set_day(out, year, month, other);
    }
    *s = before;
    if (!tb_scan_dash(s))
        return false;
    if (tb_scan_digits(s) == 4) {
        if (tb_scan_number(s->at, 4) != year)
            return false;
        s->at += 4;
        if (!tb_scan_take(s, again))
            return false;
    }
    if (!tb_scan_small(s, &other))
        return false;
    tb_scan_take(s, "月");
    return tb_period_set_span(out, TB_FREQ_MONTH, year, month, other);
}

/* 上半年, 下半年末. */
static bool take_half(struct tb_scan *s, int *half)
{
    static const char *const halves[] = { "上半年", "下半年", NULL };

    *half = tb_scan_word(s, halves) + 1;
    return *half > 0 && (tb_scan_take(s, "末") || true);
}

/* What stands behind a year and a word for it, or alone where the year is known. */
static bool read_within(struct tb_scan *s, int year, struct tb_period_read *out)
{
    struct tb_scan before = *s;
    int half;

    if (take_half(s, &half))
        return tb_period_set(out, TB_FREQ_HALF, year, half);
    if (tb_period_code(s, year, out))
        return true;
    *s = before;
    if (tb_period_english(s, year, out))
        return true;
    *s = before;
    return tb_period_numbered_zh(s, year, out);
}

/* Everything that may follow a year of four digits. */
static bool read_tail(struct tb_scan *s, int year, struct tb_period_read *out)
{
    static const char *const whole[] = { "年度", "年全年", "全年", "年末", "年底", "年", NULL };
    static const char *const separators[] = { "-", "/", ".", NULL };

    bool has_year_word = tb_scan_word(s, whole) >= 0;
    if (tb_scan_at_end(s))
        return tb_period_set(out, TB_FREQ_ANNUAL, year, 1);
    int separator = has_year_word ? -1 : tb_scan_word(s, separators);
    if (separator >= 0 && tb_scan_digit(s, 0))
        return read_separated(s, year, separators[separator][0], out);
    if (separator < 0)
        return read_within(s, year, out);
    struct tb_scan before = *s;
    if (tb_period_code(s, year, out))
        return true;
    *s = before;
    return tb_period_english(s, year, out);
}

/* 202301-202305. */
static bool read_months_of_six(struct tb_scan *s, const char *digits, struct tb_period_read *out)
{
    int year = tb_scan_number(digits, 4), month = tb_scan_number(digits + 4, 2);

    if (tb_scan_at_end(s) || !tb_scan_dash(s))
        return tb_period_set(out, TB_FREQ_MONTH, year, month);
    if (tb_scan_digits(s) != 6 || tb_scan_number(s->at, 4) != year)
        return false;
    int last = tb_scan_number(s->at + 4, 2);
    s->at += 6;
    return tb_period_set_span(out, TB_FREQ_MONTH, year, month, last);
}

/* 23年5月, which needs more than the year; 1Q23, 2H 2023. */
static bool read_short(struct tb_scan *s, const char *digits, size_t n, struct tb_period_read *out)
{
    int number = tb_scan_number(digits, n);

    if (n == 2)
        return tb_scan_take(s, "年") && !tb_scan_at_end(s) && read_within(s, 2000 + number, out);
    char part[2] = { s->at < s->end ? *s->at : '\0', *digits };
    struct tb_scan head = { part, part + 2 };
    struct tb_period_read named;
    if (!tb_period_code(&head, 2000, &named) ||
        (named.period.freq != TB_FREQ_QUARTER && named.period.freq != TB_FREQ_HALF))
        return false;
    s->at++;
    size_t digits_of_year = tb_scan_digits(s);
    if (digits_of_year != 2 && digits_of_year != 4)
        return false;
    int year = tb_scan_number(s->at, digits_of_year) + (digits_of_year == 2 ? 2000 : 0);
    s->at += digits_of_year;
    return tb_period_set(out, named.period.freq, year, number);
}

/* 2023…, 202305, 20230501. */
static bool read_numeric(struct tb_scan *s, struct tb_period_read *out)
{
    const char *digits = s->at;
    size_t n = tb_scan_digits(s);

    s->at += n;
    switch (n) {
    case 1:
    case 2:
        return read_short(s, digits, n, out);
    case 4:
        return read_tail(s, tb_scan_number(digits, 4), out);
    case 6:
        return read_months_of_six(s, digits, out);
    case 8:
        return tb_period_set_day(out, tb_scan_number(digits, 4), tb_scan_number(digits + 4, 2),
                                 tb_scan_number(digits + 6, 2));
    default:
        return false;
    }
}

/* --- before it is read --- */

/* Midnight, which spreadsheets and databases add to a date, says nothing. */
static size_t without_midnight(const char *text, size_t len)
{
    static const char *const midnights[] = { " 00:00:00", "T00:00:00", " 0:00:00", " 00:00",
                                             " 0:00" };

    for (size_t i = 0; i < sizeof midnights / sizeof *midnights; i++) {
        size_t n = strlen(midnights[i]);
        if (len > n && memcmp(text + len - n, midnights[i], n) == 0)
            return len - n;
    }
    return len;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Copies without blanks; one between two digits stays, or 1 1 would be eleven. */
static size_t squeeze(const char *text, size_t len, char squeezed[TEXT_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        bool parts_digits = i > 0 && i + 1 < len && is_digit(text[i - 1]) && is_digit(text[i + 1]);
        if (text[i] != ' ' || parts_digits)
            squeezed[n++] = text[i];
    }
    return n;
}

/* 二〇二三年 -> 2023年, in place; the length then. */
static size_t year_in_digits(char *text, size_t len)
{
    static const char *const numerals[] = { "〇", "一", "二", "三", "四", "五", "六",
                                            "七", "八", "九", "零", "○",  NULL };
    struct tb_scan s = { text, text + len };
    char digits[4];

    for (size_t i = 0; i < sizeof digits; i++) {
        int numeral = tb_scan_word(&s, numerals);
        if (numeral < 0)
            return len;
        digits[i] = (char)('0' + (numeral < 10 ? numeral : 0));
    }
    size_t rest = (size_t)(s.end - s.at);
    if (!tb_scan_take(&s, "年"))
        return len;
    memcpy(text, digits, sizeof digits);
    memmove(text + sizeof digits, text + len - rest, rest);
    return sizeof digits + rest;
}

/* 截至: up to and with the end of the period. */
static bool take_until(struct tb_scan *s)
{
    static const char *const words[] = { "截至", "截止到", "截止", "至", NULL };

    return tb_scan_word(s, words) >= 0;
}

typedef bool read_fn(struct tb_scan *s, int year, struct tb_period_read *out);

static bool read_prepared(const char *text, size_t len, read_fn *read, int year,
                          struct tb_period_read *out)
{
    char squeezed[TEXT_MAX];
    struct tb_period_read got;

    if (len > TEXT_MAX)
        return false;
    len = squeeze(text, without_midnight(text, len), squeezed);
    struct tb_scan s = { squeezed, squeezed + len };
    bool until = take_until(&s);
    char *rest = squeezed + (s.at - squeezed);
    s.end = rest + year_in_digits(rest, (size_t)(s.end - s.at));
    if (!read(&s, year, &got) || !tb_scan_at_end(&s) || (until && got.cumulative))
        return false;
    *out = got;
    out->until = until;
    return true;
}

static bool read_whole(struct tb_scan *s, int year, struct tb_period_read *out)
{
    (void)year;
    return tb_scan_digit(s, 0) ? read_numeric(s, out) : tb_period_english(s, 0, out);
}

bool tb_period_parse(const char *text, size_t len, struct tb_period_read *out)
{
    return read_prepared(text, len, read_whole, 0, out);
}

static bool read_of_year(struct tb_scan *s, int year, struct tb_period_read *out)
{
    static const char *const whole[] = { "全年", "年度", "年末", "年底", NULL };

    if (tb_scan_word(s, whole) >= 0)
        return tb_period_set(out, TB_FREQ_ANNUAL, year, 1);
    return read_within(s, year, out);
}

bool tb_period_parse_of_year(const char *text, size_t len, int year, struct tb_period_read *out)
{
    /* 5月31日 without a year is what a spreadsheet makes of 5.31. */
    return (len < 3 || memcmp(text + len - 3, "日", 3) != 0) &&
           read_prepared(text, len, read_of_year, year, out);
}
