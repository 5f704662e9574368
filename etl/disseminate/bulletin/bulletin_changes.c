/* bulletin_changes.c - the annex on targets that were changed, or taken from a unit for a
 * time: both versions, what was approved, what was refused and why. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"
#include "tongbao/target_change.h"

/* A code of target_changes.csv and the words for it. */
struct word {
    const char *code, *zh, *en;
};

static const struct word whats[] = {
    { "annual", "年度任务", "annual task" },
    { "quota", "任务数", "quota" },
    { "rule", "规则", "rule" },
};

static const struct word states[] = {
    { "in_force", "已生效", "in force" },
    { "later", "已批准，本期尚未生效", "approved, not yet in force" },
    { "superseded", "已被后次调整取代", "superseded" },
    { "pending", "未批准，执行原值", "not approved: the old value is in force" },
    { "refused", "不予调整", "refused" },
};

static const struct word refusals[] = {
    { "not_written", "非书面提出", "not made in writing" },
    { "late", "逾期提出", "received too late" },
    { "reason", "理由不在规定之列", "the reason is not admitted" },
    { "old_differs", "原值与现行值不符", "the old value is not the one in force" },
    { "total_changes", "总任务有变动", "the total would change" },
    { "request_refused", "同次申请有不予调整的", "another part of the request is refused" },
};

static const char *say(const struct tb_writer *w, const struct word words[], size_t n,
                       const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i].code, code) == 0)
            return tb_say(w, words[i].zh, words[i].en);
    return code;
}

#define SAY(w, words, code) say(w, words, sizeof words / sizeof *words, code)

static void change_heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, "申请", "Request"), false);
    tb_mdtable_column(table, tb_say(w, "目标", "Target"), false);
    tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(table, tb_say(w, "内容", "What"), false);
    tb_mdtable_column(table, tb_say(w, "原值", "Old"), true);
    tb_mdtable_column(table, tb_say(w, "新值", "New"), true);
    tb_mdtable_column(table, tb_say(w, "现行", "In force"), true);
    tb_mdtable_column(table, tb_say(w, "状态", "State"), false);
    tb_mdtable_column(table, tb_say(w, "提出", "Received"), false);
    tb_mdtable_column(table, tb_say(w, "批准", "Approved"), false);
    tb_mdtable_column(table, tb_say(w, "理由", "Reason"), false);
}

static void put_state(const struct tb_writer *w, const struct tb_table *t, size_t row,
                      struct tb_buf *out)
{
    const char *refusal = tb_table_get(t, row, "refusal"), *until = tb_table_get(t, row, "until");

    tb_buf_puts(out, SAY(w, states, tb_table_get(t, row, "state")));
    if (!*refusal)
        return;
    tb_buf_puts(out, tb_say(w, "：", ": "));
    tb_buf_puts(out, SAY(w, refusals, refusal));
    if (strcmp(refusal, "late") == 0)
        tb_buf_printf(out, w->style.lang[0] == 'z' ? "（截至%s）" : " (until %s)", until);
}

static void change_row(const struct tb_writer *w, const struct tb_table *t, size_t row,
                       struct tb_mdtable *table)
{
    const struct tb_profile *p = w->report->profile;
    const char *unit = tb_table_get(t, row, "unit");
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_table_get(t, row, "change"));
    tb_mdtable_cell(table, tb_table_get(t, row, "target"));
    tb_mdtable_cell(table, *unit ? tb_name_of_unit(w, tb_profile_unit(p, unit, strlen(unit)))
                                 : tb_say(w, "全部", "all"));
    tb_mdtable_cell(table, SAY(w, whats, tb_table_get(t, row, "what")));
    tb_mdtable_cell(table, tb_table_get(t, row, "old"));
    tb_mdtable_cell(table, tb_table_get(t, row, "new"));
    tb_mdtable_cell(table, tb_table_get(t, row, "in_force"));
    put_state(w, t, row, &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_table_get(t, row, "received"));
    tb_buf_printf(&text, "%s %s", tb_table_get(t, row, "approved_on"),
                  tb_table_get(t, row, "approval"));
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_table_get(t, row, "reason"));
    tb_buf_release(&text);
}

static void put_exempt(const struct tb_writer *w, struct tb_buf *out)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;

    tb_mdtable_column(&table, tb_say(w, "目标", "Target"), false);
    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "判定", "Verdict"), false);
    tb_mdtable_column(&table, tb_say(w, "依据", "Document"), false);
    tb_mdtable_column(&table, tb_say(w, "理由", "Reason"), false);
    for (size_t i = 0; i < w->report->n_verdicts; i++) {
        const struct tb_verdict *v = &w->report->verdicts[i];
        const char *reason = "";
        if (!*v->exemption)
            continue;
        for (size_t e = 0; e < w->report->profile->n_exemptions; e++) {
            const struct tb_exemption *exemption = &w->report->profile->exemptions[e];
            if (exemption->target == v->target && exemption->units && exemption->units[v->unit] &&
                strcmp(exemption->document, v->exemption) == 0)
                reason = exemption->reason;
        }
        tb_mdtable_cell(&table, w->report->profile->targets[v->target].code);
        tb_mdtable_cell(&table, tb_name_of_unit(w, v->unit));
        tb_mdtable_cell(&table, tb_name_of_indicator(w, v->indicator));
        tb_mdtable_cell(&table, tb_verdict_word(v->kind, w->style.lang));
        tb_mdtable_cell(&table, v->exemption);
        tb_mdtable_cell(&table, reason);
    }
    tb_mdtable_finish(&table, out);
}

void tb_put_target_changes(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.target_changes;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = t ? tb_table_rows(t) : 0;

    change_heads(w, &table);
    for (size_t i = 0; i < n; i++)
        change_row(w, t, i, &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "target_changes", &text);
    put_exempt(w, &text);
    tb_view_flag(view, "amended", n > 0 || text.len > 0);
    tb_view_markup_buf(view, "exemptions", &text);
    tb_buf_release(&text);
}
