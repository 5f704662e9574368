/* layout_periods.c - a row for each unit or indicator, a column for each period. */
#include "collect/head.h"
#include "collect/header.h"

#include <string.h>

#include "collect/coder.h"
#include "tongbao/buf.h"

/* `2023年4月`, `2023-04`; or `4月` and `1-4月` where the file names the year. */
static bool read_period_head(const char *head, size_t len, int year, struct tb_period_read *out)
{
    struct tb_buf text = TB_BUF_INIT, scratch = TB_BUF_INIT;
    bool read = tb_read_period(head, len, &scratch, out);

    if (!read && year && len > 0 && strchr("0123456789", head[0])) {
        tb_buf_printf(&text, "%d年%.*s", year, (int)len, head);
        read = tb_read_period(tb_buf_text(&text), text.len, &scratch, out);
    }
    tb_buf_release(&text);
    tb_buf_release(&scratch);
    return read;
}

static bool known_before(const struct tb_plan *plan, const struct tb_value_column *column)
{
    for (size_t i = 0; i < plan->n_values; i++) {
        const struct tb_period_read *other = &plan->value[i].period;
        if (other->period.freq == column->period.period.freq &&
            other->period.index == column->period.period.index &&
            other->cumulative == column->period.cumulative)
            return true;
    }
    return false;
}

bool tb_layout_periods(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    int year = tb_planner_year(planner);
    bool row_says = plan->role[TB_ROLE_UNIT] >= 0 || plan->role[TB_ROLE_INDICATOR] >= 0;

    for (size_t c = 0; c < plan->n_heads && row_says; c++) {
        const char *inner;
        struct tb_value_column column = {
            .column = c,
            .head = plan->head[c],
            .meaning = { .indicator = TB_NONE, .measure = -1, .group = TB_NONE },
            .has_period = true,
        };
        if (!tb_planner_is_free(planner, c))
            continue;
        size_t len = tb_head_brackets(plan->head[c], &plan->arena, &inner);
        column.meaning.unit_measure = inner;
        if (!read_period_head(plan->head[c], len, year, &column.period))
            tb_planner_problem(planner, TB_REASON_PERIOD_MALFORMED, c, NULL);
        else if (known_before(plan, &column))
            tb_planner_problem(planner, TB_REASON_HEAD_TWICE, c, NULL);
        else
            tb_planner_add_value(planner, &column);
    }
    return plan->n_values > 0;
}
