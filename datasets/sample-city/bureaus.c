/* bureaus.c - the tables of the district's bureaus: all counties, one file a month. */
#include <stdio.h>
#include <string.h>

#include "senders.h"

enum { MILLE = 1000 };

/* A long row of the statistics bureau: 地区,指标,期别,口径,数值,计量单位 */
static void long_row(struct paper *paper, const struct series *series, size_t place,
                     const char *period, const char *measure, int64_t figure, int decimals,
                     const char *unit_measure)
{
    paper_cell(paper, places[place].name);
    paper_cell(paper, series->name);
    paper_cell(paper, period);
    paper_cell(paper, measure);
    paper_figure(paper, figure, decimals, PLAIN);
    paper_cell(paper, unit_measure);
    paper_end_row(paper);
}

static void period_words(char text[32], const struct series *series, int month)
{
    if (series->quarterly)
        snprintf(text, 32, "%d-Q%d", year_of(month), month % 12 / 3 + 1);
    else if (year_of(month) == 2021 && month % 12 > 0)
        snprintf(text, 32, "%d年1-%d月", year_of(month), month_of(month));
    else
        snprintf(text, 32, "%d-%02d", year_of(month), month_of(month));
}

static void stats_series(const struct figures *f, struct paper *paper, size_t s, int month)
{
    const struct series *series = &series_table[s];
    char period[32];

    period_words(period, series, month);
    for (size_t p = PROVINCE; p < FIRST_TOWN; p++) {
        /* In 2022 the bureau wrote services in 亿元: the same exact figure. */
        bool large = strcmp(series->code, "service_rev") == 0 && year_of(month) == 2022;
        if (series->kind == COUNTY_GROWTH) {
            long_row(paper, series, p, period, "累计同比", figure_month(f, s, p, month), 1, "%");
            continue;
        }
        long_row(paper, series, p, period, "累计", figure_ytd(f, s, p, month),
                 series->decimals + (large ? 4 : 0), large ? "亿元" : series->unit_measure);
        if (strcmp(series->code, "rd") != 0 && series->kind != COUNTY_PER_HEAD)
            long_row(paper, series, p, period, "累计同比",
                     figure_ytd_growth(f, s, p, month) -
                         (strcmp(series->code, "gdp") == 0 ? 11 : 0),
                     1, "%");
    }
}

static void stats_levels(const struct figures *f, struct paper *paper, int month)
{
    static const char *const codes[] = { "quality_score", "central_paid", "cpi", "unemployment" };
    char period[32];

    snprintf(period, sizeof period, "%d-%02d", year_of(month), month_of(month));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t s = series_find(codes[i]);
        /* Prices and unemployment are surveyed in few places only. */
        size_t end = i == 2 ? FIRST_COUNTY + 3 : i == 3 ? FIRST_COUNTY : FIRST_TOWN;
        for (size_t p = i == 0 ? FIRST_COUNTY : PROVINCE; p < end; p++)
            long_row(paper, &series_table[s], p, period, "当期", figure_month(f, s, p, month),
                     series_table[s].decimals, series_table[s].unit_measure);
    }
}

/* What has a frequency of its own and no series: grades and meetings. */
static void stats_grades(struct paper *paper, int month)
{
    static const char *const debt[] = { "黄", "黄", "绿", "绿", "黄" };
    static const char *const safety[] = { "良好", "优秀", "合格" };
    char line[160];

    if (month % 3 == 2) {
        int quarter = month % 12 / 3 + 1;
        snprintf(line, sizeof line, "文澜区,安全生产考核等次,%d-Q%d,当期,%s,级", year_of(month),
                 quarter, safety[chance(77, 1, (uint64_t)month) % 3]);
        paper_line(paper, line);
        snprintf(line, sizeof line, "文澜区,专委会全体会议次数,%d-Q%d,累计,%d,次", year_of(month),
                 quarter, quarter + (month == 35));
        paper_line(paper, line);
    }
    if (month % 6 == 5) {
        snprintf(line, sizeof line, "文澜区,债务风险等级,%d-S%d,当期,%s,级", year_of(month),
                 month % 12 / 6 + 1, debt[(month - FIRST_SUBMITTED) / 6]);
        paper_line(paper, line);
    }
}

bool write_stats(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    static const char *const codes[] = { "industry_va",  "service_rev", "fai",
                                         "hightech_inv", "gdp",         "hightech_va",
                                         "culture_rev",  "income",      "income_urban",
                                         "income_rural", "consumption", "rd" };
    char text[32], name[64];

    (void)variant;
    snprintf(name, sizeof name, "stats_%s.csv", month_name(text, sizeof text, "-", month));
    paper_start(paper, "stats", name, ',');
    paper->arrival = arrival_of(month, 1);
    paper_line(paper, "地区,指标,期别,口径,数值,计量单位");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t s = series_find(codes[i]);
        if (due(&series_table[s], month))
            stats_series(f, paper, s, month);
    }
    stats_levels(f, paper, month);
    stats_grades(paper, month);
    return true;
}

