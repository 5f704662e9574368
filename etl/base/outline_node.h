/* outline_node.h - the tree of an outline from inside; for outline*.c only. */
#ifndef TONGBAO_BASE_OUTLINE_NODE_H
#define TONGBAO_BASE_OUTLINE_NODE_H

#include "tongbao/outline.h"

enum tb_node_kind {
    TB_NODE_OBJECT,
    TB_NODE_LIST,
    TB_NODE_TABLE,
    TB_NODE_TEXT,   /* value: a text */
    TB_NODE_NUMBER, /* value: digits */
    TB_NODE_FLAG,   /* value: "true", "false" */
};

struct tb_node {
    enum tb_node_kind kind;
    struct tb_outline *outline;
    const char *name;  /* in JSON; NULL: not data */
    const char *label; /* of a value: for readers, NULL: not shown, "": a line by itself; of a
                          list: its heading */
    const char *text;  /* the value; the sentence of an object; of a list what an empty one says */
    const char *shown; /* of a value: what readers get in its place; NULL: the value */
    const char *note;  /* of a list: below it */
    const char *align; /* of a table */
    struct tb_node *first, *last, *next;
};

/* The text that readers get of a value, cut where it is too long. */
void tb_outline_cut(const struct tb_node *node, struct tb_buf *out);
/* The sentence for rows that were left out. */
void tb_outline_more(const struct tb_outline *outline, size_t n, struct tb_buf *out);
/* True of a value, or of an object inside another, that readers get. */
bool tb_node_is_shown(const struct tb_node *node);

void tb_outline_write_text(const struct tb_outline *outline, struct tb_buf *out);
void tb_outline_write_md(const struct tb_outline *outline, struct tb_buf *out);
void tb_outline_write_json(const struct tb_outline *outline, struct tb_buf *out);

#endif
