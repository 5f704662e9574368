/* outline.h - an answer made of headings, rows and named values, written as text, as
 * Markdown or as JSON.
 *
 * An object has a sentence for readers, named values, and lists.  A list has a heading and
 * holds objects, as lines or as a table.  What is said to readers and what is data may
 * differ: a value has a name (data), a label (readers), or both.
 *
 *     struct tb_outline outline = { .zh = false };
 *     struct tb_node *root = tb_outline_root(&outline, "Westside  retail  2023-05");
 *     tb_node_value(root, "run", id);
 *     struct tb_node *list = tb_node_list(root, "checks", "checks");
 *     struct tb_node *row = tb_node_item(list, "ytd  failed");
 *     tb_node_shown(row, "observed", "observed", "84");
 *     tb_outline_write(&outline, TB_OUTLINE_JSON, &out);
 *     tb_outline_release(&outline);
 *
 * Texts are copied and may hold anything: each writer escapes for its own place.  When
 * memory runs out the outline turns `failed`, later calls do nothing, and the writer sets
 * out->failed.
 */
#ifndef TONGBAO_OUTLINE_H
#define TONGBAO_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_buf;
struct tb_node; /* an object or a list; opaque */
struct tb_table;

enum tb_outline_format { TB_OUTLINE_TEXT, TB_OUTLINE_MD, TB_OUTLINE_JSON, TB_N_OUTLINE_FORMATS };

/* Of a list or a text that is longer, readers get the beginning and how much is left out;
 * JSON has everything. */
enum { TB_OUTLINE_ROWS = 60, TB_OUTLINE_CHARS = 600 };

struct tb_outline {
    bool zh; /* what the writers add ("and 12 more") in Chinese, else in English */
    bool failed;
    struct tb_arena arena;
    struct tb_node *root;
};

/* Each of these takes a NULL node and then does nothing, and may be given NULL for a text
 * that is not there.  A name is given once in an object: later values of it are dropped. */
struct tb_node *tb_outline_root(struct tb_outline *outline, const char *sentence);
/* A list of lines; its heading is printed when it has rows, or `empty` stands for them. */
struct tb_node *tb_node_list(struct tb_node *object, const char *name, const char *heading);
/* A list that is a table: the labelled values of its objects are cells.  `align` has a
 * letter for each column, 'l' or 'r'. */
struct tb_node *tb_node_table(struct tb_node *object, const char *name, const char *heading,
                              const char *align);
void tb_node_empty(struct tb_node *list, const char *sentence);
/* A line of text below the rows of a list. */
void tb_node_note(struct tb_node *list, const char *sentence);
/* A further object of the list; the sentence stands for readers and as "text". */
struct tb_node *tb_node_item(struct tb_node *list, const char *sentence);
/* A named object inside another: its values are shown among those of the outer one. */
struct tb_node *tb_node_object(struct tb_node *object, const char *name);
/* What should have been added is not there: the writer says so by out->failed. */
void tb_node_fail(struct tb_node *node);
bool tb_node_any(const struct tb_node *list); /* it has rows */

/* Data that is not shown. */
void tb_node_value(struct tb_node *object, const char *name, const char *value);
void tb_node_number(struct tb_node *object, const char *name, int64_t number);
void tb_node_flag(struct tb_node *object, const char *name, bool on);
/* Every column of a row of CSV under its own name, as it stands there. */
void tb_node_columns(struct tb_node *object, const struct tb_table *table, size_t row);
/* Data that is shown; an empty value is not, except in tables. */
void tb_node_shown(struct tb_node *object, const char *name, const char *label, const char *value);
/* Shown, and no data: words for what other values say. */
void tb_node_said(struct tb_node *object, const char *label, const char *value);
/* A text of parts, of which readers get the first ones and a count of the rest. */
void tb_node_parts(struct tb_node *object, const char *name, const char *label, const char *parts,
                   const char *separator, size_t most);

/* Appends the first `most` parts of a text, and how many more there are. */
void tb_outline_first(const struct tb_outline *outline, const char *parts, const char *separator,
                      size_t most, struct tb_buf *out);
/* Appends the whole: text and Markdown end with a line end, JSON is one object. */
void tb_outline_write(const struct tb_outline *outline, enum tb_outline_format format,
                      struct tb_buf *out);
/* "text", "md", "json"; -1 for another word. */
int tb_outline_format(const char *word);
void tb_outline_release(struct tb_outline *outline);

#endif
