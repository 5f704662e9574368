/* period.c - arithmetic on periods.
 *
 * Weeks aside, a period lies in months: it starts in some month and covers one or
 * more, or a third of one.  The table below says how, and all else follows.  Weeks
 * are counted by their Mondays.  period_format.c writes periods, period_parse.c
 * reads what people write.
 */
#include <assert.h>
#include <string.h>

#include "base/period_parts.h"

enum {
    WEEK = 7,
    WEEK_ZERO = -719162, /* Monday, 1 January of the year 1: the first day of week 0 */
    THURSDAY = 3,        /* a week is of the year that its Thursday lies in (ISO 8601) */
};

struct freq_rule {
    const char *code; /* SDMX */
    int per_year;     /* periods in a year; of weeks, in most years */
    int months;       /* months that one covers; of a ten-day period, the month it is in */
};

static const struct freq_rule rules[TB_N_FREQS] = {
    [TB_FREQ_ANNUAL] = { "A", 1, 12 },     [TB_FREQ_HALF] = { "S", 2, 6 },
    [TB_FREQ_QUARTER] = { "Q", 4, 3 },     [TB_FREQ_MONTH] = { "M", 12, 1 },
    [TB_FREQ_DEKAD] = { "M_3", 36, 1 },    [TB_FREQ_WEEK] = { "W", 52, 0 },
    [TB_FREQ_TWO_MONTHS] = { "M2", 6, 2 },
};

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

static int32_t week_of(tb_day day)
{
    return floor_div(day - WEEK_ZERO, WEEK);
}

static tb_day monday_of(int32_t week)
{
    int64_t day = WEEK_ZERO + (int64_t)week * WEEK;

    return day <= TB_DAY_NONE || day > INT32_MAX - WEEK ? TB_DAY_NONE : (tb_day)day;
}

/* The week that holds 4 January is the first of its year. */
static int32_t first_week(int year)
{
    return week_of(tb_day_from_civil(year, 1, 4));
}

bool tb_period_week(int year, int n, struct tb_period *out)
{
    *out = (struct tb_period){ TB_FREQ_WEEK, first_week(year) + n - 1 };
    return n >= 1 && out->index < first_week(year + 1);
}

static struct tb_period_parts week_apart(struct tb_period period)
{
    tb_day monday = monday_of(period.index);
    struct tb_period_parts parts = { .month = 1 };
    int mday;

    if (monday == TB_DAY_NONE)
        return parts;
    tb_day_to_civil(monday + THURSDAY, &parts.year, &parts.month, &mday);
    parts.place = period.index - first_week(parts.year);
    return parts;
}

struct tb_period_parts tb_period_take_apart(struct tb_period period)
{
    assert(period.freq < TB_N_FREQS);
    const struct freq_rule *rule = &rules[period.freq];
    struct tb_period_parts parts;

    if (period.freq == TB_FREQ_WEEK)
        return week_apart(period);
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
    if (period.freq == TB_FREQ_WEEK)
        return monday_of(period.index);
    struct tb_period_parts parts = tb_period_take_apart(period);

    return tb_day_from_civil(parts.year, parts.month, 1 + 10 * parts.third);
}

tb_day tb_period_last_day(struct tb_period period)
{
    if (period.freq == TB_FREQ_WEEK) {
        tb_day monday = monday_of(period.index);
        return monday == TB_DAY_NONE ? TB_DAY_NONE : monday + WEEK - 1;
    }
    struct tb_period_parts parts = tb_period_take_apart(period);

    if (period.freq == TB_FREQ_DEKAD && parts.third < 2)
        return tb_day_from_civil(parts.year, parts.month, 10 * (parts.third + 1));
    int after = parts.month + rules[period.freq].months;
    if (after > 12)
        return tb_day_from_civil(parts.year, 12, 31);
    tb_day next = tb_day_from_civil(parts.year, after, 1);
    return next == TB_DAY_NONE ? TB_DAY_NONE : next - 1;
}

struct tb_period tb_period_around(tb_day day, enum tb_freq freq)
{
    int year, month, mday;

