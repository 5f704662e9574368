/* template.c - parses a template into a list of steps, and runs the steps.
 *
 * A section's start knows its end, so running needs no search; nesting is
 * limited, so a hostile template cannot exhaust the stack. */
#include "disseminate/template.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

enum { MAX_DEPTH = 24, MAX_PARTIALS = 8 };

enum op { OP_TEXT, OP_VALUE, OP_MARKUP, OP_SECTION, OP_INVERTED, OP_END, OP_PARTIAL, OP_NOTE };

struct step {
    enum op op;
    const char *text; /* literal text, or the name */
    size_t len;
    size_t end; /* of a section: its OP_END */
    unsigned line, column;
};

struct tb_template {
    char *text, *shown;
    enum tb_template_kind kind;
    struct step *step;
    size_t n, capacity;
};

/* Where the parser stands. */
struct parser {
    struct tb_template *t;
    const char *at, *stop;
    const char *line_start;
    unsigned line;
    size_t open[MAX_DEPTH]; /* steps of the sections not yet closed */
    size_t depth;
    struct tb_error *err;
};

static int refuse(struct parser *p, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int refuse(struct parser *p, const char *at, const char *format, ...)
{
    struct tb_buf text = TB_BUF_INIT;
    va_list args;

    va_start(args, format);
    tb_buf_vprintf(&text, format, args);
    va_end(args);
    (void)tb_error_set(p->err, "%s:%u:%zu: %s", p->t->shown, p->line,
                       tb_text_chars(p->line_start, (size_t)(at - p->line_start)) + 1,
                       tb_buf_text(&text));
    tb_buf_release(&text);
    return -1;
}

static int add_step(struct parser *p, enum op op, const char *text, size_t len, const char *at)
{
    struct tb_template *t = p->t;
    struct step *grown = tb_grow(t->step, t->n, &t->capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(p->err, "no memory for template '%s'", t->shown);
    t->step = grown;
    t->step[t->n++] = (struct step){
        .op = op,
        .text = text,
        .len = len,
        .line = p->line,
        .column = (unsigned)tb_text_chars(p->line_start, (size_t)(at - p->line_start)) + 1,
    };
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void count_lines(struct parser *p, const char *from, const char *to)
{
    for (const char *c = from; c < to; c++)
        if (*c == '\n') {
            p->line++;
            p->line_start = c + 1;
        }
}

/* A tag alone on its line takes blanks before it and the line's end with it. */
static bool stands_alone(const struct parser *p, const char *tag, const char **after)
{
    const char *before = tag, *c = *after;

    while (before > p->t->text && is_blank(before[-1]))
        before--;
    if (before > p->t->text && before[-1] != '\n')
        return false;
    while (c < p->stop && (is_blank(*c) || *c == '\r'))
        c++;
    if (c < p->stop && *c != '\n')
        return false;
    *after = c < p->stop ? c + 1 : c;
    return true;
}

static int open_section(struct parser *p, const char *tag)
{
    if (p->depth == MAX_DEPTH)
        return refuse(p, tag, "sections are nested too deeply, expected at most %d",
                      (int)MAX_DEPTH);
    p->open[p->depth++] = p->t->n - 1;
    return 0;
}

static int close_section(struct parser *p, const char *tag)
{
    struct step *end = &p->t->step[p->t->n - 1], *start;

    if (p->depth == 0)
        return refuse(p, tag, "'{{/%.*s}}' closes nothing", (int)end->len, end->text);
    start = &p->t->step[p->open[--p->depth]];
    if (start->len != end->len || memcmp(start->text, end->text, end->len) != 0)
        return refuse(p, tag, "'{{/%.*s}}' where '{{/%.*s}}' was expected", (int)end->len,
                      end->text, (int)start->len, start->text);
    start->end = p->t->n - 1;
    return 0;
}

static enum op op_of(char sigil)
{
    switch (sigil) {
    case '&':
        return OP_MARKUP;
    case '#':
        return OP_SECTION;
    case '^':
        return OP_INVERTED;
    case '/':
        return OP_END;
    case '>':
        return OP_PARTIAL;
    case '!':
        return OP_NOTE;
    default:
        return OP_VALUE;
    }
}

static bool is_name(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-'))
            return false;
    }
    return len > 0;
}

static int parse_tag(struct parser *p, const char *tag, const char *inner, const char *close)
{
    enum op op = op_of(inner < close ? *inner : '\0');
    const char *name = inner + (op != OP_VALUE), *stop = close;

    while (name < stop && is_blank(*name))
        name++;
    while (stop > name && is_blank(stop[-1]))
        stop--;
    if (op != OP_NOTE && !is_name(name, (size_t)(stop - name)))
        return refuse(p, tag, "'%.*s' is not a name, expected letters, digits, '_' or '-'",
                      (int)(stop - name), name);
    if (add_step(p, op, name, (size_t)(stop - name), tag) < 0)
        return -1;
    if (op == OP_SECTION || op == OP_INVERTED)
        return open_section(p, tag);
    return op == OP_END ? close_section(p, tag) : 0;
}

/* One stretch of text and the tag behind it. */
static int parse_piece(struct parser *p)
{
    const char *tag = memmem(p->at, (size_t)(p->stop - p->at), "{{", 2);
    const char *text = p->at, *text_end = tag ? tag : p->stop, *close, *after;
    size_t literal;

    if (add_step(p, OP_TEXT, text, (size_t)(text_end - text), text) < 0)
        return -1;
    literal = p->t->n - 1;
    count_lines(p, text, text_end);
    p->at = text_end;
    if (!tag)
        return 0;
    close = memmem(tag + 2, (size_t)(p->stop - tag - 2), "}}", 2);
    if (!close)
        return refuse(p, tag, "'{{' without '}}'");
    if (parse_tag(p, tag, tag + 2, close) < 0)
        return -1;
    after = close + 2;
    if (p->t->step[p->t->n - 1].op > OP_MARKUP && stands_alone(p, tag, &after))
        while (p->t->step[literal].len > 0 && is_blank(text[p->t->step[literal].len - 1]))
            p->t->step[literal].len--;
    count_lines(p, tag, after);
    p->at = after;
    return 0;
}

struct tb_template *tb_template_parse(const char *text, size_t len, const char *shown,
                                      enum tb_template_kind kind, struct tb_error *err)
{
    struct tb_template *t = calloc(1, sizeof *t);
    struct parser p = { .t = t, .line = 1, .err = err };

    if (t) {
        t->kind = kind;
        t->text = strndup(text, len);
        t->shown = strdup(shown);
    }
    if (!t || !t->text || !t->shown) {
        (void)tb_error_set(err, "no memory for template '%s'", shown);
        goto fail;
    }
    p.at = p.line_start = t->text;
    p.stop = t->text + strlen(t->text);
    while (p.at < p.stop)
        if (parse_piece(&p) < 0)
            goto fail;
    if (p.depth > 0) {
        const struct step *s = &t->step[p.open[p.depth - 1]];
        (void)tb_error_set(err, "%s:%u:%u: '{{#%.*s}}' is never closed", t->shown, s->line,
                           s->column, (int)s->len, s->text);
        goto fail;
    }
    return t;
fail:
    tb_template_free(t);
    return NULL;
}

void tb_template_free(struct tb_template *t)
{
    if (!t)
        return;
    free(t->step);
    free(t->text);
    free(t->shown);
    free(t);
}

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

static int fault(const struct run *run, const struct tb_template *t, const struct step *s,
                 const char *what)
{
    return tb_error_set(run->err, "%s:%u:%u: '%.*s' %s", t->shown, s->line, s->column, (int)s->len,
                        s->text, what);
}

static const struct tb_value *look_up(const struct scope *scope, const struct step *s)
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

static int put_value(const struct run *run, const struct tb_template *t, const struct step *s,
                     const struct tb_value *value)
{
    size_t start = run->out->len;

    if (value->kind > TB_VALUE_MARKUP)
        return fault(run, t, s, "is a list or a flag, expected a text");
    if (s->op == OP_MARKUP) {
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
    const struct step *s = &t->step[at];

    if (s->op == OP_INVERTED)
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

static int run_partial(struct run *run, const struct tb_template *t, const struct step *s,
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
    const struct step *s = &t->step[at];
    const struct tb_value *value;

    if (s->op == OP_TEXT)
        tb_buf_add(run->out, s->text, s->len);
    if (s->op == OP_PARTIAL)
        return run_partial(run, t, s, scope);
    if (s->op == OP_TEXT || s->op == OP_END || s->op == OP_NOTE)
        return 0;
    value = look_up(scope, s);
    if (!value)
        return fault(run, t, s, "is no value that this report has");
    if (s->op == OP_VALUE || s->op == OP_MARKUP)
        return put_value(run, t, s, value);
    return run_section(run, t, at, scope, value);
}

static int run_steps(struct run *run, const struct tb_template *t, size_t from, size_t to,
                     const struct scope *scope)
{
    for (size_t i = from; i < to; i++) {
        if (run_step(run, t, i, scope) < 0)
            return -1;
        if (t->step[i].op == OP_SECTION || t->step[i].op == OP_INVERTED)
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
