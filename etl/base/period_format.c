/* period_format.c - how periods are written, for programs and for people. */
#include <assert.h>
#include <stdio.h>

#include "base/period_parts.h"

enum { PERIOD_WORDS = 48 }; /* size of the texts for people */

/* "2023-06", which tables write by the million; false for years of other lengths. */
static bool format_month(const struct tb_period_parts *parts, char text[TB_PERIOD_TEXT])
{
    if (parts->year < 1000 || parts->year > 9999)
        return false;
    for (int i = 3, left = parts->year; i >= 0; i--, left /= 10)
        text[i] = (char)('0' + left % 10);
    text[4] = '-';
    text[5] = (char)('0' + parts->month / 10);
    text[6] = (char)('0' + parts->month % 10);
    text[7] = '\0';
    return true;
}

size_t tb_period_format(struct tb_period period, char text[TB_PERIOD_TEXT])
{
    struct tb_period_parts parts = tb_period_take_apart(period);
    int n = 0;

    if (period.freq == TB_FREQ_MONTH && format_month(&parts, text))
        return 7;
    switch (period.freq) {
    case TB_FREQ_ANNUAL:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d", parts.year);
        break;
    case TB_FREQ_HALF:
    case TB_FREQ_QUARTER:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-%s%d", parts.year, tb_freq_code(period.freq),
                     parts.place + 1);
        break;
    case TB_FREQ_MONTH:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-%02d", parts.year, parts.month);
        break;
    case TB_FREQ_WEEK:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-W%02d", parts.year, parts.place + 1);
        break;
    case TB_FREQ_TWO_MONTHS:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-%02d-01/P2M", parts.year, parts.month);
        break;
    case TB_FREQ_DEKAD:
    case TB_N_FREQS:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-%02d-%02d/P%dD", parts.year, parts.month,
                     1 + 10 * parts.third,
                     (int)(tb_period_last_day(period) - tb_period_first_day(period) + 1));
        break;
    }
    assert(n > 0 && n < TB_PERIOD_TEXT);
    return (size_t)n;
}

size_t tb_period_format_zh(struct tb_period period, char text[PERIOD_WORDS])
{
    static const char *const halves[] = { "上半年", "下半年" };
    static const char *const quarters[] = { "一季度", "二季度", "三季度", "四季度" };
    static const char *const thirds[] = { "上旬", "中旬", "下旬" };
    struct tb_period_parts parts = tb_period_take_apart(period);
    int n = 0;

    switch (period.freq) {
    case TB_FREQ_ANNUAL:
        n = snprintf(text, PERIOD_WORDS, "%d年", parts.year);
        break;
    case TB_FREQ_HALF:
        n = snprintf(text, PERIOD_WORDS, "%d年%s", parts.year, halves[parts.place]);
        break;
    case TB_FREQ_QUARTER:
        n = snprintf(text, PERIOD_WORDS, "%d年%s", parts.year, quarters[parts.place]);
        break;
    case TB_FREQ_MONTH:
        n = snprintf(text, PERIOD_WORDS, "%d年%d月", parts.year, parts.month);
        break;
    case TB_FREQ_WEEK:
        n = snprintf(text, PERIOD_WORDS, "%d年第%d周", parts.year, parts.place + 1);
        break;
    case TB_FREQ_TWO_MONTHS:
        n = snprintf(text, PERIOD_WORDS, "%d年%d-%d月", parts.year, parts.month, parts.month + 1);
        break;
    case TB_FREQ_DEKAD:
    case TB_N_FREQS:
        n = snprintf(text, PERIOD_WORDS, "%d年%d月%s", parts.year, parts.month,
                     thirds[parts.third]);
        break;
    }
    return (size_t)n;
}

size_t tb_period_format_en(struct tb_period period, char text[PERIOD_WORDS])
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    struct tb_period_parts parts = tb_period_take_apart(period);
    const char *month = months[parts.month - 1];
    int n = 0;

    switch (period.freq) {
    case TB_FREQ_ANNUAL:
        n = snprintf(text, PERIOD_WORDS, "%d", parts.year);
        break;
    case TB_FREQ_HALF:
        n = snprintf(text, PERIOD_WORDS, "H%d %d", parts.place + 1, parts.year);
        break;
    case TB_FREQ_QUARTER:
        n = snprintf(text, PERIOD_WORDS, "Q%d %d", parts.place + 1, parts.year);
        break;
    case TB_FREQ_MONTH:
        n = snprintf(text, PERIOD_WORDS, "%s %d", month, parts.year);
        break;
    case TB_FREQ_WEEK:
        n = snprintf(text, PERIOD_WORDS, "week %d of %d", parts.place + 1, parts.year);
        break;
    case TB_FREQ_TWO_MONTHS:
        n = snprintf(text, PERIOD_WORDS, "%s-%s %d", month, months[parts.month], parts.year);
        break;
    case TB_FREQ_DEKAD:
    case TB_N_FREQS: {
        int first = 1 + 10 * parts.third;
        int days = (int)(tb_period_last_day(period) - tb_period_first_day(period));
        n = snprintf(text, PERIOD_WORDS, "%d-%d %s %d", first, first + days, month, parts.year);
        break;
    }
    }
    return (size_t)n;
}
