/* header.c - tries rows, one to three together, as the header until some fit the
 * form's layout. */
#include "collect/header/header.h"

#include <stdlib.h>
#include <string.h>

#include "collect/header/beside.h"
#include "collect/header/bilingual.h"
#include "collect/header/column_groups.h"
#include "collect/header/heads_rows.h"
#include "collect/header/roles.h"
#include "collect/header/title_measure.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

enum { ROWS_MAX = 3 }; /* of a header that is found; a form may declare more */

void tb_plan_release(struct tb_plan *plan)
{
    tb_arena_release(&plan->arena);
    tb_rejects_release(&plan->problems);
    for (struct tb_plan *next = plan->beside, *after; next; next = after) {
        after = next->beside;
        next->beside = NULL;
        tb_plan_release(next);
        free(next);
    }
    *plan = (struct tb_plan){ 0 };
}

bool tb_plan_decimal_comma(const struct tb_plan *plan)
{
    return plan->form->decimal_comma && !plan->converted;
}

bool tb_planner_is_free(const struct tb_planner *planner, size_t column)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        if (planner->plan->role[role] == (int)column)
            return false;
    }
    const struct tb_heads *heads = &planner->heads[column];
    return heads->n > 0 && !tb_role_is_usual(planner->facts->profile, planner->plan->head[column]) &&
           !tb_role_is_usual(planner->facts->profile, heads->part[heads->n - 1]);
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
    plan->value[plan->n_values] = *column;
    plan->value[plan->n_values++].single = tb_head_is_single(column->head);
    planner->n_periods += column->has_period;
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

    if (tb_rejects_add(&planner->plan->problems, &problem, NULL) < 0)
        planner->failed = true;
}

/* A row must reach the last column that is used. */
static void set_last_column(struct tb_plan *plan)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        /* Comments and statuses at the end may be left off; so may what is said of a task. */
        bool needed = role != TB_ROLE_COMMENT && role != TB_ROLE_STATUS;
        if (needed && plan->role[role] > (int)plan->last_column)
            plan->last_column = (size_t)plan->role[role];
    }
    for (size_t i = 0; i < plan->n_values; i++) {
        int measure = plan->value[i].meaning.measure;
        bool needed = measure < 0 || !tb_measure_is_of_task((enum tb_measure)measure);
        if (needed && plan->value[i].column > plan->last_column)
            plan->last_column = plan->value[i].column;
    }
}

static void set_says_more(struct tb_plan *plan)
{
    static const enum tb_role more[] = { TB_ROLE_MEASURE,   TB_ROLE_UNIT_MEASURE,
                                         TB_ROLE_UNIT_MULT, TB_ROLE_STATUS,
                                         TB_ROLE_COMMENT,   TB_ROLE_ACTION };

    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        plan->says_more |= plan->role[more[i]] >= 0;
}

/* The rows as they stand, by which they are known again on the next page. */
static bool keep_header_rows(const struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    size_t n = planner->row - planner->top + 1;

    plan->header_row = tb_arena_alloc(&plan->arena, n, sizeof *plan->header_row);
    for (size_t level = 0; plan->header_row && level < n; level++) {
        const char **cell = tb_arena_alloc(&plan->arena, plan->n_heads, sizeof *cell);
        if (!cell)
            return false;
        for (size_t c = 0; c < plan->n_heads; c++) {
            cell[c] = tb_arena_strdup(&plan->arena,
                                      tb_sample_cell(planner->sample, planner->top + level, c));
            if (!cell[c])
                return false;
        }
        plan->header_row[plan->n_header_rows++] = cell;
    }
    return plan->header_row != NULL;
}

/* Problems in the order of their columns. */
static void sort_problems(struct tb_rejects *problems)
{
    for (size_t i = 1; i < problems->n; i++) {
        const struct tb_reject moved = problems->item[i];
        size_t at = i;
        for (; at > 0 && problems->item[at - 1].column > moved.column; at--)
            problems->item[at] = problems->item[at - 1];
        problems->item[at] = moved;
    }
}

/* What columns are by their places, once all of them are there. */
static void settle_columns(struct tb_planner *planner)
{
    tb_column_groups_settle(planner);
    tb_columns_drop_twice(planner);
    sort_problems(&planner->plan->problems);
}

