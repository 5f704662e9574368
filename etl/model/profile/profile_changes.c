/* profile_changes.c - unit_changes.csv, and what units.csv says by successors: one
 * list of changes by day, and the days on which each unit is there.
 *
 * A day that units.csv leaves empty is taken from the change; one that it states
 * must agree.  A unit that was closed and opened again is absent in between.
 */
#include "model/profile/profile_changes.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/change.h"

enum { C_DATE, C_KIND, C_FROM, C_TO, C_NOTE, C_N };
static const char *const change_heads[C_N] = { "date*", "kind*", "from", "to", "note" };

static bool holds(const uint32_t list[], size_t n, size_t unit)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == unit)
            return true;
    return false;
}

/* The units of a cell, each once. */
static uint32_t *read_units(const struct tb_sheet *sheet, size_t c, size_t *n)
{
    struct tb_item item;
    size_t at = 0, most = 0;

    *n = 0;
    while (tb_sheet_next_item(sheet, c, &at, &item))
        most++;
    uint32_t *list = most ? tb_load_alloc(sheet->load, most, sizeof *list) : NULL;
    for (at = 0; list && tb_sheet_next_item(sheet, c, &at, &item);) {
        struct tb_place place = tb_sheet_item_place(sheet, c, &item);
        int32_t row = tb_load_find(sheet->load, TB_REF_UNIT, item.text, item.len, &place);
        if (row >= 0 && !holds(list, *n, (size_t)row))
            list[(*n)++] = (uint32_t)row;
        else if (row >= 0)
            tb_diag_at(sheet->load->diag, TB_ERROR, &place, "unit '%.*s' is named twice",
                       (int)item.len, item.text);
    }
    return list;
}

/* How many units stand before and after each kind; -1 is any number, at least one. */
static const struct {
    int from_min, from_max, to_min, to_max;
    const char *expected;
} shapes[TB_N_CHANGES] = {
    [TB_CHANGE_OPENED] = { 0, 0, 1, -1, "the unit under 'to' and none under 'from'" },
    [TB_CHANGE_CLOSED] = { 1, -1, 0, 0, "the unit under 'from' and none under 'to'" },
    [TB_CHANGE_MERGED] = { 2, -1, 1, 1,
                           "at least two units under 'from' (one that goes on too) and one under 'to'" },
    [TB_CHANGE_SPLIT] = { 1, 1, 2, -1,
                          "one unit under 'from' and at least two under 'to' (one that goes on too)" },
    [TB_CHANGE_RENAMED] = { 1, 1, 0, 1, "one unit under 'from', and under 'to' its new code if it has one" },
    [TB_CHANGE_BOUNDARY] = { 1, -1, 1, -1, "the units before under 'from' and after under 'to'" },
};

static bool fits(size_t n, int min, int max)
{
    return n >= (size_t)min && (max < 0 || n <= (size_t)max);
}

static bool has_shape(const struct tb_sheet *sheet, const struct tb_change *change)
{
    bool from = fits(change->n_from, shapes[change->kind].from_min, shapes[change->kind].from_max);
    bool to = fits(change->n_to, shapes[change->kind].to_min, shapes[change->kind].to_max);

    if (!from || !to)
        tb_sheet_error(sheet, from ? C_TO : C_FROM, "%zu units under 'from' and %zu under 'to', expected %s",
                       change->n_from, change->n_to, shapes[change->kind].expected);
    if (change->n_from > TB_SCOPE_PARTS)
        tb_sheet_error(sheet, C_FROM, "%zu units, expected at most %d", change->n_from,
                       TB_SCOPE_PARTS);
    return from && to && change->n_from <= TB_SCOPE_PARTS;
}

/* False when the row has a mistake, which is reported. */
static bool read_change(const struct tb_sheet *sheet, struct tb_change *change)
{
    const char *words[TB_N_CHANGES];

    for (size_t k = 0; k < TB_N_CHANGES; k++)
        words[k] = tb_change_word((enum tb_change_kind)k);
    *change = (struct tb_change){ .line = tb_sheet_line(sheet) };
    change->day = tb_sheet_day(sheet, C_DATE);
    if (!*tb_sheet_text(sheet, C_KIND)) /* says so */
        return false;
    int kind = tb_sheet_word(sheet, C_KIND, words, TB_N_CHANGES, -1);
    change->from = read_units(sheet, C_FROM, &change->n_from);
    change->to = read_units(sheet, C_TO, &change->n_to);
    change->note = tb_sheet_text(sheet, C_NOTE);
    if (kind < 0 || change->day == TB_DAY_NONE)
        return false;
    change->kind = (enum tb_change_kind)kind;
    if (!*tb_sheet_cell(sheet, C_TO) && change->kind == TB_CHANGE_BOUNDARY) {
        change->to = change->from;
        change->n_to = change->n_from;
    }
    return has_shape(sheet, change);
}

/* By day; of one day in the order of the tables. */
static int compare_changes(const void *left, const void *right)
{
    const struct tb_change *a = left, *b = right;

    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->by_successor != b->by_successor)
        return a->by_successor ? 1 : -1;
    return (a->line > b->line) - (a->line < b->line);
}

