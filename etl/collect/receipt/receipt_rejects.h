/* receipt_rejects.h - the part of a receipt that says what was not taken. */
#ifndef TONGBAO_COLLECT_RECEIPT_REJECTS_H
#define TONGBAO_COLLECT_RECEIPT_REJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/receipt/shown.h"

struct tb_buf;

/* A table with a line for each reject that is shown, one kind after the other, then
 * how many more of it there are.  Cells of one row that are refused for one reason
 * share a line. */
void tb_receipt_rejects(const struct tb_shown *shown, bool in_chinese, struct tb_buf *out);
/* Remarks as a list; nothing when there are none. */
void tb_receipt_remark(const struct tb_reject *remark, bool in_chinese, struct tb_buf *out);

#endif
