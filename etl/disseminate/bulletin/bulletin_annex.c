/* bulletin_annex.c - the annex: every verdict, the method settings, revisions and
 * the cases on a knife edge. */
#include "disseminate/bulletin/bulletin.h"

#include <stdio.h>
#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/page/early_warning.h"
#include "disseminate/page/outlook.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { VERDICTS_LISTED = 300, EDGES_LISTED = 40, REVISIONS_LISTED = 40 };

static void verdict_heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, "", false);
    tb_mdtable_column(table, tb_say(w, "编号", "No."), false);
    if (w->report->subject < 0)
        tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(table, tb_say(w, "目标", "Target"), false);
    tb_mdtable_column(table, tb_say(w, "判定", "Verdict"), false);
    tb_mdtable_column(table, tb_say(w, "实际", "Value"), true);
    tb_mdtable_column(table, tb_say(w, "标准", "Benchmark"), true);
    tb_mdtable_column(table, tb_say(w, "差距", "Gap"), true);
    tb_mdtable_column(table, tb_say(w, "位次", "Place"), true);
    tb_mdtable_column(table, tb_say(w, "期限", "Due"), false);
}

/* "滞后（争取）" with the marks that a reader of the table needs. */
static void put_verdict(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    tb_put_verdict_word(w, v, out);
    if (v->strength == TB_STRETCH)
        tb_buf_puts(out, tb_say(w, "（争取）", " (stretch)"));
    tb_put_conflict(w, v, out);
    if (v->provisional)
        tb_buf_puts(out, " p");
    if (v->knife_edge)
        tb_buf_puts(out, tb_say(w, "（临界）", " (knife edge)"));
}

static void verdict_row(const struct tb_writer *w, const struct tb_verdict *v,
                        struct tb_mdtable *table)
{
    struct tb_standing place = { .rank = v->rank, .ranked = v->ranked, .tied = v->tied };
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_rag_sign(tb_verdict_rag(v->kind)));
    tb_mdtable_cell(table, w->report->profile->targets[v->target].code);
    if (w->report->subject < 0)
        tb_mdtable_cell(table, tb_name_of_unit(w, v->unit));
    tb_mdtable_cell(table, tb_name_of_indicator(w, v->indicator));
    tb_put_period(w, &text, v->period);
    tb_mdtable_buf(table, &text);
    tb_target_words_now(w, v, &text);
    tb_mdtable_buf(table, &text);
    put_verdict(w, v, &text);
    tb_mdtable_buf(table, &text);
    tb_verdict_number(w, v, v->value, &text);
    tb_mdtable_buf(table, &text);
    tb_verdict_number(w, v, v->benchmark, &text);
    tb_mdtable_buf(table, &text);
    tb_number_printed(&text, &w->style, v->gap);
    tb_mdtable_buf(table, &text);
    if (v->rank > 0)
        tb_put_place(&place, &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, v->due);
    tb_buf_release(&text);
}

static void put_all_verdicts(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    verdict_heads(w, &table);
    for (size_t i = 0; i < w->report->n_verdicts; i++)
        if (tb_is_subject(w, w->report->verdicts[i].unit) && n++ < VERDICTS_LISTED)
            verdict_row(w, &w->report->verdicts[i], &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "verdicts", &text);
    tb_view_flag(view, "verdicts_cut", n > VERDICTS_LISTED);
    tb_buf_release(&text);
}

