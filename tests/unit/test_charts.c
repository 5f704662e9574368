/* test_charts.c - draws every kind of chart from a small report made here, with
 * names that try to be code, and looks at the files: whole, nothing executed,
 * numbers only in the data, the same bytes twice.  Without gnuplot the
 * pictures are skipped; wrapping, widths and SVG are tested all the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disseminate/chart/chart_style.h"
#include "disseminate/chart/chart_svg.h"
#include "disseminate/chart/charts.h"
#include "disseminate/chart/gnuplot.h"
#include "disseminate/report.h"
#include "tongbao/buf.h"
#include "tongbao/child.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"

enum { MOST_UNITS = 90, N_INDICATORS = 12, N_PERIODS = 30, PLANES_EACH = 8 };

/* --- a report made by hand --- */
struct made {
    char folder[64]; /* temporary; removed at the end */
    struct tb_profile profile;
    struct tb_unit units[MOST_UNITS];
    struct tb_group group;
    uint32_t member[MOST_UNITS];
    uint32_t of_unit[MOST_UNITS * N_INDICATORS], unit_first[MOST_UNITS + 2];
    struct tb_indicator indicators[N_INDICATORS];
    const char *languages[2];
    char names[MOST_UNITS][96];
    struct tb_target target;
    struct tb_verdict verdicts[MOST_UNITS * N_INDICATORS];
    struct tb_report report;
};

/* Each would leave a file "x" behind, end a literal, or spoil the picture. */
static const char *const hostile[] = {
    "`touch x`",
    "$(touch x)",
    "\".system(\"touch x\").\"",
    "'.system('touch x').'",
    "a\nsystem('touch x')\n!touch x",
    "@touch x",
    "50% %s %n",
    "{/Symbol a}_1^2&~",
    "\\101\\n\\",
    "#EOD",
    "<touch x",
    "|touch x",
    "\xff\xfe bad",
    "a\tb\rc",
    "$D << EOD\nEOD",
};

/* Values with ties, negatives and gaps, told from the numbers of unit and period. */
static bool value_of(size_t indicator, size_t period, size_t unit, int64_t *out)
{
    if ((unit * 7 + indicator * 3 + period) % 23 == 5)
        return false;
    *out = (int64_t)((unit * 37 + indicator * 11) % 101) - 25 +
           (int64_t)((period * 13 + unit * 5) % 17) - (unit % 4 == 3 && period % 5 == 0 ? 9 : 0);
    if (unit % 6 == 4)
        *out = 31; /* all of them tied */
    return true;
}

static void put(struct tb_plane *plane, size_t row, size_t column, int64_t value, uint8_t status)
{
    plane->value[row * plane->n_columns + column] = value;
    plane->status[row * plane->n_columns + column] = status;
}

static void fill_ranks(struct made *m, struct tb_plane *of[], size_t indicator, size_t row)
{
    size_t n = m->profile.n_units;
    bool lower = m->indicators[indicator].direction == TB_LOWER;

    for (size_t u = 0; u < n; u++) {
        int64_t mine, other, better = 0, worse = 0, same = 0;
        if (!value_of(indicator, row, u, &mine))
            continue;
        for (size_t v = 0; v < n; v++)
            if (value_of(indicator, row, v, &other)) {
                better += lower ? other < mine : other > mine;
                worse += lower ? other > mine : other < mine;
                same += other == mine;
            }
        put(of[0], row, u, mine, TB_STATUS_A);
        put(of[1], row, u, better + 1, (uint8_t)(TB_STATUS_A | (same > 1 ? TB_FLAG_TIED : 0)));
        put(of[2], row, u, worse + 1, TB_STATUS_A);
    }
}

static void fill(struct made *m, struct tb_cube *cube)
{
    for (size_t i = 0; i < N_INDICATORS; i++) {
        struct tb_plane *of[PLANES_EACH];
        for (size_t k = 0; k < PLANES_EACH; k++)
            of[k] = tb_cube_plane_for_writing(cube, i * PLANES_EACH + k);
        for (size_t row = 0; row < N_PERIODS; row++) {
            int64_t sum = 0, count = 0, value;
            fill_ranks(m, of, i, row);
            for (size_t u = 0; u < m->profile.n_units; u++)
                if (value_of(i, row, u, &value)) {
                    sum += value;
                    count++;
                }
            put(of[3], row, 0, count ? sum / count : 0, TB_STATUS_A);
            put(of[4], row, 0, count ? sum / count - 14 : 0, TB_STATUS_A);
            put(of[5], row, 0, count ? sum / count + 19 : 0, TB_STATUS_A);
            put(of[6], row, 0, count, TB_STATUS_A);
        }
    }
}

