/* template_run.c - runs the steps of a parsed template.
 *
 * A section's start knows its end, so running needs no search; how deep templates
 * include each other is limited. */
#include "disseminate/template/template.h"

#include <stdlib.h>

#include "disseminate/template/template_steps.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

enum { MAX_PARTIALS = 8 };

/* The objects from the root to the innermost. */
struct scope {
    const struct tb_view *view;
    const struct scope *outer;
};

struct run {
    tb_template_finder *find;
    void *user;
    struct tb_buf *out;
    struct tb_trace *trace; /* or NULL */
    struct tb_error *err;
    int partials; /* how deep in partials */
};

static int fault(const struct run *run, const struct tb_template *t, const struct tb_step *s,
                 const char *what)
{
    return tb_error_set(run->err, "%s:%u:%u: '%.*s' %s", t->shown, s->line, s->column, (int)s->len,
                        s->text, what);
}

static const struct tb_value *look_up(const struct scope *scope, const struct tb_step *s)
{
    const struct tb_value *found = NULL;

    for (; scope && !found; scope = scope->outer)
        found = tb_view_get(scope->view, s->text, s->len);
    return found;
}

static bool is_on(const struct tb_value *value)
{
    switch (value->kind) {
    case TB_VALUE_FLAG:
        return value->on;
    case TB_VALUE_LIST:
        return value->first != NULL;
    default:
        return value->text[0] != '\0';
    }
}

void tb_trace_release(struct tb_trace *trace)
{
    free(trace->span);
    *trace = (struct tb_trace){ 0 };
}

static int record(const struct run *run, size_t start, const struct tb_value *value)
{
    struct tb_trace *trace = run->trace;
    struct tb_span *grown;

    if (!trace)
        return 0;
    grown = tb_grow(trace->span, trace->n, &trace->capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(run->err, "no memory for a text");
    trace->span = grown;
    trace->span[trace->n++] = (struct tb_span){ start, run->out->len, value };
    return 0;
}

static int put_value(const struct run *run, const struct tb_template *t, const struct tb_step *s,
                     const struct tb_value *value)
{
    size_t start = run->out->len;

    if (value->kind > TB_VALUE_MARKUP)
        return fault(run, t, s, "is a list or a flag, expected a text");
    if (s->kind == TB_STEP_MARKUP) {
        if (value->kind != TB_VALUE_MARKUP)
            return fault(run, t, s, "is a text: write it without '&', so that it is escaped");
        tb_buf_puts(run->out, value->text);
    } else if (t->kind == TB_TEMPLATE_HTML) {
        tb_escape_html(run->out, value->text);
    } else {
        tb_escape_markdown(run->out, value->text);
    }
    return record(run, start, value);
}

static int run_steps(struct run *run, const struct tb_template *t, size_t from, size_t to,
                     const struct scope *scope);

static int run_section(struct run *run, const struct tb_template *t, size_t at,
                       const struct scope *scope, const struct tb_value *value)
{
    const struct tb_step *s = &t->step[at];

    if (s->kind == TB_STEP_INVERTED)
        return is_on(value) ? 0 : run_steps(run, t, at + 1, s->end, scope);
    if (value->kind != TB_VALUE_LIST)
        return is_on(value) ? run_steps(run, t, at + 1, s->end, scope) : 0;
    for (const struct tb_view *item = value->first; item; item = tb_view_next(item)) {
        struct scope inner = { item, scope };
        if (run_steps(run, t, at + 1, s->end, &inner) < 0)
            return -1;
    }
    return 0;
}

static int run_partial(struct run *run, const struct tb_template *t, const struct tb_step *s,
                       const struct scope *scope)
{
    const struct tb_template *part;
    int rc;

    if (!run->find || run->partials == MAX_PARTIALS)
        return fault(run, t, s, "cannot be included here: too deep");
    part = run->find(run->user, s->text, s->len, run->err);
    if (!part)
        return tb_error_prefix(run->err, "%s:%u:%u", t->shown, s->line, s->column);
    run->partials++;
    rc = run_steps(run, part, 0, part->n, scope);
    run->partials--;
    return rc;
}

static int run_step(struct run *run, const struct tb_template *t, size_t at,
                    const struct scope *scope)
{
    const struct tb_step *s = &t->step[at];
    const struct tb_value *value;

    if (s->kind == TB_STEP_TEXT)
        tb_buf_add(run->out, s->text, s->len);
    if (s->kind == TB_STEP_PARTIAL)
        return run_partial(run, t, s, scope);
    if (s->kind == TB_STEP_TEXT || s->kind == TB_STEP_END || s->kind == TB_STEP_NOTE)
        return 0;
    value = look_up(scope, s);
    if (!value)
        return fault(run, t, s, "is no value that this report has");
    if (s->kind == TB_STEP_VALUE || s->kind == TB_STEP_MARKUP)
        return put_value(run, t, s, value);
    return run_section(run, t, at, scope, value);
}

static int run_steps(struct run *run, const struct tb_template *t, size_t from, size_t to,
                     const struct scope *scope)
{
    for (size_t i = from; i < to; i++) {
        if (run_step(run, t, i, scope) < 0)
            return -1;
        if (t->step[i].kind == TB_STEP_SECTION || t->step[i].kind == TB_STEP_INVERTED)
            i = t->step[i].end;
    }
    return 0;
}

int tb_template_render(const struct tb_template *t, const struct tb_view *root,
                       tb_template_finder *find, void *user, struct tb_buf *out,
                       struct tb_trace *trace, struct tb_error *err)
{
    struct run run = { find, user, out, trace, err, 0 };
    struct scope scope = { root, NULL };

    if (run_steps(&run, t, 0, t->n, &scope) < 0)
        return -1;
    return tb_buf_ok(out, err) ? 0 : -1;
}
