/* test_outline.c - one tree as text, Markdown and JSON: exact small cases, what is cut, and
 * JSON that any reader takes whatever the texts hold. */
#include "tongbao/outline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/table.h"

/* --- a reader of JSON that only says whether it is any (RFC 8259) --- */

static const char *value(const char *at);

static const char *blank(const char *at)
{
    return at ? at + strspn(at, " \n\t\r") : NULL;
}

static const char *expect(const char *at, char c)
{
    at = blank(at);
    return at && *at == c ? at + 1 : NULL;
}

/* The length of a UTF-8 character of more than one byte; 0: it is none. */
static size_t character(const unsigned char *at)
{
    size_t more = *at >= 0xf0 && *at <= 0xf4 ? 3 : *at >= 0xe0 ? 2 : *at >= 0xc2 ? 1 : 0;

    if (more == 0 || *at > 0xf4)
        return 0;
    for (size_t i = 1; i <= more; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return more + 1;
}

static const char *string(const char *at)
{
    at = expect(at, '"');
    while (at && *at != '"') {
        unsigned char c = (unsigned char)*at;
        if (c < 0x20)
            return NULL;
        if (c == '\\') {
            if (!at[1] || !strchr("\"\\/bfnrtu", at[1]))
                return NULL;
            if (at[1] == 'u' && strspn(at + 2, "0123456789abcdefABCDEF") < 4)
                return NULL;
            at += at[1] == 'u' ? 6 : 2;
        } else if (c < 0x80) {
            at++;
        } else {
            size_t n = character((const unsigned char *)at);
            at = n ? at + n : NULL;
        }
    }
    return at ? at + 1 : NULL;
}

static const char *members(const char *at, char end)
{
    if (expect(at, end))
        return expect(at, end);
    for (;;) {
        if (end == '}')
            at = expect(string(blank(at)), ':');
        at = at ? value(at) : NULL;
        if (!at || expect(at, end))
            return at ? expect(at, end) : NULL;
        at = expect(at, ',');
    }
}

static const char *value(const char *at)
{
    at = blank(at);
    if (!at)
        return NULL;
    if (*at == '{' || *at == '[')
        return members(at + 1, *at == '{' ? '}' : ']');
    if (*at == '"')
        return string(at);
    if (strncmp(at, "true", 4) == 0)
        return at + 4;
    if (strncmp(at, "false", 5) == 0)
        return at + 5;
    size_t sign = *at == '-', digits = strspn(at + sign, "0123456789");
    return digits ? at + sign + digits : NULL;
}

static bool is_json(const char *text)
{
    const char *end = blank(value(text));

    return end && !*end;
}

static void test_the_reader(void **state)
{
    (void)state;
    assert_true(is_json("{\"a\": [1, -2, \"\\u00e4\\n\", {}, []], \"b\": true}\n"));
    assert_false(is_json("{\"a\": }"));
    assert_false(is_json("{\"a\": \"\n\"}"));
    assert_false(is_json("[1,]"));
    assert_false(is_json("[\"\xff\"]"));
    assert_false(is_json("[\"\xe4\xb8\"]"));
    assert_false(is_json("{} x"));
}

/* --- building --- */

static void expect_written(const struct tb_outline *outline, enum tb_outline_format format,
                           const char *expected)
{
    struct tb_buf out = TB_BUF_INIT;

    tb_outline_write(outline, format, &out);
    assert_false(out.failed);
    assert_string_equal(tb_buf_text(&out), expected);
    tb_buf_release(&out);
}

static void build(struct tb_outline *outline)
{
    struct tb_node *root = tb_outline_root(outline, "West  sales");
    struct tb_node *list, *item, *inner, *table;

    tb_node_value(root, "run", "2023-05");
    list = tb_node_list(root, "checks", "checks");
    item = tb_node_item(list, "ytd  failed");
    tb_node_shown(item, "observed", "observed", "84 | *");
    tb_node_said(item, "", "by itself");
    tb_node_said(item, "unsaid", "");
    tb_node_number(item, "line", 7);
    tb_node_flag(item, "held", true);
    tb_node_value(item, "line", "later values are dropped");
    inner = tb_node_object(item, "outlook");
    tb_node_shown(inner, "chance", "chance", "0.9");
    table = tb_node_table(item, "around", NULL, "rl");
    for (int i = 9; i <= 10; i++) {
        char text[8];
        snprintf(text, sizeof text, "%d", i);
        struct tb_node *row = tb_node_item(table, NULL);
        tb_node_shown(row, "rank", "place", text);
        tb_node_said(row, "unit", i == 9 ? "东区" : "West");
    }
    tb_node_empty(tb_node_list(root, "edits", "edits"), "none");
    (void)tb_node_list(root, "marks", "marks");
}

static void test_three_writers(void **state)
{
    struct tb_outline outline = { 0 };

    (void)state;
    build(&outline);
    expect_written(&outline, TB_OUTLINE_TEXT,
                   "West  sales\n"
                   "\n"
                   "checks\n"
                   "  ytd  failed\n"
                   "      observed      84 | *\n"
                   "      by itself\n"
                   "      chance        0.9\n"
                   "       9  东区\n"
                   "      10  West\n"
                   "\n"
                   "edits\n"
                   "  none\n");
    expect_written(&outline, TB_OUTLINE_MD,
                   "# West sales\n"
                   "\n"
                   "\n## checks\n\n"
                   "- ytd failed\n"
                   "  - **observed** 84 \\| \\*\n"
                   "  - by itself\n"
                   "  - **chance** 0.9\n"
                   "\n"
                   "  | place | unit |\n"
                   "  |---:|---|\n"
                   "  | 9 | 东区 |\n"
                   "  | 10 | West |\n"
                   "\n"
                   "\n## edits\n\n"
                   "- none\n");
    expect_written(&outline, TB_OUTLINE_JSON,
                   "{\n"
                   "  \"text\": \"West  sales\",\n"
                   "  \"run\": \"2023-05\",\n"
                   "  \"checks\": [\n"
                   "    {\n"
                   "      \"text\": \"ytd  failed\",\n"
                   "      \"observed\": \"84 | *\",\n"
                   "      \"line\": 7,\n"
                   "      \"held\": true,\n"
                   "      \"outlook\": {\n"
                   "        \"chance\": \"0.9\"\n"
                   "      },\n"
                   "      \"around\": [\n"
                   "        {\n"
                   "          \"rank\": \"9\"\n"
                   "        },\n"
                   "        {\n"
                   "          \"rank\": \"10\"\n"
                   "        }\n"
                   "      ]\n"
                   "    }\n"
                   "  ],\n"
                   "  \"edits\": [],\n"
                   "  \"marks\": []\n"
                   "}\n");
    tb_outline_release(&outline);
}

static void test_columns(void **state)
{
    static const char csv[] = "unit,value\nA,\"1,5\"\n";
    struct tb_outline outline = { 0 };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_table *table = tb_table_parse(csv, sizeof csv - 1, "t.csv", NULL, &err);

    (void)state;
    assert_non_null(table);
    tb_node_columns(tb_outline_root(&outline, NULL), table, 0);
    expect_written(&outline, TB_OUTLINE_JSON,
                   "{\n  \"unit\": \"A\",\n  \"value\": \"1,5\"\n}\n");
    tb_table_free(table);
    tb_outline_release(&outline);
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
        n++;
    return n;
}

static void test_what_is_cut(void **state)
{
    struct tb_outline outline = { 0 };
    struct tb_node *root = tb_outline_root(&outline, NULL);
    struct tb_node *list = tb_node_list(root, "rows", "rows"), *item;
    struct tb_buf out = TB_BUF_INIT, marks = TB_BUF_INIT, wide = TB_BUF_INIT;

    (void)state;
    for (int i = 0; i < TB_OUTLINE_ROWS + 40; i++)
        (void)tb_node_item(list, "row");
    for (int i = 0; i < 5000; i++)
        tb_buf_printf(&marks, "%smark", i ? "; " : "");
    for (int i = 0; i < TB_OUTLINE_CHARS + 7; i++)
        tb_buf_puts(&wide, "统");
    item = tb_node_item(tb_node_list(root, "more", "more"), NULL);
    tb_node_parts(item, "marks", "marks", tb_buf_text(&marks), "; ", 10);
    tb_node_shown(item, "wide", "wide", tb_buf_text(&wide));
    tb_outline_write(&outline, TB_OUTLINE_TEXT, &out);
    assert_int_equal(count(tb_buf_text(&out), "  row\n"), TB_OUTLINE_ROWS);
    assert_non_null(strstr(tb_buf_text(&out), "  ... and 40 more\n"));
    assert_int_equal(count(tb_buf_text(&out), "mark;"), 10);
    assert_non_null(strstr(tb_buf_text(&out), "mark; ... and 4990 more\n"));
    assert_int_equal(count(tb_buf_text(&out), "统"), TB_OUTLINE_CHARS);
    assert_non_null(strstr(tb_buf_text(&out), "统 ... (7 more characters)\n"));
    tb_buf_clear(&out);
    tb_outline_write(&outline, TB_OUTLINE_JSON, &out);
    assert_int_equal(count(tb_buf_text(&out), "\"text\": \"row\""), TB_OUTLINE_ROWS + 40);
    assert_int_equal(count(tb_buf_text(&out), "mark"), 5001); /* and the name */
    assert_int_equal(count(tb_buf_text(&out), "统"), TB_OUTLINE_CHARS + 7);
    tb_buf_release(&out);
    tb_buf_release(&marks);
    tb_buf_release(&wide);
    tb_outline_release(&outline);
}

/* Bytes that mean something to one of the readers, and halves of characters. */
static void random_text(uint32_t *seed, char *out, size_t len)
{
    static const char *const pieces[] = { "\"", "\\", "\n", "\x01", "\xff", "\xe4\xb8", "\xe4\xb8\xad",
                                          "|",  "*",  "a",  "\x7f", "\xc2\x85", "\xe2\x80\xa8", "<b>" };
    size_t at = 0;

    while (at + 4 < len) {
        *seed = *seed * 1664525u + 1013904223u;
        const char *piece = pieces[(*seed >> 16) % (sizeof pieces / sizeof *pieces)];
        memcpy(out + at, piece, strlen(piece));
        at += strlen(piece);
    }
    out[at] = '\0';
}

static void test_hostile_texts(void **state)
{
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct tb_outline outline = { .zh = round % 2 };
        struct tb_buf out = TB_BUF_INIT;
        char a[40], b[900];
        random_text(&seed, a, sizeof a);
        random_text(&seed, b, sizeof b);
        struct tb_node *list = tb_node_list(tb_outline_root(&outline, b), "list", a);
        struct tb_node *item = tb_node_item(list, b);
        tb_node_shown(item, a, a, b);
        tb_node_parts(item, "parts", a, b, "a", 3);
        tb_node_shown(tb_node_item(tb_node_table(item, "t", a, "l"), NULL), "cell", a, b);
        tb_outline_write(&outline, TB_OUTLINE_JSON, &out);
        assert_true(is_json(tb_buf_text(&out)));
        tb_buf_clear(&out);
        tb_outline_write(&outline, TB_OUTLINE_TEXT, &out);
        for (const char *at = tb_buf_text(&out); *at; at++)
            assert_true((unsigned char)*at >= 0x20 || *at == '\n');
        tb_buf_clear(&out);
        tb_outline_write(&outline, TB_OUTLINE_MD, &out);
        assert_null(strstr(tb_buf_text(&out), "<b>"));
        tb_buf_release(&out);
        tb_outline_release(&outline);
    }
}

static void test_a_failure_is_told(void **state)
{
    struct tb_outline outline = { 0 };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_node_fail(tb_outline_root(&outline, "x"));
    tb_outline_write(&outline, TB_OUTLINE_TEXT, &out);
    assert_true(out.failed);
    tb_buf_release(&out);
    tb_outline_release(&outline);
    assert_int_equal(tb_outline_format("json"), TB_OUTLINE_JSON);
    assert_int_equal(tb_outline_format("xml"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_reader),      cmocka_unit_test(test_three_writers),
        cmocka_unit_test(test_columns),         cmocka_unit_test(test_what_is_cut),
        cmocka_unit_test(test_hostile_texts),   cmocka_unit_test(test_a_failure_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