static void make_findings(struct made *m)
{
    static const enum tb_measure measures[PLANES_EACH] = { TB_N_MEASURES,     TB_MEASURE_RANK,
                                                           TB_MEASURE_BOTTOM, TB_MEASURE_MEAN,
                                                           TB_MEASURE_Q1,     TB_MEASURE_Q3,
                                                           TB_MEASURE_COUNT,  TB_MEASURE_MEDIAN };
    static struct tb_plane planes[N_INDICATORS * PLANES_EACH];
    static const bool origins[N_INDICATORS * PLANES_EACH];
    struct tb_error err = TB_ERROR_INIT;
    char *path = tb_path("%s/findings.tbc", m->folder);

    for (size_t i = 0; i < N_INDICATORS; i++)
        for (size_t k = 0; k < PLANES_EACH; k++) {
            bool group = k >= 3, rank = k == 1 || k == 2;
            uint8_t of = m->indicators[i].headline[0];
            planes[i * PLANES_EACH + k] = (struct tb_plane){
                .key = { (uint16_t)i, k == 0 ? of : (uint8_t)measures[k],
                         k == 0 ? (uint8_t)TB_N_MEASURES : of, rank ? 0 : (uint8_t)TB_NO_GROUP },
                .axis = group ? TB_AXIS_GROUP : TB_AXIS_UNIT,
                .freq = TB_FREQ_MONTH,
                .first = m->report.period.index - N_PERIODS + 1,
                .n_periods = N_PERIODS,
                .n_columns = group ? 1 : (uint32_t)m->profile.n_units,
                .scale = k == 1 || k == 2 || k == 6 ? 0 : 1,
            };
        }
    struct tb_cube *cube = tb_cube_create(path, planes, origins, N_INDICATORS * PLANES_EACH, &err);
    assert_non_null(cube);
    fill(m, cube);
    assert_int_equal(tb_cube_commit(cube, &err), 0);
    tb_cube_close(cube);
    m->report.findings = tb_cube_open(path, &err);
    assert_non_null(m->report.findings);
    free(path);
}

static void make_units(struct made *m, size_t n, bool is_hostile)
{
    static const char *const zh[] = { "文澜区",
                                      "锦溪区",
                                      "北渚区",
                                      "榆岭市",
                                      "望海经济技术开发区",
                                      "望岳县",
                                      "松泉县",
                                      "石梁满族蒙古族自治县",
                                      "碧潭县" };
    static const char *const en[] = { "Wenlan District",
                                      "Jinxi District",
                                      "Beizhu District",
                                      "Yuling City",
                                      "Wanghai Economic Development Zone",
                                      "Wangyue County",
                                      "Songquan",
                                      "Shiliang County",
                                      "Bitan" };

    for (size_t u = 0; u < n; u++) {
        bool zh_name = m->report.lang[0] == 'z';
        const char *base = is_hostile ? hostile[u % (sizeof hostile / sizeof *hostile)]
                                      : (zh_name ? zh : en)[u % 9];
        (void)snprintf(m->names[u], sizeof m->names[u], u < 9 ? "%s" : "%s %zu", base, u);
        m->units[u] = (struct tb_unit){ .code = "u",
                                        .name_zh = m->names[u],
                                        .name_en = m->names[u],
                                        .groups = 1,
                                        .valid_from = TB_DAY_NONE,
                                        .valid_to = TB_DAY_NONE };
        m->member[u] = (uint32_t)u;
    }
    m->group = (struct tb_group){ .code = "city",
                                  .name_zh = is_hostile ? hostile[2] : "全市",
                                  .name_en = is_hostile ? hostile[0] : "the city",
                                  .area = TB_NONE,
                                  .member = m->member,
                                  .n_members = n };
    m->profile.units = m->units;
    m->profile.n_units = n;
    m->profile.groups = &m->group;
    m->profile.n_groups = 1;
}

