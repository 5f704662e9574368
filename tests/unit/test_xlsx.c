/* test_xlsx.c - numbers, formats, dates and texts of workbooks; parts that are named in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "xlsx/cell.h"
#include "xlsx/format.h"
#include "xlsx/number.h"
#include "xlsx/output.h"
#include "xlsx/serial.h"
#include "xlsx/strings.h"
#include "xlsx/styles.h"
#include "xlsx/workbook.h"

static void numbers(void **state)
{
    /* What stands in <v>, what a spreadsheet shows of it with all digits. */
    static const struct {
        const char *in, *out;
        int shift;
    } cases[] = {
        { "0", "0", 0 },
        { "-0", "0", 0 },
        { "-0.0", "0", 2 },
        { "007", "7", 0 },
        { "2.2999999999999998", "2.3", 0 },
        { "0.30000000000000004", "0.3", 0 },
        { "9.9999999999999996E-2", "0.1", 0 },
        { "0.99999999999999999", "1", 0 },
        { "-99.999999999999999", "-100", 0 },
        { "9999999999999999.6", "10000000000000000", 0 },
        { "1.0000000000000045", "1", 0 },
        { "1.000000000000005", "1.00000000000001", 0 },
        { "1.2E5", "120000", 0 },
        { "1.2e+05", "120000", 0 },
        { "1.2E-5", "0.000012", 0 },
        { "5.", "5", 0 },
        { ".5", "0.5", 0 },
        { "+5", "5", 0 },
        { "20573580103", "20573580103", 0 },
        /* Digits before the point are never changed. */
        { "1234567890123456", "1234567890123456", 0 },
        { "1234567890123455.8", "1234567890123456", 0 },
        { "123456789012345678", "123456789012345678", 0 },
        { "1E18", "1000000000000000000", 0 },
        { "0.053", "5.3", 2 },
        { "5.2999999999999999E-2", "5.3", 2 },
        { "-0.001", "-0.1", 2 },
        { "1", "100", 2 },
        { "1.005", "100.5", 2 },
        { "0.00001", "0.001", 2 },
        { "12.345", "1234.5", 2 },
    };
    static const char *const bad[] = { "",
                                       "-",
                                       ".",
                                       "1.2.3",
                                       "1e",
                                       "1E+",
                                       "1E400",
                                       "1E-400",
                                       "1,2",
                                       " 1",
                                       "1 ",
                                       "0x10",
                                       "nan",
                                       "inf",
                                       "INF",
                                       "1E5x",
                                       "1E99999999999999999999",
                                       "--1" };
    struct tb_xlsx_digits digits;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(tb_xlsx_digits(cases[i].in, strlen(cases[i].in), &digits));
        tb_xlsx_digits_put(&digits, cases[i].shift, &out);
        assert_string_equal(tb_buf_text(&out), cases[i].out);
        tb_buf_clear(&out);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(tb_xlsx_digits(bad[i], strlen(bad[i]), &digits));
    tb_buf_release(&out);
}

/* A decimal of at most 15 digits is what it was when it comes back from a double. */
static void numbers_come_back(void **state)
{
    struct tb_xlsx_digits digits;
    struct tb_buf in = TB_BUF_INIT, stored = TB_BUF_INIT, out = TB_BUF_INIT;
    uint64_t seed = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t whole = (seed >> 33) % 100000000,
                 part = (seed >> 12) % 1000000 * 10 + 1 + seed % 9;
        tb_buf_printf(&in, "%llu.%07llu", (unsigned long long)whole, (unsigned long long)part);
        tb_buf_printf(&stored, "%.17g", strtod(tb_buf_text(&in), NULL));
        assert_true(tb_xlsx_digits(tb_buf_text(&stored), stored.len, &digits));
        tb_xlsx_digits_put(&digits, 0, &out);
        assert_string_equal(tb_buf_text(&out), tb_buf_text(&in));
        tb_buf_clear(&in);
        tb_buf_clear(&stored);
        tb_buf_clear(&out);
    }
    tb_buf_release(&in);
    tb_buf_release(&stored);
    tb_buf_release(&out);
}

enum {
    Y = TB_XLSX_YEAR,
    M = TB_XLSX_MONTH,
    D = TB_XLSX_DAY,
    T = TB_XLSX_TIME,
    E = TB_XLSX_ELAPSED
};