/* What a setting is called; its key stands behind it for whoever edits profile.ini. */
static const struct {
    const char *key, *zh, *en;
} setting_names[] = {
    { "round_mode", "舍入方式", "rounding" },
    { "growth_decimals", "增速小数位", "decimals of rates" },
    { "rank_basis", "排名所用数值", "basis of places" },
    { "limit_basis", "限值判定所用数值", "basis of limits" },
    { "tie_rule", "并列规则", "rule for ties" },
    { "missing_rank", "缺数据单位的排名", "place of units without data" },
    { "rank_imputed", "推算数参加排名", "imputed figures are ranked" },
    { "no_tie", "“不得并列”的含义", "meaning of \"no tie\"" },
    { "first_keeps_ok", "第一名保持视为进位", "first place kept counts as a rise" },
    { "about", "“左右”的方向", "sides of \"about\"" },
    { "about_tolerance", "“左右”的幅度（百分点）", "tolerance of \"about\" (points)" },
    { "conflicts", "相冲突的目标以哪个为准", "which of conflicting targets binds" },
    { "front_share", "“前列”的比例", "share of the front places" },
    { "children_tolerance", "上下级合计允许差", "tolerance of sums of units below" },
    { "bottom_k", "“后几位”的位数", "places that count as the bottom" },
    { "min_peers", "计算平均的最少单位数", "fewest peers of an average" },
    { "year_start", "年度起始月", "first month of the year" },
    { "peer_average", "同类平均的算法", "average of peers" },
    { "progress", "时间进度的算法", "time progress by" },
    { "progress_digits", "进度的取整", "digits of progress" },
    { "at_risk_below", "概率低于此数为临近", "at risk below this chance" },
    { "trend", "趋势线", "trend" },
    { "seasonal", "季节调整", "seasonal adjustment" },
    { "normalise", "综合得分的标准化", "scores from" },
    { "completion_cap", "完成率计分上限（%）", "most percent of a task that score" },
    { "class_cuts", "一类、二类的界限", "limits of classes one and two" },
    { "mc_runs", "位次置信度的模拟次数", "draws behind the confidence in places" },
    { "mc_weights", "模拟时权重的集中度", "concentration of drawn weights" },
    { "aggregate", "综合得分的合成", "scores joined by" },
    { "missing_indicator", "综合得分缺项处理", "missing part of a score" },
    { "projection", "全年预计方法", "projection" },
};

static void put_setting_name(const struct tb_writer *w, const char *key, struct tb_buf *out)
{
    for (size_t i = 0; i < sizeof setting_names / sizeof *setting_names; i++)
        if (strcmp(setting_names[i].key, key) == 0) {
            tb_buf_puts(out, tb_say(w, setting_names[i].zh, setting_names[i].en));
            tb_buf_printf(out, w->style.lang[0] == 'z' ? "（%s）" : " (%s)", key);
            return;
        }
    tb_buf_puts(out, key);
}

void tb_put_settings(const struct tb_writer *w, struct tb_buf *out)
{
    const struct tb_table *t = w->report->table.settings;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_column(&table, tb_say(w, "设置", "Setting"), false);
    tb_mdtable_column(&table, tb_say(w, "取值", "Value"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        put_setting_name(w, tb_table_get(t, i, "key"), &text);
        tb_mdtable_buf(&table, &text);
        tb_mdtable_cell(&table, tb_table_get(t, i, "value"));
    }
    tb_mdtable_finish(&table, out);
    tb_buf_release(&text);
}

static int32_t row_of(const struct tb_profile *p, const struct tb_table *t, size_t row,
                      const char *column, bool unit)
{
    const char *code = tb_table_get(t, row, column);
    int32_t found =
        unit ? tb_profile_unit(p, code, strlen(code)) : tb_profile_indicator(p, code, strlen(code));

    return found < 0 ? TB_NONE : found;
}

static void unit_and_indicator(const struct tb_writer *w, const struct tb_table *t, size_t row,
                               int32_t indicator, struct tb_mdtable *table)
{
    int32_t unit = row_of(w->report->profile, t, row, "unit", true);

    tb_mdtable_cell(table, unit >= 0 ? tb_name_of_unit(w, unit) : tb_table_get(t, row, "unit"));
    tb_mdtable_cell(table, indicator >= 0 ? tb_name_of_indicator(w, indicator)
                                          : tb_table_get(t, row, "indicator"));
}

/* The old or the new number of a revision, or why there is none. */
static void revised_cell(const struct tb_writer *w, const struct tb_table *t, size_t row,
                         const char *value, const char *status, struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;
    const char *number = tb_table_get(t, row, value);
    int code = tb_status_find(tb_table_get(t, row, status));

    if (*number)
        tb_number_printed(&text, &w->style, number);
    else if (code >= 0)
        tb_buf_puts(&text, tb_status_text((uint8_t)code, w->style.lang));
    else
        tb_buf_puts(&text, tb_say(w, "撤回", "withdrawn"));
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

void tb_put_revisions(const struct tb_writer *w, size_t limit, size_t *total, struct tb_buf *out)
{
    const struct tb_table *t = w->report->table.revisions;
    struct tb_mdtable table = TB_MDTABLE_INIT;

    *total = t ? tb_table_rows(t) : 0;
    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "原数", "Was"), true);
    tb_mdtable_column(&table, tb_say(w, "现数", "Is"), true);
    tb_mdtable_column(&table, tb_say(w, "收到", "Received"), false);
    tb_mdtable_column(&table, tb_say(w, "文件", "File"), false);
    /* The latest stand last in the file; they are the ones of interest. */
    for (size_t i = *total > limit ? *total - limit : 0; i < *total; i++) {
        char day[11];
        size_t len = strnlen(tb_table_get(t, i, "new_received"), 10);
        unit_and_indicator(w, t, i, row_of(w->report->profile, t, i, "indicator", false), &table);
        tb_mdtable_cell(&table, tb_table_get(t, i, "measure"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "period"));
        revised_cell(w, t, i, "old_value", "old_status", &table);
        revised_cell(w, t, i, "new_value", "new_status", &table);
        memcpy(day, tb_table_get(t, i, "new_received"), len);
        day[len] = '\0';
        tb_mdtable_cell(&table, day);
        tb_mdtable_cell(&table, tb_table_get(t, i, "new_name"));
    }
    tb_mdtable_finish(&table, out);
}

