/* layout_indicators.c - a row for each unit (or period), a column for each
 * indicator or measure of one.
 */
#include "collect/head.h"
#include "collect/header.h"

#include <string.h>

static bool same_meaning(const struct tb_meaning *a, const struct tb_meaning *b)
{
    return a->indicator == b->indicator && a->measure == b->measure && a->group == b->group;
}

static bool is_listed(const struct tb_form *form, const char *head)
{
    for (size_t i = 0; i < form->n_columns; i++) {
        if (tb_same_name(form->columns[i].head, head))
            return true;
    }
    return false;
}

/* Another column means the same.  Different heads to which the form itself gives
 * one meaning are meant so: each row fills one of them. */
static bool known_before(const struct tb_planner *planner, const struct tb_value_column *column)
{
    const struct tb_plan *plan = planner->plan;

    for (size_t i = 0; i < plan->n_values; i++) {
        const struct tb_value_column *other = &plan->value[i];
        if (same_meaning(&other->meaning, &column->meaning) &&
            !(is_listed(planner->form, other->head) && is_listed(planner->form, column->head) &&
              !tb_same_name(other->head, column->head)))
            return true;
    }
    return false;
}

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

    if (tb_head_read(planner->facts->profile, planner->form, plan->head[c], TB_NONE, &plan->arena,
                     &alone) != TB_HEAD_LEFT_OUT)
        tb_planner_add_value(planner, &column);
}

static void add_plain(struct tb_planner *planner, size_t c)
{
    const struct tb_profile *profile = planner->facts->profile;
    const struct tb_source_of *from = &planner->form->indicator_from;
    struct tb_plan *plan = planner->plan;
    struct tb_value_column column = { .column = c, .head = plan->head[c] };
    const char *head = plan->head[c];
    int32_t of_file = from->kind == TB_FROM_FIXED && from->text
                          ? tb_profile_indicator(profile, from->text, strlen(from->text))
                          : TB_NONE;

    switch (tb_head_read(profile, planner->form, head, of_file, &plan->arena, &column.meaning)) {
    case TB_HEAD_LEFT_OUT:
        break;
    case TB_HEAD_AMBIGUOUS:
        tb_planner_problem(planner, TB_REASON_INDICATOR_AMBIGUOUS, c, NULL);
        break;
    case TB_HEAD_UNKNOWN:
        tb_planner_problem(planner, TB_REASON_HEAD_UNKNOWN, c,
                           tb_profile_near_indicator(profile, head, strlen(head)));
        break;
    case TB_HEAD_KNOWN:
        if (known_before(planner, &column))
            tb_planner_problem(planner, TB_REASON_HEAD_TWICE, c, NULL);
        else
            tb_planner_add_value(planner, &column);
        break;
    }
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
