/* date.h - days and moments: civil dates as day numbers, no clock, no locale. */
#ifndef TONGBAO_DATE_H
#define TONGBAO_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01, proleptic Gregorian. */
typedef int32_t tb_day;
enum { TB_DAY_NONE = INT32_MIN, TB_DATE_TEXT = 16, TB_MOMENT_TEXT = 32 };

tb_day tb_day_from_civil(int year, int month, int day); /* TB_DAY_NONE if there is no such day */
void tb_day_to_civil(tb_day day, int *year, int *month, int *mday);
int tb_day_weekday(tb_day day); /* 0 Monday .. 6 Sunday */
bool tb_day_parse(const char *text, size_t len, tb_day *out); /* YYYY-MM-DD, whole field */
size_t tb_day_format(tb_day day, char text[TB_DATE_TEXT]);

/* A moment is seconds since the epoch; the offset is minutes east of UTC. */
bool tb_moment_parse(const char *text, size_t len, int64_t *out); /* ISO 8601 with offset or Z */
size_t tb_moment_format(int64_t seconds, int offset_minutes, char text[TB_MOMENT_TEXT]);
tb_day tb_moment_day(int64_t seconds, int offset_minutes); /* the civil day there */

#endif
