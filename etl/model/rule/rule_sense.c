/* rule_sense.c - what is well formed and cannot be meant.
 *
 * Kinds and units of measure agree by now (rule_check.c).  Here stands what would
 * never hold or always hold whatever the data, and what asks an indicator for a number
 * that its kind does not have.  What may yet come from a submission, as a published
 * growth of a rate, is a warning.
 */
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/buf.h"

static const struct tb_rule_node *inside(const struct tb_rule_node *node)
{
    while (node->op == TB_OP_SCALE || node->op == TB_OP_IN || node->op == TB_OP_AT_UNIT ||
           node->op == TB_OP_PREV || node->op == TB_OP_LAST_YEAR)
        node = node->kid[0];
    return node->op == TB_OP_AT ? node->quantity : node;
}

/* Whether a number is the same whatever the data, and which it is. */
static bool is_constant(const struct tb_rule_node *node, struct tb_operand *out)
{
    struct tb_operand right;

    switch (node->op) {
    case TB_OP_NUMBER:
        *out = tb_operand_known(node->number);
        return true;
    case TB_OP_SCALE:
        return is_constant(node->kid[0], out);
    case TB_OP_NEG:
        if (!is_constant(node->kid[0], out))
            return false;
        *out = tb_operand_arith(TB_OP_SUB, tb_operand_int(0), *out);
        return true;
    case TB_OP_ADD:
    case TB_OP_SUB:
    case TB_OP_MUL:
    case TB_OP_DIV:
        if (!is_constant(node->kid[0], out) || !is_constant(node->kid[1], &right))
            return false;
        *out = tb_operand_arith(node->op, *out, right);
        return true;
    default:
        return false;
    }
}

static bool same_text(const struct tb_rule_compiler *compiler, const struct tb_rule_node *a,
                      const struct tb_rule_node *b)
{
    struct tb_buf x = TB_BUF_INIT, y = TB_BUF_INIT;

    tb_rule_print_node(a, compiler->profile, &x);
    tb_rule_print_node(b, compiler->profile, &y);
    bool same = !x.failed && !y.failed && strcmp(tb_buf_text(&x), tb_buf_text(&y)) == 0;
    tb_buf_release(&x);
    tb_buf_release(&y);
    return same;
}

/* --- comparisons --- */

/* A place or a grade beside a number that none can be. */
static bool check_place(struct tb_rule_compiler *compiler, const struct tb_rule_node *place,
                        const struct tb_rule_node *literal)
{
    const struct tb_rule_node *of = inside(place);
    struct tb_operand constant;
    bool is_rank = tb_rule_is_rank(of, TB_F_RANK) || tb_rule_is_rank(of, TB_F_BOTTOM);
    bool is_grade = of->op == TB_OP_QUANTITY && of->kind.sort == TB_SORT_GRADE &&
                    of->what != TB_MEASURE_CHANGE && of->kind.indicator >= 0;

    if ((!is_rank && !is_grade) || literal->name || !is_constant(literal, &constant))
        return true;
    const struct tb_rational number = constant.number;
    if (is_rank && (number.den != 1 || number.num < 1))
        return tb_rule_mistake_at(compiler, literal,
                                  "this is no place, expected a whole number from 1");
    if (is_rank)
        return true;
    size_t n = compiler->profile->indicators[of->kind.indicator].grades.n;
    if (number.den == 1 && number.num >= 1 && number.num <= (int64_t)n)
        return true;
    tb_rule_mistake(compiler, literal->column,
                    "this is no grade of '%s', expected a word of its grades in quotes, or its "
                    "place from 1 to %zu",
                    compiler->profile->indicators[of->kind.indicator].code, n);
    return false;
}

static bool check_elapsed(struct tb_rule_compiler *compiler, const struct tb_rule_node *elapsed,
                          const struct tb_rule_node *literal)
{
    if (elapsed->op != TB_OP_QUANTITY || elapsed->what != TB_Q_ELAPSED ||
        literal->op != TB_OP_NUMBER ||
        tb_rational_cmp(literal->number, tb_rational_int(1)) <= 0)
        return true;
    return tb_rule_mistake_at(compiler, literal,
                              "elapsed is a share that goes up to 1, expected a number such as "
                              "50%");
}

static bool is_count(const struct tb_rule_node *node)
{
    const struct tb_rule_node *of = inside(node);

    return of->kind.sort == TB_SORT_PLAIN &&
           (of->op == TB_OP_QUANTITY || of->op == TB_OP_STREAK || of->op == TB_OP_LISTED ||
            (of->op == TB_OP_GROUP && of->function == TB_F_COUNT) ||
            (of->op == TB_OP_CHILDREN && of->function == TB_F_COUNT));
}

static bool check_sides(struct tb_rule_compiler *compiler, const struct tb_rule_node *a,
                        const struct tb_rule_node *b)
{
    if (!check_place(compiler, a, b) || !check_elapsed(compiler, a, b))
        return false;
    if (!is_count(a) || b->op != TB_OP_NUMBER || !b->percent)
        return true;
    return tb_rule_mistake_at(compiler, b,
                              "a share (%) stands beside a plain number, expected a number "
                              "without %");
}

static bool check_compare(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    struct tb_operand number;

    if (!node->kid[0] || node->name) /* cases; done, on_time */
        return true;
    if (is_constant(node->kid[0], &number) && is_constant(node->kid[1], &number))
        return tb_rule_mistake_at(compiler, node,
                                  "both sides are numbers that never change, expected a measure "
                                  "such as growth");
    if (same_text(compiler, node->kid[0], node->kid[1]))
        return tb_rule_mistake_at(compiler, node,
                                  "both sides are the same, expected two that can differ");
    return check_sides(compiler, node->kid[0], node->kid[1]) &&
           check_sides(compiler, node->kid[1], node->kid[0]);
}

