/* convert.c - from the unit of measure that was said to the one that is kept. */
#include "collect/cell/convert.h"

#include <string.h>

#include "tongbao/profile.h"

enum { NOT_REFUSED = -1 };

/* A multiplier that stands alone behind a number (1.2亿 in a column of 万元)
 * takes the place of the column's own: 亿元. */
static int64_t bare_multiplier(const char *suffix)
{
    static const struct {
        const char *word;
        int64_t factor;
    } words[] = {
        { "百", 100 },          { "千", 1000 },          { "万", 10000 },
        { "十万", 100000 },     { "百万", 1000000 },     { "千万", 10000000 },
        { "亿", 100000000 },    { "十亿", 1000000000 },  { "百亿", 10000000000 },
        { "千亿", 100000000000 }, { "万亿", 1000000000000 },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, suffix) == 0)
            return words[i].factor;
    }
    return 0;
}

static bool is_level(enum tb_measure measure)
{
    return measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD ||
           measure == TB_MEASURE_BASE || measure == TB_MEASURE_YTD_BASE;
}

static bool same_uom(const struct tb_uom *a, const struct tb_uom *b)
{
    return a->kind == b->kind && a->factor.num == b->factor.num &&
           a->factor.den == b->factor.den && strcmp(a->base, b->base) == 0;
}

/* ¥ beside a number goes with 万元, and with 元/人: an amount of that money or one that
 * is counted in it. */
static bool is_of_currency(struct tb_coder *coder, uint8_t currency, const struct tb_uom *uom)
{
    const char *sign = tb_cell_currency_sign(currency);
    int64_t code = tb_code_uom(coder, sign, strlen(sign));
    const char *base = code >= 0 ? coder->uoms[code].base : "";
    size_t len = strlen(base);

    return uom->kind == TB_UOM_AMOUNT && len > 0 && strncmp(uom->base, base, len) == 0 &&
           (uom->base[len] == '\0' || uom->base[len] == '/');
}

/* The unit of measure that was said, or `kept` where nothing was. */
static struct tb_uom said_uom(struct tb_coder *coder, const struct tb_cell *cell, bool level,
                              const struct tb_uom *kept, const struct tb_said_uom *said,
                              const char **text)
{
    int64_t factor = cell->suffix ? bare_multiplier(cell->suffix) : 0;
    struct tb_uom from = *kept;

    *text = cell->suffix ? cell->suffix : said->column;
    if (factor && (kept->kind == TB_UOM_AMOUNT || kept->kind == TB_UOM_NONE)) {
        from.kind = TB_UOM_AMOUNT;
        from.factor = tb_rational_int(factor);
        return from;
    }
    if (!*text)
        *text = said->row;
    if (!*text && level)
        *text = said->form ? said->form : said->title;
    int64_t code = *text ? tb_code_uom(coder, *text, strlen(*text)) : TB_CODE_EMPTY;
    if (code < 0)
        return *kept;
    /* 计量单位 of a row with levels and rates speaks of the levels. */
    bool of_levels = *text == said->row && !cell->suffix && !level &&
                     (coder->uoms[code].kind == TB_UOM_AMOUNT ||
                      coder->uoms[code].kind == TB_UOM_NONE);
    return of_levels ? *kept : coder->uoms[code];
}

/* UNIT_MULT: either it repeats what the unit of measure says, or it adds to a plain one. */
static bool apply_mult(struct tb_cell *cell, const struct tb_uom *from, int32_t mult)
{
    if (mult == 0)
        return true;
    if (mult > 0 && from->factor.den == 1 && mult <= 12 && from->factor.num == tb_pow10(mult))
        return true;
    return from->factor.num == 1 && from->factor.den == 1 &&
           tb_decimal_shift(cell->value, mult, &cell->value);
}

/* True for what is counted: 个, 户, 万人; not for money. */
static bool is_counted(const struct tb_uom *uom)
{
    size_t len = strlen(uom->base), n = strlen("元");

    return uom->kind == TB_UOM_AMOUNT &&
           (len < n || strcmp(uom->base + len - n, "元") != 0);
}

/* True for a name that is not made of others and that no indicator is in: 家 where all are in 个. */
static bool is_nobodys(const struct tb_profile *profile, const struct tb_uom *uom)
{
    bool used = !is_counted(uom) || uom->factor.num != 1 || uom->factor.den != 1;

    for (size_t i = 0; i < profile->n_indicators && !used; i++)
        used = tb_uom_same_dimension(uom, &profile->indicators[i].uom);
    return !used;
}

/* Why `from`, which `text` says, does not become `kept`: who is to mend it differs. */
static enum tb_reason why_not(const struct tb_profile *profile, const struct tb_said_uom *said,
                              const char *text, const struct tb_uom *from,
                              const struct tb_uom *kept)
{
    if (tb_uom_same_dimension(from, kept))
        return TB_REASON_UOM_INEXACT;
    if (text && text == said->form)
        return TB_REASON_UOM_OF_FORM;
    if (text && text == said->title && strstr(text, "、"))
        return TB_REASON_UOM_AMBIGUOUS;
    bool may_mean_it = is_counted(kept) && is_nobodys(profile, from);
    return may_mean_it ? TB_REASON_UOM_UNKNOWN : TB_REASON_UOM_MISMATCH;
}

int tb_convert(struct tb_coder *coder, struct tb_cell *cell, int32_t indicator,
               enum tb_measure measure, const struct tb_said_uom *said, const char **text,
               const char **expected)
{
    const struct tb_indicator *of = &coder->profile->indicators[indicator];
    bool level = is_level(measure);
    const struct tb_uom *kept = level ? &of->uom : &coder->percent;

    if (!cell->suffix && !said->column && !said->row && said->mult == 0 && !(level && (said->form || said->title)))
        return NOT_REFUSED;
    *expected = level ? of->unit_measure : "%";
    const char *sign = cell->currency ? tb_cell_currency_sign(cell->currency) : NULL;
    /* A sign alone says nothing of how much. */
    if (sign && cell->suffix == sign)
        cell->suffix = NULL;
    struct tb_uom from = said_uom(coder, cell, level, kept, said, text);
    if (level && !apply_mult(cell, &from, said->mult))
        return TB_REASON_UOM_MULTIPLIER;
    if (sign && !is_of_currency(coder, cell->currency, &from)) {
        *expected = *text ? *text : *expected;
        *text = sign;
        return TB_REASON_UOM_CURRENCY;
    }
    if (same_uom(&from, kept))
        return NOT_REFUSED;
    /* One basic unit of no name: a multiplier on a plain number. */
    if (kept->kind == TB_UOM_NONE && from.kind == TB_UOM_AMOUNT && strcmp(from.base, kept->base) == 0)
        from.kind = TB_UOM_NONE;
    if (tb_uom_convert(cell->value, &from, kept, &cell->value))
        return NOT_REFUSED;
    return (int)why_not(coder->profile, said, *text, &from, kept);
}
