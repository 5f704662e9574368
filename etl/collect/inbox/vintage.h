/* vintage.h - which submission is the first of its kind and which comes again,
 * who sent it, and how late it was. */
#ifndef TONGBAO_COLLECT_VINTAGE_H
#define TONGBAO_COLLECT_VINTAGE_H

#include <stddef.h>
#include "collect/inbox/outcome.h"

struct tb_error;
struct tb_profile;

/* Fills `follows` of all outcomes, which have been read: the one before of the
 * same sender, name, form and period that counts. Which values a submission
 * corrects is found by process, by its keys, whatever its file is called. */
int tb_vintages_find(struct tb_outcome *outcome, size_t n, struct tb_error *err);
/* "first", "resubmitted", or "" of what does not count (duplicate, withdrawn,
 * withdrawal, rejected). */
const char *tb_vintage_name(const struct tb_outcome *outcome);
/* The code of the unit or department that the sender's folder names, else of
 * the unit in the file's name; "" when neither is known. */
const char *tb_outcome_sent_by(const struct tb_outcome *outcome, const struct tb_profile *profile);
/* Working days between the deadline and the day of receipt, 0 when in time. A
 * day off counts as the working day after it. */
int tb_outcome_days_late(const struct tb_outcome *outcome, const struct tb_profile *profile);

#endif
