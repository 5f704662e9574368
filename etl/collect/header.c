/* header.c - tries rows as the header until one fits the form's layout. */
#include "collect/header.h"

#include <string.h>

#include "collect/cell.h"
#include "collect/roles.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

enum { NO_ROW = -1 };

void tb_plan_release(struct tb_plan *plan)
{
    tb_arena_release(&plan->arena);
    tb_rejects_release(&plan->problems);
    *plan = (struct tb_plan){ 0 };
}

bool tb_planner_is_free(const struct tb_planner *planner, size_t column)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        if (planner->plan->role[role] == (int)column)
            return false;
    }
    const char *head = planner->plan->head[column];
    return head[0] != '\0' && !tb_role_is_usual(head);
}

void tb_planner_add_value(struct tb_planner *planner, const struct tb_value_column *column)
{
    struct tb_plan *plan = planner->plan;

    if (!plan->value)
        plan->value = tb_arena_alloc(&plan->arena, plan->n_heads, sizeof *plan->value);
    if (!plan->value) {
        planner->failed = true;
        return;
    }
    plan->value[plan->n_values++] = *column;
}

void tb_planner_problem(struct tb_planner *planner, enum tb_reason reason, size_t column,
                        const char *expected)
{
    const struct tb_sample_row *row = &planner->sample->row[planner->row];
    const struct tb_reject problem = {
        .reason = reason,
        .line = row->line,
        .column = (uint32_t)column, /* made a character column by rows.c */
        .field = planner->plan->head[column],
        .text = planner->plan->head[column],
        .expected = expected,
    };

    planner->n_unknown++;
    if (tb_rejects_add(&planner->plan->problems, &problem, NULL) < 0)
        planner->failed = true;
}

/* The head of a column where two rows make the header: the upper cell counts
 * also for the empty ones to its right. */
static const char *join_heads(struct tb_arena *arena, const char *upper, const char *lower)
{
    struct tb_buf text = TB_BUF_INIT;

    if (!lower[0] || !upper[0])
        return lower[0] ? lower : upper;
    tb_buf_printf(&text, "%s_%s", upper, lower);
    const char *joined = tb_arena_strdup(arena, tb_buf_text(&text));
    tb_buf_release(&text);
    return joined;
}

static bool set_heads(struct tb_planner *planner, size_t row, ptrdiff_t upper)
{
    const struct tb_sample *sample = planner->sample;
    struct tb_plan *plan = planner->plan;
    size_t n = sample->row[row].n;
    const char *above = "";

    if (upper >= 0 && sample->row[upper].n > n)
        n = sample->row[upper].n;
    plan->head = tb_arena_alloc(&plan->arena, n + 1, sizeof *plan->head);
    if (!plan->head)
        return false;
    for (size_t c = 0; c < n; c++) {
        const char *lower = tb_sample_cell(sample, row, c);
        if (upper >= 0 && tb_sample_cell(sample, (size_t)upper, c)[0])
            above = tb_sample_cell(sample, (size_t)upper, c);
        plan->head[c] = upper >= 0 ? join_heads(&plan->arena, above, lower) : lower;
        /* The plan outlives the sample. */
        plan->head[c] = plan->head[c] ? tb_arena_strdup(&plan->arena, plan->head[c]) : NULL;
        if (!plan->head[c])
            return false;
        if (plan->head[c][0])
            plan->n_heads = c + 1;
    }
    return true;
}

/* A row must reach the last column that is used. */
static void set_last_column(struct tb_plan *plan)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        /* Comments and statuses at the end may be left off. */
        bool needed = role != TB_ROLE_COMMENT && role != TB_ROLE_STATUS;
        if (needed && plan->role[role] > (int)plan->last_column)
            plan->last_column = (size_t)plan->role[role];
    }
    for (size_t i = 0; i < plan->n_values; i++) {
        if (plan->value[i].column > plan->last_column)
            plan->last_column = plan->value[i].column;
    }
}

