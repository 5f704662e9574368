/* rule_run.h - evaluation of rules from inside; the second half of rule_internal.h. */
#ifndef TONGBAO_MODEL_RULE_RUN_H
#define TONGBAO_MODEL_RULE_RUN_H

#include "model/rule/rule_internal.h"

/* What else than the unit a number depends on. */
struct tb_rule_view {
    struct tb_period period;
    int32_t pool;        /* row of a group: quantities are those of the group as one; TB_NONE */
    bool own_first;      /* pooled: the area's own figure first */
    bool limit_printed;  /* operands as printed */
    bool rank_printed;   /* ranks on printed values */
};

struct tb_rule_memo {
    struct tb_rule_view view;
    const struct tb_operand *out; /* [n_units] */
    struct tb_rule_memo *next;
};

/* The place of one unit in a group. */
struct tb_rule_place {
    uint32_t rank, bottom, last; /* last: of its tie group */
    uint8_t known;               /* enum tb_known, of the rank */
    uint8_t bottom_known, last_known;
    bool tied, provisional;
};

struct tb_rule_ranking {
    const struct tb_rule_node *quantity;
    int32_t group;
    struct tb_rule_view view;
    size_t n_ranked;
    size_t n;                    /* members that exist */
    const uint32_t *member;      /* [n] rows of units */
    struct tb_rule_place *place; /* [n] */
    struct tb_rule_ranking *next;
};

struct tb_rule_vector; /* memory for n_units operands */

struct tb_rule_run {
    struct tb_arena arena;
    struct tb_rule_vector *vectors; /* of this evaluation */
    const struct tb_rule *rule;
    const struct tb_profile *profile;
    const struct tb_rule_source *source;
    const struct tb_rule_frame *frame;
    struct tb_rule_view main;
    struct tb_rule_memo **memo; /* [n_nodes] */
    struct tb_rule_ranking *rankings;
    const struct tb_operand *truth; /* of the root, [n_units] */
    bool *knife_edge;               /* [n_units]; NULL: not looked for */
};

/* The numbers of a node for all units; NULL when memory is out. */
const struct tb_operand *tb_rule_value(struct tb_rule_run *run, const struct tb_rule_node *node,
                                       const struct tb_rule_view *view);
/* The same if it has been evaluated, else NULL. */
const struct tb_operand *tb_rule_known_value(const struct tb_rule_run *run,
                                             const struct tb_rule_node *node,
                                             const struct tb_rule_view *view);
/* A vector of n_units + 1 operands until the run ends; not zeroed.  NULL when memory is out. */
struct tb_operand *tb_rule_vector(struct tb_rule_run *run);
/* Gives the vector taken last back, if it is that. */
void tb_rule_drop_last(struct tb_rule_run *run, const struct tb_operand *out);
/* Takes memory for a run from frame->shared, and gives all of it back. */
void tb_rule_borrow(struct tb_rule_run *run);
void tb_rule_give_back(struct tb_rule_run *run);
/* The numbers of the node in frame->shared, or NULL; puts them there if they may be. */
const struct tb_operand *tb_rule_find_shared(const struct tb_rule_run *run,
                                             const struct tb_rule_node *node,
                                             const struct tb_rule_view *view);
void tb_rule_share(struct tb_rule_run *run, const struct tb_rule_node *node,
                   const struct tb_rule_view *view, const struct tb_operand *out);
/* Digits after the point with which numbers of the node are printed. */
int32_t tb_rule_decimals(const struct tb_rule_run *run, const struct tb_rule_node *node);
/* The indicator that a node is about. */
const struct tb_indicator *tb_rule_indicator(const struct tb_rule_run *run,
                                             const struct tb_rule_node *node);
bool tb_rule_lower_is_better(const struct tb_rule_run *run, const struct tb_rule_node *node);
/* [n_units] operands of a measure in the period that the view falls in. */
const struct tb_operand *tb_rule_fetch(struct tb_rule_run *run, enum tb_measure measure,
                                       size_t indicator, int32_t group, struct tb_period period);

