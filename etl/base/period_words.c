/* period_words.c - periods in Chinese and in English words. */
#include "base/period_scan.h"

#include <stddef.h>

/* --- Chinese --- */

/* 5月末: what stood at its end. */
static void take_end(struct tb_scan *s)
{
    static const char *const ends[] = { "末", "底", NULL };

    tb_scan_word(s, ends);
}

/* The far end of a span: 5月, or once more with its year, 2023年5月. */
static bool read_far_end(struct tb_scan *s, int year, int first, struct tb_period_read *out)
{
    int last;

    if (tb_scan_digits(s) == 4) {
        if (tb_scan_number(s->at, 4) != year)
            return false;
        s->at += 4;
        if (!tb_scan_take(s, "年"))
            return false;
    }
    if (!tb_scan_numeral(s, &last) || !tb_scan_take(s, "月"))
        return false;
    tb_scan_take(s, "份");
    take_end(s);
    return tb_period_set_span(out, TB_FREQ_MONTH, year, first, last);
}

/* Behind a month and its first day: 1-10日, 11日至20日, 21日—5月31日: a third of the
 * month, or all of it. */
static bool read_days(struct tb_scan *s, int year, int month, int first, struct tb_period_read *out)
{
    struct tb_scan after;
    int last, again;

    after = *s;
    if (tb_scan_numeral(&after, &again) && tb_scan_take(&after, "月")) {
        if (again != month)
            return false;
        *s = after;
    }
    if (!tb_scan_small(s, &last) || !tb_scan_take(s, "日") ||
        !tb_period_set(out, TB_FREQ_MONTH, year, month) || last > 31)
        return false;
    tb_day end = tb_day_from_civil(year, month, last);
    bool whole = end != TB_DAY_NONE && end == tb_period_last_day(out->period);
    if (first == 1 && whole)
        return true;
    int third = first == 1 && last == 10 ? 1 : first == 11 && last == 20 ? 2 : 3;
    return (third < 3 || (first == 21 && whole)) &&
           tb_period_set(out, TB_FREQ_DEKAD, year, (month - 1) * 3 + third);
}

/* After a month: 月, 月份, 月末, 月上旬, 月31日, 月1-10日, or a span. */
static bool read_months(struct tb_scan *s, int year, int month, struct tb_period_read *out)
{
    static const char *const thirds[] = { "上旬", "中旬", "下旬", NULL };
    int day;

    bool named = tb_scan_take(s, "月");
    if (tb_scan_dash(s))
        return read_far_end(s, year, month, out);
    if (!named || !tb_period_set(out, TB_FREQ_MONTH, year, month))
        return false;
    int third = tb_scan_word(s, thirds);
    if (third >= 0)
        return tb_period_set(out, TB_FREQ_DEKAD, year, (month - 1) * 3 + third + 1);
    if (tb_scan_small(s, &day)) {
        bool is_day = tb_scan_take(s, "日");
        if (tb_scan_dash(s))
            return read_days(s, year, month, day, out);
        return is_day && tb_period_set_day(out, year, month, day);
    }
    tb_scan_take(s, "份");
    take_end(s);
    return true;
}

/* 季度, 季, 季度末. */
static bool take_quarter(struct tb_scan *s)
{
    if (!tb_scan_take(s, "季度") && !tb_scan_take(s, "季"))
        return false;
    take_end(s);
    return true;
}

/* 第 was there: 5周, 五周, 二十一周. */
static bool take_week(struct tb_scan *s, int *week)
{
    static const char *const ones[] = {
        "一", "二", "三", "四", "五", "六", "七", "八", "九", NULL
    };
    struct tb_scan after = *s;

    if (!tb_scan_small(&after, week)) {
        int before = tb_scan_word(&after, ones) + 1;
        bool ten = tb_scan_take(&after, "十");
        int behind = ten ? tb_scan_word(&after, ones) + 1 : before;
        *week = ten ? (before ? before : 1) * 10 + behind : behind;
    }
    if (!tb_scan_take(&after, "周"))
        return false;
    *s = after;
    return true;
}