    assert(freq < TB_N_FREQS);
    if (freq == TB_FREQ_WEEK)
        return (struct tb_period){ freq, week_of(day) };
    tb_day_to_civil(day, &year, &month, &mday);
    month += year * 12 - 1;
    if (freq == TB_FREQ_DEKAD)
        return (struct tb_period){ freq, month * 3 + (mday > 20 ? 2 : mday > 10 ? 1 : 0) };
    return (struct tb_period){ freq, floor_div(month, rules[freq].months) };
}

/* Where weeks are on one side days decide. */
static struct tb_period within_days(struct tb_period period, enum tb_freq freq)
{
    tb_day end = tb_period_last_day(period);
    struct tb_period around = tb_period_around(end, freq);

    around.index -= tb_period_last_day(around) > end;
    return around;
}

struct tb_period tb_period_read_as(const struct tb_period_read *read, enum tb_freq freq)
{
    return read->joint && freq == TB_FREQ_TWO_MONTHS ? tb_period_within(read->period, freq)
                                                     : read->period;
}

struct tb_period tb_period_within(struct tb_period period, enum tb_freq freq)
{
    assert(freq < TB_N_FREQS);
    if (period.freq == freq)
        return period;
    if (period.freq == TB_FREQ_WEEK || freq == TB_FREQ_WEEK)
        return within_days(period, freq);
    struct tb_period_parts parts = tb_period_take_apart(period);
    /* Thirds of months that have gone by at the end of the period. */
    int thirds = period.freq == TB_FREQ_DEKAD
                     ? period.index + 1
                     : (parts.year * 12 + parts.month - 1 + rules[period.freq].months) * 3;

    int each = 36 / rules[freq].per_year;
    return (struct tb_period){ .freq = freq, .index = floor_div(thirds, each) - 1 };
}

int tb_period_year(struct tb_period period)
{
    int year, month, mday;

    if (period.freq != TB_FREQ_WEEK)
        return tb_period_take_apart(period).year;
    tb_day_to_civil(tb_period_last_day(period), &year, &month, &mday);
    return year;
}

/* The first week that ends in the year. */
static struct tb_period week_year_start(struct tb_period period, int year_start)
{
    int year, month, mday;

    tb_day_to_civil(tb_period_last_day(period), &year, &month, &mday);
    tb_day first = tb_day_from_civil(year - (month < year_start), year_start, 1);
    return tb_period_around(first, TB_FREQ_WEEK);
}

int tb_period_in_year(struct tb_period period, int year_start)
{
    int per_year = tb_periods_per_year(period.freq);

    assert(year_start >= 1 && year_start <= 12);
    if (period.freq == TB_FREQ_WEEK)
        return period.index - week_year_start(period, year_start).index + 1;
    int skipped = (year_start - 1) * per_year / 12;
    int shifted = period.index - skipped;
    return shifted - floor_div(shifted, per_year) * per_year + 1;
}

struct tb_period tb_period_year_start(struct tb_period period, int year_start)
{
    period.index -= tb_period_in_year(period, year_start) - 1;
    return period;
}

struct tb_period tb_period_year_end(struct tb_period period, int year_start)
{
    struct tb_period end = tb_period_year_start(period, year_start);

    end.index += tb_periods_per_year(period.freq) - 1;
    /* Most years have 52 ends of weeks, some 53. */
    if (period.freq == TB_FREQ_WEEK &&
        week_year_start((struct tb_period){ end.freq, end.index + 1 }, year_start).index ==
            week_year_start(period, year_start).index)
        end.index++;
    return end;
}

struct tb_period tb_period_year_before(struct tb_period period)
{
    if (period.freq == TB_FREQ_WEEK) {
        struct tb_period_parts parts = week_apart(period);
        struct tb_period before;
        if (!tb_period_week(parts.year - 1, parts.place + 1, &before))
            before.index--; /* of week 53 the last, week 52 */
        return before;
    }
    period.index -= tb_periods_per_year(period.freq);
    return period;
}
