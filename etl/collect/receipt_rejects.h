/* receipt_rejects.h - the part of a receipt that says what was not taken. */
#ifndef TONGBAO_COLLECT_RECEIPT_REJECTS_H
#define TONGBAO_COLLECT_RECEIPT_REJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/reject.h"

struct tb_buf;

/* A table with a line for each reject, one kind after the other, of each kind at
 * most `of_a_kind`, then how many more there are.  Cells of one row that are
 * refused for one reason share a line. */
void tb_receipt_rejects(const struct tb_rejects *list, bool in_chinese, size_t of_a_kind,
                        struct tb_buf *out);
/* Remarks as a list; nothing when there are none. */
void tb_receipt_remark(const struct tb_reject *remark, bool in_chinese, struct tb_buf *out);

#endif
