/* test_template.c - the template engine: what it prints, and every mistake with its
 * line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "disseminate/template/html.h"
#include "disseminate/template/template.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

/* name = "A*B", html = markup, empty = "", on, off, rows = [{n: 1}, {n: 2}], none = []. */
static struct tb_view *sample(struct tb_views *views)
{
    struct tb_view *root = tb_view_root(views);

    tb_view_text(root, "name", "A*B <i>");
    tb_view_markup(root, "table", "| x |\n");
    tb_view_text(root, "empty", "");
    tb_view_flag(root, "on", true);
    tb_view_flag(root, "off", false);
    for (int i = 1; i <= 2; i++)
        tb_view_int(tb_view_item(root, "rows"), "n", i);
    tb_view_list(root, "none");
    return root;
}

static const struct tb_template *find_twice(void *user, const char *name, size_t len,
                                            struct tb_error *err)
{
    if (len == 4 && strncmp(name, "part", 4) == 0)
        return user;
    (void)tb_error_set(err, "no such partial");
    return NULL;
}

/* The text, or the message of the mistake. */
static char *render(const char *text, enum tb_template_kind kind)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_views views = TB_VIEWS_INIT;
    struct tb_buf out = TB_BUF_INIT;
    struct tb_template *t = tb_template_parse(text, strlen(text), "t.md", kind, &err);
    struct tb_template *part = tb_template_parse("[{{name}}]", 10, "part", kind, &err);

    if (!t || tb_template_render(t, sample(&views), find_twice, part, &out, NULL, &err) < 0) {
        tb_buf_clear(&out);
        tb_buf_puts(&out, err.text);
    }
    tb_template_free(t);
    tb_template_free(part);
    tb_views_release(&views);
    return tb_buf_take(&out);
}

static void templates_print_what_they_say(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "plain", "plain" },
        { "{{name}}", "A\\*B \\<i\\>" },
        { "{{ name }}!", "A\\*B \\<i\\>!" },
        { "{{&table}}", "| x |\n" },
        { "{{#rows}}<{{n}}>{{/rows}}", "<1><2>" },
        { "{{#rows}}{{#on}}{{n}}{{/on}}{{/rows}}", "12" }, /* looked up outwards */
        { "{{#none}}x{{/none}}{{^none}}y{{/none}}", "y" },
        { "{{#on}}a{{/on}}{{#off}}b{{/off}}{{^off}}c{{/off}}", "ac" },
        { "{{#empty}}a{{/empty}}{{^empty}}b{{/empty}}", "b" },
        { "a\n{{#rows}}\n- {{n}}\n{{/rows}}\nb\n", "a\n- 1\n- 2\nb\n" }, /* tags alone on a line */
        { "a\n  {{! note }}  \nb", "a\nb" },
        { "x {{! note }} y", "x  y" },
        { "{{>part}}", "[A\\*B \\<i\\>]" },
        { "{ {{^none}}{{/none}} }", "{  }" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *got = render(cases[i].text, TB_TEMPLATE_MARKDOWN);
        assert_string_equal(got ? got : "", cases[i].want);
        free(got);
    }
}

static void html_templates_escape_html(void **state)
{
    char *got = render("<b>{{name}}</b>", TB_TEMPLATE_HTML);

    (void)state;
    assert_string_equal(got, "<b>A*B &lt;i&gt;</b>");
    free(got);
}

static void mistakes_have_a_place(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "{{#rows}}", "t.md:1:1: '{{#rows}}' is never closed" },
        { "a\nb {{/rows}}", "t.md:2:3: '{{/rows}}' closes nothing" },
        { "{{#on}}{{#off}}{{/on}}", "t.md:1:16: '{{/on}}' where '{{/off}}' was expected" },
        { "通报 {{name", "t.md:1:4: '{{' without '}}'" },
        { "{{}}", "t.md:1:1: '' is not a name, expected letters, digits, '_' or '-'" },
        { "{{a.b}}", "t.md:1:1: 'a.b' is not a name, expected letters, digits, '_' or '-'" },
        { "\n{{nmae}}", "t.md:2:1: 'nmae' is no value that this report has" },
        { "{{#nmae}}{{/nmae}}", "t.md:1:1: 'nmae' is no value that this report has" },
        { "{{&name}}", "t.md:1:1: 'name' is a text: write it without '&', so that it is escaped" },
        { "{{rows}}", "t.md:1:1: 'rows' is a list or a flag, expected a text" },
        { "{{>other}}", "t.md:1:1: no such partial" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *got = render(cases[i].text, TB_TEMPLATE_MARKDOWN);
        assert_string_equal(got, cases[i].want);
        free(got);
    }
}

static void nesting_has_a_limit(void **state)
{
    struct tb_buf text = TB_BUF_INIT;
    char *got;

    (void)state;
    for (int i = 0; i < 1000; i++)
        tb_buf_puts(&text, "{{#on}}");
    got = render(tb_buf_text(&text), TB_TEMPLATE_MARKDOWN);
    assert_non_null(strstr(got, "nested too deeply"));
    free(got);
    tb_buf_release(&text);
}

static void a_partial_that_includes_itself_ends(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_views views = TB_VIEWS_INIT;
    struct tb_buf out = TB_BUF_INIT;
    struct tb_template *t = tb_template_parse("{{>part}}", 9, "t", TB_TEMPLATE_MARKDOWN, &err);

    (void)state;
    assert_int_equal(tb_template_render(t, sample(&views), find_twice, t, &out, NULL, &err), -1);
    assert_non_null(strstr(err.text, "too deep"));
    tb_template_free(t);
    tb_views_release(&views);
    tb_buf_release(&out);
}

/* The last line of defence behind the escapes: even unescaped, nothing runs. */
static void pages_hold_no_html_of_the_text(void **state)
{
    static const char text[] = "# T\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n"
                               "| a | b |\n|---|--:|\n| 1 | 2 |\n";
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    assert_int_equal(tb_html_body(text, sizeof text - 1, &out, &err), 0);
    assert_null(strstr(tb_buf_text(&out), "<script"));
    assert_null(strstr(tb_buf_text(&out), "javascript:"));
    assert_non_null(strstr(tb_buf_text(&out), "<td align=\"right\">2</td>"));
    tb_buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_print_what_they_say),
        cmocka_unit_test(html_templates_escape_html),
        cmocka_unit_test(mistakes_have_a_place),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_partial_that_includes_itself_ends),
        cmocka_unit_test(pages_hold_no_html_of_the_text),
    };

    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