int tb_header_try_rows(struct tb_planner *planner, size_t top, size_t row, struct tb_error *err)
{
    static bool (*const layouts[])(struct tb_planner *) = {
        [TB_LAYOUT_LONG] = tb_layout_long,
        [TB_LAYOUT_INDICATORS_ACROSS] = tb_layout_indicators,
        [TB_LAYOUT_PERIODS_ACROSS] = tb_layout_periods,
        [TB_LAYOUT_UNITS_ACROSS] = tb_layout_units,
    };
    struct tb_plan *plan = planner->plan;
    bool fits = false;

    *plan = (struct tb_plan){ .form = planner->form,
                              .unit = TB_NONE,
                              .indicator = TB_NONE,
                              .from = planner->from,
                              .to = planner->to };
    planner->top = top;
    planner->row = row;
    planner->n_periods = 0;
    plan->header_line = planner->sample->row[top].line;
    plan->header_end = planner->sample->row[row].end;
    planner->failed = !tb_heads_join(planner);
    if (!planner->failed && plan->n_heads > 0 && tb_roles_set(planner))
        fits = layouts[planner->form->layout](planner);
    if (fits && !planner->failed) {
        settle_columns(planner);
        planner->failed |= !keep_header_rows(planner);
    }
    if (!planner->failed && fits) {
        set_last_column(plan);
        set_says_more(plan);
        return 1;
    }
    tb_plan_release(plan);
    return planner->failed ? tb_error_set(err, "out of memory for the header") : 0;
}

/* --- the best of several --- */

struct search {
    struct tb_planner *planner;
    struct tb_plan best;
    bool found;
};

static size_t n_indicators(const struct tb_plan *plan)
{
    size_t n = 0;

    for (size_t i = 0; i < plan->n_values; i++)
        n += plan->value[i].meaning.indicator != TB_NONE;
    return n;
}

/* More columns of values, then more that name their indicator, then fewer that
 * mean nothing. */
static bool is_better(const struct tb_plan *plan, const struct tb_plan *best, bool at_a_tie)
{
    if (plan->n_values != best->n_values)
        return plan->n_values > best->n_values;
    if (n_indicators(plan) != n_indicators(best))
        return n_indicators(plan) > n_indicators(best);
    return plan->problems.n != best->problems.n ? plan->problems.n < best->problems.n : at_a_tie;
}

/* Tries the rows and keeps the plan when it is the best so far.  1: they fit. */
static int consider(struct search *search, size_t top, size_t row, bool at_a_tie,
                    struct tb_error *err)
{
    struct tb_plan tried;

    search->planner->plan = &tried;
    int fits = tb_header_try_rows(search->planner, top, row, err);
    if (fits <= 0)
        return fits;
    if (search->found && !is_better(&tried, &search->best, at_a_tie)) {
        tb_plan_release(&tried);
        return 1;
    }
    if (search->found)
        tb_plan_release(&search->best);
    search->best = tried;
    search->found = true;
    return 1;
}

/* Headers that begin at `top`: one row, and more below it as long as they look
 * like heads.  At a tie more rows say more. */
static int search_from(struct search *search, size_t top, bool first, struct tb_error *err)
{
    const struct tb_sample *sample = search->planner->sample;
    int fits = consider(search, top, top, first, err);
    size_t n_rows = 1, column;

    for (size_t row = top + 1; fits >= 0 && row < top + TB_HEAD_ROWS_MAX && row < sample->n; row++) {
        int unit = search->found ? search->best.role[TB_ROLE_UNIT] : -1;
        bool again = tb_bilingual_rows(search->planner, row - 1, row, &column) == TB_BILINGUAL_SAME;
        n_rows += !again;
        if (n_rows > ROWS_MAX || !tb_heads_can_lead(search->planner, row - 1) ||
            (!again && !tb_heads_can_follow(search->planner, row, unit)))
            break;
        fits = consider(search, top, row, first, err);
    }
    return fits < 0 ? -1 : 0;
}

/* The first rows that fit; a row below that fits better was the header, and what
 * stands above it a title. */
static int search_all(struct search *search, struct tb_error *err)
{
    const struct tb_sample *sample = search->planner->sample;
    size_t top = 0;
    int rc = 0;

    for (; top < sample->n && rc == 0 && !search->found; top++)
        rc = search_from(search, top, true, err);
    for (size_t more = 0; more < ROWS_MAX - 1 && rc == 0 && search->found; more++, top++) {
        int unit = search->best.role[TB_ROLE_UNIT];
        if (!tb_heads_can_follow(search->planner, top, unit))
            break;
        rc = search_from(search, top, false, err);
    }
    return rc;
}

