/* rule_check.c - the kind of each node, from the leaves up.
 *
 * Conditions stand where conditions are wanted and numbers where numbers are; two
 * numbers that stand beside each other are made to meet (rule_meet.c), and where
 * they cannot, as 万元 beside %, the mistake is found here and not as a wrong answer.
 */
#include "model/rule/rule_internal.h"

static bool sort_node(struct tb_rule_compiler *compiler, struct tb_rule_node *node);

static struct tb_rule_kind kind_of(enum tb_rule_sort sort)
{
    return (struct tb_rule_kind){ .sort = sort, .indicator = TB_NONE };
}

/* The kind of an indicator's own numbers. */
static struct tb_rule_kind kind_of_value(const struct tb_rule_compiler *compiler, int32_t row)
{
    if (row < 0)
        return kind_of(TB_SORT_ANY);
    const struct tb_uom *uom = &compiler->profile->indicators[row].uom;

    if (compiler->profile->indicators[row].kind == TB_KIND_GRADE)
        return (struct tb_rule_kind){ .sort = TB_SORT_GRADE, .indicator = row };
    switch (uom->kind) {
    case TB_UOM_AMOUNT:
        return (struct tb_rule_kind){ TB_SORT_AMOUNT, uom, row };
    case TB_UOM_PERCENT:
        return (struct tb_rule_kind){ TB_SORT_PERCENT, uom, row };
    case TB_UOM_INDEX:
    case TB_UOM_NONE:
        break;
    }
    return kind_of(TB_SORT_PLAIN);
}

static struct tb_rule_kind kind_of_quantity(const struct tb_rule_compiler *compiler,
                                            const struct tb_rule_node *node)
{
    switch (node->what) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
    case TB_MEASURE_CHANGE:
    case TB_Q_TOTAL:
    case TB_Q_ANNUAL:
    case TB_Q_QUOTA:
        return kind_of_value(compiler, node->indicator);
    case TB_Q_ELAPSED:
        return kind_of(TB_SORT_RATIO);
    case TB_Q_GRADE:
        return (struct tb_rule_kind){ .sort = TB_SORT_GRADE, .indicator = node->indicator };
    case TB_MEASURE_SCORE:
    case TB_MEASURE_LAGGING:
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
        return kind_of(TB_SORT_PLAIN);
    default:
        if (node->what >= TB_Q_VERDICT)
            return kind_of(node->what == TB_Q_VERDICT + TB_WORD_OVERDUE ? TB_SORT_PLAIN
                                                                        : TB_SORT_TRUTH);
        return kind_of(TB_SORT_PERCENT);
    }
}

/* Sorts the kids [begin, end) that are numbers. */
static bool sort_numbers(struct tb_rule_compiler *compiler, struct tb_rule_node *node, size_t begin,
                         size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (!sort_node(compiler, node->kid[i]))
            return false;
        if (node->kid[i]->kind.sort == TB_SORT_TRUTH)
            return tb_rule_mistake_at(compiler, node->kid[i],
                                      "this is a condition, expected a "
                                      "number");
    }
    return true;
}

static bool sort_truths(struct tb_rule_compiler *compiler, struct tb_rule_node *node, size_t begin,
                        size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (!sort_node(compiler, node->kid[i]))
            return false;
        if (node->kid[i]->kind.sort != TB_SORT_TRUTH)
            return tb_rule_mistake_at(compiler, node->kid[i],
                                      "this is a number, expected a "
                                      "condition such as growth >= 30");
    }
    return true;
}

static bool no_multiple(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    return tb_rule_mistake_at(compiler, node,
                              "a grade is a place in a list and has no multiples, expected a "
                              "comparison with a grade");
}

