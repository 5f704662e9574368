/* calendar_check.c - years in which something falls due must have a table. */
#include "tongbao/calendar.h"

#include "tongbao/deadline.h"
#include "tongbao/diag.h"
#include "tongbao/profile.h"

enum { DECEMBER = 12, FIRST_YEAR = 1, LAST_YEAR = 9999 };

/* A bit for each year. */
struct years {
    unsigned char used[(LAST_YEAR + 8) / 8];
    int first, last; /* used ones; first > last: none */
};

static int year_of(tb_day day)
{
    int year, month, mday;

    tb_day_to_civil(day, &year, &month, &mday);
    return year;
}

static void use(struct years *years, tb_day day)
{
    if (day == TB_DAY_NONE)
        return;
    int year = year_of(day);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return;
    years->used[year / 8] |= (unsigned char)(1u << (year % 8));
    years->first = year < years->first ? year : years->first;
    years->last = year > years->last ? year : years->last;
}

static bool is_used(const struct years *years, int year)
{
    return year >= years->first && year <= years->last && (years->used[year / 8] >> (year % 8) & 1);
}

/* Every year in which a period of the target is due. */
static void use_target(struct years *years, const struct tb_profile *profile,
                       const struct tb_target *target)
{
    tb_day from =
        tb_deadline_due(profile, TB_STEP_SUBMIT, TB_NONE, target->indicator, target->from);
    tb_day to = tb_deadline_due(profile, TB_STEP_SUBMIT, TB_NONE, target->indicator, target->to);

    use(years, to);
    if (from == TB_DAY_NONE || to == TB_DAY_NONE)
        return;
    for (int year = year_of(from); year < year_of(to); year++)
        use(years, tb_day_from_civil(year, 1, 1));
}

/* What arrived after today is not known today: a file may bear any time. */
static void collect(struct years *years, const struct tb_profile *profile, const tb_day received[],
                    size_t n, tb_day today)
{
    for (size_t i = 0; i < n; i++) {
        if (received[i] <= today)
            use(years, received[i]);
    }
    for (size_t i = 0; i < profile->n_targets; i++)
        use_target(years, profile, &profile->targets[i]);
    for (size_t i = 0; i < profile->n_cases; i++) {
        use(years, profile->cases[i].opened);
        use(years, tb_case_due(profile, &profile->cases[i]));
    }
}

void tb_calendar_check(const struct tb_profile *profile, const tb_day received[], size_t n,
                       tb_day today, const char *file, struct tb_diag *diag)
{
    struct years years = { .first = LAST_YEAR + 1, .last = 0 };
    struct tb_place place = { .file = file };
    int now, month, mday;

    if (!tb_calendar_needs_tables(profile) ||
        (!tb_profile_has_deadlines(profile) && profile->n_deadlines == 0))
        return;
    tb_day_to_civil(today, &now, &month, &mday);
    collect(&years, profile, received, n, today);
    for (int year = years.first; year <= years.last && year < now; year++) {
        if (is_used(&years, year) && !tb_calendar_has_year(profile, year))
            tb_diag_at(diag, TB_WARNING, &place,
                       "no table for %d, when submissions were due: without its holidays and "
                       "make-up days they are judged by weekends alone",
                       year);
    }
    for (int year = now; year <= now + (month == DECEMBER); year++) {
        bool in_use = is_used(&years, year) || is_used(&years, year - 1);
        if (in_use && !tb_calendar_has_year(profile, year))
            tb_diag_at(diag, TB_ERROR, &place,
                       "no table for %d, in which submissions fall due: expected its holidays and "
                       "make-up days, or a row '%04d-01-01,year' if it has none",
                       year, year);
    }
}