/* 1 when row (with `upper` above it, or NO_ROW) is the header, 0 if not. */
static int try_row(struct tb_planner *planner, size_t row, ptrdiff_t upper, struct tb_error *err)
{
    static bool (*const layouts[])(struct tb_planner *) = {
        [TB_LAYOUT_LONG] = tb_layout_long,
        [TB_LAYOUT_INDICATORS_ACROSS] = tb_layout_indicators,
        [TB_LAYOUT_PERIODS_ACROSS] = tb_layout_periods,
    };
    struct tb_plan *plan = planner->plan;
    bool fits = false;

    *plan = (struct tb_plan){ .form = planner->form, .unit = TB_NONE, .indicator = TB_NONE };
    planner->row = row;
    planner->n_unknown = 0;
    planner->failed = !set_heads(planner, row, upper);
    if (!planner->failed && plan->n_heads > 0 && tb_roles_set(planner))
        fits = layouts[planner->form->layout](planner);
    if (!planner->failed && fits) {
        plan->header_line = planner->sample->row[upper >= 0 ? (size_t)upper : row].line;
        plan->header_end = planner->sample->row[row].end;
        set_last_column(plan);
        return 1;
    }
    tb_plan_release(plan);
    return planner->failed ? tb_error_set(err, "out of memory for the header") : 0;
}

/* Written in any way that a cell of values may be: (5.3), 1,234, 5.3%. */
static bool is_number(const char *text)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    tb_cell_number(text, strlen(text), NULL, &scratch, &cell);
    tb_buf_release(&scratch);
    return cell.kind == TB_CELL_VALUE;
}

/* A second header row has no unit (at most the head of its column) and no
 * number, but says more of the columns. */
static bool looks_like_subheads(const struct tb_planner *planner, size_t row)
{
    const struct tb_sample *sample = planner->sample;
    int unit = planner->plan->role[TB_ROLE_UNIT];
    size_t said = 0;

    const char *named = unit >= 0 ? tb_sample_cell(sample, row, (size_t)unit) : "";

    if (row >= sample->n || (named[0] && !tb_role_is_usual(named)))
        return false;
    for (size_t c = 0; c < sample->row[row].n; c++) {
        const char *cell = tb_sample_cell(sample, row, c);
        if (is_number(cell))
            return false;
        said += cell[0] != '\0';
    }
    return said > 1;
}

/* Takes the row below into the header if that makes as many columns known. */
static int try_subheads(struct tb_planner *planner, size_t row, struct tb_error *err)
{
    struct tb_plan *single = planner->plan, joined;

    if (planner->form->layout != TB_LAYOUT_INDICATORS_ACROSS ||
        !looks_like_subheads(planner, row + 1))
        return 1;
    planner->plan = &joined;
    int found = try_row(planner, row + 1, (ptrdiff_t)row, err);
    planner->plan = single;
    if (found > 0 && joined.n_values >= single->n_values) {
        tb_plan_release(single);
        *single = joined;
    } else if (found > 0) {
        tb_plan_release(&joined);
    }
    return found < 0 ? -1 : 1;
}

/* The form says which line it is: alone, or with the line above it. */
static int try_declared(struct tb_planner *planner, struct tb_error *err)
{
    const struct tb_sample *sample = planner->sample;

    for (size_t row = 0; row < sample->n; row++) {
        if (planner->form->header < sample->row[row].line ||
            planner->form->header > sample->row[row].end)
            continue;
        int found = try_row(planner, row, NO_ROW, err);
        if (found == 0 && row > 0)
            found = try_row(planner, row, (ptrdiff_t)row - 1, err);
        return found;
    }
    return 0;
}

int tb_header_find(const struct tb_file_facts *facts, const struct tb_form *form,
                   const struct tb_sample *sample, struct tb_plan *plan, struct tb_error *err)
{
    struct tb_planner planner = { .facts = facts, .form = form, .sample = sample, .plan = plan };
    int found = 0;

    if (form->header > 0)
        return try_declared(&planner, err);
    for (size_t row = 0; row < sample->n && found == 0; row++) {
        found = try_row(&planner, row, NO_ROW, err);
        if (found > 0)
            found = try_subheads(&planner, row, err);
    }
    return found;
}
