/* review.c - the part of data-quality.md that a reviewer works from: the fields that
 * failed checks point at, those first that move the total of their group most. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { LISTED = 40 };

static void put_row(const struct tb_writer *w, size_t i, struct tb_mdtable *table)
{
    const struct tb_table *t = w->report->table.worklist;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    int32_t u = tb_profile_unit(w->report->profile, unit, strlen(unit));
    int32_t k = tb_profile_indicator(w->report->profile, ind, strlen(ind));

    tb_mdtable_cell(table, tb_table_get(t, i, "place"));
    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
    tb_mdtable_cell(table, tb_table_get(t, i, "period"));
    tb_mdtable_cell(table, tb_table_get(t, i, "influence_pct"));
    tb_mdtable_cell(table, tb_table_get(t, i, tb_say(w, "hint_zh", "hint_en")));
    tb_mdtable_cell(table, tb_table_get(t, i, "checks"));
}

void tb_put_review(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.worklist;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t shown = 0;

    tb_mdtable_column(&table, tb_say(w, "次序", "Place"), true);
    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "影响（%）", "Influence (%)"), true);
    tb_mdtable_column(&table, tb_say(w, "请核实", "To be verified"), false);
    tb_mdtable_column(&table, tb_say(w, "检查", "Checks"), false);
    for (size_t i = 0; t && i < tb_table_rows(t) && shown < LISTED; i++) {
        if (!tb_ends_within(w, tb_table_get(t, i, "period")))
            continue;
        put_row(w, i, &table);
        shown++;
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "review", &text);
    tb_view_int(view, "n_review", (long long)(t ? tb_table_rows(t) : 0));
    tb_view_int(view, "n_review_shown", (long long)shown);
    tb_buf_release(&text);
}
