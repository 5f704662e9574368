/* outline_json.c - an outline as one JSON object: names in the order of the tree, two
 * blanks of indent, valid whatever the texts hold. */
#include "base/outline_node.h"

#include "tongbao/buf.h"
#include "tongbao/text.h"

static void put_string(const char *text, struct tb_buf *out)
{
    tb_buf_putc(out, '"');
    tb_escape_json(out, text ? text : "");
    tb_buf_putc(out, '"');
}

static void line(size_t depth, struct tb_buf *out)
{
    tb_buf_putc(out, '\n');
    for (size_t i = 0; i < depth; i++)
        tb_buf_puts(out, "  ");
}

static void put_node(const struct tb_node *node, size_t depth, struct tb_buf *out);

/* "name": before a value of an object, with the comma behind the one before. */
static void begin_member(const char *name, bool *any, size_t depth, struct tb_buf *out)
{
    if (*any)
        tb_buf_putc(out, ',');
    *any = true;
    line(depth, out);
    put_string(name, out);
    tb_buf_puts(out, ": ");
}

static void put_object(const struct tb_node *node, size_t depth, struct tb_buf *out)
{
    bool any = false;

    tb_buf_putc(out, '{');
    if (node->text && node->text[0]) {
        begin_member("text", &any, depth + 1, out);
        put_string(node->text, out);
    }
    for (const struct tb_node *kid = node->first; kid; kid = kid->next) {
        if (!kid->name)
            continue;
        begin_member(kid->name, &any, depth + 1, out);
        put_node(kid, depth + 1, out);
    }
    if (any)
        line(depth, out);
    tb_buf_putc(out, '}');
}

static void put_list(const struct tb_node *node, size_t depth, struct tb_buf *out)
{
    tb_buf_putc(out, '[');
    for (const struct tb_node *kid = node->first; kid; kid = kid->next) {
        if (kid != node->first)
            tb_buf_putc(out, ',');
        line(depth + 1, out);
        put_node(kid, depth + 1, out);
    }
    if (node->first)
        line(depth, out);
    tb_buf_putc(out, ']');
}

static void put_node(const struct tb_node *node, size_t depth, struct tb_buf *out)
{
    switch (node->kind) {
    case TB_NODE_OBJECT:
        put_object(node, depth, out);
        break;
    case TB_NODE_LIST:
    case TB_NODE_TABLE:
        put_list(node, depth, out);
        break;
    case TB_NODE_TEXT:
        put_string(node->text, out);
        break;
    case TB_NODE_NUMBER:
    case TB_NODE_FLAG:
        tb_buf_puts(out, node->text);
        break;
    }
}

void tb_outline_write_json(const struct tb_outline *outline, struct tb_buf *out)
{
    put_node(outline->root, 0, out);
    tb_buf_putc(out, '\n');
}
