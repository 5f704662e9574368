/* rule_bind.c - names of a rule to rows of the profile, calls to functions.
 *
 * The tree is changed in place: a name becomes a quantity of the subject, a call
 * one of the functions of the language.  `[indicator]` changes the subject of all
 * that stands before it.
 */
#include <string.h>

#include "model/rule/rule_internal.h"

bool tb_rule_is_name(const struct tb_rule_node *node, const char *name)
{
    return node && node->op == TB_OP_NAME && node->name_len == strlen(name) &&
           memcmp(node->name, name, node->name_len) == 0;
}

bool tb_rule_mistake_at(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                        const char *text)
{
    tb_rule_mistake(compiler, node->column, "%s", text);
    return false;
}

static const struct tb_indicator *subject_of(const struct tb_rule_compiler *compiler, int32_t row)
{
    return row >= 0 ? &compiler->profile->indicators[row] : NULL;
}

/* The row of a name in the profile; TB_NONE after telling that there is none. */
static int32_t find(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                    const char *what, int32_t row, const char *near)
{
    int len = (int)node->name_len;

    if (row >= 0)
        return row;
    if (row != TB_NONE)
        tb_rule_mistake(compiler, node->column, "%s '%.*s' is ambiguous, expected its code", what,
                        len, node->name);
    else if (near)
        tb_rule_mistake(compiler, node->column,
                        "unknown %s '%.*s', expected a code or name of the profile "
                        "(did you mean '%s'?)",
                        what, len, node->name, near);
    else
        tb_rule_mistake(compiler, node->column,
                        "unknown %s '%.*s', expected a code or name of the profile", what, len,
                        node->name);
    return TB_NONE;
}

static int32_t find_indicator(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    int32_t row = tb_profile_indicator(compiler->profile, node->name, node->name_len);

    return find(compiler, node, "indicator", row,
                row < 0 ? tb_profile_near_indicator(compiler->profile, node->name, node->name_len)
                        : NULL);
}

static int32_t find_unit(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    int32_t row = tb_profile_unit(compiler->profile, node->name, node->name_len);

    return find(compiler, node, "unit", row,
                row < 0 ? tb_profile_near_unit(compiler->profile, node->name, node->name_len)
                        : NULL);
}

/* The group that an argument names, also written into it for printing. */
int32_t tb_rule_find_group(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    if (!node || node->op != TB_OP_NAME) {
        if (node)
            tb_rule_mistake_at(compiler, node, "this is no group, expected a group of groups.csv");
        return TB_NONE;
    }
    node->group = find(compiler, node, "group",
                       tb_profile_group(compiler->profile, node->name, node->name_len), NULL);
    return node->group;
}

/* The group whose bulletin this is: what a bare rank or score is in. */
static int32_t home_group(const struct tb_rule_compiler *compiler)
{
    const char *code = compiler->profile->set.subject_group;

    if (compiler->group != TB_NONE)
        return compiler->group;
    if (!code)
        return TB_NONE;
    int32_t row = tb_profile_group(compiler->profile, code, strlen(code));
    return row >= 0 ? row : TB_NONE;
}

struct tb_rule_node *tb_rule_make_quantity(struct tb_rule_compiler *compiler, int what,
                                           int32_t indicator, uint32_t column)
{
    struct tb_rule_node *node = tb_rule_node_new(compiler->rule, TB_OP_QUANTITY, column, 0);

    if (!node) {
        tb_rule_mistake(compiler, column, "out of memory");
        return NULL;
    }
    node->what = what;
    node->indicator = indicator;
    node->bound = true;
    return node;
}

/* A word that stands for a comparison with a number: done, on_time. */
static bool bind_word(struct tb_rule_compiler *compiler, struct tb_rule_node *node, int what,
                      enum tb_rule_compare compare, int64_t limit)
{
    struct tb_rule *rule = compiler->rule;

