/* bulletin_late.c - who was late and who has not sent: by sender, and by unit where
 * files come without a sender's folder. */
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

/* What one sender or unit owes or sent late, over its forms. */
struct debt {
    size_t n_late, n_open, n_in;
    int days_late; /* the most */
    tb_day due;    /* the earliest of the open ones */
};

/* The place of a party's debt: that of the first of the same sender, so that each sender
 * is named once and not for each form. */
static size_t leader(const struct tb_dues *dues, size_t party)
{
    size_t first = 0;

    if (!*tb_dues_party(dues, party)->sender)
        return party;
    while (strcmp(tb_dues_party(dues, first)->sender, tb_dues_party(dues, party)->sender) != 0)
        first++;
    return first;
}

/* The place of a cell's debt: what came in no sender's folder is owed by the unit, whose
 * debts stand behind those of the parties. */
static size_t place_of(const struct tb_dues *dues, const struct tb_due_cell *cell, size_t unit)
{
    size_t party = (size_t)cell->party;

    return *tb_dues_party(dues, party)->sender ? leader(dues, party)
                                               : tb_dues_n_parties(dues) + unit;
}

static void add_cell(struct debt *debt, const struct tb_due_cell *cell)
{
    if (cell->waived)
        return;
    if (cell->state == TB_DUE_OPEN) {
        debt->n_open++;
        if (debt->due == TB_DAY_NONE || (cell->due != TB_DAY_NONE && cell->due < debt->due))
            debt->due = cell->due;
        return;
    }
    debt->n_in += cell->state >= TB_DUE_WAIVED;
    if (cell->timed && cell->days_late > 0) {
        debt->n_late++;
        debt->days_late = cell->days_late > debt->days_late ? cell->days_late : debt->days_late;
    }
}

static void put_some(const struct tb_writer *w, struct tb_buf *out, size_t n, const char *zh,
                     const char *one, const char *many)
{
    tb_number_count(out, &w->style, n);
    tb_buf_puts(out, tb_say(w, zh, n == 1 ? one : many));
}

static void put_late(const struct tb_writer *w, const char *name, const struct debt *debt,
                     struct tb_buf *out)
{
    if (out->len)
        tb_buf_puts(out, tb_prose_comma(w->style.lang));
    tb_buf_puts(out, name);
    tb_buf_puts(out, tb_say(w, "（迟", " ("));
    put_some(w, out, (size_t)debt->days_late, "个工作日", " working day", " working days");
    if (debt->n_late) {
        tb_buf_puts(out, tb_say(w, "，", ", "));
        put_some(w, out, debt->n_late, "项", " item", " items");
    }
    tb_buf_puts(out, tb_say(w, "）", ")"));
}

static void put_open(const struct tb_writer *w, const char *name, const struct debt *debt,
                     struct tb_buf *out)
{
    char day[TB_DATE_TEXT];

    if (out->len)
        tb_buf_puts(out, tb_prose_comma(w->style.lang));
    tb_buf_puts(out, name);
    tb_buf_puts(out, tb_say(w, "（", " ("));
    put_some(w, out, debt->n_open, "项", " item", " items");
    if (debt->due != TB_DAY_NONE) {
        tb_day_format(debt->due, day);
        tb_buf_puts(out, tb_say(w, "，应于", ", due "));
        tb_buf_puts(out, tb_number_quote(&w->style, day));
        tb_buf_puts(out, tb_say(w, "前报送", ""));
    }
    tb_buf_puts(out, tb_say(w, "）", ")"));
}

/* A nil return of what nobody expected is late as a file, not by its values. */
static void add_file(const struct tb_writer *w, const struct tb_dues *dues, size_t p,
                     struct debt debts[])
{
    const struct tb_due_party *party = tb_dues_party(dues, p);
    struct debt *debt = &debts[leader(dues, p)];

