/* source.h - where rules get their numbers: the measures of this run.
 *
 * The rule evaluator knows nothing of cubes; it asks a struct tb_rule_source.
 * One source serves one target at a time, because progress is against the
 * annual amount of the target at hand; a source costs nothing to make.
 */
#ifndef TONGBAO_ANALYSE_SOURCE_H
#define TONGBAO_ANALYSE_SOURCE_H

#include "analyse/measure/measures.h"

struct tb_source_user {
    const struct tb_measures *ms;
    int32_t target; /* row, or TB_NONE: progress against the indicator's first amount */
    struct tb_period period, asked; /* after the last period of the target tasks are asked for in
                                     * `asked`, in place of that; both alike without a target */
};

/* `user` must outlive the source. */
struct tb_rule_source tb_source_init(struct tb_source_user *user);

#endif
