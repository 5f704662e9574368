/* bulletin_problems.c - parts two and three: what is behind and who answers for it,
 * and where the unit stands last. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { BEHIND_LISTED = 60 };

static void behind_heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, "", false);
    if (w->report->subject < 0)
        tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "目标", "Target"), false);
    tb_mdtable_column(table, tb_say(w, "判定", "Verdict"), false);
    tb_mdtable_column(table, tb_say(w, "差距", "Gap"), true);
    tb_mdtable_column(table, tb_say(w, "连续期数", "Periods"), true);
    tb_mdtable_column(table, tb_say(w, "责任单位", "Responsible"), false);
    tb_mdtable_column(table, tb_say(w, "如何补上", "What it would take"), false);
}

static void behind_row(const struct tb_writer *w, const struct tb_verdict *v,
                       struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_rag_sign(tb_verdict_rag(v->kind)));
    if (w->report->subject < 0)
        tb_mdtable_cell(table, tb_name_of_unit(w, v->unit));
    tb_mdtable_cell(table, tb_name_of_indicator(w, v->indicator));
    tb_target_words_now(w, v, &text);
    tb_mdtable_buf(table, &text);
    tb_put_verdict_word(w, v, &text);
    tb_mdtable_buf(table, &text);
    tb_verdict_gap(w, v, &text);
    if (v->periods && *v->periods) {
        tb_buf_puts(&text, text.len ? tb_say(w, "；", "; ") : "");
        tb_verdict_periods(w, v, &text);
    }
    tb_mdtable_buf(table, &text);
    if (v->streak > 0)
        tb_mdtable_int(table, v->streak);
    else
        tb_mdtable_cell(table, "");
    tb_mdtable_cell(table, tb_name_of_department(w, v->department >= 0
                                                        ? v->department
                                                        : tb_department_of(w, v->indicator)));
    tb_catch_up_words(w, v, &text);
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

static void put_behind(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n;
    uint32_t *row = tb_behind_worst_first(w, &n);

    behind_heads(w, &table);
    for (size_t i = 0; row && i < n && i < BEHIND_LISTED; i++)
        behind_row(w, &w->report->verdicts[row[i]], &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "behind", &text);
    tb_view_int(view, "n_behind", (long long)n);
    tb_view_flag(view, "behind_cut", n > BEHIND_LISTED);
    free(row);
    tb_buf_release(&text);
}

/* Units below that are behind, a line for each target. */
static void put_below(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    struct tb_buf names = TB_BUF_INIT, text = TB_BUF_INIT;

    tb_view_list(view, "below");
    for (size_t t = 0; report->subject >= 0 && t < report->profile->n_targets; t++) {
        for (size_t i = 0; i < report->n_verdicts; i++) {
            const struct tb_verdict *v = &report->verdicts[i];
            if (v->target == (int32_t)t && tb_is_behind(v) && !tb_is_subject(w, v->unit) &&
                tb_report_main_group(report, (size_t)v->unit) == report->children_group)
                tb_buf_printf(&names, "%s%s", names.len ? tb_prose_comma(w->style.lang) : "",
                              tb_name_of_unit(w, v->unit));
        }
        if (names.len == 0)
            continue;
        tb_buf_puts(&text, tb_name_of_indicator(w, report->profile->targets[t].indicator));
        tb_buf_puts(&text, tb_say(w, "（", " ("));
        tb_target_words(w, (int32_t)t, &text);
        tb_buf_puts(&text, tb_say(w, "）：", "): "));
        tb_buf_puts(&text, tb_buf_text(&names));
        tb_view_line(view, "below", &text);
        tb_buf_clear(&names);
    }
    tb_buf_release(&names);
    tb_buf_release(&text);
}

/* Targets of the subject that nobody can judge for want of data: kept apart. */
static bool is_unknown(const struct tb_verdict *v)
{
    return v->kind == TB_VERDICT_NO_DATA || v->kind == TB_VERDICT_NOT_COMPUTABLE ||
           v->kind == TB_VERDICT_HELD || v->kind == TB_VERDICT_NOT_VERIFIED ||
           v->kind == TB_VERDICT_NO_TARGET;
}

