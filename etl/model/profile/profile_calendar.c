/* profile_calendar.c - calendar.csv: holidays, make-up days, stated deadlines,
 * and years whose table is complete.
 */
#include "model/profile/profile_load.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/calendar.h"
#include "tongbao/map.h"
#include "tongbao/table.h"

enum { L_DATE, L_KIND, L_APPLIES_TO, L_NOTE, L_N };
static const char *const calendar_heads[L_N] = { "date*", "kind*", "applies_to", "note" };
static const char *const calendar_kinds[] = { "holiday", "workday", "deadline", "year" };

static void read_calendar_row(const struct tb_sheet *sheet, struct tb_calendar_row *row)
{
    struct tb_period period;
    int year, month, mday;

    row->day = tb_sheet_day(sheet, L_DATE);
    row->kind =
        (enum tb_calendar_kind)tb_sheet_word(sheet, L_KIND, calendar_kinds, 4, TB_DAY_HOLIDAY);
    row->applies_to = tb_sheet_text(sheet, L_APPLIES_TO);
    row->note = tb_sheet_text(sheet, L_NOTE);
    row->line = tb_sheet_line(sheet);
    if (row->kind == TB_DAY_DEADLINE && !tb_sheet_period(sheet, L_APPLIES_TO, &period) &&
        !*row->applies_to)
        tb_sheet_error(sheet, L_APPLIES_TO, "a deadline of no period, expected such as 2023-05");
    if (row->kind != TB_DAY_YEAR || row->day == TB_DAY_NONE)
        return;
    tb_day_to_civil(row->day, &year, &month, &mday);
    if (month != 1 || mday != 1)
        tb_sheet_error(sheet, L_DATE, "a year is named by its first day, expected %04d-01-01",
                       year);
}

/* A day is either off or worked, a period has one deadline, a year one row. */
static void check_duplicate(struct tb_sheet *sheet, const struct tb_calendar_row *row,
                            struct tb_map *seen)
{
    static const char *const what[] = { "day", "day", "deadline of the period", "year" };
    char key[64];
    struct tb_period_read read;

    if (row->kind != TB_DAY_DEADLINE && row->day == TB_DAY_NONE)
        return;
    if (row->kind != TB_DAY_DEADLINE)
        snprintf(key, sizeof key, "%s %d", what[row->kind], (int)row->day);
    else if (tb_period_parse(row->applies_to, strlen(row->applies_to), &read))
        snprintf(key, sizeof key, "%s %d %d", what[row->kind], (int)read.period.freq,
                 (int)read.period.index);
    else
        return;
    int64_t first = tb_map_add(seen, key, strlen(key), (int64_t)sheet->row);
    if (first == -2)
        sheet->load->out_of_memory = true;
    else if (first != (int64_t)sheet->row)
        tb_sheet_error(sheet, L_DATE, "duplicate %s, already on line %u", what[row->kind],
                       (unsigned)tb_table_line(sheet->table, (size_t)first));
}

int tb_load_calendar(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_map *seen = tb_map_new();
    struct tb_sheet sheet;

    if (!seen)
        load->out_of_memory = true;
    if (!seen || tb_sheet_open(load, "calendar.csv", calendar_heads, L_N, false, &sheet, err) < 0) {
        tb_map_free(seen);
        return seen ? -1 : 0;
    }
    profile->calendar = tb_load_alloc(load, sheet.n_rows, sizeof *profile->calendar);
    profile->n_calendar = profile->calendar ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_calendar; sheet.row++) {
        read_calendar_row(&sheet, &profile->calendar[sheet.row]);
        check_duplicate(&sheet, &profile->calendar[sheet.row], seen);
    }
    if (!tb_calendar_index(profile))
        load->out_of_memory = true;
    tb_sheet_close(&sheet);
    tb_map_free(seen);
    return 0;
}
