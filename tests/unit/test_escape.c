/* test_escape.c - text from outside cannot leave its place.
 *
 * Each escape has a table, and a property checked on random bytes that lean
 * towards the dangerous ones.  Markdown is judged by cmark-gfm with all of its
 * extensions: what it reads must be one piece of text, the one we put in.
 */
#include "tongbao/error.h"
#include "tongbao/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

#include "tongbao/buf.h"

#define N(array) (sizeof(array) / sizeof *(array))

enum { N_ROUNDS = 20000 };

typedef void (*escape_fn)(struct tb_buf *out, const char *text);

struct pair {
    const char *in, *out;
};

static void check_table(escape_fn escape, const struct pair *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_buf out = TB_BUF_INIT;
        escape(&out, cases[i].in);
        assert_string_equal(tb_buf_text(&out), cases[i].out);
        tb_buf_release(&out);
    }
}

/* Pieces that mean something to somebody. */
static const char *const pieces[] = {
    "<",
    ">",
    "&",
    "\"",
    "'",
    "`",
    "\\",
    "|",
    "\n",
    "\r",
    "\t",
    "*",
    "_",
    "[",
    "]",
    "(",
    ")",
    "!",
    "#",
    "-",
    "+",
    "=",
    "~",
    "~~",
    ":",
    ".",
    "1",
    "1.",
    "@",
    "$",
    "^",
    "{",
    "}",
    "%",
    "http://",
    "www.",
    "a",
    "b.cn",
    "x@y.cn",
    "&amp;",
    "&#60;",
    "<b>",
    "<!--",
    "](",
    "![",
    " ",
    "  ",
    "    ",
    "双清",
    "\xff",
    "\xe5\x8f",
    "\x01",
    "\x7f",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "\xe2\x80\xae",
    "[ ] ",
    "---",
    "***",
    ":-:",
    "ftp:",
    "mailto:",
    "[^1]",
    "[x]: y",
};

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 16;
}

static void random_text(uint64_t *random, struct tb_buf *text)
{
    size_t n = next_random(random) % 9;

    tb_buf_clear(text);
    for (size_t i = 0; i < n; i++) {
        if (next_random(random) % 4 == 0)
            tb_buf_putc(text, (char)(next_random(random) % 255 + 1));
        else
            tb_buf_puts(text, pieces[next_random(random) % N(pieces)]);
    }
}

typedef void (*judge_fn)(const char *in, const struct tb_buf *out);