    if (party->first < 0 || debt->n_in > 0)
        return;
    int days = (int)strtol(
        tb_table_get(w->report->table.submissions, (size_t)party->first, "days_late"), NULL, 10);
    debt->days_late = days > debt->days_late ? days : debt->days_late;
}

/* A sender; a unit that sends for itself; else the form, of which nothing says whose it is. */
static const char *name_of(const struct tb_writer *w, const struct tb_dues *dues, size_t place)
{
    size_t n = tb_dues_n_parties(dues);

    if (place >= n)
        return tb_name_of_unit(w, (int32_t)(place - n));
    const struct tb_due_party *party = tb_dues_party(dues, place);
    if (*party->sender) {
        const char *name = tb_name_of_sender(w, party->sender);
        return name == party->sender ? tb_number_quote(&w->style, name) : name;
    }
    if (party->form_row < 0)
        return party->form;
    const struct tb_form *form = &w->report->profile->forms[party->form_row];
    return tb_number_quote(&w->style, tb_say(w, form->name_zh, form->name_en));
}

/* One line: numbers are read back line by line.  Names and lengths behind the first `limit`
 * are counted, and stand in data-quality. */
static void put_list(const struct tb_writer *w, const struct tb_dues *dues,
                     const struct debt debts[], bool late, size_t limit, struct tb_view *view)
{
    size_t n = tb_dues_n_parties(dues) + w->report->profile->n_units, n_listed = 0;
    struct tb_buf text = TB_BUF_INIT;

    for (size_t place = 0; place < n; place++) {
        if ((late ? (size_t)debts[place].days_late : debts[place].n_open) == 0)
            continue;
        const char *name = name_of(w, dues, place);
        if (!*name || n_listed++ >= limit)
            continue;
        if (late)
            put_late(w, name, &debts[place], &text);
        else
            put_open(w, name, &debts[place], &text);
    }
    if (n_listed > limit) {
        tb_buf_puts(&text, tb_say(w, "；另有", "; and "));
        put_some(w, &text, n_listed - limit, "个，见数据质量报告", " more, see data quality",
                 " more, see data quality");
    }
    if (text.len)
        tb_view_line(view, late ? "late" : "missing", &text);
    tb_buf_release(&text);
}

static void put_debts(const struct tb_writer *w, const struct tb_dues *dues, struct debt debts[],
                      size_t limit, struct tb_view *view)
{
    for (size_t unit = 0; unit < w->report->profile->n_units; unit++)
        for (size_t i = 0; i < w->report->profile->n_indicators; i++) {
            const struct tb_due_cell *cell = tb_dues_cell(dues, unit, i);
            if (cell->party < 0)
                continue;
            size_t place = place_of(dues, cell, unit);
            add_cell(&debts[place], cell);
            if (place >= tb_dues_n_parties(dues)) /* its file is in by what the units sent */
                debts[cell->party].n_in += cell->state != TB_DUE_OPEN;
        }
    for (size_t p = 0; p < tb_dues_n_parties(dues); p++)
        add_file(w, dues, p, debts);
    put_list(w, dues, debts, true, limit, view);
    put_list(w, dues, debts, false, limit, view);
}

void tb_bulletin_late(const struct tb_writer *w, size_t limit, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    struct tb_error err = TB_ERROR_INIT;

    tb_view_list(view, "late");
    tb_view_list(view, "missing");
    if (!report->cube || !report->table.submissions || !report->table.sources)
        return;
    struct tb_dues *dues = tb_dues_new(report->profile, report->cube, report->table.submissions,
                                       report->table.sources, report->period, &err);
    size_t n = dues ? tb_dues_n_parties(dues) + report->profile->n_units : 0;
    struct debt *debts = dues ? calloc(n + 1, sizeof *debts) : NULL;
    for (size_t place = 0; debts && place < n; place++)
        debts[place].due = TB_DAY_NONE;
    if (debts)
        put_debts(w, dues, debts, limit, view);
    else
        tb_view_check(view, &(struct tb_buf){ .failed = true });
    free(debts);
    tb_dues_free(dues);
}
