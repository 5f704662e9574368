/* test_shapes.c - headers of one to three rows, and heads in the spellings that
 * people use: which column is of which indicator, measure, period.
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
#include "tongbao/observation.h"

#define N(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name, *text;
} tables[] = {
    { "profile.ini", "[profile]\nname_zh = 试验\nlanguages = zh\nfrequency = M\n"
                     "subject_group = city\n" },
    { "groups.csv", "group,name_zh,name_en\ncity,全市,City\nprov,全省,Province\n" },
    { "units.csv", "unit,name_zh,aliases,groups\nS,双清区,双清,city;prov\nD,大祥区,,city\n"
                   "B,北塔区,,city\n" },
    { "indicators.csv",
      "indicator,name_zh,aliases,unit_measure,kind,direction,frequency,growth,decimals\n"
      "inv,固定资产投资,投资,万元,flow,higher,M,computed,1\n"
      "retail,社会消费品零售总额,社零总额;零售,亿元,flow,higher,M,computed,1\n"
      "gdp,地区生产总值,GDP,亿元,flow,higher,Q,computed,1\n"
      "firms,规上企业数,企业(规模以上),个,count,higher,M,computed,0\n" },
    { "forms.csv", "form,files,layout,header,indicator_from,columns\n"
                   "wide,wide*,indicators-across,,,\n"
                   "of_inv,one*,indicators-across,,fixed:inv,\n"
                   "periods,periods*,periods-across,,fixed:inv,\n"
                   "named,named*,periods-across,,,Output_Thousands=gdp:value;Output_Place=gdp:rank(city)\n"
                   "range,range*,indicators-across,2-4,,\n"
                   "last,last*,indicators-across,3,,\n"
                   "long,long*,long,,,\n" },
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

    snprintf(house.root, sizeof house.root, "/tmp/test_shapes.XXXXXX");
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

/* inv.ytd[万元]@2023-05+ ; ? where nothing is said; + a span, ~ 截至 */
static void describe(const struct tb_profile *profile, const struct tb_meaning *meaning,
                     struct tb_buf *out)
{
    tb_buf_puts(out, meaning->indicator >= 0 ? profile->indicators[meaning->indicator].code : "?");
    if (meaning->measure >= 0)
        tb_buf_printf(out, ".%s", tb_measure_name((enum tb_measure)meaning->measure));
    if (meaning->group >= 0)
        tb_buf_printf(out, "(%s)", profile->groups[meaning->group].code);
    if (meaning->unit_measure)
        tb_buf_printf(out, "[%s]", meaning->unit_measure);
}

/* --- one head --- */

static const struct {
    const char *head, *says; /* NULL: unknown */
} heads[] = {
    { "固定资产投资_累计增速(%)", "inv.ytd_growth[%]" },
    { "固定资产投资累计同比增长(%)", "inv.ytd_growth[%]" },
    { "社零总额 本月止累计(万元)", "retail.ytd[万元]" },
    { "GDP(亿元)", "gdp[亿元]" },
    { "GDP同比±%", "gdp.growth[%]" },
    { "GDP同比(±%)", "gdp.growth[%]" },
    { "增速(%)", "?.growth[%]" },
    { "比上年同期增长%", "?.growth[%]" },
    { "比上年同期增减(%)", "?.growth[%]" },
    { "比上年同期增减", NULL },
    { "比上年同期增减(万元)", NULL },
    { "环比", "?.mom" },
    { "上年同期", "?.base" },
    { "去年同期累计", "?.ytd_base" },
    { "位次", "?.rank(city)" },
    { "投资排名", "inv.rank(city)" },
    { "全市位次", "?.rank(city)" },
    { "投资全省位次", "inv.rank(prov)" },
    { "投资_位次(全省)", "inv.rank(prov)" },
    { "在全市排名", "?.rank(city)" },
    { "全国位次", NULL },
    { "YTD growth (%)", "?.ytd_growth[%]" },
    { "Rank in city", "?.rank(city)" },
    { "y/y", "?.growth" },
    { "m/m", "?.mom" },
    { "投资_累计_同比", "inv.ytd_growth" },
    { "投资_累计_绝对数", "inv.ytd" },
    { "投资_当月_同比±%", "inv.growth[%]" },
    { "累计值_投资", "inv.ytd" },
    { "同比(%)_投资", "inv.growth[%]" },
    { "累计固定资产投资", "inv.ytd" },
    { "投资(亿元)_累计", "inv.ytd[亿元]" },
    { "投资_万元", "inv[万元]" },
    { "投资_累计_亿元", "inv.ytd[亿元]" },
    { "投资(累计,亿元)", "inv.ytd[亿元]" },
    { "投资累计(同比)", "inv.ytd_growth" },
    { "企业(规模以上)", "firms" },
    { "企业(规模以上)_累计(个)", "firms.ytd[个]" },
    { "投资_累计_环比", NULL },
    { "投资_甲", NULL },
    { "_", NULL },
    { "%", NULL },
    { "((", NULL },
    { "))_", NULL },
};

