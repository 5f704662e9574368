/* rule_internal.h - the rule language from inside; for etl/model/rule_*.c only.
 *
 *   rule_lex.c      characters to tokens
 *   rule_parse.c    tokens to a tree of names, calls and operators
 *   rule_names.c    the words of the language: quantities and functions
 *   rule_bind.c     names to rows of the profile and quantities
 *   rule_call.c     calls to functions
 *   rule_over.c     calls to functions of units below and of the units of a group
 *   rule_grade.c    words of grades
 *   rule_quantity.c what a bare rank(city), area(city), at(2022) is of
 *   rule_check.c    the kind of each node
 *   rule_meet.c     units of measure: what may meet, and literals scaled
 *   rule_prices.c   nominal and real apart
 *   rule_sense.c    what cannot be meant
 *   rule_cost.c     what asks for too much
 *   rule_compile.c  the above in order
 *   rule_print.c    the tree back to text
 *   rule_run.h      what evaluation goes by, and its functions
 *   rule_eval.c     the tree over all units of a profile
 *   rule_measure.c  numbers from the source and from the row at hand
 *   rule_shared.c   numbers and memory kept from one evaluation to the next
 *   rule_subject.c  what a node is about: indicator, direction, digits
 *   rule_operator.c arithmetic, logic, what passes a number through
 *   rule_arith.c    exact arithmetic of operands
 *   rule_compare.c  comparison of operands
 *   rule_nothing.c  a quota of 0: nothing is asked
 *   rule_group.c    means, quantiles, best and worst over a group
 *   rule_rank.c     places in a group: computed, given, tied
 *   rule_time.c     prev last_year average at streak every step
 *   rule_scope.c    levels of other periods, of units that changed since
 *   rule_screen.c   screens of checks: calls to them, and across units
 *   rule_series.c   screens along the series of each unit
 *   rule_listed.c   cases of cases.csv
 *   rule_below.c    units below, and the units of a group one by one
 *   rule_cases.c    cases submitted as a distribution
 *   rule_verdict.c  what a target came to, in rules of consequences; what such a rule is about
 *   rule_result.c   what tb_rule_run answers
 *   rule_gap.c      the comparison that decides
 *   rule_operand.c  operands with their numbers
 *   rule_culprits.c the units that broke an `all`, and those without data
 */
#ifndef TONGBAO_MODEL_RULE_INTERNAL_H
#define TONGBAO_MODEL_RULE_INTERNAL_H

#include "tongbao/arena.h"
#include "tongbao/diag.h"
#include "tongbao/profile.h"
#include "tongbao/rank.h"
#include "tongbao/rule.h"

enum {
    TB_RULE_DEPTH = 100,      /* of the tree, and of the parser */
    TB_RULE_TEXT_MAX = 8192,  /* bytes of one rule */
    TB_RULE_BACK_MAX = 120,   /* periods that prev and streak look back */
};

/* --- the tree --- */

enum tb_rule_op {
    /* as parsed; bind turns names and calls into the others */
    TB_OP_NUMBER,   /* number, percent */
    TB_OP_NAME,     /* name; stays as the argument that names a group or children */
    TB_OP_CALL,     /* name(kid ...) */
    TB_OP_PERIOD,   /* period: first argument of at */
    TB_OP_ARM,      /* period: kid[0], argument of step */
    TB_OP_IN,       /* kid[0][name] */
    TB_OP_AT_UNIT,  /* kid[0]@name */
    TB_OP_NEG,
    TB_OP_ADD,
    TB_OP_SUB,
    TB_OP_MUL,
    TB_OP_DIV,
    TB_OP_COMPARE,  /* kid[0] compare kid[1], kid[2] the tolerance of ~; kid[0] NULL: `<= 3` */
    TB_OP_NOT,
    TB_OP_AND,      /* any number of kids */
    TB_OP_OR,
    /* made by bind and check */
    TB_OP_QUANTITY, /* what, indicator, group */
    TB_OP_SCALE,    /* number times kid[0]; not printed */
    TB_OP_GROUP,    /* function of quantity over group */
    TB_OP_PREV,     /* kid[0], steps periods before */
    TB_OP_LAST_YEAR,
    TB_OP_AVERAGE,  /* kid[0], a rate of growth, over steps years */
    TB_OP_AT,       /* quantity in period */
    TB_OP_STREAK,
    TB_OP_EVERY,    /* kid[0] in each finer period within */
    TB_OP_STEP,     /* kids are arms */
    TB_OP_CHILDREN, /* function of quantity over units below, or over the units of `group` */
    TB_OP_CASES,    /* function over bins */
    TB_OP_LISTED,   /* function over cases.csv; kid[0], if any, names the class */
    TB_OP_ARITH,    /* function of kids */
    TB_OP_SCREEN,   /* function of quantity, over group or along the series; number: tolerance */
    TB_OP_NONE,     /* the whole rule: there is no target */
};

