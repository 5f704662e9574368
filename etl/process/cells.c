/* cells.c - operands for checks, straight from the planes. */
#include "process/cells.h"

#include "process/work.h"
#include "tongbao/profile.h"
#include "tongbao/rational.h"

static struct tb_operand operand_of(const struct tb_plane *plane, struct tb_period period,
                                    size_t unit)
{
    struct tb_operand out = { .known = TB_UNKNOWN_NO_DATA };
    struct tb_decimal value;
    uint8_t status = tb_plane_get(plane, period, unit, &value);

    if (!tb_status_has_value(status))
        return out;
    if (!tb_rational_from_decimal(value, &out.number)) {
        out.known = TB_UNKNOWN_NOT_COMPUTABLE;
        return out;
    }
    out.known = TB_KNOWN;
    out.provisional = tb_status_is_provisional(status);
    return out;
}

static void measure(void *user, enum tb_measure which, size_t indicator, uint8_t group,
                    struct tb_period period, struct tb_operand out[])
{
    struct tb_work *work = user;
    bool here =
        which < TB_N_SUBMITTED || which == TB_MEASURE_LATE_DAYS || which == TB_MEASURE_RESUBMITTED;
    const struct tb_plane *plane =
        here && (which != TB_MEASURE_RANK || group != TB_NO_GROUP)
            ? tb_work_plane(work, indicator, which, which == TB_MEASURE_RANK ? group : 0)
            : NULL;

    for (size_t unit = 0; unit < work->profile->n_units; unit++)
        out[unit] = operand_of(plane, period, unit);
}

static struct tb_operand pooled(void *user, enum tb_measure which, size_t indicator, uint8_t group,
                                bool own_first, struct tb_period period)
{
    struct tb_work *work = user;
    int32_t area = work->profile->groups[group].area;

    if (!own_first || area == TB_NONE || which >= TB_MEASURE_RANK)
        return (struct tb_operand){ .known = TB_UNKNOWN_NOT_COMPUTABLE };
    return operand_of(tb_work_plane(work, indicator, which, 0), period, (size_t)area);
}

struct tb_rule_source tb_cells_source(struct tb_work *work)
{
    return (struct tb_rule_source){ .user = work, .measure = measure, .pooled = pooled };
}
