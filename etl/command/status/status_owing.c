/* status_owing.c - who owes what: a row for each sender and form that has not sent,
 * has sent in part, or was late; the longest overdue first.  What came in no sender's
 * folder is owed by the units themselves: a row for each. */
#include "command/status/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/calendar.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

enum { SHOWN_ROWS = 30, SHOWN_INDICATORS = 4, SHOWN_UNITS = 3 };

enum kind { MISSING, LATE, AWAITED, N_KINDS, OTHER = N_KINDS };

/* The cells of one kind that one party owes or owed. */
struct debt {
    enum kind kind;
    size_t party; /* one more than the last: those of nobody known; more: of a unit */
    int32_t form; /* of forms.csv, of the first of a unit's cells; -1: none */
    size_t n_cells;
    tb_day due;   /* the earliest */
    int days;     /* working days overdue or late, the most */
};

static enum kind kind_of(const struct tb_status_of *status, const struct tb_due_cell *cell)
{
    if (cell->waived)
        return OTHER;
    if (cell->state == TB_DUE_OPEN)
        return tb_status_is_awaited(status, cell) ? AWAITED : MISSING;
    return cell->timed && cell->days_late > 0 ? LATE : OTHER;
}

/* True when all that the unit was known by came in no sender's folder: then what never came
 * is its own to send too. */
static bool sends_itself(const struct tb_status_of *status, size_t unit)
{
    bool itself = false;

    for (size_t i = 0; i < status->view->profile->n_indicators; i++) {
        int32_t party = tb_dues_cell(status->dues, unit, i)->party;
        if (party >= 0 && *tb_dues_party(status->dues, (size_t)party)->sender)
            return false;
        itself |= party >= 0;
    }
    return itself;
}

static size_t party_of(const struct tb_status_of *status, const struct tb_due_cell *cell,
                       size_t unit)
{
    size_t nobody = tb_dues_n_parties(status->dues);

    if (cell->party < 0)
        return status->sends_itself[unit] ? nobody + 1 + unit : nobody;
    return *tb_dues_party(status->dues, (size_t)cell->party)->sender ? (size_t)cell->party
                                                                     : nobody + 1 + unit;
}

/* The unit that owes for itself, or TB_NONE. */
static int32_t unit_of(const struct tb_status_of *status, const struct debt *debt)
{
    size_t nobody = tb_dues_n_parties(status->dues);

    return debt->party > nobody ? (int32_t)(debt->party - nobody - 1) : TB_NONE;
}

/* Working days since the due day; a day off counts as the next working day. */
static int overdue(const struct tb_status_of *status, tb_day due)
{
    const struct tb_profile *profile = status->view->profile;

    if (due == TB_DAY_NONE || status->day <= due || status->day - due > 3660)
        return 0;
    return tb_workdays_between(profile, due, tb_workday_from(profile, status->day));
}

static void add_cell(const struct tb_status_of *status, struct debt debts[], size_t unit,
                     const struct tb_due_cell *cell)
{
    enum kind kind = kind_of(status, cell);

    if (kind == OTHER)
        return;
    struct debt *debt = &debts[party_of(status, cell, unit) * N_KINDS + kind];
    int days = kind == LATE ? cell->days_late : overdue(status, cell->due);
    if (debt->n_cells == 0 && cell->party >= 0)
        debt->form = tb_dues_party(status->dues, (size_t)cell->party)->form_row;
    if (debt->n_cells++ == 0 || (cell->due != TB_DAY_NONE && cell->due < debt->due))
        debt->due = cell->due;
    debt->days = days > debt->days ? days : debt->days;
}

static int by_weight(const void *left, const void *right)
{
    const struct debt *a = left, *b = right;

    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->days != b->days)
        return a->days > b->days ? -1 : 1;
    if (a->n_cells != b->n_cells)
        return a->n_cells > b->n_cells ? -1 : 1;
    return (a->party > b->party) - (a->party < b->party);
}