static void make_indicators(struct made *m, bool is_hostile)
{
    static const struct {
        const char *code, *zh, *en, *short_zh, *short_en, *unit;
        enum tb_measure of;
        enum tb_kind kind;
        enum tb_direction direction;
    } some[] = {
        { "retail", "社会消费品零售总额", "Retail sales of consumer goods", "社零总额", "Retail",
          "万元", TB_MEASURE_YTD_GROWTH, TB_KIND_FLOW, TB_HIGHER },
        { "unemployment", "城镇调查失业率", "Surveyed urban unemployment", "失业率",
          "Unemploy- ment", "%", TB_MEASURE_VALUE, TB_KIND_RATE, TB_LOWER },
        { "fdi", "实际使用外资", "Foreign capital in use", "实际外资", "FDI", "万美元",
          TB_MEASURE_YTD, TB_KIND_FLOW, TB_HIGHER },
        { "tax_share", "地方税收占地方一般公共预算收入比重",
          "Share of local tax in local general public budget revenue", "税收占比", "Tax share", "%",
          TB_MEASURE_CHANGE, TB_KIND_RATE, TB_HIGHER },
    };

    for (size_t i = 0; i < N_INDICATORS; i++) {
        struct tb_indicator *ind = &m->indicators[i];
        static const char *const codes[] = { "retail", "unemployment", "fdi", "tax_share",
                                             "a 5",    "a-6",          "a.7", "a/8",
                                             "../9",   "a_41",         "b",   "c" };
        const size_t k = i % 4;
        *ind = (struct tb_indicator){
            .code = codes[i],
            .name_zh = is_hostile ? hostile[i] : some[k].zh,
            .name_en = is_hostile ? hostile[i] : some[k].en,
            .short_zh = is_hostile ? hostile[i + 2] : some[k].short_zh,
            .short_en = is_hostile ? hostile[i + 2] : some[k].short_en,
            .unit_measure = is_hostile ? hostile[i + 1] : some[k].unit,
            .kind = some[k].kind,
            .direction = some[k].direction,
            .frequency = TB_FREQ_MONTH,
            .decimals = 1,
            .headline = { (uint8_t)some[k].of },
            .n_headlines = 1,
        };
    }
    m->profile.indicators = m->indicators;
    m->profile.n_indicators = N_INDICATORS;
}

static struct made *make(size_t n_units, const char *lang, bool is_hostile)
{
    struct made *m = calloc(1, sizeof *m);

    assert_non_null(m);
    (void)snprintf(m->folder, sizeof m->folder, "/tmp/test_charts.XXXXXX");
    assert_non_null(mkdtemp(m->folder));
    m->report = (struct tb_report){ .profile = &m->profile,
                                    .period = { TB_FREQ_MONTH, 2023 * 12 + 4 },
                                    .lang = lang,
                                    .run = m->folder,
                                    .subject = 5,
                                    .subject_group = 0,
                                    .children_group = TB_NONE,
                                    .of_unit = m->of_unit,
                                    .unit_first = m->unit_first };
    m->languages[0] = "zh";
    m->languages[1] = "en";
    m->profile.code = "test";
    m->profile.set = (struct tb_settings){
        .source_zh = is_hostile ? hostile[0] : "各部门报送（模拟数据）",
        .source_en = is_hostile ? hostile[1] : "submissions by the departments (simulated data)",
        .simulated = true,
        .languages = { m->languages, 2 },
        .year_start = 1,
        .growth_decimals = 1,
        .bottom_k = 3,
        .bulletin_months = 24
    };
    make_units(m, n_units, is_hostile);
    make_indicators(m, is_hostile);
    make_findings(m);
    return m;
}

