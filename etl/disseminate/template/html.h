/* html.h - a Markdown text as a static page. */
#ifndef TONGBAO_DISSEMINATE_HTML_H
#define TONGBAO_DISSEMINATE_HTML_H

#include <stddef.h>

struct tb_buf;
struct tb_error;
struct tb_templates;

/* Appends the HTML of a Markdown text (CommonMark with tables).  Raw HTML and
 * dangerous links of the text are left out. */
int tb_html_body(const char *markdown, size_t len, struct tb_buf *out, struct tb_error *err);
/* The same within the template page.html, which gets lang, kind (what page it is, for
 * the style sheet), title, home (the way to the index), body, and style: the text of page.css with
 * style_hash, its SHA-256 in base64, by which the page's security policy knows it. */
int tb_html_page(struct tb_templates *templates, const char *lang, const char *kind,
                 const char *title, const char *home, const char *markdown, size_t len,
                 struct tb_buf *out, struct tb_error *err);

#endif
