/* test_cell.c - the forms in which numbers, ranks, milestones and grades come.
 *
 * Expected values worked by hand from the text; what can be read in two ways
 * must be refused.
 */
#include "collect/cell/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "tongbao/buf.h"

#define N(array) (sizeof(array) / sizeof *(array))

struct number {
    const char *text;
    int64_t units;
    int32_t scale;
    const char *suffix; /* NULL: none */
};

static const struct number numbers[] = {
    { "0", 0, 0, NULL },
    { "-12.5", -125, 1, NULL },
    { " 12.5 ", 125, 1, NULL },
    { "1,234.5", 12345, 1, NULL },
    { "1,234,567", 1234567, 0, NULL },
    { "1 234 567.89", 123456789, 2, NULL },
    { "1\302\240234", 1234, 0, NULL },    /* U+00A0 */
    { "1\342\200\257234", 1234, 0, NULL }, /* U+202F */
    { "1'234", 1234, 0, NULL },
    { "１２３４．５", 12345, 1, NULL },
    { "１，２３４", 1234, 0, NULL },
    { "　7　", 7, 0, NULL },
    { ".5", 5, 1, NULL },
    { "-.25", -25, 2, NULL },
    { "- 3", -3, 0, NULL },
    { "+3", 3, 0, NULL },
    { "−3.2", -32, 1, NULL }, /* U+2212 */
    { "－3.2", -32, 1, NULL },
    { "(1,234)", -1234, 0, NULL },
    { "（5）", -5, 0, NULL },
    { "(5.3%)", -53, 1, "%" },
    { "(5.3)%", -53, 1, "%" },
    { "5.3%", 53, 1, "%" },
    { "１２．３％", 123, 1, "%" },
    { "6.2‰", 62, 1, "‰" },
    { "1.2万", 12, 1, "万" },
    { "3亿元", 3, 0, "亿元" },
    { "1,234 万元", 1234, 0, "万元" },
    { "0.3个百分点", 3, 1, "个百分点" },
    { "90㎡", 90, 0, "m2" },
    { "98.3488995348837", 98348899534884, 12, NULL }, /* a binary fraction, printed */
    { "-0.0000000000005", -1, 12, NULL },
    { "5.3999999999999995", 5400000000000, 12, NULL },
};

static void takes_numbers(void **state)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(numbers); i++) {
        const struct number *n = &numbers[i];
        tb_cell_number(n->text, strlen(n->text), NULL, &scratch, &cell);
        if (cell.kind != TB_CELL_VALUE || cell.value.units != n->units ||
            cell.value.scale != n->scale)
            fail_msg("'%s': kind %d, %lld scale %d", n->text, (int)cell.kind,
                     (long long)cell.value.units, (int)cell.value.scale);
        if (n->suffix)
            assert_string_equal(cell.suffix, n->suffix);
        else
            assert_null(cell.suffix);
    }
    tb_buf_release(&scratch);
}

static const struct {
    const char *text;
    enum tb_reason reason;
} refused[] = {
    { "1O4.2", TB_REASON_NUMBER_MALFORMED },
    { "abc", TB_REASON_NUMBER_MALFORMED },
    { "12-", TB_REASON_NUMBER_MALFORMED },
    { "(12", TB_REASON_NUMBER_MALFORMED },
    { "(-12)", TB_REASON_NUMBER_MALFORMED },
    { "--5", TB_REASON_NUMBER_MALFORMED },
    { "inf", TB_REASON_NUMBER_MALFORMED },
    { "5~6", TB_REASON_NUMBER_MALFORMED },
    { "1.234,5", TB_REASON_NUMBER_MARKS },
    { "12,34", TB_REASON_NUMBER_MARKS },
    { "1,2345", TB_REASON_NUMBER_MARKS },
    { "1234,567", TB_REASON_NUMBER_MARKS },
    { "1,234 567", TB_REASON_NUMBER_MARKS },
    { "1.234.567", TB_REASON_NUMBER_MARKS },
    { "5.", TB_REASON_NUMBER_MARKS },
    { "#DIV/0!", TB_REASON_NUMBER_SPREADSHEET },
    { "#N/A", TB_REASON_NUMBER_SPREADSHEET },
    { "####", TB_REASON_NUMBER_SPREADSHEET },
    { "1.2E+05", TB_REASON_NUMBER_EXPONENT },
    { "1e5", TB_REASON_NUMBER_EXPONENT },
    { "2023-05-01", TB_REASON_NUMBER_DATE },
    { "5/1", TB_REASON_NUMBER_DATE },
    { "5月1日", TB_REASON_NUMBER_DATE },
    { "2023年5月", TB_REASON_NUMBER_DATE },
    { "May-23", TB_REASON_NUMBER_DATE },
    { "12345678901234567890", TB_REASON_NUMBER_TOO_LONG },
    { "1,234,567,890,123,456,789,012,345,678,901,234,567,890,123,456,789", TB_REASON_NUMBER_TOO_LONG },
};