/* --- measures that a kind of indicator has not --- */

static bool no_such(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                    const char *what, const char *expected)
{
    tb_rule_mistake(compiler, node->column, "'%s' of '%s', which is %s, expected %s",
                    tb_rule_quantity_name(node->what),
                    compiler->profile->indicators[node->indicator].code, what, expected);
    return false;
}

static bool is_growth(int what)
{
    return what == TB_MEASURE_GROWTH || what == TB_MEASURE_YTD_GROWTH || what == TB_MEASURE_MOM ||
           what == TB_MEASURE_GROWTH_2Y || what == TB_MEASURE_YTD_GROWTH_2Y;
}

static bool check_quantity(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    if (node->indicator < 0)
        return true;
    const struct tb_indicator *of = &compiler->profile->indicators[node->indicator];
    bool derived = is_growth(node->what) || node->what == TB_MEASURE_SHARE;
    bool total = node->what == TB_Q_TOTAL;
    bool adds_up = of->kind == TB_KIND_FLOW || of->kind == TB_KIND_COUNT;

    if (of->kind == TB_KIND_GRADE && (derived || total || node->what == TB_MEASURE_YTD))
        return no_such(compiler, node, "a grade", "grade");
    if (of->kind == TB_KIND_MILESTONE && (derived || total))
        return no_such(compiler, node, "a milestone", "value or done");
    if (total && !adds_up)
        return no_such(compiler, node, "no sum of its periods", "value");
    if (node->what == TB_MEASURE_YTD && of->kind == TB_KIND_STOCK)
        tb_rule_warn_at(compiler, node,
                        "'ytd' of '%s', which is a stock, is there only where it was submitted "
                        "as such, expected value",
                        of->code);
    if (is_growth(node->what) && of->uom.kind == TB_UOM_PERCENT)
        tb_rule_warn_at(compiler, node,
                        "'%s' of '%s', which is in '%s', is there only where it was submitted, "
                        "expected change (in points)",
                        tb_rule_quantity_name(node->what), of->code, of->unit_measure);
    return true;
}

/* --- the rest --- */

static bool check_sum(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    const struct tb_rule_node *of = inside(node->quantity);
    bool rate = of->op == TB_OP_QUANTITY && (is_growth(of->what) || of->what == TB_MEASURE_SCORE ||
                                             of->what == TB_MEASURE_PROGRESS);

    if (node->function != TB_F_SUM || (!rate && node->quantity->kind.sort != TB_SORT_RANK))
        return true;
    return tb_rule_mistake_at(compiler, node->quantity,
                              "rates and places of units do not add up, expected an amount");
}

static bool check_group(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    const struct tb_group *group = &compiler->profile->groups[node->group];
    bool by_members = node->function == TB_F_COUNT || node->function == TB_F_MEAN ||
                      node->function == TB_F_MEDIAN || node->function == TB_F_QUANTILE ||
                      node->function == TB_F_BEST || node->function == TB_F_WORST;

    if (by_members && group->n_members == 0)
        tb_rule_warn_at(compiler, node,
                        "group '%s' has no members: nothing can be said of them, expected it in "
                        "column 'groups' of units.csv",
                        group->code);
    return true;
}

/* A month is no period of a quarterly indicator. */
static bool check_at(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    const struct tb_rule_node *of = tb_rule_first_series(node->quantity);

    if (!of || of->indicator < 0)
        return true;
    const struct tb_indicator *indicator = &compiler->profile->indicators[of->indicator];
    if (tb_periods_per_year(node->period.freq) <= tb_periods_per_year(indicator->frequency))
        return true;
    tb_rule_mistake(compiler, node->kid[0]->column,
                    "this is no period of '%s', expected one of its frequency %s, or a year",
                    indicator->code, tb_freq_code(indicator->frequency));
    return false;
}

static bool check_moved(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    struct tb_operand number;

    if (!is_constant(node->kid[0], &number))
        return true;
    return tb_rule_mistake_at(compiler, node->kid[0],
                              "this number is the same for every unit and period, expected a "
                              "measure such as growth");
}

static bool check_quotient(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    struct tb_operand number;

    if (!is_constant(node->kid[1], &number) || number.number.num != 0)
        return true;
    return tb_rule_mistake_at(compiler, node->kid[1], "division by 0, expected another divisor");
}

static bool check_node(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    switch (node->op) {
    case TB_OP_COMPARE:
        return check_compare(compiler, node);
    case TB_OP_QUANTITY:
        return check_quantity(compiler, node);
    case TB_OP_CHILDREN:
        return !node->quantity || check_sum(compiler, node);
    case TB_OP_GROUP:
        return check_group(compiler, node);
    case TB_OP_AT:
        return check_at(compiler, node);
    case TB_OP_IN:
    case TB_OP_AT_UNIT:
    case TB_OP_PREV:
    case TB_OP_LAST_YEAR:
        return check_moved(compiler, node);
    case TB_OP_DIV:
        return check_quotient(compiler, node);
    default:
        return true;
    }
}

bool tb_rule_check_sense(struct tb_rule_compiler *compiler)
{
    const struct tb_rule *rule = compiler->rule;

    for (size_t i = 0; i < rule->n_nodes; i++)
        if (!check_node(compiler, rule->node[i]))
            return false;
    return true;
}
