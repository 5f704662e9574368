/* view.c - the tree of named values that a template sees. */
#include "disseminate/template/view.h"

#include <stdio.h>
#include <string.h>

#include "disseminate/words/readback.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

struct tb_view {
    struct tb_views *owner;
    struct tb_value *first, *last;
    struct tb_view *next; /* in the list it belongs to */
};

struct tb_view *tb_view_root(struct tb_views *views)
{
    struct tb_view *view = tb_arena_alloc(&views->arena, 1, sizeof *view);

    if (!view) {
        views->failed = true;
        return NULL;
    }
    view->owner = views;
    return view;
}

void tb_views_release(struct tb_views *views)
{
    tb_arena_release(&views->arena);
    *views = (struct tb_views)TB_VIEWS_INIT;
}

bool tb_views_ok(const struct tb_views *views, struct tb_error *err)
{
    if (views->failed)
        (void)tb_error_set(err, "no memory for the values of a report");
    return !views->failed;
}

const struct tb_value *tb_view_get(const struct tb_view *view, const char *name, size_t len)
{
    for (const struct tb_value *v = view->first; v; v = v->next)
        if (strncmp(v->name, name, len) == 0 && v->name[len] == '\0')
            return v;
    return NULL;
}

const struct tb_view *tb_view_next(const struct tb_view *item)
{
    return item->next;
}

/* A new value of that name at the end of the object, or NULL. */
static struct tb_value *add(struct tb_view *view, const char *name, enum tb_value_kind kind,
                            const char *text)
{
    struct tb_value *value;

    if (!view)
        return NULL;
    value = tb_arena_alloc(&view->owner->arena, 1, sizeof *value);
    if (!value) {
        view->owner->failed = true;
        return NULL;
    }
    value->kind = kind;
    value->name = tb_arena_strdup(&view->owner->arena, name);
    value->text = tb_arena_strdup(&view->owner->arena, text ? text : "");
    if (!value->name || !value->text) {
        view->owner->failed = true;
        return NULL;
    }
    if (view->last)
        view->last->next = value;
    else
        view->first = value;
    view->last = value;
    return value;
}

void tb_view_text(struct tb_view *view, const char *name, const char *text)
{
    add(view, name, TB_VALUE_TEXT, text);
}

void tb_view_markup(struct tb_view *view, const char *name, const char *markup)
{
    add(view, name, TB_VALUE_MARKUP, markup);
}

/* A sentence goes with the numbers that were noted while it was made. */
static void take_numbers(struct tb_views *views, struct tb_value *value)
{
    struct tb_buf *noted = &views->readback->noted;

    value->numbers = noted->failed ? NULL : tb_arena_strdup(&views->arena, tb_buf_text(noted));
    if (!value->numbers)
        views->failed = true;
    tb_buf_clear(noted);
}

void tb_view_check(struct tb_view *view, const struct tb_buf *text)
{
    if (view && text->failed)
        view->owner->failed = true;
}

static void add_buf(struct tb_view *view, const char *name, enum tb_value_kind kind,
                    struct tb_buf *text)
{
    struct tb_value *value;

    tb_view_check(view, text);
    value = add(view, name, kind, tb_buf_text(text));
    if (value && view->owner->readback)
        take_numbers(view->owner, value);
    tb_buf_clear(text);
}

void tb_view_buf(struct tb_view *view, const char *name, struct tb_buf *text)
{
    add_buf(view, name, TB_VALUE_TEXT, text);
}

void tb_view_markup_buf(struct tb_view *view, const char *name, struct tb_buf *markup)
{
    add_buf(view, name, TB_VALUE_MARKUP, markup);
}

void tb_view_int(struct tb_view *view, const char *name, long long number)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%lld", number);
    add(view, name, TB_VALUE_TEXT, text);
}

void tb_view_flag(struct tb_view *view, const char *name, bool on)
{
    struct tb_value *value = add(view, name, TB_VALUE_FLAG, NULL);

    if (value)
        value->on = on;
}

static struct tb_value *list_of(struct tb_view *view, const char *name)
{
    for (struct tb_value *v = view->first; v; v = v->next)
        if (v->kind == TB_VALUE_LIST && strcmp(v->name, name) == 0)
            return v;
    return add(view, name, TB_VALUE_LIST, NULL);
}

void tb_view_list(struct tb_view *view, const char *name)
{
    if (view)
        (void)list_of(view, name);
}

struct tb_view *tb_view_item(struct tb_view *view, const char *name)
{
    struct tb_value *list = view ? list_of(view, name) : NULL;
    struct tb_view *item = list ? tb_view_root(view->owner) : NULL;

    if (!item)
        return NULL;
    if (list->last)
        list->last->next = item;
    else
        list->first = item;
    list->last = item;
    return item;
}

void tb_view_line(struct tb_view *view, const char *name, struct tb_buf *text)
{
    tb_view_buf(tb_view_item(view, name), "text", text);
}
