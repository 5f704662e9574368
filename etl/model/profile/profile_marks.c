/* profile_marks.c - marks.csv: who put which figures into which state. */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/verification.h"

enum { M_WHEN, M_WHO, M_UNITS, M_INDICATORS, M_PERIOD, M_STATE, M_RESULT, M_NOTE, M_N };
static const char *const heads[M_N] = { "when*",   "who*",   "units*", "indicators*",
                                        "period*", "state*", "result", "note" };
static const char *const results[] = { "passed", "failed" };

/* True when who may set the state of the indicator, for any of the units. */
static bool may_set(const struct tb_profile *profile, const struct tb_mark *mark, size_t indicator)
{
    if (!profile->states[mark->state].by_unit)
        return tb_state_setter(profile, (size_t)mark->state, indicator, 0, mark->who) !=
               TB_STATE_NOBODY;
    for (size_t unit = 0; unit < profile->n_units; unit++)
        if (mark->units[unit] && tb_state_setter(profile, (size_t)mark->state, indicator, unit,
                                                 mark->who) != TB_STATE_NOBODY)
            return true;
    return false;
}

/* Of `*` those that the state is asked for and that are who's to set; a named one
 * must be both. */
static void check_setter(const struct tb_sheet *sheet, struct tb_mark *mark)
{
    const struct tb_profile *profile = sheet->load->profile;
    bool all = strcmp(tb_sheet_cell(sheet, M_INDICATORS), "*") == 0, any = false;

    if (!mark->indicators || !mark->units || mark->state < 0 || !*mark->who)
        return;
    for (size_t i = 0; i < profile->n_indicators; i++) {
        const char *code = profile->indicators[i].code;
        bool asked = profile->states[mark->state].indicators[i] && !profile->indicators[i].formula;
        bool may = may_set(profile, mark, i);
        if (!mark->indicators[i])
            continue;
        any = any || (asked && may);
        if (asked && may)
            continue;
        mark->indicators[i] = 0;
        if (!all && !asked)
            tb_sheet_error(sheet, M_INDICATORS,
                           profile->indicators[i].formula
                               ? "'%s' is derived, expected marks on its parts"
                               : "state is not asked for of '%s' in verification.csv",
                           code);
        else if (!all)
            tb_sheet_error(sheet, M_WHO,
                           "'%s' may not set this state of '%s', expected an office that "
                           "verification.csv names",
                           mark->who, code);
    }
    if (all && !any)
        tb_sheet_error(sheet, M_WHO,
                       "'%s' may set this state of no indicator, expected an office that "
                       "verification.csv names",
                       mark->who);
}

static void read_mark(const struct tb_sheet *sheet, struct tb_mark *mark)
{
    struct tb_period period;

    mark->line = tb_sheet_line(sheet);
    mark->when = tb_sheet_moment(sheet, M_WHEN);
    mark->who = tb_sheet_text(sheet, M_WHO);
    mark->note = tb_sheet_text(sheet, M_NOTE);
    tb_sheet_text(sheet, M_UNITS); /* reports empty cells, which are not `*` here */
    tb_sheet_text(sheet, M_INDICATORS);
    tb_sheet_text(sheet, M_STATE);
    mark->units = tb_sheet_units(sheet, M_UNITS);
    mark->indicators = tb_sheet_indicators(sheet, M_INDICATORS);
    mark->state = tb_load_find_state(sheet, M_STATE);
    if (mark->state == 0)
        tb_sheet_error(sheet, M_STATE,
                       "'%s' is the state of what units submit, expected one of those below it",
                       tb_sheet_cell(sheet, M_STATE));
    mark->failed = tb_sheet_word(sheet, M_RESULT, results, 2, 0) == 1;
    mark->first = mark->last = TB_DAY_NONE;
    if (tb_sheet_period(sheet, M_PERIOD, &period)) {
        mark->first = tb_period_first_day(period);
        mark->last = tb_period_last_day(period);
    }
    check_setter(sheet, mark);
}

int tb_load_marks(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "marks.csv", heads, M_N, false, &sheet, err) < 0)
        return -1;
    profile->marks = tb_load_alloc(load, sheet.n_rows, sizeof *profile->marks);
    profile->n_marks = profile->marks ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_marks; sheet.row++)
        read_mark(&sheet, &profile->marks[sheet.row]);
    tb_sheet_close(&sheet);
    return 0;
}
