/* heads_rows.c - joining the rows of a header. */
#include "collect/header/heads_rows.h"

#include <string.h>

#include "collect/header/bilingual.h"
#include "collect/cell/cell.h"
#include "collect/header/header.h"
#include "collect/header/roles.h"
#include "collect/rows/unclear.h"
#include "tongbao/buf.h"

static bool is_again(const struct tb_planner *planner, size_t level)
{
    return level <= planner->row - planner->top && level < TB_HEAD_ROWS_MAX &&
           planner->again[level];
}

/* Of two rows in two languages the upper says it, where it says anything. */
static const char *own_cell(const struct tb_planner *planner, size_t level, size_t column)
{
    const char *cell = tb_sample_cell(planner->sample, planner->top + level, column);

    if (is_again(planner, level))
        return "";
    if (!is_again(planner, level + 1))
        return cell;
    return tb_bilingual_pick(planner, cell,
                             tb_sample_cell(planner->sample, planner->top + level + 1, column));
}

/* The last row that is no translation of the one above. */
static size_t last_level(const struct tb_planner *planner)
{
    size_t level = planner->row - planner->top;

    while (level > 0 && is_again(planner, level))
        level--;
    return level;
}

/* Which rows of the header are in another language. */
static void set_again(struct tb_planner *planner)
{
    size_t column;

    planner->again[0] = false;
    for (size_t level = 1; level < TB_HEAD_ROWS_MAX; level++)
        planner->again[level] =
            planner->top + level <= planner->row && !planner->again[level - 1] &&
            tb_bilingual_rows(planner, planner->top + level - 1, planner->top + level, &column) ==
                TB_BILINGUAL_SAME;
}

/* True when the column has a head of its own at `level` or below. */
static bool has_below(const struct tb_planner *planner, size_t level, size_t column)
{
    for (size_t l = level; l <= planner->row - planner->top; l++) {
        if (own_cell(planner, l, column)[0])
            return true;
    }
    return false;
}

/* The cell that counts for this column: its own, or the merged one to its left. */
static const char *merged_cell(const struct tb_planner *planner, size_t level, size_t column)
{
    size_t last = last_level(planner);

    if (own_cell(planner, level, column)[0] || level == last || !has_below(planner, level, column))
        return own_cell(planner, level, column);
    for (size_t c = column; c > 0; c--) {
        for (size_t above = 0; above < level; above++) {
            if (own_cell(planner, above, c)[0])
                return ""; /* another group begins here */
        }
        if (own_cell(planner, level, c - 1)[0])
            return own_cell(planner, level, c - 1);
    }
    return "";
}

/* Joins the parts of one column: `投资` over `累计` is `投资_累计`. */
static const char *join_parts(struct tb_planner *planner, size_t column)
{
    struct tb_heads *heads = &planner->heads[column];
    struct tb_buf text = TB_BUF_INIT;
    struct tb_arena *arena = &planner->plan->arena;

    for (size_t level = 0; level <= planner->row - planner->top; level++) {
        const char *cell = merged_cell(planner, level, column);
        /* A cell that is merged downwards may be repeated instead. */
        bool again = heads->n > 0 && strcmp(heads->part[heads->n - 1], cell) == 0;
        if (!cell[0] || again || heads->n == TB_HEAD_ROWS_MAX)
            continue;
        /* The plan outlives the sample. */
        const char *copy = tb_arena_strdup(arena, cell);
        if (!copy)
            return NULL;
        heads->part[heads->n++] = copy;
        tb_buf_printf(&text, "%s%s", text.len ? "_" : "", cell);
    }
    const char *joined = text.failed ? NULL : tb_arena_strdup(arena, tb_buf_text(&text));
    tb_buf_release(&text);
    return joined;
}