static void reads_heads(void **state)
{
    const struct house *house = *state;
    struct tb_arena arena = TB_ARENA_INIT;
    struct tb_meaning meaning;

    for (size_t i = 0; i < N(heads); i++) {
        struct tb_buf said = TB_BUF_INIT;
        enum tb_head_kind kind = tb_head_read(house->profile, &house->profile->forms[0],
                                              heads[i].head, &arena, &meaning);
        if (kind == TB_HEAD_KNOWN || kind == TB_HEAD_MEASURE)
            describe(house->profile, &meaning, &said);
        if (strcmp(tb_buf_text(&said), heads[i].says ? heads[i].says : "") != 0)
            fail_msg("'%s' says '%s'", heads[i].head, tb_buf_text(&said));
        tb_buf_release(&said);
    }
    tb_arena_release(&arena);
}

/* --- a whole header --- */

static const struct {
    const char *name, *text;
    const char *plan; /* lines of the header, and the columns of values by their places */
} files[] = {
    { "wide.csv", "2023年5月,,,\n地区,投资,,零售,\n,累计,同比,累计,同比\n双清区,1,2,3,4\n",
      "2-3 1:inv.ytd 2:inv.ytd_growth 3:retail.ytd 4:retail.ytd_growth" },
    { "wide.csv", "2023年5月\n地区,投资,零售\n,万元,亿元\n双清区,1,2\n",
      "2-3 1:inv[万元] 2:retail[亿元]" },
    { "wide.csv", "地区,2023年5月,,2023年4月,\n,固定资产投资,零售,固定资产投资,零售\n"
                  ",累计值(亿元),,累计值(亿元),累计值\n双清区,1,2,3,4\n",
      "1-3 1:inv.ytd[亿元]@2023-05 2:retail@2023-05 3:inv.ytd[亿元]@2023-04 "
      "4:retail.ytd@2023-04" },
    { "wide.csv", "地区,固定资产投资,,零售,\n,2023年,,2023年,\n,1-4月,1-5月,1-4月,1-5月\n双清区,1,2,3,4\n",
      "1-3 1:inv@2023-04+ 2:inv@2023-05+ 3:retail@2023-04+ 4:retail@2023-05+" },
    { "wide.csv", "单位：万元,,\n地区,报告期,投资\n双清区,2023-05,1\n", "2-2 2:inv" },
    { "wide.csv", ",,单位：万元\n地区,报告期,投资\n双清区,2023-05,1\n", "2-2 2:inv" },
    { "wide.csv", "2023年5月固定资产投资,,,\n地区,本月,累计,同比(%)\n双清区,1,2,3\n",
      "2-2 1:?.value 2:?.ytd" }, /* of which of them nobody knows */
    { "wide.csv", "2023年5月固定资产投资,,,\n地区,本月,累计,累计同比(%)\n双清区,1,2,3\n",
      "2-2 1:?.value 2:?.ytd 3:?.ytd_growth[%]" },
    { "wide.csv", "2023年5月,,\n地区,投资,\n,绝对数,位次\n双清区,1,2\n",
      "2-3 1:inv.value 2:inv.rank(city)" },
    { "one.csv", "地区,报告期,当月,,累计,\n,,绝对数,同比±%,绝对数,同比±%\n双清区,2023-05,1,2,3,4\n",
      "1-2 2:?.value 3:?.growth[%] 4:?.ytd 5:?.ytd_growth[%]" },
    { "one.csv", "地区,2023年5月累计(万元),2023年5月累计同比\n双清区,1,2\n",
      "1-1 1:?.ytd[万元]@2023-05 2:?.ytd_growth@2023-05" },
    { "periods.csv", "地区,2023年,,,2022年\n,1-2月,3月,一季度,12月\n双清区,1,2,3,4\n",
      "1-2 1:?@2023-02+ 2:?@2023-03 3:?@2023-Q1 4:?@2022-12" },
    { "periods.csv", "地区,2023年4月,,2023年5月,\n,累计,同比%,累计,同比%\n双清区,1,2,3,4\n",
      "1-2 1:?.ytd@2023-04 2:?.ytd_growth[%]@2023-04 3:?.ytd@2023-05 4:?.ytd_growth[%]@2023-05" },
    { "periods.csv", "地区,月份,,\n,2023-04,202305,2023.6\n双清区,1,2,3\n",
      "1-2 1:?@2023-04 2:?@2023-05 3:?@2023-06" },
    { "periods.csv", "2023年,,,\n地区,截至4月,5月末,Jun-23(万元)\n双清区,1,2,3\n",
      "2-2 1:?@2023-04~ 2:?@2023-05 3:?[万元]@2023-06" },
    { "named.csv", "Table 1,,,,\n,Output,,,\n,Thousands,,Place,\n,2021,2022,2021,2022\n双清区,1,2,1,1\n",
      "2-4 1:gdp.value@2021 2:gdp.value@2022 3:gdp.rank(city)@2021 4:gdp.rank(city)@2022" },
    { "range.csv", "x\n地区,报告期,投资,\n,,,\n,,当月,累计\n双清区,2023-05,1,2\n",
      "2-4 2:inv.value 3:inv.ytd" },
    { "last.csv", "2023年5月,\n,投资,\n地区,当月,累计\n双清区,1,2\n", "2-3 1:inv.value 2:inv.ytd" },
    { "long.csv", "地区,指标,时间,数据,\n,,,当月,累计\n双清区,投资,2023-05,1,2\n",
      "1-2 3:?.value 4:?.ytd" },
    { "wide.csv", "2023年5月,\n地区,投资,投资\n双清区,1,2\n", "2-2 1:inv" },
    { "wide.csv", "2023年5月,\n地区,投资,零售\n双清区,未报,未报\n", "2-2 1:inv 2:retail" },
};

