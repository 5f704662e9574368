/* test_readback.c - the last pass finds a number that is not the data's, wherever it
 * came from: the template, the finished text, or a sentence that made it up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/words/numbers.h"
#include "disseminate/words/prose.h"
#include "disseminate/words/readback.h"
#include "disseminate/template/template.h"
#include "disseminate/template/view.h"
#include "tongbao/error.h"

static const char templ[] = "# {{title}}\n\n## 1 Results\n\n- {{text}} {{n}} in all.\n{{&table}}";

struct world {
    struct tb_readback readback;
    struct tb_views views;
    struct tb_view *root;
    struct tb_style style;
    struct tb_buf text;
    struct tb_trace trace;
    struct tb_error err;
};

/* "PM2.5 up 5.3%, 全市第十二; 1,234 yuan" made by the formatters; `made_up` is put in by hand. */
static void set_up(struct world *w, const char *made_up)
{
    struct tb_buf out = TB_BUF_INIT;

    *w = (struct world){ .views = TB_VIEWS_INIT, .err = TB_ERROR_INIT };
    w->views.readback = &w->readback;
    w->style = (struct tb_style){ "en", 1, TB_ROUND_HALF_UP, &w->readback };
    w->root = tb_view_root(&w->views);
    tb_view_text(w->root, "title", "Bulletin 2023-05");
    tb_view_markup(w->root, "table", "| 99 |\n");
    tb_buf_printf(&out, "%s ", tb_number_quote(&w->style, "PM2.5"));
    tb_prose_growth(&out, &w->style, (struct tb_decimal){ 53, 1 });
    tb_buf_puts(&out, ", ");
    w->style.lang = "zh";
    tb_prose_place(&out, &w->style, "全市", 12, false);
    w->style.lang = "en";
    tb_buf_puts(&out, "; ");
    tb_number_count(&out, &w->style, 1234);
    tb_buf_printf(&out, " yuan%s.", made_up);
    tb_view_buf(w->root, "text", &out);
    tb_view_int(w->root, "n", 7);
    tb_buf_release(&out);
}

static void render(struct world *w, const char *text)
{
    struct tb_template *t =
        tb_template_parse(text, strlen(text), "t.md", TB_TEMPLATE_MARKDOWN, &w->err);

    assert_non_null(t);
    assert_int_equal(tb_template_render(t, w->root, NULL, NULL, &w->text, &w->trace, &w->err), 0);
    tb_template_free(t);
}

static void tear_down(struct world *w)
{
    tb_trace_release(&w->trace);
    tb_buf_release(&w->text);
    tb_buf_release(&w->readback.noted);
    tb_views_release(&w->views);
}

/* Puts `to` where `from` stands in the finished text; both are of one length. */
static void change(struct world *w, const char *from, const char *to)
{
    char *at = strstr(w->text.data, from);

    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
}

static void a_true_text_passes(void **state)
{
    struct world w;

    (void)state;
    set_up(&w, "");
    render(&w, templ);
    assert_string_equal(w.text.data,
                        "# Bulletin 2023-05\n\n## 1 Results\n\n"
                        "- PM2.5 up 5.3%, 全市第十二; 1,234 yuan. 7 in all.\n| 99 |\n");
    assert_int_equal(tb_readback_check(&w.text, &w.trace, "t.md", &w.err), 0);
    tear_down(&w);
}

static void a_changed_text_does_not(void **state)
{
    static const struct {
        const char *from, *to, *want;
    } cases[] = {
        { "5.3%", "5.4%", "t.md:5: number '5.4' is not one of the data's" },
        { "1,234", "1,243", "t.md:5: number '1243' is not one of the data's" },
        { "第十二", "第十一", "t.md:5: number '第十一' is not one of the data's" },
        { "PM2.5", "PM2.6", "t.md:5: number '2.6' is not one of the data's" },
        { "PM2.5", "PM5.3", "t.md:5: number '5.3' is not one of the data's" }, /* once, not twice */
        { "7 in", "8 in", "t.md:5: number '8' is not one of the data's" },
        { "all.", "100.",
          "t.md:5: number '100' stands in the template, expected numbers of the data only" },
        { "2023-05", "2023-06", "t.md:1: number '06' is not one of the data's" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        set_up(&w, "");
        render(&w, templ);
        change(&w, cases[i].from, cases[i].to);
        assert_int_equal(tb_readback_check(&w.text, &w.trace, "t.md", &w.err), -1);
        assert_string_equal(w.err.text, cases[i].want);
        tear_down(&w);
    }
}

static void a_template_has_no_numbers_of_its_own(void **state)
{
    static const struct {
        const char *text;
        bool passes;
    } cases[] = {
        { "## Annex 1\n\n{{text}}\n", true },
        { "{{text}} up 5.3%\n", false },
        { "about 12 of {{n}}\n", false },
        { "第三：{{n}}\n", false },
        { "{{n}}\n\n## 2 of 3\n", true },
        { "{{text}}{{text}}\n", true },
        { "{{#text}}{{n}}{{/text}} ({{n}})\n", true },
        { "x {{n}}5\n", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        set_up(&w, "");
        render(&w, cases[i].text);
        assert_int_equal(tb_readback_check(&w.text, &w.trace, "t.md", &w.err),
                         cases[i].passes ? 0 : -1);
        tear_down(&w);
    }
}

static void a_number_nobody_took_from_the_data(void **state)
{
    struct world w;

    (void)state;
    set_up(&w, ", 3 more");
    render(&w, templ);
    assert_int_equal(tb_readback_check(&w.text, &w.trace, "t.md", &w.err), -1);
    assert_string_equal(w.err.text, "t.md:5: number '3' is not one of the data's");
    tear_down(&w);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_text_passes),
        cmocka_unit_test(a_changed_text_does_not),
        cmocka_unit_test(a_template_has_no_numbers_of_its_own),
        cmocka_unit_test(a_number_nobody_took_from_the_data),
    };

    return cmocka_run_group_tests_name("readback", tests, NULL, NULL);
}
