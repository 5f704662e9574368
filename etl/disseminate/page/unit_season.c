/* unit_season.c - rows of seasonal.csv as a table that says what it is. */
#include "disseminate/page/unit_season.h"

#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/period.h"
#include "tongbao/table.h"

static const char *method_word(const struct tb_writer *w, const char *method)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "none", "未调整", "not adjusted" },
        { "regression", "回归（含春节）", "regression, with the Spring Festival" },
        { "stl", "STL", "STL" },
        { "stl-periodic", "STL（各年同一季节）", "STL, one season for all years" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, method) == 0)
            return tb_say(w, words[i].zh, words[i].en);
    return method;
}

static void heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(table, tb_say(w, "公布数", "As published"), true);
    tb_mdtable_column(table, tb_say(w, "调整后", "Adjusted"), true);
    tb_mdtable_column(table, tb_say(w, "调整后环比（%）", "Adjusted, on the period before (%)"),
                      true);
    tb_mdtable_column(table, tb_say(w, "季节影响（%）", "Season (%)"), true);
    tb_mdtable_column(table, tb_say(w, "春节影响（%）", "Spring Festival (%)"), true);
    tb_mdtable_column(table, tb_say(w, "趋势每期（%）", "Trend, a period (%)"), true);
    tb_mdtable_column(table, tb_say(w, "方法", "Method"), false);
}

static void put_row(const struct tb_writer *w, const struct tb_table *t, size_t row,
                    int32_t indicator, struct tb_mdtable *table)
{
    static const char *const columns[] = { "value", "adjusted", "adjusted_mom_pct", "seasonal_pct",
                                           "festival_pct", "trend_growth_pct" };
    const struct tb_indicator *ind = &w->report->profile->indicators[indicator];
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_short_name_of_indicator(w, indicator));
    tb_put_period(w, &text, tb_report_period_of(w->report, (size_t)indicator));
    tb_mdtable_buf(table, &text);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        const char *number = tb_table_get(t, row, columns[c]);
        tb_number_printed(&text, &w->style, number);
        if (c < 2 && number[0])
            tb_number_unit_of(&text, &w->style, number, ind->unit_measure);
        tb_mdtable_buf(table, &text);
    }
    tb_mdtable_cell(table, method_word(w, tb_table_get(t, row, "method")));
    tb_buf_release(&text);
}

void tb_put_season(const struct tb_writer *w, const struct tb_table *rows, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;

    heads(w, &table);
    for (size_t row = 0; rows && row < tb_table_rows(rows); row++) {
        const char *code = tb_table_get(rows, row, "indicator");
        int32_t indicator = tb_profile_indicator(w->report->profile, code, strlen(code));
        char period[TB_PERIOD_TEXT];
        if (indicator < 0)
            continue;
        tb_period_format(tb_report_period_of(w->report, (size_t)indicator), period);
        if (strcmp(tb_table_get(rows, row, "period"), period) == 0 &&
            (tb_table_get(rows, row, "adjusted")[0] || tb_table_get(rows, row, "trend")[0]))
            put_row(w, rows, row, indicator, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "season", &text);
    tb_buf_release(&text);
}
