/* rows.c - finds the cells of a row, and makes numbers of ordinary ones. */
#include "analyse/measure/rows.h"

#include "analyse/measure/growth.h"
#include "analyse/measure/row_cell.h"
#include "tongbao/profile.h"

/* --- what the whole row has in common --- */

/* Points at the cells of a plane in a period; false when its numbers cannot be used. */
static bool point(const struct tb_plane *plane, struct tb_period period, const int64_t **value,
                  const uint8_t **status, int64_t *den)
{
    size_t cell = tb_plane_cell(plane, period, 0);

    *value = NULL;
    *status = NULL;
    if (cell == SIZE_MAX)
        return true;
    if (plane->scale < 0 || plane->scale > TB_DECIMAL_SCALE_MAX)
        return false;
    *value = plane->value + cell;
    *status = plane->status + cell;
    *den = tb_pow10(plane->scale);
    return true;
}

/* Whether levels of the indicator are compared with nothing but earlier levels. */
static bool compares_plainly(const struct tb_row *row)
{
    const struct tb_indicator *indicator = &row->ms->profile->indicators[row->indicator];

    return !tb_indicator_is_ratio(indicator) && indicator->n_rebases == 0;
}

/* The level now and in an earlier period. */
static bool point_levels(struct tb_row *row, enum tb_measure level, struct tb_period then)
{
    const struct tb_plane *plane = row->ms->planes[row->indicator].measure[level];
    struct tb_period from = then;

    if (level == TB_MEASURE_YTD)
        from = tb_period_year_start(then, row->ms->profile->set.year_start);
    row->since = tb_period_first_day(from);
    row->broken = row->ms->planes[row->indicator].broken[level];
    return compares_plainly(row) &&
           point(plane, row->period, &row->x, &row->x_status, &row->den) &&
           point(plane, then, &row->b, &row->b_status, &row->den);
}

static void init_growth(struct tb_row *row)
{
    const struct tb_indicator *indicator = &row->ms->profile->indicators[row->indicator];
    const struct tb_plane *const *plane = row->ms->planes[row->indicator].measure;
    bool year = row->measure == TB_MEASURE_YTD_GROWTH;
    enum tb_measure level = year ? TB_MEASURE_YTD : TB_MEASURE_VALUE;

    if (!tb_growth_from_levels(indicator, row->measure) || indicator->has_min_base ||
        !point_levels(row, level, tb_measures_last_year(row->period)))
        return;
    /* A submitted base goes before last year's level, and in the first period of a
     * year either published rate may stand for the other. */
    if (indicator->growth != TB_BASIS_COMPUTED &&
        (plane[TB_MEASURE_BASE] || plane[TB_MEASURE_YTD_BASE]))
        return;
    if (indicator->growth == TB_BASIS_PUBLISHED) {
        const struct tb_plane *twin = plane[year ? TB_MEASURE_GROWTH : TB_MEASURE_YTD_GROWTH];
        if ((twin && tb_growth_first_of_year(row->ms, indicator, row->period)) ||
            !point(plane[row->measure], row->period, &row->published, &row->published_status,
                   &row->published_den))
            return;
    }
    row->method = TB_GROWTH_COMPUTED;
    row->shape = TB_ROW_RATE;
}

static void init_mom(struct tb_row *row)
{
    const struct tb_indicator *indicator = &row->ms->profile->indicators[row->indicator];

    if (row->ms->planes[row->indicator].measure[TB_MEASURE_MOM] ||
        !tb_growth_from_levels(indicator, row->measure) ||
        !point_levels(row, TB_MEASURE_VALUE, tb_indicator_previous(indicator, row->period)))
        return;
    row->incomparable = tb_growth_joint_in_mom(indicator, row->period);
    row->shape = TB_ROW_RATE;
}

static void init_share(struct tb_row *row)
{
    const struct tb_indicator *indicator = &row->ms->profile->indicators[row->indicator];
    const struct tb_plane *const *plane = row->ms->planes[row->indicator].measure;

    if (plane[TB_MEASURE_SHARE] || tb_indicator_is_ratio(indicator) ||
        !point(plane[TB_MEASURE_VALUE], row->period, &row->x, &row->x_status, &row->den))
        return;
    row->adds_up = indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_STOCK ||
                   indicator->kind == TB_KIND_COUNT;
    row->shape = indicator->uom.kind == TB_UOM_PERCENT ? TB_ROW_CELL : TB_ROW_SHARE;
}

/* A measure that is a cell; of a level without a plane a formula may answer. */
static void init_cell(struct tb_row *row)
{
    const struct tb_plane *plane = row->ms->planes[row->indicator].measure[row->measure];

    if (!plane && tb_indicator_is_ratio(&row->ms->profile->indicators[row->indicator]))
        return;
    if (point(plane, row->period, &row->x, &row->x_status, &row->den))
        row->shape = TB_ROW_CELL;
}

void tb_row_init(struct tb_row *row, const struct tb_measures *ms, enum tb_measure measure,
                 size_t indicator, struct tb_period period)
{
    *row = (struct tb_row){ .ms = ms,
                            .measure = measure,
                            .indicator = indicator,
                            .period = period,
                            .shape = TB_ROW_UNUSUAL };
    if (indicator >= ms->profile->n_indicators ||
        period.freq != ms->profile->indicators[indicator].frequency)
        return;
    switch (measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
        init_cell(row);
        break;
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
        init_growth(row);
        break;
    case TB_MEASURE_MOM:
        init_mom(row);
        break;
    case TB_MEASURE_CHANGE:
        if (point_levels(row, TB_MEASURE_VALUE, tb_measures_last_year(period)))
            row->shape = TB_ROW_DIFFERENCE;
        break;
    case TB_MEASURE_SHARE:
        init_share(row);
        break;
    default:
        break;
    }
}

/* --- its cells --- */

void tb_row_get(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    if (!tb_row_get_ordinary(row, row->shape, unit, out))
        *out = tb_measures_get(row->ms, row->measure, row->indicator, unit, row->period);
}

/* --- sums of a group --- */

bool tb_row_add_up(const struct tb_row *row, const struct tb_group *group, size_t without,
                   struct tb_row_sums *out)
{
    bool pair = row->shape == TB_ROW_RATE;
    int64_t above = 0, below = 0;

    *out = (struct tb_row_sums){ .above = { 0, 1 }, .below = { 0, 1 } };
    if ((!pair && row->shape != TB_ROW_CELL) || row->published_status)
        return false;
    for (size_t m = 0; m < group->n_members; m++) {
        size_t unit = group->member[m];
        uint8_t x = tb_row_letter_of(row->x_status, unit);
        uint8_t b = pair ? tb_row_letter_of(row->b_status, unit) : x;
        if (unit == without || !tb_unit_valid_in(&row->ms->profile->units[unit], row->period))
            continue;
        if (pair && !tb_row_is_settled(row, unit))
            return false;
        out->n_open++;
        if (row->incomparable || !tb_status_has_value(x) || !tb_status_has_value(b))
            continue;
        if (__builtin_add_overflow(above, row->x[unit], &above) ||
            (pair && __builtin_add_overflow(below, row->b[unit], &below)))
            return false;
        out->provisional |= tb_status_is_provisional(x) || tb_status_is_provisional(b);
        out->n++;
    }
    return out->n == 0 || (tb_rational_make(above, row->den, &out->above) &&
                           (!pair || tb_rational_make(below, row->den, &out->below)));
}