/* Every unit is judged by every indicator; two of seven kinds have no number. */
static void judge(struct made *m, const char *text)
{
    static const char *const gaps[] = { "2.1", "0.4", "-0.3", "-12.5", "-4.0", "", "" };
    static const enum tb_verdict_kind kinds[] = {
        TB_VERDICT_MET,    TB_VERDICT_ON_TRACK, TB_VERDICT_AT_RISK, TB_VERDICT_BEHIND,
        TB_VERDICT_MISSED, TB_VERDICT_NO_DATA,  TB_VERDICT_NOT_DUE,
    };
    size_t n = 0;

    m->target = (struct tb_target){ .code = "t", .rule_text = "ytd_growth >= 6" };
    m->profile.targets = &m->target;
    m->profile.n_targets = 1;
    for (size_t u = 0; u < m->profile.n_units; u++) {
        m->unit_first[u] = (uint32_t)n;
        for (size_t i = 0; i < N_INDICATORS; i++, n++) {
            size_t k = (u * 5 + i * 3 + u * i) % 7;
            m->of_unit[n] = (uint32_t)n;
            m->verdicts[n] = (struct tb_verdict){ .target = 0,
                                                  .task = TB_NONE,
                                                  .unit = (int32_t)u,
                                                  .indicator = (int32_t)i,
                                                  .kind = kinds[k],
                                                  .period = m->report.period,
                                                  .value = "3.0",
                                                  .gap = gaps[k],
                                                  .benchmark = text,
                                                  .unit_measure = "pp" };
        }
    }
    m->unit_first[m->profile.n_units] = (uint32_t)n;
    m->report.verdicts = m->verdicts;
    m->report.n_verdicts = n;
}

static void unmake(struct made *m)
{
    tb_cube_close(m->report.findings);
    assert_int_equal(tb_fs_remove_tree(m->folder, NULL), 0);
    free(m);
}

/* --- looking at what was drawn --- */
static void draw(const struct made *m, const char *name, struct tb_charts *charts, char **folder)
{
    struct tb_error err = TB_ERROR_INIT;

    *folder = tb_path("%s/%s", m->folder, name);
    assert_int_equal(tb_fs_make_dirs(*folder, &err), 0);
    if (tb_charts_draw(&m->report, *folder, charts, &err) < 0)
        fail_msg("%s", err.text);
    if (charts->n_failed > 0)
        fail_msg("%s", charts->notes);
}

static void slurp(const char *folder, const char *name, struct tb_buf *out)
{
    char *path = tb_path("%s/%s", folder, name);
    struct tb_error err = TB_ERROR_INIT;

    tb_buf_clear(out);
    assert_int_equal(tb_infile_slurp(path, 0, out, &err), 0);
    free(path);
}

/* Bare names of letters, digits and - _ . that begin with a letter. */
static void check_name(const char *name)
{
    assert_true(isalpha((unsigned char)*name));
    for (; *name; name++)
        assert_true(isalnum((unsigned char)*name) || strchr("-_.", *name));
}

static void check_data(const char *text)
{
    for (bool comment = false; *text; text++) {
        comment = *text == '#' || (comment && *text != '\n');
        if (!comment && !strchr("0123456789.-\t\nNa", *text))
            fail_msg("'%c' in a data file", *text);
    }
}

/* Outside of quotes a script holds ASCII only, and no word that runs a command. */
static void check_script(const char *text)
{
    struct tb_buf outside = TB_BUF_INIT;
    bool quoted = false;

    assert_null(strchr(text, '`'));
    assert_null(strstr(text, "/tmp"));
    for (; *text; text++) {
        if (quoted && *text == '\n')
            fail_msg("a literal goes over the end of a line");
        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && ((unsigned char)*text >= 0x80 || strchr("!@'|", *text)))
            fail_msg("'%c' outside of a literal", *text);
        else if (!quoted)
            tb_buf_putc(&outside, *text);
    }
    assert_false(quoted);
    assert_null(strstr(tb_buf_text(&outside), "system"));
    tb_buf_release(&outside);
}

static void check_files(const char *folder, size_t n_charts)
{
    struct tb_names names = { 0 };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf text = TB_BUF_INIT;

    assert_int_equal(tb_fs_list(folder, &names, &err), 0);
    assert_int_equal(names.n, 4 * n_charts); /* and no "x" */
    for (size_t i = 0; i < names.n; i++) {
        const char *ending = strrchr(names.name[i], '.');
        check_name(names.name[i]);
        slurp(folder, names.name[i], &text);
        if (strcmp(ending, ".tsv") == 0)
            check_data(tb_buf_text(&text));
        else if (strcmp(ending, ".gp") == 0)
            check_script(tb_buf_text(&text));
        else if (strcmp(ending, ".svg") == 0)
            assert_null(strstr(tb_buf_text(&text), "<title>Gnuplot"));
    }
    tb_names_release(&names);
    tb_buf_release(&text);
}

