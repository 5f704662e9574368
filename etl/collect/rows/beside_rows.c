/* beside_rows.c - the rows of tables side by side: one row of the file, a part for each. */
#include "collect/header/beside.h"

#include "collect/rows/rows.h"

/* A row of another table or of another sheet begins, and its sections with it. */
static void start(struct tb_reading *r)
{
    if (r->beside.plan == r->plan)
        return;
    r->beside.plan = r->plan;
    for (size_t i = 0; i < TB_BESIDE_MAX; i++)
        tb_section_start(&r->beside.section[i]);
}

/* What is said of the row as a whole, not of a part of it. */
static bool is_whole(struct tb_reading *r, const struct tb_csv_record *record)
{
    return record->n_fields == 0 || r->tables.lost || tb_row_is_sheet_mark(record) ||
           tb_row_is_header(r, record);
}

/* One part; *go_on: there are more to come. */
static int take_part(struct tb_reading *r, const struct tb_csv_record *record, size_t i,
                     struct tb_plan *part, tb_take_row *take, bool *go_on, struct tb_error *err)
{
    uint64_t rejected = r->summary->account.rows_rejected;

    r->plan = part;
    r->section = r->beside.section[i];
    r->beside.inner = i > 0;
    if (take(r, record, err) < 0)
        return -1;
    bool damaged = r->summary->account.rows_rejected > rejected &&
                   (record->flaws || record->n_fields > part->n_heads);
    *go_on = r->plan == part && !damaged && !r->tables.lost;
    r->beside.section[i] = r->section;
    return 0;
}

int tb_beside_take(struct tb_reading *r, const struct tb_csv_record *record, tb_take_row *take,
                   struct tb_error *err)
{
    struct tb_account *account = &r->summary->account;
    const struct tb_account before = *account;
    struct tb_plan *first = r->plan;
    bool go_on = true;
    int rc = 0;

    start(r);
    r->totals.off = true; /* a column of sums is of one table */
    if (is_whole(r, record))
        return take(r, record, err);
    r->beside.open = true;
    r->beside.ignored = -1;
    size_t i = 0;
    for (struct tb_plan *part = first; part && go_on && rc == 0; part = part->beside)
        rc = take_part(r, record, i++, part, take, &go_on, err);
    /* Unless another table begins here. */
    bool same = false;
    for (struct tb_plan *part = first; part; part = part->beside)
        same |= r->plan == part;
    r->plan = same ? first : r->plan;
    r->beside.open = r->beside.inner = false;
    if (rc < 0)
        return -1;
    bool rejected = account->rows_rejected > before.rows_rejected;
    bool accepted = account->rows_accepted > before.rows_accepted;
    account->rows_rejected = before.rows_rejected + rejected;
    account->rows_accepted = before.rows_accepted + (accepted && !rejected);
    if (rejected || accepted)
        return 0;
    account->rows_ignored++;
    return tb_summary_ignore(r->summary, record->line, (enum tb_ignored_kind)r->beside.ignored,
                             err);
}