    node->op = TB_OP_COMPARE;
    node->compare = compare;
    node->n_kids = 2;
    node->kid = tb_arena_alloc(&rule->arena, 2, sizeof(void *));
    struct tb_rule_node *number = tb_rule_node_new(rule, TB_OP_NUMBER, node->column, 0);
    struct tb_rule_node *left =
        tb_rule_make_quantity(compiler, what, node->indicator, node->column);
    if (!node->kid || !number || !left)
        return compiler->failed ? false : tb_rule_mistake_at(compiler, node, "out of memory");
    number->number = tb_rational_int(limit);
    node->kid[0] = left;
    node->kid[1] = number;
    return true;
}

/* A bare `rank`: the place in the group of the bulletin. */
static bool bind_rank(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    struct tb_rule *rule = compiler->rule;
    int32_t group = home_group(compiler);

    if (group == TB_NONE)
        return tb_rule_mistake_at(compiler, node,
                                  "rank of no group, expected rank(GROUP) or subject_group "
                                  "in profile.ini");
    if (compiler->group != TB_NONE)
        return tb_rule_mistake_at(compiler, node,
                                  "a function of a group stands inside another, expected a "
                                  "measure");
    struct tb_rule_node *name = tb_rule_node_new(rule, TB_OP_NAME, node->column, 0);
    node->kid = tb_arena_alloc(&rule->arena, 1, sizeof(void *));
    if (!name || !node->kid)
        return tb_rule_mistake_at(compiler, node, "out of memory");
    name->name = compiler->profile->groups[group].code;
    name->name_len = strlen(name->name);
    name->group = node->group = group;
    node->op = TB_OP_GROUP;
    node->function = TB_F_RANK;
    node->kid[0] = name;
    node->n_kids = 1;
    return true;
}

/* Whether the name is one of the grades of the subject. */
static bool is_grade_word(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    const struct tb_indicator *indicator = subject_of(compiler, node->indicator);

    for (size_t i = 0; indicator && i < indicator->grades.n; i++)
        if (strlen(indicator->grades.item[i]) == node->name_len &&
            memcmp(indicator->grades.item[i], node->name, node->name_len) == 0)
            return true;
    return false;
}

static bool unknown_name(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    int len = (int)node->name_len;

    if (tb_rule_is_name(node, "children") || tb_rule_is_name(node, "cases"))
        return tb_rule_mistake_at(compiler, node,
                                  "this word is the first argument of a function, expected a "
                                  "measure such as growth");
    if (tb_profile_indicator(compiler->profile, node->name, node->name_len) >= 0)
        tb_rule_mistake(compiler, node->column,
                        "'%.*s' is an indicator, expected a measure of it such as value[%.*s]", len,
                        node->name, len, node->name);
    else if (tb_profile_group(compiler->profile, node->name, node->name_len) >= 0)
        tb_rule_mistake(compiler, node->column,
                        "'%.*s' is a group, expected a function of it such as area(%.*s)", len,
                        node->name, len, node->name);
    else if (tb_rule_function_find(node->name, node->name_len) >= 0)
        tb_rule_mistake(compiler, node->column, "'%.*s' is a function, expected '(' after it", len,
                        node->name);
    else if (is_grade_word(compiler, node))
        tb_rule_mistake(compiler, node->column, "'%.*s' is a word of grades, expected it in quotes",
                        len, node->name);
    else if (tb_rule_is_name(node, "none"))
        tb_rule_mistake(compiler, node->column,
                        "'none' is a whole rule, expected a measure such as value, ytd or growth");
    else
        tb_rule_mistake(compiler, node->column,
                        "unknown name '%.*s', expected a measure such as value, ytd or growth", len,
                        node->name);
    return false;
}

/* A verdict is that of the target at hand, and only consequences ask for it. */
static bool bind_verdict(struct tb_rule_compiler *compiler, const struct tb_rule_node *node)
{
    if (!compiler->context->verdicts)
        return tb_rule_mistake_at(compiler, node,
                                  "a verdict is asked for, expected this in consequences.csv "
                                  "alone");
    if (node->indicator != compiler->context->indicator)
        return tb_rule_mistake_at(compiler, node,
                                  "a verdict is that of the target at hand, expected it without "
                                  "an indicator");
    return true;
}

