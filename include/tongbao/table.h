/* table.h - a small CSV table with a header, read whole: the profile's tables
 * and what one stage leaves as text for the next.
 *
 * Columns are found by name.  Short rows read as empty cells; a row with more
 * cells than heads, and an encoding or quoting fault, is reported through diag.
 */
#ifndef TONGBAO_TABLE_H
#define TONGBAO_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct tb_diag;
struct tb_error;
struct tb_table; /* opaque */

/* Reads path (plain or gzip, UTF-8 with or without BOM).  `shown` names the file
 * in messages (NULL: path).  NULL with *err filled if it cannot be read. */
struct tb_table *tb_table_read(const char *path, const char *shown, struct tb_diag *diag,
                               struct tb_error *err);
struct tb_table *tb_table_parse(const char *bytes, size_t len, const char *shown,
                                struct tb_diag *diag, struct tb_error *err);
void tb_table_free(struct tb_table *table);
const char *tb_table_file(const struct tb_table *table); /* as shown in messages */
size_t tb_table_rows(const struct tb_table *table);      /* without header and blank lines */
size_t tb_table_columns(const struct tb_table *table);
const char *tb_table_head(const struct tb_table *table, size_t column);
/* Index of the column of that name, or -1. */
int tb_table_column(const struct tb_table *table, const char *name);
/* The cell's text with outer blanks trimmed, "" if column is -1 or the cell is
 * absent.  Never NULL; lives as long as the table. */
const char *tb_table_cell(const struct tb_table *table, size_t row, int column);
/* The same by name; for stage outputs read in few places. */
const char *tb_table_get(const struct tb_table *table, size_t row, const char *name);
/* Where the cell stands: line, and column in characters from 1. */
uint32_t tb_table_line(const struct tb_table *table, size_t row);
uint32_t tb_table_cell_column(const struct tb_table *table, size_t row, int column);

#endif
