/* rule_operand.c - the numbers that a verdict rests on, for people. */
#include "model/rule/rule_internal.h"

#include <string.h>

#include "tongbao/buf.h"

enum { MAX_TOLD = 64 };

/* The texts already told, as pieces of the buffer. */
struct told {
    size_t start[MAX_TOLD], len[MAX_TOLD];
    size_t n;
};

/* What is told as one: everything but operators and literals. */
static bool is_operand(const struct tb_rule_node *node)
{
    switch (node->op) {
    case TB_OP_QUANTITY:
    case TB_OP_IN:
    case TB_OP_AT_UNIT:
    case TB_OP_GROUP:
    case TB_OP_PREV:
    case TB_OP_LAST_YEAR:
    case TB_OP_AVERAGE:
    case TB_OP_AT:
    case TB_OP_STREAK:
    case TB_OP_EVERY:
    case TB_OP_STEP:
    case TB_OP_CHILDREN:
    case TB_OP_CASES:
    case TB_OP_LISTED:
    case TB_OP_SCREEN:
        return true;
    default:
        return false;
    }
}

static const char *why_unknown(uint8_t known)
{
    switch (known) {
    case TB_UNKNOWN_NO_DATA:
        return "no data";
    case TB_UNKNOWN_HELD:
        return "not released: held for review";
    case TB_UNKNOWN_NOT_COMPUTABLE:
        return "not computable";
    default:
        return "not applicable";
    }
}

/* A grade by its word; false where it is none, or lies between two. */
static bool put_grade(const struct tb_rule_run *run, const struct tb_rule_node *node,
                      struct tb_operand value, struct tb_buf *out)
{
    const struct tb_strings *grades;

    if (node->kind.sort != TB_SORT_GRADE || value.known != TB_KNOWN || value.number.den != 1)
        return false;
    grades = &run->profile
                  ->indicators[node->kind.indicator >= 0 ? (size_t)node->kind.indicator
                                                         : run->frame->indicator]
                  .grades;
    if (value.number.num < 1 || value.number.num > (int64_t)grades->n)
        return false;
    tb_buf_puts(out, grades->item[value.number.num - 1]);
    return true;
}

static const char *told_word(uint8_t told)
{
    static const char *const words[] = { [TB_TOLD_UNDER_WAY] = "under way",
                                         [TB_TOLD_NOT_DONE] = "not done",
                                         [TB_TOLD_NO_EVIDENCE] = "evidence missing",
                                         [TB_TOLD_NO_DAY] = "day of completion missing",
                                         [TB_TOLD_LATE] = "done late" };

    return words[told];
}

static void put_value(const struct tb_rule_run *run, const struct tb_rule_node *node,
                      struct tb_operand value, struct tb_buf *out)
{
    int32_t decimals = tb_rule_decimals(run, node);
    bool ratio = node->kind.sort == TB_SORT_RATIO;
    char text[TB_DECIMAL_TEXT];
    struct tb_decimal printed;

    if (put_grade(run, node, value, out))
        return;
    if (value.told != TB_TOLD_NUMBER) {
        tb_buf_puts(out, told_word(value.told));
        return;
    }
    if (value.known == TB_KNOWN && node->kind.sort == TB_SORT_TRUTH) {
        tb_buf_puts(out, value.number.num != 0 ? "yes" : "no");
        return;
    }
    if (ratio) {
        value = tb_operand_arith(TB_OP_MUL, value, tb_operand_int(100));
        decimals = decimals >= 2 ? decimals - 2 : 0;
    }
    if (value.known != TB_KNOWN) {
        tb_buf_puts(out, why_unknown(value.known));
    } else if (!tb_rational_round(value.number, decimals, run->profile->set.round_mode, &printed)) {
        tb_buf_puts(out, why_unknown(TB_UNKNOWN_NOT_COMPUTABLE));
    } else {
        tb_decimal_format(printed, text);
        tb_buf_printf(out, "%s%s", text, ratio ? "%" : "");
    }
}

/* A bare area(city) is of what it is compared with.  Of another indicator than the
 * row's it says so, or two different numbers would bear one name. */
static void print_told(const struct tb_rule_run *run, const struct tb_rule_node *node,
                       struct tb_buf *out)
{
    const struct tb_rule_node *of = node->quantity;
    const struct tb_profile *profile = run->profile;

    if (node->op != TB_OP_GROUP || node->n_kids == 0 || node->kid[0]->op != TB_OP_NAME || !of ||
        of->op != TB_OP_QUANTITY || of->indicator < 0 ||
        (size_t)of->indicator == run->frame->indicator) {
        tb_rule_print_node(node, profile, out);
        return;
    }
    struct tb_rule_node *kid[] = { node->quantity };
    const struct tb_rule_node named = {
        .op = TB_OP_IN, .indicator = of->indicator, .kid = kid, .n_kids = 1
    };
    tb_buf_printf(out, "%s(", tb_rule_function_name(node->function));
    tb_rule_print_node(&named, profile, out);
    for (size_t i = 0; i < node->n_kids; i++) {
        tb_buf_puts(out, ", ");
        tb_rule_print_node(node->kid[i], profile, out);
    }
    tb_buf_putc(out, ')');
}

/* "area(city) = 6.1", unless the same text has been told. */
static void tell(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit,
                 struct told *told, struct tb_buf *out)
{
    const struct tb_operand *value = tb_rule_known_value(run, node, &run->main);
    struct tb_buf text = TB_BUF_INIT;

    if (!value)
        return;
    if (node->done && value[unit].told != TB_TOLD_NUMBER)
        tb_buf_puts(&text, "done");
    else
        print_told(run, node, &text);
    out->failed |= text.failed;
    if (out->failed) /* what was told before is gone with its buffer */
        goto out;
    for (size_t i = 0; i < told->n; i++) {
        if (told->len[i] == text.len &&
            memcmp(out->data + told->start[i], tb_buf_text(&text), text.len) == 0)
            goto out;
    }
    if (told->n > 0)
        tb_buf_puts(out, "; ");
    if (told->n < MAX_TOLD && !out->failed) {
        told->start[told->n] = out->len;
        told->len[told->n++] = text.len;
    }
    tb_buf_puts(out, tb_buf_text(&text));
    tb_buf_puts(out, " = ");
    put_value(run, node, value[unit], out);
    if (node->op == TB_OP_CHILDREN && value[unit].known != TB_KNOWN)
        tb_rule_put_missing(run, node, unit, out);
out:
    tb_buf_release(&text);
}

static void tell_all(const struct tb_rule_run *run, const struct tb_rule_node *node, size_t unit,
                     struct told *told, struct tb_buf *out)
{
    if (is_operand(node)) {
        tell(run, node, unit, told, out);
        return;
    }
    if (node->op == TB_OP_COMPARE && node->name) { /* done: the word says little, so the number */
        tell(run, node->kid[0], unit, told, out);
        return;
    }
    for (size_t i = 0; i < node->n_kids && told->n < MAX_TOLD; i++) {
        if (node->kid[i])
            tell_all(run, node->kid[i], unit, told, out);
    }
}

void tb_rule_operands(const struct tb_rule_run *run, size_t unit, struct tb_buf *out)
{
    struct told told = { .n = 0 };

    tell_all(run, run->rule->root, unit, &told, out);
}
