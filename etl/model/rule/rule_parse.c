/* rule_parse.c - the grammar of rule.h, by recursive descent.
 *
 * Each function reads one line of the grammar and returns its node, or NULL
 * after the first mistake was told with its column and what was expected there.
 * Depth is counted in the recursion and in the tree, since a long chain of sums
 * makes a deep tree without any recursion here.
 */
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/text.h"

enum { MAX_KIDS = 64 };
struct parser {
    struct tb_rule_compiler *compiler;
    struct tb_rule_lexer lexer;
    unsigned depth;
};

static struct tb_rule_node *parse_or(struct parser *parser);
static struct tb_rule_node *parse_sum(struct parser *parser);

/* A token as a person would name it. */
static void *expected(struct parser *parser, const char *what)
{
    const struct tb_rule_lexer *lexer = &parser->lexer;
    size_t len = lexer->at - lexer->start;

    if (parser->compiler->failed)
        return NULL;
    if (lexer->token == TB_TOKEN_BAD)
        tb_rule_mistake(parser->compiler, lexer->start, "%s", lexer->wrong);
    else if (lexer->token == TB_TOKEN_END)
        tb_rule_mistake(parser->compiler, lexer->start, "rule ends too early, expected %s", what);
    else
        tb_rule_mistake(parser->compiler, lexer->start, "unexpected '%.*s', expected %s",
                        (int)(len > 60 ? 60 : len), lexer->text + lexer->start, what);
    return NULL;
}

static bool accept(struct parser *parser, enum tb_rule_token token)
{
    if (parser->lexer.token != token)
        return false;
    tb_rule_lex_next(&parser->lexer);
    return true;
}

static bool at_word(const struct parser *parser, const char *word)
{
    const struct tb_rule_lexer *lexer = &parser->lexer;

    return lexer->token == TB_TOKEN_NAME && !lexer->quoted && lexer->name_len == strlen(word) &&
           memcmp(lexer->name, word, lexer->name_len) == 0;
}

static bool accept_word(struct parser *parser, const char *word)
{
    if (!at_word(parser, word))
        return false;
    tb_rule_lex_next(&parser->lexer);
    return true;
}

static bool enter(struct parser *parser)
{
    /* A parenthesis passes here twice. */
    if (++parser->depth <= 2 * TB_RULE_DEPTH)
        return true;
    if (!parser->compiler->failed)
        tb_rule_mistake(parser->compiler, parser->lexer.start,
                        "rule is nested too deeply, expected at most %d levels", TB_RULE_DEPTH);
    return false;
}

/* A node over kids that are there (NULL ones are allowed), with its depth checked. */
static struct tb_rule_node *make(struct parser *parser, enum tb_rule_op op, size_t start,
                                 struct tb_rule_node *const kids[], size_t n_kids)
{
    struct tb_rule_node *node =
        tb_rule_node_new(parser->compiler->rule, op, (uint32_t)start, n_kids);

    if (!node) {
        tb_rule_mistake(parser->compiler, start, "out of memory");
        return NULL;
    }
    for (size_t i = 0; i < n_kids; i++) {
        node->kid[i] = kids[i];
        if (kids[i] && kids[i]->depth >= node->depth)
            node->depth = kids[i]->depth + 1;
    }
    if (node->depth <= TB_RULE_DEPTH)
        return node;
    tb_rule_mistake(parser->compiler, start,
                    "rule is nested too deeply, expected at most %d levels", TB_RULE_DEPTH);
    return NULL;
}

static void set_name(struct tb_rule_node *node, const struct tb_rule_lexer *lexer)
{
    node->name = lexer->name;
    node->name_len = lexer->name_len;
    node->quoted = lexer->quoted;
}

static struct tb_rule_node *parse_number(struct parser *parser)
{
    const struct tb_rule_lexer *lexer = &parser->lexer;
    struct tb_decimal decimal;
    struct tb_rational number;

    if (!tb_decimal_parse(lexer->name, lexer->name_len, &decimal) ||
        !tb_rational_from_decimal(decimal, &number)) {
        tb_rule_mistake(parser->compiler, lexer->start, "number '%.*s' has too many digits",
                        (int)(lexer->name_len > 60 ? 60 : lexer->name_len), lexer->name);
        return NULL;
    }
    struct tb_rule_node *node = make(parser, TB_OP_NUMBER, lexer->start, NULL, 0);
    if (!node)
        return NULL;
    tb_rule_lex_next(&parser->lexer);
    node->percent = accept(parser, TB_TOKEN_PERCENT);
    if (node->percent && !tb_rational_div(number, tb_rational_int(100), &number)) {
        tb_rule_mistake(parser->compiler, node->column, "number has too many digits");
        return NULL;
    }
    node->number = number;
    return node;
}

/* What follows the left side of a comparison; `left` NULL for `<= 3` as an argument. */
static struct tb_rule_node *parse_comparison_rest(struct parser *parser, struct tb_rule_node *left)
{
    enum tb_rule_compare compare;
    size_t start = left ? left->column : parser->lexer.start;

