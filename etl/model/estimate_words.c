/* estimate_words.c - how an estimate was made, or why none could be, in a sentence:
 * out of a row of a run's estimates.csv. */
#include "tongbao/estimate.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/table.h"

static const struct {
    const char *why, *zh, *en;
} reasons[] = {
    { "no_base", "没有可依据的数据", "there is no figure to start from" },
    { "no_line", "同年前后没有两期数据", "no figure on both sides within the year" },
    { "too_long", "连续缺报期数超过允许的期数", "more periods in a row than are allowed" },
    { "broken", "所依据的数口径或基期不同",
      "what it would rest on is of another scope or base" },
    { "few_peers", "可比单位太少", "too few units of the group have both figures" },
    { "falls", "推算后累计数会下降", "the cumulative figure would fall" },
    { "too_large", "无法准确计算", "no exact number of these digits" },
};

static void put_reason(const char *why, bool zh, struct tb_buf *out)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].why, why) == 0)
            tb_buf_printf(out, zh ? "未推算：%s" : "not estimated: %s",
                          zh ? reasons[i].zh : reasons[i].en);
}

void tb_estimate_words(const struct tb_table *t, size_t row, const char *group, const char *lang,
                       struct tb_buf *out)
{
    const char *method = tb_table_get(t, row, "method");
    const char *base = tb_table_get(t, row, "base_value");
    const char *base_period = tb_table_get(t, row, "base_period");
    bool zh = lang[0] == 'z';

    if (strcmp(tb_table_get(t, row, "outcome"), "estimated") != 0) {
        put_reason(tb_table_get(t, row, "why"), zh, out);
    } else if (strcmp(method, "carry") == 0) {
        tb_buf_printf(out, zh ? "沿用%s的%s" : "carried forward from %s: %s", base_period, base);
    } else if (strcmp(method, "group_growth") == 0) {
        tb_buf_printf(out,
                      zh ? "以%s的%s，按%s（%s个单位）的增速%s%%推算"
                         : "%s's %s, grown as %s (%s units) did: %s %%",
                      base_period, base, group, tb_table_get(t, row, "peers"),
                      tb_table_get(t, row, "growth"));
    } else {
        tb_buf_printf(out,
                      zh ? "在%s的%s与%s的%s之间按直线推算" : "on the line from %s: %s to %s: %s",
                      base[0] ? base_period : zh ? "年初" : "the start of the year",
                      base[0] ? base : "0", tb_table_get(t, row, "next_period"),
                      tb_table_get(t, row, "next_value"));
    }
}