/* "retail sales (East, West)": the units of one indicator in a debt; without
 * them where the party owes it of every unit that it sends. */
static bool put_indicator(const struct tb_status_of *status, const struct debt *debt, size_t i,
                          struct tb_buf *out)
{
    const struct tb_view *view = status->view;
    const struct tb_profile *profile = view->profile;
    struct tb_buf names = TB_BUF_INIT;
    size_t n = 0, n_all = 0;

    for (size_t unit = 0; unit < profile->n_units; unit++) {
        const struct tb_due_cell *cell = tb_dues_cell(status->dues, unit, i);
        if (cell->state < TB_DUE_WAIVED || party_of(status, cell, unit) != debt->party)
            continue;
        n_all++;
        if (kind_of(status, cell) == debt->kind && n++ < SHOWN_UNITS)
            tb_buf_printf(&names, "%s%s", names.len ? tb_view_say(view, "、", ", ") : "",
                          tb_unit_name(&profile->units[unit], view->lang));
    }
    if (n > 0)
        tb_buf_puts(out, tb_indicator_name(&profile->indicators[i], view->lang));
    if (n > SHOWN_UNITS && n < n_all)
        tb_view_printf(view, out, "（%zu 个单位）", " (%zu units)", n);
    else if (n > 0 && n < n_all)
        tb_view_printf(view, out, "（%s）", " (%s)", tb_buf_text(&names));
    out->failed |= names.failed;
    tb_buf_release(&names);
    return n > 0;
}

static void put_what(const struct tb_status_of *status, const struct debt *debt,
                     struct tb_buf *out)
{
    const struct tb_profile *profile = status->view->profile;
    struct tb_buf one = TB_BUF_INIT;
    size_t n = 0;

    for (size_t i = 0; i < profile->n_indicators; i++) {
        tb_buf_clear(&one);
        if (put_indicator(status, debt, i, &one) && n++ < SHOWN_INDICATORS)
            tb_buf_printf(out, "%s%s", n > 1 ? tb_view_say(status->view, "、", ", ") : "",
                          tb_buf_text(&one));
        out->failed |= one.failed;
    }
    if (n > SHOWN_INDICATORS)
        tb_view_printf(status->view, out, "，另有 %zu 个指标", " and %zu more",
                       n - SHOWN_INDICATORS);
    tb_buf_release(&one);
}

/* A unit that owes for itself: something of it is in. */
static bool has_sent(const struct tb_status_of *status, const struct debt *debt)
{
    int32_t unit = unit_of(status, debt);

    for (size_t i = 0; unit >= 0 && i < status->view->profile->n_indicators; i++) {
        const struct tb_due_cell *cell = tb_dues_cell(status->dues, (size_t)unit, i);
        if (cell->state == TB_DUE_IN || cell->state == TB_DUE_NIL)
            return true;
    }
    return false;
}

static const char *kind_word(const struct tb_status_of *status, const struct debt *debt)
{
    bool sent = debt->party < tb_dues_n_parties(status->dues)
                    ? tb_dues_party(status->dues, debt->party)->n_sent > 0
                    : has_sent(status, debt);

    if (debt->kind == LATE)
        return tb_view_say(status->view, "迟报", "late");
    if (debt->kind == AWAITED)
        return tb_view_say(status->view, "待报", "awaited");
    return sent ? tb_view_say(status->view, "部分缺报", "missing in part")
                : tb_view_say(status->view, "缺报", "missing");
}

static const char *who(const struct tb_status_of *status, const struct debt *debt)
{
    const struct tb_view *view = status->view;
    int32_t unit = unit_of(status, debt);

    if (unit >= 0)
        return tb_unit_name(&view->profile->units[unit], view->lang);
    if (debt->party < tb_dues_n_parties(status->dues))
        return tb_status_sender(view, tb_dues_party(status->dues, debt->party)->sender);
    return tb_view_say(view, "（未报过）", "(never sent)");
}

