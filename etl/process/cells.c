/* cells.c - operands for checks, straight from the planes; quotients of sums of
 * indicators, which have no plane here, from the planes of their parts. */
#include "process/cells.h"

#include "process/work.h"
#include "tongbao/profile.h"
#include "tongbao/ratio.h"
#include "tongbao/rational.h"

static struct tb_operand unknown(enum tb_known why)
{
    return (struct tb_operand){ .number = { 0, 1 }, .known = (uint8_t)why };
}

/* True for a cell found wrong, and for one that was derived from such a one. */
static bool is_wrong(const struct tb_cells *cells, const struct tb_plane *plane, size_t cell)
{
    if (!cells->wrong || plane->key.indicator != cells->plane->key.indicator)
        return false;
    if (plane == cells->plane)
        return cells->wrong[cell] != 0;
    bool derived = plane->origin && plane->origin[cell] == 0 &&
                   plane->key.measure <= TB_MEASURE_YTD &&
                   cells->plane->key.measure <= TB_MEASURE_YTD;
    return derived && (cells->wrong[cell] != 0 ||
                       (cell >= plane->n_columns && cells->wrong[cell - plane->n_columns] != 0));
}

static struct tb_operand operand_of(const struct tb_cells *cells, const struct tb_plane *plane,
                                    struct tb_period period, size_t unit)
{
    struct tb_operand out = { .number = { 0, 1 }, .known = TB_KNOWN };
    struct tb_decimal value;
    uint8_t status = tb_plane_get(plane, period, unit, &value);

    if ((status & TB_STATUS_MASK) == TB_STATUS_O && status & TB_FLAG_CHECK)
        return unknown(TB_UNKNOWN_HELD);
    if (!tb_status_has_value(status) || is_wrong(cells, plane, tb_plane_cell(plane, period, unit)))
        return unknown(TB_UNKNOWN_NO_DATA);
    if (!tb_rational_from_decimal(value, &out.number))
        return unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    out.provisional = tb_status_is_provisional(status);
    return out;
}

const struct tb_plane *tb_cells_part(const struct tb_work *work, size_t part,
                                     enum tb_measure measure)
{
    const struct tb_plane *plane = tb_work_plane(work, part, measure, 0);

    /* A stock has no cumulated value: 1-5月 revenue per head divides by the heads. */
    if (!plane && measure == TB_MEASURE_YTD && work->profile->indicators[part].kind != TB_KIND_FLOW)
        plane = tb_work_plane(work, part, TB_MEASURE_VALUE, 0);
    return plane;
}

/* One sum of a quotient; provisional when a part is. */
static struct tb_operand side_of(const struct tb_cells *cells, const struct tb_formula_side *side,
                                 enum tb_measure measure, struct tb_period period, size_t unit)
{
    const struct tb_work *work = cells->work;
    struct tb_operand sum = unknown(TB_UNKNOWN_NO_DATA);

    for (size_t p = 0; p < side->n; p++) {
        size_t row = side->indicator[p];
        struct tb_operand part = operand_of(cells, tb_cells_part(work, row, measure), period, unit);
        if ((part.known == TB_UNKNOWN_NO_DATA || part.known == TB_UNKNOWN_HELD) &&
            side->of_present)
            continue;
        if (part.known != TB_KNOWN)
            return part;
        if (!tb_ratio_add(&work->profile->indicators[row], side->sign[p], part.number, &sum.number))
            return unknown(TB_UNKNOWN_NOT_COMPUTABLE);
        sum.known = TB_KNOWN;
        sum.provisional = sum.provisional || part.provisional;
    }
    return sum;
}

static struct tb_operand ratio_of(const struct tb_cells *cells, size_t indicator,
                                  enum tb_measure measure, struct tb_period period, size_t unit)
{
    const struct tb_indicator *about = &cells->work->profile->indicators[indicator];
    struct tb_operand above = side_of(cells, &about->formula->numerator, measure, period, unit);
    struct tb_operand below = side_of(cells, &about->formula->denominator, measure, period, unit);

    if (above.known != TB_KNOWN || below.known != TB_KNOWN)
        return above.known != TB_KNOWN ? above : below;
    if (!tb_ratio_divide(about, above.number, below.number, &above.number))
        return unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    above.provisional = above.provisional || below.provisional;
    return above;
}

static struct tb_operand cell(const struct tb_cells *cells, enum tb_measure which, size_t indicator,
                              struct tb_period period, size_t unit)
{
    const struct tb_plane *plane = tb_work_plane(cells->work, indicator, which, 0);

    if (!plane && (which == TB_MEASURE_VALUE || which == TB_MEASURE_YTD) &&
        tb_indicator_is_ratio(&cells->work->profile->indicators[indicator]))
        return ratio_of(cells, indicator, which, period, unit);
    return operand_of(cells, plane, period, unit);
}

static void measure(void *user, enum tb_measure which, size_t indicator, uint8_t group,
                    struct tb_period period, struct tb_operand out[])
{
    const struct tb_cells *cells = user;
    const struct tb_work *work = cells->work;
    bool here =
        which < TB_MEASURE_RANK || which == TB_MEASURE_LATE_DAYS || which == TB_MEASURE_RESUBMITTED;
    const struct tb_plane *given = which == TB_MEASURE_RANK && group != TB_NO_GROUP
                                       ? tb_work_plane(work, indicator, which, group)
                                       : NULL;

    for (size_t unit = 0; unit < work->profile->n_units; unit++)
        out[unit] = here ? cell(cells, which, indicator, period, unit)
                         : operand_of(cells, given, period, unit);
}

static struct tb_operand pooled(void *user, enum tb_measure which, size_t indicator, uint8_t group,
                                bool own_first, struct tb_period period)
{
    const struct tb_cells *cells = user;
    int32_t area = cells->work->profile->groups[group].area;

    if (!own_first || area == TB_NONE || which >= TB_MEASURE_RANK)
        return unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    return cell(cells, which, indicator, period, (size_t)area);
}

static const struct tb_plane *plane_of(void *user, enum tb_measure which, size_t indicator)
{
    return tb_work_plane(((const struct tb_cells *)user)->work, indicator, which, 0);
}

struct tb_rule_source tb_cells_source(struct tb_cells *cells)
{
    return (struct tb_rule_source){
        .user = cells, .measure = measure, .pooled = pooled, .plane = plane_of
    };
}
