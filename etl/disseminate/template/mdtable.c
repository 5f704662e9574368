/* mdtable.c - Markdown tables that also read well as plain text. */
#include "disseminate/template/mdtable.h"

#include <stdio.h>
#include <stdlib.h>

#include "tongbao/buf.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

/* A long cell does not push the whole column out: it alone runs over. */
enum { WIDTH_MIN = 3, WIDTH_MAX = 48 };

static void keep(struct tb_mdtable *table, const struct tb_buf *escaped)
{
    const char **grown =
        tb_grow(table->cell, table->n_cells, &table->capacity, sizeof *table->cell);
    const char *copy = tb_arena_strdup(&table->arena, tb_buf_text(escaped));

    if (grown)
        table->cell = grown;
    if (!grown || !copy || escaped->failed) {
        table->failed = true;
        return;
    }
    table->cell[table->n_cells++] = copy;
}

void tb_mdtable_cell(struct tb_mdtable *table, const char *text)
{
    struct tb_buf escaped = TB_BUF_INIT;

    tb_escape_markdown(&escaped, text);
    keep(table, &escaped);
    tb_buf_release(&escaped);
}

void tb_mdtable_column(struct tb_mdtable *table, const char *head, bool right)
{
    if (table->n_columns == TB_MDTABLE_COLUMNS) {
        table->failed = true;
        return;
    }
    table->right[table->n_columns++] = right;
    tb_mdtable_cell(table, head);
}

void tb_mdtable_buf(struct tb_mdtable *table, struct tb_buf *text)
{
    if (text->failed)
        table->failed = true;
    tb_mdtable_cell(table, tb_buf_text(text));
    tb_buf_clear(text);
}

void tb_mdtable_int(struct tb_mdtable *table, long long number)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%lld", number);
    tb_mdtable_cell(table, text);
}

void tb_mdtable_link(struct tb_mdtable *table, const char *text, const char *target)
{
    struct tb_buf escaped = TB_BUF_INIT;

    tb_buf_putc(&escaped, '[');
    tb_escape_markdown(&escaped, text);
    tb_buf_printf(&escaped, "](%s)", target);
    keep(table, &escaped);
    tb_buf_release(&escaped);
}

size_t tb_mdtable_rows(const struct tb_mdtable *table)
{
    return table->n_columns ? table->n_cells / table->n_columns - 1 : 0;
}

static void measure(const struct tb_mdtable *table, size_t width[])
{
    for (size_t c = 0; c < table->n_columns; c++)
        width[c] = WIDTH_MIN;
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t w = tb_text_width(table->cell[i]);
        if (w > WIDTH_MAX)
            w = WIDTH_MAX;
        if (w > width[i % table->n_columns])
            width[i % table->n_columns] = w;
    }
}

static void put_row(const struct tb_mdtable *table, size_t row, const size_t width[],
                    struct tb_buf *out)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        tb_buf_puts(out, c ? " " : "| ");
        tb_text_pad(out, table->cell[row * table->n_columns + c], width[c], table->right[c]);
        tb_buf_puts(out, " |");
    }
    tb_buf_putc(out, '\n');
}

static void put_rule(const struct tb_mdtable *table, const size_t width[], struct tb_buf *out)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        tb_buf_puts(out, c ? " " : "| ");
        for (size_t i = 0; i + 1 < width[c]; i++)
            tb_buf_putc(out, '-');
        tb_buf_puts(out, table->right[c] ? ": |" : "- |");
    }
    tb_buf_putc(out, '\n');
}

void tb_mdtable_finish(struct tb_mdtable *table, struct tb_buf *out)
{
    size_t width[TB_MDTABLE_COLUMNS];
    size_t rows = tb_mdtable_rows(table);

    if (table->failed) {
        out->failed = true;
    } else if (rows > 0) {
        measure(table, width);
        put_row(table, 0, width, out);
        put_rule(table, width, out);
        for (size_t r = 1; r <= rows; r++)
            put_row(table, r, width, out);
    }
    tb_arena_release(&table->arena);
    free(table->cell);
    *table = (struct tb_mdtable)TB_MDTABLE_INIT;
}
