/* listing.c - lays a table out by the width of what stands in it. */
#include "command/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

void tb_listing_add(struct tb_listing *listing, const char *text)
{
    struct tb_buf shown = TB_BUF_INIT;
    char **grown = tb_grow(listing->cell, listing->n, &listing->capacity, sizeof *grown);

    tb_escape_terminal(&shown, text, strlen(text));
    char *kept = tb_arena_strdup(&listing->arena, tb_buf_text(&shown));
    if (grown)
        listing->cell = grown;
    if (grown && kept)
        listing->cell[listing->n++] = kept;
    else
        listing->failed = 1;
    tb_buf_release(&shown);
}

void tb_listing_add_int(struct tb_listing *listing, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, number);
    tb_listing_add(listing, text);
}

void tb_listing_print(const struct tb_listing *listing, const char *indent, struct tb_buf *out)
{
    size_t width[TB_LISTING_MAX_COLUMNS] = { 0 };
    size_t columns = strlen(listing->align);

    if (listing->failed) {
        out->failed = true; /* told by whoever checks the buffer at the end */
        return;
    }
    for (size_t i = 0; i < listing->n; i++) {
        size_t w = tb_text_width(listing->cell[i]);
        if (w > width[i % columns])
            width[i % columns] = w;
    }
    for (size_t i = 0; i < listing->n; i++) {
        size_t column = i % columns;
        if (column == 0)
            tb_buf_puts(out, indent);
        tb_text_pad(out, listing->cell[i], width[column], listing->align[column] == 'r');
        if (column + 1 < columns) {
            tb_buf_puts(out, "  ");
            continue;
        }
        while (out->len > 0 && out->data[out->len - 1] == ' ')
            out->data[--out->len] = '\0';
        tb_buf_putc(out, '\n');
    }
}

void tb_listing_release(struct tb_listing *listing)
{
    free(listing->cell);
    tb_arena_release(&listing->arena);
    *listing = (struct tb_listing){ .align = listing->align };
}