/* The row of the sample that holds a line, or `n`. */
static size_t row_of_line(const struct tb_sample *sample, uint32_t line)
{
    size_t row = 0;

    while (row < sample->n && line > sample->row[row].end)
        row++;
    return row < sample->n && line >= sample->row[row].line ? row : sample->n;
}

/* The form says which lines they are, or the last of them: then the rows above
 * count when they make more columns known. */
static int search_declared(struct search *search, struct tb_error *err)
{
    const struct tb_sample *sample = search->planner->sample;
    const struct tb_form *form = search->planner->form;
    size_t row = row_of_line(sample, form->header + sample->base);

    if (row == sample->n)
        return 0;
    if (form->header_first > 0) {
        size_t top = row_of_line(sample, form->header_first + sample->base);
        bool fitting = top <= row && row - top < TB_HEAD_ROWS_MAX;
        return fitting && consider(search, top, row, false, err) < 0 ? -1 : 0;
    }
    int fits = consider(search, row, row, false, err);
    for (size_t up = 1; up < ROWS_MAX && up <= row && fits >= 0; up++) {
        if (!tb_heads_can_lead(search->planner, row - up))
            break;
        fits = consider(search, row - up, row, false, err);
    }
    return fits < 0 ? -1 : 0;
}

/* The row below the header, where it says the same in another language, is of it too (the
 * form may have declared the line above); where it says something else the heads are unclear. */
static int take_translation(struct search *search, struct tb_error *err)
{
    struct tb_planner *planner = search->planner;
    struct tb_plan *plan = &search->best;
    size_t top = row_of_line(planner->sample, plan->header_line);
    size_t row = row_of_line(planner->sample, plan->header_end), column = 0;

    switch (tb_bilingual_rows(planner, row, row + 1, &column)) {
    case TB_BILINGUAL_NOT:
        break;
    case TB_BILINGUAL_SAME:
        if (row + 1 - top < TB_HEAD_ROWS_MAX && consider(search, top, row + 1, true, err) < 0)
            return -1;
        break;
    case TB_BILINGUAL_OTHERWISE: {
        struct tb_buf text = TB_BUF_INIT;
        tb_buf_printf(&text, "%s / %s", tb_sample_cell(planner->sample, row, column),
                      tb_sample_cell(planner->sample, row + 1, column));
        plan->unclear = tb_arena_strdup(&plan->arena, tb_buf_text(&text));
        tb_buf_release(&text);
        if (!plan->unclear)
            return tb_error_set(err, "out of memory for the header");
        break;
    }
    }
    return 0;
}

/* What was found, as one table or several. */
static int finish(struct search *search, int rc, struct tb_plan *plan, struct tb_error *err)
{
    if (rc == 0 && search->found && !search->best.form->headless)
        rc = take_translation(search, err);
    if (rc == 0 && search->found && !search->best.unclear)
        rc = tb_beside_split(search->planner, &search->best, err);
    if (rc < 0 && search->found)
        tb_plan_release(&search->best);
    if (rc < 0 || !search->found)
        return rc;
    *plan = search->best;
    return 1;
}

int tb_header_find(const struct tb_file_facts *facts, const struct tb_form *form,
                   const struct tb_sample *sample, struct tb_plan *plan, struct tb_error *err)
{
    struct tb_planner planner = { .facts = facts, .form = form, .sample = sample, .to = SIZE_MAX };
    struct search search = { .planner = &planner };
    int rc = form->headless     ? consider(&search, 0, 0, true, err)
             : form->header > 0 ? search_declared(&search, err)
                                : search_all(&search, err);

    rc = rc < 0 ? -1 : 0;

    return finish(&search, rc, plan, err);
}

int tb_header_find_at(const struct tb_file_facts *facts, const struct tb_form *form,
                      const struct tb_sample *sample, size_t row, struct tb_plan *plan,
                      struct tb_error *err)
{
    struct tb_planner planner = { .facts = facts, .form = form, .sample = sample, .to = SIZE_MAX };
    struct search search = { .planner = &planner };
    int rc = search_from(&search, row, true, err);

    return finish(&search, rc, plan, err);
}
