/* verdict.h - reads rows of verdicts.csv and history.csv; used by report.c only. */
#ifndef TONGBAO_DISSEMINATE_VERDICT_H
#define TONGBAO_DISSEMINATE_VERDICT_H

#include "disseminate/report.h"

/* Reads row `number`; texts are borrowed from the table.  -1 with *err naming
 * file and line when a code, number or word is not known: the file was not made
 * by this profile's analyse. */
int tb_verdict_read(const struct tb_profile *profile, const struct tb_table *table, size_t number,
                    struct tb_verdict *v, struct tb_error *err);
int tb_past_verdict_read(const struct tb_profile *profile, const struct tb_table *table,
                         size_t number, struct tb_past_verdict *past, struct tb_error *err);

#endif
