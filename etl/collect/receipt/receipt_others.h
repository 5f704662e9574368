/* receipt_others.h - what a receipt says of other submissions. */
#ifndef TONGBAO_COLLECT_RECEIPT_OTHERS_H
#define TONGBAO_COLLECT_RECEIPT_OTHERS_H

#include <stdbool.h>
#include "collect/inbox/outcome.h"

struct tb_buf;

/* The arrival that a copy or a withdrawal goes back to, or that took this one back; NULL. */
const struct tb_arrival *tb_receipt_other_of(const struct tb_outcome *outcome,
                                             const struct tb_outcome all[]);
/* Appends what the submission has to do with that one, whose number is given. */
void tb_receipt_other(const struct tb_outcome *outcome, unsigned number, bool in_chinese,
                      struct tb_buf *out);
/* Appends, of a nil return, which figures of that name still count; of figures, which nil
 * return they replace; nothing of others. */
void tb_receipt_before(const struct tb_outcome *outcome, const struct tb_outcome all[],
                       bool in_chinese, struct tb_buf *out);

#endif