static void formats(void **state)
{
    static const struct {
        const char *code;
        unsigned parts;
        int percent; /* 1 percent, 2 a % that is only shown */
    } cases[] = {
        { "General", 0, 0 },
        { "G/通用格式", 0, 0 },
        { "", 0, 0 },
        { "0.00", 0, 0 },
        { "#,##0.0_);(#,##0.0)", 0, 0 },
        { "#,##0,", 0, 0 },
        { "0.00E+00", 0, 0 },
        { "##0.0E-0", 0, 0 },
        { "# ?\?/?\?", 0, 0 },
        { "[Red]0.0", 0, 0 },
        { "[$¥-804]#,##0.00", 0, 0 },
        { "[DBNum1][$-804]General", 0, 0 },
        { "0\"days\"", 0, 0 },
        { "0\\d", 0, 0 },
        { "@", 0, 0 },
        { "0%", 0, 1 },
        { "0.0%;[Red]-0.0%", 0, 1 },
        { "0.0_%", 0, 0 },
        { "0.0\"%\"", 0, 2 },
        { "0.0\\%", 0, 2 },
        { "yyyy-mm-dd", Y | M | D, 0 },
        { "yyyy\"年\"m\"月\"", Y | M, 0 },
        { "[$-804]yyyy\"年\"m\"月\"d\"日\";@", Y | M | D, 0 },
        { "yyyy年m月", Y | M, 0 },
        { "YYYY/M", Y | M, 0 },
        { "mmm-yy", Y | M, 0 },
        { "yyyy", Y, 0 },
        { "e/m/d", Y | M | D, 0 },
        { "aaaa", D, 0 },
        { "m/d/yy h:mm", Y | M | D | T, 0 },
        { "yyyy-mm-dd hh:mm:ss", Y | M | D | T, 0 },
        { "h:mm", T, 0 },
        { "mm:ss", T, 0 },
        { "mm:ss.0", T, 0 },
        { "h:mm AM/PM", T, 0 },
        { "上午/下午h\"时\"mm\"分\"", T, 0 },
        { "[h]:mm:ss", T | E, 0 },
        { "[mm]:ss", T | E, 0 },
        { "\"", 0, 0 },
        { "[", 0, 0 },
        { "\\", 0, 0 },
        { "_", 0, 0 },
    };
    struct tb_xlsx_format format;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_xlsx_format_parse(cases[i].code, &format);
        const struct tb_xlsx_section *section = &format.section[0];
        if (section->parts != cases[i].parts ||
            section->percent + 2 * section->percent_literal != cases[i].percent)
            fail_msg("%s: parts %u, percent %d", cases[i].code, section->parts, section->percent);
    }
}

static void sections(void **state)
{
    static const struct {
        const char *code, *number;
        bool percent;
    } cases[] = {
        { "0%;0", "1", true },
        { "0%;0", "0", true },
        { "0%;0", "-1", false },
        { "0;0%;0", "-1", true },
        { "0;0%;0", "0", false },
        { "0;0;0%", "0", true },
        { "0;0;0%;@%", "0", true },
        { "0;0;0;@%", "0", false },
        { "[<1]0.0%;0", "0.5", true },
        { "[<1]0.0%;0", "1", false },
        { "[<=1]0.0%;0", "1", true },
        { "[>1]0;0%", "1", true },
        { "[>=1]0;0%", "1", false },
        { "[=0]0;0%", "0", false },
        { "[<>0]0;0%", "0", true },
        { "[>100]0;[<1]0%;0", "0.5", true },
        { "[>100]0;[<1]0%;0", "50", false },
    };
    struct tb_xlsx_format format;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_xlsx_format_parse(cases[i].code, &format);
        if (tb_xlsx_format_section(&format, cases[i].number)->percent != cases[i].percent)
            fail_msg("%s of %s", cases[i].code, cases[i].number);
    }
}

static void builtin_formats(void **state)
{
    static const struct {
        unsigned id, parts;
        bool percent;
    } cases[] = {
        { 0, 0, false },          { 4, 0, false },      { 9, 0, true },
        { 10, 0, true },          { 11, 0, false },     { 14, Y | M | D, false },
        { 17, Y | M, false },     { 20, T, false },     { 22, Y | M | D | T, false },
        { 31, Y | M | D, false }, { 46, T | E, false }, { 49, 0, false },
        { 57, Y | M, false },     { 200, 0, false },
    };
    struct tb_xlsx_format format;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_xlsx_format_builtin(cases[i].id, &format);
        assert_int_equal(format.section[0].parts, cases[i].parts);
        assert_int_equal(format.section[0].percent, cases[i].percent);
    }
}