static bool sort_product(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    /* The weaker sort is the factor, the stronger one is what it is a multiple of. */
    bool ordered = node->kid[0]->kind.sort <= node->kid[1]->kind.sort;
    struct tb_rule_node **weak = &node->kid[!ordered];
    struct tb_rule_node **strong = &node->kid[ordered];
    enum tb_rule_sort a = (*weak)->kind.sort;
    enum tb_rule_sort b = (*strong)->kind.sort;

    node->kind = (*strong)->kind;
    if (a == TB_SORT_GRADE || b == TB_SORT_GRADE)
        return no_multiple(compiler, node);
    if (a == TB_SORT_PERCENT)
        return tb_rule_as_fraction(compiler, weak);
    if (a == TB_SORT_LITERAL && b == TB_SORT_RATIO)
        node->kind = kind_of(TB_SORT_SHARED);
    else if (a == TB_SORT_AMOUNT && b == TB_SORT_PLAIN)
        node->kind = (*weak)->kind;
    else if (b == TB_SORT_RANK || (a == TB_SORT_AMOUNT && b == TB_SORT_AMOUNT))
        node->kind = kind_of(TB_SORT_PLAIN);
    return true;
}

static bool sort_quotient(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule_node *top = node->kid[0];
    struct tb_rule_node *bottom = node->kid[1];
    enum tb_rule_sort a = top->kind.sort;
    enum tb_rule_sort b = bottom->kind.sort;

    node->kind = top->kind;
    if (a == TB_SORT_GRADE || b == TB_SORT_GRADE)
        return no_multiple(compiler, node);
    if (a == b && (a == TB_SORT_AMOUNT || a == TB_SORT_PERCENT)) {
        const struct tb_uom *to = top->kind.uom ? top->kind.uom : &compiler->rule->percent;
        const struct tb_uom *of = bottom->kind.uom ? bottom->kind.uom : &compiler->rule->percent;
        bool same = tb_uom_same_dimension(to, of);
        node->kind = kind_of(same ? TB_SORT_RATIO : TB_SORT_PLAIN);
        return !same || tb_rule_units_meet(compiler, node, top, &node->kid[1]);
    }
    if (a == TB_SORT_ANY && b == TB_SORT_ANY)
        node->kind = kind_of(TB_SORT_RATIO);
    else if (b == TB_SORT_PERCENT)
        return tb_rule_as_fraction(compiler, &node->kid[1]);
    else if (a == TB_SORT_LITERAL && b == TB_SORT_RATIO)
        node->kind = kind_of(TB_SORT_SHARED);
    else if (b == TB_SORT_AMOUNT || b == TB_SORT_PLAIN || b == TB_SORT_RANK || b == TB_SORT_ANY)
        node->kind = a == TB_SORT_AMOUNT && b == TB_SORT_PLAIN ? top->kind : kind_of(TB_SORT_PLAIN);
    return true;
}

static bool sort_compare(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule_kind kind;

    for (size_t i = 0; i < node->n_kids; i++) {
        bool word = i < 2 && tb_rule_is_word(node->kid[i]);
        if (!word && !sort_numbers(compiler, node, i, i + 1))
            return false;
    }
    if (!tb_rule_read_words(compiler, node) ||
        !tb_rule_meet(compiler, node, &node->kid[0], &node->kid[1], &kind))
        return false;
    node->kind = kind_of(TB_SORT_TRUTH);
    if (node->compare != TB_CMP_ABOUT)
        return true;
    if (node->n_kids == 3)
        return tb_rule_meet(compiler, node, &node->kid[0], &node->kid[2], &kind);
    if (kind.sort == TB_SORT_AMOUNT || kind.sort == TB_SORT_RANK || kind.sort == TB_SORT_GRADE)
        return tb_rule_mistake_at(compiler, node,
                                  kind.sort == TB_SORT_AMOUNT
                                      ? "how near '~' asks is not said for an amount, "
                                        "expected '~ x +- y'"
                                      : "how near '~' asks is not said for a place, "
                                        "expected '~ x +- y'");
    return true;
}

/* area and wmean ask the source for measures; what is not one has no pooled figure. */
static bool is_poolable(const struct tb_rule_node *node)
{
    if (node->op == TB_OP_QUANTITY)
        return node->what < TB_N_MEASURES || node->what == TB_Q_ELAPSED;
    if (node->op == TB_OP_CHILDREN || node->op == TB_OP_CASES || node->op == TB_OP_LISTED ||
        node->op == TB_OP_STREAK || node->op == TB_OP_EVERY ||
        node->op == TB_OP_AT_UNIT || node->op == TB_OP_SCREEN || node->op == TB_OP_AVERAGE)
        return false;
    if (node->op == TB_OP_AT)
        return is_poolable(node->quantity);
    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kid[i] && !is_poolable(node->kid[i]))
            return false;
    }
    return true;
}

