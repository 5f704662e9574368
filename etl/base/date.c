/* date.c - civil days as running numbers, and moments in ISO 8601.
 *
 * Days are counted from a March that begins a cycle of 400 years, which puts
 * the leap day at the end of its year.  Years 1 to 9999; nothing here asks a
 * clock, a locale or a time zone table.
 */
#include "tongbao/date.h"

#include <stdio.h>
#include <string.h>

enum {
    YEAR_MIN = 1,
    YEAR_MAX = 9999,
    DAYS_400_YEARS = 146097,
    DAYS_TO_EPOCH = 719468, /* from 0000-03-01 to 1970-01-01 */
    SECONDS_A_DAY = 86400,
    OFFSET_MAX = 24 * 60, /* minutes; no place on earth reaches it */
};

static const tb_day last_day = 2932896;  /* 9999-12-31 */
static const tb_day first_day = -719162; /* 0001-01-01 */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_mod(int64_t a, int64_t b)
{
    return a - floor_div(a, b) * b;
}

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

tb_day tb_day_from_civil(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return TB_DAY_NONE;
    int march_year = year - (month <= 2);
    int march_month = (month + 9) % 12; /* March 0 .. February 11 */
    int year_of_cycle = march_year % 400;
    int day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return march_year / 400 * DAYS_400_YEARS + day_of_cycle - DAYS_TO_EPOCH;
}

void tb_day_to_civil(tb_day day, int *year, int *month, int *mday)
{
    int64_t since = (int64_t)day + DAYS_TO_EPOCH;
    int cycle = (int)floor_div(since, DAYS_400_YEARS);
    int day_of_cycle = (int)floor_mod(since, DAYS_400_YEARS);
    int year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 -
                         day_of_cycle / (DAYS_400_YEARS - 1)) /
                        365;
    int day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int march_month = (5 * day_of_year + 2) / 153;

    *mday = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = cycle * 400 + year_of_cycle + (*month <= 2);
}

int tb_day_weekday(tb_day day)
{
    return (int)floor_mod((int64_t)day + 3, 7); /* 1970-01-01 was a Thursday */
}

/* Takes exactly n digits from *text, which ends at `end`. */
static bool take_number(const char **text, const char *end, size_t n, int *value)
{
    *value = 0;
    if ((size_t)(end - *text) < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = *(*text)++;
        if (c < '0' || c > '9')
            return false;
        *value = *value * 10 + (c - '0');
    }
    return true;
}

static bool take_char(const char **text, const char *end, char c)
{
    if (*text == end || **text != c)
        return false;
    (*text)++;
    return true;
}

static bool take_day(const char **text, const char *end, tb_day *out)
{
    int year, month, day;

    if (!take_number(text, end, 4, &year) || !take_char(text, end, '-') ||
        !take_number(text, end, 2, &month) || !take_char(text, end, '-') ||
        !take_number(text, end, 2, &day))
        return false;
    *out = tb_day_from_civil(year, month, day);
    return *out != TB_DAY_NONE;
}

bool tb_day_parse(const char *text, size_t len, tb_day *out)
{
    const char *at = text;
    tb_day day;

    if (len != strlen("YYYY-MM-DD") || !take_day(&at, text + len, &day))
        return false;
    *out = day;
    return true;
}

size_t tb_day_format(tb_day day, char text[TB_DATE_TEXT])
{
    int year, month, mday;

    text[0] = '\0';
    if (day < first_day || day > last_day)
        return 0;
    tb_day_to_civil(day, &year, &month, &mday);
    return (size_t)snprintf(text, TB_DATE_TEXT, "%04d-%02d-%02d", year, month, mday);
}

/* hh:mm, optionally :ss and a fraction, which is dropped. */
static bool take_time(const char **text, const char *end, int *seconds)
{
    int hour, minute, second = 0;

    if (!take_number(text, end, 2, &hour) || !take_char(text, end, ':') ||
        !take_number(text, end, 2, &minute))
        return false;
    if (take_char(text, end, ':')) {
        if (!take_number(text, end, 2, &second))
            return false;
        if (take_char(text, end, '.')) {
            int digit;
            if (!take_number(text, end, 1, &digit))
                return false;
            while (*text < end && **text >= '0' && **text <= '9')
                (*text)++;
        }
    }
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

/* Z, +hh, +hhmm or +hh:mm, as minutes east. */
static bool take_offset(const char **text, const char *end, int *minutes)
{
    int hour, minute = 0;

    *minutes = 0;
    if (take_char(text, end, 'Z'))
        return true;
    bool west = take_char(text, end, '-');
    if ((!west && !take_char(text, end, '+')) || !take_number(text, end, 2, &hour))
        return false;
    if (*text < end) {
        take_char(text, end, ':');
        if (!take_number(text, end, 2, &minute))
            return false;
    }
    if (hour > 23 || minute > 59)
        return false;
    *minutes = (west ? -1 : 1) * (hour * 60 + minute);
    return true;
}

bool tb_moment_parse(const char *text, size_t len, int64_t *out)
{
    const char *at = text;
    const char *end = text + len;
    tb_day day;
    int seconds, offset;

    if (!take_day(&at, end, &day))
        return false;
    /* RFC 3339 lets a blank stand for the T, and people write it so. */
    if (!take_char(&at, end, 'T') && !take_char(&at, end, ' '))
        return false;
    if (!take_time(&at, end, &seconds) || !take_offset(&at, end, &offset) || at != end)
        return false;
    *out = (int64_t)day * SECONDS_A_DAY + seconds - (int64_t)offset * 60;
    return true;
}

tb_day tb_moment_day(int64_t seconds, int offset_minutes)
{
    int64_t local;

    if (offset_minutes <= -OFFSET_MAX || offset_minutes >= OFFSET_MAX ||
        __builtin_add_overflow(seconds, (int64_t)offset_minutes * 60, &local))
        return TB_DAY_NONE;
    int64_t day = floor_div(local, SECONDS_A_DAY);
    return day < first_day || day > last_day ? TB_DAY_NONE : (tb_day)day;
}

size_t tb_moment_format(int64_t seconds, int offset_minutes, char text[TB_MOMENT_TEXT])
{
    tb_day day = tb_moment_day(seconds, offset_minutes);
    int year, month, mday;

    text[0] = '\0';
    if (day == TB_DAY_NONE)
        return 0;
    int rest = (int)floor_mod(seconds + (int64_t)offset_minutes * 60, SECONDS_A_DAY);
    int east = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    tb_day_to_civil(day, &year, &month, &mday);
    int n = snprintf(text, TB_MOMENT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, mday,
                     rest / 3600, rest / 60 % 60, rest % 60);
    if (offset_minutes == 0)
        n += snprintf(text + n, TB_MOMENT_TEXT - (size_t)n, "Z");
    else
        n += snprintf(text + n, TB_MOMENT_TEXT - (size_t)n, "%c%02d:%02d",
                      offset_minutes < 0 ? '-' : '+', east / 60, east % 60);
    return (size_t)n;
}
