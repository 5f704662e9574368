/* receipt.h - the answer to the sender: what was taken, what not and why, and
 * whether it came in time.  Markdown that reads as plain text.
 */
#ifndef TONGBAO_COLLECT_RECEIPT_H
#define TONGBAO_COLLECT_RECEIPT_H

#include "collect/inbox/outcome.h"

struct tb_buf;
struct tb_error;
struct tb_profile;

/* Appends the receipt of one of the outcomes `all`, in which those stand that it repeats,
 * takes back, is taken back by or follows. `lang` is "zh" or "en". */
void tb_receipt_format(const struct tb_outcome *outcome, const struct tb_outcome all[],
                       const struct tb_profile *profile, const char *lang, struct tb_buf *out);
/* Writes out/receipts/00001.md and so on for all, in `lang`, or (NULL) in that of each form. */
int tb_receipts_write(const char *out, const struct tb_profile *profile, const char *lang,
                      const struct tb_outcome outcome[], size_t n, struct tb_error *err);

#endif
