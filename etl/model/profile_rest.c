/* profile_rest.c - the small tables: departments.csv, edits.csv. */
#include "model/profile_load.h"

#include <string.h>

#include "tongbao/map.h"

enum { D_DEPARTMENT, D_NAME_ZH, D_NAME_EN, D_LEAD, D_CONTACT, D_N };
static const char *const department_heads[D_N] = { "department*", "name_zh*", "name_en", "lead",
                                                   "contact" };

enum { E_WHEN, E_WHO, E_UNIT, E_INDICATOR, E_MEASURE, E_PERIOD, E_VALUE, E_REASON, E_N };
static const char *const edit_heads[E_N] = { "when*",   "who*",    "unit*", "indicator*",
                                             "measure", "period*", "value", "reason*" };

int tb_load_departments(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "departments.csv", department_heads, D_N, false, &sheet, err) < 0)
        return -1;
    profile->departments = tb_load_alloc(load, sheet.n_rows, sizeof *profile->departments);
    profile->n_departments = profile->departments ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_departments; sheet.row++) {
        struct tb_department *department = &profile->departments[sheet.row];

        department->code = tb_sheet_key(&sheet, D_DEPARTMENT, profile->department_codes);
        department->name_zh = tb_sheet_text(&sheet, D_NAME_ZH);
        department->name_en = tb_sheet_text_or(&sheet, D_NAME_EN, department->name_zh);
        department->lead = tb_sheet_text(&sheet, D_LEAD);
        department->contact = tb_sheet_text(&sheet, D_CONTACT);
        department->line = tb_sheet_line(&sheet);
    }
    tb_sheet_close(&sheet);
    return 0;
}

static void read_edit(const struct tb_sheet *sheet, struct tb_edit *edit)
{
    const struct tb_profile *profile = sheet->load->profile;
    const char *measure = tb_sheet_cell(sheet, E_MEASURE);

    edit->when = tb_sheet_moment(sheet, E_WHEN);
    edit->who = tb_sheet_text(sheet, E_WHO);
    edit->reason = tb_sheet_text(sheet, E_REASON);
    edit->unit = tb_sheet_ref(sheet, E_UNIT, TB_REF_UNIT);
    edit->indicator = tb_sheet_ref(sheet, E_INDICATOR, TB_REF_INDICATOR);
    int found = *measure ? tb_measure_find(measure, strlen(measure)) : TB_MEASURE_VALUE;
    if (found < 0 || found >= TB_MEASURE_RANK) {
        tb_sheet_error(sheet, E_MEASURE,
                       "unknown measure '%s', expected one of: value, ytd, "
                       "growth, ytd_growth, mom, base, ytd_base, share",
                       measure);
        found = TB_MEASURE_VALUE;
    }
    edit->measure = (enum tb_measure)found;
    edit->has_value = tb_sheet_decimal(sheet, E_VALUE, &edit->value);
    edit->line = tb_sheet_line(sheet);
    if (!tb_sheet_period(sheet, E_PERIOD, &edit->period) || edit->indicator < 0)
        return;
    enum tb_freq freq = profile->indicators[edit->indicator].frequency;
    if (edit->period.freq != freq)
        tb_sheet_error(sheet, E_PERIOD, "period '%s' is not of the indicator's frequency %s",
                       tb_sheet_cell(sheet, E_PERIOD), tb_freq_code(freq));
}

int tb_load_edits(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "edits.csv", edit_heads, E_N, false, &sheet, err) < 0)
        return -1;
    profile->edits = tb_load_alloc(load, sheet.n_rows, sizeof *profile->edits);
    profile->n_edits = profile->edits ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_edits; sheet.row++)
        read_edit(&sheet, &profile->edits[sheet.row]);
    tb_sheet_close(&sheet);
    return 0;
}
