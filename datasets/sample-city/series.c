/* series.c - makes the invented figures: trend, season, Spring Festival, growth
 * that differs by place, and chance (see series.h).
 */
#include "series.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SEED = 20230630, MILLE = 1000, N_SEASONS = 5 };

/* The tables read better wide. */
/* clang-format off */
const struct place places[N_PLACES] = {
    { "880000", "清岳省", 14000 }, { "880100", "云岭市", 1000 },
    { "880102", "文澜区", 142 },   { "880103", "锦溪区", 118 }, { "880104", "北渚区", 71 },
    { "880181", "榆岭市", 131 },   { "880182", "安澜市", 109 }, { "880121", "望岳县", 96 },
    { "880122", "松泉县", 74 },    { "880123", "石梁县", 62 },  { "880124", "碧潭县", 68 },
    { "880125", "柳滩县", 51 },    { "880126", "青坪县", 43 },  { "880127", "栗坪县", 35 },
    { "880102001", "书院街道", 118 },   { "880102002", "钟楼街道", 104 },
    { "880102003", "东门桥街道", 86 },  { "880102004", "柳堤街道", 72 },
    { "880102005", "文昌街道", 92 },    { "880102006", "新码头街道", 101 },
    { "880102007", "松风街道", 63 },    { "880102008", "云台街道", 84 },
    { "880102100", "竹园镇", 89 },      { "880102101", "长塘镇", 71 },
    { "880102102", "梅溪镇", 66 },      { "880102200", "石门乡", 54 },
};

