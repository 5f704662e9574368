/* test_profile.c - loads a small sound profile, and one with a mistake of every
 * kind, each of which must be reported with its place in one go.
 */
#include "tongbao/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/near_names.h"

struct file {
    const char *name, *text;
};

/* --- a folder for the profile, and what the loader says --- */

struct bench {
    char root[64];
    struct tb_buf said;
    struct tb_diag diag;
};

static void hear(void *user, enum tb_severity severity, const struct tb_place *place,
                 const char *text)
{
    static const char *const names[] = { "note", "warning", "error" };
    const char *file = place->file ? strrchr(place->file, '/') : NULL;

    tb_buf_printf(user, "%s:%u:%u: %s: %s\n", file ? file + 1 : "", (unsigned)place->line,
                  (unsigned)place->column, names[severity], text);
}

static void bench_init(struct bench *bench, const struct file files[], size_t n)
{
    struct tb_error err = TB_ERROR_INIT;

    *bench = (struct bench){ .root = "/tmp/tongbao-test-XXXXXX" };
    assert_non_null(mkdtemp(bench->root));
    bench->diag = (struct tb_diag){ .sink = hear, .user = &bench->said };
    char *dir = tb_path("%s/config/p", bench->root);
    assert_int_equal(tb_fs_make_dirs(dir, &err), 0);
    for (size_t i = 0; i < n; i++) {
        char *path = tb_path("%s/%s", dir, files[i].name);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(files[i].text, file);
        assert_int_equal(fclose(file), 0);
        free(path);
    }
    free(dir);
}

static struct tb_profile *load(struct bench *bench)
{
    struct tb_error err = TB_ERROR_INIT;

    bench->diag.n_errors = bench->diag.n_warnings = 0;
    tb_buf_clear(&bench->said);
    struct tb_profile *profile = tb_profile_load(bench->root, "p", &bench->diag, &err);
    assert_string_equal(err.text, "");
    assert_non_null(profile);
    return profile;
}

static void bench_release(struct bench *bench)
{
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_fs_remove_tree(bench->root, &err), 0);
    tb_buf_release(&bench->said);
}

/* --- a sound profile --- */

static const struct file sound[] = {
    { "profile.ini", "# comment\n[profile]\nname_zh = 示例市\nsubject=b2\n"
                     "[calendar]\ndeadline_day = 21\ndeadline_months = 1\n"
                     "[methods]\nround_mode = half_even\nfront_share = 0.3\n"
                     "[units_of_measure]\n担 = 100 斤\n[missing]\n缺 = L\n" },
    { "groups.csv", "group,name_zh,area,exclude_self\ncity,全市,b0,yes\nall,所有,,\n" },
    { "units.csv", "unit,name_zh,name_en,parent,aliases,groups,valid_from,valid_to,successor\n"
                   "b0,示例市,Example City,,,,,,\n"
                   "b1,东区,East,b0,东;东城,city;all,,,\n"
                   "b2,双清区,,示例市,,city；all,2020-01-01,,\n"
                   "b3,老区,Old,b0,,all,,2022-06-30,b2\n"
                   "b4,城关镇,Town,b1,,all,,,\nb5,城关镇,Town,b2,,all,,,\n" },
    { "departments.csv", "department,name_zh,lead\nstat,统计局,局长\ndrc,发改局,\n" },
    { "tasks.csv", "task,name_zh,lead_department,departments\nt1,任务,stat,drc;stat\n" },
    { "indicators.csv",
      "indicator,name_zh,aliases,unit_measure,unit_mult,kind,direction,headline,jan_feb,formula,"
      "task,grades,frequency\n"
      "retail,社会消费品零售总额,社零,元,4,flow,higher,,joint,,t1,,\n"
      "online,网上零售额,,亿元,,flow,higher,ytd;share,,,,,\n"
      "offline,线下零售额,,万元,,flow,higher,,,retail - online,,,\n"
      "share,网零占比,,,,rate,higher,,,online / (offline + online),,,\n"
      "risk,风险等级,,,,grade,lower,,,,,低;中;高,Q\n" },
    { "targets.csv", "target,task,indicator,units,from,to,rule,annual,due,strength,unit_measure\n"
                     "g1,,社零,city;b0,2023,2023,ytd >= 5,5,2023-06-30,stretch,亿元\n"
                     "g2,t1,risk,*,2023-05,2023-12,value <= 2,,,,\n" },
    { "quotas.csv", "target,unit,period,value,approved_on\ng1,b1,2023,2.5,2023-01-10\n" },
    { "checks.csv", "check,indicator,units,severity,rule\nc1,retail,,warning,value >= 0\n"
                    "c2,,all,,ytd >= value\n" },
    { "edits.csv", "when,who,unit,indicator,measure,period,value,reason\n"
                   "2023-06-25T09:30:00+08:00,zhang,b1,retail,ytd,2023-05,12.5,typo\n"
                   "2023-06-26,zhang,b1,retail,,2023-05,,checked\n" },
    { "forms.csv", "form,files,layout,header,delimiter,unit_from,period_from,qualifier,measure,"
                   "columns\n"
                   "f1,*.csv,indicators-across,2,tab,fixed:b1,cell:R2C3,type,ytd,"
                   "总额:1=retail:value:万元;位次=retail:rank(city);注=-\n" },
    { "calendar.csv", "date,kind,applies_to\n2023-06-22,holiday,\n2023-06-25,workday,\n"
                      "2023-06-26,deadline,2023-05\n" },
    { "consequences.csv", "when,what,to,text_zh\nrank(city) = 1,reward,unit,奖励\n" },
};