static void put_unknown(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    if (w->report->subject < 0)
        tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "目标", "Target"), false);
    tb_mdtable_column(&table, tb_say(w, "状态", "State"), false);
    tb_mdtable_column(&table, tb_say(w, "缺什么", "What is missing"), false);
    for (size_t i = 0; i < w->report->n_verdicts; i++) {
        const struct tb_verdict *v = &w->report->verdicts[i];
        if (!is_unknown(v) ||
            !tb_is_subject(w, v->unit) || n++ >= BEHIND_LISTED)
            continue;
        if (w->report->subject < 0)
            tb_mdtable_cell(&table, tb_name_of_unit(w, v->unit));
        tb_mdtable_cell(&table, tb_name_of_indicator(w, v->indicator));
        tb_target_words_now(w, v, &text);
        tb_mdtable_buf(&table, &text);
        tb_mdtable_cell(&table, tb_verdict_word(v->kind, w->style.lang));
        if (v->kind == TB_VERDICT_NOT_VERIFIED)
            tb_put_lack(w, v, &text);
        else
            tb_rule_words(w, v->reason, &text);
        tb_mdtable_buf(&table, &text);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "unknown", &text);
    tb_view_int(view, "n_unknown", (long long)n);
    tb_buf_release(&text);
}

bool tb_ends_within(const struct tb_writer *w, const char *period)
{
    struct tb_period_read read;
    tb_day last;

    if (!*period || !tb_period_parse(period, strlen(period), &read))
        return false;
    last = tb_period_last_day(read.period);
    return last >= tb_period_first_day(w->report->period) &&
           last <= tb_period_last_day(w->report->period);
}

const char *tb_name_of_sender(const struct tb_writer *w, const char *sender)
{
    const struct tb_profile *p = w->report->profile;
    int32_t unit = *sender ? tb_profile_unit(p, sender, strlen(sender)) : TB_NONE;

    for (size_t d = 0; d < p->n_departments; d++)
        if (strcmp(p->departments[d].code, sender) == 0)
            return tb_name_of_department(w, (int32_t)d);
    return unit >= 0 ? tb_name_of_unit(w, unit) : sender;
}

/* A file that says no period counts for the report if it came while the report's
 * submissions did: after the end of the period, before the end of the next. */
bool tb_submission_concerns(const struct tb_writer *w, const struct tb_table *t, size_t row)
{
    const char *period = tb_table_get(t, row, "period");
    const char *received = tb_table_get(t, row, "received");
    struct tb_period next = w->report->period;
    tb_day day;

    if (*period)
        return tb_ends_within(w, period);
    next.index++;
    return tb_day_parse(received, strnlen(received, 10), &day) &&
           day > tb_period_last_day(w->report->period) && day <= tb_period_last_day(next);
}

/* Whether any of the lists of units has an item: they share a heading. */
static bool any_listed(const struct tb_view *view)
{
    static const char *const lists[] = { "below",  "late",  "missing",  "lacking", "wrong",
                                         "silent", "false", "withheld", "verified" };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct tb_value *list = tb_view_get(view, lists[i], strlen(lists[i]));
        if (list && list->first)
            return true;
    }
    return false;
}

void tb_bulletin_problems(const struct tb_writer *w, struct tb_view *view)
{
    put_behind(w, view);
    put_unknown(w, view);
    put_below(w, view);
    tb_bulletin_tasks(w, view);
    tb_bulletin_events(w, view);
    tb_bulletin_reporting(w, view);
    tb_bulletin_copies(w, view);
    tb_view_flag(view, "has_units_named", any_listed(view));
}

/* The lead, and who shares the task. */
static void put_departments(const struct tb_writer *w, int32_t indicator, struct tb_buf *out)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_indicator *ind = &p->indicators[indicator];
    const struct tb_task *task = ind->task >= 0 ? &p->tasks[ind->task] : NULL;
    int32_t lead = tb_department_of(w, indicator);

    tb_buf_puts(out, tb_name_of_department(w, lead));
    for (size_t i = 0; task && i < task->departments.n; i++) {
        const char *code = task->departments.item[i];
        for (size_t d = 0; d < p->n_departments; d++)
            if (strcmp(p->departments[d].code, code) == 0 && (int32_t)d != lead)
                tb_buf_printf(out, "%s%s", out->len ? tb_prose_comma(w->style.lang) : "",
                              tb_name_of_department(w, (int32_t)d));
    }
}

