/* rule_world.h - a small profile and a source of numbers in memory, for the tests
 * of the rule language: a city of twelve districts k1..k12, townships t1..t3 under
 * k1 and t4 under k2, and a few indicators of every kind. */
#ifndef TONGBAO_TEST_RULE_WORLD_H
#define TONGBAO_TEST_RULE_WORLD_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/rule.h"

enum { WORLD_DISTRICTS = 12, WORLD_UNITS = 18, WORLD_MEMBERS = 12, WORLD_FACTS = 2048 };
enum { WORLD_CITY_GROUP, WORLD_OTHERS_GROUP, WORLD_PROVINCE_GROUP, WORLD_TOWNS_GROUP,
       WORLD_EMPTY_GROUP, WORLD_GROUPS };

/* Rows of the indicators, as in world_indicators. */
enum world_indicator {
    W_GDP, W_TRADE, W_RD, W_RATE, W_RISK, W_ROAD, W_BRIDGE, W_POP, W_VERIFY, W_VERIFY_1,
    W_VERIFY_3, W_VERIFY_5, W_QUARTER, W_PRICE, W_ENERGY, W_PERMILLE, W_TITLE, WORLD_INDICATORS
};

struct world_fact {
    enum tb_measure measure;
    size_t indicator;
    uint8_t group;
    struct tb_period period;
    size_t unit; /* or SIZE_MAX: the group's pooled figure, SIZE_MAX - 1: its own */
    struct tb_operand number;
};

struct world {
    struct tb_profile profile;
    struct tb_unit units[WORLD_UNITS];
    struct tb_group groups[WORLD_GROUPS];
    struct tb_indicator indicators[WORLD_INDICATORS];
    uint32_t members[WORLD_MEMBERS], towns[4];
    char codes[WORLD_UNITS][16];
    struct world_fact facts[WORLD_FACTS];
    size_t n_facts;
    size_t calls;             /* of measure: what is shared is asked once */
    char messages[4096];      /* what the last compilation said */
    uint32_t column;          /* where */
    size_t n_warnings;
    bool verdicts;            /* compile rules of consequences */
};

struct world_indicator_row {
    const char *code, *name, *unit_measure;
    enum tb_kind kind;
    enum tb_direction direction;
    enum tb_freq frequency;
    int32_t decimals;
    bool joint;
    enum tb_measure headline;
};

/* clang-format off */
static const struct world_indicator_row world_indicators[WORLD_INDICATORS] = {
    [W_GDP]      = { "gdp", "地区生产总值", "亿元", TB_KIND_FLOW, TB_HIGHER, TB_FREQ_MONTH, 2, false, TB_MEASURE_GROWTH },
    [W_TRADE]    = { "trade", "进出口总额", "万元", TB_KIND_FLOW, TB_HIGHER, TB_FREQ_MONTH, 1, true, TB_MEASURE_GROWTH },
    [W_RD]       = { "rd", "研发投入", "万元", TB_KIND_FLOW, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_YTD },
    [W_RATE]     = { "jobless", "失业率", "%", TB_KIND_RATE, TB_LOWER, TB_FREQ_MONTH, 1, false, TB_MEASURE_VALUE },
    [W_RISK]     = { "risk", "风险等级", "", TB_KIND_GRADE, TB_LOWER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_ROAD]     = { "road", "公路", "公里", TB_KIND_FLOW, TB_HIGHER, TB_FREQ_MONTH, 1, false, TB_MEASURE_YTD },
    [W_BRIDGE]   = { "bridge", "主体工程", "%", TB_KIND_MILESTONE, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_POP]      = { "pop", "人口", "人", TB_KIND_STOCK, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_VERIFY]   = { "verify", "核实天数", "天", TB_KIND_COUNT, TB_LOWER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_VERIFY_1] = { "verify.1", "核实一天", "件", TB_KIND_COUNT, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_VERIFY_3] = { "verify.3", "核实三天", "件", TB_KIND_COUNT, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_VERIFY_5] = { "verify.5", "核实五天", "件", TB_KIND_COUNT, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_QUARTER]  = { "income", "居民收入", "元", TB_KIND_FLOW, TB_HIGHER, TB_FREQ_QUARTER, 0, false, TB_MEASURE_GROWTH },
    [W_PRICE]    = { "price", "价格指数", "指数", TB_KIND_INDEX, TB_LOWER, TB_FREQ_MONTH, 1, false, TB_MEASURE_VALUE },
    [W_ENERGY]   = { "energy", "能耗", "吨", TB_KIND_FLOW, TB_LOWER, TB_FREQ_MONTH, 1, false, TB_MEASURE_GROWTH },
    [W_TITLE]    = { "title", "创建等级", "", TB_KIND_GRADE, TB_HIGHER, TB_FREQ_MONTH, 0, false, TB_MEASURE_VALUE },
    [W_PERMILLE] = { "births", "出生率", "‰", TB_KIND_RATE, TB_HIGHER, TB_FREQ_MONTH, 2, false, TB_MEASURE_VALUE },
};
/* clang-format on */

