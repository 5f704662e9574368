/* left_out.c - the part of data-quality.md on values that came after the round had closed. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { LISTED = 100 };

static const char *value_of(const struct tb_writer *w, size_t i, const char *value,
                            const char *status)
{
    const struct tb_table *t = w->report->table.left_out;
    const char *text = tb_table_get(t, i, value), *code = tb_table_get(t, i, status);

    return text[0] ? text : code;
}

static void put_row(const struct tb_writer *w, size_t i, struct tb_mdtable *table)
{
    const struct tb_table *t = w->report->table.left_out;
    const struct tb_profile *p = w->report->profile;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    const char *value = value_of(w, i, "value", "status");
    int32_t u = tb_profile_unit(p, unit, strlen(unit));
    int32_t k = tb_profile_indicator(p, ind, strlen(ind));
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
    tb_mdtable_cell(table, tb_table_get(t, i, "measure"));
    tb_mdtable_cell(table, tb_table_get(t, i, "period"));
    tb_mdtable_cell(table, value[0] ? value : tb_say(w, "撤回", "taken back"));
    tb_mdtable_cell(table, value_of(w, i, "used_value", "used_status"));
    tb_buf_printf(&text, "%.10s", tb_table_get(t, i, "received"));
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_table_get(t, i, "name"));
    tb_mdtable_cell(table, tb_name_of_sender(w, tb_table_get(t, i, "sender")));
    tb_mdtable_cell(table, tb_table_get(t, i, "closed"));
    tb_mdtable_cell(table, tb_table_get(t, i, "next_run"));
    tb_buf_release(&text);
}

void tb_put_left_out(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.left_out;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = t ? tb_table_rows(t) : 0;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "未用", "Left out"), true);
    tb_mdtable_column(&table, tb_say(w, "本期用", "Used"), true);
    tb_mdtable_column(&table, tb_say(w, "收到", "Received"), false);
    tb_mdtable_column(&table, tb_say(w, "文件", "File"), false);
    tb_mdtable_column(&table, tb_say(w, "报送单位", "Sender"), false);
    tb_mdtable_column(&table, tb_say(w, "本轮截止", "Round closed"), false);
    tb_mdtable_column(&table, tb_say(w, "计入报告期", "Used from"), false);
    for (size_t i = 0; i < n && i < LISTED; i++)
        put_row(w, i, &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "left_out", &text);
    tb_view_int(view, "n_left_out", (long long)n);
    tb_view_flag(view, "left_out_cut", n > LISTED);
    tb_buf_release(&text);
}
