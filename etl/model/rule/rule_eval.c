/* rule_eval.c - a rule over all units of a profile, for one indicator and period.
 *
 * Each node gives a vector of n_units operands, kept per node and view (period,
 * pooled or not, basis), so what two parts of a rule share is computed once and
 * nothing is allocated per unit.  The whole rule is then looked at again on the
 * other basis of limits and on the other basis of ranks: where that turns the
 * result, the unit stands on a knife edge.
 */
#include <stdlib.h>
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/error.h"

static const struct tb_operand *evaluate(struct tb_rule_run *run, const struct tb_rule_node *node,
                                         const struct tb_rule_view *view);

/* --- memory of what was computed --- */

static bool same_period(struct tb_period a, struct tb_period b)
{
    return a.freq == b.freq && a.index == b.index;
}

static bool same_view(const struct tb_rule_view *a, const struct tb_rule_view *b)
{
    return same_period(a->period, b->period) && a->pool == b->pool &&
           a->own_first == b->own_first && a->limit_printed == b->limit_printed &&
           a->rank_printed == b->rank_printed;
}

/* The view with what does not matter below the node brought to the main one. */
static struct tb_rule_view normal(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                  const struct tb_rule_view *view)
{
    struct tb_rule_view kept = *view;

    if (!node->uses_rank)
        kept.rank_printed = run->main.rank_printed;
    /* What is ranked has a basis of its own, and a literal has none. */
    if (node->op == TB_OP_NUMBER || tb_rule_is_rank(node, TB_F_RANK) ||
        tb_rule_is_rank(node, TB_F_BOTTOM) || tb_rule_is_rank(node, TB_F_COUNT))
        kept.limit_printed = run->main.limit_printed;
    if (kept.pool == TB_NONE)
        kept.own_first = false;
    return kept;
}

const struct tb_operand *tb_rule_known_value(const struct tb_rule_run *run,
                                             const struct tb_rule_node *node,
                                             const struct tb_rule_view *view)
{
    struct tb_rule_view kept = normal(run, node, view);

    for (const struct tb_rule_memo *memo = run->memo[node->id]; memo; memo = memo->next) {
        if (same_view(&memo->view, &kept))
            return memo->out;
    }
    return NULL;
}

const struct tb_operand *tb_rule_value(struct tb_rule_run *run, const struct tb_rule_node *node,
                                       const struct tb_rule_view *view)
{
    const struct tb_operand *known = tb_rule_known_value(run, node, view);

    if (known)
        return known;
    struct tb_rule_memo *memo = tb_arena_alloc(&run->arena, 1, sizeof *memo);
    if (!memo)
        return NULL;
    memo->view = normal(run, node, view);
    memo->out = tb_rule_find_shared(run, node, &memo->view);
    if (!memo->out) {
        memo->out = evaluate(run, node, &memo->view);
        if (!memo->out)
            return NULL;
        tb_rule_share(run, node, &memo->view, memo->out);
    }
    memo->next = run->memo[node->id];
    run->memo[node->id] = memo;
    return memo->out;
}

/* --- one node --- */

/* What is printed as one number, so rounded as one on the printed basis. */
static bool is_printed(const struct tb_rule_node *node)
{
    if (node->kind.sort == TB_SORT_TRUTH)
        return false;
    if (node->op == TB_OP_QUANTITY)
        return node->what != TB_Q_ANNUAL && node->what != TB_Q_QUOTA;
    return (node->op == TB_OP_GROUP && node->function >= TB_F_MEAN) ||
           (node->op == TB_OP_CHILDREN && node->function == TB_F_SUM) || node->op == TB_OP_CASES;
}

