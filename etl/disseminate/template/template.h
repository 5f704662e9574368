/* template.h - a small engine for report templates that a bureau may edit.
 *
 *     {{name}}                 the value, escaped for the kind of document
 *     {{&name}}                markup made by the program (tables, links); a plain
 *                              text is refused here, so nothing from a submission
 *                              can be printed without escape
 *     {{#name}}..{{/name}}     for each object of a list; once if a flag is on or
 *                              a text is not empty
 *     {{^name}}..{{/name}}     once if the list or text is empty or the flag off
 *     {{>name}}                another template, "name" with the same ending
 *     {{! note}}               nothing
 *
 * A section, partial or note that stands alone on its line takes the line with
 * it.  Names are looked up from the inner object outwards.  A name that nobody
 * set is an error with file:line:column: a misspelt section must not hide a
 * part of a report in silence.  Templates have no arithmetic and no conditions
 * on numbers.
 */
#ifndef TONGBAO_DISSEMINATE_TEMPLATE_H
#define TONGBAO_DISSEMINATE_TEMPLATE_H

#include <stddef.h>

struct tb_buf;
struct tb_error;
struct tb_value;
struct tb_view;
struct tb_template;  /* opaque: parsed */
struct tb_templates; /* opaque: a folder or two of templates, parsed when first used */

/* How values are escaped. */
enum tb_template_kind { TB_TEMPLATE_MARKDOWN, TB_TEMPLATE_HTML };

/* Where in the output the values went, in order (readback.h). */
struct tb_span {
    size_t start, end;
    const struct tb_value *value; /* borrowed from the view */
};
struct tb_trace {
    struct tb_span *span;
    size_t n, capacity;
};
void tb_trace_release(struct tb_trace *trace);

/* Finds a partial; NULL with *err filled. */
typedef const struct tb_template *tb_template_finder(void *user, const char *name, size_t len,
                                                     struct tb_error *err);

/* `shown` names it in messages and is copied, like the text.  NULL with *err
 * filled ("bulletin.zh.md:12:3: ...") if it does not parse. */
struct tb_template *tb_template_parse(const char *text, size_t len, const char *shown,
                                      enum tb_template_kind kind, struct tb_error *err);
void tb_template_free(struct tb_template *t);
/* Appends the filled-in template.  `find` may be NULL: then partials fail; so may
 * `trace`: then nobody is told where the values went. */
int tb_template_render(const struct tb_template *t, const struct tb_view *root,
                       tb_template_finder *find, void *user, struct tb_buf *out,
                       struct tb_trace *trace, struct tb_error *err);

/* Templates are looked for in `first`, then in `second` (either may be absent;
 * both are borrowed). */
struct tb_templates *tb_templates_new(const char *first, const char *second, struct tb_error *err);
void tb_templates_free(struct tb_templates *all);
/* Renders the template in file `name` ("bulletin.zh.md"); one that ends in .html
 * escapes for HTML. */
int tb_templates_render(struct tb_templates *all, const char *name, const struct tb_view *root,
                        struct tb_buf *out, struct tb_trace *trace, struct tb_error *err);

#endif
