/* profile_bases.c - bases.csv: from when on an index, or an amount at constant
 * prices, stands on another base year, and what links it to the one before.
 */
#include "model/profile/profile_bases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/rebase.h"

enum { B_INDICATOR, B_FROM, B_BASE, B_OLD, B_NEW, B_NOTE, B_N };
static const char *const heads[B_N] = { "indicator*", "from*", "base*", "old", "new", "note" };

static const char *const letters[] = { "", "V", "Q", "L" };

void tb_prices_format(enum tb_prices prices, const char *base, char text[32])
{
    snprintf(text, 32, "%s%s%.20s", letters[prices], *base ? " " : "", base);
}

bool tb_prices_agree(const struct tb_indicator *a, const struct tb_indicator *b)
{
    return a->prices == TB_PRICES_UNSAID || b->prices == TB_PRICES_UNSAID ||
           (a->prices == b->prices && strcmp(a->price_base, b->price_base) == 0);
}

/* Rates at constant prices may be compared whatever their base year. */
bool tb_growth_prices_agree(const struct tb_indicator *a, const struct tb_indicator *b)
{
    bool real_a = a->growth_prices > TB_PRICES_CURRENT, real_b = b->growth_prices > TB_PRICES_CURRENT;

    return a->growth_prices == TB_PRICES_UNSAID || b->growth_prices == TB_PRICES_UNSAID ||
           real_a == real_b;
}

bool tb_indicator_level_grows(const struct tb_indicator *indicator)
{
    return indicator->prices == TB_PRICES_UNSAID ||
           (indicator->prices > TB_PRICES_CURRENT) == (indicator->growth_prices > TB_PRICES_CURRENT);
}

/* Both sides of the overlap, or none. */
static void read_link(const struct tb_sheet *sheet, struct tb_rebase *rebase)
{
    struct tb_rational old, new;
    struct tb_decimal left, right;
    bool has_old = tb_sheet_decimal(sheet, B_OLD, &left);
    bool has_new = tb_sheet_decimal(sheet, B_NEW, &right);

    if (has_old != has_new)
        tb_sheet_error(sheet, has_old ? B_NEW : B_OLD,
                       "only one side of the overlap, expected the same period on the old base and "
                       "on the new one");
    if (!has_old || !has_new)
        return;
    if (left.units <= 0 || right.units <= 0)
        tb_sheet_error(sheet, left.units <= 0 ? B_OLD : B_NEW,
                       "'%s' is not above 0, expected the figure of the overlap",
                       tb_sheet_cell(sheet, left.units <= 0 ? B_OLD : B_NEW));
    else if (!tb_rational_from_decimal(left, &old) || !tb_rational_from_decimal(right, &new) ||
             !tb_rational_div(new, old, &rebase->link))
        tb_sheet_error(sheet, B_OLD, "the overlap has too many digits");
    else
        rebase->is_linked = true;
}

static bool can_rebase(const struct tb_indicator *indicator)
{
    return indicator->kind == TB_KIND_INDEX || indicator->uom.kind == TB_UOM_INDEX ||
           indicator->prices > TB_PRICES_CURRENT;
}

static int compare_rebases(const void *left, const void *right)
{
    const struct tb_rebase *a = left, *b = right;

    return (a->from.index > b->from.index) - (a->from.index < b->from.index);
}

static void read_base(const struct tb_sheet *sheet)
{
    struct tb_load *load = sheet->load;
    int32_t row = tb_sheet_ref(sheet, B_INDICATOR, TB_REF_INDICATOR);
    struct tb_rebase new = { .base = tb_sheet_text(sheet, B_BASE),
                             .note = tb_sheet_text(sheet, B_NOTE),
                             .link = { 1, 1 },
                             .line = tb_sheet_line(sheet) };

    if (!tb_sheet_period(sheet, B_FROM, &new.from) || row < 0)
        return;
    struct tb_indicator *indicator = &load->profile->indicators[row];
    read_link(sheet, &new);
    if (!can_rebase(indicator))
        tb_sheet_error(sheet, B_INDICATOR,
                       "'%s' has no base year, expected an index, or prices Q or L", indicator->code);
    if (new.from.freq != indicator->frequency) {
        tb_sheet_error(sheet, B_FROM, "period '%s' is not of the indicator's frequency %s",
                       tb_sheet_cell(sheet, B_FROM), tb_freq_code(indicator->frequency));
        return;
    }
    for (size_t i = 0; i < indicator->n_rebases; i++)
        if (indicator->rebase[i].from.index == new.from.index)
            tb_sheet_error(sheet, B_FROM, "duplicate base of '%s', already on line %u",
                           indicator->code, (unsigned)indicator->rebase[i].line);
    struct tb_rebase *grown = tb_load_alloc(load, indicator->n_rebases + 1, sizeof *grown);
    if (!grown)
        return;
    for (size_t i = 0; i < indicator->n_rebases; i++)
        grown[i] = indicator->rebase[i];
    grown[indicator->n_rebases++] = new;
    indicator->rebase = grown;
    qsort(grown, indicator->n_rebases, sizeof *grown, compare_rebases);
}

int tb_load_bases(struct tb_load *load, struct tb_error *err)
{
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "bases.csv", heads, B_N, false, &sheet, err) < 0)
        return -1;
    for (sheet.row = 0; sheet.row < sheet.n_rows; sheet.row++)
        read_base(&sheet);
    tb_sheet_close(&sheet);
    return 0;
}