const struct series series_table[] = {
    { "gdp", "地区生产总值", "亿元", COUNTY_FLOW, 2, 15800, 62, 12, 1, true, false, NULL },
    { "industry_va", "规模工业增加值", "%", COUNTY_GROWTH, 1, 68, 0, 26, 0, false, true, NULL },
    { "service_rev", "规模以上服务业营业收入", "万元", COUNTY_FLOW, 0, 45000, 84, 50, 1, false, true, NULL },
    { "fai", "固定资产投资", "%", COUNTY_GROWTH, 1, 74, 0, 40, 0, false, true, NULL },
    { "hightech_inv", "高新技术产业投资", "%", COUNTY_GROWTH, 1, 112, 0, 60, 0, false, true, NULL },
    { "realestate_inv", "房地产开发投资", "万元", COUNTY_FLOW, 0, 128000, -42, 70, 2, false, true, NULL },
    { "housing_sales", "商品房销售面积", "万平方米", COUNTY_FLOW, 2, 3400, -55, 80, 2, false, true, NULL },
    { "retail", "社会消费品零售总额", "万元", COUNTY_FLOW, 0, 951000, 58, 20, 3, false, true, NULL },
    { "budget_rev", "一般公共预算收入", "万元", COUNTY_FLOW, 0, 91000, 46, 45, 1, false, false, NULL },
    { "exports", "出口总额", "万元", COUNTY_FLOW, 0, 61000, 132, 90, 4, false, false, NULL },
    { "imports", "进口总额", "万元", COUNTY_FLOW, 0, 19000, 96, 120, 4, false, false, NULL },
    { "fdi", "实际使用外资", "万美元", COUNTY_EVENTS, 0, 640, 0, 0, 0, false, false, NULL },
    { "domestic_capital", "实际到位内资", "亿元", COUNTY_FLOW, 2, 4100, 120, 110, 2, false, false, NULL },
    { "power", "全社会用电量", "万千瓦时", COUNTY_FLOW, 1, 752000, 51, 30, 4, false, false, NULL },
    { "hightech_va", "高新技术产业增加值", "%", COUNTY_GROWTH, 1, 121, 0, 30, 0, true, false, NULL },
    { "culture_rev", "规模以上文化产业单位营业收入", "万元", COUNTY_FLOW, 0, 21000, 74, 60, 1, true, false, NULL },
    { "income", "全体居民人均可支配收入", "元", COUNTY_PER_HEAD, 0, 1950, 66, 14, 3, true, false, NULL },
    { "income_urban", "城镇居民人均可支配收入", "元", COUNTY_PER_HEAD, 0, 2710, 57, 12, 3, true, false, NULL },
    { "income_rural", "农村居民人均可支配收入", "元", COUNTY_PER_HEAD, 0, 1370, 81, 16, 3, true, false, NULL },
    { "consumption", "居民人均消费支出", "元", COUNTY_PER_HEAD, 0, 1430, 58, 20, 3, true, false, NULL },
    { "rd", "研究与试验发展经费", "亿元", COUNTY_FLOW, 3, 3100, 150, 40, 1, true, false, NULL },
    { "loans", "金融机构各项贷款余额", "亿元", COUNTY_STOCK, 2, 198000, 104, 5, 0, false, false, NULL },
    { "deposits", "金融机构各项存款余额", "亿元", COUNTY_STOCK, 2, 311000, 91, 5, 0, false, false, NULL },
    { "accidents", "事故起数", "起", COUNTY_EVENTS, 0, 14, 0, 0, 0, false, false, NULL },
    { "deaths", "死亡人数", "人", COUNTY_EVENTS, 0, 6, 0, 0, 0, false, false, NULL },
    { "major_accidents", "较大事故起数", "起", COUNTY_EVENTS, 0, 0, 0, 0, 0, false, false, NULL },
    { "forest_fires", "森林火灾", "起", COUNTY_EVENTS, 0, 9, 0, 0, 0, false, false, NULL },
    { "big_projects", "新开工亿元以上制造业项目数", "个", COUNTY_EVENTS, 0, 6, 0, 0, 0, false, false, NULL },
    { "pm25", "PM2.5浓度", "μg/m³", COUNTY_RATE, 0, 38, 0, 4, 4, false, false, NULL },
    { "good_air", "空气质量优良天数比例", "%", COUNTY_RATE, 1, 880, 1, 40, 0, false, false, NULL },
    { "water_index", "水环境综合指数", "点", COUNTY_RATE, 3, 3650, -9, 160, 0, false, false, NULL },
    { "quality_score", "高质量发展考核得分", "分", COUNTY_RATE, 2, 8050, 6, 240, 0, false, false, NULL },
    { "central_paid", "中央预算内投资资金支付率", "%", COUNTY_RATE, 2, 6100, 30, 900, 0, false, false, NULL },
    { "cpi", "居民消费价格指数", "指数", COUNTY_RATE, 1, 1016, 0, 9, 0, false, false, NULL },
    { "unemployment", "城镇调查失业率", "%", COUNTY_RATE, 1, 48, 0, 3, 0, false, false, NULL },
    { "new_jobs", "城镇新增就业", "人", TOWN_FLOW, 0, 318, 20, 90, 1, false, false, NULL },
    { "training", "职业技能培训", "人次", TOWN_FLOW, 0, 101, 10, 120, 1, false, false, NULL },
    { "new_entities", "经营主体净增", "户", TOWN_FLOW, 0, 290, 70, 140, 2, false, false, NULL },
    { "key_projects", "重点项目投资", "万元", TOWN_FLOW, 0, 19500, 60, 60, 2, false, false, NULL },
    { "town_output", "规模工业产值", "万元", TOWN_FLOW, 0, 164000, 71, 40, 1, false, true, NULL },
    { "pension_beds", "家庭养老床位", "张", TOWN_FLOW, 0, 46, 40, 150, 0, false, false, NULL },
    { "insured_rate", "参保率", "%", TOWN_RATE, 2, 9430, 3, 60, 0, false, false, NULL },
    { "fire_staff", "应急队伍人数", "人", TOWN_RATE, 0, 33, 0, 3, 0, false, false, NULL },
    { "g5_sites", "5G站点数", "个", SUBJECT_FLOW, 0, 21, 180, 200, 0, false, false, "ind" },
    { "electronics_rev", "规模以上电子信息制造业营业收入", "万元", SUBJECT_FLOW, 0, 8600, 290, 60, 1, false, false, "ind" },
    { "software_rev", "规模以上软件和信息技术服务业营业收入", "万元", SUBJECT_FLOW, 0, 78, 125, 70, 1, false, false, "ind" },
    { "tech_sme", "科技型中小企业", "家", SUBJECT_FLOW, 0, 11, 210, 300, 0, false, false, "ind" },
    { "tech_contracts", "技术合同成交额", "亿元", SUBJECT_FLOW, 2, 132, 140, 220, 0, false, false, "ind" },
    { "little_giants", "小巨人企业", "家", SUBJECT_FLOW, 0, 0, 0, 0, 0, false, false, "ind" },
    { "chain_output", "九大产业链产值", "万元", SUBJECT_FLOW, 0, 214000, 122, 40, 1, false, false, "ind" },
    { "lighter_labour", "打火机产业用工人数", "人", SUBJECT_LEVEL, 0, 5200, -38, 20, 0, false, false, "ind" },
    { "top500", "三类500强项目", "个", SUBJECT_FLOW, 0, 0, 0, 0, 0, false, false, "commerce" },
    { "night_zones", "夜间消费集聚示范区数", "家", SUBJECT_LEVEL, 0, 2, 0, 0, 0, false, false, "commerce" },
    { "workshops", "就业帮扶车间数", "个", SUBJECT_LEVEL, 0, 31, 0, 2, 0, false, false, "hrss" },
    { "poverty_jobs", "脱贫人口就业", "人", SUBJECT_LEVEL, 0, 1890, 4, 18, 0, false, false, "hrss" },
    { "taxpayer_share", "涉税企业占比", "%", SUBJECT_LEVEL, 1, 502, 1, 12, 0, false, false, "tax" },
    { "tax_process", "报税后流程指数", "%", SUBJECT_LEVEL, 2, 8110, 21, 60, 0, false, false, "tax" },
    { "listed_firms", "上市公司", "家", SUBJECT_FLOW, 0, 0, 0, 0, 0, false, false, "finsvc" },
    { "reserve_pool", "后备企业库", "%", SUBJECT_LEVEL, 0, 0, 0, 0, 0, false, false, "finsvc" },
    { "approval_days", "竣工联合验收最长办理天数", "工作日", SUBJECT_LEVEL, 0, 9, 0, 2, 0, false, false, "gov" },
    { "issues_closed", "问题回复率", "%", SUBJECT_LEVEL, 1, 1000, 0, 0, 0, false, false, "gov" },
    { "online_services", "一网通办", "项", SUBJECT_LEVEL, 0, 96, 8, 5, 0, false, false, "gov" },
    { "idle_land", "批而未供处置率", "%", SUBJECT_LEVEL, 2, 6200, 81, 40, 0, false, false, "nrb" },
    { "land_fixed", "用地整改率", "%", SUBJECT_LEVEL, 1, 120, 9, 10, 0, false, false, "nrb" },
    { "land_cases", "违法用地", "起", SUBJECT_LEVEL, 0, 0, 0, 1, 0, false, false, "nrb" },
    { "livelihood", "民生实事", "%", SUBJECT_FLOW, 1, 81, 0, 30, 0, false, false, "inspect" },
    { "hub_main", "枢纽主体工程", "%", SUBJECT_LEVEL, 0, 0, 0, 0, 0, false, false, "housing" },
    { "hub_power", "枢纽机电安装", "%", SUBJECT_LEVEL, 0, 0, 0, 0, 0, false, false, "housing" },
    { "water_tests", "水质检测", "次", SUBJECT_LEVEL, 0, 2, 0, 1, 0, false, false, "housing" },
    { "defaults", "平台违约", "起", SUBJECT_LEVEL, 0, 0, 0, 0, 0, false, false, "fin" },
    { "allowance", "农村低保标准", "元/年", SUBJECT_LEVEL, 0, 4600, 0, 0, 0, false, false, "civil" },
};
const size_t n_series = sizeof series_table / sizeof *series_table;

