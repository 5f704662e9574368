/* sheet.h - a table of text for a terminal: columns as wide as their widest
 * cell, Chinese counted as two. */
#ifndef TONGBAO_COMMAND_SHEET_H
#define TONGBAO_COMMAND_SHEET_H

#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_buf;

enum { SHEET_MAX_COLUMNS = 16 };

struct sheet {
    struct tb_arena arena;
    const char *align;  /* a letter for each column: 'l' or 'r'; borrowed */
    char **cell;        /* row by row */
    size_t n, capacity; /* cells */
    int failed;         /* memory ran out: some cell is missing */
};

#define SHEET_INIT(columns)                                                                        \
    {                                                                                              \
        .align = (columns)                                                                         \
    }

/* Appends the next cell.  Control characters are escaped: names come from
 * submissions. */
void sheet_add(struct sheet *sheet, const char *text);
void sheet_add_int(struct sheet *sheet, int64_t number);
/* Lays the rows out, each begun by `indent`, without blanks at its end. */
void sheet_print(const struct sheet *sheet, const char *indent, struct tb_buf *out);
void sheet_release(struct sheet *sheet);

#endif
