/* breaks.h - breaks.csv: every rate that a change of scope or base left out, and every
 * one that bridges such a change, with its reason. */
#ifndef TONGBAO_ANALYSE_BREAKS_H
#define TONGBAO_ANALYSE_BREAKS_H

#include "analyse/measure/measures.h"

/* Writes folder/breaks.csv; *n is how many rates there are none of.  -1 with *err filled. */
int tb_breaks_write(const struct tb_measures *ms, const char *folder, size_t *n,
                    struct tb_error *err);

#endif
