/* html.c - Markdown to HTML by cmark-gfm, with its table extension only: no
 * autolinks, no raw HTML, no javascript: links. */
#include "disseminate/template/html.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/template/template.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"

/* CMARK_OPT_SAFE is the default of this library and is named here for the reader. */
enum { OPTIONS = CMARK_OPT_SAFE | CMARK_OPT_VALIDATE_UTF8 };

int tb_html_body(const char *markdown, size_t len, struct tb_buf *out, struct tb_error *err)
{
    cmark_syntax_extension *table;
    cmark_parser *parser;
    cmark_node *document = NULL;
    char *html = NULL;

    cmark_gfm_core_extensions_ensure_registered();
    table = cmark_find_syntax_extension("table");
    parser = cmark_parser_new(OPTIONS);
    if (parser && table && cmark_parser_attach_syntax_extension(parser, table)) {
        cmark_parser_feed(parser, markdown, len);
        document = cmark_parser_finish(parser);
    }
    if (document)
        html = cmark_render_html(document, OPTIONS, cmark_parser_get_syntax_extensions(parser));
    if (html)
        tb_buf_puts(out, html);
    free(html);
    cmark_node_free(document);
    if (parser)
        cmark_parser_free(parser);
    if (!html)
        return tb_error_set(err, "the Markdown renderer failed");
    return tb_buf_ok(out, err) ? 0 : -1;
}

/* What cmark cannot say.  Wide tables scroll by themselves, so that a phone shows the
 * text at full width (tabindex lets a keyboard reach them); heads say what they are
 * heads of; signs of verdicts get their colour beside their shape. */
static const struct {
    const char *from, *to;
} marks[] = {
    { "<table>", "<div class=\"table\" tabindex=\"0\"><table>" },
    { "</table>", "</table></div>" },
    { "<th>", "<th scope=\"col\">" },
    { "<th align", "<th scope=\"col\" align" },
    { "●", "<span class=\"sign good\">●</span>" },
    { "▲", "<span class=\"sign warn\">▲</span>" },
    { "■", "<span class=\"sign bad\">■</span>" },
    { "○", "<span class=\"sign\">○</span>" },
};

static void dress(const char *html, struct tb_buf *out)
{
    bool in_tag = false; /* the text of an attribute is left alone */

    while (*html) {
        size_t len = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && len == 0 && !in_tag; i++) {
            len = strlen(marks[i].from);
            if (strncmp(html, marks[i].from, len) == 0)
                tb_buf_puts(out, marks[i].to);
            else
                len = 0;
        }
        if (len > 0) {
            in_tag = html[0] == '<' && html[len - 1] != '>';
            html += len;
            continue;
        }
        in_tag = *html == '<' || (in_tag && *html != '>');
        tb_buf_putc(out, *html++);
    }
}

static unsigned hex_value(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;
}

/* Base64 of the 32 bytes that 64 hex digits stand for. */
static void put_base64(struct tb_buf *out, const char hex[TB_DIGEST_TEXT])
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0, n = 0;

    for (size_t i = 0; i < 2 * TB_DIGEST_BYTES; i++) {
        bits = (bits << 4 | hex_value(hex[i])) & 0xfff;
        n += 4;
        for (; n >= 6; n -= 6)
            tb_buf_putc(out, digit[bits >> (n - 6) & 0x3f]);
    }
    /* 256 bits are 42 digits and four bits more. */
    tb_buf_putc(out, digit[bits << (6 - n) & 0x3f]);
    tb_buf_putc(out, '=');
}

/* The style sheet and the hash that allows it, and nothing else, in the page. */
static int add_style(struct tb_templates *templates, struct tb_view *view, struct tb_error *err)
{
    struct tb_buf css = TB_BUF_INIT, hash = TB_BUF_INIT;
    struct tb_digest *digest = tb_digest_new();
    char hex[TB_DIGEST_TEXT];
    int rc = digest ? tb_templates_render(templates, "page.css", view, &css, NULL, err)
                    : tb_error_set(err, "no memory for a page");

    if (rc == 0) {
        tb_digest_add(digest, tb_buf_text(&css), css.len);
        tb_digest_finish(digest, hex);
        put_base64(&hash, hex);
        tb_view_markup_buf(view, "style", &css);
        tb_view_markup_buf(view, "style_hash", &hash);
    }
    tb_digest_free(digest);
    tb_buf_release(&css);
    tb_buf_release(&hash);
    return rc;
}

int tb_html_page(struct tb_templates *templates, const char *lang, const char *kind,
                 const char *title, const char *home, const char *markdown, size_t len,
                 struct tb_buf *out, struct tb_error *err)
{
    struct tb_views views = TB_VIEWS_INIT;
    struct tb_buf plain = TB_BUF_INIT, body = TB_BUF_INIT;
    struct tb_view *view = tb_view_root(&views);
    int rc = tb_html_body(markdown, len, &plain, err);

    if (rc == 0 && view) {
        dress(tb_buf_text(&plain), &body);
        tb_view_text(view, "lang", lang[0] == 'z' ? "zh-CN" : "en");
        tb_view_text(view, "kind", kind);
        tb_view_text(view, "title", title);
        tb_view_text(view, "home", home);
        tb_view_text(view, "index", lang[0] == 'z' ? "首页" : "Index");
        tb_view_markup_buf(view, "body", &body);
        rc = add_style(templates, view, err);
    }
    if (rc == 0)
        rc = tb_views_ok(&views, err)
                 ? tb_templates_render(templates, "page.html", view, out, NULL, err)
                 : -1;
    tb_views_release(&views);
    tb_buf_release(&plain);
    tb_buf_release(&body);
    return rc;
}