    if (!tb_rule_lex_compare(parser->lexer.token, &compare))
        return left;
    tb_rule_lex_next(&parser->lexer);
    struct tb_rule_node *kids[3] = { left, parse_sum(parser), NULL };
    if (!kids[1])
        return NULL;
    if (compare == TB_CMP_ABOUT && accept(parser, TB_TOKEN_PLUS_MINUS)) {
        kids[2] = parse_sum(parser);
        if (!kids[2])
            return NULL;
    }
    struct tb_rule_node *node = make(parser, TB_OP_COMPARE, start, kids, kids[2] ? 3 : 2);
    if (node)
        node->compare = compare;
    return node;
}

/* PERIOD, or PERIOD ":" sum. */
static struct tb_rule_node *parse_period(struct parser *parser, bool arm)
{
    size_t start = parser->lexer.start;
    struct tb_period period;
    struct tb_rule_node *value = NULL;

    if (!tb_rule_lex_period(&parser->lexer, &period))
        return expected(parser, "a period such as 2023 or 2023-05");
    if (arm) {
        if (!accept(parser, TB_TOKEN_COLON))
            return expected(parser, "':' after the period");
        value = parse_sum(parser);
        if (!value)
            return NULL;
    }
    struct tb_rule_node *node =
        make(parser, arm ? TB_OP_ARM : TB_OP_PERIOD, start, &value, arm ? 1 : 0);
    if (node)
        node->period = period;
    return node;
}

/* The i-th argument of a function, by its name: only at and step take periods. */
static struct tb_rule_node *parse_argument(struct parser *parser, int function, size_t i)
{
    enum tb_rule_compare compare;

    if (function == TB_F_STEP || (function == TB_F_AT && i == 0))
        return parse_period(parser, function == TB_F_STEP);
    if (tb_rule_lex_compare(parser->lexer.token, &compare))
        return parse_comparison_rest(parser, NULL);
    return parse_or(parser);
}

static struct tb_rule_node *parse_call(struct parser *parser, const struct tb_rule_lexer *name)
{
    int function = name->quoted ? -1 : tb_rule_function_find(name->name, name->name_len);
    struct tb_rule_node *kids[MAX_KIDS];
    size_t n = 0;

    if (parser->lexer.token != TB_TOKEN_CLOSE) {
        do {
            if (n == MAX_KIDS)
                return expected(parser, "fewer arguments");
            kids[n] = parse_argument(parser, function, n);
            if (!kids[n++])
                return NULL;
        } while (accept(parser, TB_TOKEN_COMMA));
    }
    if (!accept(parser, TB_TOKEN_CLOSE))
        return expected(parser, "',' or ')'");
    struct tb_rule_node *node = make(parser, TB_OP_CALL, name->start, kids, n);
    if (node)
        set_name(node, name);
    return node;
}

static struct tb_rule_node *parse_name(struct parser *parser)
{
    static const char *const reserved[] = { "and", "or", "not" };
    struct tb_rule_lexer name = parser->lexer;

    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (at_word(parser, reserved[i]))
            return expected(parser, "a number, a measure or a function");
    }
    tb_rule_lex_next(&parser->lexer);
    if (accept(parser, TB_TOKEN_OPEN))
        return parse_call(parser, &name);
    struct tb_rule_node *node = make(parser, TB_OP_NAME, name.start, NULL, 0);
    if (node)
        set_name(node, &name);
    return node;
}

static struct tb_rule_node *parse_primary(struct parser *parser)
{
    switch (parser->lexer.token) {
    case TB_TOKEN_NUMBER:
        return parse_number(parser);
    case TB_TOKEN_NAME:
        return parse_name(parser);
    case TB_TOKEN_OPEN: {
        tb_rule_lex_next(&parser->lexer);
        struct tb_rule_node *inner = parse_or(parser);
        if (inner && !accept(parser, TB_TOKEN_CLOSE))
            return expected(parser, "')'");
        return inner;
    }
    default:
        return expected(parser, "a number, a measure or a function");
    }
}

/* The name in [..] or after @, which may be all digits as codes of places are. */
static struct tb_rule_node *parse_of(struct parser *parser, struct tb_rule_node *inner,
                                     enum tb_rule_op op)
{
    const struct tb_rule_lexer lexer = parser->lexer;

    if (lexer.token != TB_TOKEN_NAME && lexer.token != TB_TOKEN_NUMBER)
        return expected(parser, op == TB_OP_IN ? "an indicator" : "a unit");
    struct tb_rule_node *node = make(parser, op, lexer.start, &inner, 1);
    if (!node)
        return NULL;
    set_name(node, &lexer);
    tb_rule_lex_next(&parser->lexer);
    if (op == TB_OP_IN && !accept(parser, TB_TOKEN_CLOSE_BRACKET))
        return expected(parser, "']'");
    return node;
}