static void check_units(const struct tb_profile *p)
{
    assert_int_equal(p->n_units, 6);
    assert_int_equal(p->units[2].parent, 0);
    assert_int_equal(p->units[3].successor, 2);
    assert_string_equal(p->units[2].name_en, "双清区"); /* for want of an English one */
    assert_int_equal(p->groups[0].n_members, 2);
    assert_int_equal(p->groups[1].n_members, 5);
    assert_int_equal(p->groups[0].member[1], 2);
    assert_int_equal(p->groups[0].area, 0);
    assert_true(p->groups[0].exclude_self && !p->groups[1].exclude_self);
    assert_int_equal(tb_profile_unit(p, "东城", strlen("东城")), 1);
    assert_int_equal(tb_profile_unit(p, " B2", 3), 2);
    assert_int_equal(tb_profile_unit(p, "城关镇", strlen("城关镇")), -3);
    assert_int_equal(tb_profile_unit(p, "nowhere", 7), TB_NONE);
    assert_int_equal(tb_profile_group(p, "city", 4), 0);
    assert_string_equal(tb_profile_near_unit(p, "双青区", strlen("双青区")), "双清区");
    assert_null(tb_profile_near_unit(p, "西南地区", strlen("西南地区")));
    struct tb_period may22 = { TB_FREQ_MONTH, 2022 * 12 + 4 }, all22 = { TB_FREQ_ANNUAL, 2022 };
    assert_true(tb_unit_valid_in(&p->units[3], may22));
    assert_false(tb_unit_valid_in(&p->units[3], all22));
    assert_true(tb_unit_valid_in(&p->units[2], all22));
    assert_string_equal(tb_unit_name(&p->units[1], "en"), "East");
}

/* Names folded once say what names folded for each text say. */
static void check_near_names(const struct tb_profile *p)
{
    static const char *const texts[] = { "双青区", "西南地区", "东成", "城关", "b3", "B 22", "Eest",
                                         "投姿", "gpd", "", "?", "inw", "双清区" };
    struct tb_near_names *units = tb_near_names_of_units(p);
    struct tb_near_names *indicators = tb_near_names_of_indicators(p);
    char *longest = malloc(1001);

    assert_non_null(units);
    assert_non_null(indicators);
    assert_non_null(longest);
    memset(longest, 'x', 1000);
    longest[1000] = '\0';
    for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
        const char *text = i < sizeof texts / sizeof *texts ? texts[i] : longest;
        size_t len = strlen(text);
        assert_ptr_equal(tb_near_names_find(units, text, len), tb_profile_near_unit(p, text, len));
        assert_ptr_equal(tb_near_names_find(indicators, text, len),
                         tb_profile_near_indicator(p, text, len));
    }
    assert_string_equal(tb_near_names_find(units, "双青区", strlen("双青区")), "双清区");
    free(longest);
    tb_near_names_free(units);
    tb_near_names_free(indicators);
}

