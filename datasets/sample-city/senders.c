/* senders.c - the round of senders, and what they share (see senders.h). */
#include "senders.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/date.h"

enum { OFFSET = 8 * 3600 }; /* China is eight hours ahead */

/* In 2021 some still wrote the names that places had before. */
const char *name_of(size_t place, int month)
{
    static const struct {
        const char *now, *then;
    } renamed[] = { { "安澜市", "安澜县" },
                    { "榆岭市", "榆岭县" },
                    { "北渚区", "北渚新区" },
                    { "新码头街道", "码头街道" },
                    { "长塘镇", "长塘乡" } };

    for (size_t i = 0; month < 24 && i < sizeof renamed / sizeof *renamed; i++)
        if (strcmp(renamed[i].now, places[place].name) == 0)
            return renamed[i].then;
    return places[place].name;
}

int year_of(int month)
{
    return FIRST_YEAR + month / 12;
}

int month_of(int month)
{
    return month % 12 + 1;
}

/* 2023-05, or 202305 and the like, by format. */
const char *month_name(char *text, size_t size, const char *between, int month)
{
    snprintf(text, size, "%d%s%02d", year_of(month), between, month_of(month));
    return text;
}

/* Most come between the 8th and the 20th of the month after, a few late. */
int64_t arrival_of(int month, size_t who)
{
    uint64_t r = chance(9001, who, (uint64_t)month);
    int mday = 8 + (int)(r % 12);
    int next = month + 1;

    if (r / 12 % 40 == 0)
        mday = 23 + (int)(r / 480 % 4);
    return (int64_t)tb_day_from_civil(year_of(next), month_of(next), mday) * 86400 - OFFSET +
           8 * 3600 + (int64_t)(r >> 20) % (9 * 3600);
}

bool due(const struct series *series, int month)
{
    return !(series->joint && month % 12 == 0) && !(series->quarterly && month % 3 != 2);
}

const struct sender senders[] = {
    { write_stats, 1 },           { write_commerce, 1 }, { write_fiscal, 1 },
    { write_power, 1 },           { write_housing, 1 },  { write_finance, 1 },
    { write_county, FIRST_TOWN }, { write_towns, 1 },    { write_progress, N_DEPARTMENTS },
    { write_places, 1 },
};
const size_t n_senders = sizeof senders / sizeof *senders;
