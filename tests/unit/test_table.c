/* test_table.c - small tables with a header. */
#include "tongbao/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tongbao/diag.h"
#include "tongbao/error.h"

struct heard {
    char text[1024];
};

static void hear(void *user, enum tb_severity severity, const struct tb_place *place,
                 const char *text)
{
    struct heard *heard = user;
    size_t n = strlen(heard->text);

    (void)severity;
    snprintf(heard->text + n, sizeof heard->text - n, "%u:%u %s\n", (unsigned)place->line,
             (unsigned)place->column, text);
}

static struct tb_table *parse(const char *text, struct heard *heard)
{
    struct tb_diag diag = { .sink = hear, .user = heard };
    struct tb_error err = TB_ERROR_INIT;

    heard->text[0] = '\0';
    struct tb_table *table = tb_table_parse(text, strlen(text), "t.csv", &diag, &err);
    assert_non_null(table);
    return table;
}

static void test_cells(void **state)
{
    struct heard heard;
    struct tb_table *table = parse("\xef\xbb\xbf"
                                   "a,名称,c\r\n"
                                   "1, 双清区 ,\"x \"\"y\"\"\"\r\n"
                                   "\r\n"
                                   ",,\r\n"
                                   "\"two\nlines\",z\r\n"
                                   "'=1+1,-5,'x\r\n",
                                   &heard);

    (void)state;
    assert_string_equal(heard.text, "");
    assert_int_equal(tb_table_rows(table), 3);
    assert_int_equal(tb_table_columns(table), 3);
    assert_string_equal(tb_table_head(table, 1), "名称");
    assert_int_equal(tb_table_column(table, "none"), -1);
    assert_string_equal(tb_table_get(table, 0, "名称"), "双清区");
    assert_string_equal(tb_table_get(table, 0, "c"), "x \"y\"");
    assert_int_equal(tb_table_cell_column(table, 0, 1), 4);
    /* `1, 双清区 ,"` is nine characters: x is the tenth. */
    assert_int_equal(tb_table_cell_column(table, 0, 2), 10);
    assert_string_equal(tb_table_cell(table, 1, 0), "two\nlines");
    assert_string_equal(tb_table_cell(table, 1, 2), ""); /* a short row */
    assert_int_equal(tb_table_line(table, 1), 5);
    assert_int_equal(tb_table_cell_column(table, 1, 1), 8);  /* behind lines", */
    assert_string_equal(tb_table_cell(table, 2, 0), "=1+1"); /* the writer's guard is off */
    assert_string_equal(tb_table_cell(table, 2, 1), "-5");
    assert_string_equal(tb_table_cell(table, 2, 2), "'x");
    assert_string_equal(tb_table_cell(table, 9, 0), "");
    assert_string_equal(tb_table_cell(table, 0, -1), "");
    tb_table_free(table);
}

static void test_faults(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "", "0:0 the table is empty, expected a line of column heads\n" },
        { "a,b\n1,2,,\n", "" },
        { "a,b\n1,2,3\n", "2:5 beyond the last column head: the cell '3'\n" },
        { "a,b,a\n", "1:5 a second column 'a'\n" },
        { "a,,b\n", "1:3 a column without a head\n" },
        { "a,b\n1,\xff\n", "2:3 not UTF-8, expected a table saved as CSV UTF-8\n" },
        { "a,b\n\"1,2\n3,4\n", "2:0 a quoted cell never closes\n" },
        { "a,b\n1\"2,3\n",
          "2:0 a quote inside a cell, expected the whole cell in quotes and \"\" for each\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct heard heard;
        struct tb_table *table = parse(cases[i].text, &heard);

        assert_string_equal(heard.text, cases[i].expected);
        tb_table_free(table);
    }
}

static void test_absent_file(void **state)
{
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_null(tb_table_read("/nonexistent/t.csv", NULL, NULL, &err));
    assert_true(err.text[0] != '\0');
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_absent_file),
    };

    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