static void check_indicators(const struct tb_profile *p)
{
    const struct tb_indicator *in = p->indicators;

    assert_int_equal(p->n_indicators, 5);
    assert_string_equal(in[0].unit_measure, "万元");
    assert_int_equal(in[0].uom.factor.num, 10000);
    assert_true(in[0].joint_jan_feb);
    assert_int_equal(in[0].headline[0], TB_MEASURE_YTD_GROWTH);
    assert_int_equal(in[0].department, 0); /* the task's */
    assert_int_equal(in[1].n_headlines, 2);
    assert_int_equal(in[1].headline[1], TB_MEASURE_SHARE);
    assert_int_equal(in[2].formula->numerator.n, 2);
    assert_int_equal(in[2].formula->numerator.sign[1], -1);
    assert_int_equal(in[2].formula->denominator.n, 0);
    assert_int_equal(in[3].formula->denominator.n, 2);
    assert_string_equal(in[3].unit_measure, "%");
    assert_int_equal(in[4].grades.n, 3);
    assert_int_equal(in[4].frequency, TB_FREQ_QUARTER);
    assert_int_equal(tb_profile_indicator(p, "社零", strlen("社零")), 0);
}

static void check_targets(const struct tb_profile *p)
{
    const struct tb_target *g = p->targets;

    assert_int_equal(p->n_targets, 2);
    assert_memory_equal(g[0].applies, "\1\1\1\0\0\0", 6);
    assert_memory_equal(g[1].applies, "\1\1\1\1\1\1", 6);
    assert_int_equal(g[0].from.index, 2023 * 12);
    assert_int_equal(g[0].to.index, 2023 * 12 + 11);
    assert_int_equal(g[1].from.index, 2023 * 4 + 1); /* May: the quarter that ends from then on */
    assert_int_equal(g[1].to.index, 2023 * 4 + 3);
    assert_int_equal(g[0].uom.factor.num, 100000000);
    assert_int_equal(g[0].strength, TB_STRETCH);
    assert_int_equal(g[0].task, 0);
    /* risk names no task: it stands with the one that its target names. */
    assert_int_equal(p->indicators[4].task, 0);
    assert_int_equal(p->indicators[1].task, TB_NONE);
    assert_int_equal(g[0].weight.units, 1);
    assert_non_null(g[0].rule);
    assert_true(g[0].has_annual && !g[0].has_quota);
    assert_int_equal(g[1].due, TB_DAY_NONE);
    assert_int_equal(p->quotas[0].unit, 1);
    assert_int_equal(p->checks[1].indicator, TB_NONE);
    assert_int_equal(p->checks[1].severity, TB_CHECK_ERROR);
    assert_int_equal(p->checks[1].applies[0], 0);
}

static void check_rest(const struct tb_profile *p)
{
    const struct tb_form *form = &p->forms[0];

    assert_string_equal(p->set.subject, "b2");
    assert_string_equal(p->set.subject_group, "city"); /* the first group */
    assert_int_equal(p->set.round_mode, TB_ROUND_HALF_EVEN);
    assert_int_equal(p->set.front_share.units, 3);
    assert_int_equal(p->set.utc_offset, 480);
    assert_int_equal(p->set.languages.n, 1);
    assert_int_equal(p->n_uoms, 1);
    assert_string_equal(p->tasks[0].departments.item[0], "drc");
    /* 2023-06-25T01:30:00Z and 2023-06-25T16:00:00Z, by `date -d ... +%s`. */
    assert_int_equal(p->edits[0].when, 1687656600);
    assert_int_equal(p->edits[1].when, 1687708800);
    assert_true(p->edits[0].has_value && !p->edits[1].has_value);
    assert_int_equal(form->delimiter, '\t');
    assert_int_equal(form->unit_from.kind, TB_FROM_FIXED);
    assert_int_equal(form->period_from.kind, TB_FROM_CELL);
    assert_int_equal(form->period_from.column, 3);
    assert_int_equal(form->measure, TB_MEASURE_YTD);
    assert_int_equal(form->n_columns, 3);
    assert_string_equal(form->columns[0].head, "总额:1");
    assert_string_equal(form->columns[0].unit_measure, "万元");
    assert_int_equal(form->columns[1].measure, TB_MEASURE_RANK);
    assert_int_equal(form->columns[1].group, 0);
    assert_int_equal(form->columns[2].indicator, TB_NONE);
    assert_int_equal(p->n_consequences, 1);
}

