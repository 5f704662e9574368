/* bulletin_reporting.c - how returns came in: who was late, who has not sent, whose
 * files were faulty, what was found false or withheld, and which figures were
 * verified to another value.  Units and departments are named, no persons but
 * the desks that edits.csv names. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/dues.h"
#include "tongbao/error.h"
#include "tongbao/table.h"

void tb_name_submission(const struct tb_writer *w, size_t row, struct tb_buf *out)
{
    const struct tb_table *t = w->report->table.submissions;
    const char *sender = tb_table_get(t, row, "sender");

    tb_buf_puts(out, tb_name_of_sender(w, sender));
    tb_buf_printf(out, *sender ? (w->style.lang[0] == 'z' ? "（%s）" : " (%s)") : "%s",
                  tb_number_quote(&w->style, tb_table_get(t, row, "name")));
}

static void put_wrong(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.submissions;
    struct tb_buf text = TB_BUF_INIT;
    bool zh = w->style.lang[0] == 'z';

    tb_view_list(view, "wrong");
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        const char *state = tb_table_get(t, i, "state");
        bool refused = strcmp(state, "rejected") == 0;
        if ((!refused && strcmp(state, "partial") != 0) || !tb_submission_concerns(w, t, i))
            continue;
        tb_name_submission(w, i, &text);
        if (refused)
            tb_buf_puts(&text, zh ? "：整份退回" : ": rejected as a whole");
        else
            tb_buf_printf(&text,
                          zh ? "：%s行有误，%s个数据退回" : ": %s rows faulty, %s figures rejected",
                          tb_number_quote(&w->style, tb_table_get(t, i, "rows_rejected")),
                          tb_number_quote(&w->style, tb_table_get(t, i, "cells_rejected")));
        tb_view_line(view, "wrong", &text);
    }
    tb_buf_release(&text);
}

/* True when anything of the unit is known in the period `back` periods before. */
static bool any_figure(const struct tb_writer *w, size_t unit, int back)
{
    static const enum tb_measure measures[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD, TB_MEASURE_GROWTH,
                                                TB_MEASURE_YTD_GROWTH };
    const struct tb_report *report = w->report;

    for (size_t i = 0; i < report->profile->n_indicators; i++) {
        struct tb_period period = tb_report_period_of(report, i);
        period.index -= back;
        for (size_t m = 0; m < sizeof measures / sizeof *measures; m++)
            if (tb_report_figure(report, i, measures[m], period, unit).known)
                return true;
    }
    return false;
}

/* Units that reported within the last year and of whom nothing is in for the
 * period.  Who never reports (a neighbour known by its places only) is not missed. */
static void name_silent(const struct tb_writer *w, int32_t group, struct tb_buf *names,
                        size_t *n_silent)
{
    const struct tb_profile *p = w->report->profile;

    for (size_t m = 0; group >= 0 && m < p->groups[group].n_members; m++) {
        size_t unit = p->groups[group].member[m];
        bool before = false;
        if (!tb_unit_valid_in(&p->units[unit], w->report->period) || any_figure(w, unit, 0))
            continue;
        for (int back = 1; back <= tb_periods_per_year(p->set.frequency) && !before; back++)
            before = any_figure(w, unit, back);
        if (before && (*n_silent)++ < TB_LATE_LISTED)
            tb_buf_printf(names, "%s%s", names->len ? tb_prose_comma(w->style.lang) : "",
                          tb_name_of_unit(w, (int32_t)unit));
    }
}

static void put_silent(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_buf names = TB_BUF_INIT;
    size_t n = 0;

    tb_view_list(view, "silent");
    name_silent(w, w->report->subject_group, &names, &n);
    if (w->report->children_group != w->report->subject_group)
        name_silent(w, w->report->children_group, &names, &n);
    if (n > TB_LATE_LISTED) {
        tb_buf_puts(&names, tb_say(w, "；另有", "; and "));
        tb_number_count(&names, &w->style, n - TB_LATE_LISTED);
        tb_buf_puts(&names, tb_say(w, "个，见数据质量报告", " more, see data quality"));
    }
    if (names.len > 0)
        tb_view_line(view, "silent", &names);
    tb_buf_release(&names);
}

/* --- false and withheld, as people found them --- */

static bool is_of_report(const struct tb_writer *w, struct tb_period period)
{
    tb_day last = tb_period_last_day(period);

    return last >= tb_period_first_day(w->report->period) &&
           last <= tb_period_last_day(w->report->period);
}

static void put_faults(const struct tb_writer *w, enum tb_fault_kind kind, const char *list,
                       struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(view, list);
    for (size_t i = 0; i < p->n_faults; i++) {
        const struct tb_fault *fault = &p->faults[i];
        if (fault->kind != kind || !is_of_report(w, fault->period) ||
            !tb_fault_stands(p, i, w->known_until))
            continue;
        tb_buf_puts(&text, tb_name_of_unit(w, fault->unit));
        tb_buf_puts(&text, tb_say(w, "，", ", "));
        tb_put_period(w, &text, fault->period);
        if (fault->indicator >= 0) {
            tb_buf_puts(&text, tb_say(w, "", ", "));
            tb_buf_puts(&text, tb_name_of_indicator(w, fault->indicator));
        }
        if (*fault->note) {
            tb_buf_puts(&text, tb_say(w, "：", ": "));
            tb_buf_puts(&text, tb_number_quote(&w->style, fault->note));
        }
        tb_view_line(view, list, &text);
    }
    tb_buf_release(&text);
}

void tb_bulletin_reporting(const struct tb_writer *w, struct tb_view *view)
{
    tb_bulletin_late(w, TB_LATE_LISTED, view);
    put_wrong(w, view);
    put_silent(w, view);
    put_faults(w, TB_FAULT_FALSE, "false", view);
    put_faults(w, TB_FAULT_WITHHELD, "withheld", view);
    tb_bulletin_verified(w, view);
}