/* Escapes random texts; what comes out is valid UTF-8 and passes `judge`. */
static void check_random(escape_fn escape, judge_fn judge)
{
    uint64_t random = UINT64_C(88172645463325252);
    struct tb_buf text = TB_BUF_INIT;
    struct tb_buf out = TB_BUF_INIT;

    for (int round = 0; round < N_ROUNDS; round++) {
        random_text(&random, &text);
        tb_buf_clear(&out);
        escape(&out, tb_buf_text(&text));
        assert_true(tb_utf8_valid(tb_buf_text(&out), out.len, NULL));
        judge(tb_buf_text(&text), &out);
    }
    tb_buf_release(&text);
    tb_buf_release(&out);
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void judge_html(const char *in, const struct tb_buf *out)
{
    static const char *const entities[] = { "amp;", "lt;", "gt;", "quot;", "#39;" };

    (void)in;
    assert_null(strpbrk(tb_buf_text(out), "<>\"'"));
    for (const char *at = tb_buf_text(out); (at = strchr(at, '&')) != NULL; at++) {
        size_t known = 0;
        for (size_t i = 0; i < N(entities); i++)
            known += strncmp(at + 1, entities[i], strlen(entities[i])) == 0;
        assert_int_equal(known, 1);
    }
    for (size_t i = 0; i < out->len; i++) {
        unsigned char c = (unsigned char)out->data[i];
        assert_true(c >= 0x20 || c == '\t' || c == '\n' || c == '\r');
    }
}

static void test_html(void **state)
{
    static const struct pair cases[] = {
        { "R&D <b>\"双清\"</b>", "R&amp;D &lt;b&gt;&quot;双清&quot;&lt;/b&gt;" },
        { "it's", "it&#39;s" },
        { "&amp;", "&amp;amp;" },
        { "a\x01\xff"
          "b",
          "a\xef\xbf\xbd\xef\xbf\xbd"
          "b" },
        { "", "" },
    };

    (void)state;
    check_table(tb_escape_html, cases, N(cases));
    check_random(tb_escape_html, judge_html);
}

static void judge_gnuplot(const char *in, const struct tb_buf *out)
{
    const char *at = tb_buf_text(out);

    (void)in;
    assert_true(out->len >= 2);
    assert_int_equal(at[0], '"');
    assert_int_equal(at[out->len - 1], '"');
    for (size_t i = 1; i + 1 < out->len; i++) {
        if (at[i] == '\\') {
            for (size_t k = 1; k <= 3; k++)
                assert_in_range(at[i + k], '0', '7');
            i += 3;
            /* gnuplot would read a fourth digit after \0oo into the escape */
            assert_false(at[i + 1] >= '0' && at[i + 1] <= '9');
            continue;
        }
        assert_true((unsigned char)at[i] >= 0x80 || at[i] == ' ' || is_word(at[i]));
    }
}

static void test_gnuplot(void **state)
{
    static const struct pair cases[] = {
        { "双清 5", "\"双清 5\"" },
        { "`id`", "\"\\140id\\140\"" },
        { "\".system(\"x\").\"", "\"\\042\\056system\\050\\042x\\042\\051\\056\\042\"" },
        { "a\\b\n", "\"a\\134b\\012\"" },
        { "7\x01"
          "7",
          "\"7\\001\\067\"" },
        { "+7.12 a3", "\"\\053\\067\\056\\061\\062 a3\"" },
        { "\xff", "\"\xef\xbf\xbd\"" },
        { "", "\"\"" },
    };

    (void)state;
    check_table(tb_escape_gnuplot, cases, N(cases));
    check_random(tb_escape_gnuplot, judge_gnuplot);
}

static void judge_json(const char *in, const struct tb_buf *out)
{
    const char *at = tb_buf_text(out);

    (void)in;
    for (size_t i = 0; i < out->len; i++) {
        assert_true((unsigned char)at[i] >= 0x20);
        assert_int_not_equal(at[i], '"');
        if (at[i] != '\\')
            continue;
        assert_non_null(strchr("\"\\bfnrtu", at[++i]));
        if (at[i] == 'u')
            assert_int_equal(strspn(at + i + 1, "0123456789abcdef") >= 4, 1);
    }
}

static void test_json(void **state)
{
    static const struct pair cases[] = {
        { "\"双清\"\\", "\\\"双清\\\"\\\\" }, { "\b\t\n\v\f\r", "\\b\\t\\n\\u000b\\f\\r" },
        { "\x01\x7f", "\\u0001\\u007f" },     { "\xe2\x80\xa8", "\\u2028" },
        { "\xff", "\xef\xbf\xbd" },
    };

    (void)state;
    check_table(tb_escape_json, cases, N(cases));
    check_random(tb_escape_json, judge_json);
}

static void test_terminal(void **state)
{
    struct tb_buf out = TB_BUF_INIT;
    static const char bytes[] = "双\x1b[2J\0\xff\xc2\x9b\xe2\x80\xae\xe5\x8f\n";

    (void)state;
    tb_escape_terminal(&out, bytes, sizeof bytes - 1);
    assert_string_equal(tb_buf_text(&out),
                        "双\\x1b[2J\\x00\\xff\\xc2\\x9b\\xe2\\x80\\xae\\xe5\\x8f\\x0a");
    tb_buf_release(&out);
}

/* The document that cmark-gfm reads, all extensions on. */
static cmark_node *read_markdown(const char *text)
{
    static const char *const extensions[] = { "table", "autolink", "strikethrough", "tasklist" };
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_SMART);

    for (size_t i = 0; i < N(extensions); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text, strlen(text));
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

/* Fails on a node of a type that is not allowed; counts paragraphs and cells. */
static size_t count_nodes(cmark_node *document, const char *const allowed[], const char *in,
                          const char *markdown)
{
    cmark_iter *iter = cmark_iter_new(document);
    size_t n_places = 0;

    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        const char *type = cmark_node_get_type_string(node);
        size_t i = 0;
        while (allowed[i] && strcmp(type, allowed[i]) != 0)
            i++;
        if (!allowed[i])
            fail_msg("'%s' became '%s', which holds a %s", in, markdown, type);
        if (cmark_iter_get_event_type(iter) == CMARK_EVENT_ENTER)
            n_places += strcmp(type, "paragraph") == 0 || strcmp(type, "table_cell") == 0;
    }
    cmark_iter_free(iter);
    return n_places;
}

