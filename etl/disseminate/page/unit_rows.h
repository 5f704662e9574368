/* unit_rows.h - a large table of analyse, kept as text and read one unit at a time.
 *
 * what_if.csv and score_parts.csv have rows for every unit, indicator and group; a sheet needs
 * those of one unit.  The file is held once and its lines are found by unit; a line is taken apart
 * only when it is asked for.
 */
#ifndef TONGBAO_DISSEMINATE_UNIT_ROWS_H
#define TONGBAO_DISSEMINATE_UNIT_ROWS_H

#include <stddef.h>
#include "tongbao/buf.h"

struct tb_error;
struct tb_profile;
struct tb_table;

struct tb_unit_rows {
    struct tb_buf text; /* the file; empty where there is none */
    size_t head;        /* bytes of its first line */
    size_t *line;       /* [n] where lines begin, unit by unit, in file order within one */
    size_t *first;      /* [n_units + 1] unit u has line[first[u] .. first[u + 1]) */
};

/* Reads FOLDER/NAME; no file is no rows.  -1 with *err filled. */
int tb_unit_rows_read(struct tb_unit_rows *rows, const struct tb_profile *profile,
                      const char *folder, const char *name, struct tb_error *err);
void tb_unit_rows_release(struct tb_unit_rows *rows);
/* The rows of a unit, to be freed with tb_table_free; NULL where it has none or memory is out. */
struct tb_table *tb_unit_rows_of(const struct tb_unit_rows *rows, size_t unit,
                                 struct tb_error *err);

#endif
