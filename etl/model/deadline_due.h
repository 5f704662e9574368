/* deadline_due.h - what the files about due days share; private to the model. */
#ifndef TONGBAO_MODEL_DEADLINE_DUE_H
#define TONGBAO_MODEL_DEADLINE_DUE_H

#include <stdbool.h>

#include "tongbao/deadline.h"

/* A step is due at most so many months after the period's last month, and at most
 * so many before the period's end (25 March of a year is for that year). */
enum { TB_DUE_MONTHS_AFTER = 24, TB_DUE_MONTHS_BEFORE = 12 };

/* The day that a rule names for a period; TB_DAY_NONE for those of cases. */
tb_day tb_due_day(const struct tb_profile *profile, const struct tb_due *due,
                  struct tb_period period);
/* False when `day` hangs on holidays that are not known. */
bool tb_due_is_sure(const struct tb_profile *profile, const struct tb_due *due, tb_day day);
/* deadline_day and deadline_months of profile.ini as a row. */
struct tb_deadline tb_deadline_short_form(const struct tb_profile *profile);
/* The periods whose due days can be `day`. */
struct tb_period tb_due_first_period(tb_day day, enum tb_freq freq);
struct tb_period tb_due_last_period(tb_day day, enum tb_freq freq);

#endif
