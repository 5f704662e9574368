/* facts.c - a table of known values, and a way of writing it. */
#include "hostile.h"

#include <string.h>

static void draw_axis(struct rng *rng, struct axis *axis, size_t most, size_t from)
{
    int all[32];

    for (size_t i = 0; i < from; i++)
        all[i] = (int)i;
    axis->n = 1 + rng_below(rng, most < from ? most : from);
    for (size_t i = 0; i < axis->n; i++) {
        size_t pick = i + rng_below(rng, from - i);
        int swap = all[i];
        all[i] = all[pick];
        all[pick] = swap;
        axis->at[i] = all[i];
    }
}

static struct tb_decimal draw_number(struct rng *rng)
{
    static const int64_t limits[] = { 10, 1000, 100000, 10000000, 1000000000, 1000000000000 };
    struct tb_decimal number = { 0, 0 };

    if (rng_chance(rng, 4))
        return number;
    int64_t limit = limits[rng_below(rng, sizeof limits / sizeof *limits)];
    number.units = (int64_t)(rng_next(rng) % (uint64_t)limit);
    number.scale = (int32_t)rng_below(rng, rng_chance(rng, 10) ? 8 : 3);
    if (rng_chance(rng, 30))
        number.units = -number.units;
    return tb_decimal_trim(number);
}

static struct value draw_value(struct rng *rng, bool flagged)
{
    static const uint8_t statuses[] = { TB_STATUS_A, TB_STATUS_P, TB_STATUS_E };
    static const uint8_t missing[] = { TB_STATUS_L, TB_STATUS_M, TB_STATUS_O, TB_STATUS_Q };

    if (rng_chance(rng, 8))
        return (struct value){ .there = false };
    if (rng_chance(rng, 6))
        return (struct value){ true, missing[rng_below(rng, 4)], { 0, 0 } };
    return (struct value){ true, statuses[flagged ? rng_below(rng, 3) : 0], draw_number(rng) };
}

void facts_draw(struct rng *rng, struct facts *facts)
{
    static const int measures[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD, TB_MEASURE_GROWTH,
                                    TB_MEASURE_YTD_GROWTH, TB_MEASURE_MOM, TB_MEASURE_BASE };

    memset(facts, 0, sizeof *facts);
    facts->quarterly = rng_chance(rng, 20);
    facts->flagged = rng_chance(rng, 20);
    facts->year = 2021 + (int)rng_below(rng, 3);
    draw_axis(rng, &facts->unit, rng_chance(rng, 25) ? 1 : MAX_AXIS, N_UNITS);
    size_t n_quarterly = 2, n_monthly = N_INDICATORS - n_quarterly;
    draw_axis(rng, &facts->indicator, rng_chance(rng, 25) ? 1 : 4,
              facts->quarterly ? n_quarterly : n_monthly);
    for (size_t i = 0; i < facts->indicator.n; i++)
        facts->indicator.at[i] += facts->quarterly ? (int)n_monthly : 0;
    draw_axis(rng, &facts->measure, rng_chance(rng, 40) ? 1 : 3, 6);
    for (size_t i = 0; i < facts->measure.n; i++)
        facts->measure.at[i] = measures[facts->measure.at[i]];
    draw_axis(rng, &facts->period, rng_chance(rng, 25) ? 1 : 6, facts->quarterly ? 4 : N_MONTHS);
    for (size_t u = 0; u < facts->unit.n; u++)
        for (size_t i = 0; i < facts->indicator.n; i++)
            for (size_t m = 0; m < facts->measure.n; m++)
                for (size_t p = 0; p < facts->period.n; p++)
                    facts->cell[u][i][m][p] = draw_value(rng, facts->flagged);
}

/* --- style --- */

static enum from draw_from(struct rng *rng, const struct axis *axis, bool may_be_in_name)
{
    static const enum from sources[] = { FROM_COLUMN, FROM_TITLE, FROM_CELL, FROM_FIXED, FROM_FILE };

    return axis->n > 1 ? FROM_COLUMN : sources[rng_below(rng, may_be_in_name ? 5 : 4)];
}

static void draw_shape(struct rng *rng, const struct facts *facts, struct style *s)
{
    s->layout = (enum layout)rng_below(rng, N_LAYOUTS);
    s->unit_from = draw_from(rng, &facts->unit, true);
    s->period_from = draw_from(rng, &facts->period, true);
    s->indicator_from = draw_from(rng, &facts->indicator, false);
    /* A long table or one of periods says of what it is; one of indicators says so in its heads. */
    if (s->layout == PERIODS_ACROSS && s->period_from != FROM_COLUMN)
        s->period_from = FROM_COLUMN;
    if (s->layout == UNITS_ACROSS) {
        s->unit_from = FROM_COLUMN;
        if (s->period_from != FROM_COLUMN)
            s->indicator_from = FROM_COLUMN;
    }
    bool no_row = s->unit_from != FROM_COLUMN && s->indicator_from != FROM_COLUMN;
    if (s->layout == PERIODS_ACROSS && no_row)
        s->unit_from = FROM_COLUMN;
    /* One column alone is no table. */
    bool alone = facts->indicator.n * facts->measure.n == 1 && s->period_from != FROM_COLUMN;
    if (s->layout == INDICATORS_ACROSS && alone)
        s->unit_from = FROM_COLUMN;
    bool no_column = s->unit_from != FROM_COLUMN && s->indicator_from != FROM_COLUMN &&
                     s->period_from != FROM_COLUMN;
    if (s->layout == LONG && no_column)
        s->unit_from = FROM_COLUMN;
    s->measure_column = s->layout != INDICATORS_ACROSS && facts->measure.n > 1;
    int only = facts->measure.at[0];
    s->spans = !facts->quarterly && facts->measure.n == 1 &&
               (only == TB_MEASURE_YTD || only == TB_MEASURE_YTD_GROWTH) &&
               s->charset != LATIN && rng_chance(rng, 60);
    if (s->layout == LONG) {
        s->status_column = rng_chance(rng, 20);
        s->comment_column = rng_chance(rng, 20);
    }
    s->serial = rng_chance(rng, 20);
}

