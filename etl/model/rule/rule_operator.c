/* rule_operator.c - arithmetic, logic and what passes a number through. */
#include "model/rule/rule_internal.h"

static int eval_binary(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *left = tb_rule_value(run, node->kid[0], view);
    const struct tb_operand *right = left ? tb_rule_value(run, node->kid[1], view) : NULL;

    if (!right)
        return -1;
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = tb_operand_arith(node->op, left[u], right[u]);
    return 0;
}

/* A factor of the checker, or the sign. */
static int eval_factor(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *inner = tb_rule_value(run, node->kid[0], view);
    struct tb_operand factor =
        node->op == TB_OP_NEG ? tb_operand_int(-1) : tb_operand_known(node->number);

    for (size_t u = 0; inner && u < run->profile->n_units; u++)
        out[u] = tb_operand_arith(TB_OP_MUL, inner[u], factor);
    return inner ? 0 : -1;
}

/* ceil and floor: the quotient towards the side asked for. */
static struct tb_operand whole(struct tb_operand value, bool up)
{
    if (value.known != TB_KNOWN)
        return value;
    int64_t quotient = value.number.num / value.number.den;
    int64_t rest = value.number.num % value.number.den;

    if (up && rest > 0)
        quotient++;
    if (!up && rest < 0)
        quotient--;
    value.number = tb_rational_int(quotient);
    return value;
}

static struct tb_operand one_argument(const struct tb_rule_run *run,
                                      const struct tb_rule_node *node, struct tb_operand value)
{
    switch (node->function) {
    case TB_F_ABS:
        return value.number.num < 0 ? tb_operand_arith(TB_OP_MUL, value, tb_operand_int(-1))
                                    : value;
    case TB_F_KNOWN:
        return (struct tb_operand){ .number = tb_rational_int(value.known == TB_KNOWN),
                                    .provisional = value.known == TB_KNOWN && value.provisional };
    case TB_F_CEIL:
        return whole(value, true);
    case TB_F_FLOOR:
        return whole(value, false);
    default:
        return tb_operand_round(value, node->steps, run->profile->set.round_mode);
    }
}

static struct tb_operand extreme(struct tb_operand a, struct tb_operand b, bool most)
{
    if (a.known != TB_KNOWN || b.known != TB_KNOWN)
        return a.known > b.known ? a : b;
    int order = tb_rational_cmp(a.number, b.number);
    struct tb_operand out = (most ? order >= 0 : order <= 0) ? a : b;

    out.provisional = a.provisional || b.provisional;
    out.approximate = a.approximate || b.approximate;
    return out;
}

static int eval_arith(struct tb_rule_run *run, const struct tb_rule_node *node,
                      const struct tb_rule_view *view, struct tb_operand out[])
{
    bool many = node->function == TB_F_MIN || node->function == TB_F_MAX;
    size_t n = many ? node->n_kids : 1;

    for (size_t i = 0; i < n; i++) {
        const struct tb_operand *kid = tb_rule_value(run, node->kid[i], view);
        if (!kid)
            return -1;
        for (size_t u = 0; u < run->profile->n_units; u++) {
            if (!many)
                out[u] = one_argument(run, node, kid[u]);
            else
                out[u] = i == 0 ? kid[u] : extreme(out[u], kid[u], node->function == TB_F_MAX);
        }
    }
    return 0;
}

/* One more part of an and (`decides` false) or an or (true), after Kleene: a part
 * that decides beats unknown, unknown beats the rest. */
static struct tb_operand join(struct tb_operand so_far, struct tb_operand part, bool decides)
{
    bool a = so_far.known == TB_KNOWN && (so_far.number.num != 0) == decides;
    bool b = part.known == TB_KNOWN && (part.number.num != 0) == decides;

    if (a && b) /* a firm part decides alone */
        so_far.provisional = so_far.provisional && part.provisional;
    if (a)
        return so_far;
    if (b)
        return part;
    so_far.provisional = so_far.provisional || part.provisional;
    so_far.known = so_far.known > part.known ? so_far.known : part.known;
    return so_far;
}

static int eval_logic(struct tb_rule_run *run, const struct tb_rule_node *node,
                      const struct tb_rule_view *view, struct tb_operand out[])
{
    for (size_t i = 0; i < node->n_kids; i++) {
        const struct tb_operand *kid = tb_rule_value(run, node->kid[i], view);
        if (!kid)
            return -1;
        for (size_t u = 0; u < run->profile->n_units; u++) {
            if (i > 0)
                out[u] = join(out[u], kid[u], node->op == TB_OP_OR);
            else
                out[u] = kid[u];
            if (node->op == TB_OP_NOT)
                out[u].number = tb_rational_int(out[u].number.num == 0);
        }
    }
    return 0;
}

/* A vector of another node, perhaps the one unit's for all. */
static int eval_through(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *inner = tb_rule_value(run, node->kid[0], view);

    for (size_t u = 0; inner && u < run->profile->n_units; u++)
        out[u] = inner[node->op == TB_OP_AT_UNIT ? (size_t)node->unit : u];
    return inner ? 0 : -1;
}

int tb_rule_eval_operator(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[])
{
    switch (node->op) {
    case TB_OP_ADD:
    case TB_OP_SUB:
    case TB_OP_MUL:
    case TB_OP_DIV:
        return eval_binary(run, node, view, out);
    case TB_OP_NEG:
    case TB_OP_SCALE:
        return eval_factor(run, node, view, out);
    case TB_OP_NOT:
    case TB_OP_AND:
    case TB_OP_OR:
        return eval_logic(run, node, view, out);
    case TB_OP_ARITH:
        return eval_arith(run, node, view, out);
    default: /* in, at a unit, an arm of step */
        return eval_through(run, node, view, out);
    }
}
