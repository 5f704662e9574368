/* layout_indicators.c - a row for each unit (or period), a column for each
 * indicator or measure of one, and perhaps for each period too.
 */
#include "collect/header/head.h"
#include "collect/header/header.h"

#include <string.h>

/* With a qualifier, only a row says what a column means: the form's word that a
 * column is left out is all that is known here. */
static void add_qualified(struct tb_planner *planner, size_t c)
{
    struct tb_plan *plan = planner->plan;
    const struct tb_value_column column = {
        .column = c,
        .head = plan->head[c],
        .meaning = { .indicator = TB_NONE, .measure = -1, .group = TB_NONE },
        .qualified = true,
    };
    struct tb_meaning alone;

    if (tb_head_read(planner->facts->profile, planner->form, plan->head[c], &plan->arena,
                     &alone) != TB_HEAD_LEFT_OUT)
        tb_planner_add_value(planner, &column);
}

/* `投资,增速%,零售,增速%`, `道路,完成日期,佐证`: growth, 同期 and what is said of a task are, without
 * an indicator, of the one that they stand behind.  False behind a head that nobody knows: whose they are is not known either. */
static bool take_indicator(struct tb_planner *planner, size_t c, struct tb_value_column *column)
{
    const struct tb_plan *plan = planner->plan;
    int measure = column->meaning.measure;
    struct tb_value_column before;

    if (column->meaning.indicator != TB_NONE || c == 0 || !tb_planner_is_free(planner, c - 1) ||
        (measure != TB_MEASURE_GROWTH && measure != TB_MEASURE_BASE && measure != TB_MEASURE_MOM &&
         measure != TB_MEASURE_YTD_GROWTH && measure != TB_MEASURE_YTD_BASE &&
         (measure < 0 || !tb_measure_is_of_task((enum tb_measure)measure))))
        return true;
    if (plan->n_values > 0 && plan->value[plan->n_values - 1].column == c - 1) {
        column->meaning.indicator = plan->value[plan->n_values - 1].meaning.indicator;
        return true;
    }
    return plan->head[c - 1][0] == '\0' ||
           tb_column_read(planner, c - 1, &before) != TB_HEAD_UNKNOWN;
}

static void add_plain(struct tb_planner *planner, size_t c)
{
    struct tb_value_column column;
    enum tb_head_kind kind = tb_column_read(planner, c, &column);

    if (kind == TB_HEAD_MEASURE && !take_indicator(planner, c, &column))
        kind = TB_HEAD_UNKNOWN;
    else if (kind == TB_HEAD_MEASURE && column.meaning.indicator != TB_NONE)
        kind = TB_HEAD_KNOWN;
    /* 本月 | 累计 | 同比, or 1-5月 | 同比, where the file says of what. */
    bool measure_alone = kind == TB_HEAD_MEASURE &&
                         (column.meaning.measure >= 0 || column.has_period) &&
                         tb_planner_names_indicator(planner);
    if (kind == TB_HEAD_KNOWN || measure_alone)
        tb_planner_add_value(planner, &column);
    else
        tb_column_refuse(planner, c, kind, TB_REASON_HEAD_UNKNOWN);
}

bool tb_layout_indicators(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    bool qualified = plan->role[TB_ROLE_QUALIFIER] >= 0;
    bool row_says = plan->role[TB_ROLE_UNIT] >= 0 || plan->role[TB_ROLE_PERIOD] >= 0;

    if (qualified && !row_says)
        return false;
    for (size_t c = 0; c < plan->n_heads; c++) {
        if (!tb_planner_is_free(planner, c))
            continue;
        if (qualified)
            add_qualified(planner, c);
        else
            add_plain(planner, c);
    }
    /* A title may name one indicator; a header names a dimension, too. */
    return plan->n_values > 0 && (row_says || plan->n_values > 1);
}