static void check_same(const char *a, const char *b)
{
    struct tb_names names = { 0 };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf x = TB_BUF_INIT, y = TB_BUF_INIT;

    assert_int_equal(tb_fs_list(a, &names, &err), 0);
    for (size_t i = 0; i < names.n; i++) {
        slurp(a, names.name[i], &x);
        slurp(b, names.name[i], &y);
        if (x.len != y.len || memcmp(x.data, y.data, x.len) != 0)
            fail_msg("'%s' differs", names.name[i]);
    }
    tb_names_release(&names);
    tb_buf_release(&x);
    tb_buf_release(&y);
}

static void need_gnuplot(void)
{
    char *path = tb_child_find("gnuplot");

    if (!path)
        skip();
    free(path);
}

static size_t count_kind(const struct tb_charts *charts, enum tb_chart_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < charts->n; i++)
        n += charts->item[i].kind == kind;
    return n;
}

static void test_draws_all_kinds(void **state)
{
    const struct {
        size_t n;
        const char *lang;
        bool hostile;
    } cases[] = { { 12, "zh", false },
                  { 12, "en", false },
                  { 70, "zh", false },
                  { 12, "en", true },
                  { 15, "zh", true } };

    (void)state;
    need_gnuplot();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made *m = make(cases[i].n, cases[i].lang, cases[i].hostile);
        struct tb_charts charts = { 0 };
        char *folder;
        draw(m, "a", &charts, &folder);
        /* one heat map, bars of each indicator, a trend of those in trouble */
        assert_int_equal(charts.n, 1 + N_INDICATORS + count_kind(&charts, TB_CHART_TREND));
        assert_in_range(count_kind(&charts, TB_CHART_TREND), 1, N_INDICATORS);
        for (size_t k = 0; k < charts.n; k++)
            if (charts.item[k].kind == TB_CHART_TREND)
                assert_int_equal(charts.item[k].unit, 5);
        assert_non_null(tb_charts_find(&charts, TB_CHART_RANKED, 1, TB_NONE));
        check_files(folder, charts.n);
        tb_charts_release(&charts);
        free(folder);
        unmake(m);
    }
}

static void test_same_bytes(void **state)
{
    struct made *m;
    struct tb_charts a = { 0 }, b = { 0 };
    char *first, *second;

    (void)state;
    need_gnuplot();
    m = make(12, "zh", true);
    draw(m, "a", &a, &first);
    draw(m, "another-folder", &b, &second);
    check_same(first, second);
    tb_charts_release(&a);
    tb_charts_release(&b);
    free(first);
    free(second);
    unmake(m);
}

/* A script that fails is named; a script that would run a command cannot. */
static void test_gnuplot_is_fenced(void **state)
{
    char folder[] = "/tmp/test_charts.XXXXXX";
    const char *const script[] = { "bad.gp" };
    static const char *const texts[] = { "system('touch x')\n",     "!touch x\n",
                                         "set output '|touch x'\n", "print `touch x`\n",
                                         "plot '<touch x'\n",       "plot [\n" };
    struct tb_error err = TB_ERROR_INIT;
    char *gnuplot, *path, *marker;

    (void)state;
    need_gnuplot();
    assert_non_null(mkdtemp(folder));
    gnuplot = tb_child_find("gnuplot");
    path = tb_path("%s/bad.gp", folder);
    marker = tb_path("%s/x", folder);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(texts[i], file);
        fclose(file);
        (void)tb_gnuplot_run(gnuplot, folder, script, 1, &err);
#if defined(__linux__) && !defined(TB_NO_SECCOMP)
        assert_false(tb_fs_exists(marker));
#endif
    }
    assert_int_equal(tb_gnuplot_run(gnuplot, folder, script, 1, &err), -1);
    assert_non_null(strstr(err.text, "gnuplot failed"));
    assert_int_equal(tb_gnuplot_run("/nonexistent/gnuplot", folder, script, 1, &err), -1);
    assert_int_equal(tb_fs_remove_tree(folder, NULL), 0);
    free(gnuplot);
    free(path);
    free(marker);
}

