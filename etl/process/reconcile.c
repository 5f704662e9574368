/* reconcile.c - cumulated figures against single periods, where both were submitted:
 * C_m - C_(m-1) - x_m.  What is left over is a revision of earlier months inside C_m
 * (methods note, section 1).  It stays where it is and is told: residuals.csv. */
#include "process/work.h"

#include "tongbao/csv.h"
#include "tongbao/profile.h"

static void put_units(struct tb_buf *out, int64_t units, int32_t scale)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format((struct tb_decimal){ units, scale }, text);
    tb_csv_put(out, text);
}

/* One cell of which both figures were submitted. */
static void reconcile_cell(struct tb_work *work, size_t indicator, uint32_t row, uint32_t unit)
{
    const struct tb_plane *value = tb_work_plane(work, indicator, TB_MEASURE_VALUE, 0);
    const struct tb_plane *ytd = tb_work_plane(work, indicator, TB_MEASURE_YTD, 0);
    size_t cell = (size_t)row * value->n_columns + unit;
    int64_t before = tb_work_row_before(work, indicator, value, row), gone = 0, rest;
    char period[TB_PERIOD_TEXT];

    if (before == INT64_MAX)
        return;
    if (before >= 0 && !tb_work_begins_now(work, value, row, unit)) {
        size_t past = (size_t)before * value->n_columns + unit;
        if (!tb_status_has_value(ytd->status[past]))
            return;
        gone = ytd->value[past];
    }
    if (__builtin_sub_overflow(ytd->value[cell], gone, &rest) ||
        __builtin_sub_overflow(rest, value->value[cell], &rest) || rest == 0)
        return;
    struct tb_buf *out = &work->residuals;
    tb_period_format((struct tb_period){ value->freq, value->first + (int32_t)row }, period);
    tb_csv_put(out, work->profile->units[unit].code);
    tb_csv_put(out, work->profile->indicators[indicator].code);
    tb_csv_put(out, period);
    put_units(out, ytd->value[cell], ytd->scale);
    put_units(out, gone, ytd->scale);
    put_units(out, value->value[cell], value->scale);
    put_units(out, rest, value->scale);
    tb_csv_put_int(out, ytd->origin[cell]);
    tb_csv_put_int(out, value->origin[cell]);
    tb_csv_end_row(out);
    work->n_residuals++;
}

int tb_work_reconcile(struct tb_work *work, struct tb_error *err)
{
    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        const struct tb_plane *value = tb_work_plane(work, i, TB_MEASURE_VALUE, 0);
        const struct tb_plane *ytd = tb_work_plane(work, i, TB_MEASURE_YTD, 0);
        enum tb_kind kind = work->profile->indicators[i].kind;
        if (!value || !ytd || (kind != TB_KIND_FLOW && kind != TB_KIND_COUNT) ||
            value->scale != ytd->scale || value->first != ytd->first)
            continue;
        size_t n = (size_t)value->n_periods * value->n_columns;
        for (size_t cell = 0; cell < n; cell++)
            if (value->origin[cell] && ytd->origin[cell] &&
                tb_status_has_value(value->status[cell]) && tb_status_has_value(ytd->status[cell]))
                reconcile_cell(work, i, (uint32_t)(cell / value->n_columns),
                               (uint32_t)(cell % value->n_columns));
    }
    return tb_buf_ok(&work->residuals, err) ? 0 : -1;
}