static inline void world_units(struct world *world)
{
    size_t n = 0;

    snprintf(world->codes[n++], sizeof world->codes[0], "city0");
    for (int i = 1; i <= WORLD_DISTRICTS; i++)
        snprintf(world->codes[n++], sizeof world->codes[0], "k%d", i);
    for (int i = 1; i <= 4; i++)
        snprintf(world->codes[n++], sizeof world->codes[0], "t%d", i);
    snprintf(world->codes[n++], sizeof world->codes[0], "430503");
    assert(n == WORLD_UNITS);
    for (size_t u = 0; u < n; u++) {
        world->units[u] = (struct tb_unit){ .code = world->codes[u],
                                            .name_zh = world->codes[u],
                                            .name_en = world->codes[u],
                                            .parent = TB_NONE,
                                            .successor = TB_NONE,
                                            .valid_from = TB_DAY_NONE,
                                            .valid_to = TB_DAY_NONE };
        tb_map_add(world->profile.unit_names, world->codes[u], strlen(world->codes[u]),
                   (int64_t)u);
    }
    for (size_t t = 13; t <= 15; t++)
        world->units[t].parent = 1;
    world->units[16].parent = 2;
}

static inline void world_groups(struct world *world)
{
    static const char *const codes[WORLD_GROUPS] = { "city", "others", "province", "towns",
                                                     "empty" };

    for (uint32_t i = 0; i < WORLD_MEMBERS; i++)
        world->members[i] = i + 1;
    for (size_t g = 0; g < WORLD_GROUPS; g++) {
        world->groups[g] = (struct tb_group){ .code = codes[g],
                                              .name_zh = codes[g],
                                              .area = g == WORLD_CITY_GROUP ? 0 : TB_NONE,
                                              .exclude_self = g == WORLD_OTHERS_GROUP,
                                              .member = world->members,
                                              .n_members = WORLD_MEMBERS };
        tb_map_add(world->profile.group_codes, codes[g], strlen(codes[g]), (int64_t)g);
    }
    for (uint32_t i = 0; i < 4; i++)
        world->towns[i] = i + 13;
    world->groups[WORLD_TOWNS_GROUP].member = world->towns;
    world->groups[WORLD_TOWNS_GROUP].n_members = 4;
    world->groups[WORLD_EMPTY_GROUP].n_members = 0;
}

static inline void world_indicator_rows(struct world *world)
{
    for (size_t i = 0; i < WORLD_INDICATORS; i++) {
        const struct world_indicator_row *row = &world_indicators[i];
        struct tb_indicator *indicator = &world->indicators[i];

        *indicator = (struct tb_indicator){ .code = row->code,
                                            .name_zh = row->name,
                                            .name_en = row->code,
                                            .unit_measure = row->unit_measure,
                                            .kind = row->kind,
                                            .direction = row->direction,
                                            .frequency = row->frequency,
                                            .decimals = row->decimals,
                                            .joint_jan_feb = row->joint,
                                            .headline = { (uint8_t)row->headline },
                                            .n_headlines = 1 };
        tb_uom_read(row->unit_measure, NULL, 0, &indicator->uom);
        tb_map_add(world->profile.indicator_names, row->code, strlen(row->code), (int64_t)i);
        tb_map_add(world->profile.indicator_names, row->name, strlen(row->name), (int64_t)i);
    }
}

