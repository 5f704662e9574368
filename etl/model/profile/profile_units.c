/* profile_units.c - units.csv and groups.csv: who reports to whom, from when to
 * when, and who is compared with whom.
 *
 * Groups are read first, since units name them, and finished last, since they
 * list their members.  Without groups.csv the groups are those that units.csv
 * names.
 */
#include "model/profile/profile_changes.h"
#include "model/profile/profile_load.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/map.h"
#include "tongbao/table.h"

enum {
    U_UNIT,
    U_NAME_ZH,
    U_NAME_EN,
    U_PARENT,
    U_LEVEL,
    U_ALIASES,
    U_GROUPS,
    U_FROM,
    U_TO,
    U_SUCCESSOR,
    U_N
};
static const char *const unit_heads[U_N] = { "unit*",    "name_zh*", "name_en", "parent",
                                             "level",    "aliases",  "groups",  "valid_from",
                                             "valid_to", "successor" };

enum { G_GROUP, G_NAME_ZH, G_NAME_EN, G_AREA, G_CLASS, G_EXCLUDE_SELF, G_N };
static const char *const group_heads[G_N] = { "group*", "name_zh*", "name_en",
                                              "area",   "class",    "exclude_self" };

static const char *const no_yes[] = { "no", "yes" };

/* --- groups --- */

static void read_groups(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;

    if (sheet->n_rows > TB_MAX_GROUPS) {
        sheet->row = TB_MAX_GROUPS;
        tb_sheet_error(sheet, G_GROUP, "more than %d groups", TB_MAX_GROUPS);
        sheet->n_rows = TB_MAX_GROUPS;
    }
    profile->groups = tb_load_alloc(sheet->load, TB_MAX_GROUPS, sizeof *profile->groups);
    if (!profile->groups)
        return;
    profile->n_groups = sheet->n_rows;
    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
        struct tb_group *group = &profile->groups[sheet->row];

        group->code = tb_sheet_key(sheet, G_GROUP, profile->group_codes);
        group->name_zh = tb_sheet_text(sheet, G_NAME_ZH);
        group->name_en = tb_sheet_text_or(sheet, G_NAME_EN, group->name_zh);
        group->class_name = tb_sheet_text(sheet, G_CLASS);
        group->exclude_self = tb_sheet_word(sheet, G_EXCLUDE_SELF, no_yes, 2, 0) == 1;
        group->area = TB_NONE;
        group->line = tb_sheet_line(sheet);
    }
}

/* The group of that code, made when there is no groups.csv; TB_NONE if reported. */
static int32_t find_or_make_group(const struct tb_sheet *units, const struct tb_item *item,
                                  bool make)
{
    struct tb_load *load = units->load;
    struct tb_profile *profile = load->profile;
    struct tb_place place = tb_sheet_item_place(units, U_GROUPS, item);

    if (!make || tb_profile_group(profile, item->text, item->len) >= 0)
        return tb_load_find(load, TB_REF_GROUP, item->text, item->len, &place);
    if (profile->n_groups == TB_MAX_GROUPS) {
        tb_diag_at(load->diag, TB_ERROR, &place, "more than %d groups", TB_MAX_GROUPS);
        return TB_NONE;
    }
    const char *code = tb_load_text(load, item->text, item->len);
    size_t row = profile->n_groups++;
    profile->groups[row] = (struct tb_group){
        .code = code, .name_zh = code, .name_en = code, .class_name = "", .area = TB_NONE
    };
    tb_names_add(load, profile->group_codes, code, (int64_t)row);
    return (int32_t)row;
}

static void list_members(struct tb_load *load, size_t g)
{
    struct tb_profile *profile = load->profile;
    struct tb_group *group = &profile->groups[g];
    uint64_t bit = (uint64_t)1 << g;
    size_t n = 0;

    for (size_t u = 0; u < profile->n_units; u++)
        n += (profile->units[u].groups & bit) != 0;
    group->member = tb_load_alloc(load, n, sizeof *group->member);
    for (size_t u = 0; group->member && u < profile->n_units; u++) {
        if (profile->units[u].groups & bit)
            group->member[group->n_members++] = (uint32_t)u;
    }
}

