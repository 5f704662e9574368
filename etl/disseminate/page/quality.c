/* quality.c - data-quality.md: what came in and what did not, what was refused, which
 * checks failed, what was revised and which edits were used. */
#include "disseminate/words/writer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/dues.h"
#include "tongbao/error.h"
#include "tongbao/table.h"

enum { SUBMISSIONS_LISTED = 200, REJECTS_LISTED = 60, CHECKS_LISTED = 100, REVISIONS_LISTED = 100 };

/* Sum of a column of counts. */
static long long column_sum(const struct tb_table *t, const char *name)
{
    long long sum = 0;

    for (size_t i = 0; t && i < tb_table_rows(t); i++)
        sum += strtoll(tb_table_get(t, i, name), NULL, 10);
    return sum;
}

static size_t count_where(const struct tb_table *t, const char *column, const char *value)
{
    size_t n = 0;

    for (size_t i = 0; t && i < tb_table_rows(t); i++)
        n += strcmp(tb_table_get(t, i, column), value) == 0;
    return n;
}

static void put_account(const struct tb_writer *w, struct tb_view *view)
{
    static const char *const sums[] = { "rows_in",        "rows_accepted", "rows_rejected",
                                        "rows_ignored",   "cells_in",      "cells_accepted",
                                        "cells_rejected", "cells_empty",   "observations" };
    const struct tb_table *t = w->report->table.submissions;

    tb_view_flag(view, "has_submissions", t != NULL);
    tb_view_int(view, "files", t ? (long long)tb_table_rows(t) : 0);
    tb_view_int(view, "files_late", (long long)count_where(t, "timeliness", "late"));
    tb_view_int(view, "files_duplicate", (long long)count_where(t, "state", "duplicate"));
    tb_view_int(view, "files_rejected", (long long)count_where(t, "state", "rejected"));
    tb_view_int(view, "files_partial", (long long)count_where(t, "state", "partial"));
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        tb_view_int(view, sums[i], column_sum(t, sums[i]));
}

static const char *state_word(const struct tb_writer *w, const char *state)
{
    static const char *const words[][3] = {
        { "accepted", "收下", "accepted" },
        { "partial", "部分退回", "partly rejected" },
        { "rejected", "退回", "rejected" },
        { "duplicate", "重复", "duplicate" },
        { "copy", "抄送", "copy" },
        { "nil", "确认无数据", "nil return" },
        { "withdrawn", "已撤回", "taken back" },
        { "withdrawal", "撤回", "withdrawal" },
        { "on_time", "按时", "on time" },
        { "late", "迟报", "late" },
        { "incomplete", "未送达全部收件部门", "an addressee lacks it" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], state) == 0)
            return tb_say(w, words[i][1], words[i][2]);
    return state;
}

static void put_submissions(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.submissions;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "收件号", "No."), true);
    tb_mdtable_column(&table, tb_say(w, "文件", "File"), false);
    tb_mdtable_column(&table, tb_say(w, "报送单位", "Sender"), false);
    tb_mdtable_column(&table, tb_say(w, "收到", "Received"), false);
    tb_mdtable_column(&table, tb_say(w, "结果", "State"), false);
    tb_mdtable_column(&table, tb_say(w, "时效", "Timeliness"), false);
    tb_mdtable_column(&table, tb_say(w, "收下行", "Rows taken"), true);
    tb_mdtable_column(&table, tb_say(w, "退回行", "Rows rejected"), true);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!tb_ends_within(w, tb_table_get(t, i, "period")) || n++ >= SUBMISSIONS_LISTED)
            continue;
        tb_mdtable_cell(&table, tb_table_get(t, i, "arrival"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "name"));
        tb_mdtable_cell(&table, tb_name_of_sender(w, tb_table_get(t, i, "sender")));
        tb_buf_printf(&text, "%.10s", tb_table_get(t, i, "received"));
        tb_mdtable_buf(&table, &text);
        tb_mdtable_cell(&table, state_word(w, tb_table_get(t, i, "state")));
        tb_mdtable_cell(&table, state_word(w, tb_table_get(t, i, "timeliness")));
        tb_mdtable_cell(&table, tb_table_get(t, i, "rows_accepted"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "rows_rejected"));
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "submissions", &text);
    tb_view_flag(view, "submissions_cut", n > SUBMISSIONS_LISTED);
    tb_buf_release(&text);
}

/* What one group owes for the period: for each member, how much of it is in. */
struct group_dues {
    const struct tb_group *group;
    struct tb_dues *dues;
    struct tb_due_count *count; /* [n_members] */
};

