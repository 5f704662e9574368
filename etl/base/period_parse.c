/* period_parse.c - the ways in which people and programs write a period.
 *
 *     period  = english | squeezed
 *     english = (month-name | Q n | H n) [-] year
 *     squeezed= YYYYMM | YYYYMMDD | YYYY [年] tail
 *     tail    = "" | 度 | 全年 | 上半年 | 下半年 | [第] quarters | months
 *             | [-] (Q n | S n | H n | M nn | A1) | sep MM | sep MM sep DD [/P n (D|M)]
 *             | sep 1 dash n [月]
 *
 * Blanks mean nothing, unless they part two numbers, and are dropped first.  A day is accepted
 * where it can only stand for its month: the first (what a month becomes in a spreadsheet) or the
 * last.  What could be read in two ways is refused: a wrong period is worse than a rejected line.
 * One trap stays open: a spreadsheet that takes 2023.10 for a number writes 2023.1, and that reads
 * as January.
 */
#include "tongbao/period.h"

#include <string.h>
#include <strings.h>

enum {
    TEXT_MAX = 64, /* no period is longer */
    YEAR_FIRST = 1900,
    YEAR_LAST = 2199,
};

struct scan {
    const char *at;
    const char *end;
};

static bool at_end(const struct scan *s)
{
    return s->at == s->end;
}

static bool take(struct scan *s, const char *text)
{
    size_t n = strlen(text);

    if ((size_t)(s->end - s->at) < n || strncasecmp(s->at, text, n) != 0)
        return false;
    s->at += n;
    return true;
}

/* Takes the first that fits of `words`, which ends with NULL: its place, or -1. */
static int take_word(struct scan *s, const char *const words[])
{
    for (int i = 0; words[i]; i++) {
        if (take(s, words[i]))
            return i;
    }
    return -1;
}

static bool digit_at(const struct scan *s, size_t ahead)
{
    return (size_t)(s->end - s->at) > ahead && s->at[ahead] >= '0' && s->at[ahead] <= '9';
}

static size_t digits_ahead(const struct scan *s)
{
    size_t n = 0;

    while (digit_at(s, n))
        n++;
    return n;
}

static int number(const char *digits, size_t n)
{
    int value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* One or two digits; neither a longer run nor none. */
static bool take_small(struct scan *s, int *value)
{
    size_t n = digits_ahead(s);

    if (n < 1 || n > 2)
        return false;
    *value = number(s->at, n);
    s->at += n;
    return true;
}

/* 5, 05 or 五, up to 12. */
static bool take_numeral(struct scan *s, int *value)
{
    /* Twelve before ten: the longer word first. */
    static const char *const words[] = { "十二", "十一", "十", "九", "八", "七", "六",
                                         "五",   "四",   "三", "二", "一", NULL };

    if (take_small(s, value))
        return true;
    int place = take_word(s, words);
    *value = 12 - place;
    return place >= 0;
}

/* What stands between the ends of a span, apart from '-'. */
static bool take_dash(struct scan *s)
{
    static const char *const dashes[] = { "-", "~", "–", "—", "−", "至", "到", NULL };

    return take_word(s, dashes) >= 0;
}

static bool year_valid(int year)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST;
}

/* The n-th (from 1) period of a year. */
static bool set(struct tb_period_read *out, enum tb_freq freq, int year, int n)
{
    int per_year = tb_periods_per_year(freq);

    if (!year_valid(year) || n < 1 || n > per_year)
        return false;
    *out = (struct tb_period_read){ .period = { freq, year * per_year + n - 1 } };
    return true;
}

/* The span from the start of the year to the n-th month or quarter. */
static bool set_span(struct tb_period_read *out, enum tb_freq freq, int year, int first, int n)
{
    if (first != 1 || !set(out, freq, year, n))
        return false;
    out->cumulative = true;
    out->joint = freq == TB_FREQ_MONTH && n == 2;
    return true;
}

