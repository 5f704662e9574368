/* outline_md.c - an outline as Markdown: headings, lists, tables; all text escaped. */
#include "base/outline_node.h"

#include "tongbao/buf.h"
#include "tongbao/text.h"

static void indent(size_t depth, struct tb_buf *out)
{
    for (size_t i = 0; i < depth; i++)
        tb_buf_puts(out, "  ");
}

static void put_bullet(const char *label, const char *text, size_t depth, struct tb_buf *out)
{
    indent(depth, out);
    tb_buf_puts(out, "- ");
    if (label && label[0] && label[0] != ' ') {
        tb_buf_puts(out, "**");
        tb_escape_markdown(out, label);
        tb_buf_puts(out, "** ");
    }
    tb_escape_markdown(out, text);
    tb_buf_putc(out, '\n');
}

static void put_value(const struct tb_node *node, size_t depth, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_outline_cut(node, &text);
    put_bullet(node->label, tb_buf_text(&text), depth, out); /* an object has no label */
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_cell(const char *text, struct tb_buf *out)
{
    tb_buf_puts(out, " ");
    tb_escape_markdown(out, text);
    tb_buf_puts(out, " |");
}

/* Heads and the line below them, from the first row. */
static void put_heads(const struct tb_node *table, size_t depth, struct tb_buf *out)
{
    size_t column = 0;

    tb_buf_putc(out, '\n');
    indent(depth, out);
    tb_buf_putc(out, '|');
    for (const struct tb_node *kid = table->first->first; kid; kid = kid->next)
        if (kid->label && kid->kind > TB_NODE_TABLE)
            put_cell(kid->label, out);
    tb_buf_putc(out, '\n');
    indent(depth, out);
    tb_buf_putc(out, '|');
    for (const struct tb_node *kid = table->first->first; kid; kid = kid->next) {
        if (!kid->label || kid->kind <= TB_NODE_TABLE)
            continue;
        tb_buf_puts(out, table->align && table->align[column] == 'r' ? "---:|" : "---|");
        column += table->align && table->align[column] ? 1 : 0;
    }
    tb_buf_putc(out, '\n');
}

static void put_table(const struct tb_node *table, size_t depth, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;
    size_t rows = 0;

    put_heads(table, depth, out);
    for (const struct tb_node *row = table->first; row && rows < TB_OUTLINE_ROWS;
         row = row->next, rows++) {
        indent(depth, out);
        tb_buf_putc(out, '|');
        for (const struct tb_node *kid = row->first; kid; kid = kid->next) {
            if (!kid->label || kid->kind <= TB_NODE_TABLE)
                continue;
            tb_buf_clear(&text);
            tb_outline_cut(kid, &text);
            put_cell(tb_buf_text(&text), out);
        }
        tb_buf_putc(out, '\n');
    }
    tb_buf_putc(out, '\n');
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_list(const struct tb_node *list, size_t depth, struct tb_buf *out);

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

static void put_rest(const struct tb_node *list, size_t depth, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    for (const struct tb_node *kid = list->first; kid; kid = kid->next)
        n++;
    if (n > TB_OUTLINE_ROWS) {
        tb_outline_more(list->outline, n - TB_OUTLINE_ROWS, &text);
        put_bullet("", tb_buf_text(&text), depth, out);
    }
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_heading(const struct tb_node *list, size_t depth, struct tb_buf *out)
{
    if (!list->label || !list->label[0])
        return;
    if (depth > 0) {
        put_bullet("", list->label, depth, out);
        return;
    }
    tb_buf_puts(out, "\n## ");
    tb_escape_markdown(out, list->label);
    tb_buf_puts(out, "\n\n");
}

static void put_list(const struct tb_node *list, size_t depth, struct tb_buf *out)
{
    size_t rows = 0;

    if (!list->first && !list->text && !list->note)
        return;
    put_heading(list, depth, out);
    if (!list->first && list->text)
        put_bullet("", list->text, depth, out);
    if (list->kind == TB_NODE_TABLE && list->first)
        put_table(list, depth, out);
    for (const struct tb_node *item = list->first;
         list->kind == TB_NODE_LIST && item && rows < TB_OUTLINE_ROWS; item = item->next, rows++) {
        bool said = item->text && item->text[0];
        if (said)
            put_value(item, depth, out);
        put_body(item, depth + said, out);
    }
    put_rest(list, depth, out);
    if (list->note)
        put_bullet("", list->note, depth, out);
}

void tb_outline_write_md(const struct tb_outline *outline, struct tb_buf *out)
{
    if (outline->root->text) {
        tb_buf_puts(out, "# ");
        tb_escape_markdown(out, outline->root->text);
        tb_buf_puts(out, "\n\n");
    }
    put_body(outline->root, 0, out);
}
