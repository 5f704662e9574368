/* beside.c - tables side by side in one sheet: `地区,投资,,地区,零售`.
 *
 * Each has a plan of its own for its columns, over the same rows.  Where the head of a
 * dimension comes again behind columns of values and what stands there is no table, the
 * file is not read: the numbers behind it would be taken for those of the units before it.
 */
#include "collect/header/beside.h"

#include <stdlib.h>
#include <string.h>

#include "collect/header/head.h"
#include "collect/header/header.h"
#include "collect/header/roles.h"
#include "tongbao/error.h"

static const enum tb_role dimensions[] = { TB_ROLE_UNIT, TB_ROLE_INDICATOR, TB_ROLE_PERIOD };

enum { N_DIMENSIONS = sizeof dimensions / sizeof *dimensions };

/* The head of one column as it stands in the last row of the header. */
static const char *last_head(const struct tb_plan *plan, size_t column)
{
    for (size_t level = plan->n_header_rows; level-- > 0;) {
        if (plan->header_row[level][column][0])
            return plan->header_row[level][column];
    }
    return "";
}

/* The dimension column that stands first: its role, or -1. */
static int first_dimension(const struct tb_plan *plan, size_t *column)
{
    int role = -1;

    for (size_t i = 0; i < N_DIMENSIONS; i++) {
        int c = plan->role[dimensions[i]];
        if (c >= 0 && (role < 0 || (size_t)c < *column)) {
            role = (int)dimensions[i];
            *column = (size_t)c;
        }
    }
    return role;
}

static bool has_role(const struct tb_plan *plan, size_t column)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        if (plan->role[role] == (int)column)
            return true;
    }
    return false;
}

/* Numbers stand between the two columns, as far as heads tell: also below one that means
 * the same as an earlier one. */
static bool has_values(const struct tb_plan *plan, size_t from, size_t to)
{
    for (size_t i = 0; i < plan->n_values; i++) {
        if (plan->value[i].column > from && plan->value[i].column < to)
            return true;
    }
    for (size_t i = 0; i < plan->problems.n; i++) {
        size_t column = plan->problems.item[i].column;
        if (column > from && column < to)
            return true;
    }
    return false;
}

/* Where tables begin; how many.  `alike`: all of them by the same head. */
static size_t find_starts(const struct tb_profile *profile, const struct tb_plan *plan,
                          size_t start[TB_BESIDE_MAX], bool *alike)
{
    size_t first = 0, n = 1;
    int role = first_dimension(plan, &first);
    const char *head = role >= 0 ? last_head(plan, first) : "";

    *alike = true;
    start[0] = first;
    for (size_t c = first + 1; role >= 0 && c < plan->n_heads; c++) {
        bool same = head[0] && tb_same_name(profile, last_head(plan, c), head);
        bool of_role =
            role != TB_ROLE_PERIOD && tb_role_of_head(profile, last_head(plan, c)) == role;
        if ((!same && !of_role) || has_role(plan, c) || !has_values(plan, start[n - 1], c) ||
            !has_values(plan, c, plan->n_heads) || n == TB_BESIDE_MAX)
            continue;
        start[n++] = c;
        *alike = *alike && same;
    }
    /* 序号 before the first head is of the first table. */
    start[0] = 0;
    return n;
}

static size_t row_of(const struct tb_sample *sample, uint32_t line)
{
    size_t row = 0;

    while (row + 1 < sample->n && sample->row[row].line < line)
        row++;
    return row;
}

/* The plan of one table; 0 when its columns are none. */
static int plan_one(struct tb_planner *planner, const struct tb_plan *whole, size_t from, size_t to,
                    struct tb_plan *out, struct tb_error *err)
{
    size_t top = row_of(planner->sample, whole->header_line), row = top;

    while (row + 1 < planner->sample->n && planner->sample->row[row].end < whole->header_end)
        row++;
    planner->from = from;
    planner->to = to;
    planner->plan = out;
    int found = tb_header_try_rows(planner, top, row, err);
    planner->from = 0;
    planner->to = SIZE_MAX;
    return found;
}

/* The plans of all of them in a chain; 0 when one is none, then *out is empty. */
static int plan_all(struct tb_planner *planner, const struct tb_plan *whole, const size_t start[],
                    size_t n, struct tb_plan *out, struct tb_error *err)
{
    struct tb_plan *last = out;
    int found = plan_one(planner, whole, start[0], start[1], out, err);

    for (size_t i = 1; i < n && found > 0; i++) {
        struct tb_plan *next = calloc(1, sizeof *next);
        size_t to = i + 1 < n ? start[i + 1] : SIZE_MAX;
        found = next ? plan_one(planner, whole, start[i], to, next, err)
                     : tb_error_set(err, "out of memory for tables side by side");
        if (found > 0)
            last = last->beside = next;
        else
            free(next);
        if (found <= 0)
            tb_plan_release(out);
    }
    return found;
}

int tb_beside_split(struct tb_planner *planner, struct tb_plan *plan, struct tb_error *err)
{
    size_t start[TB_BESIDE_MAX];
    bool alike;
    size_t n = find_starts(planner->facts->profile, plan, start, &alike);
    struct tb_plan first;

    if (n < 2)
        return 0;
    int found = plan_all(planner, plan, start, n, &first, err);
    if (found < 0)
        return -1;
    if (found > 0) {
        tb_plan_release(plan);
        *plan = first;
    } else if (alike) {
        plan->unclear = last_head(plan, start[1]);
    }
    return 0;
}
