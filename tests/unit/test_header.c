/* test_header.c - where the header is, what its heads mean, and which form it is.
 *
 * The profile is loaded from tables that are written here: three units, four
 * indicators, one group.
 */
#include "collect/header/form.h"
#include "collect/header/head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"

#define N(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name, *text;
} tables[] = {
    { "profile.ini", "[profile]\nname_zh = 试验\nlanguages = zh\nfrequency = M\n"
                     "subject_group = city\n" },
    { "groups.csv", "group,name_zh\ncity,全市\n" },
    { "units.csv", "unit,name_zh,aliases,groups\nS,双清区,双清,city\nD,大祥区,,city\n"
                   "B,北塔区,,city\n" },
    { "indicators.csv",
      "indicator,name_zh,aliases,unit_measure,kind,direction,frequency,growth,decimals\n"
      "inv,固定资产投资,投资,万元,flow,higher,M,computed,1\n"
      "inv_ind,工业投资,,万元,flow,higher,M,computed,1\n"
      "cpi,居民消费价格指数,,%,rate,lower,M,published,1\n"
      "retail,社会消费品零售总额,社零,亿元,flow,higher,M,computed,1\n" },
    { "forms.csv",
      "form,files,layout,header,unit_from,period_from,indicator_from,columns\n"
      "long,long*,long,,,,,\n"
      "wide,wide*,indicators-across,,,,,内部=-;A1=retail:ytd:万元;R=inv:rank(city)\n"
      "declared,declared*,indicators-across,3,,,,\n"
      "periods,wide*,periods-across,,,,fixed:inv,\n"
      "named,{unit}-{period}-x*.csv,indicators-across,,file,file,,\n" },
};

struct house {
    char root[32];
    struct tb_profile *profile;
};

static int set_up(void **state)
{
    static struct house house;
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_error err = TB_ERROR_INIT;

    snprintf(house.root, sizeof house.root, "/tmp/test_header.XXXXXX");
    if (!mkdtemp(house.root))
        return -1;
    for (size_t i = 0; i < N(tables); i++) {
        char *folder = tb_path("%s/config/p", house.root);
        char *path = tb_path("%s/%s", folder, tables[i].name);
        if (tb_fs_make_dirs(folder, &err) < 0 ||
            tb_newfile_write(path, tables[i].text, strlen(tables[i].text), &err) < 0)
            return -1;
        free(folder);
        free(path);
    }
    house.profile = tb_profile_load(house.root, "p", &diag, &err);
    *state = &house;
    return house.profile && diag.n_errors == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    struct house *house = *state;

    tb_profile_free(house->profile);
    return tb_fs_remove_tree(house->root, NULL);
}

/* --- one head --- */

static const struct {
    const char *head;
    const char *indicator; /* NULL: unknown; "-": left out; "?": said elsewhere */
    int measure;           /* -1: not said */
    const char *uom;       /* NULL: not said */
} heads[] = {
    { "inv", "inv", -1, NULL },
    { "固定资产投资", "inv", -1, NULL },
    { "投 资", "inv", -1, NULL },
    { "固定资产投资(万元)", "inv", -1, "万元" },
    { "固定资产投资(累计,亿元)", "inv", TB_MEASURE_YTD, "亿元" },
    { "固定资产投资_累计增速(%)", "inv", TB_MEASURE_YTD_GROWTH, "%" },
    { "固定资产投资累计增速", "inv", TB_MEASURE_YTD_GROWTH, NULL },
    { "固定资产投资 同比", "inv", TB_MEASURE_GROWTH, NULL },
    { "工业投资-上年同期", "inv_ind", TB_MEASURE_BASE, NULL },
    { "inv:ytd", "inv", TB_MEASURE_YTD, NULL },
    { "cpi_growth", "cpi", TB_MEASURE_GROWTH, NULL },
    { "居民消费价格指数(上年同月=100)", "cpi", -1, "上年同月=100" },
    { "社零占比", "retail", TB_MEASURE_SHARE, NULL },
    { "社零排名", "retail", TB_MEASURE_RANK, NULL },
    { "A1", "retail", TB_MEASURE_YTD, "万元" },
    { "R", "inv", TB_MEASURE_RANK, NULL },
    { "内部", "-", -1, NULL },
    { "固定资产", NULL, -1, NULL },
    { "固定资产投资增收", NULL, -1, NULL },
    { "累计增速", "?", TB_MEASURE_YTD_GROWTH, NULL },
    { "()", NULL, -1, NULL },
    { ")", NULL, -1, NULL },
};

static void reads_heads(void **state)
{
    const struct house *house = *state;
    const struct tb_form *form = &house->profile->forms[1];
    struct tb_arena arena = TB_ARENA_INIT;
    struct tb_meaning meaning;

    for (size_t i = 0; i < N(heads); i++) {
        enum tb_head_kind kind =
            tb_head_read(house->profile, form, heads[i].head, &arena, &meaning);
        enum tb_head_kind expected = !heads[i].indicator           ? TB_HEAD_UNKNOWN
                                     : heads[i].indicator[0] == '-' ? TB_HEAD_LEFT_OUT
                                     : heads[i].indicator[0] == '?' ? TB_HEAD_MEASURE
                                                                    : TB_HEAD_KNOWN;
        if (kind != expected)
            fail_msg("'%s': kind %d", heads[i].head, (int)kind);
        if (kind != TB_HEAD_KNOWN)
            continue;
        assert_string_equal(house->profile->indicators[meaning.indicator].code,
                            heads[i].indicator);
        assert_int_equal(meaning.measure, heads[i].measure);
        assert_int_equal(meaning.group, heads[i].measure == TB_MEASURE_RANK ? 0 : TB_NONE);
        if (heads[i].uom)
            assert_string_equal(meaning.unit_measure, heads[i].uom);
        else
            assert_null(meaning.unit_measure);
    }
    tb_arena_release(&arena);
}

