/* quality_edits.c - the part of data-quality.md on corrections and approvals: what each
 * row of edits.csv found, what it put there, and whether it was used. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

static const char *outcome_word(const struct tb_writer *w, const char *outcome)
{
    static const char *const words[][3] = {
        { "used", "已采用", "used" },
        { "used_older", "已采用；所改数据系其后报送，请核对",
          "used, though the value was submitted after it: please look again" },
        { "no_cell", "未用：该处没有报送数据", "not used: nothing was submitted there" },
        { "same_value", "未用：与现有数据相同", "not used: that is what is there" },
        { "older_value", "未用：认可的不是现有数据",
          "not used: it approves another value than the one there" },
        { "not_held", "未用：该数据未被扣留", "not used: nothing holds this value" },
        { "withdrawn", "已撤销", "withdrawn" },
        { "withdraws", "撤销前项", "withdraws what was before" },
        { "no_room", "未用：小数位过多", "not used: too many digits" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], outcome) == 0)
            return tb_say(w, words[i][1], words[i][2]);
    return outcome;
}

/* A number as it stood or stands; without one the reason, "—" for nothing. */
static const char *number_or_status(const struct tb_writer *w, const char *value,
                                    const char *status)
{
    int letter = tb_status_find(status);

    if (*value)
        return value;
    return letter > TB_STATUS_NONE ? tb_status_text((uint8_t)letter, w->style.lang) : "—";
}

static void put_row(const struct tb_writer *w, size_t i, struct tb_mdtable *table)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_table *t = w->report->table.edits;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    const char *action = tb_table_get(t, i, "action");
    int32_t u = tb_profile_unit(p, unit, strlen(unit));
    int32_t k = tb_profile_indicator(p, ind, strlen(ind));
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_table_get(t, i, "when"));
    tb_mdtable_cell(table, tb_table_get(t, i, "who"));
    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
    tb_rule_words(w, tb_table_get(t, i, "measure"), &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_table_get(t, i, "period"));
    tb_mdtable_cell(table, number_or_status(w, tb_table_get(t, i, "old_value"),
                                            tb_table_get(t, i, "old_status")));
    if (strcmp(action, "approve") == 0)
        tb_mdtable_cell(table, tb_say(w, "认可原数", "approved as sent"));
    else if (strcmp(action, "withdraw") == 0)
        tb_mdtable_cell(table, "—");
    else
        tb_mdtable_cell(table, number_or_status(w, tb_table_get(t, i, "value"),
                                                tb_table_get(t, i, "status")));
    tb_mdtable_cell(table, tb_table_get(t, i, "reason"));
    tb_mdtable_cell(table, outcome_word(w, tb_table_get(t, i, "outcome")));
    tb_buf_release(&text);
}

void tb_put_edits(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.edits;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n_odd = 0;

    tb_mdtable_column(&table, tb_say(w, "时间", "When"), false);
    tb_mdtable_column(&table, tb_say(w, "经手人", "Who"), false);
    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "原数", "Was"), true);
    tb_mdtable_column(&table, tb_say(w, "改为", "Is"), true);
    tb_mdtable_column(&table, tb_say(w, "理由", "Reason"), false);
    tb_mdtable_column(&table, tb_say(w, "结果", "Outcome"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        put_row(w, i, &table);
        n_odd += *tb_table_get(t, i, "severity") != '\0';
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "edits", &text);
    tb_view_int(view, "n_edits_odd", (long long)n_odd);
    tb_view_flag(view, "edits_odd", n_odd > 0);
    tb_buf_release(&text);
}