/* Per mille of an ordinary month, January to December. */
static const int seasons[N_SEASONS][12] = {
    { 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000 },
    { 960, 820, 1080, 960, 980, 1090, 940, 960, 1040, 980, 1010, 1180 }, /* quarter ends */
    { 700, 610, 980, 990, 1060, 1230, 1000, 1010, 1090, 1040, 1090, 1200 }, /* building */
    { 1160, 1040, 930, 920, 970, 960, 950, 970, 1010, 1060, 1000, 1030 }, /* shopping */
    { 1050, 820, 960, 910, 930, 1010, 1160, 1180, 1000, 920, 980, 1080 }, /* electricity */
};
/* Months in which Spring Festival falls: it moves work from there. */
static const int festival[] = { 0, 13, 25, 36 };
/* Per mille on the growth of all: the years were not alike. */
static const int year_effect[] = { 0, 34, -22, 8 };
/* clang-format on */

struct figures {
    int64_t *month; /* [n_series][N_PLACES][N_MONTHS] */
};

/* splitmix64, used as a hash: Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

uint64_t chance(uint64_t a, uint64_t b, uint64_t c)
{
    return mix(mix(mix(SEED + a) + b) + c);
}

/* A whole number in -range..range, in the middle more often than at the ends. */
static int64_t wobble(size_t series, size_t place, int month, int64_t range)
{
    uint64_t r = chance(series + 1, place + 1, (uint64_t)(month + 1000));
    int64_t width = range + 1;

    return (int64_t)((r & 0xffffffff) % (uint64_t)width) - (int64_t)((r >> 32) % (uint64_t)width);
}

size_t series_find(const char *code)
{
    for (size_t s = 0; s < n_series; s++)
        if (strcmp(series_table[s].code, code) == 0)
            return s;
    assert(!"a series that is in the table");
    return 0;
}

static int64_t *cell(const struct figures *f, size_t s, size_t place, int month)
{
    return &f->month[(s * N_PLACES + place) * N_MONTHS + (size_t)month];
}