static void dates(void **state)
{
    /* 45047 is 2023-05-01 in every spreadsheet; 36526 is 2000-01-01 (Excel's documentation of
     * DATE). */
    static const struct {
        const char *serial;
        unsigned parts;
        bool from_1904;
        const char *out; /* NULL: none */
    } cases[] = {
        { "45047", Y | M | D, false, "2023-05-01" },
        { "43585", Y | M | D, true, "2023-05-01" },
        { "36526", Y | M | D, false, "2000-01-01" },
        { "1", Y | M | D, false, "1900-01-01" },
        { "59", Y | M | D, false, "1900-02-28" },
        { "60", Y | M | D, false, "1900-02-29" },
        { "61", Y | M | D, false, "1900-03-01" },
        { "0", Y | M | D, false, "1900-01-00" },
        { "0", Y | M | D, true, "1904-01-01" },
        { "1", Y | M | D, true, "1904-01-02" },
        { "60", Y | M | D, true, "1904-03-01" },
        { "2958465", Y | M | D, false, "9999-12-31" },
        { "2958466", Y | M | D, false, NULL },
        { "99999999", Y | M | D, false, NULL },
        { "-1", Y | M | D, false, NULL },
        { "45047", Y | M, false, "2023-05" },
        { "45048", Y | M, false, "2023-05-02" },
        { "44927", Y, false, "2023" },
        { "45047", Y, false, "2023-05-01" },
        { "45047", M | D, false, "2023-05-01" },
        { "45047", M, false, "2023-05-01" },
        { "45047.354166666664", Y | M | D | T, false, "2023-05-01 08:30:00" },
        { "45047.354166666664", Y | M | D, false, "2023-05-01" },
        { "45047", Y | M | D | T, false, "2023-05-01" },
        { "45047.999999999", Y | M | D | T, false, "2023-05-02" },
        { "0.354166666666667", T, false, "08:30:00" },
        { "1.0E-10", T, false, "00:00:00" },
        { "0.5", T | Y, true, "1904-01-01 12:00:00" },
        { "1.5", T | E, false, "36:00:00" },
        { "45047.5", T, false, "2023-05-01 12:00:00" },
    };
    struct tb_xlsx_digits digits;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(tb_xlsx_digits(cases[i].serial, strlen(cases[i].serial), &digits));
        bool some = tb_xlsx_serial(&digits, cases[i].parts, cases[i].from_1904, &out);
        assert_int_equal(some, cases[i].out != NULL);
        assert_string_equal(tb_buf_text(&out), cases[i].out ? cases[i].out : "");
        tb_buf_clear(&out);
    }
    tb_buf_release(&out);
}

static void texts(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "a_x000D_\nb", "a\nb" }, { "a_x000D_b", "a\nb" },
        { "a\r\nb", "a\nb" },      { "_x005F_x000D_", "_x000D_" },
        { "_x4E2D_", "中" },       { "_x00e9_", "é" },
        { "_xD83D_", "_xD83D_" },  { "_x0000_", "_x0000_" },
        { "_x00G0_", "_x00G0_" },  { "_x0007_", " " },
        { "_x000", "_x000" },      { "a\tb", "a\tb" },
        { "_x000A_", "\n" },       { "", "" },
    };
    struct tb_buf text = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_buf_puts(&text, "_x0041_");
        tb_buf_puts(&text, cases[i].in);
        tb_xlsx_unescape(&text, 7);
        assert_memory_equal(tb_buf_text(&text), "_x0041_", 7);
        assert_string_equal(tb_buf_text(&text) + 7, cases[i].out);
        tb_buf_clear(&text);
    }
    tb_buf_release(&text);
}

static void fields(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "a", "a" },           { "=1+1", "=1+1" },           { "a,b", "\"a,b\"" },
        { "a\nb", "\"a\nb\"" }, { "\"a\"", "\"\"\"a\"\"\"" }, { " a ", " a " },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_xlsx_field_put(&out, cases[i].in, strlen(cases[i].in));
        assert_string_equal(tb_buf_text(&out), cases[i].out);
        tb_buf_clear(&out);
    }
    tb_buf_release(&out);
}

static void references(void **state)
{
    static const char *const bad[] = { "",     "A",     "1",        "A0",
                                       "XFE1", "AAAA1", "A1048577", "a1",
                                       "A1B",  "A-1",   "$A$1",     "A99999999999999999999" };
    size_t column, row;

    (void)state;
    assert_true(tb_xlsx_reference("A1", &column, &row) && column == 0 && row == 0);
    assert_true(tb_xlsx_reference("AA10", &column, &row) && column == 26 && row == 9);
    assert_true(tb_xlsx_reference("XFD1048576", &column, &row) && column == 16383 &&
                row == 1048575);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(tb_xlsx_reference(bad[i], &column, &row));
}

static void targets(void **state)
{
    static const struct {
        const char *source, *target, *out;
    } cases[] = {
        { "", "xl/workbook.xml", "xl/workbook.xml" },
        { "", "/xl/workbook.xml", "xl/workbook.xml" },
        { "xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml" },
        { "xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml" },
        { "xl/a/b.xml", "../c.xml", "xl/c.xml" },
        { "xl/a/b.xml", "./c.xml", "xl/a/c.xml" },
        { "xl/a/b.xml", "../../c.xml", "c.xml" },
        { "xl/a/b.xml", "../../../c.xml", NULL },
        { "", "..", NULL },
        { "", "", NULL },
    };
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = tb_xlsx_target(cases[i].source, cases[i].target, &err);
        if (cases[i].out)
            assert_string_equal(path, cases[i].out);
        else
            assert_null(path);
        free(path);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),         cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(formats),         cmocka_unit_test(sections),
        cmocka_unit_test(builtin_formats), cmocka_unit_test(dates),
        cmocka_unit_test(texts),           cmocka_unit_test(fields),
        cmocka_unit_test(references),      cmocka_unit_test(targets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