/* --- a whole file --- */

static const struct {
    const char *name, *text;
    const char *form;  /* NULL: none fits, and why says so */
    enum tb_reason why;
    uint32_t header;   /* line */
    size_t n_values;
    size_t n_problems;
    char delimiter;
} files[] = {
    { "long.csv", "unit,indicator,period,value\n", "long", 0, 1, 1, 0, ',' },
    { "long.csv", "标题\n\n单位\t指标\t月份\t当期\t累计\n", "long", 0, 3, 2, 0, '\t' },
    { "long.csv", "地区;指标;时间;数值(万元);备注\n", "long", 0, 1, 1, 0, ';' },
    { "wide.csv", "t,,\n地区,投资,内部\n双清区,1,2\n", NULL, TB_REASON_PERIOD_UNSTATED, 0, 0, 0, 0 },
    { "wide.csv", "2023年5月,,\n地区,投资,内部\n双清区,1,2\n", "wide", 0, 2, 1, 0, ',' },
    { "wide.csv", "2023年5月,,\n地区,投资,社令\n双清区,1,2\n", "wide", 0, 2, 1, 1, ',' },
    { "wide.csv", "2023年5月,,\n县市,投资,社零\n双清区,1,2\n", "wide", 0, 2, 2, 0, ',' },
    { "wide.csv", "2023年5月\n,投资,,社零\n地区,累计,同比,累计\n双清区,1,2,3\n", "wide", 0, 2, 3, 0, ',' },
    { "wide.csv", "地区,2023-04,2023-05\n双清区,1,2\n", "periods", 0, 1, 2, 0, ',' },
    { "wide.csv", "2023年,,\n地区,1-2月,3月\n双清区,1,2\n", "periods", 0, 2, 2, 0, ',' },
    { "declared.csv", "单位,期别,x\na,b,c\n单位,期别,投资\n", "declared", 0, 3, 1, 0, ',' },
    { "双清区-2023-05-x1.csv", "投资,社零\n1,2\n", "named", 0, 1, 2, 0, ',' },
    { "某区-2023-05-x1.csv", "投资,社零\n1,2\n", NULL, TB_REASON_UNIT_UNSTATED, 0, 0, 0, 0 },
    { "other.csv", "unit,indicator,period,value\n", "long", 0, 1, 1, 0, ',' },
    { "other.csv", "unit,投资\n", NULL, TB_REASON_FORM_UNKNOWN, 0, 0, 0, 0 },
    { "long.csv", "", NULL, TB_REASON_HEADER_MISSING, 0, 0, 0, 0 },
};

static void finds_headers(void **state)
{
    const struct house *house = *state;
    struct tb_buf expected = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;

    for (size_t i = 0; i < N(files); i++) {
        struct tb_choice choice;
        enum tb_reason why;
        tb_buf_clear(&expected);
        int found = tb_form_choose(house->profile, files[i].name, "", files[i].text,
                                   strlen(files[i].text), false, &choice, &why, &expected, &err);
        if (found != (files[i].form != NULL))
            fail_msg("file %zu: found %d, %s", i, found, found ? "" : tb_reason_code(why));
        if (!found) {
            assert_int_equal(why, files[i].why);
            continue;
        }
        if (strcmp(choice.plan.form->code, files[i].form) != 0 ||
            choice.plan.header_line != files[i].header ||
            choice.plan.n_values != files[i].n_values ||
            choice.plan.problems.n != files[i].n_problems)
            fail_msg("file %zu: form %s, header %u, %zu values, %zu problems", i,
                     choice.plan.form->code, choice.plan.header_line, choice.plan.n_values,
                     choice.plan.problems.n);
        assert_int_equal(choice.delimiter, files[i].delimiter);
        tb_plan_release(&choice.plan);
    }
    tb_buf_release(&expected);
}

/* --- file names --- */

static const struct {
    const char *pattern, *name;
    bool matches;
    const char *unit, *period;
} globs[] = {
    { "*.csv", "a.csv", true, "", "" },
    { "*.csv", "a.csv.gz", false, "", "" },
    { "a?c*", "abc", true, "", "" },
    { "[ab]*[!0-9].csv", "bx.csv", true, "", "" },
    { "[ab]*[!0-9].csv", "b1.csv", false, "", "" },
    { "", "", true, "", "" },
    { "{unit}_{period}.csv", "双清区_2023-05.csv", true, "双清区", "2023-05" },
    { "{unit}{period}.csv", "双清区2023年5月.csv", true, "双清区", "2023年5月" },
    { "*{period}*.csv", "rep_2023-05_v2.csv", true, "", "2023-05" },
    { "{unit}_*.csv", "x_y.csv", true, "x", "" },
    { "{unit}.csv", ".csv", false, "", "" },
    { "****************a", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", false, "", "" },
};

static void matches_names(void **state)
{
    const struct house *house = *state;
    struct tb_captures captures;

    for (size_t i = 0; i < N(globs); i++) {
        if (tb_form_glob(house->profile, globs[i].pattern, globs[i].name, &captures) !=
            globs[i].matches)
            fail_msg("'%s' and '%s'", globs[i].pattern, globs[i].name);
        if (!globs[i].matches)
            continue;
        assert_string_equal(captures.unit, globs[i].unit);
        assert_string_equal(captures.period, globs[i].period);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_heads),
        cmocka_unit_test(finds_headers),
        cmocka_unit_test(matches_names),
    };

    return cmocka_run_group_tests_name("header", tests, set_up, tear_down);
}
