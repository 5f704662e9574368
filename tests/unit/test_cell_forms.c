/* test_cell_forms.c - what stands before and behind a number: flags, footnote
 * marks, words of direction; decimal comma; what a spreadsheet makes of numbers.
 *
 * Expected values worked by hand from the text.
 */
#include "collect/cell/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/observation.h"

#define N(array) (sizeof(array) / sizeof *(array))

enum { PLAIN, MARKED = 1, DIRECTED = 2, ON_YEAR = 4, ON_BEFORE = 8 };

static const struct taken {
    const char *text;
    int64_t units;
    int32_t scale;
    const char *suffix; /* NULL: none */
    uint8_t flag;
    int what;
} taken[] = {
    /* footnote marks: never a digit of the number */
    { "123.4*", 1234, 1, NULL, 0, MARKED },
    { "123.4**", 1234, 1, NULL, 0, MARKED },
    { "123.4 *", 1234, 1, NULL, 0, MARKED },
    { "123①", 123, 0, NULL, 0, MARKED },
    { "123.4¹", 1234, 1, NULL, 0, MARKED },
    { "12²", 12, 0, NULL, 0, MARKED },
    { "1,234⑫", 1234, 0, NULL, 0, MARKED },
    { "123.4[1]", 1234, 1, NULL, 0, MARKED },
    { "123.4（1）", 1234, 1, NULL, 0, MARKED },
    { "123.4⑴", 1234, 1, NULL, 0, MARKED },
    { "123.4(注1)", 1234, 1, NULL, 0, MARKED },
    { "5.3%*", 53, 1, "%", 0, MARKED },
    { "5.3*%", 53, 1, "*%", 0, PLAIN }, /* no unit of measure, which the next step says */
    { "12万元①", 12, 0, "万元", 0, MARKED },
    { "(5.3①)", -53, 1, NULL, 0, MARKED },
    { "90m²", 90, 0, "m²", 0, PLAIN },
    { "90㎡*", 90, 0, "m2", 0, MARKED },
    /* flags */
    { "123.4p", 1234, 1, NULL, TB_STATUS_P, PLAIN },
    { "123.4 P", 1234, 1, NULL, TB_STATUS_P, PLAIN },
    { "123.4 (p)", 1234, 1, NULL, TB_STATUS_P, PLAIN },
    { "123.4[p]", 1234, 1, NULL, TB_STATUS_P, PLAIN },
    { "123.4 e", 1234, 1, NULL, TB_STATUS_E, PLAIN },
    { "123.4e", 1234, 1, NULL, TB_STATUS_E, PLAIN },
    { "123.4 r", 1234, 1, NULL, TB_STATUS_A, PLAIN },
    { "123.4（初步数）", 1234, 1, NULL, TB_STATUS_P, PLAIN },
    { "5.3% p", 53, 1, "%", TB_STATUS_P, PLAIN },
    { "5.3 亿元 预计", 53, 1, "亿元", TB_STATUS_E, PLAIN },
    { "123.4p*", 1234, 1, NULL, TB_STATUS_P, MARKED },
    { "123.4① p", 1234, 1, NULL, TB_STATUS_P, MARKED },
    { "7 q", 7, 0, NULL, TB_STATUS_S, PLAIN }, /* the profile's own */
    /* words of direction */
    { "增长5.3%", 53, 1, "%", 0, DIRECTED },
    { "增长 5.3", 53, 1, NULL, 0, DIRECTED },
    { "增长-5.3%", -53, 1, "%", 0, DIRECTED },
    { "下降5.3", -53, 1, NULL, 0, DIRECTED },
    { "负增长5.3%", -53, 1, "%", 0, DIRECTED },
    { "同比下降5.3%", -53, 1, "%", 0, DIRECTED | ON_YEAR },
    { "同比增长５．３％", 53, 1, "%", 0, DIRECTED | ON_YEAR },
    { "环比上涨0.2%", 2, 1, "%", 0, DIRECTED | ON_BEFORE },
    { "↓5.3", -53, 1, NULL, 0, DIRECTED },
    { "↑5.3", 53, 1, NULL, 0, DIRECTED },
    /* as before */
    { "+5.3", 53, 1, NULL, 0, PLAIN },
    { "－5.3", -53, 1, NULL, 0, PLAIN },
    { "0.3个百分点", 3, 1, "个百分点", 0, PLAIN },
    { "1.2‰", 12, 1, "‰", 0, PLAIN },
};

