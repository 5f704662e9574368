/* account.c - sums and the balance of the account. */
#include "collect/receipt/account.h"

#include <assert.h>

static const struct {
    const char *name;
    size_t offset;
} entries[TB_ACCOUNT_FIELDS] = {
    { "rows_in", offsetof(struct tb_account, rows_in) },
    { "rows_accepted", offsetof(struct tb_account, rows_accepted) },
    { "rows_rejected", offsetof(struct tb_account, rows_rejected) },
    { "rows_ignored", offsetof(struct tb_account, rows_ignored) },
    { "cells_in", offsetof(struct tb_account, cells_in) },
    { "cells_accepted", offsetof(struct tb_account, cells_accepted) },
    { "cells_rejected", offsetof(struct tb_account, cells_rejected) },
    { "cells_empty", offsetof(struct tb_account, cells_empty) },
    { "observations", offsetof(struct tb_account, observations) },
};

const char *tb_account_name(size_t i)
{
    assert(i < TB_ACCOUNT_FIELDS);
    return entries[i].name;
}

uint64_t *tb_account_entry(struct tb_account *account, size_t i)
{
    assert(i < TB_ACCOUNT_FIELDS);
    return (uint64_t *)(void *)((char *)account + entries[i].offset);
}

void tb_account_sum(struct tb_account *total, const struct tb_account *part)
{
    struct tb_account copy = *part;

    for (size_t i = 0; i < TB_ACCOUNT_FIELDS; i++)
        *tb_account_entry(total, i) += *tb_account_entry(&copy, i);
}

bool tb_account_balances(const struct tb_account *a)
{
    return a->rows_in == a->rows_accepted + a->rows_rejected + a->rows_ignored &&
           a->cells_in == a->cells_accepted + a->cells_rejected + a->cells_empty &&
           a->observations <= a->cells_accepted;
}
