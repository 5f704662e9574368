/* outlook.c - the projections of analyse/outlook.csv as a table. */
#include "disseminate/page/outlook.h"

#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/numbers.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { ROWS_LISTED = 200 };

static const char *word(const struct tb_writer *w, const char *code)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "likely", "很可能", "likely" },       { "possible", "有可能", "possible" },
        { "unlikely", "可能性小", "unlikely" }, { "reached", "已达到", "reached" },
        { "exceeded", "已超过", "exceeded" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, code) == 0)
            return tb_say(w, words[i].zh, words[i].en);
    return code;
}

static void heads(const struct tb_writer *w, bool with_unit, struct tb_mdtable *table)
{
    if (with_unit)
        tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "编号", "No."), false);
    tb_mdtable_column(table, tb_say(w, "到", "By"), false);
    tb_mdtable_column(table, tb_say(w, "目标数", "Amount asked"), true);
    tb_mdtable_column(table, tb_say(w, "累计", "So far"), true);
    tb_mdtable_column(table, tb_say(w, "预计", "Projection"), true);
    tb_mdtable_column(table, tb_say(w, "范围", "Range"), true);
    tb_mdtable_column(table, tb_say(w, "往年数", "Years"), true);
    tb_mdtable_column(table, tb_say(w, "达到的可能", "Chance"), false);
    tb_mdtable_column(table, tb_say(w, "此后每期需", "Needed each period"), true);
    tb_mdtable_column(table, tb_say(w, "余下时期需增长（%）", "Growth needed (%)"), true);
}

static void number(const struct tb_writer *w, const struct tb_table *t, size_t row,
                   const char *column, struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_number_printed(&text, &w->style, tb_table_get(t, row, column));
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

/* "110.42—123.36": the interval, or with fewer than four years what past shares span. */
static void put_range(const struct tb_writer *w, const struct tb_table *t, size_t row,
                      struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    if (tb_table_get(t, row, "low")[0]) {
        tb_number_printed(&text, &w->style, tb_table_get(t, row, "low"));
        tb_buf_puts(&text, tb_say(w, "—", " to "));
        tb_number_printed(&text, &w->style, tb_table_get(t, row, "high"));
    }
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

static void put_row(const struct tb_writer *w, const struct tb_table *t, size_t row, int32_t unit,
                    bool with_unit, struct tb_mdtable *table)
{
    const char *code = tb_table_get(t, row, "indicator");
    const char *chance = tb_table_get(t, row, "probability");
    int32_t indicator = tb_profile_indicator(w->report->profile, code, strlen(code));
    struct tb_buf text = TB_BUF_INIT;

    if (with_unit)
        tb_mdtable_cell(table, tb_name_of_unit(w, unit));
    tb_mdtable_cell(table, indicator >= 0 ? tb_name_of_indicator(w, indicator) : code);
    tb_mdtable_cell(table, tb_table_get(t, row, "target"));
    tb_mdtable_cell(table, tb_table_get(t, row, "end"));
    number(w, t, row, "goal", table);
    number(w, t, row, "ytd", table);
    number(w, t, row, "projection", table);
    put_range(w, t, row, table);
    if (strcmp(tb_table_get(t, row, "method"), "trend") == 0 ||
        strcmp(tb_table_get(t, row, "reason"), "on_a_line") == 0) /* of a line these are values */
        tb_mdtable_cell(table, tb_say(w, "趋势", "trend"));
    else
        number(w, t, row, "years", table);
    tb_buf_puts(&text, word(w, tb_table_get(t, row, "words")));
    if (chance[0])
        tb_buf_printf(&text, "%s%s%s", tb_say(w, "（", " ("), chance, tb_say(w, "）", ")"));
    tb_mdtable_buf(table, &text);
    number(w, t, row, "required", table);
    number(w, t, row, "rest_growth", table);
    tb_buf_release(&text);
}

void tb_put_outlook(const struct tb_writer *w, int32_t unit, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.outlook;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    heads(w, unit < 0, &table);
    for (size_t row = 0; t && row < tb_table_rows(t); row++) {
        const char *code = tb_table_get(t, row, "unit");
        int32_t whose = tb_profile_unit(w->report->profile, code, strlen(code));
        if (whose < 0 || (unit < 0 ? !tb_is_subject(w, whose) : whose != unit) ||
            !tb_table_get(t, row, "low")[0] || n++ >= ROWS_LISTED)
            continue;
        put_row(w, t, row, whose, unit < 0, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "outlook", &text);
    tb_view_flag(view, "outlook_cut", n > ROWS_LISTED);
    tb_buf_release(&text);
}