bool tb_period_numbered_zh(struct tb_scan *s, int year, struct tb_period_read *out)
{
    bool from_start = tb_scan_take(s, "前");
    bool ordinal = !from_start && tb_scan_take(s, "第");
    struct tb_scan after;
    int first, last;

    if (ordinal && take_week(s, &first))
        return tb_period_set(out, TB_FREQ_WEEK, year, first);
    if (!tb_scan_numeral(s, &first))
        return false;
    if (from_start) {
        bool counted = tb_scan_take(s, "个");
        if (counted && tb_scan_take(s, "月"))
            return tb_period_set_span(out, TB_FREQ_MONTH, year, 1, first);
        return take_quarter(s) && tb_period_set_span(out, TB_FREQ_QUARTER, year, 1, first);
    }
    if (take_quarter(s)) {
        if (!tb_scan_dash(s))
            return tb_period_set(out, TB_FREQ_QUARTER, year, first);
        tb_scan_take(s, "第");
        return tb_scan_numeral(s, &last) && take_quarter(s) &&
               tb_period_set_span(out, TB_FREQ_QUARTER, year, first, last);
    }
    after = *s;
    if (tb_scan_dash(&after) && tb_scan_numeral(&after, &last) && take_quarter(&after)) {
        *s = after;
        return tb_period_set_span(out, TB_FREQ_QUARTER, year, first, last);
    }
    return !ordinal && read_months(s, year, first, out);
}

/* --- English --- */

/* 2023 or, as spreadsheets cut it, 23 (69 and above: the last century). */
static bool read_year(struct tb_scan *s, int *year)
{
    size_t n = tb_scan_digits(s);

    if (n != 2 && n != 4)
        return false;
    *year = tb_scan_number(s->at, n);
    if (n == 2)
        *year += *year >= 69 ? 1900 : 2000;
    s->at += n;
    return true;
}

static bool take_month(struct tb_scan *s, int *month)
{
    /* Longer words first, so that "Jun" is not taken off "June". */
    static const char *const names[] = {
        "January", "February", "March",    "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "Jan",   "Feb", "Mar",  "Apr",  "May",    "Jun",
        "Jul",     "Aug",      "Sept",     "Oct",   "Nov", "Dec",  "Jan",  "Feb",    "Mar",
        "Apr",     "May",      "Jun",      "Jul",   "Aug", "Sep",  NULL,
    };
    int name = tb_scan_word(s, names);

    *month = name % 12 + 1;
    return name >= 0;
}

/* Between two months; the blanks around "to" are gone. */
static bool take_between(struct tb_scan *s, int *last)
{
    static const char *const betweens[] = { "-", "–", "—", "~", "/", ".-", "to", NULL };
    struct tb_scan after = *s;

    if (tb_scan_word(&after, betweens) < 0 || !take_month(&after, last))
        return false;
    *s = after;
    return true;
}

/* Q2, H1, week 5. */
static bool take_part(struct tb_scan *s, enum tb_freq *freq, int *n)
{
    static const char *const parts[] = { "Q", "H", "week", "wk", "W", NULL };
    int part = tb_scan_word(s, parts);

    *freq = part == 0 ? TB_FREQ_QUARTER : part == 1 ? TB_FREQ_HALF : TB_FREQ_WEEK;
    return part >= 0 && tb_scan_small(s, n);
}

bool tb_period_english(struct tb_scan *s, int year, struct tb_period_read *out)
{
    static const char *const separators[] = { "-", "/", ".", " ", ",", "of", NULL };
    enum tb_freq freq = TB_FREQ_MONTH;
    bool behind = year != 0;
    int first, last = 0;

    if (!take_month(s, &first)) {
        if (behind || !take_part(s, &freq, &first))
            return false;
    } else if (!take_between(s, &last)) {
        last = 0;
    }
    if (behind) {
        tb_scan_take(s, ".");
    } else {
        tb_scan_word(s, separators);
        if (!read_year(s, &year))
            return false;
    }
    return last ? tb_period_set_span(out, freq, year, first, last)
                : tb_period_set(out, freq, year, first);
}

bool tb_period_code(struct tb_scan *s, int year, struct tb_period_read *out)
{
    static const char *const codes[] = { "A", "S", "H", "Q", "M", "week", "wk", "W", NULL };
    static const enum tb_freq freqs[] = { TB_FREQ_ANNUAL,  TB_FREQ_HALF,  TB_FREQ_HALF,
                                          TB_FREQ_QUARTER, TB_FREQ_MONTH, TB_FREQ_WEEK,
                                          TB_FREQ_WEEK,    TB_FREQ_WEEK };
    int n;
    int code = tb_scan_word(s, codes);

    return code >= 0 && tb_scan_small(s, &n) && tb_period_set(out, freqs[code], year, n);
}