/* The same operand for every unit. */
void tb_rule_fill(const struct tb_rule_run *run, struct tb_operand value, struct tb_operand out[]);

/* Evaluators: fill out[n_units]; -1 when memory is out. */
int tb_rule_eval_quantity(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[]);
int tb_rule_eval_group(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[]);
int tb_rule_eval_place(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[]);
int tb_rule_eval_time(struct tb_rule_run *run, const struct tb_rule_node *node,
                      const struct tb_rule_view *view, struct tb_operand out[]);
/* Puts the levels `value` of another period, `then`, into the scope that each unit has
 * in the view's period: out[n_units], which holds a copy of them. */
void tb_rule_keep_scope(const struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_period then,
                        const struct tb_operand value[], struct tb_operand out[]);
int tb_rule_eval_screen(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[]);
int tb_rule_eval_series(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[]);
/* A score with six digits after the point; NaN is not computable. */
struct tb_operand tb_rule_score(double score);
int tb_rule_eval_total(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[]);
/* How much of the row's span is gone, as the profile counts it. */
void tb_rule_elapsed(const struct tb_rule_run *run, struct tb_period period,
                     struct tb_operand out[]);
/* What the target came to by then, for each unit. */
void tb_rule_eval_verdict(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[]);
int tb_rule_eval_children(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[]);
/* Whether `unit` is one of those that the node asks for `above`, in the period. */
bool tb_rule_in_scope(const struct tb_profile *profile, const struct tb_rule_node *node,
                      size_t above, size_t unit, struct tb_period period);
int tb_rule_eval_cases(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[]);
bool tb_rule_bind_listed(struct tb_rule_compiler *compiler, struct tb_rule_node *node);
int tb_rule_eval_listed(struct tb_rule_run *run, const struct tb_rule_node *node,
                        const struct tb_rule_view *view, struct tb_operand out[]);
/* Appends the codes of the cases that late_cases counted for the unit, split by ';';
 * `first`: nothing stands before them. */
void tb_rule_put_late_cases(const struct tb_rule_run *run, size_t unit, bool first,
                            struct tb_buf *out);
int tb_rule_eval_operator(struct tb_rule_run *run, const struct tb_rule_node *node,
                          const struct tb_rule_view *view, struct tb_operand out[]);
int tb_rule_eval_compare(struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_rule_view *view, struct tb_operand out[]);

/* Appends " (t1, t2)": the units that the node asks for `above` and that have no number. */
void tb_rule_put_missing(const struct tb_rule_run *run, const struct tb_rule_node *node,
                         size_t above, struct tb_buf *out);

/* Operands. */
struct tb_operand tb_operand_unknown(enum tb_known why);
struct tb_operand tb_operand_known(struct tb_rational number);
struct tb_operand tb_operand_int(int64_t number);
struct tb_operand tb_operand_arith(enum tb_rule_op op, struct tb_operand a, struct tb_operand b);
/* As printed with so many digits. */
struct tb_operand tb_operand_round(struct tb_operand value, int32_t decimals,
                                   enum tb_round_mode mode);
/* -1, 0, 1 of known operands; false: too close for numbers that are not exact. */
bool tb_operand_compare(struct tb_operand a, struct tb_operand b, int *order);
/* Whether the operator holds for an order -1, 0, 1. */
bool tb_rule_holds(enum tb_rule_compare compare, int order);
/* Where a comparison asks for at least an amount and that of the unit is 0 (任务数为0), it holds. */
void tb_rule_pass_nothing(const struct tb_rule_run *run, const struct tb_rule_node *node,
                          struct tb_operand truth[]);
/* How far ~ lets the unit miss: the tolerance for that comparison node. */
struct tb_operand tb_rule_tolerance(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                    const struct tb_operand *given, size_t unit);

static inline bool tb_operand_is_true(struct tb_operand value)
{
    return value.known == TB_KNOWN && value.number.num != 0;
}

static inline bool tb_operand_is_false(struct tb_operand value)
{
    return value.known == TB_KNOWN && value.number.num == 0;
}

#endif
