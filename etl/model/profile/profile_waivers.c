/* profile_waivers.c - waivers.csv and faults.csv: what a unit need not report, and
 * what people found wrong with what it did.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/deadline.h"

enum { W_UNITS, W_INDICATORS, W_FORMS, W_FROM, W_TO, W_WHO, W_REASON, W_N };
static const char *const waiver_heads[W_N] = { "units*", "indicators", "forms",  "from*",
                                               "to",     "who*",       "reason*" };

enum { F_WHEN, F_WHO, F_UNIT, F_INDICATOR, F_PERIOD, F_FAULT, F_NOTE, F_N };
static const char *const fault_heads[F_N] = { "when*",   "who*",   "unit*", "indicator",
                                              "period*", "fault*", "note" };
static const char *const fault_words[] = { "false", "withheld", "cleared" };

/* A form of that code, or TB_NONE. */
static int32_t find_form(const struct tb_profile *profile, const struct tb_item *item)
{
    for (size_t i = 0; i < profile->n_forms; i++) {
        const char *code = profile->forms[i].code;
        if (strlen(code) == item->len && memcmp(code, item->text, item->len) == 0)
            return (int32_t)i;
    }
    return TB_NONE;
}

/* A form waives the indicators that its columns name. */
static bool waive_columns(struct tb_waiver *waiver, const struct tb_form *form)
{
    bool any = false;

    for (size_t c = 0; c < form->n_columns; c++) {
        if (form->columns[c].indicator < 0)
            continue;
        waiver->indicators[form->columns[c].indicator] = 1;
        any = true;
    }
    return any;
}

static void read_forms(const struct tb_sheet *sheet, struct tb_waiver *waiver)
{
    const struct tb_profile *profile = sheet->load->profile;
    struct tb_item item;
    size_t at = 0;

    while (waiver->indicators && tb_sheet_next_item(sheet, W_FORMS, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, W_FORMS, &item);
        int32_t row = find_form(profile, &item);
        if (row < 0) {
            tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                       "unknown form '%.*s', expected a code of forms.csv", (int)item.len,
                       item.text);
            continue;
        }
        if (!waiver->forms)
            waiver->forms = tb_load_alloc(sheet->load, profile->n_forms, 1);
        if (waiver->forms)
            waiver->forms[row] = 1;
        if (!waive_columns(waiver, &profile->forms[row]) && !*tb_sheet_cell(sheet, W_INDICATORS))
            tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                       "form '%.*s' names no indicator in its columns, expected them in column "
                       "indicators",
                       (int)item.len, item.text);
    }
}

static void read_waiver(const struct tb_sheet *sheet, struct tb_waiver *waiver)
{
    struct tb_period from, to;

    waiver->line = tb_sheet_line(sheet);
    tb_sheet_text(sheet, W_UNITS); /* reports an empty cell, which is not `*` here */
    waiver->units = tb_sheet_units(sheet, W_UNITS);
    waiver->who = tb_sheet_text(sheet, W_WHO);
    waiver->reason = tb_sheet_text(sheet, W_REASON);
    waiver->indicators = tb_sheet_indicators(sheet, W_INDICATORS);
    read_forms(sheet, waiver);
    if (!*tb_sheet_cell(sheet, W_INDICATORS) && !*tb_sheet_cell(sheet, W_FORMS))
        tb_sheet_error(sheet, W_INDICATORS, "neither indicators nor forms, expected codes or *");
    waiver->first = TB_DAY_NONE;
    waiver->last = TB_DAY_NONE;
    if (!tb_sheet_period(sheet, W_FROM, &from))
        return;
    if (!tb_sheet_period(sheet, W_TO, &to))
        to = from;
    waiver->first = tb_period_first_day(from);
    waiver->last = tb_period_last_day(to);
    if (waiver->last < waiver->first)
        tb_sheet_error(sheet, W_TO, "the last period '%s' lies before the first",
                       tb_sheet_cell(sheet, W_TO));
}

int tb_load_waivers(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "waivers.csv", waiver_heads, W_N, false, &sheet, err) < 0)
        return -1;
    profile->waivers = tb_load_alloc(load, sheet.n_rows, sizeof *profile->waivers);
    profile->n_waivers = profile->waivers ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_waivers; sheet.row++)
        read_waiver(&sheet, &profile->waivers[sheet.row]);
    tb_sheet_close(&sheet);
    return 0;
}

static void read_fault(const struct tb_sheet *sheet, struct tb_fault *fault)
{
    const struct tb_profile *profile = sheet->load->profile;

    fault->line = tb_sheet_line(sheet);
    fault->when = tb_sheet_moment(sheet, F_WHEN);
    fault->who = tb_sheet_text(sheet, F_WHO);
    fault->note = tb_sheet_text(sheet, F_NOTE);
    fault->unit = tb_sheet_ref(sheet, F_UNIT, TB_REF_UNIT);
    fault->indicator = tb_sheet_ref(sheet, F_INDICATOR, TB_REF_INDICATOR);
    fault->kind = (enum tb_fault_kind)tb_sheet_word(sheet, F_FAULT, fault_words, 3, TB_FAULT_FALSE);
    if (!tb_sheet_period(sheet, F_PERIOD, &fault->period) || fault->indicator < 0)
        return;
    enum tb_freq freq = profile->indicators[fault->indicator].frequency;
    if (fault->period.freq != freq)
        tb_sheet_error(sheet, F_PERIOD, "period '%s' is not of the indicator's frequency %s",
                       tb_sheet_cell(sheet, F_PERIOD), tb_freq_code(freq));
}

int tb_load_faults(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "faults.csv", fault_heads, F_N, false, &sheet, err) < 0)
        return -1;
    profile->faults = tb_load_alloc(load, sheet.n_rows, sizeof *profile->faults);
    profile->n_faults = profile->faults ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_faults; sheet.row++)
        read_fault(&sheet, &profile->faults[sheet.row]);
    tb_sheet_close(&sheet);
    return 0;
}