/* The sum of the counties, as people add it at the bottom of a table. */
static void counties_total(const struct figures *f, struct paper *paper, size_t s, int month)
{
    int64_t sum = 0;

    for (size_t p = FIRST_COUNTY; p < FIRST_TOWN; p++)
        sum += figure_ytd(f, s, p, month);
    paper_figure(paper, sum, series_table[s].decimals, PLAIN);
}

bool write_commerce(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    size_t retail = series_find("retail"), exports = series_find("exports");
    size_t imports = series_find("imports"), capital = series_find("domestic_capital");
    size_t fdi = series_find("fdi");
    char text[32], line[96];

    (void)variant;
    snprintf(line, sizeof line, "商务运行_%s.csv", month_name(text, sizeof text, "", month));
    paper_start(paper, "commerce", line, ',');
    paper->arrival = arrival_of(month, 2);
    paper->gb18030 = true;
    paper_line(paper, "云岭市商务运行情况表,,,,,,,");
    if (month % 12 == 0)
        snprintf(line, sizeof line, "%d年1月,,,,,,,单位：万元", year_of(month));
    else
        snprintf(line, sizeof line, "%d年1-%d月,,,,,,,单位：万元", year_of(month), month_of(month));
    paper_line(paper, line);
    paper_line(paper, "序号,地区,社零总额累计,社零同比,出口累计,进口累计,到位内资,实际使用外资");
    for (size_t p = PROVINCE; p < FIRST_TOWN; p++) {
        snprintf(text, sizeof text, "%zu", p + 1);
        paper_cell(paper, text);
        paper_cell(paper, p == CITY ? "全市" : p == PROVINCE ? "全省" : places[p].name);
        if (month % 12 == 0) {
            paper_cell(paper, ""); /* January is not published alone */
            paper_cell(paper, "");
        } else {
            paper_figure(paper, figure_ytd(f, retail, p, month), 0, PLAIN);
            paper_figure(paper, figure_ytd_growth(f, retail, p, month), 1, PLAIN);
        }
        paper_figure(paper, figure_ytd(f, exports, p, month), 0, PLAIN);
        paper_figure(paper, figure_ytd(f, imports, p, month), 0, PLAIN);
        paper_figure(paper, figure_ytd(f, capital, p, month), 2, PLAIN);
        paper_figure(paper, figure_ytd(f, fdi, p, month), 0, PLAIN);
        paper_end_row(paper);
    }
    paper_line(paper, "注：社会消费品零售总额1-2月合并发布；本表数据为初步统计数。,,,,,,,");
    return true;
}

/* Per mille of a county's revenue that are local taxes. */
static int64_t tax_share(size_t place, int month)
{
    return 560 + (int64_t)(chance(311, place, 0) % 170) + month % 12 / 2;
}

/* Local taxes of a place this year and, comparable, last year; the city's are the
 * sum of its counties'. */
static void local_taxes(const struct figures *f, size_t budget, size_t place, int month,
                        int64_t *now, int64_t *base)
{
    size_t first = place == CITY ? FIRST_COUNTY : place, beyond = place == CITY ? FIRST_TOWN : place + 1;

    *now = *base = 0;
    for (size_t p = first; p < beyond; p++) {
        *now += figure_ytd(f, budget, p, month) * tax_share(p, month) / MILLE;
        *base += figure_ytd(f, budget, p, month - 12) * 985 / MILLE * (tax_share(p, month) - 4) / MILLE;
    }
}

bool write_fiscal(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    size_t budget = series_find("budget_rev");
    char text[32], name[64];

    (void)variant;
    snprintf(name, sizeof name, "fiscal_%s.csv", month_name(text, sizeof text, "", month));
    paper_start(paper, "fin", name, ',');
    paper->arrival = arrival_of(month, 3);
    paper->bom = true;
    paper->crlf = true;
    paper_line(paper,
               "地区,月份,一般公共预算收入,上年同期可比（收入）,税收收入,上年同期可比（税收）");
    snprintf(text, sizeof text, "%d年%d月", year_of(month), month_of(month));
    for (size_t p = PROVINCE; p < FIRST_TOWN; p++) {
        int64_t taxes, taxes_base;
        int64_t now = figure_ytd(f, budget, p, month), base = figure_ytd(f, budget, p, month - 12);
        paper_cell(paper, places[p].name);
        paper_cell(paper, text);
        paper_figure(paper, now, 0, THOUSANDS);
        paper_figure(paper, base * 985 / MILLE, 0, THOUSANDS); /* tax refunds taken out */
        local_taxes(f, budget, p, month, &taxes, &taxes_base);
        paper_figure(paper, taxes, 0, THOUSANDS);
        paper_figure(paper, taxes_base, 0, THOUSANDS);
        paper_end_row(paper);
    }
    paper_cell(paper, "合计");
    paper_cell(paper, text);
    counties_total(f, paper, budget, month);
    paper_line(paper, ",,,");
    return true;
}

