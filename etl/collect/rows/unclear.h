/* unclear.h - heads that nobody knows and that may be meant for known ones. */
#ifndef TONGBAO_COLLECT_UNCLEAR_H
#define TONGBAO_COLLECT_UNCLEAR_H

#include <stdbool.h>
#include <stddef.h>

struct tb_buf;
struct tb_plan;
struct tb_profile;
struct tb_sample;

/* True when a column of a long table that is not read seems to say what its
 * numbers mean: its head is nearly a usual one that the table lacks (计量单立) or
 * damaged, or words for measures stand in it.  Appends to *expected (may be NULL) what was meant.
 */
bool tb_heads_unclear(const struct tb_profile *profile, const struct tb_sample *sample,
                      const struct tb_plan *plan, struct tb_buf *expected);

/* Notes as problems of the header the columns between those of values that have
 * numbers but no head.  False when memory is out. */
bool tb_heads_note_missing(const struct tb_sample *sample, struct tb_plan *plan);

/* How much two rows of heads are alike. */
struct tb_alike {
    size_t n_same, n_spoilt, n_other;
};

/* Compares one cell with the head that it may repeat and counts. */
void tb_heads_compare(const struct tb_profile *profile, const char *head, const char *cell,
                      struct tb_alike *alike);
/* True when they are the same heads, but for some that are nearly the same and
 * mean nothing of their own. */
bool tb_heads_alike(const struct tb_alike *alike);

#endif
