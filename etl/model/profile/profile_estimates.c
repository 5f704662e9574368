/* profile_estimates.c - estimates.csv: which missing figures may be estimated, by
 * whose decision.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/estimate.h"

enum { E_WHEN, E_WHO, E_UNITS, E_INDICATORS, E_METHOD, E_GROUP, E_FROM, E_TO, E_MOST, E_REASON, E_N };
static const char *const heads[E_N] = { "when*", "who*",  "units*", "indicators*", "method*",
                                        "group", "from*", "to",     "most",        "reason*" };

enum { MOST_IN_A_ROW = 36 };

/* Indicators that are computed, or of which no number is a guess. */
static bool can_be_estimated(const struct tb_indicator *indicator, enum tb_estimate_method method)
{
    if (indicator->formula || indicator->kind == TB_KIND_MILESTONE ||
        indicator->kind == TB_KIND_GRADE)
        return false;
    return method != TB_ESTIMATE_CARRY || indicator->kind != TB_KIND_FLOW;
}

static bool is_method(const char *word)
{
    for (int m = 0; m < TB_N_ESTIMATE_METHODS; m++)
        if (strcmp(word, tb_estimate_method_name((enum tb_estimate_method)m)) == 0)
            return true;
    return false;
}

/* A method that says nothing about an indicator is a mistake where it is named; `*`
 * means those that it fits. */
static void check_methods(const struct tb_sheet *sheet, struct tb_estimate *estimate)
{
    const struct tb_profile *profile = sheet->load->profile;
    struct tb_item item;
    size_t at = 0;
    bool any = false, star = false;

    if (!is_method(tb_sheet_cell(sheet, E_METHOD)))
        return; /* reported already */
    while (tb_sheet_next_item(sheet, E_INDICATORS, &at, &item))
        star |= item.len == 1 && *item.text == '*';
    for (size_t i = 0; estimate->indicators && i < profile->n_indicators; i++) {
        const struct tb_indicator *indicator = &profile->indicators[i];
        if (!estimate->indicators[i] || can_be_estimated(indicator, estimate->method)) {
            any |= estimate->indicators[i];
            continue;
        }
        estimate->indicators[i] = 0;
        if (!star)
            tb_sheet_error(sheet, E_METHOD, "%s", indicator->formula
                               ? "an indicator with a formula is estimated through its parts"
                           : indicator->kind == TB_KIND_FLOW
                               ? "a flow is not carried forward, expected group_growth or linear"
                               : "a milestone or grade cannot be estimated");
    }
    if (star && !any)
        tb_sheet_error(sheet, E_INDICATORS, "the method fits no indicator of the profile");
}

static void read_periods(const struct tb_sheet *sheet, struct tb_estimate *estimate)
{
    struct tb_period from, to;

    estimate->first = estimate->last = TB_DAY_NONE;
    if (!tb_sheet_period(sheet, E_FROM, &from))
        return;
    if (!tb_sheet_period(sheet, E_TO, &to))
        to = from;
    estimate->first = tb_period_first_day(from);
    estimate->last = tb_period_last_day(to);
    if (estimate->last < estimate->first)
        tb_sheet_error(sheet, E_TO, "the last period '%s' lies before the first",
                       tb_sheet_cell(sheet, E_TO));
}

static void read_estimate(const struct tb_sheet *sheet, struct tb_estimate *estimate)
{
    const struct tb_profile *profile = sheet->load->profile;
    const char *methods[TB_N_ESTIMATE_METHODS];

    for (int m = 0; m < TB_N_ESTIMATE_METHODS; m++)
        methods[m] = tb_estimate_method_name((enum tb_estimate_method)m);
    estimate->line = tb_sheet_line(sheet);
    estimate->decided =
        tb_moment_day(tb_sheet_moment(sheet, E_WHEN), profile->set.utc_offset);
    estimate->who = tb_sheet_text(sheet, E_WHO);
    estimate->reason = tb_sheet_text(sheet, E_REASON);
    tb_sheet_text(sheet, E_UNITS); /* reports an empty cell, which is not `*` here */
    estimate->units = tb_sheet_units(sheet, E_UNITS);
    tb_sheet_text(sheet, E_METHOD);
    tb_sheet_text(sheet, E_INDICATORS);
    estimate->indicators = tb_sheet_indicators(sheet, E_INDICATORS);
    estimate->method = (enum tb_estimate_method)tb_sheet_word(sheet, E_METHOD, methods,
                                                              TB_N_ESTIMATE_METHODS, 0);
    estimate->most = tb_sheet_int(sheet, E_MOST, 1, MOST_IN_A_ROW, 1);
    estimate->group = tb_sheet_ref(sheet, E_GROUP, TB_REF_GROUP);
    if (estimate->method == TB_ESTIMATE_GROUP_GROWTH && !*tb_sheet_cell(sheet, E_GROUP))
        tb_sheet_error(sheet, E_GROUP, "no group, expected the one whose growth is taken");
    if (estimate->method != TB_ESTIMATE_GROUP_GROWTH && *tb_sheet_cell(sheet, E_GROUP))
        tb_sheet_error(sheet, E_GROUP, "method %s takes no group",
                       tb_estimate_method_name(estimate->method));
    read_periods(sheet, estimate);
    check_methods(sheet, estimate);
}

int tb_load_estimates(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "estimates.csv", heads, E_N, false, &sheet, err) < 0)
        return -1;
    profile->estimates = tb_load_alloc(load, sheet.n_rows, sizeof *profile->estimates);
    profile->n_estimates = profile->estimates ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_estimates; sheet.row++)
        read_estimate(&sheet, &profile->estimates[sheet.row]);
    tb_sheet_close(&sheet);
    return 0;
}
