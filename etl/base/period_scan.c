/* period_scan.c - taking words and numbers off a text that may be a period. */
#include "base/period_scan.h"

#include <string.h>
#include <strings.h>

#include "tongbao/date.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 };

bool tb_scan_at_end(const struct tb_scan *s)
{
    return s->at == s->end;
}

bool tb_scan_take(struct tb_scan *s, const char *text)
{
    size_t n = strlen(text);

    if ((size_t)(s->end - s->at) < n || strncasecmp(s->at, text, n) != 0)
        return false;
    s->at += n;
    return true;
}

int tb_scan_word(struct tb_scan *s, const char *const words[])
{
    for (int i = 0; words[i]; i++) {
        if (tb_scan_take(s, words[i]))
            return i;
    }
    return -1;
}

bool tb_scan_digit(const struct tb_scan *s, size_t ahead)
{
    return (size_t)(s->end - s->at) > ahead && s->at[ahead] >= '0' && s->at[ahead] <= '9';
}

size_t tb_scan_digits(const struct tb_scan *s)
{
    size_t n = 0;

    while (tb_scan_digit(s, n))
        n++;
    return n;
}

int tb_scan_number(const char *digits, size_t n)
{
    int value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

bool tb_scan_small(struct tb_scan *s, int *value)
{
    size_t n = tb_scan_digits(s);

    if (n < 1 || n > 2)
        return false;
    *value = tb_scan_number(s->at, n);
    s->at += n;
    return true;
}

bool tb_scan_numeral(struct tb_scan *s, int *value)
{
    /* Twelve before ten: the longer word first. */
    static const char *const words[] = { "十二", "十一", "十", "九", "八", "七", "六",
                                         "五",   "四",   "三", "二", "一", NULL };

    if (tb_scan_small(s, value))
        return true;
    int place = tb_scan_word(s, words);
    *value = 12 - place;
    return place >= 0;
}

bool tb_scan_dash(struct tb_scan *s)
{
    static const char *const dashes[] = { "-", "~", "–", "—", "−", "至", "到", NULL };

    return tb_scan_word(s, dashes) >= 0;
}

/* --- what was meant --- */

static bool year_valid(int year)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST;
}

bool tb_period_set(struct tb_period_read *out, enum tb_freq freq, int year, int n)
{
    int per_year = tb_periods_per_year(freq);

    if (year_valid(year) && freq == TB_FREQ_WEEK) {
        *out = (struct tb_period_read){ .period = { freq, 0 } };
        return tb_period_week(year, n, &out->period);
    }
    if (!year_valid(year) || n < 1 || n > per_year)
        return false;
    *out = (struct tb_period_read){ .period = { freq, year * per_year + n - 1 } };
    return true;
}

bool tb_period_set_span(struct tb_period_read *out, enum tb_freq freq, int year, int first,
                        int last)
{
    bool months = freq == TB_FREQ_MONTH;

    if (first == 1) {
        if (!tb_period_set(out, freq, year, last))
            return false;
        out->cumulative = true;
        out->joint = months && last == 2;
        return true;
    }
    /* 4-6月 is the second quarter, 7-12月 the second half, 3-4月 the second two months. */
    if (months && last % 2 == 0 && first == last - 1)
        return tb_period_set(out, TB_FREQ_TWO_MONTHS, year, last / 2);
    if (months && last % 3 == 0 && first == last - 2)
        return tb_period_set(out, TB_FREQ_QUARTER, year, last / 3);
    return first == (months ? 7 : 3) && last == (months ? 12 : 4) &&
           tb_period_set(out, TB_FREQ_HALF, year, 2);
}

bool tb_period_set_day(struct tb_period_read *out, int year, int month, int day)
{
    if (!tb_period_set(out, TB_FREQ_MONTH, year, month))
        return false;
    tb_day given = tb_day_from_civil(year, month, day);
    return given != TB_DAY_NONE && (day == 1 || given == tb_period_last_day(out->period));
}
