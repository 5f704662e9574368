/* period.c - arithmetic on periods, and how they are written.
 *
 * Whatever the frequency, a period lies in months: it starts in some month and
 * covers one or more, or a third of one.  The table below says how, and all
 * else follows.  What people write is read in period_parse.c.
 */
#include "tongbao/period.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { PERIOD_WORDS = 48 }; /* size of the texts for people */

struct freq_rule {
    const char *code; /* SDMX */
    int per_year;     /* periods in a year */
    int months;       /* months that one covers; of a ten-day period, the month it is in */
};

static const struct freq_rule rules[TB_N_FREQS] = {
    [TB_FREQ_ANNUAL] = { "A", 1, 12 },  [TB_FREQ_HALF] = { "S", 2, 6 },
    [TB_FREQ_QUARTER] = { "Q", 4, 3 },  [TB_FREQ_MONTH] = { "M", 12, 1 },
    [TB_FREQ_DEKAD] = { "M_3", 36, 1 },
};

/* A period taken apart. */
struct parts {
    int year;
    int place; /* in the calendar year, from 0 */
    int month; /* first month, 1..12 */
    int third; /* of that month, 0..2; 0 unless the frequency is ten days */
};

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

static struct parts take_apart(struct tb_period period)
{
    assert(period.freq < TB_N_FREQS);
    const struct freq_rule *rule = &rules[period.freq];
    struct parts parts;

    parts.year = floor_div(period.index, rule->per_year);
    parts.place = period.index - parts.year * rule->per_year;
    if (period.freq == TB_FREQ_DEKAD) {
        parts.month = parts.place / 3 + 1;
        parts.third = parts.place % 3;
    } else {
        parts.month = parts.place * rule->months + 1;
        parts.third = 0;
    }
    return parts;
}

int tb_periods_per_year(enum tb_freq freq)
{
    assert(freq < TB_N_FREQS);
    return rules[freq].per_year;
}

const char *tb_freq_code(enum tb_freq freq)
{
    assert(freq < TB_N_FREQS);
    return rules[freq].code;
}

bool tb_freq_parse(const char *text, enum tb_freq *out)
{
    for (int f = 0; f < TB_N_FREQS; f++) {
        if (strcmp(text, rules[f].code) == 0) {
            *out = (enum tb_freq)f;
            return true;
        }
    }
    return false;
}

tb_day tb_period_first_day(struct tb_period period)
{
    struct parts parts = take_apart(period);

    return tb_day_from_civil(parts.year, parts.month, 1 + 10 * parts.third);
}

tb_day tb_period_last_day(struct tb_period period)
{
    struct parts parts = take_apart(period);

    if (period.freq == TB_FREQ_DEKAD && parts.third < 2)
        return tb_day_from_civil(parts.year, parts.month, 10 * (parts.third + 1));
    int after = parts.month + rules[period.freq].months;
    if (after > 12)
        return tb_day_from_civil(parts.year, 12, 31);
    tb_day next = tb_day_from_civil(parts.year, after, 1);
    return next == TB_DAY_NONE ? TB_DAY_NONE : next - 1;
}

struct tb_period tb_period_within(struct tb_period period, enum tb_freq freq)
{
    struct parts parts = take_apart(period);
    /* Thirds of months that have gone by at the end of the period. */
    int thirds = period.freq == TB_FREQ_DEKAD
                     ? period.index + 1
                     : (parts.year * 12 + parts.month - 1 + rules[period.freq].months) * 3;

    assert(freq < TB_N_FREQS);
    int each = 36 / rules[freq].per_year;
    return (struct tb_period){ .freq = freq, .index = floor_div(thirds, each) - 1 };
}

int tb_period_year(struct tb_period period)
{
    return take_apart(period).year;
}

int tb_period_in_year(struct tb_period period, int year_start)
{
    int per_year = tb_periods_per_year(period.freq);

    assert(year_start >= 1 && year_start <= 12);
    int skipped = (year_start - 1) * per_year / 12;
    int shifted = period.index - skipped;
    return shifted - floor_div(shifted, per_year) * per_year + 1;
}

struct tb_period tb_period_year_start(struct tb_period period, int year_start)
{
    period.index -= tb_period_in_year(period, year_start) - 1;
    return period;
}

/* "2023-06", which tables write by the million; false for years of other lengths. */
static bool format_month(const struct parts *parts, char text[TB_PERIOD_TEXT])
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
    struct parts parts = take_apart(period);
    int n = 0;

    if (period.freq == TB_FREQ_MONTH && format_month(&parts, text))
        return 7;
    switch (period.freq) {
    case TB_FREQ_ANNUAL:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d", parts.year);
        break;
    case TB_FREQ_HALF:
    case TB_FREQ_QUARTER:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-%s%d", parts.year, rules[period.freq].code,
                     parts.place + 1);
        break;
    case TB_FREQ_MONTH:
        n = snprintf(text, TB_PERIOD_TEXT, "%04d-%02d", parts.year, parts.month);
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
    struct parts parts = take_apart(period);
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
    struct parts parts = take_apart(period);
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