static void finish_groups(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;

    for (size_t g = 0; g < profile->n_groups; g++)
        list_members(sheet->load, g);
    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
        struct tb_group *group = &profile->groups[sheet->row];

        group->area = tb_sheet_ref(sheet, G_AREA, TB_REF_UNIT);
        /* A group may be there for its area's figure and given ranks alone. */
        if (group->n_members == 0 && group->area < 0)
            tb_sheet_warn(sheet, G_GROUP,
                          "group '%s' has no members, expected it in column "
                          "'groups' of units.csv",
                          group->code);
        if (group->area >= 0 && (profile->units[group->area].groups >> sheet->row & 1))
            tb_sheet_warn(sheet, G_AREA,
                          "area '%s' is also a member of its group: it would be "
                          "ranked among its own parts",
                          profile->units[group->area].code);
    }
}

/* --- units --- */

static void read_unit(const struct tb_sheet *sheet, struct tb_unit *unit)
{
    unit->code = tb_sheet_key(sheet, U_UNIT, sheet->load->profile->unit_names);
    unit->name_zh = tb_sheet_text(sheet, U_NAME_ZH);
    unit->name_en = tb_sheet_text_or(sheet, U_NAME_EN, unit->name_zh);
    unit->level = tb_sheet_text(sheet, U_LEVEL);
    unit->aliases = tb_sheet_list(sheet, U_ALIASES);
    unit->parent = unit->successor = TB_NONE;
    unit->valid_from = tb_sheet_day(sheet, U_FROM);
    unit->valid_to = tb_sheet_day(sheet, U_TO);
    unit->line = tb_sheet_line(sheet);
    if (unit->valid_from != TB_DAY_NONE && unit->valid_to != TB_DAY_NONE &&
        unit->valid_from > unit->valid_to)
        tb_sheet_error(sheet, U_TO, "valid_to %s lies before valid_from %s",
                       tb_sheet_cell(sheet, U_TO), tb_sheet_cell(sheet, U_FROM));
}

static void resolve_unit(const struct tb_sheet *sheet, struct tb_unit *unit, bool make_groups)
{
    struct tb_item item;

    unit->parent = tb_sheet_ref(sheet, U_PARENT, TB_REF_UNIT);
    unit->successor = tb_sheet_ref(sheet, U_SUCCESSOR, TB_REF_UNIT);
    for (size_t at = 0; tb_sheet_next_item(sheet, U_GROUPS, &at, &item);) {
        int32_t group = find_or_make_group(sheet, &item, make_groups);
        if (group >= 0)
            unit->groups |= (uint64_t)1 << group;
    }
    if (unit->successor >= 0 && unit->valid_to == TB_DAY_NONE)
        tb_sheet_error(sheet, U_SUCCESSOR,
                       "unit '%s' has a successor but no valid_to, expected its "
                       "last day",
                       unit->code);
}

static int32_t next_unit(const struct tb_unit *unit, size_t c)
{
    return c == U_PARENT ? unit->parent : unit->successor;
}

/* Walks up from every unit; a unit met a second time on one walk is in a cycle,
 * which is reported once, at its unit with the lowest row, and cut there. */
static void check_cycles(struct tb_sheet *sheet, size_t c)
{
    struct tb_profile *profile = sheet->load->profile;
    size_t *walk = tb_load_alloc(sheet->load, profile->n_units, sizeof *walk);

    for (size_t u = 0; walk && u < profile->n_units; u++) {
        size_t at = u;

        while (walk[at] == 0) {
            walk[at] = u + 1;
            int32_t next = next_unit(&profile->units[at], c);
            if (next < 0)
                break;
            at = (size_t)next;
        }
        bool again = walk[at] == u + 1 && next_unit(&profile->units[at], c) >= 0;
        if (!again)
            continue;
        struct tb_buf path = TB_BUF_INIT;
        size_t from = at;
        do {
            tb_buf_printf(&path, "%s > ", profile->units[at].code);
            at = (size_t)next_unit(&profile->units[at], c);
        } while (at != from);
        sheet->row = from;
        tb_sheet_error(sheet, c, "cycle in column '%s': %s%s", unit_heads[c], tb_buf_text(&path),
                       profile->units[from].code);
        tb_buf_release(&path);
        if (c == U_PARENT)
            profile->units[from].parent = TB_NONE;
        else
            profile->units[from].successor = TB_NONE;
    }
}

