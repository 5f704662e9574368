/* layout_periods.c - a row for each unit or indicator, a column for each period
 * (and perhaps measure or indicator: 2023年5月 over 累计 | 同比).
 */
#include "collect/header/head.h"
#include "collect/header/header.h"
#include "tongbao/observation.h"

/* 同比±% behind 1-5月: its place says of which period it is (column_groups.h). */
static bool is_of_neighbour(const struct tb_plan *plan, const struct tb_value_column *column)
{
    int measure = column->meaning.measure;
    bool figure = false;

    for (size_t i = 0; i < plan->n_values && !figure; i++)
        figure = plan->value[i].has_period && plan->value[i].meaning.indicator == TB_NONE &&
                 (plan->value[i].meaning.measure < 0 ||
                  plan->value[i].meaning.measure == TB_MEASURE_VALUE ||
                  plan->value[i].meaning.measure == TB_MEASURE_YTD);
    return figure && (measure == TB_MEASURE_GROWTH || measure == TB_MEASURE_YTD_GROWTH ||
                      measure == TB_MEASURE_BASE || measure == TB_MEASURE_YTD_BASE);
}

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
        if (said && (column.has_period || kind == TB_HEAD_KNOWN || is_of_neighbour(plan, &column)))
            tb_planner_add_value(planner, &column);
        else
            tb_column_refuse(planner, c, kind, TB_REASON_PERIOD_MALFORMED);
    }
    return plan->n_values > 0 && planner->n_periods > 0;
}
