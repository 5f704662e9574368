/* bulletin_reporting.c - how returns came in: who was late, who has not sent, whose
 * files were faulty, what was found false or withheld, and which figures were
 * verified to another value.  Units and departments are named, no persons but
 * the desks that edits.csv names. */
#include "disseminate/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/fact.h"
#include "disseminate/prose.h"
#include "disseminate/view.h"
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
static void name_silent(const struct tb_writer *w, int32_t group, struct tb_buf *names)
{
    const struct tb_profile *p = w->report->profile;

    for (size_t m = 0; group >= 0 && m < p->groups[group].n_members; m++) {
        size_t unit = p->groups[group].member[m];
        bool before = false;
        if (!tb_unit_valid_in(&p->units[unit], w->report->period) || any_figure(w, unit, 0))
            continue;
        for (int back = 1; back <= tb_periods_per_year(p->set.frequency) && !before; back++)
            before = any_figure(w, unit, back);
        if (before)
            tb_buf_printf(names, "%s%s", names->len ? tb_prose_comma(w->style.lang) : "",
                          tb_name_of_unit(w, (int32_t)unit));
    }
}

static void put_silent(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_buf names = TB_BUF_INIT;

    tb_view_list(view, "silent");
    name_silent(w, w->report->subject_group, &names);
    if (w->report->children_group != w->report->subject_group)
        name_silent(w, w->report->children_group, &names);
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

/* --- verified to another value --- */

static const struct tb_edit *edit_at(const struct tb_profile *p, const char *line)
{
    uint32_t number = (uint32_t)strtoul(line, NULL, 10);

    for (size_t i = 0; i < p->n_edits; i++)
        if (p->edits[i].line == number)
            return &p->edits[i];
    return NULL;
}

static bool same_cell(const struct tb_table *t, size_t a, size_t b)
{
    static const char *const key[] = { "unit", "indicator", "measure", "period" };

    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        if (strcmp(tb_table_get(t, a, key[i]), tb_table_get(t, b, key[i])) != 0)
            return false;
    return true;
}

static bool is_edit(const struct tb_table *t, size_t row, const char *column)
{
    return strcmp(tb_table_get(t, row, column), "edits.csv") == 0 &&
           strcmp(tb_table_get(t, row, column[0] == 'o' ? "old_received" : "new_received"), "") == 0;
}

static bool difference(const char *from, const char *to, struct tb_decimal *out)
{
    struct tb_decimal a, b;

    if (!tb_decimal_parse(from, strlen(from), &a) || !tb_decimal_parse(to, strlen(to), &b))
        return false;
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    out->scale = scale;
    return tb_decimal_rescale(a, scale, &a) && tb_decimal_rescale(b, scale, &b) &&
           !__builtin_sub_overflow(b.units, a.units, &out->units);
}

/* "East, retail sales (ytd), May 2023: submitted 84, verified 48, difference -36 (who: why)". */
static void verified_line(const struct tb_writer *w, const struct tb_edit *edit,
                          const char *submitted, const char *verified, struct tb_buf *out)
{
    struct tb_decimal gap;
    char text[TB_DECIMAL_TEXT];

    tb_buf_puts(out, tb_name_of_unit(w, edit->unit));
    tb_buf_puts(out, tb_say(w, "，", ", "));
    tb_put_period(w, out, edit->period);
    tb_buf_puts(out, tb_say(w, "", ", "));
    tb_buf_puts(out, tb_name_of_indicator(w, edit->indicator));
    if (edit->measure != TB_MEASURE_VALUE) {
        tb_buf_puts(out, tb_say(w, "（", " ("));
        tb_rule_words(w, tb_measure_name(edit->measure), out);
        tb_buf_puts(out, tb_say(w, "）", ")"));
    }
    tb_buf_puts(out, tb_say(w, "：上报", ": submitted "));
    tb_number_printed(out, &w->style, submitted);
    tb_buf_puts(out, tb_say(w, "，核定", ", verified "));
    tb_number_printed(out, &w->style, verified);
    if (difference(submitted, verified, &gap)) {
        tb_buf_puts(out, tb_say(w, "，相差", ", difference "));
        tb_decimal_format(gap, text);
        tb_number_printed(out, &w->style, text);
    }
    tb_buf_puts(out, tb_say(w, "（", " ("));
    tb_buf_puts(out, tb_number_quote(&w->style, edit->who));
    tb_buf_puts(out, tb_say(w, "：", ": "));
    tb_buf_puts(out, tb_number_quote(&w->style, edit->reason));
    tb_buf_puts(out, tb_say(w, "）", ")"));
}

/* What was submitted is what the first edit of a cell replaced; what is verified
 * is the value of the last. */
static void put_verified(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.revisions;
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(view, "verified");
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!is_edit(t, i, "new_name") || is_edit(t, i, "old_name") ||
            !tb_ends_within(w, tb_table_get(t, i, "period")) || !*tb_table_get(t, i, "old_value"))
            continue;
        size_t last = i;
        for (size_t k = i + 1; k < tb_table_rows(t); k++)
            if (is_edit(t, k, "new_name") && same_cell(t, i, k))
                last = k;
        const struct tb_edit *edit =
            edit_at(w->report->profile, tb_table_get(t, last, "new_line"));
        const char *submitted = tb_table_get(t, i, "old_value");
        const char *verified = tb_table_get(t, last, "new_value");
        if (!edit || strcmp(submitted, verified) == 0)
            continue;
        verified_line(w, edit, submitted, verified, &text);
        tb_view_line(view, "verified", &text);
    }
    tb_buf_release(&text);
}

void tb_bulletin_reporting(const struct tb_writer *w, struct tb_view *view)
{
    tb_bulletin_late(w, view);
    put_wrong(w, view);
    put_silent(w, view);
    put_faults(w, TB_FAULT_FALSE, "false", view);
    put_faults(w, TB_FAULT_WITHHELD, "withheld", view);
    put_verified(w, view);
}
