/* profile_indicators.c - indicators.csv: what is counted, in which unit of
 * measure, and which way is good.
 */
#include "model/profile/profile_bases.h"
#include "model/profile/profile_load.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/table.h"

enum {
    I_INDICATOR,
    I_NAME_ZH,
    I_NAME_EN,
    I_SHORT_ZH,
    I_SHORT_EN,
    I_ALIASES,
    I_UOM,
    I_MULT,
    I_KIND,
    I_DIRECTION,
    I_FREQUENCY,
    I_GROWTH,
    I_DECIMALS,
    I_WEIGHT,
    I_MIN,
    I_MAX,
    I_MIN_BASE,
    I_DEPARTMENT,
    I_TASK,
    I_FORMULA,
    I_HEADLINE,
    I_JAN_FEB,
    I_GRADES,
    I_PRICES,
    I_PRICE_BASE,
    I_GROWTH_PRICES,
    I_LOW,
    I_HIGH,
    I_EVENT,
    I_WINDOW,
    I_SEASONAL,
    I_ZERO_SCORE,
    I_N
};
/* clang-format off */
static const char *const heads[I_N] = {
    "indicator*", "name_zh*", "name_en", "short_zh", "short_en", "aliases", "unit_measure*",
    "unit_mult", "kind*", "direction*", "frequency", "growth", "decimals", "weight", "min", "max",
    "min_base", "department", "task", "formula", "headline", "jan_feb", "grades",
    "prices", "price_base", "growth_prices",
    "low", "high", "event", "window", "seasonal", "zero_score",
};
static const char *const kinds[] = { "flow", "stock", "rate", "index", "count", "milestone",
                                     "grade" };

int tb_kind_find(const char *name, size_t len)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (strlen(kinds[k]) == len && memcmp(kinds[k], name, len) == 0)
            return (int)k;
    return -1;
}
static const char *const seasons[] = { "none", "regression", "stl", "stl-periodic" };
static const char *const directions[] = { "higher", "lower", "none" };
static const char *const frequencies[] = { "A", "S", "Q", "M", "M_3", "W", "M2" };
static const char *const prices[] = { "", "V", "Q", "L" };
static const char *const growths[] = { "published", "comparable", "computed" };
/* clang-format on */

/* Row numbers are kept in 16 bits, and 0xffff stands for scores. */
enum { MAX_INDICATORS = 0xffff };

/* The measure that leads, and the published digits, where the table is silent. */
static const struct {
    enum tb_measure headline;
    int decimals;
} by_kind[] = {
    [TB_KIND_FLOW] = { TB_MEASURE_YTD_GROWTH, 1 }, [TB_KIND_STOCK] = { TB_MEASURE_GROWTH, 1 },
    [TB_KIND_RATE] = { TB_MEASURE_VALUE, 1 },      [TB_KIND_INDEX] = { TB_MEASURE_GROWTH, 1 },
    [TB_KIND_COUNT] = { TB_MEASURE_YTD, 0 },       [TB_KIND_MILESTONE] = { TB_MEASURE_VALUE, 0 },
    [TB_KIND_GRADE] = { TB_MEASURE_VALUE, 0 },
};

/* 元 with unit_mult 4 is 万元: the unit of measure as printed and read. */
static const char *printed_unit(const struct tb_sheet *sheet)
{
    static const char *const words[] = { "",     "十", "百",   "千",   "万",   "十万", "百万",
                                         "千万", "亿", "十亿", "百亿", "千亿", "万亿" };
    int mult = tb_sheet_int(sheet, I_MULT, 0, 12, 0);
    const char *cell = tb_sheet_cell(sheet, I_UOM);
    char text[256];

    if (mult == 0)
        return tb_load_text(sheet->load, cell, strlen(cell));
    int n = snprintf(text, sizeof text, "%s%s", words[mult], cell);
    if (n < 0 || (size_t)n >= sizeof text) {
        tb_sheet_error(sheet, I_UOM, "too long a unit of measure");
        return "";
    }
    return tb_load_text(sheet->load, text, (size_t)n);
}

static void read_uom(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    const struct tb_profile *profile = sheet->load->profile;
    bool amount = in->kind == TB_KIND_FLOW || in->kind == TB_KIND_STOCK;

    in->unit_measure = printed_unit(sheet);
    if (!*in->unit_measure && in->kind == TB_KIND_RATE)
        in->unit_measure = "%";
    if (!*in->unit_measure && amount && sheet->column[I_UOM] >= 0)
        tb_sheet_error(sheet, I_UOM, "no unit_measure, expected one for a %s", kinds[in->kind]);
    /* An index is one, whatever its column says ("%", "上年=100" or nothing). */
    tb_uom_read(in->kind == TB_KIND_INDEX ? "index" : in->unit_measure, profile->uoms,
                profile->n_uoms, &in->uom);
    if (!*in->unit_measure && in->kind == TB_KIND_MILESTONE) {
        in->unit_measure = "%";
        tb_uom_read("%", NULL, 0, &in->uom);
    }
}