static void test_sound(void **state)
{
    struct bench bench;
    char digest[65];

    (void)state;
    bench_init(&bench, sound, sizeof sound / sizeof *sound);
    struct tb_profile *profile = load(&bench);
    assert_string_equal(
        tb_buf_text(&bench.said),
        "units.csv:0:0: note: names borne by more than one row: 2; submissions must "
        "use the codes there\n");
    check_units(profile);
    check_near_names(profile);
    check_indicators(profile);
    check_targets(profile);
    check_rest(profile);
    snprintf(digest, sizeof digest, "%s", profile->digest);
    assert_int_equal(strlen(digest), 64);
    tb_profile_free(profile);

    /* The same bytes, the same digest; one more row in any table, another. */
    profile = load(&bench);
    assert_string_equal(profile->digest, digest);
    tb_profile_free(profile);
    char *path = tb_path("%s/config/p/edits.csv", bench.root);
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    fputs("2023-06-27,zhang,b1,retail,,2023-05,,again\n", file);
    fclose(file);
    free(path);
    profile = load(&bench);
    assert_string_not_equal(profile->digest, digest);
    tb_profile_free(profile);
    bench_release(&bench);
}

static void test_least(void **state)
{
    static const struct file least[] = {
        { "profile.ini", "[profile]\nname_zh = x\n" },
        { "units.csv", "unit,name_zh,groups\na,甲,g\n" },
        { "indicators.csv", "indicator,name_zh,unit_measure,kind,direction\ni,指标,万元,flow,"
                            "higher\n" },
    };
    struct bench bench;

    (void)state;
    bench_init(&bench, least, 3);
    struct tb_profile *profile = load(&bench);
    assert_string_equal(tb_buf_text(&bench.said), "");
    /* Without groups.csv, groups are those that units name. */
    assert_int_equal(profile->n_groups, 1);
    assert_int_equal(profile->groups[0].n_members, 1);
    tb_profile_free(profile);
    bench_release(&bench);
}

/* --- a mistake of every kind --- */

static const struct file broken[] = {
    { "profile.ini", "[profile]\nname_zh = x\nsubject = b9\nlanguage = zh\nlanguages = zh;fr\n"
                     "utc_offset = 8\n[metods]\nx = 1\n[methods]\ntie_rule = fair\nbottom_k = 0\n"
                     "about_tolerance = much\nbottom_k = 3\nnonsense\n"
                     "[units_of_measure]\n担 = 百斤\n[missing]\n缺 = A\n" },
    { "groups.csv", "group,name_zh,area\ncity,全市,b7\nempty,空,\n" },
    { "units.csv", "unit,name_zh,parent,alises,aliases,groups,valid_from,valid_to,successor\n"
                   "b1,甲区,b2,,,city,,,\n"
                   "b2,乙区,b1,,甲区;乙,ctiy,,,\n"
                   "b1,丙区,,,,,,,\n"
                   "b3,丁区,,,,,2023-13-01,,\n"
                   "b4,戊区,,,,,2023-02-01,2022-01-01,\n"
                   "b5,己区,,,,,,,b4\n"
                   ",庚区,,,,,,,\n"
                   "b6,己区,,,,,2021-01-01,,\n"
                   "b8,辛区,,,,,,,,extra\n" },
    { "departments.csv", "department,name_zh\nstat,统计局\n" },
    { "tasks.csv", "task,name_zh,lead_department,departments\nt1,任务,stats,stat;nobody\n" },
    { "indicators.csv",
      "indicator,name_zh,unit_measure,kind,direction,decimals,min,max,weight,formula,headline,"
      "jan_feb,frequency,grades\n"
      "a,甲,万元,flow,up,,,,,,,,,\n"
      "b,乙,人,flow,higher,x,5,1,-1,,,,,\n"
      "c,丙,万元,flow,higher,,,,,a - b,,,,\n"
      "d,丁,万元,flow,higher,,,,,a - e / f,,,,\n"
      "e,戊,,stock,higher,,,,,zz + a,rank,,,\n"
      "f,己,%,rate,higher,,,,,a / (f),,joint,Q,\n"
      "g,庚,,grade,lower,,,,,,,,weekly,\n"
      "h,辛,万元,flow,higher,,,,,c + a,,,,\n" },
    { "targets.csv", "target,task,indicator,units,from,to,rule,annual,due,strength,unit_measure\n"
                     "g1,t9,aa,b1;nil,2023-05,2023-06,ytd >= 5,1e5,30.6.2023,strong,\n"
                     "g2,,a,*,2023-05,2023-01,growth > 5,,,,人\n"
                     "g3,,a,*,soon,2023-12,ytd >= 5 and )),,,,\n" },
    { "quotas.csv", "target,unit,value\ng2,b1,1\ng2,b1,2\n" },
    { "checks.csv", "check,severity,rule\nc1,fatal,value >\n" },
    { "edits.csv", "when,who,unit,indicator,measure,period,value,reason\n"
                   "yesterday,zhang,b1,a,growht,2023-Q2,1,\n" },
    { "forms.csv", "form,layout,encoding,unit_from,columns,measure\n"
                   "f1,wide,EBCDIC-XX,above,总额;总=a:vlaue;位=a:rank,total\n" },
    { "calendar.csv", "date,kind,applies_to\n2023-06-22,holiday,\n2023-06-22,workday,\n"
                      "2023-06-26,deadline,\n" },
    { "consequences.csv", "when,what\nrank(city) = 1,praise\n" },
};

