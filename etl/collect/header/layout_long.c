/* layout_long.c - one observation a row, or one a row and measure.
 *
 * `unit,indicator,period,value`, SDMX-CSV, and tables such as
 * `单位,指标,月份,当期,累计,同比`, where each measure has a column.
 */
#include "collect/header/head.h"
#include "collect/header/header.h"
#include "collect/header/task_heads.h"

#include <string.h>

bool tb_planner_is_value_head(const struct tb_profile *profile, const char *head)
{
    static const char *const heads[] = { "obs_value", "value", "数值", "指标值", "数据", "值" };

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (tb_same_name(profile, heads[i], head))
            return true;
    }
    return false;
}

/* Columns of lists of tasks are found by task_heads.c. */
static bool is_of_task(const struct tb_meaning *meaning)
{
    return meaning->measure >= 0 && tb_measure_is_of_task((enum tb_measure)meaning->measure);
}

/* What a column says of its values beside that they are values. */
static bool read_column(struct tb_planner *planner, size_t c, struct tb_value_column *out)
{
    struct tb_plan *plan = planner->plan;
    const struct tb_heads *heads = &planner->heads[c];
    const char *inner, *head = heads->n ? heads->part[heads->n - 1] : "";
    size_t len = tb_head_brackets(head, &plan->arena, &inner);
    const char *name = tb_arena_memdup(&plan->arena, head, len);

    *out = (struct tb_value_column){
        .column = c,
        .head = plan->head[c],
        .meaning = { .indicator = TB_NONE, .measure = -1, .group = TB_NONE, .unit_measure = inner },
    };
    if (!name) {
        planner->failed = true;
        return false;
    }
    if (tb_planner_is_value_head(planner->facts->profile, name))
        return true;
    out->meaning = (struct tb_meaning){ .measure = -1 };
    return tb_head_read(planner->facts->profile, planner->form, head, &plan->arena,
                        &out->meaning) == TB_HEAD_MEASURE &&
           out->meaning.measure != TB_MEASURE_RANK && !is_of_task(&out->meaning);
}

/* `指标,本月,1-5月`: where a column names indicators and none the period, a head may. */
static bool read_period_column(struct tb_planner *planner, size_t c, struct tb_value_column *out)
{
    const int *role = planner->plan->role;

    return role[TB_ROLE_PERIOD] < 0 && role[TB_ROLE_INDICATOR] >= 0 &&
           tb_column_read(planner, c, out) == TB_HEAD_MEASURE && out->has_period &&
           out->meaning.indicator == TB_NONE && out->meaning.measure != TB_MEASURE_RANK &&
           !is_of_task(&out->meaning);
}

/* The form gives heads of its own a meaning. */
static void add_listed(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    const struct tb_form *form = planner->form;

    for (size_t c = 0; c < plan->n_heads; c++) {
        for (size_t i = 0; i < form->n_columns; i++) {
            const struct tb_form_column *listed = &form->columns[i];
            if (listed->indicator == TB_NONE || !tb_same_name(planner->facts->profile, listed->head, plan->head[c]))
                continue;
            const struct tb_value_column column = {
                .column = c,
                .head = plan->head[c],
                .meaning = { listed->indicator, listed->measure, listed->group,
                             listed->unit_measure, true },
            };
            tb_planner_add_value(planner, &column);
            break;
        }
    }
}

/* Numbers, and nothing else, in the rows that are looked at. */
static bool holds_numbers(const struct tb_planner *planner, size_t c)
{
    const struct tb_sample *sample = planner->sample;
    struct tb_decimal number;
    size_t n = 0;

    for (size_t r = planner->row + 1; r < sample->n; r++) {
        const char *cell = tb_sample_cell(sample, r, c);
        if (cell[0] && !tb_decimal_parse(cell, strlen(cell), &number))
            return false;
        n += cell[0] != '\0';
    }
    return n > 0;
}

/* A column of values already. */
static bool is_taken(const struct tb_plan *plan, size_t c)
{
    for (size_t i = 0; i < plan->n_values; i++)
        if (plan->value[i].column == c)
            return true;
    return false;
}

/* 地区代码 beside 地区. */
static bool is_second(const struct tb_plan *plan, size_t c)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        if (plan->second[role] == (int)c)
            return true;
    }
    return false;
}

/* 同比 or 值 beside 数值: such columns are not read, and that is said. */
static void refuse_measures(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    struct tb_value_column column;

    for (size_t c = 0; c < plan->n_heads; c++) {
        bool taken = is_taken(plan, c);
        for (size_t i = 0; i < planner->form->n_columns && !taken; i++)
            taken = tb_same_name(planner->facts->profile, planner->form->columns[i].head, plan->head[c]);
        if (taken || !tb_planner_is_free(planner, c) || !read_column(planner, c, &column))
            continue;
        if (column.meaning.measure < 0)
            tb_column_twin(planner, &plan->value[0], c, column.meaning.unit_measure);
        else
            tb_planner_problem(planner, TB_REASON_HEAD_UNKNOWN, c, NULL);
    }
}

/* Beside columns that are named after measures one of numbers is told, though nobody knows it: it
 * may be one more. */
static void refuse_unknown(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    struct tb_value_column column;

    for (size_t c = 0; c < plan->n_heads; c++) {
        if (tb_planner_is_free(planner, c) && !is_second(plan, c) && !is_taken(plan, c) &&
            !read_column(planner, c, &column) && !read_period_column(planner, c, &column) &&
            holds_numbers(planner, c))
            tb_planner_problem(planner, TB_REASON_HEAD_UNKNOWN, c, NULL);
    }
}

bool tb_layout_long(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    const struct tb_form *form = planner->form;
    struct tb_value_column column;
    tb_task_heads_indicator(planner);
    bool row_says = plan->role[TB_ROLE_UNIT] >= 0 || plan->role[TB_ROLE_PERIOD] >= 0 ||
                    plan->role[TB_ROLE_INDICATOR] >= 0;

    if (!row_says)
        return false;
    add_listed(planner);
    for (size_t c = 0; c < plan->n_heads && plan->n_values == 0; c++) {
        const struct tb_heads *heads = &planner->heads[c];
        if (tb_planner_is_free(planner, c) && tb_planner_is_value_head(planner->facts->profile, heads->part[heads->n - 1]) &&
            read_column(planner, c, &column))
            tb_planner_add_value(planner, &column);
    }
    size_t n_plain = plan->n_values;
    tb_task_heads_values(planner);
    /* No column of that name: those named after measures. */
    bool by_measure = n_plain == 0;
    for (size_t c = 0; c < plan->n_heads && by_measure; c++) {
        if (tb_planner_is_free(planner, c) && !is_taken(plan, c) &&
            (read_column(planner, c, &column) || read_period_column(planner, c, &column)))
            tb_planner_add_value(planner, &column);
    }
    if (!by_measure)
        refuse_measures(planner);
    else if (plan->n_values > 0)
        refuse_unknown(planner);
    bool has_indicator = plan->role[TB_ROLE_INDICATOR] >= 0 || form->n_columns > 0 ||
                         form->indicator_from.kind != TB_FROM_COLUMN ||
                         form->section == TB_SECTION_INDICATOR;
    return plan->n_values > 0 && has_indicator;
}
