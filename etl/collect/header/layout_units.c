/* layout_units.c - a row for each indicator (or period), a column for each unit, and
 * perhaps for each period or measure too: 2023年5月 over 双清区 | 大祥区.
 */
#include "collect/header/head.h"
#include "collect/header/header.h"

#include <string.h>

#include "collect/cell/coder.h"
#include "collect/rows/totals.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

/* The unit that a part of the heads names, as the coder has it (coder.h): a row, a former
 * name behind the rows, or TB_CODE_NONE and TB_CODE_AMBIGUOUS. */
static int64_t unit_named(const struct tb_profile *profile, const char *text, size_t len)
{
    int32_t row = tb_profile_unit(profile, text, len);

    if (row != TB_NONE)
        return row >= 0 ? (int64_t)row : TB_CODE_AMBIGUOUS;
    int32_t former = tb_profile_former(profile, text, len);
    return former >= 0 ? (int64_t)profile->n_units + former : TB_CODE_NONE;
}

static bool is_total(const char *text)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, strlen(text), &folded);
    bool total = tb_total_kind(tb_buf_text(&folded)) != TB_TOTAL_NONE;
    tb_buf_release(&folded);
    return total;
}

/* What the heads of one column say of its unit. */
struct units_head {
    int64_t unit;      /* TB_CODE_NONE: nothing */
    size_t part;       /* that names it */
    const char *inner; /* brackets behind the name, 双清区（万元）; NULL: none */
    bool total, twice;
};

static struct units_head find_unit(struct tb_planner *planner, size_t c)
{
    const struct tb_heads *heads = &planner->heads[c];
    struct units_head found = { .unit = TB_CODE_NONE };

    for (size_t i = 0; i < heads->n; i++) {
        const char *part = heads->part[i], *inner = NULL;
        int64_t unit = unit_named(planner->facts->profile, part, strlen(part));
        if (unit == TB_CODE_NONE) {
            size_t len = tb_head_brackets(part, &planner->plan->arena, &inner);
            unit = inner ? unit_named(planner->facts->profile, part, len) : TB_CODE_NONE;
        }
        found.total |= unit == TB_CODE_NONE && is_total(part);
        if (unit == TB_CODE_NONE)
            continue;
        found.twice |= found.unit != TB_CODE_NONE && found.unit != unit;
        found.unit = unit;
        found.part = i;
        found.inner = inner;
    }
    return found;
}

static bool is_level(int measure)
{
    return measure < 0 || measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD ||
           measure == TB_MEASURE_BASE || measure == TB_MEASURE_YTD_BASE;
}

/* What is left of the heads when the unit is taken out: a period, a measure, nothing. */
static enum tb_head_kind read_rest(struct tb_planner *planner, size_t c,
                                   const struct units_head *unit, struct tb_value_column *out)
{
    struct tb_plan *plan = planner->plan;
    const struct tb_heads all = planner->heads[c];
    const char *head = plan->head[c];
    struct tb_heads *rest = &planner->heads[c];
    struct tb_buf joined = TB_BUF_INIT;
    enum tb_head_kind kind = TB_HEAD_MEASURE;
    const char *unit_measure = unit->inner;

    rest->n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (i == unit->part)
            continue;
        rest->part[rest->n++] = all.part[i];
        tb_buf_printf(&joined, "%s%s", joined.len ? "_" : "", all.part[i]);
    }
    bool alone = rest->n == 0 && unit->inner;
    if (alone) {
        rest->part[rest->n++] = unit->inner;
        tb_buf_puts(&joined, unit->inner);
    }
    *out = (struct tb_value_column){
        .column = c,
        .head = head,
        .meaning = { .indicator = TB_NONE, .measure = -1, .group = TB_NONE },
    };
    if (rest->n > 0) {
        plan->head[c] = tb_buf_text(&joined);
        kind = tb_column_read(planner, c, out);
        out->head = head;
    }
    /* 双清区（万元）: what is no measure is a unit of measure; rates below it say their own. */
    if (kind == TB_HEAD_UNKNOWN && alone)
        kind = TB_HEAD_MEASURE;
    else if (alone || !is_level(out->meaning.measure))
        unit_measure = NULL;
    if (unit_measure && !out->meaning.unit_measure)
        out->meaning.unit_measure = unit_measure;
    plan->head[c] = head;
    planner->heads[c] = all;
    planner->failed |= joined.failed;
    tb_buf_release(&joined);
    return kind;
}

static bool is_left_out(const struct tb_planner *planner, const char *head)
{
    const struct tb_form *form = planner->form;

    for (size_t i = 0; i < form->n_columns; i++) {
        if (form->columns[i].indicator == TB_NONE &&
            tb_same_name(planner->facts->profile, form->columns[i].head, head))
            return true;
    }
    return false;
}

static void add_column(struct tb_planner *planner, size_t c)
{
    const char *head = planner->plan->head[c];
    struct units_head unit = find_unit(planner, c);
    struct tb_value_column column;

    if (unit.unit == TB_CODE_AMBIGUOUS || unit.twice) {
        tb_planner_problem(planner, TB_REASON_UNIT_AMBIGUOUS, c, NULL);
        return;
    }
    if (unit.unit < 0) {
        /* 合计 beside the units: what the rows add up to is not asked of columns. */
        if (!unit.total)
            tb_planner_problem(planner, TB_REASON_UNIT_UNKNOWN, c,
                               tb_profile_near_unit(planner->facts->profile, head, strlen(head)));
        return;
    }
    enum tb_head_kind kind = read_rest(planner, c, &unit, &column);
    column.unit = unit.unit;
    column.has_unit = true;
    if (kind == TB_HEAD_KNOWN || kind == TB_HEAD_MEASURE)
        tb_planner_add_value(planner, &column);
    else
        tb_column_refuse(planner, c, kind, TB_REASON_HEAD_UNKNOWN);
}

bool tb_layout_units(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    bool row_says = plan->role[TB_ROLE_INDICATOR] >= 0 || plan->role[TB_ROLE_PERIOD] >= 0;

    for (size_t c = 0; c < plan->n_heads && row_says; c++) {
        if (tb_planner_is_free(planner, c) && !is_left_out(planner, plan->head[c]))
            add_column(planner, c);
    }
    return plan->n_values > 0;
}