static const struct tb_status_word own_flags[] = { { "q", TB_STATUS_S } };
static const struct tb_profile profile = { .flags = (struct tb_status_word *)own_flags, .n_flags = 1 };

static void takes(void **state)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(taken); i++) {
        const struct taken *t = &taken[i];
        tb_cell_number(t->text, strlen(t->text), &profile, &scratch, &cell);
        if (cell.kind != TB_CELL_VALUE || cell.value.units != t->units ||
            cell.value.scale != t->scale)
            fail_msg("'%s': kind %d, %lld scale %d, %s", t->text, (int)cell.kind,
                     (long long)cell.value.units, (int)cell.value.scale,
                     cell.kind == TB_CELL_BAD ? tb_reason_code(cell.reason) : "");
        if (cell.flag != t->flag || cell.marked != ((t->what & MARKED) != 0) ||
            cell.directed != ((t->what & DIRECTED) != 0) ||
            (cell.compared == TB_COMPARED_YEAR) != ((t->what & ON_YEAR) != 0) ||
            (cell.compared == TB_COMPARED_BEFORE) != ((t->what & ON_BEFORE) != 0))
            fail_msg("'%s': flag %d, marked %d, directed %d, compared %d", t->text, cell.flag,
                     cell.marked, cell.directed, (int)cell.compared);
        if ((t->suffix == NULL) != (cell.suffix == NULL) ||
            (t->suffix && strcmp(t->suffix, cell.suffix) != 0))
            fail_msg("'%s': suffix '%s'", t->text, cell.suffix ? cell.suffix : "none");
    }
    tb_buf_release(&scratch);
}

static const struct {
    const char *text;
    enum tb_reason reason;
} refused[] = {
    { "约5", TB_REASON_NUMBER_INEXACT },
    { "500-600", TB_REASON_NUMBER_INEXACT },
    { "1.5-2", TB_REASON_NUMBER_INEXACT },
    { "2000-2500", TB_REASON_NUMBER_INEXACT },
    { "10-2000", TB_REASON_NUMBER_DATE },
    { "2023-5", TB_REASON_NUMBER_DATE },
    { "大约 5", TB_REASON_NUMBER_INEXACT },
    { ">5", TB_REASON_NUMBER_INEXACT },
    { "＜0.1", TB_REASON_NUMBER_INEXACT },
    { "≥3", TB_REASON_NUMBER_INEXACT },
    { "超5亿元", TB_REASON_NUMBER_INEXACT },
    { "5左右", TB_REASON_NUMBER_INEXACT },
    { "5万余", TB_REASON_NUMBER_INEXACT },
    { "▲5.3", TB_REASON_NUMBER_DIRECTION },
    { "△5.3", TB_REASON_NUMBER_DIRECTION },
    { "回落5.3%", TB_REASON_NUMBER_DIRECTION },
    { "持平", TB_REASON_NUMBER_DIRECTION },
    { "下降-5.3%", TB_REASON_NUMBER_DIRECTION },
    { "增长5.3个百分点", TB_REASON_NUMBER_DIRECTION },
    { "增长", TB_REASON_NUMBER_MALFORMED },
    { "约", TB_REASON_NUMBER_MALFORMED },
    { "5.3-", TB_REASON_NUMBER_MALFORMED },
    { "5~6", TB_REASON_NUMBER_MALFORMED },
    { "5½", TB_REASON_NUMBER_MALFORMED },
    { "5.3(123)", TB_REASON_NUMBER_MALFORMED },
    { "5.3(10.2)", TB_REASON_NUMBER_MALFORMED },
    { "0x1F", TB_REASON_NUMBER_MALFORMED },
    { "1_000", TB_REASON_NUMBER_MALFORMED },
    { "Inf", TB_REASON_NUMBER_MALFORMED },
    { "TRUE", TB_REASON_NUMBER_MALFORMED },
    { "５。３", TB_REASON_NUMBER_MALFORMED },
    { "0,123", TB_REASON_NUMBER_MARKS },
    { "0,5", TB_REASON_NUMBER_MARKS },
    { "12,", TB_REASON_NUMBER_MARKS },
    { "1.2E", TB_REASON_NUMBER_EXPONENT },
    { "1.2E+", TB_REASON_NUMBER_EXPONENT },
    { "１．２Ｅ＋０５", TB_REASON_NUMBER_EXPONENT },
    { "#值!", TB_REASON_NUMBER_SPREADSHEET },
    { "#ЗНАЧ!", TB_REASON_NUMBER_SPREADSHEET },
    { "#NAME?", TB_REASON_NUMBER_SPREADSHEET },
    { "＃N/A", TB_REASON_NUMBER_SPREADSHEET },
    { "Err:502", TB_REASON_NUMBER_SPREADSHEET },
    { "=A1+B1", TB_REASON_NUMBER_SPREADSHEET },
    { "1-May", TB_REASON_NUMBER_DATE },
    { "2023-05-01 00:00:00", TB_REASON_NUMBER_DATE },
    { "2023.5.1", TB_REASON_NUMBER_DATE },
    { "00:30", TB_REASON_NUMBER_DATE },
    { "123 p e", TB_REASON_STATUS_CONFLICT },
    { "123 (D)", TB_REASON_STATUS_CONFLICT },
};

