/* rule_compile.c - text to rule: parse, bind, find quantities, check kinds.
 *
 * A mistake is told once, at the place of the cell that holds the rule with the
 * column moved to where in the rule it is; the later passes are then not run,
 * because they would only tell what follows from it.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

struct tb_rule_node *tb_rule_node_new(struct tb_rule *rule, enum tb_rule_op op, uint32_t column,
                                      size_t n_kids)
{
    struct tb_rule_node *node = tb_arena_alloc(&rule->arena, 1, sizeof *node);

    if (!node)
        return NULL;
    if (rule->n_nodes == rule->capacity) {
        size_t capacity = rule->capacity ? rule->capacity * 2 : 32;
        struct tb_rule_node **grown = tb_arena_alloc(&rule->arena, capacity, sizeof(void *));
        if (!grown)
            return NULL;
        if (rule->n_nodes > 0)
            memcpy(grown, rule->node, rule->n_nodes * sizeof(void *));
        rule->node = grown;
        rule->capacity = capacity;
    }
    node->op = op;
    node->column = column;
    node->indicator = node->unit = node->group = TB_NONE;
    node->kind.indicator = TB_NONE;
    node->n_kids = n_kids;
    node->depth = 1;
    node->kid = n_kids ? tb_arena_alloc(&rule->arena, n_kids, sizeof(void *)) : NULL;
    if (n_kids && !node->kid)
        return NULL;
    node->id = rule->n_nodes;
    rule->node[rule->n_nodes++] = node;
    return node;
}

static void tell(const struct tb_rule_compiler *compiler, enum tb_severity severity, size_t at,
                 const char *format, va_list args) __attribute__((format(printf, 4, 0)));

static void tell(const struct tb_rule_compiler *compiler, enum tb_severity severity, size_t at,
                 const char *format, va_list args)
{
    struct tb_place place = *compiler->place;
    struct tb_buf text = TB_BUF_INIT;

    if (at > compiler->len)
        at = compiler->len;
    /* A cell begins at its own column; a rule that stands alone begins at 1. */
    place.column = (place.column ? place.column : 1) + (uint32_t)tb_text_chars(compiler->text, at);
    tb_buf_vprintf(&text, format, args);
    tb_diag_at(compiler->diag, severity, &place, "%s", tb_buf_text(&text));
    tb_buf_release(&text);
}

void tb_rule_mistake(struct tb_rule_compiler *compiler, size_t at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    tell(compiler, TB_ERROR, at, format, args);
    va_end(args);
    compiler->failed = true;
}

void tb_rule_warn_at(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                     const char *format, ...)
{
    va_list args;

    if (compiler->context->generated)
        return;
    va_start(args, format);
    tell(compiler, TB_WARNING, node->column, format, args);
    va_end(args);
}

/* Marks the nodes that change with the basis of ranks: ranks, and all above them.  A shared
 * quantity never holds a rank, so kids are enough. */
static bool mark_ranks(struct tb_rule_node *node)
{
    bool uses =
        node->op == TB_OP_GROUP && (node->function == TB_F_RANK || node->function == TB_F_BOTTOM ||
                                    node->function == TB_F_TIED);

    for (size_t i = 0; i < node->n_kids; i++) {
        if (node->kid[i] && mark_ranks(node->kid[i]))
            uses = true;
    }
    node->uses_rank = uses;
    return uses;
}

struct tb_rule *tb_rule_compile(const char *text, const struct tb_profile *profile,
                                const struct tb_rule_context *context, struct tb_diag *diag,
                                const struct tb_place *place)
{
    struct tb_rule *rule = calloc(1, sizeof *rule);
    struct tb_rule_compiler compiler = {
        .rule = rule,
        .text = text,
        .len = strlen(text),
        .profile = profile,
        .context = context,
        .diag = diag,
        .place = place,
        .group = TB_NONE,
    };

    if (!rule || !(compiler.text = tb_arena_memdup(&rule->arena, text, compiler.len))) {
        compiler.text = text;
        tb_rule_mistake(&compiler, 0, "out of memory");
        tb_rule_free(rule);
        return NULL;
    }
    tb_uom_read("%", NULL, 0, &rule->percent);
    if (!tb_rule_parse(&compiler) || !tb_rule_bind(&compiler) ||
        !tb_rule_find_quantities(&compiler) || !tb_rule_sort_kinds(&compiler) ||
        !tb_rule_check_prices(&compiler) || !tb_rule_check_sense(&compiler) ||
        !tb_rule_check_cost(&compiler)) {
        tb_rule_free(rule);
        return NULL;
    }
    mark_ranks(rule->root);
    return rule;
}

void tb_rule_free(struct tb_rule *rule)
{
    if (!rule)
        return;
    tb_arena_release(&rule->arena);
    free(rule);
}