static void power_row(const struct figures *f, struct paper *paper, size_t place, bool industry,
                      int month)
{
    size_t s = series_find("power");
    int64_t share = 380 + (int64_t)(chance(411, place, 0) % 220);

    paper_cell(paper, places[place].name);
    paper_cell(paper, industry ? "工业用电量" : "全社会用电量");
    paper_cell(paper, "万千瓦时");
    for (int m = month - month % 6; m <= month; m++) {
        int64_t figure = figure_month(f, s, place, m);
        int64_t part = share + (int64_t)(chance(412, place, (uint64_t)m) % 30);
        enum figure_style style = place == FIRST_COUNTY + 9 && m > 24 ? FULL_WIDTH : PLAIN;
        paper_figure(paper, industry ? figure * part / MILLE : figure, 1, style);
    }
    paper_end_row(paper);
}

bool write_power(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    char text[64];

    (void)variant;
    paper_start(paper, "ind", "", ',');
    paper->gzip = month % 2 == 1;
    snprintf(paper->name, sizeof paper->name, "power_%dH%d_%02d.csv%s", year_of(month),
             month % 12 / 6 + 1, month_of(month), paper->gzip ? ".gz" : "");
    paper->arrival = arrival_of(month, 4);
    snprintf(text, sizeof text, "各县市区用电量（%d年）", year_of(month));
    paper_line(paper, text);
    paper_line(paper, "");
    paper_cell(paper, "单位");
    paper_cell(paper, "指标");
    paper_cell(paper, "计量单位");
    for (int m = month - month % 6; m <= month; m++) {
        snprintf(text, sizeof text, "%d年%d月", year_of(m), month_of(m));
        paper_cell(paper, text);
    }
    paper_end_row(paper);
    for (size_t p = PROVINCE; p < FIRST_TOWN; p++) {
        power_row(f, paper, p, false, month);
        power_row(f, paper, p, true, month);
    }
    return true;
}

bool write_housing(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    size_t invest = series_find("realestate_inv"), sales = series_find("housing_sales");
    char text[32], name[64];

    (void)variant;
    if (month % 12 == 0)
        return false;
    snprintf(name, sizeof name, "住建_%s.csv", month_name(text, sizeof text, "-", month));
    paper_start(paper, "housing", name, '\t');
    paper->arrival = arrival_of(month, 5);
    paper_line(
        paper,
        "单位\t房地产开发投资（亿元）\t房地产开发投资增速\t商品房销售面积\t商品房销售面积增速");
    for (size_t p = PROVINCE; p < FIRST_TOWN; p++) {
        paper_cell(paper, places[p].code); /* this bureau writes codes */
        paper_figure(paper, figure_ytd(f, invest, p, month), 4, PLAIN);
        paper_figure(paper, figure_ytd_growth(f, invest, p, month), 1, PLAIN);
        paper_figure(paper, figure_ytd(f, sales, p, month), 2, PLAIN);
        paper_figure(paper, figure_ytd_growth(f, sales, p, month), 1, PLAIN);
        paper_end_row(paper);
    }
    return true;
}

bool write_finance(const struct figures *f, int month, size_t variant, struct paper *paper)
{
    size_t loans = series_find("loans"), deposits = series_find("deposits");
    char text[32], name[64];

    (void)variant;
    snprintf(name, sizeof name, "finance_%s.csv", month_name(text, sizeof text, "-", month));
    paper_start(paper, "finsvc", name, ';');
    paper->arrival = arrival_of(month, 6);
    paper_line(paper, "地区;金融机构各项贷款余额;金融机构各项存款余额");
    for (size_t p = PROVINCE; p < FIRST_TOWN; p++) {
        paper_cell(paper, name_of(p, month));
        paper_figure(paper, figure_month(f, loans, p, month), 2, PLAIN);
        paper_figure(paper, figure_month(f, deposits, p, month), 2, PLAIN);
        paper_end_row(paper);
    }
    return true;
}
