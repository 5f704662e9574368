/* seasonal.h - series without their season, and their trend: seasonal.csv.
 *
 * For analysis alone, where the profile asks for it (`seasonal`, `trend`): ranks,
 * growth and verdicts never read it.  Methods note, section 10.
 */
#ifndef TONGBAO_ANALYSE_SEASONAL_H
#define TONGBAO_ANALYSE_SEASONAL_H

#include "analyse/measure/measures.h"

struct tb_buf;

/* Writes FOLDER/seasonal.csv: a row for each unit, indicator and period with a value;
 * where a series cannot be parted, one row for its last period, with the reason.
 * Only its head where the profile asks for nothing. */
int tb_seasonal_write(const struct tb_measures *ms, const char *folder, size_t threads,
                      struct tb_error *err);

#endif
