/* rule_below.c - over the units below, and over the units of a group one by one.
 *
 * Units below are those whose parent is the unit, in the period; the units of a group
 * are its members that exist in the period, less the unit itself where the group says
 * so.  One that has no data makes a sum or a count unknown (methods note, section 9:
 * non_null); an `all` that one already breaks, or an `any` that one already meets, is
 * decided.  Where there is no unit to ask, nothing can be said.
 */
#include "model/rule/rule_internal.h"

/* One more unit below, joined to what the unit above has so far. */
static struct tb_operand join(const struct tb_rule_node *node, struct tb_operand so_far,
                              struct tb_operand child)
{
    if (node->function == TB_F_SUM || node->function == TB_F_COUNT ||
        node->function == TB_F_ROUNDING)
        return tb_operand_arith(TB_OP_ADD, so_far, child);
    bool decides = node->function == TB_F_ANY;
    bool decided = so_far.known == TB_KNOWN && (so_far.number.num != 0) == decides;
    bool now = child.known == TB_KNOWN && (child.number.num != 0) == decides;
    if (decided)
        return so_far;
    if (now)
        return child;
    so_far.known = so_far.known > child.known ? so_far.known : child.known;
    so_far.provisional = so_far.provisional || child.provisional;
    return so_far;
}

/* What rounding alone may make of a whole and the sum of n parts that are all
 * published with so many digits: half a unit of the last digit for each of them. */
static struct tb_operand rounding_of(struct tb_operand n, int32_t decimals)
{
    struct tb_operand half = tb_operand_int(1);

    half.number.den = 2 * tb_pow10(decimals);
    return tb_operand_arith(TB_OP_MUL, tb_operand_arith(TB_OP_ADD, n, tb_operand_int(1)), half);
}

/* What there is before the first unit is asked. */
static struct tb_operand nobody_yet(const struct tb_rule_node *node)
{
    return tb_operand_int(node->function == TB_F_ALL);
}

static struct tb_operand asked(const struct tb_operand value[], size_t unit)
{
    return value ? value[unit] : tb_operand_int(1);
}

/* Each unit gets what its own units below say. */
static int ask_children(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, const struct tb_operand value[],
                        struct tb_operand out[])
{
    const struct tb_profile *profile = run->profile;
    bool *has_child = tb_arena_alloc(&run->arena, profile->n_units + 1, sizeof *has_child);

    if (!has_child)
        return -1;
    for (size_t u = 0; u < profile->n_units; u++)
        out[u] = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    for (size_t u = 0; u < profile->n_units; u++) {
        int32_t parent = profile->units[u].parent;

        if (parent < 0 || !tb_unit_valid_in(&profile->units[u], view->period))
            continue;
        if (!has_child[parent])
            out[parent] = nobody_yet(node);
        has_child[parent] = true;
        out[parent] = join(node, out[parent], asked(value, u));
    }
    return 0;
}

/* The members that exist, and what those from each of them on say together. */
struct members {
    uint32_t *unit;
    struct tb_operand *from; /* [n + 1] */
    size_t n;
};

static int list_members(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, const struct tb_operand value[],
                        struct members *members)
{
    const struct tb_group *group = &run->profile->groups[node->group];

    members->unit = tb_arena_alloc(&run->arena, group->n_members + 1, sizeof *members->unit);
    members->from = tb_arena_alloc(&run->arena, group->n_members + 1, sizeof *members->from);
    if (!members->unit || !members->from)
        return -1;
    for (size_t i = 0; i < group->n_members; i++)
        if (tb_unit_valid_in(&run->profile->units[group->member[i]], view->period))
            members->unit[members->n++] = group->member[i];
    members->from[members->n] = nobody_yet(node);
    for (size_t i = members->n; i-- > 0;)
        members->from[i] = join(node, members->from[i + 1], asked(value, members->unit[i]));
    return 0;
}

/* Each unit gets what the members say; a member that is not its own peer, what the others say. */
static int ask_members(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, const struct tb_operand value[],
                       struct tb_operand out[])
{
    const struct tb_operand nothing = tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    struct members members = { .n = 0 };

    if (list_members(run, node, view, value, &members) < 0)
        return -1;
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = members.n > 0 ? members.from[0] : nothing;
    if (!run->profile->groups[node->group].exclude_self)
        return 0;
    struct tb_operand before = nobody_yet(node);
    for (size_t i = 0; i < members.n; i++) {
        uint32_t unit = members.unit[i];
        out[unit] = members.n > 1 ? join(node, before, members.from[i + 1]) : nothing;
        before = join(node, before, asked(value, unit));
    }
    return 0;
}

int tb_rule_eval_children(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *value = NULL;
    bool asks = node->quantity && node->function != TB_F_ROUNDING;

    if (asks && !(value = tb_rule_value(run, node->quantity, view)))
        return -1;
    if ((node->group == TB_NONE ? ask_children(run, node, view, value, out)
                                : ask_members(run, node, view, value, out)) < 0)
        return -1;
    for (size_t u = 0; u < run->profile->n_units && node->function == TB_F_ROUNDING; u++)
        out[u] = rounding_of(out[u], tb_rule_decimals(run, node->quantity));
    return 0;
}

static bool is_member(const struct tb_group *group, size_t unit)
{
    size_t low = 0, high = group->n_members;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (group->member[middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < group->n_members && group->member[low] == unit;
}

bool tb_rule_in_scope(const struct tb_profile *profile, const struct tb_rule_node *node,
                      size_t above, size_t unit, struct tb_period period)
{
    if (!tb_unit_valid_in(&profile->units[unit], period))
        return false;
    if (node->group == TB_NONE)
        return profile->units[unit].parent == (int32_t)above;
    const struct tb_group *group = &profile->groups[node->group];
    return is_member(group, unit) && !(group->exclude_self && unit == above);
}