int64_t figure_month(const struct figures *f, size_t series, size_t place, int month)
{
    return *cell(f, series, place, month);
}

int64_t figure_ytd(const struct figures *f, size_t series, size_t place, int month)
{
    int64_t sum = 0;

    for (int m = month - month % 12; m <= month; m++)
        sum += *cell(f, series, place, m);
    return sum;
}

int figure_ytd_growth(const struct figures *f, size_t series, size_t place, int month)
{
    int64_t now = figure_ytd(f, series, place, month);
    int64_t before = figure_ytd(f, series, place, month - 12);
    int64_t twice = before > 0 ? (now - before) * 2 * MILLE : 0;

    if (before <= 0)
        return 0;
    /* Half up: floor((2n + d) / 2d), with a floor that holds below zero too. */
    int64_t top = twice + before, bottom = 2 * before;
    return (int)(top >= 0 ? top / bottom : -((-top + bottom - 1) / bottom));
}

/* A flow in one month: base x weight x growth of the years x season x chance. */
static int64_t flow_at(size_t s, size_t place, int month, int64_t base, int64_t weight)
{
    const struct series *series = &series_table[s];
    int64_t value = base * weight;
    int year = month / 12;

    for (int y = 1; y <= year; y++)
        value =
            value * (MILLE + series->growth + year_effect[y] + wobble(s, place, -y, 45)) / MILLE;
    value = value * seasons[series->season][month % 12] / MILLE;
    if (series->season != 0 && month == festival[year])
        value = value * 955 / MILLE;
    value = value * (MILLE + wobble(s, place, month, series->noise)) / MILLE;
    return value / MILLE;
}

/* Small counts: chance decides each month, larger places more often. */
static int64_t events_at(size_t s, size_t place, int month)
{
    int64_t expected = series_table[s].base * places[place].weight; /* per mille */
    int64_t r = (int64_t)(chance(s + 1, place + 1, (uint64_t)month) % (2 * MILLE));

    if (expected == 0)
        return 0;
    expected = expected * (MILLE - 60 * (month / 12)) / MILLE; /* a little fewer each year */
    return expected * r / MILLE / MILLE + (expected * r / MILLE % MILLE * 2 > r + 300);
}

static int64_t level_at(size_t s, size_t place, int month)
{
    const struct series *series = &series_table[s];
    int64_t value = series->base + (int64_t)series->growth * month;

    if (place != SUBJECT || series->kind != SUBJECT_LEVEL)
        value += wobble(s, place, -1, series->noise); /* the place's own level */
    value = value * seasons[series->season][month % 12] / MILLE;
    value += wobble(s, place, month, (series->noise + 1) / 2);
    if (series->kind == TOWN_RATE && strcmp(series->unit_measure, "人") == 0)
        value = series->base + wobble(s, place, -1, series->noise); /* teams do not change */
    if (strcmp(series->unit_measure, "%") == 0) {
        int64_t whole = 100;
        for (int d = 0; d < series->decimals; d++)
            whole *= 10;
        value = value > whole ? whole : value;
    }
    return value < 0 ? 0 : value;
}

/* Compounding by month: the yearly growth spread evenly, and chance. */
static int64_t stock_at(const struct figures *f, size_t s, size_t place, int month)
{
    const struct series *series = &series_table[s];
    int64_t before, step;

    if (month == 0)
        return series->base * places[place].weight / MILLE;
    before = *cell(f, s, place, month - 1);
    step = (int64_t)series->growth * 100 / 12 + wobble(s, place, -1, 200) +
           wobble(s, place, month, series->noise * 60);
    return before * (100 * MILLE + step) / (100 * MILLE);
}

/* A published growth rate wanders: the mean of four neighbouring chances. */
static int64_t growth_at(size_t s, size_t place, int month)
{
    const struct series *series = &series_table[s];
    int64_t sum = 0;

    for (int k = 0; k < 4; k++)
        sum += wobble(s, place, month - k, 2 * (int64_t)series->noise);
    return series->base + year_effect[month / 12] + wobble(s, place, -9, series->noise) + sum / 4;
}

static void add_city(struct figures *f, size_t s, int month, bool mean)
{
    int64_t sum = 0;

    for (size_t p = FIRST_COUNTY; p < FIRST_TOWN; p++)
        sum += *cell(f, s, p, month) * (mean ? places[p].weight : 1);
    *cell(f, s, CITY, month) = mean ? sum / MILLE : sum;
}

/* The district's figure is made first; townships share it out by running sums
 * of their weights, so that they always add up. */