static void refuses(void **state)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(refused); i++) {
        tb_cell_number(refused[i].text, strlen(refused[i].text), &profile, &scratch, &cell);
        if (cell.kind != TB_CELL_BAD || cell.reason != refused[i].reason)
            fail_msg("'%s': kind %d, %s", refused[i].text, (int)cell.kind,
                     cell.kind == TB_CELL_BAD ? tb_reason_code(cell.reason) : "taken");
    }
    tb_buf_release(&scratch);
}

static const struct {
    const char *text;
    int64_t units; /* -1: refused for its marks */
    int32_t scale;
} commas[] = {
    { "1234,5", 12345, 1 },   { "1.234,5", 12345, 1 },     { "1 234,5", 12345, 1 },
    { "1'234,5", 12345, 1 },  { "1.234", 1234, 0 },        { "1.234.567", 1234567, 0 },
    { "0,5", 5, 1 },          { ",5", 5, 1 },              { "１．２３４，５", 12345, 1 },
    { "12", 12, 0 },          { "5,3 %", 53, 1 },          { "1.23", -1, 0 },
    { "1234.5", -1, 0 },      { "1,234.5", -1, 0 },        { "0.123", -1, 0 },
    { "1.2.3", -1, 0 },       { "1,2,3", -1, 0 },          { "12,", -1, 0 },
};

static void takes_decimal_commas(void **state)
{
    const struct tb_cell_rules rules = { &profile, true };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(commas); i++) {
        tb_cell_value(commas[i].text, strlen(commas[i].text), &rules, &scratch, &cell);
        bool good = commas[i].units < 0
                        ? cell.kind == TB_CELL_BAD && cell.reason == TB_REASON_NUMBER_MARKS
                        : cell.kind == TB_CELL_VALUE && cell.value.units == commas[i].units &&
                              cell.value.scale == commas[i].scale;
        if (!good)
            fail_msg("'%s': kind %d, %lld scale %d", commas[i].text, (int)cell.kind,
                     (long long)cell.value.units, (int)cell.value.scale);
    }
    tb_cell_milestone("62,5%", 5, &rules, &scratch, &cell);
    assert_int_equal(cell.value.units, 625);
    tb_buf_release(&scratch);
}

static const struct {
    const char *text;
    enum tb_status status;
} missing[] = {
    { "NaN", TB_STATUS_O },  { ":", TB_STATUS_O },   { "--", TB_STATUS_O }, { "−", TB_STATUS_O },
    { "(NA)", TB_STATUS_O }, { "(D)", TB_STATUS_Q }, { "（D）", TB_STATUS_Q },
    { "未 报", TB_STATUS_L }, { "不适用", TB_STATUS_M },
};

static void knows_words(void **state)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(missing); i++) {
        tb_cell_number(missing[i].text, strlen(missing[i].text), &profile, &scratch, &cell);
        if (cell.kind != TB_CELL_MISSING || cell.status != missing[i].status)
            fail_msg("'%s': kind %d, status %d", missing[i].text, (int)cell.kind, cell.status);
    }
    tb_buf_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes),
        cmocka_unit_test(refuses),
        cmocka_unit_test(takes_decimal_commas),
        cmocka_unit_test(knows_words),
    };

    return cmocka_run_group_tests_name("cell_forms", tests, NULL, NULL);
}
