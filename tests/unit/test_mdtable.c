/* test_mdtable.c - Markdown tables: aligned, CJK counted as two, cells escaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "disseminate/template/mdtable.h"
#include "tongbao/buf.h"

static void columns_line_up(void **state)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_mdtable_column(&table, "单位", false);
    tb_mdtable_column(&table, "Growth", true);
    tb_mdtable_cell(&table, "文澜区");
    tb_mdtable_cell(&table, "5.3");
    tb_mdtable_cell(&table, "A");
    tb_mdtable_int(&table, 12);
    assert_int_equal(tb_mdtable_rows(&table), 2);
    tb_mdtable_finish(&table, &out);
    assert_string_equal(tb_buf_text(&out), "| 单位   | Growth |\n"
                                           "| ------ | -----: |\n"
                                           "| 文澜区 |    5.3 |\n"
                                           "| A      |     12 |\n");
    tb_buf_release(&out);
}

static void an_empty_table_is_nothing(void **state)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_mdtable_column(&table, "a", false);
    tb_mdtable_finish(&table, &out);
    assert_string_equal(tb_buf_text(&out), "");
    tb_mdtable_finish(&table, &out); /* finishing twice does no harm */
    tb_buf_release(&out);
}

static void a_cell_cannot_break_out(void **state)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_mdtable_column(&table, "name", false);
    tb_mdtable_cell(&table, "a | b\n| <script>");
    tb_mdtable_link(&table, "x](javascript:1)", "units/x.html");
    tb_mdtable_finish(&table, &out);
    assert_non_null(strstr(tb_buf_text(&out), "a \\| b \\| \\<script\\>"));
    assert_non_null(strstr(tb_buf_text(&out), "\\](javascript"));
    assert_null(strstr(tb_buf_text(&out), "| <script"));
    tb_buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up),
        cmocka_unit_test(an_empty_table_is_nothing),
        cmocka_unit_test(a_cell_cannot_break_out),
    };

    return cmocka_run_group_tests_name("mdtable", tests, NULL, NULL);
}
