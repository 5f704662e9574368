/* calendar.h - working days by the profile's calendar.
 *
 * Saturday and Sunday are off, holidays too; a make-up day (调休) is worked
 * whatever weekday it is.  A calendar year has a table when calendar.csv names a
 * special day of it before December (the days about New Year belong to the
 * notice for the year that begins), or says that it has none (a row `year`).
 * A profile without any special day works by weekends alone and needs no table.
 */
#ifndef TONGBAO_CALENDAR_H
#define TONGBAO_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_diag;
struct tb_profile;

/* A day that is not what its weekday says. */
struct tb_special_day {
    tb_day day;
    bool worked;
};

/* The day of submission that calendar.csv states for one period. */
struct tb_stated_deadline {
    struct tb_period period;
    tb_day day;
};

/* Builds profile->special, ->stated and ->table_years out of the rows of
 * calendar.csv; whoever fills profile->calendar calls it afterwards.  False when
 * memory is out. */
bool tb_calendar_index(struct tb_profile *profile);

/* All of these answer for 0001-01-01 to 9999-12-31; outside, and where nothing is
 * found, the answer is TB_DAY_NONE. */

/* Working days by weekends, holidays and make-up days of calendar.csv. */
bool tb_profile_is_workday(const struct tb_profile *profile, tb_day day);
/* The day itself when it is worked, else the nearest working day after or before
 * it; the day itself when no working day lies within 60 days. */
tb_day tb_workday_from(const struct tb_profile *profile, tb_day day);
tb_day tb_workday_until(const struct tb_profile *profile, tb_day day);
/* The n-th working day, n from 1, of those on or after `day`: `day` counts when
 * it is worked ("within 3 working days, the day itself counts"). */
tb_day tb_workday_nth(const struct tb_profile *profile, tb_day day, int n);
/* n working days later, or earlier when n is negative; the day itself does not
 * count.  0 gives tb_workday_from. */
tb_day tb_workday_add(const struct tb_profile *profile, tb_day day, int n);
/* Working days after `from` up to and with `to`; negative when `to` lies before:
 * how many working days late something is. */
int tb_workdays_between(const struct tb_profile *profile, tb_day from, tb_day to);
/* The last working day from first to last; TB_DAY_NONE when there is none. */
tb_day tb_workday_last(const struct tb_profile *profile, tb_day first, tb_day last);

/* The stated day of submission of a period, or TB_DAY_NONE. */
tb_day tb_calendar_stated(const struct tb_profile *profile, struct tb_period period);
/* Whether the profile has holidays, so that each year needs a table. */
bool tb_calendar_needs_tables(const struct tb_profile *profile);
/* True when the year has a table, or the profile needs none. */
bool tb_calendar_has_year(const struct tb_profile *profile, int year);

/* Reports, at `file` (calendar.csv as the user would name it), each year in which
 * something fell or falls due and that has no table: an error for the year of
 * `today`, and in December for the next one; a warning for years that are past;
 * nothing for those further ahead.  Something is due in the years of received[n]
 * (days on which submissions came), and where the profile's targets and cases
 * say so; who reports in a year reports in the next. */
void tb_calendar_check(const struct tb_profile *profile, const tb_day received[], size_t n,
                       tb_day today, const char *file, struct tb_diag *diag);

#endif
