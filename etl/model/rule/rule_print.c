/* rule_print.c - a rule in its canonical spelling: codes for names, English words,
 * no more parentheses than needed.  Parsing it gives the same rule. */
#include "model/rule/rule_internal.h"

#include <string.h>

#include "tongbao/buf.h"

/* How tightly an operator binds; a looser one inside a tighter one is put in parentheses. */
static int tightness(const struct tb_rule_node *node)
{
    while (node->op == TB_OP_SCALE)
        node = node->kid[0];
    switch (node->op) {
    case TB_OP_OR:
        return 1;
    case TB_OP_AND:
        return 2;
    case TB_OP_NOT:
        return 3;
    case TB_OP_COMPARE:
        return node->name ? 9 : 4; /* done, on_time are words */
    case TB_OP_ADD:
    case TB_OP_SUB:
        return 5;
    case TB_OP_MUL:
    case TB_OP_DIV:
        return 6;
    case TB_OP_NEG:
        return 7;
    case TB_OP_IN:
    case TB_OP_AT_UNIT:
        return 8;
    default:
        return 9;
    }
}

static void print_within(const struct tb_rule_node *node, int least,
                         const struct tb_profile *profile, struct tb_buf *out)
{
    bool wrap = tightness(node) < least;

    if (wrap)
        tb_buf_putc(out, '(');
    tb_rule_print_node(node, profile, out);
    if (wrap)
        tb_buf_putc(out, ')');
}

static void print_name(const char *text, struct tb_buf *out)
{
    bool plain = tb_rule_is_plain_name(text, strlen(text));

    tb_buf_printf(out, plain ? "%s" : "\"%s\"", text);
}

/* Literals come from decimals, so their denominator divides a power of ten. */
static void print_number(const struct tb_rule_node *node, struct tb_buf *out)
{
    struct tb_rational number = node->number;
    struct tb_decimal decimal;
    struct tb_operand shown = tb_operand_known(number);
    char text[TB_DECIMAL_TEXT];

    if (node->percent)
        shown = tb_operand_arith(TB_OP_MUL, shown, tb_operand_int(100));
    for (int32_t scale = 0; scale <= TB_DECIMAL_SCALE_MAX; scale++) {
        if (!tb_rational_round(shown.number, scale, TB_ROUND_HALF_UP, &decimal))
            break;
        if (tb_rational_from_decimal(decimal, &number) &&
            tb_rational_cmp(number, shown.number) == 0)
            break;
    }
    tb_decimal_format(decimal, text);
    tb_buf_puts(out, text);
    if (node->percent)
        tb_buf_putc(out, '%');
}

static const char *compare_sign(enum tb_rule_compare compare)
{
    static const char *const signs[] = {
        [TB_CMP_LT] = "<", [TB_CMP_LE] = "<=", [TB_CMP_GT] = ">",    [TB_CMP_GE] = ">=",
        [TB_CMP_EQ] = "=", [TB_CMP_NE] = "!=", [TB_CMP_ABOUT] = "~",
    };

    return signs[compare];
}

static void print_compare(const struct tb_rule_node *node, const struct tb_profile *profile,
                          struct tb_buf *out)
{
    if (node->name) { /* a word that was made a comparison */
        tb_buf_add(out, node->name, node->name_len);
        return;
    }
    if (node->kid[0]) {
        print_within(node->kid[0], 5, profile, out);
        tb_buf_putc(out, ' ');
    }
    tb_buf_printf(out, "%s ", compare_sign(node->compare));
    print_within(node->kid[1], 5, profile, out);
    if (node->n_kids == 3) {
        tb_buf_puts(out, " +- ");
        print_within(node->kid[2], 5, profile, out);
    }
}

/* kid sign kid ...; what stands to the right of - and / binds tighter. */
static void print_chain(const struct tb_rule_node *node, const char *sign,
                        const struct tb_profile *profile, struct tb_buf *out)
{
    int own = tightness(node);
    bool logic = node->op == TB_OP_AND || node->op == TB_OP_OR;

    for (size_t i = 0; i < node->n_kids; i++) {
        if (i > 0)
            tb_buf_printf(out, " %s ", sign);
        print_within(node->kid[i], own + (i > 0 || logic), profile, out);
    }
}