/* What must be among the messages: the place and the gist, counted by hand. */
static const char *const expected[] = {
    "profile.ini:3:11: error: unknown unit 'b9', did you mean 'b",
    "profile.ini:4:1: error: unknown key 'language' in section [profile], did you mean 'languages'?",
    "profile.ini:5:13: error: languages: bad value 'zh;fr', expected zh, en or both",
    "profile.ini:6:14: error: utc_offset: bad value '8', expected hours east of UTC",
    "profile.ini:7:1: error: unknown section 'metods', did you mean 'methods'?",
    "profile.ini:10:12: error: tie_rule: bad value 'fair', expected one of: competition, dense",
    "profile.ini:11:12: error: bottom_k: bad value '0', expected a whole number from 1 to 1000",
    "profile.ini:12:19: error: about_tolerance: bad value 'much', expected a number",
    "profile.ini:13:1: error: duplicate key 'bottom_k'",
    "profile.ini:14:1: error: 'nonsense' is no setting, expected key = value",
    "profile.ini:16:5: error: 担: bad value '百斤', expected a number and a unit of measure",
    "profile.ini:18:5: error: 缺: bad value 'A', expected the status of a missing value, one of: L (not collected)",
    "groups.csv:2:9: error: unknown unit 'b7', did you mean",
    "groups.csv:3:1: warning: group 'empty' has no members",
    "units.csv:1:21: error: unknown column 'alises', did you mean 'aliases'?",
    "units.csv:2:7: error: cycle in column 'parent': b1 > b2 > b1",
    "units.csv:3:11: error: ambiguous alias '甲区', it also stands for 'b1' on line 2",
    "units.csv:3:16: error: unknown group 'ctiy', did you mean 'city'?",
    "units.csv:4:1: error: duplicate unit 'b1', already on line 2",
    "units.csv:5:11: error: '2023-13-01' is not a date, expected such as 2023-06-30",
    "units.csv:6:22: error: valid_to 2022-01-01 lies before valid_from 2023-02-01",
    "units.csv:7:13: error: unit 'b5' has a successor but no valid_to",
    "units.csv:8:1: error: no unit, expected one in every row",
    "units.csv:9:4: error: overlapping validity: '己区' with the same parent is also 'b5' on line "
    "7",
    "units.csv:10:14: error: beyond the last column head: the cell 'extra'",
    "tasks.csv:2:7: error: unknown department 'stats', did you mean 'stat'?",
    "tasks.csv:2:18: error: unknown department 'nobody'",
    "indicators.csv:2:13: error: unknown direction 'up', expected one of: higher, lower, none",
    "indicators.csv:3:19: error: 'x' is not a whole number from 0 to 8",
    "indicators.csv:3:21: error: min 5 is above max 1",
    "indicators.csv:3:25: error: weight '-1' is negative",
    "indicators.csv:4:24: error: formula: 'b' is in '人', which does not convert to '万元'",
    "indicators.csv:5:30: error: formula: expected brackets around the sum that stands before '/ "
    "f'",
    "indicators.csv:6:5: error: no unit_measure, expected one for a stock",
    "indicators.csv:6:23: error: unknown indicator 'zz'",
    "indicators.csv:6:30: error: unknown headline 'rank', expected one of: value, ytd",
    "indicators.csv:7:28: error: formula: an indicator made from itself",
    "indicators.csv:7:32: error: jan_feb is for monthly indicators, this one is Q",
    "indicators.csv:8:25: error: unknown frequency 'weekly', expected one of: A, S, Q, M, M_3",
    "indicators.csv:8:0: error: no grades, expected the words of 'g', best first",
    "indicators.csv:9:24: error: formula: 'c' has a formula itself, expected submitted indicators",
    "targets.csv:2:4: error: unknown task 't9', did you mean 't1'?",
    "targets.csv:2:7: error: unknown indicator 'aa'",
    "targets.csv:2:13: error: unknown unit 'nil'",
    "targets.csv:2:42: error: '1e5' is not a number, expected digits such as 1234.5",
    "targets.csv:2:46: error: '30.6.2023' is not a date",
    "targets.csv:2:56: error: unknown strength 'strong', expected one of: binding, stretch",
    "targets.csv:3:17: error: no period of the indicator's frequency M lies in 2023-05 to 2023-01",
    "targets.csv:3:39: error: unit of measure '人' does not convert to '万元' of indicator 'a'",
    "targets.csv:4:9: error: 'soon' is not a period, expected such as 2023-05",
    "targets.csv:4:35: error:", /* the bracket at which the rule goes wrong */
    "quotas.csv:3:1: error: duplicate quota of this target, unit and period, already on line 2",
    "checks.csv:2:4: error: unknown severity 'fatal', expected one of: error, warning",
    "checks.csv:2:", /* the rule that ends too soon */
    "edits.csv:2:1: error: 'yesterday' is not a moment",
    "edits.csv:2:22: error: unknown measure 'growht', expected one of: value",
    "edits.csv:2:29: error: period '2023-Q2' is not of the indicator's frequency M",
    "edits.csv:2:0: error: no reason, expected one in every row",
    "forms.csv:2:4: error: unknown layout 'wide', expected one of: long, indicators-across",
    "forms.csv:2:9: error: unknown encoding 'EBCDIC-XX'",
    "forms.csv:2:19: error: unknown source 'above', expected one of: column:HEAD, file",
    "forms.csv:2:25: error: '总额' is no column, expected HEAD=INDICATOR:MEASURE:UNIT",
    "forms.csv:2:32: error: unknown measure 'vlaue', expected one of: value",
    "forms.csv:2:42: error: 'rank' names no group, expected such as rank(city)",
    "forms.csv:2:47: error: unknown measure 'total', expected one of: value",
    "calendar.csv:3:1: error: duplicate day, already on line 2",
    "calendar.csv:4:0: error: a deadline of no period, expected such as 2023-05",
    "consequences.csv:2:16: error: unknown what 'praise', expected one of: reward, commendation",
};

