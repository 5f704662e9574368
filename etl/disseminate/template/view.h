/* view.h - the tree of named values that a template sees.
 *
 * An object holds named values: texts (of any origin, escaped when printed),
 * markup (made by this program: tables, links), flags and lists of objects.
 * Everything is copied and lives until tb_views_release.  When memory runs out
 * the tree turns `failed` and later calls do nothing, so a run of calls needs one
 * check at the end.
 *
 *     struct tb_views views = TB_VIEWS_INIT;
 *     struct tb_view *root = tb_view_root(&views);
 *     tb_view_text(root, "title", title);
 *     struct tb_view *row = tb_view_item(root, "rows");
 *     tb_view_text(row, "name", name);
 */
#ifndef TONGBAO_DISSEMINATE_VIEW_H
#define TONGBAO_DISSEMINATE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/arena.h"

struct tb_error;
struct tb_buf;
struct tb_readback;
struct tb_view; /* an object; opaque */

struct tb_views {
    struct tb_arena arena;
    bool failed;
    struct tb_readback *readback; /* numbers noted so far; borrowed, may be NULL (readback.h) */
};

#define TB_VIEWS_INIT                                                                              \
    {                                                                                              \
        .failed = false                                                                            \
    }

struct tb_view *tb_view_root(struct tb_views *views); /* a new object; NULL: no memory */
void tb_views_release(struct tb_views *views);
bool tb_views_ok(const struct tb_views *views, struct tb_error *err);

/* Each of these takes a NULL view and then does nothing.  A name is set once. */
void tb_view_text(struct tb_view *view, const char *name, const char *text);
/* A sentence made of numbers: takes those noted since the last, and clears the buffer. */
/* A buffer whose text goes in by tb_view_text: if it is not whole, nor is the view. */
void tb_view_check(struct tb_view *view, const struct tb_buf *text);
void tb_view_buf(struct tb_view *view, const char *name, struct tb_buf *text);
void tb_view_markup(struct tb_view *view, const char *name, const char *markup);
void tb_view_markup_buf(struct tb_view *view, const char *name, struct tb_buf *markup);
void tb_view_int(struct tb_view *view, const char *name, long long number);
void tb_view_flag(struct tb_view *view, const char *name, bool on);
/* Declares a list that may stay empty. */
void tb_view_list(struct tb_view *view, const char *name);
/* Appends an object to the list `name` (declared if need be). */
struct tb_view *tb_view_item(struct tb_view *view, const char *name);
/* Appends an object with the one text `text` under the name "text". */
void tb_view_line(struct tb_view *view, const char *name, struct tb_buf *text);

/* --- what the engine reads --- */
enum tb_value_kind { TB_VALUE_TEXT, TB_VALUE_MARKUP, TB_VALUE_FLAG, TB_VALUE_LIST };
struct tb_value {
    const char *name;
    enum tb_value_kind kind;
    const char *text;             /* TEXT, MARKUP */
    const char *numbers;          /* noted for it, a line each; NULL: a copied text */
    bool on;                      /* FLAG */
    struct tb_view *first, *last; /* LIST */
    struct tb_value *next;
};
const struct tb_value *tb_view_get(const struct tb_view *view, const char *name, size_t len);
const struct tb_view *tb_view_next(const struct tb_view *item); /* next of its list, or NULL */

#endif
