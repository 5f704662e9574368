/* consequences.h - consequences.csv of a run: what the rules call for, whom, on which facts, and
 * what became of earlier proposals.  Nothing is done by it. */
#ifndef TONGBAO_ANALYSE_CONSEQUENCES_H
#define TONGBAO_ANALYSE_CONSEQUENCES_H

#include "analyse/measure/measures.h"

struct tb_stage;

/* Writes consequences.csv; reads rank_confidence.csv of the same folder, which must be there by
 * then, and RUN/published.  *n is how many proposals wait for a decision.  -1 with *err filled. */
int tb_consequences_write(const struct tb_stage *stage, const struct tb_measures *ms,
                          struct tb_period period, size_t *n, struct tb_error *err);

#endif