/* The number as printed; *changed where that is another one. */
static struct tb_operand printed_one(const struct tb_rule_run *run, struct tb_operand value,
                                     int32_t decimals, int64_t factor, bool *changed)
{
    enum tb_round_mode mode = run->profile->set.round_mode;
    int64_t units;

    if (value.known != TB_KNOWN)
        return value;
    if (!value.approximate && (value.number.den == 1 || value.number.den == factor ||
                               factor % value.number.den == 0))
        return value; /* it has no more digits than that */
    *changed = true;
    if (value.approximate || !tb_rational_round_small(value.number, factor, mode, &units))
        return tb_operand_round(value, decimals, mode);
    /* Not reduced: what is printed is compared, and with one denominator fastest. */
    value.number = (struct tb_rational){ units, factor };
    return value;
}

/* As printed: the very vector of full values where no number changes. */
static const struct tb_operand *evaluate_printed(struct tb_rule_run *run,
                                                 const struct tb_rule_node *node,
                                                 const struct tb_rule_view *view)
{
    struct tb_rule_view full = *view;
    bool changed = false;

    full.limit_printed = false;
    const struct tb_operand *inner = tb_rule_value(run, node, &full);
    struct tb_operand *out = inner ? tb_rule_vector(run) : NULL;
    int32_t decimals = tb_rule_decimals(run, node);
    int64_t factor = tb_pow10(decimals);
    for (size_t u = 0; out && u < run->profile->n_units; u++)
        out[u] = printed_one(run, inner[u], decimals, factor, &changed);
    if (!out || changed)
        return out;
    tb_rule_drop_last(run, out);
    return inner;
}

/* Whether the basis of limits makes no difference below the node, so that it makes none
 * to the node either. */
static bool is_indifferent(struct tb_rule_run *run, const struct tb_rule_node *node,
                           const struct tb_rule_view *view, const struct tb_rule_view *other)
{
    switch (node->op) {
    case TB_OP_COMPARE: /* a quotient is rounded here */
        for (size_t i = 0; i < 2; i++)
            if (node->kid[i]->kind.sort == TB_SORT_RATIO && node->kid[i]->op != TB_OP_NUMBER)
                return false;
        break;
    case TB_OP_CHILDREN:
        return node->quantity && tb_rule_value(run, node->quantity, view) ==
                                     tb_rule_value(run, node->quantity, other);
    case TB_OP_NEG:
    case TB_OP_ADD:
    case TB_OP_SUB:
    case TB_OP_MUL:
    case TB_OP_DIV:
    case TB_OP_NOT:
    case TB_OP_AND:
    case TB_OP_OR:
    case TB_OP_IN:
    case TB_OP_AT_UNIT:
    case TB_OP_SCALE:
        break;
    default:
        return false;
    }
    for (size_t i = 0; i < node->n_kids; i++)
        if (tb_rule_value(run, node->kid[i], view) != tb_rule_value(run, node->kid[i], other))
            return false;
    return true;
}

static int evaluate_into(struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_rule_view *view, struct tb_operand out[])
{
    switch (node->op) {
    case TB_OP_NUMBER:
        tb_rule_fill(run, tb_operand_known(node->number), out);
        return 0;
    case TB_OP_NONE:
        tb_rule_fill(run, tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE), out);
        return 0;
    case TB_OP_QUANTITY:
        return tb_rule_eval_quantity(run, node, view, out);
    case TB_OP_COMPARE:
        return tb_rule_eval_compare(run, node, view, out);
    case TB_OP_GROUP:
        return tb_rule_eval_group(run, node, view, out);
    case TB_OP_CHILDREN:
        return tb_rule_eval_children(run, node, view, out);
    case TB_OP_CASES:
        return tb_rule_eval_cases(run, node, view, out);
    case TB_OP_LISTED:
        return tb_rule_eval_listed(run, node, view, out);
    case TB_OP_SCREEN:
        return tb_rule_eval_screen(run, node, view, out);
    case TB_OP_PREV:
    case TB_OP_LAST_YEAR:
    case TB_OP_AVERAGE:
    case TB_OP_AT:
    case TB_OP_STREAK:
    case TB_OP_EVERY:
    case TB_OP_STEP:
        return tb_rule_eval_time(run, node, view, out);
    default:
        return tb_rule_eval_operator(run, node, view, out);
    }
}