static void test_every_mistake(void **state)
{
    struct bench bench;
    size_t n_absent = 0, n = sizeof expected / sizeof *expected;

    (void)state;
    bench_init(&bench, broken, sizeof broken / sizeof *broken);
    struct tb_profile *profile = load(&bench);
    for (size_t i = 0; i < n; i++) {
        if (strstr(tb_buf_text(&bench.said), expected[i]))
            continue;
        print_error("not said: %s\n", expected[i]);
        n_absent++;
    }
    if (n_absent > 0) {
        fputs(tb_buf_text(&bench.said), stderr);
        fail_msg("%zu of %zu were not said", n_absent, n);
    }
    /* And little beside: one mistake is one message (group 'empty' is a warning). */
    assert_int_equal(bench.diag.n_warnings, 1);
    assert_int_equal(bench.diag.n_errors, n - 1);
    tb_profile_free(profile);
    bench_release(&bench);
}

static void test_no_profile(void **state)
{
    struct bench bench;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    bench_init(&bench, NULL, 0);
    assert_null(tb_profile_load(bench.root, "q", &bench.diag, &err));
    assert_non_null(strstr(err.text, "no profile 'q'"));
    assert_null(tb_profile_load(bench.root, "../config/p", &bench.diag, &err));
    /* Folders that are there, and no profiles: a stage empties folders below the name. */
    assert_null(tb_profile_load(bench.root, "..", &bench.diag, &err));
    assert_non_null(strstr(err.text, "no profile '..'"));
    assert_null(tb_profile_load(bench.root, ".", &bench.diag, &err));
    assert_non_null(strstr(err.text, "no profile '.'"));

    /* An empty folder: each of the three files that every profile needs. */
    struct tb_profile *profile = load(&bench);
    assert_string_equal(tb_buf_text(&bench.said),
                        "profile.ini:0:0: error: no such file, every profile needs one\n"
                        "units.csv:0:0: error: no such file, every profile needs one\n"
                        "indicators.csv:0:0: error: no such file, every profile needs one\n");
    tb_profile_free(profile);
    bench_release(&bench);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),
        cmocka_unit_test(test_least),
        cmocka_unit_test(test_every_mistake),
        cmocka_unit_test(test_no_profile),
    };

    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