static void read_limits(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    in->has_min = tb_sheet_decimal(sheet, I_MIN, &in->min);
    in->has_max = tb_sheet_decimal(sheet, I_MAX, &in->max);
    in->has_min_base = tb_sheet_decimal(sheet, I_MIN_BASE, &in->min_base);
    if (in->has_min && in->has_max && tb_decimal_cmp(in->min, in->max) > 0)
        tb_sheet_error(sheet, I_MIN, "min %s is above max %s", tb_sheet_cell(sheet, I_MIN),
                       tb_sheet_cell(sheet, I_MAX));
    if (tb_sheet_decimal(sheet, I_WEIGHT, &in->weight) && in->weight.units < 0)
        tb_sheet_error(sheet, I_WEIGHT, "weight '%s' is negative", tb_sheet_cell(sheet, I_WEIGHT));
}

/* 0 points are the worst there are, but for z-scores. */
static void read_zero_score(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    static const char *const words[] = { "no", "yes" };

    in->zero_score = tb_sheet_word(sheet, I_ZERO_SCORE, words, 2, 0) == 1;
    if (in->zero_score && sheet->load->profile->set.normalise == TB_NORMALISE_ZSCORE)
        tb_sheet_error(sheet, I_ZERO_SCORE, "zero_score with normalise zscore, where 0 points are "
                       "the average: expected another normalise");
}

/* Both or none: between them lie 0 and 100 points. */
static void read_goalposts(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    in->has_low = tb_sheet_decimal(sheet, I_LOW, &in->low);
    in->has_high = tb_sheet_decimal(sheet, I_HIGH, &in->high);
    if (in->has_low != in->has_high)
        tb_sheet_error(sheet, in->has_low ? I_LOW : I_HIGH, "%s without %s, expected both or none",
                       in->has_low ? "low" : "high", in->has_low ? "high" : "low");
    else if (in->has_low && tb_decimal_cmp(in->low, in->high) >= 0)
        tb_sheet_error(sheet, I_LOW, "low %s is not below high %s, expected the smaller number "
                       "there also where lower is better", tb_sheet_cell(sheet, I_LOW),
                       tb_sheet_cell(sheet, I_HIGH));
    in->block = TB_NONE;
}

/* Measures that say something about one unit and that one can rank. */
static bool can_lead(int measure)
{
    return measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD ||
           measure == TB_MEASURE_GROWTH || measure == TB_MEASURE_YTD_GROWTH ||
           measure == TB_MEASURE_MOM || measure == TB_MEASURE_SHARE ||
           measure == TB_MEASURE_CHANGE || measure == TB_MEASURE_PROGRESS ||
           measure == TB_MEASURE_GROWTH_2Y || measure == TB_MEASURE_YTD_GROWTH_2Y;
}

static void read_headlines(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    struct tb_item item;

    for (size_t at = 0; tb_sheet_next_item(sheet, I_HEADLINE, &at, &item);) {
        struct tb_place place = tb_sheet_item_place(sheet, I_HEADLINE, &item);
        int measure = tb_measure_find(item.text, item.len);

        if (!can_lead(measure))
            tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                       "unknown headline '%.*s', expected one of: value, ytd, growth, ytd_growth, "
                       "growth_2y, ytd_growth_2y, mom, share, change, progress",
                       (int)item.len, item.text);
        else if (in->n_headlines == sizeof in->headline)
            tb_diag_at(sheet->load->diag, TB_ERROR, &place, "more than %zu headlines",
                       sizeof in->headline);
        else
            in->headline[in->n_headlines++] = (uint8_t)measure;
    }
    if (in->n_headlines == 0)
        in->headline[in->n_headlines++] = (uint8_t)by_kind[in->kind].headline;
}

static void read_frequency(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    static const char *const joint[] = { "separate", "joint" };
    const struct tb_settings *set = &sheet->load->profile->set;

    in->frequency = (enum tb_freq)tb_sheet_word(sheet, I_FREQUENCY, frequencies, TB_N_FREQS,
                                                (int)set->frequency);
    in->joint_jan_feb = tb_sheet_word(sheet, I_JAN_FEB, joint, 2, 0) == 1;
    if (in->joint_jan_feb && in->frequency != TB_FREQ_MONTH)
        tb_sheet_error(sheet, I_JAN_FEB, "jan_feb is for monthly indicators, this one is %s",
                       tb_freq_code(in->frequency));
    if (in->joint_jan_feb && set->year_start == 2)
        tb_sheet_error(sheet, I_JAN_FEB,
                       "jan_feb joint in a year that starts in February, expected separate: one "
                       "figure would belong to two years");
    int per_year = tb_periods_per_year(in->frequency);
    if (per_year > 1 && in->frequency != TB_FREQ_WEEK && (set->year_start - 1) * per_year % 12 != 0)
        tb_sheet_error(sheet, I_FREQUENCY,
                       "a year that starts in month %d does not divide into "
                       "periods of frequency %s",
                       set->year_start, tb_freq_code(in->frequency));
}

