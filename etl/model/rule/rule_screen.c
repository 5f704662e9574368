/* rule_screen.c - the screens of checks: calls to them, and those across the units
 * of a group (screen.h says what they are).
 *
 * hampel(value), hampel(value, 5): along the series of each unit, a measure as it
 * stands and perhaps a tolerance.  modified_z(growth, city), hb(ytd, last_year(ytd),
 * city): over the members of a group that exist in the period and have the numbers.
 */
#include <math.h>

#include "model/rule/rule_internal.h"
#include "tongbao/screen.h"

static bool is_pair(enum tb_rule_function function)
{
    return function == TB_F_HB || function == TB_F_HB_GAP;
}

static bool has_tolerance(enum tb_rule_function function)
{
    return function == TB_F_MODIFIED_Z || function == TB_F_TUKEY || function == TB_F_HAMPEL ||
           function == TB_F_SEASONAL;
}

static bool read_tolerance(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                           const struct tb_rule_node *kid)
{
    if (kid->op != TB_OP_NUMBER || kid->percent || kid->number.num <= 0)
        return tb_rule_mistake_at(compiler, kid, "this is no tolerance, expected a number above 0");
    node->number = kid->number;
    return true;
}

/* Series are kept of what was submitted and what follows from it, not of
 * expressions. */
static bool bind_series(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule_node *of = node->kid[0];

    if (!tb_rule_bind_kids(compiler, node, 0, 1))
        return false;
    while (of->op == TB_OP_IN)
        of = of->kid[0];
    if (of->op != TB_OP_QUANTITY || of->what >= TB_MEASURE_RANK)
        return tb_rule_mistake_at(compiler, node->kid[0],
                                  "a series is of a submitted measure, expected one such as "
                                  "value, ytd or growth");
    node->quantity = of;
    return true;
}

bool tb_rule_bind_screen(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool of_group = node->function < TB_F_HAMPEL;
    size_t least = is_pair(node->function) ? 3 : of_group ? 2 : 1;

    if (!compiler->context->screens) {
        tb_rule_mistake(compiler, node->column,
                        "%.*s screens what was submitted, expected only in checks.csv",
                        (int)node->name_len, node->name);
        return false;
    }
    if (!tb_rule_n_arguments(compiler, node, least, least + has_tolerance(node->function)))
        return false;
    node->op = TB_OP_SCREEN;
    node->number = tb_rational_int(0);
    if (node->n_kids > least && !read_tolerance(compiler, node, node->kid[least]))
        return false;
    if (!of_group)
        return bind_series(compiler, node);
    node->group = tb_rule_find_group(compiler, node->kid[least - 1]);
    node->quantity = node->kid[0];
    return node->group != TB_NONE && tb_rule_bind_kids(compiler, node, 0, least - 1);
}

/* --- across units --- */

struct tb_operand tb_rule_score(double score)
{
    enum { DIGITS = 6 };
    struct tb_rational number;

    if (!isfinite(score) || fabs(score) > 1e12 ||
        !tb_rational_from_decimal((struct tb_decimal){ llround(score * 1e6), DIGITS }, &number))
        return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    return tb_operand_known(number);
}

/* The members with numbers, packed: x, b of pairs, and what screens write. */
struct set {
    uint32_t *unit;
    double *x, *b, *work, *score, *gap;
    size_t n;
};

static bool make_room(struct tb_rule_run *run, size_t n_members, struct set *set)
{
    set->unit = tb_arena_alloc(&run->arena, n_members + 1, sizeof *set->unit);
    set->x = tb_arena_alloc(&run->arena, 6 * n_members + 1, sizeof *set->x);
    if (!set->unit || !set->x)
        return false;
    set->b = set->x + n_members;
    set->score = set->b + n_members;
    set->gap = set->score + n_members;
    set->work = set->gap + n_members; /* twice as many */
    return true;
}

/* Who is judged; the others get why not. */
static void choose(const struct tb_rule_run *run, const struct tb_group *group,
                   struct tb_period period, const struct tb_operand x[],
                   const struct tb_operand b[], struct set *set, struct tb_operand out[])
{
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    for (size_t i = 0; i < group->n_members; i++) {
        uint32_t unit = group->member[i];
        if (!tb_unit_valid_in(&run->profile->units[unit], period))
            continue;
        out[unit].known = x[unit].known != TB_KNOWN ? x[unit].known : b[unit].known;
        if (out[unit].known != TB_KNOWN)
            continue;
        set->unit[set->n] = unit;
        set->x[set->n] = tb_rational_double(x[unit].number);
        set->b[set->n++] = tb_rational_double(b[unit].number);
    }
}

static const double *screen(const struct tb_rule_node *node, struct set *set)
{
    double tolerance = tb_rational_double(node->number);

    switch (node->function) {
    case TB_F_MODIFIED_Z:
        tb_screen_modified_z(set->x, set->n, tolerance, set->work, set->score);
        return set->score;
    case TB_F_TUKEY:
        tb_screen_tukey(set->x, set->n, tolerance, set->work, set->score);
        return set->score;
    default:
        tb_screen_hb(set->x, set->b, set->n, 0.05, set->work, set->score, set->gap);
        return node->function == TB_F_HB ? set->score : set->gap;
    }
}

int tb_rule_eval_screen(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[])
{
    struct tb_rule_view full = *view;
    struct set set = { .n = 0 };

    if (node->group == TB_NONE)
        return tb_rule_eval_series(run, node, view, out);
    full.limit_printed = false;
    const struct tb_group *group = &run->profile->groups[node->group];
    const struct tb_operand *x = tb_rule_value(run, node->kid[0], &full);
    const struct tb_operand *b =
        x && is_pair(node->function) ? tb_rule_value(run, node->kid[1], &full) : x;
    if (!b || !make_room(run, group->n_members, &set))
        return -1;
    choose(run, group, view->period, x, b, &set, out);
    const double *score = screen(node, &set);
    for (size_t i = 0; i < set.n; i++) {
        uint32_t unit = set.unit[i];
        out[unit] = tb_rule_score(score[i]);
        out[unit].provisional = x[unit].provisional || b[unit].provisional;
    }
    return 0;
}
