/* output.h - what collect leaves for process and for people: submissions.csv,
 * rejects.csv, ignored.csv.
 */
#ifndef TONGBAO_COLLECT_OUTPUT_H
#define TONGBAO_COLLECT_OUTPUT_H

#include "collect/inbox/outcome.h"

struct tb_error;
struct tb_profile;

/* Writes the three tables into folder `out`, in the order of the outcomes; rejects and
 * ignored rows come from the store below `data`, row by row. */
int tb_collect_write_tables(const char *out, const char *data, const struct tb_profile *profile,
                            const struct tb_outcome outcome[], size_t n, struct tb_error *err);

#endif