static void read_grades(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    in->grades = tb_sheet_list(sheet, I_GRADES);
    if (in->kind == TB_KIND_GRADE && in->grades.n == 0)
        tb_sheet_error(sheet, I_GRADES, "no grades, expected the words of '%s', best first",
                       in->code);
    else if (in->kind != TB_KIND_GRADE && in->grades.n > 0)
        tb_sheet_error(sheet, I_GRADES, "grades are for kind grade, this one is %s",
                       kinds[in->kind]);
}

/* Nominal and real are never mixed (methods note, section 2). */
static void read_prices(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    in->prices = (enum tb_prices)tb_sheet_word(sheet, I_PRICES, prices, 4, TB_PRICES_UNSAID);
    in->growth_prices =
        (enum tb_prices)tb_sheet_word(sheet, I_GROWTH_PRICES, prices, 4, (int)in->prices);
    in->price_base = tb_sheet_text(sheet, I_PRICE_BASE);
    bool constant = in->prices > TB_PRICES_CURRENT;
    if (constant && !*in->price_base)
        tb_sheet_error(sheet, I_PRICES, "prices %s without price_base, expected the year of the prices",
                       prices[in->prices]);
    if (!constant && *in->price_base)
        tb_sheet_error(sheet, I_PRICE_BASE, "price_base is for prices Q and L");
    if (in->prices != TB_PRICES_UNSAID && in->kind != TB_KIND_FLOW && in->kind != TB_KIND_STOCK &&
        in->uom.kind != TB_UOM_AMOUNT)
        tb_sheet_error(sheet, I_PRICES, "prices are for amounts, this one is %s", kinds[in->kind]);
    if (!tb_indicator_level_grows(in) && in->growth != TB_BASIS_PUBLISHED)
        tb_sheet_error(sheet, I_GROWTH,
                       "growth from levels at prices %s would not be at prices %s, expected "
                       "published",
                       prices[in->prices], prices[in->growth_prices]);
}

static void read_owner(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    in->task = tb_sheet_ref(sheet, I_TASK, TB_REF_TASK);
    in->department = tb_sheet_ref(sheet, I_DEPARTMENT, TB_REF_DEPARTMENT);
    if (!*tb_sheet_cell(sheet, I_DEPARTMENT) && in->task >= 0)
        in->department = sheet->load->profile->tasks[in->task].lead_department;
}

static void read_indicator(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    in->code = tb_sheet_key(sheet, I_INDICATOR, sheet->load->profile->indicator_names);
    in->name_zh = tb_sheet_text(sheet, I_NAME_ZH);
    in->name_en = tb_sheet_text_or(sheet, I_NAME_EN, in->name_zh);
    in->short_zh = tb_sheet_text_or(sheet, I_SHORT_ZH, in->name_zh);
    in->short_en = tb_sheet_text_or(sheet, I_SHORT_EN, in->name_en);
    in->aliases = tb_sheet_list(sheet, I_ALIASES);
    in->kind = (enum tb_kind)tb_sheet_word(sheet, I_KIND, kinds, TB_KIND_GRADE + 1, TB_KIND_FLOW);
    in->direction = (enum tb_direction)tb_sheet_word(sheet, I_DIRECTION, directions, 3, TB_NEUTRAL);
    in->growth = (enum tb_growth_basis)tb_sheet_word(sheet, I_GROWTH, growths, 3, 0);
    in->decimals = tb_sheet_int(sheet, I_DECIMALS, 0, 8, by_kind[in->kind].decimals);
    in->line = tb_sheet_line(sheet);
    read_frequency(sheet, in);
    read_uom(sheet, in);
    read_limits(sheet, in);
    read_zero_score(sheet, in);
    read_goalposts(sheet, in);
    read_headlines(sheet, in);
    read_grades(sheet, in);
    read_prices(sheet, in);
    tb_load_event(sheet, I_EVENT, I_WINDOW, in);
    in->seasonal = (int8_t)tb_sheet_word(sheet, I_SEASONAL, seasons, 4, -1);
    read_owner(sheet, in);
}

/* --- formulas: after the names of all indicators are known --- */