/* One indicator: counts it, and names who has not sent it. */
static struct tb_due_count count_indicator(const struct tb_writer *w, const struct group_dues *g,
                                           size_t i, struct tb_buf *names)
{
    struct tb_due_count count = { 0 };

    tb_buf_clear(names);
    for (size_t m = 0; m < g->group->n_members; m++) {
        size_t unit = g->group->member[m];
        const struct tb_due_cell *cell = tb_dues_cell(g->dues, unit, i);
        tb_due_count_add(&count, cell);
        tb_due_count_add(&g->count[m], cell);
        if (cell->state == TB_DUE_OPEN)
            tb_buf_printf(names, "%s%s", names->len ? tb_prose_comma(w->style.lang) : "",
                          tb_name_of_unit(w, (int32_t)unit));
    }
    return count;
}

/* Per indicator that is not complete, who owes it. */
static void put_missing(const struct tb_writer *w, const struct group_dues *g, struct tb_buf *out)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf names = TB_BUF_INIT;

    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "已报", "In"), true);
    tb_mdtable_column(&table, tb_say(w, "应报", "Due"), true);
    tb_mdtable_column(&table, tb_say(w, "未报单位", "Missing"), false);
    for (size_t i = 0; i < w->report->profile->n_indicators; i++) {
        struct tb_due_count count = count_indicator(w, g, i, &names);
        if (count.open == 0)
            continue;
        tb_mdtable_cell(&table, tb_name_of_indicator(w, (int32_t)i));
        tb_mdtable_int(&table, (long long)count.received);
        tb_mdtable_int(&table, (long long)count.expected);
        tb_mdtable_buf(&table, &names);
    }
    tb_mdtable_finish(&table, out);
    tb_buf_release(&names);
}

static void put_per_unit(const struct tb_writer *w, const struct group_dues *g, struct tb_buf *out)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    bool timed = tb_profile_has_deadlines(w->report->profile);
    char text[TB_RATE_TEXT];

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "已报指标", "Indicators in"), true);
    tb_mdtable_column(&table, tb_say(w, "应报指标", "Indicators due"), true);
    tb_mdtable_column(&table, tb_say(w, "迟报", "Late"), true);
    tb_mdtable_column(&table, tb_say(w, "平均迟报工作日", "Mean working days late"), true);
    tb_mdtable_column(&table, tb_say(w, "零报告", "Nil"), true);
    tb_mdtable_column(&table, tb_say(w, "免报", "Waived"), true);
    for (size_t m = 0; m < g->group->n_members; m++) {
        const struct tb_due_count *count = &g->count[m];
        if (count->expected == 0 && count->waived == 0)
            continue;
        tb_mdtable_cell(&table, tb_name_of_unit(w, (int32_t)g->group->member[m]));
        tb_mdtable_int(&table, (long long)count->received);
        tb_mdtable_int(&table, (long long)count->expected);
        if (timed)
            tb_mdtable_int(&table, (long long)count->late);
        else
            tb_mdtable_cell(&table, "");
        tb_due_mean_days(text, count);
        tb_mdtable_cell(&table, text);
        tb_mdtable_int(&table, (long long)count->nil);
        tb_mdtable_int(&table, (long long)count->waived);
    }
    tb_mdtable_finish(&table, out);
}

/* 0, or -1 when memory is out. */
static int put_completeness(const struct tb_writer *w, int32_t group, struct tb_dues *all,
                            struct tb_view *view)
{
    struct tb_buf missing = TB_BUF_INIT, per_unit = TB_BUF_INIT;
    struct group_dues g = { .dues = all };

    if (group < 0 || !all)
        return 0;
    g.group = &w->report->profile->groups[group];
    g.count = calloc(g.group->n_members + 1, sizeof *g.count);
    if (!g.count)
        return -1;
    struct tb_view *item = tb_view_item(view, "completeness");
    put_missing(w, &g, &missing);
    put_per_unit(w, &g, &per_unit);
    tb_view_text(item, "group", tb_name_of_group(w, group));
    tb_view_markup_buf(item, "per_unit", &per_unit);
    tb_view_markup_buf(item, "missing", &missing);
    free(g.count);
    tb_buf_release(&missing);
    tb_buf_release(&per_unit);
    return 0;
}

/* The groups of page one. */
static int put_dues(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    struct tb_error ignored = TB_ERROR_INIT;
    int rc = 0;

    tb_view_list(view, "completeness");
    if (!report->cube)
        return 0;
    struct tb_dues *dues = tb_dues_new(report->profile, report->cube, report->table.submissions,
                                       report->table.sources, report->period, &ignored);
    if (!dues)
        return -1;
    rc |= put_completeness(w, report->subject_group, dues, view);
    if (report->children_group != report->subject_group)
        rc |= put_completeness(w, report->children_group, dues, view);
    tb_dues_free(dues);
    return rc;
}

