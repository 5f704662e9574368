/* early_warning.h - who will be behind next period if nothing changes: early_warning.csv. */
#ifndef TONGBAO_ANALYSE_EARLY_WARNING_H
#define TONGBAO_ANALYSE_EARLY_WARNING_H

#include "analyse/measure/measures.h"

struct tb_error;

/* Judges every target that is still to be judged in its indicator's next period by the
 * numbers of next_source.h, and writes a row for each of its units. */
int tb_early_warning_write(const struct tb_measures *ms, struct tb_period period,
                           const char *folder, size_t threads, struct tb_error *err);

#endif
