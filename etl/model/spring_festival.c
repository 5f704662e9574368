/* spring_festival.c - the Spring Festival, and how its windows fall on months (methods
 * note, section 10).  Dates: GB/T 33661-2017, as published by the Purple Mountain
 * Observatory. */
#include "tongbao/screen.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2050, DAYS_BEFORE = 5, DAYS_AFTER = 20 };

/* Month and day as 100 * month + day. */
static const int16_t first_days[LAST_YEAR - FIRST_YEAR + 1] = {
    127, 215, 204, 123, 210, 131, 219, 207, 128, 216, /* 1990 */
    205, 124, 212, 201, 122, 209, 129, 218, 207, 126, /* 2000 */
    214, 203, 123, 210, 131, 219, 208, 128, 216, 205, /* 2010 */
    125, 212, 201, 122, 210, 129, 217, 206, 126, 213, /* 2020 */
    203, 123, 211, 131, 219, 208, 128, 215, 204, 124, /* 2030 */
    212, 201, 122, 210, 130, 217, 206, 126, 214, 202, /* 2040 */
    123,                                              /* 2050 */
};

bool tb_spring_festival(int year, tb_day *day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return false;
    int date = first_days[year - FIRST_YEAR];
    *day = tb_day_from_civil(year, date / 100, date % 100);
    return true;
}

/* How many days the spans [a, b] and [first, last] share. */
static int overlap(tb_day a, tb_day b, tb_day first, tb_day last)
{
    tb_day from = a > first ? a : first, to = b < last ? b : last;

    return to < from ? 0 : to - from + 1;
}

bool tb_spring_festival_share(tb_day first, tb_day last, double *before, double *after)
{
    int from_year, to_year, month, mday;

    tb_day_to_civil(first, &from_year, &month, &mday);
    tb_day_to_civil(last, &to_year, &month, &mday);
    *before = *after = 0;
    for (int year = from_year; year <= to_year; year++) {
        tb_day day;
        if (!tb_spring_festival(year, &day))
            return false;
        *before += (double)overlap(day - DAYS_BEFORE, day - 1, first, last) / DAYS_BEFORE;
        *after += (double)overlap(day, day + DAYS_AFTER - 1, first, last) / DAYS_AFTER;
    }
    return true;
}