static void refuses(void **state)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(refused); i++) {
        tb_cell_number(refused[i].text, strlen(refused[i].text), NULL, &scratch, &cell);
        if (cell.kind != TB_CELL_BAD || cell.reason != refused[i].reason)
            fail_msg("'%s': kind %d, %s", refused[i].text, (int)cell.kind,
                     cell.kind == TB_CELL_BAD ? tb_reason_code(cell.reason) : "taken");
    }
    tb_buf_release(&scratch);
}

static const struct {
    const char *text;
    enum tb_status status; /* TB_STATUS_NONE: empty */
} absent[] = {
    { "", TB_STATUS_NONE },       { "  ", TB_STATUS_NONE },  { "　", TB_STATUS_NONE },
    { "-", TB_STATUS_O },         { "—", TB_STATUS_O },      { "——", TB_STATUS_O },
    { "…", TB_STATUS_O },         { "N.A.", TB_STATUS_O },   { "NaN", TB_STATUS_O },
    { "未报", TB_STATUS_L },      { "不适用", TB_STATUS_M }, { "N/A", TB_STATUS_M },
    { " 保密 ", TB_STATUS_Q },    { "待定", TB_STATUS_E },
};

static void knows_missing_words(void **state)
{
    /* A word of the profile's own goes first. */
    struct tb_status_word own[] = { { "待定", TB_STATUS_E } };
    const struct tb_profile profile = { .missing = own, .n_missing = 1 };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(absent); i++) {
        tb_cell_number(absent[i].text, strlen(absent[i].text), &profile, &scratch, &cell);
        bool empty = absent[i].status == TB_STATUS_NONE;
        if (cell.kind != (empty ? TB_CELL_EMPTY : TB_CELL_MISSING) ||
            (!empty && cell.status != absent[i].status))
            fail_msg("'%s': kind %d, status %d", absent[i].text, (int)cell.kind, cell.status);
    }
    tb_buf_release(&scratch);
}

static const struct {
    const char *text;
    int64_t place; /* 0: refused */
    bool tied;
} ranks[] = {
    { "3", 3, false },        { "3.0", 3, false },      { "第3", 3, false },
    { "第三", 3, false },     { "第十", 10, false },    { "第十二名", 12, false },
    { "二十一", 21, false },  { "并列第一", 1, true },  { "第2（并列）", 2, true },
    { "=3", 3, true },        { "3=", 3, true },        { "T3", 3, true },
    { "1st", 1, false },      { "3位", 3, false },      { "３", 3, false },
    { "0", 0, false },        { "-1", 0, false },       { "2.5", 0, false },
    { "最后", 0, false },     { "三四", 0, false },     { "十十", 0, false },
};

