/* cell.h - a cell: what stands in it and what a person sees. */
#ifndef TONGBAO_XLSX_CELL_H
#define TONGBAO_XLSX_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/buf.h"

struct tb_error;
struct tb_xlsx_strings;
struct tb_xlsx_styles;

enum { TB_XLSX_COLUMNS = 16384, TB_XLSX_ROWS = 1048576 };

/* What a formula without a result becomes: no number, so that it is missed. */
#define TB_XLSX_NO_RESULT "#NOT-CALCULATED"

enum tb_xlsx_type {
    TB_XLSX_NUMBER,
    TB_XLSX_SHARED, /* the number of a string */
    TB_XLSX_TEXT,
    TB_XLSX_BOOLEAN,
    TB_XLSX_ERROR,
    TB_XLSX_ISO_DATE,
};

/* What cells go by. */
struct tb_xlsx_book {
    const struct tb_xlsx_strings *strings;
    const struct tb_xlsx_styles *styles; /* NULL: the workbook has none */
    bool from_1904;
};

struct tb_xlsx_cell {
    enum tb_xlsx_type type;
    size_t style;
    bool has_formula;
    struct tb_buf value; /* as it stands in the part */
};

/* The type that `t` names; NULL is a number.  -1 with *err filled. */
int tb_xlsx_type(const char *t, enum tb_xlsx_type *out, struct tb_error *err);
/* "XFD1048576" -> column and row from 0; false for what is none of a sheet. */
bool tb_xlsx_reference(const char *text, size_t *column, size_t *row);
/* Appends what is seen of the cell, with all its digits; nothing: it is empty.
 * -1 with *err filled. */
int tb_xlsx_cell_put(struct tb_xlsx_cell *cell, const struct tb_xlsx_book *book, struct tb_buf *out,
                     struct tb_error *err);

#endif