/* --- successors of units.csv --- */

static bool there_on(const struct tb_unit *unit, tb_day day)
{
    return (unit->valid_from == TB_DAY_NONE || unit->valid_from <= day) &&
           (unit->valid_to == TB_DAY_NONE || day <= unit->valid_to);
}

/* The row of unit_changes.csv that says what becomes of a unit on the day, or NULL. */
static const struct tb_change *stated(const struct tb_profile *profile, size_t n, size_t unit,
                                      tb_day day)
{
    for (size_t i = 0; i < n; i++) {
        const struct tb_change *change = &profile->changes[i];
        if (change->day == day && !change->by_successor &&
            holds(change->from, change->n_from, unit))
            return change;
    }
    return NULL;
}

/* All units that end on one day with one successor: what it is the sum of. */
static void add_successor(struct tb_load *load, size_t unit)
{
    struct tb_profile *profile = load->profile;
    const struct tb_unit *first = &profile->units[unit];
    size_t successor = (size_t)first->successor;
    struct tb_change change = { .day = first->valid_to + 1,
                                .line = first->line,
                                .note = "",
                                .by_successor = true,
                                .n_to = 1 };

    change.from = tb_load_alloc(load, profile->n_units, sizeof *change.from);
    change.to = tb_load_alloc(load, 1, sizeof *change.to);
    if (!change.from || !change.to)
        return;
    change.to[0] = (uint32_t)successor;
    for (size_t u = 0; u < profile->n_units; u++) {
        const struct tb_unit *other = &profile->units[u];
        bool ends = other->successor == (int32_t)successor && other->valid_to == first->valid_to;
        if (ends && u < unit)
            return; /* in the list of an earlier one */
        if (ends || (u == successor && there_on(other, first->valid_to)))
            change.from[change.n_from++] = (uint32_t)u;
    }
    change.kind = change.n_from > 1 ? TB_CHANGE_MERGED : TB_CHANGE_RENAMED;
    profile->changes[profile->n_changes++] = change;
}

static void add_successors(struct tb_sheet *units, size_t c_successor, size_t n_stated)
{
    struct tb_profile *profile = units->load->profile;

    for (units->row = 0; units->row < units->n_rows; units->row++) {
        const struct tb_unit *unit = &profile->units[units->row];
        if (unit->successor < 0 || unit->valid_to == TB_DAY_NONE)
            continue;
        const struct tb_unit *next = &profile->units[unit->successor];
        const struct tb_change *change =
            stated(profile, n_stated, units->row, unit->valid_to + 1);
        if (change && !holds(change->to, change->n_to, (size_t)unit->successor))
            tb_sheet_error(units, c_successor,
                           "successor '%s' is not among the units under 'to' on line %u of "
                           "unit_changes.csv",
                           next->code, (unsigned)change->line);
        else if (!change && !there_on(next, unit->valid_to + 1))
            tb_sheet_error(units, c_successor,
                           "successor '%s' is not there on the day after valid_to of '%s'",
                           next->code, unit->code);
        else if (!change)
            add_successor(units->load, units->row);
    }
}

/* --- the days on which units are there --- */

struct stay {
    struct tb_sheet *sheet; /* of unit_changes.csv */
    size_t *row_of;         /* [n_changes] its row */
    tb_day *closed;         /* [n_units] since when it is closed, or TB_DAY_NONE */
};

static void mistake(const struct stay *stay, size_t i, size_t c, const char *unit, const char *what)
{
    stay->sheet->row = stay->row_of[i];
    tb_sheet_error(stay->sheet, c, "unit '%s' %s", unit, what);
}

/* The unit ends on the day before; its valid_to says the same, or is filled in. */
static void end_unit(const struct stay *stay, size_t i, struct tb_unit *unit)
{
    const struct tb_change *change = &stay->sheet->load->profile->changes[i];

    if (unit->valid_to == TB_DAY_NONE)
        unit->valid_to = change->day - 1;
    else if (unit->valid_to != change->day - 1)
        mistake(stay, i, C_FROM, unit->code,
                "has another valid_to in units.csv, expected the day before");
}

static void begin_unit(const struct stay *stay, size_t i, struct tb_unit *unit)
{
    const struct tb_change *change = &stay->sheet->load->profile->changes[i];

    if (unit->valid_from == TB_DAY_NONE)
        unit->valid_from = change->day;
    else if (unit->valid_from != change->day)
        mistake(stay, i, C_TO, unit->code,
                unit->valid_from < change->day
                    ? "is there before, expected it under 'from' as well"
                    : "has a later valid_from in units.csv, expected this day");
}

static void add_absence(struct tb_load *load, struct tb_unit *unit, tb_day first, tb_day last)
{
    struct tb_absence *grown =
        tb_load_alloc(load, unit->n_absences + 1, sizeof *grown);

    if (!grown)
        return;
    for (size_t i = 0; i < unit->n_absences; i++)
        grown[i] = unit->absence[i];
    grown[unit->n_absences++] = (struct tb_absence){ first, last };
    unit->absence = grown;
}