/* A day that stands for its month. */
static bool set_month_of_day(struct tb_period_read *out, int year, int month, int day)
{
    if (!set(out, TB_FREQ_MONTH, year, month))
        return false;
    tb_day given = tb_day_from_civil(year, month, day);
    return given != TB_DAY_NONE && (day == 1 || given == tb_period_last_day(out->period));
}

/* After "/": P10D of a ten-day period, or P6M of a span from January. */
static bool read_duration(struct scan *s, int year, int month, int day, struct tb_period_read *out)
{
    int n;

    if (!take(s, "P") || !take_small(s, &n))
        return false;
    if (take(s, "M"))
        return day == 1 && (n == 1 ? set(out, TB_FREQ_MONTH, year, month)
                                   : set_span(out, TB_FREQ_MONTH, year, month, n));
    if (!take(s, "D") || month < 1 || month > 12 || (day != 1 && day != 11 && day != 21) ||
        !set(out, TB_FREQ_DEKAD, year, (month - 1) * 3 + day / 10 + 1))
        return false;
    /* Some senders write ten for the third of a long month, too. */
    return n == 10 || n == tb_period_last_day(out->period) - tb_period_first_day(out->period) + 1;
}

/* From the month on: 2023-|05, 2023/|5/1, 2023-|05-11/P10D, 2023.|1-5. */
static bool read_separated(struct scan *s, int year, char separator, struct tb_period_read *out)
{
    const char again[] = { separator, '\0' };
    int month, other;

    if (!take_small(s, &month))
        return false;
    if (at_end(s))
        return set(out, TB_FREQ_MONTH, year, month);
    if (take(s, again)) {
        if (!take_small(s, &other))
            return false;
        return take(s, "/") ? read_duration(s, year, month, other, out)
                            : set_month_of_day(out, year, month, other);
    }
    if (!take_dash(s) || !take_small(s, &other))
        return false;
    take(s, "月");
    return set_span(out, TB_FREQ_MONTH, year, month, other);
}

/* After a month in Chinese: 月, 月份, 月上旬, or a span from January. */
static bool read_months_zh(struct scan *s, int year, int month, struct tb_period_read *out)
{
    static const char *const thirds[] = { "上旬", "中旬", "下旬", NULL };
    int last;

    bool named = take(s, "月");
    if (take_dash(s)) {
        if (!take_numeral(s, &last) || !take(s, "月"))
            return false;
        take(s, "份");
        return set_span(out, TB_FREQ_MONTH, year, month, last);
    }
    if (!named || !set(out, TB_FREQ_MONTH, year, month))
        return false;
    int third = take_word(s, thirds);
    if (third >= 0)
        return set(out, TB_FREQ_DEKAD, year, (month - 1) * 3 + third + 1);
    take(s, "份");
    return true;
}

/* 二季度, 第2季度, 1-3季度, 前三季度; 前5个月. */
static bool read_numbered_zh(struct scan *s, int year, struct tb_period_read *out)
{
    bool from_start = take(s, "前");
    bool ordinal = !from_start && take(s, "第");
    struct scan after;
    int first, last;

    if (!take_numeral(s, &first))
        return false;
    if (from_start)
        return take(s, "季度") || take(s, "个季度")
                   ? set_span(out, TB_FREQ_QUARTER, year, 1, first)
                   : take(s, "个月") && set_span(out, TB_FREQ_MONTH, year, 1, first);
    if (take(s, "季度"))
        return set(out, TB_FREQ_QUARTER, year, first);
    after = *s;
    if (take_dash(&after) && take_numeral(&after, &last) && take(&after, "季度")) {
        *s = after;
        return set_span(out, TB_FREQ_QUARTER, year, first, last);
    }
    return !ordinal && read_months_zh(s, year, first, out);
}