enum tb_rule_compare { TB_CMP_LT, TB_CMP_LE, TB_CMP_GT, TB_CMP_GE, TB_CMP_EQ, TB_CMP_NE,
                       TB_CMP_ABOUT };

/* What a quantity is: an enum tb_measure, or one of these. */
enum {
    TB_Q_TOTAL = TB_N_MEASURES, /* the flow summed from frame->from */
    TB_Q_GRADE,
    TB_Q_ELAPSED,
    TB_Q_ANNUAL,
    TB_Q_QUOTA,
    TB_Q_COMPLETENESS,
    TB_Q_DONE,    /* value >= 100; becomes a comparison */
    TB_Q_ON_TIME, /* late_days <= 0; becomes a comparison */
    TB_Q_VERDICT, /* and those after it: TB_Q_VERDICT + enum tb_verdict_word, in consequences */
};

enum tb_rule_function {
    TB_F_RANK, TB_F_BOTTOM, TB_F_TIED, TB_F_COUNT, TB_F_MEAN, TB_F_WMEAN, TB_F_MEDIAN,
    TB_F_QUANTILE, TB_F_AREA, TB_F_BEST, TB_F_WORST,
    TB_F_PREV, TB_F_LAST_YEAR, TB_F_AVERAGE, TB_F_AT, TB_F_STREAK, TB_F_EVERY, TB_F_STEP,
    TB_F_ALL, TB_F_ANY, TB_F_SUM, TB_F_ROUNDING, TB_F_SHARE,
    TB_F_KNOWN,
    TB_F_ABS, TB_F_MIN, TB_F_MAX, TB_F_ROUND, TB_F_CEIL, TB_F_FLOOR,
    TB_F_SCORE, TB_F_LAGGING,
    TB_F_LATE_CASES, TB_F_CASES,
    /* screens: across the units of a group, then along a series */
    TB_F_MODIFIED_Z, TB_F_TUKEY, TB_F_HB, TB_F_HB_GAP,
    TB_F_HAMPEL, TB_F_SEASONAL, TB_F_SCALE_JUMP, TB_F_STALE, TB_F_HEAPING, TB_F_ROUND_SHARE,
    TB_N_FUNCTIONS,
};

/* What sort of number an expression is, and so what it may meet. */
enum tb_rule_sort {
    TB_SORT_TRUTH,
    TB_SORT_LITERAL, /* plain literals: they take on what they meet */
    TB_SORT_RATIO,   /* a pure fraction: 55%, elapsed, amount / amount */
    TB_SORT_SHARED,  /* a literal times a fraction: 4 * elapsed */
    TB_SORT_PERCENT, /* in percent, or in `uom` when that is a rate's own unit */
    TB_SORT_AMOUNT,  /* in `uom` */
    TB_SORT_PLAIN,   /* a count, an index, a score */
    TB_SORT_GRADE,   /* a place in the list of grades of `indicator` */
    TB_SORT_RANK,
    TB_SORT_ANY,     /* of whatever indicator is evaluated */
};

struct tb_rule_kind {
    enum tb_rule_sort sort;
    const struct tb_uom *uom; /* of amounts and rates; NULL: percent as it stands */
    int32_t indicator;        /* whose unit, or whose grades, that is */
};

/* One part of a distribution: how many cases took `value`. */
struct tb_rule_bin {
    struct tb_rational value;
    int32_t indicator;
    bool counted; /* satisfies the condition of share(cases, ...) */
};

