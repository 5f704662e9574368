/* unit_needs.c - rows of what_if.csv, one line for all the aims of an indicator in a group. */
#include "disseminate/page/unit_needs.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { LINES_LISTED = 100, N_AIMS = 5 };

static const char *const aims[N_AIMS] = { "next", "regain", "front", "bottom", "average" };

static void heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "范围", "In"), false);
    tb_mdtable_column(table, tb_say(w, "现数值", "Figure"), true);
    tb_mdtable_column(table, tb_say(w, "位次", "Place"), true);
    tb_mdtable_column(table, tb_say(w, "前移一位", "Next place"), true);
    tb_mdtable_column(table, tb_say(w, "恢复上期位次", "Place before"), true);
    tb_mdtable_column(table, tb_say(w, "进入前列", "Among the first"), true);
    tb_mdtable_column(table, tb_say(w, "脱离末位", "Out of the last"), true);
    tb_mdtable_column(table, tb_say(w, "高于平均", "Above average"), true);
    tb_mdtable_column(table, tb_say(w, "前移一位还差", "Amount for the next place"), true);
}

/* Rates are in percent, levels in the indicator's unit of measure. */
static const char *unit_of(const struct tb_indicator *ind, const char *measure)
{
    if (strcmp(measure, "value") == 0 || strcmp(measure, "ytd") == 0)
        return ind->unit_measure;
    if (strcmp(measure, "change") == 0)
        return ind->uom.kind == TB_UOM_PERCENT ? "pp" : ind->unit_measure;
    return "%";
}

static void put_amount(const struct tb_writer *w, const char *number, const char *unit,
                       struct tb_buf *out)
{
    if (!number[0])
        return;
    tb_number_printed(out, &w->style, number);
    tb_number_unit_of(out, &w->style, number, unit);
}

/* Which place it is: 第3, 前3, 后3. */
static void put_places(const struct tb_writer *w, size_t aim, const char *k, struct tb_buf *out)
{
    static const char *const zh[N_AIMS] = { "第", "第", "前", "后", "" };
    static const char *const en[N_AIMS] = { "place ", "place ", "first ", "last ", "" };

    if (k[0])
        tb_buf_printf(out, "%s%s%s%s", tb_say(w, "（", " ("), tb_say(w, zh[aim], en[aim]), k,
                      tb_say(w, "）", ")"));
}

/* Rows of one indicator, measure and group stand together. */
static bool same_line(const struct tb_table *t, size_t a, size_t b)
{
    static const char *const columns[] = { "indicator", "measure", "group" };

    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        if (strcmp(tb_table_get(t, a, columns[c]), tb_table_get(t, b, columns[c])) != 0)
            return false;
    return true;
}

static void put_line(const struct tb_writer *w, const struct tb_table *t, size_t start, size_t end,
                     const struct tb_indicator *ind, int32_t group, struct tb_mdtable *table)
{
    const char *unit = unit_of(ind, tb_table_get(t, start, "measure"));
    const char *amount = "";
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_short_name_of_indicator(
                               w, (int32_t)(ind - w->report->profile->indicators)));
    tb_mdtable_cell(table, tb_name_of_group(w, group));
    put_amount(w, tb_table_get(t, start, "value"), unit, &text);
    tb_mdtable_buf(table, &text);
    tb_buf_printf(&text, "%s/%s", tb_table_get(t, start, "place"), tb_table_get(t, start, "ranked"));
    tb_mdtable_buf(table, &text);
    for (size_t aim = 0; aim < N_AIMS; aim++) {
        for (size_t row = start; row < end; row++) {
            if (strcmp(tb_table_get(t, row, "aim"), aims[aim]) != 0)
                continue;
            put_amount(w, tb_table_get(t, row, "need"), unit, &text);
            put_places(w, aim, tb_table_get(t, row, "k"), &text);
            amount = aim == 0 ? tb_table_get(t, row, "amount") : amount;
        }
        tb_mdtable_buf(table, &text);
    }
    put_amount(w, amount, ind->unit_measure, &text);
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

/* The rows of a line: its indicator's leading headline, in the unit's main or own group. */
static bool is_shown(const struct tb_writer *w, const struct tb_table *t, size_t row, int32_t unit,
                     int32_t indicator, int32_t group)
{
    const struct tb_profile *profile = w->report->profile;

    return indicator >= 0 && group >= 0 && profile->indicators[indicator].n_headlines > 0 &&
           strcmp(tb_table_get(t, row, "measure"),
                  tb_measure_name(
                      (enum tb_measure)profile->indicators[indicator].headline[0])) == 0 &&
           (group == tb_report_main_group(w->report, (size_t)unit) ||
            group == tb_report_own_group(w->report, (size_t)unit));
}

void tb_put_needs(const struct tb_writer *w, int32_t unit, const struct tb_table *what_if,
                  struct tb_view *view)
{
    const struct tb_profile *profile = w->report->profile;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    heads(w, &table);
    for (size_t row = 0, end; what_if && row < tb_table_rows(what_if); row = end) {
        const char *code = tb_table_get(what_if, row, "indicator");
        const char *name = tb_table_get(what_if, row, "group");
        int32_t indicator = tb_profile_indicator(profile, code, strlen(code));
        int32_t group = tb_profile_group(profile, name, strlen(name));
        for (end = row + 1; end < tb_table_rows(what_if) && same_line(what_if, row, end);)
            end++;
        if (is_shown(w, what_if, row, unit, indicator, group) && n++ < LINES_LISTED)
            put_line(w, what_if, row, end, &profile->indicators[indicator], group, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "needs", &text);
    tb_view_flag(view, "needs_cut", n > LINES_LISTED);
    tb_buf_release(&text);
}
