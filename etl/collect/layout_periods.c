/* layout_periods.c - a row for each unit or indicator, a column for each period
 * (and perhaps measure or indicator: 2023年5月 over 累计 | 同比).
 */
#include "collect/head.h"
#include "collect/header.h"

bool tb_layout_periods(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    bool row_says = plan->role[TB_ROLE_UNIT] >= 0 || plan->role[TB_ROLE_INDICATOR] >= 0;

    for (size_t c = 0; c < plan->n_heads && row_says; c++) {
        struct tb_value_column column;
        if (!tb_planner_is_free(planner, c))
            continue;
        enum tb_head_kind kind = tb_column_read(planner, c, &column);
        bool said = kind == TB_HEAD_KNOWN || kind == TB_HEAD_MEASURE;
        /* A name of its own in the form may leave the period to the file. */
        if (said && (column.has_period || kind == TB_HEAD_KNOWN))
            tb_column_add(planner, &column);
        else
            tb_column_refuse(planner, c, kind, TB_REASON_PERIOD_MALFORMED);
    }
    return plan->n_values > 0 && planner->n_periods > 0;
}
