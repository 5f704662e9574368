/* mdtable.h - Markdown tables that also read well as plain text: columns are
 * aligned by width on a terminal (CJK counts two), numbers to the right.
 *
 * Cells are escaped here; tb_mdtable_link makes the one kind of markup that a
 * cell can hold.  When memory runs out the table turns failed, and
 * tb_mdtable_finish leaves *out failed too.
 */
#ifndef TONGBAO_DISSEMINATE_MDTABLE_H
#define TONGBAO_DISSEMINATE_MDTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/arena.h"

struct tb_buf;

enum { TB_MDTABLE_COLUMNS = 16 };

struct tb_mdtable {
    struct tb_arena arena;
    const char **cell; /* row by row, the heads first; escaped */
    size_t n_cells, capacity;
    size_t n_columns;
    bool right[TB_MDTABLE_COLUMNS];
    bool failed;
};

#define TB_MDTABLE_INIT                                                                            \
    {                                                                                              \
        .failed = false                                                                            \
    }

/* Adds a column; before the first cell.  At most TB_MDTABLE_COLUMNS. */
void tb_mdtable_column(struct tb_mdtable *table, const char *head, bool right);
/* Adds the next cell, row by row: text of any origin; "" prints as blank. */
void tb_mdtable_cell(struct tb_mdtable *table, const char *text);
void tb_mdtable_buf(struct tb_mdtable *table, struct tb_buf *text); /* and clears it */
void tb_mdtable_int(struct tb_mdtable *table, long long number);
/* A cell that links to a page made by this program ("units/x.html"). */
void tb_mdtable_link(struct tb_mdtable *table, const char *text, const char *target);
size_t tb_mdtable_rows(const struct tb_mdtable *table);
/* Appends the table (nothing when it has no rows) and empties it. */
void tb_mdtable_finish(struct tb_mdtable *table, struct tb_buf *out);

#endif
