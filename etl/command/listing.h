/* listing.h - a table of text for a terminal: columns as wide as their widest
 * cell, Chinese counted as two. */
#ifndef TONGBAO_COMMAND_LISTING_H
#define TONGBAO_COMMAND_LISTING_H

#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_buf;

enum { TB_LISTING_MAX_COLUMNS = 16 };

struct tb_listing {
    struct tb_arena arena;
    const char *align;  /* a letter for each column: 'l' or 'r'; borrowed */
    char **cell;        /* row by row */
    size_t n, capacity; /* cells */
    int failed;         /* memory ran out: some cell is missing */
};

#define TB_LISTING_INIT(columns)                                                                   \
    {                                                                                              \
        .align = (columns)                                                                         \
    }

/* Appends the next cell.  Control characters are escaped: names come from
 * submissions. */
void tb_listing_add(struct tb_listing *listing, const char *text);
void tb_listing_add_int(struct tb_listing *listing, int64_t number);
/* Lays the rows out, each begun by `indent`, without blanks at its end. */
void tb_listing_print(const struct tb_listing *listing, const char *indent, struct tb_buf *out);
void tb_listing_release(struct tb_listing *listing);

#endif
