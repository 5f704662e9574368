/* dues.c - each cell of a period: expected or not, in or not, when, whose. */
#include "tongbao/dues.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/due_parties.h"
#include "tongbao/calendar.h"
#include "tongbao/cube.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/expected.h"
#include "tongbao/profile.h"

enum { DAYS_COUNTED = 3660 }; /* lateness beyond that is that much */

struct tb_dues {
    const struct tb_profile *profile;
    const struct tb_cube *cube;
    struct tb_period period;
    struct tb_expected *expected;
    struct tb_due_parties *parties;
    struct tb_due_cell *cell; /* [n_units * n_indicators] */
    tb_day *day;              /* [n_indicators] */
};

static int workdays_late(const struct tb_profile *profile, tb_day due, int64_t days)
{
    if (days <= 0)
        return 0;
    if (days > DAYS_COUNTED)
        days = DAYS_COUNTED;
    return tb_workdays_between(profile, due, tb_workday_from(profile, due + (tb_day)days));
}

/* When the cell came, by the plane that process keeps of it. */
static void time_cell(struct tb_dues *dues, struct tb_due_cell *cell, size_t unit,
                      size_t indicator, struct tb_period period)
{
    const struct tb_plane *late = tb_cube_measure(dues->cube, indicator, TB_MEASURE_LATE_DAYS);
    struct tb_decimal days;

    cell->timed = cell->due != TB_DAY_NONE &&
                  tb_status_has_value(tb_plane_get(late, period, unit, &days));
    if (cell->timed)
        cell->days_late = workdays_late(dues->profile, cell->due, days.units);
}

/* Whose it is, and with that until when. */
static void assign(struct tb_dues *dues, struct tb_due_cell *cell, uint32_t origin,
                   size_t indicator, struct tb_period period)
{
    cell->party = tb_due_parties_of(dues->parties, origin);
    if (cell->party >= 0)
        cell->due = tb_deadline_due(dues->profile, TB_STEP_SUBMIT,
                                    tb_dues_party(dues, (size_t)cell->party)->form_row,
                                    (int32_t)indicator, period);
}

/* Whether the observation is a value of whoever verifies: it is in force, and was not
 * what the unit owed. */
static bool is_verified(const struct tb_dues *dues, uint32_t origin)
{
    int32_t party = origin ? tb_due_parties_of(dues->parties, origin) : -1;
    int32_t form = party >= 0 ? tb_dues_party(dues, (size_t)party)->form_row : -1;

    return form >= 0 && dues->profile->forms[form].state != TB_NONE;
}

/* Whether the unit itself sent the cell beside what was verified: process notes when it
 * did, where there are deadlines. */
static bool was_sent(const struct tb_dues *dues, size_t unit, size_t indicator,
                     struct tb_period period)
{
    const struct tb_plane *plane =
        tb_cube_measure(dues->cube, indicator, TB_MEASURE_RESUBMITTED);

    return !plane || tb_plane_get(plane, period, unit, NULL) != TB_STATUS_NONE;
}

/* The last observation of the unit's own before the period; 0: none. */
static uint32_t last_own_origin(const struct tb_dues *dues, size_t unit, size_t indicator,
                                struct tb_period period)
{
    enum { LOOK_BACK = 12 };
    uint32_t origin = 0;

    for (int32_t back = 1; back <= LOOK_BACK && (origin == 0 || is_verified(dues, origin)); back++)
        origin = tb_expected_origin(dues->expected, indicator, unit,
                                    (struct tb_period){ period.freq, period.index - back });
    return is_verified(dues, origin) ? 0 : origin;
}

static void judge_cell(struct tb_dues *dues, size_t unit, size_t indicator,
                       struct tb_period period)
{
    struct tb_due_cell *cell = &dues->cell[unit * dues->profile->n_indicators + indicator];
    uint32_t origin = tb_expected_origin(dues->expected, indicator, unit, period);
    bool verified = is_verified(dues, origin);

    if (!tb_expected_is_usual(dues->expected, indicator, unit, period))
        return;
    cell->due = dues->day[indicator];
    cell->waived = tb_profile_is_waived(dues->profile, unit, indicator, period);
    if (verified && !was_sent(dues, unit, indicator, period))
        origin = 0;
    if (origin != 0) {
        bool nil = tb_expected_is_nil(dues->expected, indicator, unit, period);
        cell->state = nil ? TB_DUE_NIL : TB_DUE_IN;
        if (verified)
            origin = last_own_origin(dues, unit, indicator, period);
        assign(dues, cell, origin, indicator, period);
        time_cell(dues, cell, unit, indicator, period);
        return;
    }
    assign(dues, cell, last_own_origin(dues, unit, indicator, period), indicator, period);
    cell->state = cell->waived ? TB_DUE_WAIVED : TB_DUE_OPEN;
    /* It came, after its round had closed: late is not missing. */
    time_cell(dues, cell, unit, indicator, period);
    cell->left_out = cell->timed;
    if (cell->left_out) {
        cell->state = TB_DUE_IN;
        return;
    }
    int32_t days_late;
    if (cell->state == TB_DUE_OPEN &&
        tb_due_parties_nil(dues->parties, cell->party, &cell->timed, &days_late)) {
        cell->state = TB_DUE_NIL;
        cell->days_late = days_late;
    }
}