static struct tb_rule_node *parse_postfix(struct parser *parser)
{
    struct tb_rule_node *node = parse_primary(parser);

    if (node && accept(parser, TB_TOKEN_OPEN_BRACKET))
        node = parse_of(parser, node, TB_OP_IN);
    if (node && accept(parser, TB_TOKEN_AT))
        node = parse_of(parser, node, TB_OP_AT_UNIT);
    return node;
}

static struct tb_rule_node *parse_unary(struct parser *parser)
{
    size_t start = parser->lexer.start;

    if (!enter(parser))
        return NULL;
    struct tb_rule_node *node;
    if (accept(parser, TB_TOKEN_MINUS)) {
        node = parse_unary(parser);
        if (node)
            node = make(parser, TB_OP_NEG, start, &node, 1);
    } else {
        node = parse_postfix(parser);
    }
    parser->depth--;
    return node;
}

/* unary { ( "*" | "/" ) unary } */
static struct tb_rule_node *parse_term(struct parser *parser)
{
    struct tb_rule_node *left = parse_unary(parser);

    while (left &&
           (parser->lexer.token == TB_TOKEN_STAR || parser->lexer.token == TB_TOKEN_SLASH)) {
        enum tb_rule_op op = parser->lexer.token == TB_TOKEN_STAR ? TB_OP_MUL : TB_OP_DIV;
        size_t start = parser->lexer.start;

        tb_rule_lex_next(&parser->lexer);
        struct tb_rule_node *kids[2] = { left, parse_unary(parser) };
        left = kids[1] ? make(parser, op, start, kids, 2) : NULL;
    }
    return left;
}

static struct tb_rule_node *parse_sum(struct parser *parser)
{
    struct tb_rule_node *left = parse_term(parser);

    while (left &&
           (parser->lexer.token == TB_TOKEN_PLUS || parser->lexer.token == TB_TOKEN_MINUS)) {
        enum tb_rule_op op = parser->lexer.token == TB_TOKEN_PLUS ? TB_OP_ADD : TB_OP_SUB;
        size_t start = parser->lexer.start;

        tb_rule_lex_next(&parser->lexer);
        struct tb_rule_node *kids[2] = { left, parse_term(parser) };
        left = kids[1] ? make(parser, op, start, kids, 2) : NULL;
    }
    return left;
}

static struct tb_rule_node *parse_not(struct parser *parser)
{
    size_t start = parser->lexer.start;
    struct tb_rule_node *node;

    if (!enter(parser))
        return NULL;
    if (accept_word(parser, "not")) {
        node = parse_not(parser);
        if (node)
            node = make(parser, TB_OP_NOT, start, &node, 1);
    } else {
        node = parse_sum(parser);
        if (node)
            node = parse_comparison_rest(parser, node);
    }
    parser->depth--;
    return node;
}

/* item { word item } as one node. */
static struct tb_rule_node *parse_chain(struct parser *parser, const char *word, enum tb_rule_op op,
                                        struct tb_rule_node *(*item)(struct parser *))
{
    struct tb_rule_node *kids[MAX_KIDS];
    size_t n = 0;

    do {
        if (n == MAX_KIDS)
            return expected(parser, "a shorter rule");
        kids[n] = item(parser);
        if (!kids[n++])
            return NULL;
    } while (accept_word(parser, word));
    return n == 1 ? kids[0] : make(parser, op, kids[0]->column, kids, n);
}

static struct tb_rule_node *parse_and(struct parser *parser)
{
    return parse_chain(parser, "and", TB_OP_AND, parse_not);
}

static struct tb_rule_node *parse_or(struct parser *parser)
{
    return parse_chain(parser, "or", TB_OP_OR, parse_and);
}

bool tb_rule_parse(struct tb_rule_compiler *compiler)
{
    struct parser parser = { .compiler = compiler,
                             .lexer = { .text = compiler->text, .len = compiler->len } };
    size_t bad;

    if (compiler->len > TB_RULE_TEXT_MAX) {
        tb_rule_mistake(compiler, 0, "rule has %zu bytes, expected at most %d", compiler->len,
                        TB_RULE_TEXT_MAX);
        return false;
    }
    if (!tb_utf8_valid(compiler->text, compiler->len, &bad)) {
        tb_rule_mistake(compiler, bad, "rule is not valid UTF-8");
        return false;
    }
    tb_rule_lex_next(&parser.lexer);
    if (tb_rule_lex_is_none(&parser.lexer)) {
        compiler->rule->root = make(&parser, TB_OP_NONE, parser.lexer.start, NULL, 0);
        return compiler->rule->root;
    }
    compiler->rule->root = parse_or(&parser);
    if (compiler->rule->root && parser.lexer.token != TB_TOKEN_END)
        expected(&parser, "an operator or the end of the rule");
    return !compiler->failed && compiler->rule->root;
}
