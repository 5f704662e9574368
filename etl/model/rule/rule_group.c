/* rule_group.c - a group's figure: area wmean mean median quantile best worst.
 *
 * area and wmean are asked of the source, which knows numerators and
 * denominators; the others are taken here over the members that exist in the
 * period and have a value.  Fewer than min_peers have no mean (methods note,
 * section 3).  Where a unit is not its own peer (exclude_self), each member gets
 * its own figure without itself, and all other units that of the whole group.
 */
#include <stdlib.h>

#include "model/rule/rule_internal.h"

/* The known values of a group, ascending, each with whose it is. */
struct peer {
    struct tb_rational value;
    uint32_t unit;
};

struct peers {
    struct peer *sorted;
    size_t n;
    struct tb_operand sum; /* with the flags of all */
    bool provisional, approximate;
};

static int by_value(const void *a, const void *b)
{
    const struct peer *x = a;
    const struct peer *y = b;
    int order = tb_rational_cmp(x->value, y->value);

    return order != 0 ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

static int collect(struct tb_rule_run *run, const struct tb_group *group, struct tb_period period,
                   const struct tb_operand value[], struct peers *peers)
{
    peers->sorted = tb_arena_alloc(&run->arena, group->n_members + 1, sizeof *peers->sorted);
    if (!peers->sorted)
        return -1;
    peers->sum = tb_operand_int(0);
    for (size_t i = 0; i < group->n_members; i++) {
        uint32_t unit = group->member[i];

        if (value[unit].known != TB_KNOWN || !tb_unit_valid_in(&run->profile->units[unit], period))
            continue;
        peers->sorted[peers->n++] = (struct peer){ value[unit].number, unit };
        peers->sum = tb_operand_arith(TB_OP_ADD, peers->sum, value[unit]);
        peers->provisional = peers->provisional || value[unit].provisional;
        peers->approximate = peers->approximate || value[unit].approximate;
    }
    if (peers->n > 0)
        qsort(peers->sorted, peers->n, sizeof *peers->sorted, by_value);
    return 0;
}

/* The i-th smallest when the one at `without` (SIZE_MAX: none) is left out. */
static struct tb_operand nth(const struct peers *peers, size_t i, size_t without)
{
    struct tb_operand out = tb_operand_known(peers->sorted[i + (i >= without)].value);

    out.provisional = peers->provisional;
    out.approximate = peers->approximate;
    return out;
}

/* Type 7: between the two values around place (n - 1) p, counted from 0. */
static struct tb_operand quantile(const struct peers *peers, size_t n, size_t without,
                                  struct tb_rational p)
{
    struct tb_operand place =
        tb_operand_arith(TB_OP_MUL, tb_operand_known(p), tb_operand_int((int64_t)n - 1));

    if (place.known != TB_KNOWN)
        return place;
    int64_t below = place.number.num / place.number.den;
    struct tb_operand low = nth(peers, (size_t)below, without);
    if ((size_t)below + 1 >= n)
        return low;
    struct tb_operand high = nth(peers, (size_t)below + 1, without);
    struct tb_operand part = tb_operand_arith(TB_OP_SUB, place, tb_operand_int(below));
    struct tb_operand step = tb_operand_arith(TB_OP_SUB, high, low);
    return tb_operand_arith(TB_OP_ADD, low, tb_operand_arith(TB_OP_MUL, part, step));
}

static struct tb_operand mean(const struct peers *peers, size_t n, size_t without)
{
    struct tb_operand sum = peers->sum;

    if (without != SIZE_MAX)
        sum = tb_operand_arith(TB_OP_SUB, sum, tb_operand_known(peers->sorted[without].value));
    return tb_operand_arith(TB_OP_DIV, sum, tb_operand_int((int64_t)n));
}

/* The figure without the peer at `without`. */
static struct tb_operand figure(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                const struct peers *peers, size_t without)
{
    size_t n = peers->n - (without != SIZE_MAX);
    bool lower = tb_rule_lower_is_better(run, node->quantity);
    bool extreme = node->function == TB_F_BEST || node->function == TB_F_WORST;

    if (n == 0)
        return tb_operand_unknown(TB_UNKNOWN_NO_DATA);
    if (!extreme && n < (size_t)(run->profile->set.min_peers > 0 ? run->profile->set.min_peers : 0))
        return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    switch (node->function) {
    case TB_F_MEAN:
        return mean(peers, n, without);
    case TB_F_MEDIAN:
        return quantile(peers, n, without, (struct tb_rational){ 1, 2 });
    case TB_F_QUANTILE:
        return quantile(peers, n, without, node->number);
    case TB_F_BEST:
        return nth(peers, lower ? 0 : n - 1, without);
    default: /* TB_F_WORST */
        return nth(peers, lower ? n - 1 : 0, without);
    }
}

static int eval_figure(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_operand value[], struct tb_period period,
                       struct tb_operand out[])
{
    const struct tb_group *group = &run->profile->groups[node->group];
    struct peers peers = { .n = 0 };

    if (collect(run, group, period, value, &peers) < 0)
        return -1;
    struct tb_operand of_all = figure(run, node, &peers, SIZE_MAX);
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = of_all;
    for (size_t i = 0; group->exclude_self && i < peers.n; i++)
        out[peers.sorted[i].unit] = figure(run, node, &peers, i);
    return 0;
}

/* Whether so few members have a value that there is no mean: `self` counts as one
 * of the group that is left out. */
static bool too_few(const struct tb_rule_run *run, size_t n_known, bool self)
{
    int least = run->profile->set.min_peers;

    return least > 0 && n_known - (self && n_known > 0) < (size_t)least;
}

/* wmean of a group whose members are not their own peers. */
static int eval_others(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, const struct peers *peers,
                       struct tb_operand out[])
{
    const struct tb_rule_node *quantity = node->quantity;
    struct tb_operand *others = tb_rule_vector(run);
    bool can = run->source->pooled_others && quantity->op == TB_OP_QUANTITY &&
               quantity->what < TB_N_MEASURES;

    if (!others)
        return -1;
    if (can) {
        size_t row = (size_t)(tb_rule_indicator(run, quantity) - run->profile->indicators);
        run->source->pooled_others(
            run->source->user, (enum tb_measure)quantity->what, row, (uint8_t)node->group,
            tb_period_within(view->period, run->profile->indicators[row].frequency), others);
    }
    for (size_t i = 0; i < peers->n; i++) {
        uint32_t unit = peers->sorted[i].unit;
        out[unit] = can && !too_few(run, peers->n, true)
                        ? others[unit]
                        : tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    }
    return 0;
}

/* area and wmean: the quantity with the group in the place of each unit. */
static int eval_pooled(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_operand value[], const struct tb_rule_view *view,
                       struct tb_operand out[])
{
    const struct tb_group *group = &run->profile->groups[node->group];
    bool weighted = node->function == TB_F_WMEAN;
    struct tb_rule_view pooled = *view;
    struct peers peers = { .n = 0 };

    pooled.limit_printed = false;
    pooled.pool = node->group;
    pooled.own_first = !weighted;
    const struct tb_operand *of_group = tb_rule_value(run, node->quantity, &pooled);
    if (!of_group)
        return -1;
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = of_group[u];
    if (!weighted)
        return 0;
    if (collect(run, group, view->period, value, &peers) < 0)
        return -1;
    for (size_t u = 0; too_few(run, peers.n, false) && u < run->profile->n_units; u++)
        out[u] = tb_operand_unknown(peers.n == 0 ? TB_UNKNOWN_NO_DATA : TB_UNKNOWN_NOT_COMPUTABLE);
    return group->exclude_self ? eval_others(run, node, view, &peers, out) : 0;
}

int tb_rule_eval_group(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    struct tb_rule_view full = *view;

    full.limit_printed = false;
    if (node->function <= TB_F_COUNT)
        return tb_rule_eval_place(run, node, view, out);
    const struct tb_operand *value = tb_rule_value(run, node->quantity, &full);
    if (!value)
        return -1;
    if (node->function == TB_F_AREA || node->function == TB_F_WMEAN)
        return eval_pooled(run, node, value, view, out);
    return eval_figure(run, node, value, view->period, out);
}