/* The codes of SDMX and its neighbours: Q2, S1 or H1, M05, A1. */
static bool read_code(struct scan *s, int year, struct tb_period_read *out)
{
    static const char *const codes[] = { "A", "S", "H", "Q", "M", NULL };
    static const enum tb_freq freqs[] = { TB_FREQ_ANNUAL, TB_FREQ_HALF, TB_FREQ_HALF,
                                          TB_FREQ_QUARTER, TB_FREQ_MONTH };
    int n;
    int code = take_word(s, codes);

    return code >= 0 && take_small(s, &n) && set(out, freqs[code], year, n);
}

/* Everything that may follow a year of four digits. */
static bool read_tail(struct scan *s, int year, struct tb_period_read *out)
{
    static const char *const whole[] = { "年度", "年全年", "全年", "年", NULL };
    static const char *const halves[] = { "上半年", "下半年", NULL };
    static const char *const separators[] = { "-", "/", ".", NULL };

    bool has_year_word = take_word(s, whole) >= 0;
    if (at_end(s))
        return set(out, TB_FREQ_ANNUAL, year, 1);
    int half = take_word(s, halves);
    if (half >= 0)
        return set(out, TB_FREQ_HALF, year, half + 1);
    int separator = has_year_word ? -1 : take_word(s, separators);
    if (separator >= 0 && digit_at(s, 0))
        return read_separated(s, year, separators[separator][0], out);
    struct scan before = *s;
    if (read_code(s, year, out))
        return true;
    *s = before;
    return separator < 0 && read_numbered_zh(s, year, out);
}

/* 2023 or, as spreadsheets cut it, 23 (69 and above: the last century). */
static bool read_year(struct scan *s, int *year)
{
    size_t n = digits_ahead(s);

    if (n != 2 && n != 4)
        return false;
    *year = number(s->at, n);
    if (n == 2)
        *year += *year >= 69 ? 1900 : 2000;
    s->at += n;
    return true;
}

/* May-23, May 2023, Sept. 2023, Q2 2023, H1-2023. */
static bool read_english(struct scan *s, struct tb_period_read *out)
{
    /* Longer words first, so that "Jun" is not taken off "June". */
    static const char *const names[] = {
        "January", "February", "March",    "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "Jan",   "Feb", "Mar",  "Apr",  "May",    "Jun",
        "Jul",     "Aug",      "Sept",     "Oct",   "Nov", "Dec",  "Jan",  "Feb",    "Mar",
        "Apr",     "May",      "Jun",      "Jul",   "Aug", "Sep",  NULL,
    };
    static const char *const separators[] = { "-", "/", ".", " ", NULL };
    enum tb_freq freq = TB_FREQ_MONTH;
    int n, year;

    if (take(s, "Q") || take(s, "H")) {
        freq = s->at[-1] == 'Q' || s->at[-1] == 'q' ? TB_FREQ_QUARTER : TB_FREQ_HALF;
        if (!take_small(s, &n))
            return false;
    } else {
        int name = take_word(s, names);
        if (name < 0)
            return false;
        n = name % 12 + 1;
    }
    take_word(s, separators);
    return read_year(s, &year) && set(out, freq, year, n);
}

/* 2023…, 202305, 20230501. */
static bool read_numeric(struct scan *s, struct tb_period_read *out)
{
    const char *digits = s->at;
    size_t n = digits_ahead(s);

    s->at += n;
    switch (n) {
    case 4:
        return read_tail(s, number(digits, 4), out);
    case 6:
        return set(out, TB_FREQ_MONTH, number(digits, 4), number(digits + 4, 2));
    case 8:
        return set_month_of_day(out, number(digits, 4), number(digits + 4, 2),
                                number(digits + 6, 2));
    default:
        return false;
    }
}

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

bool tb_period_parse(const char *text, size_t len, struct tb_period_read *out)
{
    char squeezed[TEXT_MAX];
    struct tb_period_read got;

    if (len > TEXT_MAX)
        return false;
    len = squeeze(text, without_midnight(text, len), squeezed);
    struct scan s = { squeezed, squeezed + len };
    bool read = digit_at(&s, 0) ? read_numeric(&s, &got) : read_english(&s, &got);
    if (!read || !at_end(&s))
        return false;
    *out = got;
    return true;
}