static void close_unit(const struct stay *stay, size_t i, size_t u)
{
    struct tb_profile *profile = stay->sheet->load->profile;
    tb_day day = profile->changes[i].day;

    if (stay->closed[u] != TB_DAY_NONE)
        mistake(stay, i, C_FROM, profile->units[u].code,
                "is closed already, expected a row 'opened' before");
    else if (!there_on(&profile->units[u], day - 1))
        mistake(stay, i, C_FROM, profile->units[u].code, "is not there on the day before");
    else
        stay->closed[u] = day;
}

static void open_unit(const struct stay *stay, size_t i, size_t u)
{
    struct tb_load *load = stay->sheet->load;
    struct tb_unit *unit = &load->profile->units[u];
    tb_day day = load->profile->changes[i].day;

    if (stay->closed[u] == TB_DAY_NONE) {
        begin_unit(stay, i, unit);
        return;
    }
    add_absence(load, unit, stay->closed[u], day - 1);
    if (unit->valid_to != TB_DAY_NONE && unit->valid_to < day)
        mistake(stay, i, C_TO, unit->code, "ends before by units.csv, expected valid_to after this day");
    stay->closed[u] = TB_DAY_NONE;
}

/* One row of unit_changes.csv: who ends, who begins. */
static void settle(const struct stay *stay, size_t i)
{
    struct tb_profile *profile = stay->sheet->load->profile;
    const struct tb_change *change = &profile->changes[i];

    for (size_t f = 0; f < change->n_from; f++) {
        struct tb_unit *unit = &profile->units[change->from[f]];
        if (change->kind == TB_CHANGE_CLOSED)
            close_unit(stay, i, change->from[f]);
        else if (change->kind == TB_CHANGE_RENAMED && change->n_to == 0)
            continue;
        else if (!holds(change->to, change->n_to, change->from[f]))
            end_unit(stay, i, unit);
        else if (!there_on(unit, change->day - 1) || !there_on(unit, change->day))
            mistake(stay, i, C_FROM, unit->code, "is not there both on this day and on the day before");
    }
    for (size_t t = 0; t < change->n_to; t++) {
        struct tb_unit *unit = &profile->units[change->to[t]];
        unit->changed = true;
        if (change->kind == TB_CHANGE_OPENED)
            open_unit(stay, i, change->to[t]);
        else if (!holds(change->from, change->n_from, change->to[t]))
            begin_unit(stay, i, unit);
    }
}

/* Units that were closed for good end there. */
static void end_closed(const struct stay *stay)
{
    struct tb_profile *profile = stay->sheet->load->profile;

    for (size_t i = 0; i < profile->n_changes; i++) {
        const struct tb_change *change = &profile->changes[i];
        for (size_t f = 0; change->kind == TB_CHANGE_CLOSED && f < change->n_from; f++)
            if (stay->closed[change->from[f]] == change->day)
                end_unit(stay, i, &profile->units[change->from[f]]);
    }
}

/* Reads the rows of unit_changes.csv into profile->changes, by day. */
static void read_changes(struct stay *stay)
{
    struct tb_sheet *sheet = stay->sheet;
    struct tb_profile *profile = sheet->load->profile;

    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++)
        if (read_change(sheet, &profile->changes[profile->n_changes]))
            profile->n_changes++;
    qsort(profile->changes, profile->n_changes, sizeof *profile->changes, compare_changes);
    for (size_t i = 0; i < profile->n_changes; i++)
        for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++)
            if (tb_sheet_line(sheet) == profile->changes[i].line)
                stay->row_of[i] = sheet->row;
}

int tb_load_unit_changes(struct tb_sheet *units, size_t c_successor, struct tb_error *err)
{
    struct tb_load *load = units->load;
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;
    struct stay stay = { .sheet = &sheet };

    if (tb_sheet_open(load, "unit_changes.csv", change_heads, C_N, false, &sheet, err) < 0)
        return -1;
    profile->changes =
        tb_load_alloc(load, sheet.n_rows + profile->n_units + 1, sizeof *profile->changes);
    stay.row_of = tb_load_alloc(load, sheet.n_rows + 1, sizeof *stay.row_of);
    stay.closed = tb_load_alloc(load, profile->n_units + 1, sizeof *stay.closed);
    if (profile->changes && stay.row_of && stay.closed) {
        for (size_t u = 0; u < profile->n_units; u++)
            stay.closed[u] = TB_DAY_NONE;
        read_changes(&stay);
        for (size_t i = 0; i < profile->n_changes; i++)
            settle(&stay, i);
        end_closed(&stay);
        add_successors(units, c_successor, profile->n_changes);
        qsort(profile->changes, profile->n_changes, sizeof *profile->changes, compare_changes);
        for (size_t i = 0; i < profile->n_changes; i++)
            for (size_t t = 0; t < profile->changes[i].n_to; t++)
                profile->units[profile->changes[i].to[t]].changed = true;
    }
    tb_sheet_close(&sheet);
    return 0;
}
