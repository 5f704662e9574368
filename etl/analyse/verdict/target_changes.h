/* target_changes.h - what became of each request to change a target. */
#ifndef TONGBAO_ANALYSE_TARGET_CHANGES_H
#define TONGBAO_ANALYSE_TARGET_CHANGES_H

#include "analyse/verdict/targets.h"

struct tb_stage;

/* Writes target_changes.csv: every request that had come by the day of the run, with its old
 * and its new value, which of them is in force for the period, and why not the other.  -1 with
 * *err filled. */
int tb_target_changes_write(const struct tb_measures *ms, const char *folder,
                            struct tb_period period, struct tb_error *err);
/* Tells in the log of the run which are refused, and why. */
void tb_target_changes_tell(struct tb_stage *stage, const struct tb_measures *ms);
/* Appends the changes by which a verdict is judged, as "annual 8000 -> 7600 (2023-09-20,
 * No. 12)", those of several kinds parted by "; "; nothing when there are none. */
void tb_target_changes_put(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out);

#endif
