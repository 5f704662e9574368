/* ratio.c - indicators that are a quotient of sums of others.
 *
 * Both sums are kept in basic units of measure (yuan, not 万元), so parts of
 * different multipliers add up, and a group's ratio is the quotient of the
 * group's sums, never the mean of its ratios (methods note, section 3).
 */
#include "analyse/measure/measures.h"

#include "tongbao/profile.h"

/* A stock has no cumulated value: 1-5月 revenue per head divides by the heads. */
static enum tb_measure measure_of_part(const struct tb_measures *ms, size_t part,
                                       enum tb_measure measure)
{
    if (measure == TB_MEASURE_YTD && !ms->planes[part].measure[TB_MEASURE_YTD] &&
        ms->profile->indicators[part].kind != TB_KIND_FLOW)
        return TB_MEASURE_VALUE;
    return measure;
}

/* The earlier of two letters that matter: a provisional part makes the whole so. */
static void join_status(struct tb_measured *all, const struct tb_measured *part)
{
    if (all->status == TB_STATUS_NONE || part->provisional)
        all->status = part->status;
    all->provisional |= part->provisional;
    all->unranked |= part->unranked;
}

static uint8_t sum_side(const struct tb_measures *ms, const struct tb_formula_side *side,
                        enum tb_measure measure, size_t unit, struct tb_period period,
                        struct tb_rational *sum, struct tb_measured *all)
{
    size_t n_present = 0;

    *sum = tb_rational_int(0);
    for (size_t p = 0; p < side->n; p++) {
        size_t row = side->indicator[p];
        const struct tb_indicator *part = &ms->profile->indicators[row];
        /* Only cells: a quotient inside a quotient has no sums of its own to pool. */
        struct tb_measured cell =
            tb_measures_cell(ms, measure_of_part(ms, row, measure), row, unit, period);
        if (cell.known != TB_KNOWN) {
            if (side->of_present)
                continue;
            all->status = cell.status;
            return cell.known;
        }
        if (!tb_ratio_add(part, side->sign[p], cell.number, sum))
            return TB_UNKNOWN_NOT_COMPUTABLE;
        join_status(all, &cell);
        n_present++;
    }
    return n_present > 0 ? TB_KNOWN : TB_UNKNOWN_NO_DATA;
}

uint8_t tb_ratio_sides(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                       size_t unit, struct tb_period period, struct tb_rational *numerator,
                       struct tb_rational *denominator, struct tb_measured *parts)
{
    const struct tb_formula *formula = ms->profile->indicators[indicator].formula;

    *parts = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    uint8_t above = sum_side(ms, &formula->numerator, measure, unit, period, numerator, parts);
    uint8_t below = sum_side(ms, &formula->denominator, measure, unit, period, denominator, parts);
    return above != TB_KNOWN ? above : below;
}
