/* world.c - chance, and the units and indicators of the profile. */
#include "hostile.h"

#include <stdio.h>

/* splitmix64: Steele, Lea and Flood, 2014. */
uint64_t rng_next(struct rng *rng)
{
    uint64_t z = rng->state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void rng_seed(struct rng *rng, uint64_t seed, uint64_t number)
{
    rng->state = seed * 0x100000001b3u + number;
    rng->state = rng_next(rng);
}

size_t rng_below(struct rng *rng, size_t n)
{
    return (size_t)(rng_next(rng) % n);
}

bool rng_chance(struct rng *rng, unsigned percent)
{
    return rng_below(rng, 100) < percent;
}

/* clang-format off */
const struct world_unit world_units[N_UNITS] = {
    { "0101", { "Eastfield", "东原区", "東原區" } },
    { "0102", { "Westfield", "西原区", "西原區" } },
    { "0103", { "Saint-Élie", "北塔区", "北塔區" } },
    { "0104", { "Riverton", "河口县", "河口縣" } },
    { "0105", { "Hillside", "山阳县", "山陽縣" } },
    { "0106", { "Lakeview", "湖东县", "湖東縣" } },
    { "0107", { "Old Bridge", "古桥市", "古橋市" } },
    { "0108", { "New Bridge", "新桥市", "新橋市" } },
    { "K1", { "Zone One", "开发区", "開發區" } },
    { "K2", { "Zone Two", "高新区", "高新區" } },
};

const struct world_uom world_percents[2] = {
    { { "%", "%", "%" }, 0 }, { { "percent", "个百分点", "%" }, 0 },
};

const struct world_indicator world_indicators[N_INDICATORS] = {
    { "inv", { "Investment", "固定资产投资", "固定資產投資" }, "flow", "M",
      { { { "ten thousand yuan", "万元", "tenthousand元" }, 0 }, { { "yuan", "元", "元" }, 4 },
        { { "hundred million yuan", "亿元", "hundredmillion元" }, -4 }, { { "thousand yuan", "千元", "千元" }, 1 } }, 4 },
    { "ret", { "Retail sales", "社会消费品零售总额", "社會消費品零售總額" }, "flow", "M",
      { { { "hundred million yuan", "亿元", "hundredmillion元" }, 0 }, { { "ten thousand yuan", "万元", "tenthousand元" }, 4 },
        { { "million yuan", "百万元", "million元" }, 2 } }, 3 },
    { "ent", { "Enterprises", "企业数", "企業數" }, "count", "M",
      { { { NULL, "户", NULL }, 0 }, { { NULL, "千户", NULL }, -3 } }, 2 },
    { "land", { "Forest", "造林面积", "造林面積" }, "stock", "M",
      { { { "ha", "公顷", "ha" }, 0 }, { { "m2", "平方米", "平方米" }, 4 },
        { { "km2", "平方公里", "平方公里" }, -2 } }, 3 },
    { "job", { "Unemployment", "失业率", "失業率" }, "rate", "M",
      { { { "%", "%", "%" }, 0 }, { { "permille", "‰", "permille" }, 1 } }, 2 },
    { "steel", { "Steel", "钢产量", "鋼產量" }, "flow", "M",
      { { { "t", "吨", "t" }, 0 }, { { "kg", "公斤", "公斤" }, 3 }, { { "thousand t", "千吨", "thousandt" }, -3 } }, 3 },
    { "gdp", { "GDP", "地区生产总值", "地區生產總值" }, "flow", "Q",
      { { { "hundred million yuan", "亿元", "hundredmillion元" }, 0 }, { { "ten thousand yuan", "万元", "tenthousand元" }, 4 } }, 2 },
    { "inc", { "Income", "居民收入", "居民收入" }, "flow", "Q",
      { { { "yuan", "元", "元" }, 0 }, { { "ten thousand yuan", "万元", "tenthousand元" }, -4 } }, 2 },
};
/* clang-format on */

static int put(const char *folder, const char *name, const struct tb_buf *text)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    bool good = file && !text->failed && fwrite(text->data, 1, text->len, file) == text->len;

    if (file && fclose(file) != 0)
        good = false;
    if (!good)
        fprintf(stderr, "hostile: cannot write %s\n", path);
    return good ? 0 : -1;
}

int world_write(const char *folder)
{
    struct tb_buf text = TB_BUF_INIT;
    int rc;

    tb_buf_puts(&text, "[profile]\nname_zh = 试验\nname_en = Trial\nlanguages = zh;en\n"
                       "frequency = M\nsubject_group = city\n");
    rc = put(folder, "profile.ini", &text);
    tb_buf_clear(&text);
    tb_buf_puts(&text, "unit,name_zh,name_en,aliases,groups\n");
    for (size_t i = 0; i < N_UNITS; i++) {
        const struct world_unit *u = &world_units[i];
        tb_buf_printf(&text, "%s,%s,%s,%s,city\n", u->code, u->name[SIMPLIFIED], u->name[LATIN],
                      u->name[TRADITIONAL]);
    }
    rc = rc < 0 ? rc : put(folder, "units.csv", &text);
    tb_buf_clear(&text);
    tb_buf_puts(&text, "indicator,name_zh,name_en,aliases,unit_measure,kind,direction,frequency\n");
    for (size_t i = 0; i < N_INDICATORS; i++) {
        const struct world_indicator *d = &world_indicators[i];
        bool same = d->name[SIMPLIFIED] == d->name[TRADITIONAL];
        tb_buf_printf(&text, "%s,%s,%s,%s,%s,%s,higher,%s\n", d->code, d->name[SIMPLIFIED],
                      d->name[LATIN], same ? "" : d->name[TRADITIONAL],
                      d->uom[0].name[SIMPLIFIED], d->kind, d->frequency);
    }
    rc = rc < 0 ? rc : put(folder, "indicators.csv", &text);
    tb_buf_release(&text);
    return rc;
}
