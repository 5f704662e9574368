/* output_rows.h - rejects.csv and ignored.csv. */
#ifndef TONGBAO_COLLECT_OUTPUT_ROWS_H
#define TONGBAO_COLLECT_OUTPUT_ROWS_H

#include "collect/inbox/outcome.h"

struct tb_error;

/* Writes both into folder `out`, in the order of the outcomes. */
int tb_output_rows(const char *out, const char *data, const struct tb_outcome outcome[], size_t n,
                   struct tb_error *err);

#endif