struct tb_rule_node {
    enum tb_rule_op op;
    enum tb_rule_compare compare;
    enum tb_rule_function function;
    int what;
    int32_t indicator;         /* row bound by the context or [..]; TB_NONE: the frame's */
    int32_t unit;              /* of TB_OP_AT_UNIT */
    int32_t group;             /* row, or TB_NONE */
    int32_t steps;             /* of prev; digits of round */
    struct tb_rational number; /* of a literal; factor of a scale; p of a quantile; tolerance */
    bool percent;              /* the literal had a % */
    bool quoted;               /* the name stood in quotes: it may be a word of grades */
    bool named_group;          /* score(city): the group is printed */
    bool first_keeps;          /* rank(g) < prev(rank(g)) */
    bool tie_strict;           /* tie_limit is of a strict comparison */
    bool milestone;            /* the value of one: it only grows */
    bool done;                 /* and it is asked whether it is done */
    bool uses_rank;            /* the basis of ranks matters below */
    bool bound, sorted;        /* passes that have been here: quantities are shared */
    struct tb_period period;   /* of at and of an arm */
    const char *name;          /* as written, folded only by the profile; sugar: its word */
    size_t name_len;
    uint32_t column;           /* bytes from the start of the text */
    uint32_t depth;
    struct tb_rule_node **kid;
    size_t n_kids;
    struct tb_rule_node *quantity;  /* of group functions, children, at */
    struct tb_rule_node *tie_limit; /* no_tie = boundary: the k of rank(g) <= k */
    struct tb_rule_bin *bin;
    size_t n_bins;
    struct tb_rule_kind kind;
    size_t id;                 /* place in rule->node and in the memo */
};

struct tb_rule {
    struct tb_arena arena;
    struct tb_rule_node *root;
    struct tb_rule_node **node; /* all of them */
    size_t n_nodes, capacity;
    struct tb_uom percent;      /* the unit "%" */
};

/* A node of that kind with room for n kids; NULL when memory is out. */
struct tb_rule_node *tb_rule_node_new(struct tb_rule *rule, enum tb_rule_op op, uint32_t column,
                                      size_t n_kids);

/* --- tokens --- */

enum tb_rule_token {
    TB_TOKEN_END, TB_TOKEN_NUMBER, TB_TOKEN_NAME, TB_TOKEN_PLUS, TB_TOKEN_MINUS,
    TB_TOKEN_PLUS_MINUS, TB_TOKEN_STAR, TB_TOKEN_SLASH, TB_TOKEN_PERCENT, TB_TOKEN_OPEN,
    TB_TOKEN_CLOSE, TB_TOKEN_OPEN_BRACKET, TB_TOKEN_CLOSE_BRACKET, TB_TOKEN_COMMA,
    TB_TOKEN_COLON, TB_TOKEN_AT, TB_TOKEN_LT, TB_TOKEN_LE, TB_TOKEN_GT, TB_TOKEN_GE,
    TB_TOKEN_EQ, TB_TOKEN_NE, TB_TOKEN_ABOUT, TB_TOKEN_BAD,
};

struct tb_rule_lexer {
    const char *text;
    size_t len;
    size_t at;         /* first byte not yet read */
    /* the token ahead */
    enum tb_rule_token token;
    size_t start;      /* its first byte */
    const char *name;  /* of a name or number: its bytes, without quotes */
    size_t name_len;
    bool quoted;
    const char *wrong; /* of TB_TOKEN_BAD: what is wrong, and what was expected */
};

void tb_rule_lex_next(struct tb_rule_lexer *lexer);
/* From the token ahead up to a comma, a colon or a closing parenthesis, read as a period; the
 * token after it is then ahead.  False: no period stands there. */
bool tb_rule_lex_period(struct tb_rule_lexer *lexer, struct tb_period *out);
/* True when the token ahead is the last and says that there is no target: none, 暂无. */
bool tb_rule_lex_is_none(const struct tb_rule_lexer *ahead);
/* The comparison that a token stands for; false if it is none. */
bool tb_rule_lex_compare(enum tb_rule_token token, enum tb_rule_compare *out);
/* True when the text is a NAME that needs no quotes. */
bool tb_rule_is_plain_name(const char *text, size_t len);

/* --- words --- */

struct tb_rule_word {
    const char *name;
    enum tb_rule_function function;
};

int tb_rule_quantity_find(const char *name, size_t len); /* or -1 */
const char *tb_rule_quantity_name(int what);
int tb_rule_function_find(const char *name, size_t len); /* or -1 */
const char *tb_rule_function_name(enum tb_rule_function function);

/* --- compiling --- */