static const char *form_name(const struct tb_status_of *status, const struct debt *debt)
{
    const struct tb_view *view = status->view;
    const struct tb_form *form = debt->form >= 0 ? &view->profile->forms[debt->form] : NULL;

    if (form)
        return tb_view_say(view, form->name_zh, form->name_en);
    return debt->party < tb_dues_n_parties(status->dues)
               ? tb_dues_party(status->dues, debt->party)->form
               : "-";
}

static void add_debt(const struct tb_status_of *status, struct tb_listing *listing,
                     const struct debt *debt)
{
    struct tb_buf what = TB_BUF_INIT;
    char day[TB_DATE_TEXT] = "-";

    if (debt->due != TB_DAY_NONE)
        tb_day_format(debt->due, day);
    put_what(status, debt, &what);
    tb_listing_add(listing, kind_word(status, debt));
    tb_listing_add(listing, who(status, debt));
    tb_listing_add(listing, form_name(status, debt));
    tb_listing_add(listing, day);
    if (debt->kind == AWAITED)
        tb_listing_add(listing, "-");
    else
        tb_listing_add_int(listing, debt->days);
    tb_listing_add_int(listing, (int64_t)debt->n_cells);
    tb_listing_add(listing, tb_buf_text(&what));
    listing->failed |= what.failed;
    tb_buf_release(&what);
}

static void print(const struct tb_status_of *status, const struct debt debts[], size_t n,
                  struct tb_buf *out)
{
    static const char *const zh[] = { "状况",       "报送单位", "报表", "应报日",
                                      "超期工作日", "项数",     "内容" };
    static const char *const en[] = { "state",        "sender", "form", "due",
                                      "working days", "items",  "what" };
    struct tb_listing listing = TB_LISTING_INIT("llllrrl");

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(status->view, zh[i], en[i]));
    for (size_t i = 0; i < n && i < SHOWN_ROWS; i++)
        add_debt(status, &listing, &debts[i]);
    tb_view_printf(status->view, out, "\n缺报、迟报、待报\n", "\nmissing, late, awaited\n");
    tb_listing_print(&listing, "  ", out);
    if (n > SHOWN_ROWS)
        tb_view_printf(status->view, out, "  另有 %zu 行\n", "  and %zu more\n", n - SHOWN_ROWS);
    tb_listing_release(&listing);
}

int tb_status_owing(struct tb_status_of *status, struct tb_buf *out, struct tb_error *err)
{
    const struct tb_profile *profile = status->view->profile;
    size_t n_debts = (tb_dues_n_parties(status->dues) + 1 + profile->n_units) * N_KINDS, n = 0;
    struct debt *debts = calloc(n_debts, sizeof *debts);

    status->sends_itself = calloc(profile->n_units + 1, sizeof *status->sends_itself);
    if (!debts || !status->sends_itself) {
        free(debts);
        return tb_error_set(err, "out of memory for %zu senders", n_debts);
    }
    for (size_t unit = 0; unit < profile->n_units; unit++)
        status->sends_itself[unit] = sends_itself(status, unit);
    for (size_t i = 0; i < n_debts; i++)
        debts[i] = (struct debt){ .kind = (enum kind)(i % N_KINDS), .party = i / N_KINDS, .form = -1,
                                  .due = TB_DAY_NONE };
    for (size_t unit = 0; unit < profile->n_units; unit++)
        for (size_t i = 0; i < profile->n_indicators; i++)
            add_cell(status, debts, unit, tb_dues_cell(status->dues, unit, i));
    for (size_t i = 0; i < n_debts; i++)
        if (debts[i].n_cells > 0)
            debts[n++] = debts[i];
    qsort(debts, n, sizeof *debts, by_weight);
    if (n > 0)
        print(status, debts, n, out);
    free(debts);
    return 0;
}