static bool sort_group(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool pooled = node->function == TB_F_AREA || node->function == TB_F_WMEAN;

    if (!sort_node(compiler, node->quantity))
        return false;
    node->kind = node->quantity->kind;
    if (node->kind.sort == TB_SORT_TRUTH || node->kind.sort == TB_SORT_LITERAL)
        return tb_rule_mistake_at(compiler, node,
                                  "a group of what is not a measure, expected a "
                                  "measure such as growth");
    if (pooled && !is_poolable(node->quantity))
        return tb_rule_mistake_at(compiler, node,
                                  "a group has no such figure of its own, "
                                  "expected mean or a measure such as growth");
    if (node->function == TB_F_RANK || node->function == TB_F_BOTTOM)
        node->kind = kind_of(TB_SORT_RANK);
    else if (node->function == TB_F_TIED)
        node->kind = kind_of(TB_SORT_TRUTH);
    else if (node->function == TB_F_COUNT)
        node->kind = kind_of(TB_SORT_PLAIN);
    return true;
}

static bool sort_children(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool of_numbers = node->function == TB_F_SUM || node->function == TB_F_ROUNDING;
    bool of_truth = !of_numbers;

    if (node->quantity && !sort_node(compiler, node->quantity))
        return false;
    if (node->quantity && (node->quantity->kind.sort == TB_SORT_TRUTH) != of_truth)
        return tb_rule_mistake_at(compiler, node->quantity,
                                  of_truth ? "this is a number, expected a condition"
                                           : "this is a condition, expected a number");
    if (of_numbers && node->quantity->kind.sort == TB_SORT_GRADE)
        return tb_rule_mistake_at(compiler, node, "grades do not add up, expected count of those "
                                                  "for which a condition holds");
    node->kind = of_numbers                     ? node->quantity->kind
                 : node->function == TB_F_COUNT ? kind_of(TB_SORT_PLAIN)
                                                : kind_of(TB_SORT_TRUTH);
    return true;
}

/* Numbers that must agree: sides of a sum, arguments of min and max, arms of step. */
static bool sort_alike(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (!sort_numbers(compiler, node, 0, node->n_kids))
        return false;
    node->kind = node->kid[0]->kind;
    /* Each meets the strongest, so that literals take on the unit of any of them. */
    size_t lead = 0;
    for (size_t i = 1; i < node->n_kids; i++) {
        if (node->kid[i]->kind.sort > node->kid[lead]->kind.sort)
            lead = i;
    }
    for (size_t i = 0; i < node->n_kids; i++) {
        if (i != lead &&
            !tb_rule_meet(compiler, node, &node->kid[lead], &node->kid[i], &node->kind))
            return false;
    }
    return true;
}

static bool sort_time(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (node->op == TB_OP_STREAK || node->op == TB_OP_EVERY) {
        node->kind = kind_of(node->op == TB_OP_STREAK ? TB_SORT_PLAIN : TB_SORT_TRUTH);
        return sort_truths(compiler, node, 0, 1);
    }
    struct tb_rule_node *kid = node->op == TB_OP_AT ? node->quantity : node->kid[0];
    if (!sort_node(compiler, kid))
        return false;
    node->kind = kid->kind;
    return true;
}

/* The measures screened are numbers, and the two of hb are of one unit of measure. */
static bool sort_screen(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    bool pair = node->function == TB_F_HB || node->function == TB_F_HB_GAP;
    bool percent = node->function == TB_F_HB_GAP || node->function == TB_F_ROUND_SHARE;
    struct tb_rule_kind kind;

    node->kind = kind_of(percent ? TB_SORT_PERCENT : TB_SORT_PLAIN);
    if (!sort_numbers(compiler, node, 0, pair ? 2 : 1) ||
        (pair && !tb_rule_meet(compiler, node, &node->kid[0], &node->kid[1], &kind)))
        return false;
    if (node->kid[0]->kind.sort == TB_SORT_LITERAL || node->kid[0]->kind.sort == TB_SORT_RANK)
        return tb_rule_mistake_at(compiler, node->kid[0],
                                  "this is no measure, expected one such as growth");
    return true;
}

