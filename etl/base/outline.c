/* outline.c - builds the tree of an outline. */
#include "base/outline_node.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static const char *copy(struct tb_outline *outline, const char *text)
{
    if (!text)
        return NULL;
    const char *kept = tb_arena_strdup(&outline->arena, text);
    outline->failed |= !kept;
    return kept;
}

static bool has_name(const struct tb_node *object, const char *name)
{
    for (const struct tb_node *kid = object->first; name && kid; kid = kid->next)
        if (kid->name && strcmp(kid->name, name) == 0)
            return true;
    return false;
}

static struct tb_node *make(struct tb_outline *outline, enum tb_node_kind kind, const char *name)
{
    struct tb_node *node =
        outline->failed ? NULL : tb_arena_alloc(&outline->arena, 1, sizeof *node);

    outline->failed |= !node;
    if (node)
        *node = (struct tb_node){ .kind = kind, .outline = outline, .name = copy(outline, name) };
    return node;
}

/* A further kid; of an object only under a name that is new. */
static struct tb_node *add(struct tb_node *parent, enum tb_node_kind kind, const char *name)
{
    if (!parent || has_name(parent, name))
        return NULL;
    struct tb_node *node = make(parent->outline, kind, name);
    if (!node)
        return NULL;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

struct tb_node *tb_outline_root(struct tb_outline *outline, const char *sentence)
{
    outline->root = make(outline, TB_NODE_OBJECT, NULL);
    if (outline->root)
        outline->root->text = copy(outline, sentence);
    return outline->root;
}

struct tb_node *tb_node_list(struct tb_node *object, const char *name, const char *heading)
{
    struct tb_node *list = add(object, TB_NODE_LIST, name);

    if (list)
        list->label = copy(list->outline, heading);
    return list;
}

struct tb_node *tb_node_table(struct tb_node *object, const char *name, const char *heading,
                              const char *align)
{
    struct tb_node *list = add(object, TB_NODE_TABLE, name);

    if (list) {
        list->label = copy(list->outline, heading);
        list->align = copy(list->outline, align);
    }
    return list;
}

void tb_node_empty(struct tb_node *list, const char *sentence)
{
    if (list)
        list->text = copy(list->outline, sentence);
}

void tb_node_note(struct tb_node *list, const char *sentence)
{
    if (list)
        list->note = copy(list->outline, sentence);
}

struct tb_node *tb_node_item(struct tb_node *list, const char *sentence)
{
    struct tb_node *item = add(list, TB_NODE_OBJECT, NULL);

    if (item)
        item->text = copy(item->outline, sentence);
    return item;
}

struct tb_node *tb_node_object(struct tb_node *object, const char *name)
{
    return add(object, TB_NODE_OBJECT, name);
}

void tb_node_fail(struct tb_node *node)
{
    if (node)
        node->outline->failed = true;
}

bool tb_node_any(const struct tb_node *list)
{
    return list && list->first;
}

static struct tb_node *add_value(struct tb_node *object, enum tb_node_kind kind, const char *name,
                                 const char *label, const char *value)
{
    struct tb_node *node = add(object, kind, name);

    if (node) {
        node->label = copy(node->outline, label);
        node->text = copy(node->outline, value ? value : "");
    }
    return node;
}

void tb_node_value(struct tb_node *object, const char *name, const char *value)
{
    (void)add_value(object, TB_NODE_TEXT, name, NULL, value);
}

void tb_node_number(struct tb_node *object, const char *name, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, number);
    (void)add_value(object, TB_NODE_NUMBER, name, NULL, text);
}

void tb_node_flag(struct tb_node *object, const char *name, bool on)
{
    (void)add_value(object, TB_NODE_FLAG, name, NULL, on ? "true" : "false");
}

void tb_node_columns(struct tb_node *object, const struct tb_table *table, size_t row)
{
    for (size_t c = 0; c < tb_table_columns(table); c++)
        tb_node_value(object, tb_table_head(table, c), tb_table_cell(table, row, (int)c));
}

void tb_node_shown(struct tb_node *object, const char *name, const char *label, const char *value)
{
    (void)add_value(object, TB_NODE_TEXT, name, label, value);
}

void tb_node_said(struct tb_node *object, const char *label, const char *value)
{
    (void)add_value(object, TB_NODE_TEXT, NULL, label, value);
}

void tb_node_parts(struct tb_node *object, const char *name, const char *label, const char *parts,
                   const char *separator, size_t most)
{
    struct tb_node *node = add_value(object, TB_NODE_TEXT, name, label, parts);
    struct tb_buf text = TB_BUF_INIT;

    if (!node)
        return;
    tb_outline_first(node->outline, parts, separator, most, &text);
    node->shown = text.failed ? NULL : copy(node->outline, tb_buf_text(&text));
    tb_buf_release(&text);
}

void tb_outline_first(const struct tb_outline *outline, const char *parts, const char *separator,
                      size_t most, struct tb_buf *out)
{
    size_t n = 0, skip = strlen(separator);
    const char *cut = NULL;

    for (const char *at = parts; (at = strstr(at, separator)); at += skip)
        if (++n == most)
            cut = at;
    tb_buf_add(out, parts, cut ? (size_t)(cut - parts) : strlen(parts));
    if (!cut)
        return;
    tb_buf_puts(out, separator);
    tb_outline_more(outline, n + 1 - most, out);
}

/* --- for the writers --- */

void tb_outline_more(const struct tb_outline *outline, size_t n, struct tb_buf *out)
{
    tb_buf_printf(out, outline->zh ? "……另有 %zu 项" : "... and %zu more", n);
}

void tb_outline_cut(const struct tb_node *node, struct tb_buf *out)
{
    const char *text = node->shown ? node->shown : node->text;
    size_t len = strlen(text), end = 0, used;

    for (int chars = 0; end < len && chars < TB_OUTLINE_CHARS; chars++, end += used)
        (void)tb_utf8_next(text + end, len - end, &used);
    tb_buf_add(out, text, end);
    if (end < len)
        tb_buf_printf(out, node->outline->zh ? "……（另有 %zu 字）" : " ... (%zu more characters)",
                      tb_text_chars(text + end, len - end));
}

bool tb_node_is_shown(const struct tb_node *node)
{
    if (node->kind == TB_NODE_LIST || node->kind == TB_NODE_TABLE || node->kind == TB_NODE_OBJECT)
        return false;
    return node->label && node->text[0];
}

int tb_outline_format(const char *word)
{
    static const char *const words[TB_N_OUTLINE_FORMATS] = { "text", "md", "json" };

    for (int i = 0; i < TB_N_OUTLINE_FORMATS; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

void tb_outline_write(const struct tb_outline *outline, enum tb_outline_format format,
                      struct tb_buf *out)
{
    if (outline->failed || !outline->root) {
        out->failed = true;
        return;
    }
    if (format == TB_OUTLINE_JSON)
        tb_outline_write_json(outline, out);
    else if (format == TB_OUTLINE_MD)
        tb_outline_write_md(outline, out);
    else
        tb_outline_write_text(outline, out);
}

void tb_outline_release(struct tb_outline *outline)
{
    tb_arena_release(&outline->arena);
    *outline = (struct tb_outline){ .zh = outline->zh };
}