static void judge_markdown(const char *in, const struct tb_buf *out)
{
    static const char *const in_paragraph[] = { "document", "paragraph", "text", NULL };
    static const char *const in_table[] = { "document",  "table",      "table_header",
                                            "table_row", "table_cell", "text",
                                            NULL };
    struct tb_buf table = TB_BUF_INIT;
    const char *text = tb_buf_text(out);

    assert_null(strpbrk(text, "\n\r"));
    for (size_t i = 0; i < out->len; i++) {
        if (text[i] == '\\')
            i++;
        else
            assert_int_not_equal(text[i], '|');
    }
    cmark_node *document = read_markdown(text);
    assert_true(count_nodes(document, in_paragraph, in, text) <= 1);
    cmark_node_free(document);
    tb_buf_printf(&table, "| a | b |\n|---|---|\n| %s | z |\n", text);
    document = read_markdown(tb_buf_text(&table));
    assert_int_equal(count_nodes(document, in_table, in, text), 4);
    cmark_node_free(document);
    tb_buf_release(&table);
}

static void test_markdown(void **state)
{
    static const struct pair cases[] = {
        { "retail_sales", "retail\\_sales" },
        { "-5.3", "-5.3" },
        { "1.5", "1.5" },
        { "12:30", "12:30" },
        { "2023-05-01", "2023-05-01" },
        { "1. item", "1\\. item" },
        { "- item", "\\- item" },
        { "---", "\\---" },
        { "# head", "\\# head" },
        { "a|b", "a\\|b" },
        { "a\n\n  b", "a b" },
        { "    code", "code" },
        { "<script>", "\\<script\\>" },
        { "http://x.cn", "http\\://x.cn" },
        { "Gravest: R1F", "Gravest: R1F" },
        { "www.x.cn", "www\\.x.cn" },
        { "a@b.cn", "a\xe2\x81\xa0@b.cn" },
        { "[a](b)", "\\[a\\](b)" },
        { "双清\xff", "双清\xef\xbf\xbd" },
        { "", "" },
    };

    (void)state;
    check_table(tb_escape_markdown, cases, N(cases));
    check_random(tb_escape_markdown, judge_markdown);
}

/* Read back, the text is the one that was put in. */
static void test_markdown_reads_back(void **state)
{
    static const char *const texts[] = {
        "R&D &amp; <b> 双清 *a* _b_ `c` [d](e) ~~f~~ | g \\ h",
        "\\| \\\\| |",
        "http://x.cn www.y.cn ftp://z",
        "1) one",
        "+ plus",
        "&#60;",
        "100%! #3 (a) {b} \"c\" 'd'",
    };

    (void)state;
    for (size_t i = 0; i < N(texts); i++) {
        struct tb_buf out = TB_BUF_INIT;
        struct tb_buf read = TB_BUF_INIT;
        tb_escape_markdown(&out, texts[i]);
        cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
        cmark_parser_feed(parser, out.data, out.len);
        cmark_node *document = cmark_parser_finish(parser);
        cmark_iter *iter = cmark_iter_new(document);
        cmark_event_type event;
        while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
            const char *literal = cmark_node_get_literal(cmark_iter_get_node(iter));
            if (event == CMARK_EVENT_ENTER && literal)
                tb_buf_puts(&read, literal);
        }
        assert_string_equal(tb_buf_text(&read), texts[i]);
        cmark_iter_free(iter);
        cmark_node_free(document);
        cmark_parser_free(parser);
        tb_buf_release(&out);
        tb_buf_release(&read);
    }
}

/* A file name in a message went to the terminal with bytes that it obeys. */
static void test_errors_are_printable(void **state)
{
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    tb_error_set(&err, "no '%s'", "双\x1b[2J\xff\xc2\x9b\xe2\x80\xae\x9b\xe5\x8f");
    assert_string_equal(err.text,
                        "no '双\\x1b[2J\\xff\\xc2\\x9b\\xe2\\x80\\xae\\x9b\\xe5\\x8f'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html),     cmocka_unit_test(test_gnuplot),
        cmocka_unit_test(test_json),     cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_markdown), cmocka_unit_test(test_errors_are_printable),
        cmocka_unit_test(test_markdown_reads_back),
    };

    cmark_gfm_core_extensions_ensure_registered();
    return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