struct tb_rule_compiler {
    struct tb_rule *rule;
    const char *text;
    size_t len;
    const struct tb_profile *profile;
    const struct tb_rule_context *context;
    struct tb_diag *diag;
    const struct tb_place *place;
    int32_t group;      /* while binding the quantity of a group function; else TB_NONE */
    bool in_streak;
    bool failed;        /* a mistake was told */
};

/* Tells a mistake at byte `at` of the rule. */
void tb_rule_mistake(struct tb_rule_compiler *compiler, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Tells what is odd at a node and may be meant. */
void tb_rule_warn_at(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                     const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Each returns false after telling a mistake. */
bool tb_rule_parse(struct tb_rule_compiler *compiler);
bool tb_rule_bind(struct tb_rule_compiler *compiler);
bool tb_rule_find_quantities(struct tb_rule_compiler *compiler);
bool tb_rule_sort_kinds(struct tb_rule_compiler *compiler);
bool tb_rule_check_prices(struct tb_rule_compiler *compiler); /* after the kinds */
bool tb_rule_check_sense(struct tb_rule_compiler *compiler);  /* after the kinds */
bool tb_rule_check_cost(struct tb_rule_compiler *compiler);   /* after the quantities */
/* Tells a mistake at a node; always false. */
bool tb_rule_mistake_at(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                        const char *text);
bool tb_rule_bind_node(struct tb_rule_compiler *compiler, struct tb_rule_node *node,
                       int32_t subject);
bool tb_rule_bind_kids(struct tb_rule_compiler *compiler, struct tb_rule_node *node, size_t begin,
                       size_t end);
bool tb_rule_bind_call(struct tb_rule_compiler *compiler, struct tb_rule_node *node);
bool tb_rule_is_name(const struct tb_rule_node *node, const char *name);
/* The group that an argument names, also written into it; TB_NONE after telling why not. */
int32_t tb_rule_find_group(struct tb_rule_compiler *compiler, struct tb_rule_node *node);
bool tb_rule_bind_screen(struct tb_rule_compiler *compiler, struct tb_rule_node *node);
/* all any count sum rounding: over `children`, and over a group. */
bool tb_rule_bind_below(struct tb_rule_compiler *compiler, struct tb_rule_node *node);
bool tb_rule_bind_over(struct tb_rule_compiler *compiler, struct tb_rule_node *node);
/* Whether count(x, y) counts the units of the group x for which y holds, and not those
 * of the group y that have an x. */
bool tb_rule_counts_over(const struct tb_rule_compiler *compiler, const struct tb_rule_node *node);
/* A word in quotes that stands where a number is wanted. */
bool tb_rule_is_word(const struct tb_rule_node *node);
/* Puts the places of words into a comparison of grades. */
bool tb_rule_read_words(struct tb_rule_compiler *compiler, struct tb_rule_node *comparison);
/* Whether two kinds of grade are places in one list of words. */
bool tb_rule_same_grades(const struct tb_rule_compiler *compiler, struct tb_rule_kind a,
                         struct tb_rule_kind b);
bool tb_rule_n_arguments(struct tb_rule_compiler *compiler, const struct tb_rule_node *node,
                         size_t least, size_t most);
/* Makes two numbers comparable, putting factors above them; *kind is what both then are. */
bool tb_rule_meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                  struct tb_rule_node **a, struct tb_rule_node **b, struct tb_rule_kind *kind);
/* Brings b, of the same sort as a, to a's unit of measure. */
bool tb_rule_units_meet(struct tb_rule_compiler *compiler, const struct tb_rule_node *at,
                        struct tb_rule_node *a, struct tb_rule_node **b);
/* A rate in a product counts as a fraction. */
bool tb_rule_as_fraction(struct tb_rule_compiler *compiler, struct tb_rule_node **rate);
/* A node of that quantity; NULL after telling that memory is out. */
struct tb_rule_node *tb_rule_make_quantity(struct tb_rule_compiler *compiler, int what,
                                           int32_t indicator, uint32_t column);
/* The first series (ytd, growth ...) below a node, or NULL. */
struct tb_rule_node *tb_rule_first_series(struct tb_rule_node *node);
bool tb_rule_is_rank(const struct tb_rule_node *node, enum tb_rule_function function);
void tb_rule_print_node(const struct tb_rule_node *node, const struct tb_profile *profile,
                        struct tb_buf *out);

#include "model/rule/rule_run.h"

#endif