static void check_part(const struct tb_sheet *sheet, const struct tb_indicator *in,
                       const struct tb_indicator *part, bool ratio)
{
    if (part->formula && (!ratio || part->formula->denominator.n > 0))
        tb_sheet_error(sheet, I_FORMULA, "formula: '%s' has a formula itself, expected %s",
                       part->code, ratio ? "no ratio within a ratio" : "submitted indicators");
    if (part->frequency != in->frequency)
        tb_sheet_error(sheet, I_FORMULA, "formula: '%s' is of frequency %s, expected %s",
                       part->code, tb_freq_code(part->frequency), tb_freq_code(in->frequency));
    if (!ratio && !tb_uom_same_dimension(&part->uom, &in->uom))
        tb_sheet_error(sheet, I_FORMULA, "formula: '%s' is in '%s', which does not convert to '%s'",
                       part->code, part->unit_measure, in->unit_measure);
}

/* Parts of one sum, and a sum and its parts, are at the same prices. */
static void check_prices(const struct tb_sheet *sheet, const struct tb_indicator *a,
                         const struct tb_indicator *b)
{
    char of_a[32], of_b[32];

    if (tb_prices_agree(a, b))
        return;
    tb_prices_format(a->prices, a->price_base, of_a);
    tb_prices_format(b->prices, b->price_base, of_b);
    tb_sheet_error(sheet, I_FORMULA,
                   "formula: '%s' is at prices %s and '%s' at prices %s, expected the same prices",
                   a->code, of_a, b->code, of_b);
}

/* A quotient of two prices is a deflator, and nothing else. */
static void check_deflator(const struct tb_sheet *sheet, const struct tb_indicator *in)
{
    const struct tb_indicator *all = sheet->load->profile->indicators;
    const struct tb_formula *formula = in->formula;

    if (formula->denominator.n == 0 || in->kind == TB_KIND_INDEX)
        return;
    check_prices(sheet, &all[formula->numerator.indicator[0]],
                 &all[formula->denominator.indicator[0]]);
}

/* Terms of one side must be addable to each other. */
static void check_side(const struct tb_sheet *sheet, const struct tb_indicator *in,
                       const struct tb_formula_side *side, bool ratio)
{
    const struct tb_indicator *all = sheet->load->profile->indicators;

    for (size_t i = 0; i < side->n; i++) {
        const struct tb_indicator *part = &all[side->indicator[i]];
        const struct tb_indicator *first = &all[side->indicator[0]];

        check_part(sheet, in, part, ratio);
        check_prices(sheet, ratio ? first : in, part);
        if (ratio && !tb_uom_same_dimension(&part->uom, &first->uom))
            tb_sheet_error(sheet, I_FORMULA,
                           "formula: '%s' in '%s' cannot be added to '%s' in '%s'", part->code,
                           part->unit_measure, first->code, first->unit_measure);
    }
}

static void read_formulas(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;

    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
        const char *cell = tb_sheet_cell(sheet, I_FORMULA);
        struct tb_place place = tb_sheet_place(sheet, I_FORMULA);

        if (*cell)
            profile->indicators[sheet->row].formula =
                tb_formula_parse(sheet->load, cell, sheet->row, &place);
    }
    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
        const struct tb_indicator *in = &profile->indicators[sheet->row];

        if (!in->formula)
            continue;
        bool ratio = in->formula->denominator.n > 0;
        check_side(sheet, in, &in->formula->numerator, ratio);
        check_side(sheet, in, &in->formula->denominator, ratio);
        check_deflator(sheet, in);
    }
}

int tb_load_indicators(struct tb_load *load, struct tb_error *err)
{
    static const size_t names[] = { I_NAME_ZH, I_NAME_EN, I_SHORT_ZH, I_SHORT_EN };
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "indicators.csv", heads, I_N, true, &sheet, err) < 0)
        return -1;
    if (sheet.n_rows > MAX_INDICATORS) {
        sheet.row = MAX_INDICATORS;
        tb_sheet_error(&sheet, I_INDICATOR, "more than %d indicators", MAX_INDICATORS);
        sheet.n_rows = MAX_INDICATORS;
    }
    profile->indicators = tb_load_alloc(load, sheet.n_rows, sizeof *profile->indicators);
    if (profile->indicators) {
        profile->n_indicators = sheet.n_rows;
        for (sheet.row = 0; sheet.row < sheet.n_rows; sheet.row++)
            read_indicator(&sheet, &profile->indicators[sheet.row]);
        tb_names_enter(&sheet, profile->indicator_names, names, 4, I_ALIASES);
        read_formulas(&sheet);
    }
    tb_sheet_close(&sheet);
    return 0;
}

const char *tb_indicator_name(const struct tb_indicator *indicator, const char *lang)
{
    return strncmp(lang, "zh", 2) == 0 ? indicator->name_zh : indicator->name_en;
}