static void print_call(const struct tb_rule_node *node, const struct tb_profile *profile,
                       struct tb_buf *out)
{
    tb_buf_printf(out, "%s(", tb_rule_function_name(node->function));
    for (size_t i = 0; i < node->n_kids; i++) {
        if (i > 0)
            tb_buf_puts(out, ", ");
        tb_rule_print_node(node->kid[i], profile, out);
    }
    tb_buf_putc(out, ')');
}

static void print_quantity(const struct tb_rule_node *node, const struct tb_profile *profile,
                           struct tb_buf *out)
{
    tb_buf_puts(out, tb_rule_quantity_name(node->what));
    if (node->named_group) {
        tb_buf_putc(out, '(');
        print_name(profile->groups[node->group].code, out);
        tb_buf_putc(out, ')');
    }
}

static void print_period(const struct tb_rule_node *node, const struct tb_profile *profile,
                         struct tb_buf *out)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(node->period, text);
    tb_buf_puts(out, text);
    if (node->op == TB_OP_ARM) {
        tb_buf_puts(out, ": ");
        print_within(node->kid[0], 5, profile, out);
    }
}

static void print_operator(const struct tb_rule_node *node, const struct tb_profile *profile,
                           struct tb_buf *out)
{
    switch (node->op) {
    case TB_OP_ADD:
        print_chain(node, "+", profile, out);
        break;
    case TB_OP_SUB:
        print_chain(node, "-", profile, out);
        break;
    case TB_OP_MUL:
        print_chain(node, "*", profile, out);
        break;
    case TB_OP_DIV:
        print_chain(node, "/", profile, out);
        break;
    case TB_OP_AND:
        print_chain(node, "and", profile, out);
        break;
    case TB_OP_OR:
        print_chain(node, "or", profile, out);
        break;
    case TB_OP_NEG:
        tb_buf_putc(out, '-');
        print_within(node->kid[0], 7, profile, out);
        break;
    default: /* TB_OP_NOT */
        tb_buf_puts(out, "not ");
        print_within(node->kid[0], 3, profile, out);
        break;
    }
}

void tb_rule_print_node(const struct tb_rule_node *node, const struct tb_profile *profile,
                        struct tb_buf *out)
{
    switch (node->op) {
    case TB_OP_NUMBER:
        if (node->name) /* a word of grades */
            tb_buf_printf(out, "\"%.*s\"", (int)node->name_len, node->name);
        else
            print_number(node, out);
        break;
    case TB_OP_NONE:
        tb_buf_puts(out, "none");
        break;
    case TB_OP_NAME: /* the name of a group or class of cases, or children, cases */
        if (node->group != TB_NONE)
            print_name(profile->groups[node->group].code, out);
        else if (node->quoted && !tb_rule_is_plain_name(node->name, node->name_len))
            tb_buf_printf(out, "\"%.*s\"", (int)node->name_len, node->name);
        else
            tb_buf_add(out, node->name, node->name_len);
        break;
    case TB_OP_PERIOD:
    case TB_OP_ARM:
        print_period(node, profile, out);
        break;
    case TB_OP_IN:
        print_within(node->kid[0], 9, profile, out);
        tb_buf_putc(out, '[');
        print_name(profile->indicators[node->indicator].code, out);
        tb_buf_putc(out, ']');
        break;
    case TB_OP_AT_UNIT:
        print_within(node->kid[0], node->kid[0]->op == TB_OP_IN ? 8 : 9, profile, out);
        tb_buf_putc(out, '@');
        print_name(profile->units[node->unit].code, out);
        break;
    case TB_OP_COMPARE:
        print_compare(node, profile, out);
        break;
    case TB_OP_QUANTITY:
        print_quantity(node, profile, out);
        break;
    case TB_OP_SCALE:
        tb_rule_print_node(node->kid[0], profile, out);
        break;
    default:
        if (node->op >= TB_OP_GROUP)
            print_call(node, profile, out);
        else
            print_operator(node, profile, out);
        break;
    }
}

void tb_rule_print(const struct tb_rule *rule, const struct tb_profile *profile, struct tb_buf *out)
{
    tb_rule_print_node(rule->root, profile, out);
}
