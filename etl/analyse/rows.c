/* rows.c - finds the cells of a row, and makes numbers of ordinary ones. */
#include "analyse/rows.h"

#include "analyse/growth.h"
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

/* --- one cell of it --- */

static uint8_t letter_of(const uint8_t *status, size_t unit)
{
    return status ? status[unit] & TB_STATUS_MASK : TB_STATUS_NONE;
}

/* Members are written one by one where they will stay: a struct put together in
 * registers and copied costs several times as much. */
static void put(struct tb_measured *out, int64_t num, int64_t den, enum tb_known known,
                uint8_t status)
{
    out->number.num = num;
    out->number.den = den;
    out->known = (uint8_t)known;
    out->status = status;
    out->provisional = false;
    out->unranked = false;
}

static void put_unknown(struct tb_measured *out, enum tb_known why, uint8_t status)
{
    put(out, 0, 1, why, status);
}

static void put_absent(struct tb_measured *out, uint8_t letter, uint8_t status)
{
    put_unknown(out, letter == TB_STATUS_M ? TB_UNKNOWN_NOT_APPLICABLE : TB_UNKNOWN_NO_DATA,
                status);
}

static void put_known(struct tb_measured *out, int64_t num, int64_t den, uint8_t letter)
{
    put(out, num, den, TB_KNOWN, letter);
    out->provisional = tb_status_is_provisional(letter);
}

/* Whether the comparison with an earlier period needs no look at the unit's past. */
static bool is_settled(const struct tb_row *row, size_t unit)
{
    return row->ms->since[unit] <= row->since && !(row->broken && row->broken[unit]);
}

/* Imputed figures may have no place, held ones say so. */
static bool is_unusual(uint8_t letter)
{
    return letter == TB_STATUS_I || letter == TB_STATUS_O;
}

/* The published rate, where there is one. */
static bool take_published(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    uint8_t letter = letter_of(row->published_status, unit);

    if (tb_status_has_value(letter)) {
        put_known(out, row->published[unit], row->published_den, letter);
        out->status |= TB_GROWTH_PUBLISHED;
        return true;
    }
    return false;
}

/* x and b are known.  False when the number does not fit. */
static bool compare(const struct tb_row *row, int64_t x, int64_t b, struct tb_measured *out)
{
    int64_t difference;

    if (row->shape == TB_ROW_DIFFERENCE) {
        if (__builtin_sub_overflow(x, b, &difference))
            return false;
        out->number.num = difference;
        return true;
    }
    if (row->incomparable) {
        out->known = TB_UNKNOWN_NOT_COMPUTABLE;
        return true;
    }
    if (b <= 0 || x < 0) {
        put_unknown(out, TB_UNKNOWN_NOT_COMPUTABLE, out->status);
        return true;
    }
    out->status |= row->method;
    out->number.den = b;
    return !__builtin_mul_overflow(x - b, 100, &out->number.num); /* both are >= 0 */
}

static bool get_compared(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    uint8_t x = letter_of(row->x_status, unit), b = letter_of(row->b_status, unit);

    if (!is_settled(row, unit) || is_unusual(letter_of(row->published_status, unit)))
        return false;
    if (row->published_status && take_published(row, unit, out))
        return true;
    if (is_unusual(x) || is_unusual(b))
        return false;
    if (!tb_status_has_value(x)) {
        put_absent(out, x, x);
        return true;
    }
    if (!tb_status_has_value(b)) {
        put_absent(out, b, x);
        return true;
    }
    put_known(out, row->x[unit], row->den, x);
    if (!compare(row, row->x[unit], row->b[unit], out))
        return false;
    if (out->known == TB_KNOWN)
        out->provisional |= tb_status_is_provisional(b);
    return true;
}

static bool get_share(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    int32_t parent = row->ms->profile->units[unit].parent;
    uint8_t x = letter_of(row->x_status, unit), whole;

    if (is_unusual(x))
        return false;
    if (!tb_status_has_value(x)) {
        put_absent(out, x, x);
        return true;
    }
    if (parent == TB_NONE || !row->adds_up) {
        put_unknown(out, TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
        return true;
    }
    whole = letter_of(row->x_status, (size_t)parent);
    if (is_unusual(whole))
        return false;
    if (!tb_status_has_value(whole)) {
        put_absent(out, whole, x);
        return true;
    }
    put_known(out, row->x[unit], row->x[parent], x);
    out->provisional |= tb_status_is_provisional(whole);
    if (row->x[parent] <= 0) {
        put_unknown(out, TB_UNKNOWN_NOT_COMPUTABLE, x);
        return true;
    }
    return !__builtin_mul_overflow(row->x[unit], 100, &out->number.num);
}

static bool get_cell(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    uint8_t letter = letter_of(row->x_status, unit);

    if (is_unusual(letter))
        return false;
    if (tb_status_has_value(letter))
        put_known(out, row->x[unit], row->den, letter);
    else
        put_absent(out, letter, letter);
    return true;
}

/* False when the cell is to be asked for the long way. */
static bool get_ordinary(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    switch (row->shape) {
    case TB_ROW_CELL:
        return get_cell(row, unit, out);
    case TB_ROW_RATE:
    case TB_ROW_DIFFERENCE:
        return get_compared(row, unit, out);
    case TB_ROW_SHARE:
        return get_share(row, unit, out);
    default:
        return false;
    }
}

void tb_row_get(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    if (!get_ordinary(row, unit, out))
        *out = tb_measures_get(row->ms, row->measure, row->indicator, unit, row->period);
}

void tb_rows_get(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                 struct tb_period period, struct tb_measured out[])
{
    struct tb_row row;

    tb_row_init(&row, ms, measure, indicator, period);
    for (size_t unit = 0; unit < ms->profile->n_units; unit++)
        tb_row_get(&row, unit, &out[unit]);
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
        uint8_t x = letter_of(row->x_status, unit);
        uint8_t b = pair ? letter_of(row->b_status, unit) : x;
        if (unit == without || !tb_unit_valid_in(&row->ms->profile->units[unit], row->period))
            continue;
        if (pair && !is_settled(row, unit))
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