/* known(x): of a number that may or may not be there. */
static bool sort_known(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (!sort_numbers(compiler, node, 0, 1))
        return false;
    node->kind = kind_of(TB_SORT_TRUTH);
    if (node->kid[0]->kind.sort != TB_SORT_LITERAL || tb_rule_first_series(node->kid[0]))
        return true;
    return tb_rule_mistake_at(compiler, node->kid[0],
                              "this number is always known, expected a measure such as grade");
}

static bool sort_operator(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    switch (node->op) {
    case TB_OP_ADD:
    case TB_OP_SUB:
    case TB_OP_STEP:
        return sort_alike(compiler, node);
    case TB_OP_MUL:
        return sort_numbers(compiler, node, 0, 2) && sort_product(compiler, node);
    case TB_OP_DIV:
        return sort_numbers(compiler, node, 0, 2) && sort_quotient(compiler, node);
    case TB_OP_ARITH:
        if (node->function == TB_F_KNOWN)
            return sort_known(compiler, node);
        if (node->function == TB_F_MIN || node->function == TB_F_MAX)
            return sort_alike(compiler, node);
        /* fall through */
    case TB_OP_NEG:
    case TB_OP_ARM:
        if (!sort_numbers(compiler, node, 0, 1))
            return false;
        node->kind = node->kid[0]->kind;
        return true;
    default: /* and, or, not */
        node->kind = kind_of(TB_SORT_TRUTH);
        return sort_truths(compiler, node, 0, node->n_kids);
    }
}

static bool sort_node(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (node->sorted)
        return true;
    node->sorted = true;
    switch (node->op) {
    case TB_OP_NUMBER:
        node->kind = kind_of(node->percent ? TB_SORT_RATIO : TB_SORT_LITERAL);
        return true;
    case TB_OP_QUANTITY:
        node->kind = kind_of_quantity(compiler, node);
        return true;
    case TB_OP_NONE:
        node->kind = kind_of(TB_SORT_TRUTH);
        return true;
    case TB_OP_NAME: /* in quotes, and beside no grade */
        tb_rule_mistake(compiler, node->column,
                        "unknown name '%.*s', expected a measure such as value, ytd or growth",
                        (int)node->name_len, node->name);
        return false;
    case TB_OP_IN:
    case TB_OP_AT_UNIT:
        if (!sort_node(compiler, node->kid[0]))
            return false;
        node->kind = node->kid[0]->kind;
        return true;
    case TB_OP_COMPARE:
        return sort_compare(compiler, node);
    case TB_OP_GROUP:
        return sort_group(compiler, node);
    case TB_OP_CHILDREN:
        return sort_children(compiler, node);
    case TB_OP_CASES:
        node->kind = kind_of(node->function == TB_F_SHARE ? TB_SORT_PERCENT : TB_SORT_PLAIN);
        return true;
    case TB_OP_LISTED:
        node->kind = kind_of(TB_SORT_PLAIN);
        return true;
    case TB_OP_SCREEN:
        return sort_screen(compiler, node);
    case TB_OP_PREV:
    case TB_OP_LAST_YEAR:
    case TB_OP_AVERAGE:
    case TB_OP_AT:
    case TB_OP_STREAK:
    case TB_OP_EVERY:
        return sort_time(compiler, node);
    default:
        return sort_operator(compiler, node);
    }
}

bool tb_rule_sort_kinds(struct tb_rule_compiler *compiler)
{
    struct tb_rule_node *root = compiler->rule->root;

    if (!sort_node(compiler, root))
        return false;
    if (root->kind.sort == TB_SORT_TRUTH)
        return true;
    return tb_rule_mistake_at(compiler, root,
                              "rule is a number, expected a condition such as "
                              "growth >= 30");
}