static bool bind_name(struct tb_rule_compiler *compiler, struct tb_rule_node *node)
{
    int what = tb_rule_quantity_find(node->name, node->name_len);
    const struct tb_indicator *indicator = subject_of(compiler, node->indicator);

    if (what < 0 && node->quoted && tb_profile_indicator(compiler->profile, node->name,
                                                         node->name_len) == TB_NONE)
        return true; /* a word of grades, for the check of kinds to read */
    if (tb_rule_is_name(node, "late_cases") && !node->quoted) { /* of all classes */
        node->function = TB_F_LATE_CASES;
        return tb_rule_bind_listed(compiler, node);
    }
    if (what < 0)
        return unknown_name(compiler, node);
    node->what = what;
    if (what >= TB_Q_VERDICT && !bind_verdict(compiler, node))
        return false;
    switch (what) {
    case TB_Q_DONE:
        if (indicator && indicator->kind != TB_KIND_MILESTONE &&
            indicator->uom.kind != TB_UOM_PERCENT)
            return tb_rule_mistake_at(compiler, node,
                                      "'done' of an indicator that is not percent complete, "
                                      "expected kind milestone");
        if (!bind_word(compiler, node, TB_MEASURE_VALUE, TB_CMP_GE, 100))
            return false;
        node->kid[0]->milestone = node->kid[0]->done =
            indicator && indicator->kind == TB_KIND_MILESTONE;
        return true;
    case TB_Q_ON_TIME:
        return bind_word(compiler, node, TB_MEASURE_LATE_DAYS, TB_CMP_LE, 0);
    case TB_MEASURE_RANK:
        return bind_rank(compiler, node);
    case TB_Q_ANNUAL:
        if (!compiler->context->has_annual)
            return tb_rule_mistake_at(compiler, node,
                                      "there is no annual task, expected the column annual "
                                      "to be filled");
        break;
    case TB_Q_QUOTA:
        if (!compiler->context->has_quota)
            return tb_rule_mistake_at(compiler, node,
                                      "there is no quota, expected the column quota (a "
                                      "number, or 'awaited') or a row of quotas.csv");
        break;
    case TB_Q_GRADE:
        if (indicator && indicator->kind != TB_KIND_GRADE)
            return tb_rule_mistake_at(compiler, node,
                                      "'grade' of an indicator without grades, expected kind "
                                      "grade");
        break;
    case TB_MEASURE_SCORE:
    case TB_MEASURE_LAGGING:
        node->group = home_group(compiler);
        break;
    case TB_MEASURE_VALUE:
        node->milestone = indicator && indicator->kind == TB_KIND_MILESTONE;
        break;
    default:
        break;
    }
    node->op = TB_OP_QUANTITY;
    return true;
}

bool tb_rule_bind_kids(struct tb_rule_compiler *compiler, struct tb_rule_node *node, size_t begin,
                       size_t end)
{
    for (size_t i = begin; i < end; i++) {
        if (!node->kid[i])
            return tb_rule_mistake_at(compiler, node,
                                      "comparison without a left side, expected a measure "
                                      "before it");
        if (!tb_rule_bind_node(compiler, node->kid[i], node->indicator))
            return false;
    }
    return true;
}

bool tb_rule_bind_node(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                       int32_t subject)
{
    if (node->bound)
        return true;
    node->bound = true;
    node->indicator = subject;
    switch (node->op) {
    case TB_OP_NUMBER:
        return true;
    case TB_OP_NONE:
        return compiler->context->may_be_none ||
               tb_rule_mistake_at(compiler, node,
                                  "'none' says that there is no target, expected a condition "
                                  "such as growth >= 30");
    case TB_OP_NAME:
        return bind_name(compiler, node);
    case TB_OP_CALL:
        return tb_rule_bind_call(compiler, node);
    case TB_OP_IN:
        node->indicator = find_indicator(compiler, node);
        return node->indicator != TB_NONE && tb_rule_bind_kids(compiler, node, 0, 1);
    case TB_OP_AT_UNIT:
        node->unit = find_unit(compiler, node);
        return node->unit != TB_NONE && tb_rule_bind_kids(compiler, node, 0, 1);
    default:
        return tb_rule_bind_kids(compiler, node, 0, node->n_kids);
    }
}

bool tb_rule_bind(struct tb_rule_compiler *compiler)
{
    return tb_rule_bind_node(compiler, compiler->rule->root, compiler->context->indicator);
}
