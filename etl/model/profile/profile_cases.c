/* profile_cases.c - cases.csv: cases with a limit counted from their opening; and the
 * classes that rules ask for, which come before their limits are read. */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/deadline.h"
#include "tongbao/map.h"
#include "tongbao/rule.h"
#include "tongbao/text.h"

enum { C_CASE, C_CLASS, C_UNIT, C_OPENED, C_CLOSED, C_NOTE, C_N };
static const char *const case_heads[C_N] = {
    "case*", "class", "unit", "opened*", "closed", "note"
};

/* The limit of a class; TB_NONE, reported, when there is none. */
static int32_t find_limit(const struct tb_sheet *sheet, const char *class_name)
{
    const struct tb_profile *profile = sheet->load->profile;
    const char **known = tb_load_alloc(sheet->load, profile->n_deadlines, sizeof *known);
    size_t n = 0;

    for (size_t i = 0; known && i < profile->n_deadlines; i++) {
        const struct tb_deadline *row = &profile->deadlines[i];
        if (row->step != TB_STEP_CASE)
            continue;
        if (strcmp(row->class_name, class_name) == 0)
            return (int32_t)i;
        known[n++] = row->class_name;
    }
    const char *near = n ? tb_near_word(class_name, strlen(class_name), known, n) : NULL;
    if (near && *near)
        tb_sheet_error(sheet, C_CLASS, "no limit of class '%s', did you mean '%s'?", class_name,
                       near);
    else
        tb_sheet_error(sheet, C_CLASS,
                       "no limit of class '%s', expected a row of step case in deadlines.csv",
                       class_name);
    return TB_NONE;
}

static void read_case(const struct tb_sheet *sheet, struct tb_case *one, struct tb_map *codes)
{
    one->code = tb_sheet_key(sheet, C_CASE, codes);
    one->class_name = tb_sheet_text(sheet, C_CLASS);
    one->note = tb_sheet_text(sheet, C_NOTE);
    one->unit = tb_sheet_ref(sheet, C_UNIT, TB_REF_UNIT);
    one->opened = tb_sheet_day(sheet, C_OPENED);
    one->closed = tb_sheet_day(sheet, C_CLOSED);
    one->deadline = find_limit(sheet, one->class_name);
    one->line = tb_sheet_line(sheet);
    if (one->opened != TB_DAY_NONE && one->closed != TB_DAY_NONE && one->closed < one->opened)
        tb_sheet_error(sheet, C_CLOSED, "closed before it was opened");
}

int tb_load_cases(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_map *codes = tb_map_new();
    struct tb_sheet sheet;

    if (!codes)
        load->out_of_memory = true;
    if (!codes || tb_sheet_open(load, "cases.csv", case_heads, C_N, false, &sheet, err) < 0) {
        tb_map_free(codes);
        return codes ? -1 : 0;
    }
    profile->cases = tb_load_alloc(load, sheet.n_rows, sizeof *profile->cases);
    profile->n_cases = profile->cases ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_cases; sheet.row++)
        read_case(&sheet, &profile->cases[sheet.row], codes);
    tb_sheet_close(&sheet);
    tb_map_free(codes);
    return 0;
}

/* --- classes in rules --- */

static bool has_limit(const struct tb_profile *profile, const char *name, size_t len)
{
    for (size_t i = 0; i < profile->n_deadlines; i++) {
        const struct tb_deadline *row = &profile->deadlines[i];
        if (row->step == TB_STEP_CASE && strlen(row->class_name) == len &&
            memcmp(row->class_name, name, len) == 0)
            return true;
    }
    return false;
}

static void check_rule(struct tb_load *load, const struct tb_rule *rule, const char *text,
                       struct tb_place place)
{
    uint32_t start = place.column ? place.column : 1, at;
    const char *name;
    size_t len;

    for (size_t i = 0; rule && (name = tb_rule_case_class(rule, i, &len, &at)); i++) {
        if (has_limit(load->profile, name, len))
            continue;
        place.column = start + (uint32_t)tb_text_chars(text, at);
        tb_diag_at(load->diag, TB_ERROR, &place,
                   "no limit of class '%.*s', expected a row of step case in deadlines.csv",
                   (int)len, name);
    }
}

int tb_load_case_classes(struct tb_load *load, struct tb_error *err)
{
    const struct tb_profile *profile = load->profile;
    const char *targets = tb_load_shown(load, "targets.csv");
    const char *checks = tb_load_shown(load, "checks.csv");

    (void)err;
    for (size_t i = 0; i < profile->n_targets; i++) {
        const struct tb_target *target = &profile->targets[i];
        check_rule(load, target->rule, target->rule_text,
                   (struct tb_place){ targets, target->line, target->rule_column });
    }
    for (size_t i = 0; i < profile->n_checks; i++) {
        const struct tb_check *check = &profile->checks[i];
        check_rule(load, check->rule, check->rule_text,
                   (struct tb_place){ checks, check->line, check->rule_column });
    }
    return 0;
}