/* True when less than 95 % of the draws of past revisions put the subject among the last k;
 * false also where no revisions are known. */
static bool bottom_is_unsure(const struct tb_writer *w, int32_t indicator, int32_t group)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_table *t = w->report->table.rank_confidence;

    for (size_t row = 0; t && row < tb_table_rows(t); row++) {
        const char *share = tb_table_get(t, row, "p_bottom_pct");
        struct tb_decimal percent;
        if (strcmp(tb_table_get(t, row, "unit"), p->units[w->report->subject].code) == 0 &&
            strcmp(tb_table_get(t, row, "indicator"), p->indicators[indicator].code) == 0 &&
            strcmp(tb_table_get(t, row, "group"), p->groups[group].code) == 0)
            return tb_decimal_parse(share, strlen(share), &percent) &&
                   tb_decimal_cmp(percent, (struct tb_decimal){ 95, 0 }) < 0;
    }
    return false;
}

static void bottom_row(const struct tb_writer *w, int32_t indicator,
                       const struct tb_standing *place, int32_t group, struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_name_of_indicator(w, indicator));
    tb_prose_place(&text, &w->style, tb_name_of_group(w, group), place->rank, place->tied);
    tb_mdtable_buf(table, &text);
    if (place->ranked > 0)
        tb_mdtable_int(table, place->ranked);
    else
        tb_mdtable_cell(table, "");
    tb_put_movement(place, &text);
    tb_mdtable_buf(table, &text);
    put_departments(w, indicator, &text);
    tb_mdtable_buf(table, &text);
    if (group != w->report->subject_group) {
        tb_buf_puts(&text, tb_say(w, "只考核", "only "));
        tb_buf_puts(&text, tb_name_of_group(w, group));
        tb_buf_puts(&text, tb_say(w, "", " are assessed"));
    }
    if (bottom_is_unsure(w, indicator, group))
        tb_buf_printf(&text, "%s%s", text.len ? tb_say(w, "；", "; ") : "",
                      tb_say(w, "按历次修订，位次不确定", "not sure, by past revisions"));
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

void tb_bulletin_bottom(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "位次", "Place"), false);
    tb_mdtable_column(&table, tb_say(w, "参排数", "Ranked"), true);
    tb_mdtable_column(&table, tb_say(w, "变动", "Move"), true);
    tb_mdtable_column(&table, tb_say(w, "责任单位", "Responsible"), false);
    tb_mdtable_column(&table, tb_say(w, "说明", "Note"), false);
    for (size_t i = 0; report->subject >= 0 && i < report->profile->n_indicators; i++) {
        struct tb_fact f;
        if (report->profile->indicators[i].direction == TB_NEUTRAL)
            continue;
        tb_fact_of(w, (int32_t)i, report->subject, &f);
        if (f.place.rank > 0 && tb_in_bottom(w, &f.place, f.group))
            bottom_row(w, (int32_t)i, &f.place, f.group, &table);
        else if (f.place.rank == 0 && tb_in_bottom(w, &f.own_place, f.own_group))
            bottom_row(w, (int32_t)i, &f.own_place, f.own_group, &table);
    }
    tb_view_int(view, "n_bottom", (long long)tb_mdtable_rows(&table));
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "bottom", &text);
    if (w->style.lang[0] == 'z') {
        tb_prose_ordinal(&text, &w->style, (unsigned)report->profile->set.bottom_k);
        tb_view_check(view, &text);
        tb_view_text(view, "bottom_k", text.failed ? "" : tb_buf_text(&text) + strlen("第"));
    } else {
        tb_view_int(view, "bottom_k", report->profile->set.bottom_k);
    }
    tb_buf_release(&text);
}