static void describe_plan(const struct tb_profile *profile, const struct tb_plan *plan,
                          struct tb_buf *out)
{
    char period[TB_PERIOD_TEXT];

    tb_buf_printf(out, "%u-%u", (unsigned)plan->header_line, (unsigned)plan->header_end);
    for (size_t i = 0; i < plan->n_values; i++) {
        const struct tb_value_column *value = &plan->value[i];
        tb_buf_printf(out, " %zu:", value->column);
        describe(profile, &value->meaning, out);
        if (!value->has_period)
            continue;
        tb_period_format(value->period.period, period);
        tb_buf_printf(out, "@%s%s%s", period, value->period.cumulative ? "+" : "",
                      value->period.until ? "~" : "");
    }
}

static void plans_headers(void **state)
{
    const struct house *house = *state;
    struct tb_error err = TB_ERROR_INIT;

    for (size_t i = 0; i < N(files); i++) {
        struct tb_buf expected = TB_BUF_INIT, said = TB_BUF_INIT;
        struct tb_choice choice;
        enum tb_reason why;
        int found = tb_form_choose(house->profile, files[i].name, "", files[i].text,
                                   strlen(files[i].text), false, &choice, &why, &expected, &err);
        if (found > 0) {
            describe_plan(house->profile, &choice.plan, &said);
            tb_plan_release(&choice.plan);
        }
        if (strcmp(tb_buf_text(&said), files[i].plan) != 0)
            fail_msg("file %zu: %s%s", i, tb_buf_text(&said), found ? "" : tb_reason_code(why));
        tb_buf_release(&expected);
        tb_buf_release(&said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_heads),
        cmocka_unit_test(plans_headers),
    };

    return cmocka_run_group_tests_name("shapes", tests, set_up, tear_down);
}