static void put_edges(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.knife_edges;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = t ? tb_table_rows(t) : 0;

    tb_mdtable_column(&table, tb_say(w, "编号", "No."), false);
    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "种类", "Kind"), false);
    tb_mdtable_column(&table, tb_say(w, "按公布数", "As printed"), true);
    tb_mdtable_column(&table, tb_say(w, "按全值", "In full"), true);
    tb_mdtable_column(&table, tb_say(w, "说明", "Note"), false);
    for (size_t i = 0; i < n && i < EDGES_LISTED; i++) {
        int32_t unit = row_of(w->report->profile, t, i, "unit", true);
        tb_mdtable_cell(&table, tb_table_get(t, i, "target"));
        tb_mdtable_cell(&table, unit >= 0 ? tb_name_of_unit(w, unit) : tb_table_get(t, i, "unit"));
        tb_mdtable_cell(&table, strcmp(tb_table_get(t, i, "kind"), "rank") == 0
                                    ? tb_say(w, "位次", "place")
                                    : tb_say(w, "判定", "verdict"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "printed"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "full"));
        tb_rule_words(w, tb_table_get(t, i, "note"), &text);
        tb_mdtable_buf(&table, &text);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "edges", &text);
    tb_view_int(view, "n_edges", (long long)n);
    tb_view_flag(view, "edges_cut", n > EDGES_LISTED);
    tb_buf_release(&text);
}

static bool is_there(const struct tb_view *view, const char *name)
{
    const struct tb_value *value = tb_view_get(view, name, strlen(name));

    if (!value)
        return false;
    return value->kind == TB_VALUE_FLAG   ? value->on
           : value->kind == TB_VALUE_LIST ? value->first != NULL
                                          : *value->text != '\0';
}

/* Those that have nothing to say are left out, and the others count on. */
static void number_annexes(const struct tb_writer *w, struct tb_view *view)
{
    static const char *const annexes[] = { "revisions", "edges", "outlook", "early_warning", "amended", "proposals" };
    unsigned n = 2; /* every verdict, and the settings, are always there */

    for (size_t i = 0; i < sizeof annexes / sizeof *annexes; i++) {
        struct tb_buf number = TB_BUF_INIT;
        char name[32];
        if (!is_there(view, annexes[i]))
            continue;
        snprintf(name, sizeof name, "annex_%s", annexes[i]);
        tb_prose_numeral(&number, w->style.lang, ++n);
        tb_view_text(view, name, tb_buf_text(&number));
        tb_view_check(view, &number);
        tb_buf_release(&number);
    }
}

void tb_bulletin_annex(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_buf text = TB_BUF_INIT;
    size_t total = 0;

    put_all_verdicts(w, view);
    tb_put_settings(w, &text);
    tb_view_markup_buf(view, "settings", &text);
    tb_put_revisions(w, REVISIONS_LISTED, &total, &text);
    tb_view_markup_buf(view, "revisions", &text);
    tb_view_int(view, "n_revisions", (long long)total);
    tb_view_flag(view, "revisions_cut", total > REVISIONS_LISTED);
    put_edges(w, view);
    tb_put_outlook(w, w->report->subject, view);
    tb_put_early_warning(w, view);
    tb_put_target_changes(w, view);
    number_annexes(w, view);
    tb_buf_release(&text);
}
