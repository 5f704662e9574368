/* outline_text.c - an outline for a terminal: headings at the margin, rows below them, values
 * behind their labels, tables in columns as wide as their widest cell. */
#include "base/outline_node.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { LABEL_WIDTH = 14, MAX_COLUMNS = 16 };

static void indent(size_t depth, struct tb_buf *out)
{
    for (size_t i = 0; i < depth; i++)
        tb_buf_putc(out, ' ');
}

static void put_line(const char *text, size_t depth, struct tb_buf *out)
{
    indent(depth, out);
    tb_escape_terminal(out, text, strlen(text));
    tb_buf_putc(out, '\n');
}

static void put_value(const struct tb_node *node, size_t depth, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    indent(depth, out);
    tb_escape_terminal(&text, node->label, strlen(node->label));
    if (text.len)
        tb_text_pad(out, tb_buf_text(&text), LABEL_WIDTH, false);
    tb_buf_clear(&text);
    tb_outline_cut(node, &text);
    tb_escape_terminal(out, tb_buf_text(&text), text.len);
    tb_buf_putc(out, '\n');
    out->failed |= text.failed;
    tb_buf_release(&text);
}

/* The cell that is shown of a value, escaped. */
static void cell_text(const struct tb_node *node, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_outline_cut(node, &text);
    tb_escape_terminal(out, tb_buf_text(&text), text.len);
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void measure(const struct tb_node *table, size_t width[MAX_COLUMNS], struct tb_buf *cell)
{
    size_t rows = 0;

    for (const struct tb_node *row = table->first; row && rows < TB_OUTLINE_ROWS;
         row = row->next, rows++) {
        size_t column = 0;
        for (const struct tb_node *kid = row->first; kid && column < MAX_COLUMNS; kid = kid->next) {
            if (!kid->label || kid->kind <= TB_NODE_TABLE)
                continue;
            tb_buf_clear(cell);
            cell_text(kid, cell);
            size_t w = tb_text_width(tb_buf_text(cell));
            width[column] = w > width[column] ? w : width[column];
            column++;
        }
    }
}

static void put_row(const struct tb_node *row, const char *align, const size_t width[MAX_COLUMNS],
                    size_t depth, struct tb_buf *cell, struct tb_buf *out)
{
    size_t column = 0, letters = strlen(align);

    indent(depth, out);
    for (const struct tb_node *kid = row->first; kid && column < MAX_COLUMNS; kid = kid->next) {
        if (!kid->label || kid->kind <= TB_NODE_TABLE)
            continue;
        if (column > 0)
            tb_buf_puts(out, "  ");
        tb_buf_clear(cell);
        cell_text(kid, cell);
        tb_text_pad(out, tb_buf_text(cell), width[column],
                    column < letters && align[column] == 'r');
        column++;
    }
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    tb_buf_putc(out, '\n');
}

static void put_table(const struct tb_node *table, size_t depth, struct tb_buf *out)
{
    size_t width[MAX_COLUMNS] = { 0 }, rows = 0;
    struct tb_buf cell = TB_BUF_INIT;

    measure(table, width, &cell);
    for (const struct tb_node *row = table->first; row && rows < TB_OUTLINE_ROWS;
         row = row->next, rows++)
        put_row(row, table->align ? table->align : "", width, depth, &cell, out);
    out->failed |= cell.failed;
    tb_buf_release(&cell);
}

static void put_list(const struct tb_node *list, size_t depth, struct tb_buf *out);

/* Labelled values, those of objects inside it, and lists. */
static void put_body(const struct tb_node *object, size_t depth, struct tb_buf *out)
{
    for (const struct tb_node *kid = object->first; kid; kid = kid->next) {
        if (kid->kind == TB_NODE_OBJECT)
            put_body(kid, depth, out);
        else if (kid->kind == TB_NODE_LIST || kid->kind == TB_NODE_TABLE)
            put_list(kid, depth, out);
        else if (tb_node_is_shown(kid))
            put_value(kid, depth, out);
    }
}

static void put_sentence(const struct tb_node *item, size_t depth, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_outline_cut(item, &text);
    put_line(tb_buf_text(&text), depth, out);
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_item(const struct tb_node *item, size_t depth, struct tb_buf *out)
{
    if (item->text && item->text[0]) {
        put_sentence(item, depth, out);
        depth += 4;
    }
    put_body(item, depth, out);
}

static void put_rest(const struct tb_node *list, size_t depth, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    for (const struct tb_node *kid = list->first; kid; kid = kid->next)
        n++;
    if (n > TB_OUTLINE_ROWS) {
        tb_outline_more(list->outline, n - TB_OUTLINE_ROWS, &text);
        put_line(tb_buf_text(&text), depth, out);
    }
    out->failed |= text.failed;
    tb_buf_release(&text);
}

/* A list inside a row has its heading among the values. */
static void put_list(const struct tb_node *list, size_t depth, struct tb_buf *out)
{
    size_t rows = 0;

    if (!list->first && !list->text && !list->note)
        return;
    if (list->label && list->label[0]) {
        if (depth == 0)
            tb_buf_putc(out, '\n');
        put_line(list->label, depth, out);
        depth += 2;
    }
    if (!list->first && list->text)
        put_line(list->text, depth, out);
    if (list->kind == TB_NODE_TABLE)
        put_table(list, depth, out);
    for (const struct tb_node *item = list->first;
         list->kind == TB_NODE_LIST && item && rows < TB_OUTLINE_ROWS; item = item->next, rows++)
        put_item(item, depth, out);
    put_rest(list, depth, out);
    if (list->note)
        put_line(list->note, depth, out);
}

void tb_outline_write_text(const struct tb_outline *outline, struct tb_buf *out)
{
    if (outline->root->text)
        put_line(outline->root->text, 0, out);
    put_body(outline->root, 0, out);
}