bool tb_heads_join(struct tb_planner *planner)
{
    const struct tb_sample *sample = planner->sample;
    struct tb_plan *plan = planner->plan;
    size_t n = 0;

    set_again(planner);
    for (size_t row = planner->top; row <= planner->row; row++)
        n = sample->row[row].n > n ? sample->row[row].n : n;
    plan->head = tb_arena_alloc(&plan->arena, n + 1, sizeof *plan->head);
    planner->heads = tb_arena_alloc(&plan->arena, n + 1, sizeof *planner->heads);
    if (!plan->head || !planner->heads)
        return false;
    for (size_t c = 0; c < n; c++) {
        planner->heads[c].n = 0;
        plan->head[c] = join_parts(planner, c);
        if (!plan->head[c])
            return false;
        if (plan->head[c][0])
            plan->n_heads = c + 1;
        if (c < planner->from || c >= planner->to) {
            planner->heads[c].n = 0;
            plan->head[c] = ""; /* of a table beside this one */
        }
    }
    return true;
}

bool tb_heads_can_lead(const struct tb_planner *planner, size_t row)
{
    const struct tb_sample *sample = planner->sample;
    bool heads = false, beside = false;

    for (size_t c = 0; c < sample->row[row].n; c++) {
        const char *cell = tb_sample_cell(sample, row, c);
        heads |= cell[0] && !strchr(cell, ':');
        beside |= cell[0] && c > 0;
    }
    return heads && beside;
}

/* Written in any way that a cell of values may be, (5.3), 1,234, 5.3%, 未报, also a
 * wrong one (1.2E+05); but no year and no month. */
static bool is_of_values(const struct tb_planner *planner, const char *text)
{
    const struct tb_cell_rules rules = { planner->facts->profile, planner->form->decimal_comma };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_period_read period;
    struct tb_cell cell;

    tb_cell_value(text, strlen(text), &rules, &scratch, &cell);
    if (scratch.failed)
        tb_profile_starve(planner->facts->profile);
    tb_buf_release(&scratch);
    bool wrong = cell.kind == TB_CELL_BAD && cell.reason != TB_REASON_NUMBER_MALFORMED &&
                 cell.reason != TB_REASON_NUMBER_DATE && cell.reason != TB_REASON_NUMBER_DIRECTION;
    return (cell.kind == TB_CELL_VALUE || cell.kind == TB_CELL_MISSING || wrong) &&
           !tb_period_parse(text, strlen(text), &period);
}

/* The heads of the row above once more, of which some may be spoilt. */
static bool is_repeated(const struct tb_planner *planner, size_t row)
{
    struct tb_alike alike = { 0 };

    for (size_t c = 0; row > 0 && c < planner->sample->row[row].n; c++)
        tb_heads_compare(planner->facts->profile, tb_sample_cell(planner->sample, row - 1, c),
                         tb_sample_cell(planner->sample, row, c), &alike);
    return tb_heads_alike(&alike);
}

bool tb_heads_are_words(const struct tb_planner *planner, size_t row)
{
    const struct tb_sample *sample = planner->sample;
    bool some = false;

    for (size_t c = 0; c < sample->row[row].n; c++) {
        const char *cell = tb_sample_cell(sample, row, c);
        bool names_unit =
            planner->form->layout != TB_LAYOUT_UNITS_ACROSS && cell[0] &&
            !tb_role_is_usual(planner->facts->profile, cell) &&
            tb_profile_unit(planner->facts->profile, cell, strlen(cell)) != TB_NONE;
        if (names_unit || is_of_values(planner, cell))
            return false;
        some |= cell[0] != '\0';
    }
    return some;
}

bool tb_heads_can_follow(const struct tb_planner *planner, size_t row, int unit_column)
{
    const struct tb_sample *sample = planner->sample;
    size_t column = unit_column >= 0 ? (size_t)unit_column : 0, n_filled = 0;

    if (row >= sample->n || is_repeated(planner, row))
        return false;
    const char *named = tb_sample_cell(sample, row, column);
    bool is_head = !named[0] || tb_role_is_usual(planner->facts->profile, named);
    if (!is_head && (unit_column >= 0 ||
                     tb_profile_unit(planner->facts->profile, named, strlen(named)) != TB_NONE))
        return false;
    for (size_t c = 0; c < sample->row[row].n; c++) {
        const char *cell = tb_sample_cell(sample, row, c);
        if (is_of_values(planner, cell))
            return false;
        n_filled += cell[0] != '\0';
    }
    return n_filled > 1 || (n_filled == 1 && !named[0]);
}
