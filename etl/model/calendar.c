/* calendar.c - working days and deadlines by calendar.csv.
 *
 * Saturday and Sunday are off, holidays too; a make-up day (调休) is worked
 * whatever weekday it is.
 */
#include "tongbao/profile.h"

#include <string.h>

enum {
    SATURDAY = 5,
    /* No row of holidays is longer: a calendar of nothing but holidays must not
     * turn the search for a working day into one without end. */
    LONGEST_HOLIDAY = 60,
};

bool tb_profile_is_workday(const struct tb_profile *profile, tb_day day)
{
    for (size_t i = 0; i < profile->n_calendar; i++) {
        const struct tb_calendar_row *row = &profile->calendar[i];

        if (row->day == day && row->kind != TB_DAY_DEADLINE)
            return row->kind == TB_DAY_WORKDAY;
    }
    return tb_day_weekday(day) < SATURDAY;
}

static tb_day move_to_workday(const struct tb_profile *profile, tb_day day)
{
    for (int i = 0; i < LONGEST_HOLIDAY; i++) {
        if (tb_profile_is_workday(profile, day + i))
            return day + i;
    }
    return day;
}

/* The deadline that calendar.csv states for the period itself. */
static tb_day stated_deadline(const struct tb_profile *profile, struct tb_period period)
{
    for (size_t i = 0; i < profile->n_calendar; i++) {
        const struct tb_calendar_row *row = &profile->calendar[i];
        struct tb_period_read read;

        if (row->kind == TB_DAY_DEADLINE &&
            tb_period_parse(row->applies_to, strlen(row->applies_to), &read) &&
            read.period.freq == period.freq && read.period.index == period.index)
            return row->day;
    }
    return TB_DAY_NONE;
}

/* Day deadline_day of the month that lies deadline_months after the period's
 * last; the month's last day where it is shorter. */
static tb_day usual_deadline(const struct tb_settings *set, struct tb_period period)
{
    int year, month, mday;

    if (set->deadline_day == 0)
        return TB_DAY_NONE;
    tb_day_to_civil(tb_period_last_day(period), &year, &month, &mday);
    struct tb_period in = { .freq = TB_FREQ_MONTH,
                            .index = year * 12 + month - 1 + set->deadline_months };
    tb_day first = tb_period_first_day(in), last = tb_period_last_day(in);
    if (first == TB_DAY_NONE || last == TB_DAY_NONE)
        return TB_DAY_NONE;
    tb_day day = first + set->deadline_day - 1;
    return day < last ? day : last;
}

tb_day tb_profile_deadline(const struct tb_profile *profile, struct tb_period period)
{
    tb_day day = stated_deadline(profile, period);

    if (day == TB_DAY_NONE)
        day = usual_deadline(&profile->set, period);
    return day == TB_DAY_NONE ? day : move_to_workday(profile, day);
}

bool tb_profile_period(const struct tb_profile *profile, const char *text, struct tb_period *out)
{
    struct tb_period_read read;

    if (!tb_period_parse(text, strlen(text), &read))
        return false;
    *out = tb_period_within(read.period, profile->set.frequency);
    return tb_period_last_day(*out) == tb_period_last_day(read.period);
}

bool tb_indicator_expected(const struct tb_indicator *indicator, struct tb_period period)
{
    return !(indicator->joint_jan_feb && period.freq == TB_FREQ_MONTH &&
             tb_period_in_year(period, 1) == 1);
}

struct tb_period tb_indicator_previous(const struct tb_indicator *indicator,
                                       struct tb_period period)
{
    do
        period.index--;
    while (!tb_indicator_expected(indicator, period));
    return period;
}
