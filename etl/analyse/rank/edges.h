/* edges.h - places that printed and full values order differently (临界). */
#ifndef TONGBAO_ANALYSE_EDGES_H
#define TONGBAO_ANALYSE_EDGES_H

#include "analyse/measure/measures.h"

struct tb_buf;

/* Appends a row of knife_edges.csv for each unit whose place by a headline would
 * be another on the other rank basis, in the last period of each indicator within
 * `period`.  *n counts them. */
int tb_edges_of_ranks(const struct tb_measures *ms, struct tb_period period, struct tb_buf *out,
                      size_t *n, struct tb_error *err);

#endif