static void share_out(struct figures *f, size_t s, int month)
{
    int64_t weight[N_TOWNS], total = 0, running = 0, given = 0, whole;

    whole = flow_at(s, SUBJECT, month, series_table[s].base, MILLE);
    *cell(f, s, SUBJECT, month) = whole;
    for (size_t t = 0; t < N_TOWNS; t++) {
        size_t p = FIRST_TOWN + t;
        weight[t] = places[p].weight *
                    (MILLE + wobble(s, p, -50 - month / 12, 60) + wobble(s, p, month, 90));
        total += weight[t];
    }
    for (size_t t = 0; t < N_TOWNS; t++) {
        running += weight[t];
        int64_t upto = (2 * whole * running + total) / (2 * total);
        *cell(f, s, FIRST_TOWN + t, month) = upto - given;
        given = upto;
    }
}

static int64_t county_at(const struct figures *f, size_t s, size_t place, int month)
{
    const struct series *series = &series_table[s];

    switch (series->kind) {
    case COUNTY_FLOW:
        return flow_at(s, place, month, series->base, places[place].weight);
    case COUNTY_PER_HEAD: /* richer where there is more trade */
        return flow_at(s, place, month, series->base,
                       place == PROVINCE ? 1090 : 870 + 2 * places[place].weight);
    case COUNTY_EVENTS:
        return events_at(s, place, month);
    case COUNTY_STOCK:
        return stock_at(f, s, place, month);
    case COUNTY_GROWTH:
        return growth_at(s, place, month);
    default:
        return level_at(s, place, month);
    }
}

static void make_month(struct figures *f, size_t s, int month)
{
    const struct series *series = &series_table[s];

    switch (series->kind) {
    case TOWN_FLOW:
        share_out(f, s, month);
        break;
    case TOWN_RATE:
        for (size_t p = FIRST_TOWN; p < N_PLACES; p++)
            *cell(f, s, p, month) = level_at(s, p, month);
        *cell(f, s, SUBJECT, month) = level_at(s, SUBJECT, month);
        break;
    case SUBJECT_FLOW:
        *cell(f, s, SUBJECT, month) = flow_at(s, SUBJECT, month, series->base, MILLE);
        break;
    case SUBJECT_LEVEL:
        *cell(f, s, SUBJECT, month) = level_at(s, SUBJECT, month);
        break;
    default:
        for (size_t p = PROVINCE; p < FIRST_TOWN; p++)
            if (p != CITY)
                *cell(f, s, p, month) = county_at(f, s, p, month);
        add_city(f, s, month,
                 series->kind != COUNTY_FLOW && series->kind != COUNTY_EVENTS &&
                     series->kind != COUNTY_STOCK);
    }
}

/* What is known of single projects: finished step by step in 2023. */
static void set_milestones(struct figures *f)
{
    static const struct {
        const char *code;
        int month;
        int64_t value;
    } steps[] = {
        { "hub_main", 30, 40 },   { "hub_main", 36, 70 },      { "hub_main", 39, 88 },
        { "hub_main", 41, 100 },  { "hub_power", 38, 15 },     { "hub_power", 40, 34 },
        { "hub_power", 41, 52 },  { "reserve_pool", 40, 100 }, { "allowance", 38, 5040 },
        { "night_zones", 37, 3 }, { "top500", 37, 1 },
    };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        size_t s = series_find(steps[i].code);
        int last = series_table[s].kind == SUBJECT_FLOW ? steps[i].month : N_MONTHS - 1;
        for (int m = steps[i].month; m <= last; m++)
            *cell(f, s, SUBJECT, m) = steps[i].value;
    }
}

/* A new works ran at full load in a hot August: true, and yet a check must ask. */
static void set_hot_august(struct figures *f)
{
    enum { BITAN = FIRST_COUNTY + 8, AUGUST_2022 = 31 };
    size_t s = series_find("power");
    int64_t more = *cell(f, s, BITAN, AUGUST_2022) * 12 / 10;

    *cell(f, s, BITAN, AUGUST_2022) += more;
    *cell(f, s, CITY, AUGUST_2022) += more;
}

struct figures *figures_new(void)
{
    struct figures *f = calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->month = calloc(n_series * N_PLACES * N_MONTHS, sizeof *f->month);
    if (!f->month) {
        free(f);
        return NULL;
    }
    for (size_t s = 0; s < n_series; s++)
        for (int month = 0; month < N_MONTHS; month++)
            make_month(f, s, month);
    set_milestones(f);
    set_hot_august(f);
    return f;
}

void figures_free(struct figures *figures)
{
    if (figures)
        free(figures->month);
    free(figures);
}