static void reads_ranks(void **state)
{
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    for (size_t i = 0; i < N(ranks); i++) {
        tb_cell_rank(ranks[i].text, strlen(ranks[i].text), NULL, &scratch, &cell);
        bool good = ranks[i].place == 0 ? cell.kind == TB_CELL_BAD
                                        : cell.kind == TB_CELL_VALUE && cell.value.scale == 0 &&
                                              cell.value.units == ranks[i].place &&
                                              cell.tied == ranks[i].tied;
        if (!good)
            fail_msg("'%s': kind %d, place %lld", ranks[i].text, (int)cell.kind,
                     (long long)cell.value.units);
    }
    tb_cell_rank("未报", strlen("未报"), NULL, &scratch, &cell);
    assert_int_equal(cell.kind, TB_CELL_MISSING);
    tb_buf_release(&scratch);
}

static void reads_milestones_and_grades(void **state)
{
    static const char *words[] = { "优", "良", "差" };
    const struct tb_strings grades = { words, N(words) };
    const struct tb_cell_rules rules = { NULL, false };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    (void)state;
    tb_cell_milestone("已完成", strlen("已完成"), &rules, &scratch, &cell);
    assert_int_equal(cell.value.units, 100);
    assert_false(cell.is_stage);
    tb_cell_milestone("否", strlen("否"), &rules, &scratch, &cell);
    assert_int_equal(cell.value.units, 0);
    assert_false(cell.is_stage);
    tb_cell_milestone("62.5%", 5, &rules, &scratch, &cell);
    assert_int_equal(cell.value.units, 625);
    assert_null(cell.suffix);
    tb_cell_milestone("3万", strlen("3万"), &rules, &scratch, &cell);
    assert_int_equal(cell.reason, TB_REASON_MILESTONE_MALFORMED);

    tb_cell_grade(" 良 ", strlen(" 良 "), &grades, &rules, &scratch, &cell);
    assert_int_equal(cell.value.units, 2);
    tb_cell_grade("3", 1, &grades, &rules, &scratch, &cell);
    assert_int_equal(cell.value.units, 3);
    tb_cell_grade("4", 1, &grades, &rules, &scratch, &cell);
    assert_int_equal(cell.reason, TB_REASON_GRADE_UNKNOWN);
    tb_cell_grade("", 0, &grades, &rules, &scratch, &cell);
    assert_int_equal(cell.kind, TB_CELL_EMPTY);
    tb_buf_release(&scratch);
}

static void take_stage(const char *text, bool is_stage, int64_t value)
{
    static const struct tb_stage_word own[] = { { "谋划中", TB_STAGE_NOT_BEGUN } };
    struct tb_profile profile = { .stage_words = (struct tb_stage_word *)own, .n_stage_words = 1 };
    const struct tb_cell_rules rules = { &profile, false };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    tb_cell_milestone(text, strlen(text), &rules, &scratch, &cell);
    if (cell.kind != TB_CELL_VALUE || cell.is_stage != is_stage || cell.value.units != value)
        fail_msg("%s: kind %d, stage %d, %d", text, (int)cell.kind, cell.is_stage,
                 (int)cell.value.units);
    tb_buf_release(&scratch);
}

static void refuse_stage(const char *text, enum tb_cell_kind kind)
{
    const struct tb_cell_rules rules = { NULL, false };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;

    tb_cell_milestone(text, strlen(text), &rules, &scratch, &cell);
    if (cell.kind != kind)
        fail_msg("%s: kind %d", text, (int)cell.kind);
    tb_buf_release(&scratch);
}

