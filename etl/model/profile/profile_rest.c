/* profile_rest.c - departments.csv. */
#include "model/profile/profile_load.h"

#include "tongbao/map.h"

enum { D_DEPARTMENT, D_NAME_ZH, D_NAME_EN, D_LEAD, D_CONTACT, D_N };
static const char *const department_heads[D_N] = { "department*", "name_zh*", "name_en", "lead",
                                                   "contact" };

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
