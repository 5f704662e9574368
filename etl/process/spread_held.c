/* spread_held.c - what rests on a held cell is held and not absent, so that a verdict on
 * it says so: single periods, cumulative figures, sums of indicators.  Last of all:
 * deriving again would take these for cells that a check holds. */
#include "process/work.h"
#include "tongbao/profile.h"

static bool is_held_back(const struct tb_plane *plane, size_t cell)
{
    return plane->status[cell] == (TB_STATUS_O | TB_FLAG_CHECK);
}

/* value from ytd and back: of the period, or of the one before. */
static void spread_single(struct tb_work *work, size_t indicator)
{
    struct tb_plane *value = tb_work_plane(work, indicator, TB_MEASURE_VALUE, 0);
    struct tb_plane *ytd = tb_work_plane(work, indicator, TB_MEASURE_YTD, 0);

    for (uint32_t row = 0; row < value->n_periods; row++) {
        int64_t before = tb_work_row_before(work, indicator, value, row);
        for (uint32_t unit = 0; unit < value->n_columns; unit++) {
            size_t cell = (size_t)row * value->n_columns + unit;
            size_t past = (size_t)before * value->n_columns + unit;
            bool past_held = before >= 0 && before != INT64_MAX && is_held_back(ytd, past);
            if (value->status[cell] == TB_STATUS_NONE &&
                (is_held_back(ytd, cell) ||
                 (past_held && tb_status_has_value(ytd->status[cell]))))
                value->status[cell] = TB_STATUS_O | TB_FLAG_CHECK;
            else if (ytd->status[cell] == TB_STATUS_NONE &&
                     (is_held_back(value, cell) ||
                      (past_held && tb_status_has_value(value->status[cell]))))
                ytd->status[cell] = TB_STATUS_O | TB_FLAG_CHECK;
        }
    }
}

static void spread_formula(struct tb_work *work, size_t indicator)
{
    const struct tb_formula_side *side = &work->profile->indicators[indicator].formula->numerator;
    const enum tb_measure measures[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };

    for (int m = 0; m < 2; m++) {
        struct tb_plane *plane = tb_work_plane(work, indicator, measures[m], 0);
        size_t n = plane ? (size_t)plane->n_periods * plane->n_columns : 0;
        for (size_t cell = 0; cell < n; cell++) {
            struct tb_period period = { plane->freq,
                                        plane->first + (int32_t)(cell / plane->n_columns) };
            for (size_t p = 0; p < side->n && plane->status[cell] == TB_STATUS_NONE; p++)
                if (tb_plane_get(tb_work_plane(work, side->indicator[p], measures[m], 0), period,
                                 cell % plane->n_columns,
                                 NULL) == (TB_STATUS_O | TB_FLAG_CHECK))
                    plane->status[cell] = TB_STATUS_O | TB_FLAG_CHECK;
        }
    }
}

void tb_work_spread_held(struct tb_work *work)
{
    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        const struct tb_indicator *about = &work->profile->indicators[i];
        if (!about->formula && tb_work_plane(work, i, TB_MEASURE_VALUE, 0) &&
            tb_work_plane(work, i, TB_MEASURE_YTD, 0) &&
            (about->kind == TB_KIND_FLOW || about->kind == TB_KIND_COUNT))
            spread_single(work, i);
    }
    for (size_t i = 0; i < work->profile->n_indicators; i++)
        if (work->profile->indicators[i].formula &&
            work->profile->indicators[i].formula->denominator.n == 0)
            spread_formula(work, i);
}