/* Titles say the finding; the target is a line on the axis that it is about. */
static void test_verdicts_and_targets(void **state)
{
    struct made *m;
    struct tb_charts charts = { 0 };
    struct tb_buf script = TB_BUF_INIT;
    const struct tb_chart *heat;
    char *folder;

    (void)state;
    need_gnuplot();
    m = make(12, "en", false);
    judge(m, "6.0");
    draw(m, "a", &charts, &folder);
    heat = tb_charts_find(&charts, TB_CHART_HEATMAP, TB_NONE, TB_NONE);
    assert_non_null(heat);
    /* 33 of the 144: kinds 3 and 4 of (5u + 3i + ui) mod 7, counted with a loop in awk */
    assert_string_equal(heat->title_en,
                        "33 of 144 verdicts are behind or missed: 12 units of the city, May 2023");
    slurp(folder, "ranked-retail.en.gp", &script);
    assert_non_null(strstr(tb_buf_text(&script), "\"target \\053\\066\\056\\060\"")); /* +6.0 */
    slurp(folder, "ranked-fdi.en.gp", &script); /* the rule is of growth, the axis of amounts */
    assert_null(strstr(tb_buf_text(&script), "\"target"));
    tb_buf_release(&script);
    tb_charts_release(&charts);
    free(folder);
    unmake(m);
}

/* --- small pieces --- */
static void test_wrap(void **state)
{
    const struct {
        const char *text;
        double ems;
        size_t most, lines;
        const char *want;
    } cases[] = {
        { "", 5, 3, 0, "" },
        { "社会消费品零售总额", 5, 3, 2, "社会消费品\n零售总额" },
        { "社会消费品零售总额", 3, 2, 2, "社会消\n费品…" },
        { "甲乙，丙丁", 2, 3, 3, "甲\n乙，\n丙丁" }, /* no comma at the beginning of a line */
        { "Budget revenue", 5, 3, 2, "Budget\nrevenue" },
        { "Antidisestablishment", 5, 2, 2, NULL }, /* broken inside, for want of a space */
        { "  甲  ", 9, 3, 1, "甲" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_buf out = TB_BUF_INIT;
        size_t n = tb_chart_wrap(&out, cases[i].text, cases[i].ems * 10, 10, cases[i].most);
        assert_int_equal(n, cases[i].lines);
        if (cases[i].want)
            assert_string_equal(tb_buf_text(&out), cases[i].want);
        tb_buf_release(&out);
    }
}

static void test_numbers_of_scripts(void **state)
{
    const struct {
        double number;
        int decimals;
        const char *want;
    } cases[] = { { 0, 1, "0.0" },     { -0.04, 1, "0.0" }, { 12.345, 2, "12.35" },
                  { -1.5, 1, "-1.5" }, { 1e300, 1, "NaN" }, { 7, 0, "7" } };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_buf out = TB_BUF_INIT;
        tb_chart_put(&out, cases[i].number, cases[i].decimals);
        assert_string_equal(tb_buf_text(&out), cases[i].want);
        tb_buf_release(&out);
    }
}

static void test_svg(void **state)
{
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_chart_svg("<svg><title>Gnuplot</title><desc>v</desc>"
                 "<g font-family=\"Noto Sans CJK SC:Bold\" ><title>p</title></g></svg>",
                 "<b>", "d&", &out);
    assert_non_null(strstr(tb_buf_text(&out), "<title>&lt;b&gt;</title><desc>d&amp;</desc>"));
    assert_non_null(strstr(tb_buf_text(&out), "sans-serif\" font-weight=\"bold\" ><title>p<"));
    tb_buf_release(&out);
}

static void test_damaged_pictures_are_seen(void **state)
{
    char folder[] = "/tmp/test_charts.XXXXXX";
    struct tb_error err = TB_ERROR_INIT;
    static const char *const texts[] = { "", "<?xml", "\x89PNG\r\n\x1a\n and then the disk is full",
                                         "<?xml version='1.0'?><svg><g></g></sv" };
    char *path;

    (void)state;
    assert_non_null(mkdtemp(folder));
    path = tb_path("%s/a", folder);
    assert_int_equal(tb_gnuplot_check_png(path, &err), -1); /* absent */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(texts[i], file);
        fclose(file);
        assert_int_equal(tb_gnuplot_check_png(path, &err), -1);
        assert_int_equal(tb_gnuplot_check_svg(path, &err), -1);
    }
    assert_int_equal(tb_fs_remove_tree(folder, NULL), 0);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws_all_kinds),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_verdicts_and_targets),
        cmocka_unit_test(test_gnuplot_is_fenced),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_numbers_of_scripts),
        cmocka_unit_test(test_svg),
        cmocka_unit_test(test_damaged_pictures_are_seen),
    };

    return cmocka_run_group_tests_name("charts", tests, NULL, NULL);
}