static const struct tb_operand *evaluate(struct tb_rule_run *run, const struct tb_rule_node *node,
                                         const struct tb_rule_view *view)
{
    struct tb_rule_view other = *view;

    if (view->limit_printed && is_printed(node))
        return evaluate_printed(run, node, view);
    if (node->op == TB_OP_QUANTITY && node->what == TB_Q_QUOTA && run->frame->quota)
        return run->frame->quota;
    if (node->op == TB_OP_QUANTITY && node->what == TB_Q_ANNUAL && run->frame->annual)
        return run->frame->annual;
    other.limit_printed = run->main.limit_printed;
    if (view->limit_printed != other.limit_printed && !is_printed(node) &&
        is_indifferent(run, node, view, &other))
        return tb_rule_value(run, node, &other);
    struct tb_operand *out = tb_rule_vector(run);
    return out && evaluate_into(run, node, view, out) == 0 ? out : NULL;
}

/* --- the whole rule --- */

/* Marks the units for which a node differs between the main view and another. */
static int mark_differences(struct tb_rule_run *run, const struct tb_rule_node *node,
                            const struct tb_rule_view *view)
{
    const struct tb_operand *main_view = tb_rule_value(run, node, &run->main);
    const struct tb_operand *other = main_view ? tb_rule_value(run, node, view) : NULL;

    if (main_view && other == main_view)
        return 0;
    for (size_t u = 0; other && u < run->profile->n_units; u++) {
        if (main_view[u].known != other[u].known ||
            (other[u].known == TB_KNOWN &&
             tb_rational_cmp(main_view[u].number, other[u].number) != 0))
            run->knife_edge[u] = true;
    }
    return other ? 0 : -1;
}

static int find_knife_edges(struct tb_rule_run *run)
{
    const struct tb_rule *rule = run->rule;
    struct tb_rule_view other = run->main;

    run->knife_edge = (bool *)tb_rule_vector(run);
    if (!run->knife_edge)
        return -1;
    memset(run->knife_edge, 0, run->profile->n_units * sizeof *run->knife_edge);
    other.limit_printed = !other.limit_printed;
    if (mark_differences(run, rule->root, &other) < 0)
        return -1;
    if (!rule->root->uses_rank)
        return 0;
    other = run->main;
    other.rank_printed = !other.rank_printed;
    if (mark_differences(run, rule->root, &other) < 0)
        return -1;
    /* Also a rank that moves without turning the rule is told. */
    for (size_t i = 0; i < rule->n_nodes; i++) {
        const struct tb_rule_node *node = rule->node[i];
        if (node->op == TB_OP_GROUP && node->uses_rank &&
            tb_rule_known_value(run, node, &run->main) && mark_differences(run, node, &other) < 0)
            return -1;
    }
    return 0;
}

struct tb_rule_run *tb_rule_eval(const struct tb_rule *rule, const struct tb_profile *profile,
                                 const struct tb_rule_source *source,
                                 const struct tb_rule_frame *frame, struct tb_error *err)
{
    struct tb_rule_run *run = calloc(1, sizeof *run);

    if (!run) {
        tb_error_set(err, "out of memory");
        return NULL;
    }
    run->rule = rule;
    run->profile = profile;
    run->source = source;
    run->frame = frame;
    tb_rule_borrow(run);
    run->main = (struct tb_rule_view){ .period = frame->period,
                                       .pool = TB_NONE,
                                       .limit_printed = profile->set.limit_on_published,
                                       .rank_printed = profile->set.rank_on_published };
    run->memo = tb_arena_alloc(&run->arena, rule->n_nodes, sizeof(struct tb_rule_memo *));
    if (run->memo && (run->truth = tb_rule_value(run, rule->root, &run->main)) != NULL &&
        (frame->truth_only || find_knife_edges(run) == 0))
        return run;
    tb_error_set(err, "out of memory");
    tb_rule_run_free(run);
    return NULL;
}

void tb_rule_run_free(struct tb_rule_run *run)
{
    if (!run)
        return;
    tb_rule_give_back(run);
    free(run);
}
