/* account.h - the account of rows and cells: what came in is what was taken,
 * not taken, or nothing to take.
 */
#ifndef TONGBAO_COLLECT_ACCOUNT_H
#define TONGBAO_COLLECT_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row is one CSV record; a cell is a value cell of a data row. */
struct tb_account {
    uint64_t rows_in, rows_accepted, rows_rejected, rows_ignored;
    uint64_t cells_in, cells_accepted, cells_rejected, cells_empty;
    uint64_t observations; /* at most cells_accepted: a repeated cell adds none */
};

enum { TB_ACCOUNT_FIELDS = 9 };

/* The name of entry i ("rows_in"), and where it lies: for files that list them. */
const char *tb_account_name(size_t i);
uint64_t *tb_account_entry(struct tb_account *account, size_t i);

void tb_account_sum(struct tb_account *total, const struct tb_account *part);
/* rows in = accepted + rejected + ignored, and the same of cells. */
bool tb_account_balances(const struct tb_account *account);

#endif
