/* shown.h - of each kind of reject the first few, as a receipt shows them, and how
 * many there are: memory does not depend on the number of rejects.
 */
#ifndef TONGBAO_COLLECT_SHOWN_H
#define TONGBAO_COLLECT_SHOWN_H

#include <stddef.h>
#include <stdint.h>
#include "collect/receipt/reject.h"
#include "tongbao/arena.h"

struct tb_error;

/* Rejects that share a line of a receipt: cells side by side in one row, refused for
 * one reason. */
struct tb_shown_item {
    struct tb_reject first;
    uint64_t n;
};

struct tb_shown {
    struct tb_arena arena;
    struct tb_shown_item *item; /* in the order of the file */
    size_t n, capacity;
    struct tb_shown_kind *kind; /* [TB_N_REJECT_REASONS]; NULL: no reject */
    size_t open;                /* place + 1 of the item that the last reject went to; 0: none */
    uint64_t n_rejects;         /* all of them */
};

void tb_shown_release(struct tb_shown *shown);
/* Counts one and keeps it if it is among the first `of_a_kind` (at least one) of its
 * kind; texts are those of tb_reject_cut. */
int tb_shown_add(struct tb_shown *shown, const struct tb_reject *reject, size_t of_a_kind,
                 struct tb_error *err);
/* How many of that kind are in no item. */
uint64_t tb_shown_left(const struct tb_shown *shown, enum tb_reason reason);

#endif