/* Words of grades, best first. */
static inline void world_grades(struct world *world)
{
    static const char *const risks[] = { "绿", "黄", "橙", "红" };
    static const char *const titles[] = { "国家级", "省级先进", "市级先进", "达标" };

    world->indicators[W_RISK].grades = (struct tb_strings){ (const char **)risks, 4 };
    world->indicators[W_TITLE].grades = (struct tb_strings){ (const char **)titles, 4 };
}

static inline struct world *world_new(void)
{
    struct world *world = calloc(1, sizeof *world);

    assert(world);
    struct tb_profile *profile = &world->profile;
    profile->unit_names = tb_map_new();
    profile->indicator_names = tb_map_new();
    profile->group_codes = tb_map_new();
    world_units(world);
    world_groups(world);
    world_indicator_rows(world);
    world_grades(world);
    profile->units = world->units;
    profile->n_units = WORLD_UNITS;
    profile->groups = world->groups;
    profile->n_groups = WORLD_GROUPS;
    profile->indicators = world->indicators;
    profile->n_indicators = WORLD_INDICATORS;
    profile->set = (struct tb_settings){ .subject_group = "city",
                                         .frequency = TB_FREQ_MONTH,
                                         .year_start = 1,
                                         .growth_decimals = 1,
                                         .rank_on_published = true,
                                         .first_keeps_ok = true,
                                         .about_tolerance = { 5, 1 },
                                         .front_share = { 25, 2 },
                                         .bottom_k = 3,
                                         .min_peers = 3 };
    return world;
}

static inline void world_free(struct world *world)
{
    tb_map_free(world->profile.unit_names);
    tb_map_free(world->profile.indicator_names);
    tb_map_free(world->profile.group_codes);
    free(world);
}

static inline struct tb_period world_period(const char *text)
{
    struct tb_period_read read = { .cumulative = false };
    bool ok = tb_period_parse(text, strlen(text), &read);

    assert(ok);
    (void)ok;
    return read.period;
}

/* "5.3", "1/3", "-" no data, "!" not computable, "x" not applicable; after it: `p` provisional,
 * `=` a tied rank, `u` kept out of ranks. */
static inline struct tb_operand world_number(const char *text, size_t len)
{
    struct tb_operand out = { .number = { 0, 1 } };
    struct tb_decimal top, bottom = { 1, 0 };

    for (; len > 1 && strchr("p=u", text[len - 1]); len--) {
        out.provisional |= text[len - 1] == 'p';
        out.tied |= text[len - 1] == '=';
        out.unranked |= text[len - 1] == 'u';
    }
    if (len == 1 && strchr("-!x", text[0])) {
        out.known = text[0] == '-'   ? TB_UNKNOWN_NO_DATA
                    : text[0] == '!' ? TB_UNKNOWN_NOT_COMPUTABLE
                                     : TB_UNKNOWN_NOT_APPLICABLE;
        return out;
    }
    const char *slash = memchr(text, '/', len);
    size_t first = slash ? (size_t)(slash - text) : len;
    bool ok = tb_decimal_parse(text, first, &top) &&
              (!slash || tb_decimal_parse(slash + 1, len - first - 1, &bottom));
    struct tb_rational a, b;
    ok = ok && tb_rational_from_decimal(top, &a) && tb_rational_from_decimal(bottom, &b) &&
         tb_rational_div(a, b, &out.number);
    assert(ok);
    (void)ok;
    return out;
}

