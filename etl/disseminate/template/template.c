/* template.c - parses a template into a list of steps.
 *
 * Nesting is limited, so a hostile template cannot exhaust the stack of what
 * runs it. */
#include "disseminate/template/template.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/template/template_steps.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

enum { MAX_DEPTH = 24 };

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

static int add_step(struct parser *p, enum tb_step_kind kind, const char *text, size_t len,
                    const char *at)
{
    struct tb_template *t = p->t;
    struct tb_step *grown = tb_grow(t->step, t->n, &t->capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(p->err, "no memory for template '%s'", t->shown);
    t->step = grown;
    t->step[t->n++] = (struct tb_step){
        .kind = kind,
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
    struct tb_step *end = &p->t->step[p->t->n - 1], *start;

    if (p->depth == 0)
        return refuse(p, tag, "'{{/%.*s}}' closes nothing", (int)end->len, end->text);
    start = &p->t->step[p->open[--p->depth]];
    if (start->len != end->len || memcmp(start->text, end->text, end->len) != 0)
        return refuse(p, tag, "'{{/%.*s}}' where '{{/%.*s}}' was expected", (int)end->len,
                      end->text, (int)start->len, start->text);
    start->end = p->t->n - 1;
    return 0;
}

static enum tb_step_kind kind_of(char sigil)
{
    switch (sigil) {
    case '&':
        return TB_STEP_MARKUP;
    case '#':
        return TB_STEP_SECTION;
    case '^':
        return TB_STEP_INVERTED;
    case '/':
        return TB_STEP_END;
    case '>':
        return TB_STEP_PARTIAL;
    case '!':
        return TB_STEP_NOTE;
    default:
        return TB_STEP_VALUE;
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
    enum tb_step_kind kind = kind_of(inner < close ? *inner : '\0');
    const char *name = inner + (kind != TB_STEP_VALUE), *stop = close;

    while (name < stop && is_blank(*name))
        name++;
    while (stop > name && is_blank(stop[-1]))
        stop--;
    if (kind != TB_STEP_NOTE && !is_name(name, (size_t)(stop - name)))
        return refuse(p, tag, "'%.*s' is not a name, expected letters, digits, '_' or '-'",
                      (int)(stop - name), name);
    if (add_step(p, kind, name, (size_t)(stop - name), tag) < 0)
        return -1;
    if (kind == TB_STEP_SECTION || kind == TB_STEP_INVERTED)
        return open_section(p, tag);
    return kind == TB_STEP_END ? close_section(p, tag) : 0;
}

/* One stretch of text and the tag behind it. */
static int parse_piece(struct parser *p)
{
    const char *tag = memmem(p->at, (size_t)(p->stop - p->at), "{{", 2);
    const char *text = p->at, *text_end = tag ? tag : p->stop, *close, *after;
    size_t literal;

    if (add_step(p, TB_STEP_TEXT, text, (size_t)(text_end - text), text) < 0)
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
    if (p->t->step[p->t->n - 1].kind > TB_STEP_MARKUP && stands_alone(p, tag, &after))
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
        const struct tb_step *s = &t->step[p.open[p.depth - 1]];
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
