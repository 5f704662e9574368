/* sheet.c - lays a table out by the width of what stands in it. */
#include "command/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

void sheet_add(struct sheet *sheet, const char *text)
{
    struct tb_buf shown = TB_BUF_INIT;
    char **grown = tb_grow(sheet->cell, sheet->n, &sheet->capacity, sizeof *grown);

    tb_escape_terminal(&shown, text, strlen(text));
    char *kept = tb_arena_strdup(&sheet->arena, tb_buf_text(&shown));
    if (grown)
        sheet->cell = grown;
    if (grown && kept)
        sheet->cell[sheet->n++] = kept;
    else
        sheet->failed = 1;
    tb_buf_release(&shown);
}

void sheet_add_int(struct sheet *sheet, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, number);
    sheet_add(sheet, text);
}

void sheet_print(const struct sheet *sheet, const char *indent, struct tb_buf *out)
{
    size_t width[SHEET_MAX_COLUMNS] = { 0 };
    size_t columns = strlen(sheet->align);

    if (sheet->failed) {
        out->failed = true; /* told by whoever checks the buffer at the end */
        return;
    }
    for (size_t i = 0; i < sheet->n; i++) {
        size_t w = tb_text_width(sheet->cell[i]);
        if (w > width[i % columns])
            width[i % columns] = w;
    }
    for (size_t i = 0; i < sheet->n; i++) {
        size_t column = i % columns;
        if (column == 0)
            tb_buf_puts(out, indent);
        tb_text_pad(out, sheet->cell[i], width[column], sheet->align[column] == 'r');
        if (column + 1 < columns) {
            tb_buf_puts(out, "  ");
            continue;
        }
        while (out->len > 0 && out->data[out->len - 1] == ' ')
            out->data[--out->len] = '\0';
        tb_buf_putc(out, '\n');
    }
}

void sheet_release(struct sheet *sheet)
{
    free(sheet->cell);
    tb_arena_release(&sheet->arena);
    *sheet = (struct sheet){ .align = sheet->align };
}