static inline void world_fact(struct world *world, enum tb_measure measure, size_t indicator,
                              const char *period, size_t unit, struct tb_operand number)
{
    assert(world->n_facts < WORLD_FACTS);
    world->facts[world->n_facts++] = (struct world_fact){ .measure = measure,
                                                          .indicator = indicator,
                                                          .group = WORLD_CITY_GROUP,
                                                          .period = world_period(period),
                                                          .unit = unit,
                                                          .number = number };
}

/* Numbers of k1, k2 ... (first = 1) or t1 ... (first = 13), parted by blanks. */
static inline void world_row_from(struct world *world, enum tb_measure measure, size_t indicator,
                                  const char *period, size_t first, const char *numbers)
{
    while (*numbers) {
        size_t len = strcspn(numbers, " ");

        world_fact(world, measure, indicator, period, first++, world_number(numbers, len));
        numbers += len;
        numbers += strspn(numbers, " ");
    }
}

static inline void world_row(struct world *world, enum tb_measure measure, size_t indicator,
                             const char *period, const char *numbers)
{
    world_row_from(world, measure, indicator, period, 1, numbers);
}

/* The figure of the city as one; `own`: its own, else pooled. */
static inline void world_pooled(struct world *world, enum tb_measure measure, size_t indicator,
                                const char *period, bool own, const char *number)
{
    world_fact(world, measure, indicator, period, own ? SIZE_MAX - 1 : SIZE_MAX,
               world_number(number, strlen(number)));
}

static inline struct tb_operand world_find(const struct world *world, enum tb_measure measure,
                                           size_t indicator, struct tb_period period, size_t unit)
{
    for (size_t i = 0; i < world->n_facts; i++) {
        const struct world_fact *fact = &world->facts[i];
        if (fact->measure == measure && fact->indicator == indicator && fact->unit == unit &&
            fact->period.freq == period.freq && fact->period.index == period.index)
            return fact->number;
    }
    return (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NO_DATA };
}

static inline void world_measure(void *user, enum tb_measure measure, size_t indicator,
                                 uint8_t group, struct tb_period period, struct tb_operand out[])
{
    struct world *world = user;

    (void)group;
    world->calls++;
    for (size_t u = 0; u < WORLD_UNITS; u++)
        out[u] = world_find(world, measure, indicator, period, u);
}

static inline struct tb_operand world_pool(void *user, enum tb_measure measure, size_t indicator,
                                           uint8_t group, bool own_first, struct tb_period period)
{
    const struct world *world = user;
    struct tb_operand own = world_find(world, measure, indicator, period, SIZE_MAX - 1);

    (void)group;
    if (own_first && own.known == TB_KNOWN)
        return own;
    return world_find(world, measure, indicator, period, SIZE_MAX);
}

static inline struct tb_rule_source world_source(struct world *world)
{
    return (struct tb_rule_source){ .user = world, .measure = world_measure, .pooled = world_pool };
}

static inline void world_listen(void *user, enum tb_severity severity,
                                const struct tb_place *place, const char *text)
{
    struct world *world = user;

    world->n_warnings += severity == TB_WARNING;
    world->column = place->column;
    snprintf(world->messages, sizeof world->messages, "%s", text);
}

/* Compiles for an indicator (TB_NONE: any), literals in `uom` (NULL: the indicator's). */
static inline struct tb_rule *world_compile(struct world *world, const char *text,
                                            int32_t indicator, const char *unit_measure)
{
    struct tb_uom uom;
    struct tb_rule_context context = { .indicator = indicator,
                                       .uom = indicator >= 0 ? &world->indicators[indicator].uom
                                                             : NULL,
                                       .has_annual = true,
                                       .has_quota = true,
                                       .screens = true,
                                       .may_be_none = true,
                                       .verdicts = world->verdicts };
    struct tb_diag diag = { .sink = world_listen, .user = world };
    struct tb_place place = { .file = "targets.csv", .line = 1 };

    if (unit_measure) {
        tb_uom_read(unit_measure, NULL, 0, &uom);
        context.uom = &uom;
    }
    world->messages[0] = '\0';
    world->column = 0;
    world->n_warnings = 0;
    return tb_rule_compile(text, &world->profile, &context, &diag, &place);
}

#endif