/* Words that are no number stay words. */
static void reads_how_far_a_task_is(void **state)
{
    (void)state;
    take_stage("完成", false, 100);
    take_stage("Done", false, 100);
    take_stage("全部完成", false, 100);
    take_stage("Yes", false, 100);
    take_stage("×", false, 0);
    take_stage("未启动", true, TB_STAGE_NOT_BEGUN);
    take_stage("not begun", true, TB_STAGE_NOT_BEGUN);
    take_stage("谋划中", true, TB_STAGE_NOT_BEGUN);
    take_stage("推进中", true, TB_STAGE_UNDER_WAY);
    take_stage(" 正在推进 ", true, TB_STAGE_UNDER_WAY);
    take_stage("under way", true, TB_STAGE_UNDER_WAY);
    take_stage("未完成", true, TB_STAGE_NOT_DONE);
    take_stage("推进中（60%）", false, 60);
    take_stage("推进中，60%", false, 60);
    take_stage("已完成80%", false, 80);
    take_stage("100%", false, 100);
    take_stage("0", false, 0);
    refuse_stage("基本完成", TB_CELL_BAD);
    refuse_stage("未启动（60%）", TB_CELL_BAD);
    refuse_stage("推进中（三成）", TB_CELL_BAD);
    refuse_stage("-5%", TB_CELL_BAD);
    refuse_stage("完成5万元", TB_CELL_BAD);
    refuse_stage("n/a", TB_CELL_MISSING);
    refuse_stage("none", TB_CELL_MISSING);
    refuse_stage("未报", TB_CELL_MISSING);
    refuse_stage("　", TB_CELL_EMPTY);
}

static void take_day(const char *text, const char *last, int64_t value)
{
    const struct tb_cell_rules rules = { NULL, false };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;
    tb_day day = TB_DAY_NONE;

    (void)(*last && tb_day_parse(last, strlen(last), &day));
    tb_cell_day(text, strlen(text), day, &rules, &scratch, &cell);
    if (value ? cell.kind != TB_CELL_VALUE || cell.value.units != value : cell.kind != TB_CELL_BAD)
        fail_msg("%s: kind %d, %d", text, (int)cell.kind, (int)cell.value.units);
    tb_buf_release(&scratch);
}

/* A day without its year is the one that has been, in the year of the report. */
static void reads_days_of_completion(void **state)
{
    (void)state;
    take_day("2023-06-12", "", 20230612);
    take_day("2023/6/2", "", 20230602);
    take_day("2023.6.2", "", 20230602);
    take_day("２０２３年６月２日", "", 20230602);
    take_day("2023 年 6 月 2 日", "", 20230602);
    take_day("20230602", "", 20230602);
    take_day("2023-06-12 00:00:00", "", 20230612);
    take_day("2024-02-29", "", 20240229);
    take_day("6月12日", "2023-06-30", 20230612);
    take_day("5-28", "2023-06-30", 20230528);
    take_day("6月12日", "2023-05-31", 0); /* not yet, or last year's */
    take_day("6.12", "2023-06-30", 0);
    take_day("6月12日", "", 0);
    take_day("2023-02-29", "", 0);
    take_day("2023年6月", "", 0);
    take_day("2023-6/12", "", 0);
    take_day("23-06-12", "", 0);
    take_day("6月中旬", "2023-06-30", 0);
    take_day("2023-06-12 09:30", "", 0);
    take_day("99999999999999", "", 0);
}

/* Every reason has a code of its own and a sentence in both languages. */
static void every_reason_speaks(void **state)
{
    struct tb_buf text = TB_BUF_INIT;

    (void)state;
    for (int i = 0; i < TB_N_REASONS; i++) {
        const struct tb_reject bare = { .reason = (enum tb_reason)i, .field = "", .text = "T",
                                        .expected = "" };
        assert_int_equal(tb_reason_find(tb_reason_code((enum tb_reason)i)), i);
        assert_non_null(tb_reason_expected((enum tb_reason)i));
        for (int zh = 0; zh < 2; zh++) {
            tb_buf_clear(&text);
            tb_reject_message(&bare, zh ? "zh" : "en", &text);
            assert_true(text.len > 0);
            assert_null(strpbrk(tb_buf_text(&text), "{}"));
        }
    }
    tb_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_numbers),
        cmocka_unit_test(refuses),
        cmocka_unit_test(knows_missing_words),
        cmocka_unit_test(reads_ranks),
        cmocka_unit_test(reads_milestones_and_grades),
        cmocka_unit_test(reads_how_far_a_task_is),
        cmocka_unit_test(reads_days_of_completion),
        cmocka_unit_test(every_reason_speaks),
    };

    return cmocka_run_group_tests_name("cell", tests, NULL, NULL);
}
