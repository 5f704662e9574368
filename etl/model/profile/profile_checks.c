/* profile_checks.c - checks.csv: the rules that judge what was submitted.
 */
#include "model/profile/profile_load.h"

#include "tongbao/map.h"
#include "tongbao/rule.h"

enum { C_CHECK, C_INDICATOR, C_UNITS, C_SEVERITY, C_RULE, C_MESSAGE_ZH, C_MESSAGE_EN, C_N };
static const char *const check_heads[C_N] = { "check*", "indicator",  "units",     "severity",
                                              "rule*",  "message_zh", "message_en" };
static const char *const severities[] = { "error", "warning" };

static void read_check(const struct tb_sheet *sheet, struct tb_check *check, struct tb_map *codes)
{
    struct tb_place place = tb_sheet_place(sheet, C_RULE);

    check->code = tb_sheet_key(sheet, C_CHECK, codes);
    check->rule_text = tb_sheet_text(sheet, C_RULE);
    check->message_zh = tb_sheet_text(sheet, C_MESSAGE_ZH);
    check->message_en = tb_sheet_text_or(sheet, C_MESSAGE_EN, check->message_zh);
    check->indicator = tb_sheet_ref(sheet, C_INDICATOR, TB_REF_INDICATOR);
    check->applies = tb_sheet_units(sheet, C_UNITS);
    check->severity =
        (enum tb_check_severity)tb_sheet_word(sheet, C_SEVERITY, severities, 2, TB_CHECK_ERROR);
    check->line = tb_sheet_line(sheet);
    check->rule_column = place.column;
    /* After an unknown indicator the rule would be judged as one for all. */
    bool unknown = check->indicator < 0 && *tb_sheet_cell(sheet, C_INDICATOR);
    struct tb_rule_context context = { .indicator = check->indicator, .screens = true };
    if (*check->rule_text && !unknown)
        check->rule = tb_rule_compile(check->rule_text, sheet->load->profile, &context,
                                      sheet->load->diag, &place);
}

int tb_load_checks(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_map *codes = tb_map_new();
    struct tb_sheet sheet;

    if (!codes)
        load->out_of_memory = true;
    if (!codes || tb_sheet_open(load, "checks.csv", check_heads, C_N, false, &sheet, err) < 0) {
        tb_map_free(codes);
        return codes ? -1 : 0;
    }
    profile->checks = tb_load_alloc(load, sheet.n_rows, sizeof *profile->checks);
    profile->n_checks = profile->checks ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_checks; sheet.row++)
        read_check(&sheet, &profile->checks[sheet.row], codes);
    tb_sheet_close(&sheet);
    tb_map_free(codes);
    return 0;
}
