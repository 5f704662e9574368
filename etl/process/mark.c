/* mark.c - statuses that the profile knows and submissions do not say: B in the first
 * period after a change of scope or base year, L where nothing is collected because
 * January and February are one figure.  Made when all else is done. */
#include "process/work.h"

#include "tongbao/change.h"
#include "tongbao/profile.h"
#include "tongbao/rebase.h"

/* A value without a remark of its own becomes the first behind a break. */
static void mark_cell(struct tb_plane *plane, uint32_t row, uint32_t unit)
{
    size_t cell = (size_t)row * plane->n_columns + unit;
    unsigned status = plane->status[cell];

    if ((status & TB_STATUS_MASK) == TB_STATUS_A)
        plane->status[cell] = (uint8_t)((status & ~(unsigned)TB_STATUS_MASK) | TB_STATUS_B);
}

/* The first period of the plane that holds the day or begins after it, and in which a
 * figure is expected; n_periods when there is none. */
static uint32_t first_row(const struct tb_indicator *indicator, const struct tb_plane *plane,
                          tb_day day)
{
    for (uint32_t row = 0; row < plane->n_periods; row++) {
        struct tb_period period = { plane->freq, plane->first + (int32_t)row };
        if (tb_period_last_day(period) >= day && tb_indicator_expected(indicator, period))
            return row;
    }
    return plane->n_periods;
}

static bool went_before(const struct tb_change *change, uint32_t unit)
{
    for (size_t i = 0; i < change->n_from; i++)
        if (change->from[i] == unit)
            return true;
    return false;
}

static void mark_changes(const struct tb_work *work, size_t indicator, struct tb_plane *plane)
{
    const struct tb_profile *profile = work->profile;

    for (size_t i = 0; i < profile->n_changes; i++) {
        const struct tb_change *change = &profile->changes[i];
        if (change->kind == TB_CHANGE_OPENED || change->kind == TB_CHANGE_CLOSED ||
            change->kind == TB_CHANGE_RENAMED)
            continue;
        uint32_t row = first_row(&profile->indicators[indicator], plane, change->day);
        /* The series of a unit that is new has nothing before it to break with. */
        for (size_t t = 0; t < change->n_to && row < plane->n_periods; t++)
            if (went_before(change, change->to[t]))
                mark_cell(plane, row, change->to[t]);
    }
}

static void mark_rebases(const struct tb_indicator *indicator, struct tb_plane *plane)
{
    for (size_t i = 0; i < indicator->n_rebases; i++) {
        int32_t row = indicator->rebase[i].from.index - plane->first;
        if (row <= 0 || (uint32_t)row >= plane->n_periods)
            continue;
        for (uint32_t unit = 0; unit < plane->n_columns; unit++)
            mark_cell(plane, (uint32_t)row, unit);
    }
}

static bool is_there(const struct tb_plane *plane, uint32_t row, uint32_t unit)
{
    return row < plane->n_periods &&
           tb_status_has_value(plane->status[(size_t)row * plane->n_columns + unit]);
}

/* Between two figures, or before the first, of a series that has no January. */
static void mark_not_collected(const struct tb_indicator *indicator, struct tb_plane *plane)
{
    for (uint32_t row = 0; row < plane->n_periods; row++) {
        struct tb_period period = { plane->freq, plane->first + (int32_t)row };
        if (tb_indicator_expected(indicator, period))
            continue;
        for (uint32_t unit = 0; unit < plane->n_columns; unit++) {
            uint8_t *status = &plane->status[(size_t)row * plane->n_columns + unit];
            if (*status == TB_STATUS_NONE &&
                ((row > 0 && is_there(plane, row - 1, unit)) || is_there(plane, row + 1, unit)))
                *status = TB_STATUS_L;
        }
    }
}

void tb_work_mark(struct tb_work *work)
{
    static const enum tb_measure measures[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };
    const struct tb_profile *profile = work->profile;

    for (size_t i = 0; i < profile->n_indicators; i++)
        for (size_t m = 0; m < 2; m++) {
            struct tb_plane *plane = tb_work_plane(work, i, measures[m], 0);
            if (!plane)
                continue;
            mark_changes(work, i, plane);
            mark_rebases(&profile->indicators[i], plane);
            if (profile->indicators[i].joint_jan_feb)
                mark_not_collected(&profile->indicators[i], plane);
        }
}