static void draw_numbers(struct rng *rng, const struct facts *facts, struct style *s)
{
    static const char *const marks[] = { "", ",", " ", "'", "\302\240", "\342\200\257" };
    static const char *const minuses[] = { "-", "-", "-", "−", "–", "－" };
    bool ascii = s->charset == LATIN;

    s->said = (enum said)rng_below(rng, 5);
    if (s->said == UOM_IN_ROW && s->layout != LONG && s->layout != UNITS_ACROSS)
        s->said = UOM_OWN;
    if (s->said == UOM_IN_FORM && facts->indicator.n > 1)
        s->said = UOM_OWN;
    if (s->said == UOM_IN_HEAD && s->layout != INDICATORS_ACROSS)
        s->said = UOM_BESIDE;
    for (size_t i = 0; i < N_INDICATORS; i++) {
        bool unnamed = !world_indicators[i].uom[0].name[s->charset];
        s->uom[i] = s->said == UOM_OWN || unnamed
                        ? 0
                        : (int)rng_below(rng, world_indicators[i].n_uoms);
    }
    s->percent = (int)rng_below(rng, 2);
    s->decimal_comma = rng_chance(rng, 20);
    s->marks = rng_chance(rng, 10);
    s->thousands = marks[rng_chance(rng, 50) ? 0 : rng_below(rng, ascii ? 4 : 6)];
    if (s->decimal_comma && s->thousands[0] == ',')
        s->thousands = ".";
    s->full_width = !ascii && rng_chance(rng, 10);
    s->minus = minuses[rng_below(rng, ascii ? 1 : s->charset == TRADITIONAL ? 3 : 6)];
    s->brackets = rng_chance(rng, 10);
    s->plus = rng_chance(rng, 10);
    s->bare_point = rng_chance(rng, 10);
    s->zeros = rng_chance(rng, 20);
    s->blanks = rng_chance(rng, 15);
}

static void draw_bytes(struct rng *rng, struct style *s)
{
    static const char delimiters[] = ",,,;\t|";
    static const char *const ends[] = { "\n", "\n", "\r\n", "\r" };
    static const struct {
        enum charset charset;
        const char *encoding, *declared;
        bool bom;
    } ways[] = {
        { LATIN, "UTF-8", NULL, false },        { LATIN, "ISO-8859-1", "Latin1", false },
        { LATIN, "WINDOWS-1252", "CP1252", false }, { LATIN, "UTF-16LE", "UTF-16LE", false },
        { SIMPLIFIED, "UTF-8", NULL, false },   { SIMPLIFIED, "UTF-8", "UTF-8", false },
        { SIMPLIFIED, "UTF-8", NULL, true },    { SIMPLIFIED, "UTF-16LE", NULL, true },
        { SIMPLIFIED, "UTF-16BE", NULL, true }, { SIMPLIFIED, "GB18030", NULL, false },
        { SIMPLIFIED, "GBK", "GBK", false },    { SIMPLIFIED, "UTF-8", "GB18030", true },
        { SIMPLIFIED, "UTF-16BE", "UTF-16BE", false },
        { TRADITIONAL, "BIG5", "Big5", false }, { TRADITIONAL, "UTF-8", NULL, false },
    };
    size_t way;

    do {
        way = rng_below(rng, sizeof ways / sizeof *ways);
    } while (ways[way].charset != s->charset);
    s->encoding = ways[way].encoding;
    s->declared = ways[way].declared;
    s->bom = ways[way].bom;
    s->delimiter = delimiters[rng_below(rng, sizeof delimiters - 1)];
    s->quote = rng_chance(rng, 85) ? '"' : '\'';
    s->escape = rng_chance(rng, 90) ? '\0' : '\\';
    s->line_end = ends[rng_below(rng, 4)];
    s->gzip = rng_chance(rng, 15);
    s->quote_all = rng_chance(rng, 15);
    s->final_newline = rng_chance(rng, 85);
}

void style_draw(struct rng *rng, const struct facts *facts, struct style *style)
{
    memset(style, 0, sizeof *style);
    style->charset = rng_chance(rng, 60) ? SIMPLIFIED : (enum charset)rng_below(rng, N_CHARSETS);
    draw_shape(rng, facts, style);
    draw_numbers(rng, facts, style);
    draw_bytes(rng, style);
    style->names = (int)rng_below(rng, 3);
    style->periods = (int)rng_below(rng, 6);
    style->titles = rng_chance(rng, 30);
    style->blank_lines = rng_chance(rng, 20);
    style->totals = rng_chance(rng, 20);
    style->notes = rng_chance(rng, 20);
    style->header_again = rng_chance(rng, 10);
}
