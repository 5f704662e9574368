/* calendar.c - working days by calendar.csv.
 *
 * The special days lie sorted; a day is looked up in their order and counted by
 * its weekday where it is none of them.
 */
#include "tongbao/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/profile.h"

enum {
    SATURDAY = 5,
    DECEMBER = 12,
    FIRST_DAY = -719162, /* 0001-01-01 */
    LAST_DAY = 2932896,  /* 9999-12-31 */
    /* No row of holidays is longer: a calendar of nothing but holidays must not
     * turn the search for a working day into one without end. */
    LONGEST_HOLIDAY = 60,
};

static bool is_in_range(tb_day day)
{
    return day >= FIRST_DAY && day <= LAST_DAY;
}

static int by_day(const void *a, const void *b)
{
    const struct tb_special_day *x = a, *y = b;

    return (x->day > y->day) - (x->day < y->day);
}

static int by_period(const void *a, const void *b)
{
    const struct tb_stated_deadline *x = a, *y = b;

    if (x->period.freq != y->period.freq)
        return x->period.freq < y->period.freq ? -1 : 1;
    return (x->period.index > y->period.index) - (x->period.index < y->period.index);
}

static int by_number(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The year whose table a row belongs to; false for none. */
static bool year_of(const struct tb_calendar_row *row, int *year)
{
    int month, mday;

    if (row->kind == TB_DAY_DEADLINE || !is_in_range(row->day))
        return false;
    tb_day_to_civil(row->day, year, &month, &mday);
    /* The days before New Year come with the notice for the year after. */
    return row->kind == TB_DAY_YEAR || month < DECEMBER;
}

static void add_row(struct tb_profile *profile, const struct tb_calendar_row *row)
{
    struct tb_period_read read;
    int year;

    if (row->kind == TB_DAY_DEADLINE) {
        if (row->day != TB_DAY_NONE &&
            tb_period_parse(row->applies_to, strlen(row->applies_to), &read))
            profile->stated[profile->n_stated++] =
                (struct tb_stated_deadline){ .period = read.period, .day = row->day };
    } else if (row->kind != TB_DAY_YEAR && is_in_range(row->day)) {
        profile->special[profile->n_special++] =
            (struct tb_special_day){ .day = row->day, .worked = row->kind == TB_DAY_WORKDAY };
    }
    if (year_of(row, &year))
        profile->table_years[profile->n_table_years++] = year;
}

bool tb_calendar_index(struct tb_profile *profile)
{
    size_t n = profile->n_calendar;

    profile->n_special = profile->n_stated = profile->n_table_years = 0;
    profile->special = tb_arena_alloc(&profile->arena, n, sizeof *profile->special);
    profile->stated = tb_arena_alloc(&profile->arena, n, sizeof *profile->stated);
    profile->table_years = tb_arena_alloc(&profile->arena, n, sizeof *profile->table_years);
    if (!profile->special || !profile->stated || !profile->table_years)
        return false;
    for (size_t i = 0; i < n; i++)
        add_row(profile, &profile->calendar[i]);
    qsort(profile->special, profile->n_special, sizeof *profile->special, by_day);
    qsort(profile->stated, profile->n_stated, sizeof *profile->stated, by_period);
    qsort(profile->table_years, profile->n_table_years, sizeof *profile->table_years, by_number);
    return true;
}

bool tb_profile_is_workday(const struct tb_profile *profile, tb_day day)
{
    struct tb_special_day key = { .day = day };
    const struct tb_special_day *special =
        profile->n_special ? bsearch(&key, profile->special, profile->n_special, sizeof key, by_day)
                           : NULL;

    return special ? special->worked : tb_day_weekday(day) < SATURDAY;
}

/* The first working day from `day` on in steps of +1 or -1, TB_DAY_NONE when none
 * is near. */
static tb_day search(const struct tb_profile *profile, tb_day day, int step)
{
    for (int i = 0; i < LONGEST_HOLIDAY && is_in_range(day); i++, day += step) {
        if (tb_profile_is_workday(profile, day))
            return day;
    }
    return TB_DAY_NONE;
}

tb_day tb_workday_from(const struct tb_profile *profile, tb_day day)
{
    tb_day found = search(profile, day, 1);

    return found == TB_DAY_NONE ? day : found;
}

tb_day tb_workday_until(const struct tb_profile *profile, tb_day day)
{
    tb_day found = search(profile, day, -1);

    return found == TB_DAY_NONE ? day : found;
}

tb_day tb_workday_add(const struct tb_profile *profile, tb_day day, int n)
{
    int step = n < 0 ? -1 : 1;

    if (n == 0)
        return is_in_range(day) ? tb_workday_from(profile, day) : TB_DAY_NONE;
    for (; n != 0 && day != TB_DAY_NONE; n -= step)
        day = is_in_range(day) ? search(profile, day + step, step) : TB_DAY_NONE;
    return day;
}

tb_day tb_workday_nth(const struct tb_profile *profile, tb_day day, int n)
{
    if (n < 1 || !is_in_range(day))
        return TB_DAY_NONE;
    tb_day first = search(profile, day, 1);
    return n == 1 || first == TB_DAY_NONE ? first : tb_workday_add(profile, first, n - 1);
}

int tb_workdays_between(const struct tb_profile *profile, tb_day from, tb_day to)
{
    int n = 0;

    if (!is_in_range(from) || !is_in_range(to))
        return 0;
    for (tb_day day = from + 1; day <= to; day++)
        n += tb_profile_is_workday(profile, day);
    for (tb_day day = to + 1; day <= from; day++)
        n -= tb_profile_is_workday(profile, day);
    return n;
}

tb_day tb_workday_last(const struct tb_profile *profile, tb_day first, tb_day last)
{
    if (!is_in_range(first) || !is_in_range(last))
        return TB_DAY_NONE;
    for (tb_day day = last; day >= first; day--) {
        if (tb_profile_is_workday(profile, day))
            return day;
    }
    return TB_DAY_NONE;
}

tb_day tb_calendar_stated(const struct tb_profile *profile, struct tb_period period)
{
    struct tb_stated_deadline key = { .period = period };
    const struct tb_stated_deadline *stated =
        profile->n_stated ? bsearch(&key, profile->stated, profile->n_stated, sizeof key, by_period)
                          : NULL;

    return stated ? stated->day : TB_DAY_NONE;
}

bool tb_calendar_needs_tables(const struct tb_profile *profile)
{
    return profile->set.holidays || profile->n_special > 0 || profile->n_table_years > 0;
}

bool tb_calendar_has_year(const struct tb_profile *profile, int year)
{
    int32_t key = year;

    return !tb_calendar_needs_tables(profile) ||
           (profile->n_table_years > 0 &&
            bsearch(&key, profile->table_years, profile->n_table_years, sizeof key, by_number));
}