static void put_rejects(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.rejects;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = t ? tb_table_rows(t) : 0;

    tb_mdtable_column(&table, tb_say(w, "文件", "File"), false);
    tb_mdtable_column(&table, tb_say(w, "行", "Line"), true);
    tb_mdtable_column(&table, tb_say(w, "字", "Char."), true);
    tb_mdtable_column(&table, tb_say(w, "原文", "Text"), false);
    tb_mdtable_column(&table, tb_say(w, "原因", "Reason"), false);
    for (size_t i = n > REJECTS_LISTED ? n - REJECTS_LISTED : 0; i < n; i++) {
        tb_mdtable_cell(&table, tb_table_get(t, i, "file"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "line"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "column"));
        tb_mdtable_cell(&table, tb_table_get(t, i, "text"));
        tb_mdtable_cell(&table, tb_table_get(t, i, tb_say(w, "message_zh", "message_en")));
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "rejects", &text);
    tb_view_int(view, "n_rejects", (long long)n);
    tb_view_flag(view, "rejects_cut", n > REJECTS_LISTED);
    tb_buf_release(&text);
}

static void check_row(const struct tb_writer *w, size_t i, struct tb_mdtable *table)
{
    const struct tb_table *t = w->report->table.checks;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    int32_t u = tb_profile_unit(w->report->profile, unit, strlen(unit));
    int32_t k = tb_profile_indicator(w->report->profile, ind, strlen(ind));

    tb_mdtable_cell(table, tb_table_get(t, i, "check"));
    tb_mdtable_cell(table, strcmp(tb_table_get(t, i, "severity"), "error") == 0
                               ? tb_say(w, "扣留", "held")
                               : tb_say(w, "提示", "warning"));
    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
    tb_mdtable_cell(table, tb_table_get(t, i, "period"));
    tb_mdtable_cell(table, tb_table_get(t, i, "observed"));
    tb_mdtable_cell(table, tb_table_get(t, i, "expected"));
    tb_mdtable_cell(table, tb_table_get(t, i, tb_say(w, "message_zh", "message_en")));
}

static void put_checks(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.checks;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t shown = 0, n = 0;

    tb_mdtable_column(&table, tb_say(w, "检查", "Check"), false);
    tb_mdtable_column(&table, tb_say(w, "程度", "Severity"), false);
    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "实际", "Observed"), true);
    tb_mdtable_column(&table, tb_say(w, "应为", "Expected"), true);
    tb_mdtable_column(&table, tb_say(w, "说明", "Message"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (strcmp(tb_table_get(t, i, "outcome"), "fail") != 0)
            continue;
        n++;
        if (tb_ends_within(w, tb_table_get(t, i, "period")) && shown < CHECKS_LISTED) {
            check_row(w, i, &table);
            shown++;
        }
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "checks", &text);
    tb_view_int(view, "n_checks", (long long)n);
    tb_view_int(view, "n_checks_shown", (long long)shown);
    tb_view_int(view, "n_held", column_sum(w->report->table.cells, "held"));
    tb_view_int(view, "n_estimated", column_sum(w->report->table.cells, "estimated"));
    tb_buf_release(&text);
}

void tb_quality_write(struct tb_writer *w)
{
    struct tb_views views = tb_writer_views(w);
    struct tb_view *view = tb_view_root(&views);
    struct tb_buf text = TB_BUF_INIT;
    size_t total = 0;
    int rc = 0;

    tb_writer_common(w, view);
    put_account(w, view);
    put_submissions(w, view);
    tb_bulletin_late(w, SIZE_MAX, tb_view_item(view, "owing"));
    rc |= put_dues(w, view);
    put_rejects(w, view);
    put_checks(w, view);
    tb_put_left_out(w, view);
    tb_put_review(w, view);
    tb_put_estimates(w, view);
    rc |= tb_put_cells(w, view);
    rc |= tb_put_comparable(w, view);
    tb_put_revised(w, view);
    tb_put_revisions(w, REVISIONS_LISTED, &total, &text);
    tb_view_markup_buf(view, "revisions", &text);
    tb_view_int(view, "n_revisions", (long long)total);
    tb_view_int(view, "n_errata", (long long)tb_errata_count(w));
    tb_view_flag(view, "errata", tb_errata_count(w) > 0);
    tb_put_facts(w, view);
    tb_put_edits(w, view);
    tb_put_changes(w, view);
    tb_put_verified(w, view);
    tb_buf_puts(&text, tb_say(w, "数据质量 ", "Data quality, "));
    tb_put_period(w, &text, w->report->period);
    tb_view_check(view, &text);
    tb_view_text(view, "title", tb_buf_text(&text));
    (void)tb_writer_publish(w, "data-quality", "quality", rc < 0 || views.failed ? NULL : view,
                            tb_buf_text(&text), "");
    tb_buf_release(&text);
    tb_views_release(&views);
}