static bool overlap(const struct tb_unit *a, const struct tb_unit *b)
{
    return (a->valid_to == TB_DAY_NONE || b->valid_from == TB_DAY_NONE ||
            b->valid_from <= a->valid_to) &&
           (b->valid_to == TB_DAY_NONE || a->valid_from == TB_DAY_NONE ||
            a->valid_from <= b->valid_to);
}

/* Two rows of one name below one parent are one unit under two codes: they may
 * follow each other, but not be there together. */
static void check_overlaps(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;
    struct tb_map *seen = tb_map_new();
    struct tb_buf key = TB_BUF_INIT;

    for (sheet->row = 0; seen && sheet->row < sheet->n_rows; sheet->row++) {
        const struct tb_unit *unit = &profile->units[sheet->row];

        if (!*unit->name_zh)
            continue;
        tb_buf_clear(&key);
        tb_buf_printf(&key, "%d/%s", (int)unit->parent, unit->name_zh);
        int64_t first = tb_names_add(sheet->load, seen, tb_buf_text(&key), (int64_t)sheet->row);
        if (first < 0 || first == (int64_t)sheet->row || !overlap(&profile->units[first], unit) ||
            strcmp(profile->units[first].code, unit->code) == 0)
            continue;
        tb_sheet_error(sheet, U_NAME_ZH,
                       "overlapping validity: '%s' with the same parent is also '%s' on line %u",
                       unit->name_zh, profile->units[first].code,
                       (unsigned)profile->units[first].line);
    }
    tb_buf_release(&key);
    if (!seen)
        sheet->load->out_of_memory = true;
    tb_map_free(seen);
}

static int read_units(struct tb_sheet *sheet, bool make_groups, struct tb_error *err)
{
    static const size_t names[] = { U_NAME_ZH, U_NAME_EN };
    struct tb_profile *profile = sheet->load->profile;

    profile->units = tb_load_alloc(sheet->load, sheet->n_rows, sizeof *profile->units);
    if (!profile->units || !profile->groups)
        return 0;
    profile->n_units = sheet->n_rows;
    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++)
        read_unit(sheet, &profile->units[sheet->row]);
    tb_load_former_names(sheet, U_ALIASES);
    tb_names_enter(sheet, profile->unit_names, names, 2, U_ALIASES);
    tb_former_names_enter(sheet->load);
    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++)
        resolve_unit(sheet, &profile->units[sheet->row], make_groups);
    check_cycles(sheet, U_PARENT);
    check_cycles(sheet, U_SUCCESSOR);
    if (tb_load_unit_changes(sheet, U_SUCCESSOR, err) < 0)
        return -1;
    check_overlaps(sheet);
    return 0;
}

int tb_load_units(struct tb_load *load, struct tb_error *err)
{
    struct tb_sheet groups, units;

    if (tb_sheet_open(load, "groups.csv", group_heads, G_N, false, &groups, err) < 0)
        return -1;
    if (tb_sheet_open(load, "units.csv", unit_heads, U_N, true, &units, err) < 0) {
        tb_sheet_close(&groups);
        return -1;
    }
    read_groups(&groups);
    int rc = read_units(&units, !groups.table, err);
    finish_groups(&groups);
    tb_sheet_close(&units);
    tb_sheet_close(&groups);
    return rc;
}

/* --- questions about one of them --- */

static bool is_zh(const char *lang)
{
    return strncmp(lang, "zh", 2) == 0;
}

const char *tb_unit_name(const struct tb_unit *unit, const char *lang)
{
    return is_zh(lang) ? unit->name_zh : unit->name_en;
}

const char *tb_group_name(const struct tb_group *group, const char *lang)
{
    return is_zh(lang) ? group->name_zh : group->name_en;
}
