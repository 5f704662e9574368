/* kept.h - reads back what spool.h wrote, row by row. */
#ifndef TONGBAO_COLLECT_KEPT_H
#define TONGBAO_COLLECT_KEPT_H

#include "collect/receipt/reject.h"
#include "collect/receipt/summary.h"

struct tb_error;
struct tb_kept; /* opaque */

enum tb_kept_kind { TB_KEPT_REJECT, TB_KEPT_IGNORED, TB_KEPT_TITLE, TB_KEPT_FACT };

struct tb_kept_row {
    enum tb_kept_kind kind;
    struct tb_reject reject;      /* its line is that of ignored rows and titles too */
    enum tb_ignored_kind ignored;
    const char *name, *value;     /* of a fact */
};

/* NULL with *err filled when there is no such file, or no memory. */
struct tb_kept *tb_kept_open(const char *path, struct tb_error *err);
/* 1: the next row, texts valid until the one after it; 0: that was all, and every byte
 * was as it was written; -1 with *err filled: it is not whole. */
int tb_kept_next(struct tb_kept *kept, struct tb_kept_row *row, struct tb_error *err);
void tb_kept_close(struct tb_kept *kept);

#endif