/* January of an indicator of which it and February are one figure: whoever usually
 * reports it owes nothing, and nothing is missing. */
static void note_not_collected(struct tb_dues *dues, size_t indicator, struct tb_period period)
{
    const struct tb_indicator *of = &dues->profile->indicators[indicator];

    if (of->formula || period.freq != of->frequency || tb_indicator_expected(of, period) ||
        tb_period_last_day(period) != tb_period_last_day(dues->period))
        return;
    for (size_t unit = 0; unit < dues->profile->n_units; unit++)
        if (tb_expected_is_usual(dues->expected, indicator, unit, period))
            dues->cell[unit * dues->profile->n_indicators + indicator].state =
                TB_DUE_NOT_COLLECTED;
}

static void judge_all(struct tb_dues *dues)
{
    for (size_t i = 0; i < dues->profile->n_indicators; i++) {
        struct tb_period period;
        if (!tb_expected_period(dues->profile, i, dues->period, &period)) {
            dues->day[i] = TB_DAY_NONE;
            note_not_collected(dues, i, period);
            continue;
        }
        dues->day[i] =
            tb_deadline_due(dues->profile, TB_STEP_SUBMIT, TB_NONE, (int32_t)i, period);
        for (size_t unit = 0; unit < dues->profile->n_units; unit++)
            judge_cell(dues, unit, i, period);
    }
}

struct tb_dues *tb_dues_new(const struct tb_profile *profile, const struct tb_cube *cube,
                            const struct tb_table *submissions, const struct tb_table *sources,
                            struct tb_period period, struct tb_error *err)
{
    struct tb_dues *dues = calloc(1, sizeof *dues);
    size_t n = profile->n_units * profile->n_indicators;

    if (!dues) {
        tb_error_set(err, "out of memory for what is due");
        return NULL;
    }
    dues->profile = profile;
    dues->cube = cube;
    dues->period = period;
    dues->cell = calloc(n + 1, sizeof *dues->cell);
    dues->day = calloc(profile->n_indicators + 1, sizeof *dues->day);
    if (!dues->cell || !dues->day)
        tb_error_set(err, "out of memory for %zu cells", n);
    else if ((dues->expected = tb_expected_new(profile, cube, err)) != NULL)
        dues->parties = tb_due_parties_new(profile, submissions, sources, period, err);
    if (!dues->parties) {
        tb_dues_free(dues);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        dues->cell[i] = (struct tb_due_cell){ .party = -1, .due = TB_DAY_NONE };
    judge_all(dues);
    return dues;
}

void tb_dues_free(struct tb_dues *dues)
{
    if (!dues)
        return;
    tb_expected_free(dues->expected);
    tb_due_parties_free(dues->parties);
    free(dues->cell);
    free(dues->day);
    free(dues);
}

const struct tb_due_cell *tb_dues_cell(const struct tb_dues *dues, size_t unit, size_t indicator)
{
    return &dues->cell[unit * dues->profile->n_indicators + indicator];
}

tb_day tb_dues_day(const struct tb_dues *dues, size_t indicator)
{
    return dues->day[indicator];
}

size_t tb_dues_n_parties(const struct tb_dues *dues)
{
    return tb_due_parties_count(dues->parties);
}

const struct tb_due_party *tb_dues_party(const struct tb_dues *dues, size_t party)
{
    return tb_due_parties_get(dues->parties, party);
}

void tb_due_count_add(struct tb_due_count *count, const struct tb_due_cell *cell)
{
    bool in = cell->state == TB_DUE_IN || cell->state == TB_DUE_NIL;

    if (cell->state == TB_DUE_NONE)
        return;
    if (cell->state == TB_DUE_NOT_COLLECTED) {
        count->not_collected++;
        return;
    }
    if (cell->waived) {
        count->waived++;
        return;
    }
    count->expected++;
    count->received += in;
    count->nil += cell->state == TB_DUE_NIL;
    count->open += !in;
    count->on_time += in && cell->timed && cell->days_late == 0;
    count->late += in && cell->timed && cell->days_late > 0;
    count->days_late += in ? cell->days_late : 0;
}

/* part * scale / whole in tenths, half up, in whole numbers. */
static void put_tenths(char out[TB_RATE_TEXT], uint64_t part, uint64_t scale, uint64_t whole)
{
    uint64_t tenths = whole ? (part * scale * 20 + whole) / (2 * whole) : 0;

    out[0] = '\0';
    if (whole)
        snprintf(out, TB_RATE_TEXT, "%llu.%llu", (unsigned long long)(tenths / 10),
                 (unsigned long long)(tenths % 10));
}

void tb_due_rate(char out[TB_RATE_TEXT], size_t part, size_t whole)
{
    put_tenths(out, part, 100, whole);
}

void tb_due_mean_days(char out[TB_RATE_TEXT], const struct tb_due_count *count)
{
    put_tenths(out, (uint64_t)count->days_late, 1, count->on_time + count->late);
}
