/* grid.c - a table of values in one of the shapes: cells of text. */
#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum what { SERIAL, UNIT, INDICATOR, PERIOD, MEASURE, UOM, STATUS, COMMENT, VALUE };

/* A column, and where it stands on the axes that run across. */
struct column {
    enum what what;
    int indicator, measure, period, unit; /* places on their axes; -1: the row says */
};

struct place {
    int unit, indicator, measure, period;
};

static bool is_level(int measure)
{
    return measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD || measure == TB_MEASURE_BASE;
}

static const char *measure_word(const struct style *s, int measure)
{
    static const char *const zh[] = { "当期", "累计", "同比", "累计同比", "环比", "上年同期" };

    return s->charset == SIMPLIFIED && s->names > 0 ? zh[measure]
                                                    : tb_measure_name((enum tb_measure)measure);
}

/* The same in a head, where a measure by its name may be one of the figure before it. */
static const char *measure_in_head(const struct style *s, int measure)
{
    const char *word = measure_word(s, measure);

    return strcmp(word, "同比") == 0 ? "当月同比" : strcmp(word, "上年同期") == 0 ? "上年同月" : word;
}

static const char *head_word(const struct style *s, enum what what)
{
    static const char *const zh[][2] = {
        [SERIAL] = { "序号", "编号" }, [UNIT] = { "单位名称", "地区" },
        [INDICATOR] = { "指标", "项目" }, [PERIOD] = { "报告期", "时间" },
        [MEASURE] = { "口径", "口径" }, [UOM] = { "计量单位", "计量单位" },
        [STATUS] = { "状态", "数据状态" }, [COMMENT] = { "备注", "备注" },
        [VALUE] = { "数值", "指标值" },
    };
    static const char *const en[][2] = {
        [SERIAL] = { "No.", "NO" }, [UNIT] = { "unit", "REF_AREA" },
        [INDICATOR] = { "indicator", "INDICATOR" }, [PERIOD] = { "period", "TIME_PERIOD" },
        [MEASURE] = { "measure", "MEASURE" }, [UOM] = { "UNIT_MEASURE", "unit_measure" },
        [STATUS] = { "OBS_STATUS", "obs_status" }, [COMMENT] = { "COMMENT", "comment" },
        [VALUE] = { "OBS_VALUE", "value" },
    };

    return s->charset == SIMPLIFIED ? zh[what][s->names > 0] : en[what][s->names > 0];
}

static const char *unit_text(struct hostile *h, int unit)
{
    const struct style *s = &h->style;
    bool code = s->names == 0 || (s->names == 2 && rng_chance(&h->rng, 50));

    return code ? world_units[unit].code : world_units[unit].name[s->charset];
}

static const char *indicator_text(struct hostile *h, int indicator)
{
    const struct style *s = &h->style;
    bool code = s->names == 0 || (s->names == 2 && rng_chance(&h->rng, 50));

    return code ? world_indicators[indicator].code : world_indicators[indicator].name[s->charset];
}

/* The unit of measure in which the values of an indicator are written, or NULL. */
static const char *uom_text(const struct style *s, int indicator, int measure)
{
    const struct world_indicator *of = &world_indicators[indicator];

    return is_level(measure) ? of->uom[s->uom[indicator]].name[s->charset]
                             : world_percents[s->percent].name[s->charset];
}

/* --- lines --- */

static void put(struct grid *grid, const char *text)
{
    size_t n = grid->line[grid->n].n;

    if (n < MAX_COLUMNS)
        grid->line[grid->n].cell[grid->line[grid->n].n++] = strdup(text ? text : "");
}

static void end_line(struct grid *grid)
{
    if (grid->n + 1 < MAX_LINES)
        grid->n++;
}

static void put_titles(struct hostile *h)
{
    const struct style *s = &h->style;
    const struct facts *f = &h->facts;
    struct tb_buf text = TB_BUF_INIT;
    const char *plain[] = { "Statistics of the city", "主要指标情况表", "REPORT" };

    if (s->titles) {
        put(&h->grid, plain[s->charset]);
        end_line(&h->grid);
    }
    if (s->unit_from == FROM_TITLE)
        tb_buf_printf(&text, "%s ", world_units[f->unit.at[0]].name[s->charset]);
    if (s->period_from == FROM_TITLE) {
        struct style within = *s; /* May-23 is found only where it stands alone */
        within.periods = s->periods == 5 ? 0 : s->periods;
        period_write(&within, f, f->period.at[0], &text);
    }
    if (s->indicator_from == FROM_TITLE && s->layout != INDICATORS_ACROSS)
        tb_buf_printf(&text, " %s", world_indicators[f->indicator.at[0]].name[s->charset]);
    if (text.len > 0) {
        put(&h->grid, tb_buf_text(&text));
        end_line(&h->grid);
    }
    tb_buf_release(&text);
}

/* Lines of "label: text", for cell:RnC2; the order is that of form_write. */
static void put_cells(struct hostile *h)
{
    const struct style *s = &h->style;
    const struct facts *f = &h->facts;
    struct tb_buf text = TB_BUF_INIT;

    if (s->unit_from == FROM_CELL) {
        put(&h->grid, "A:");
        put(&h->grid, unit_text(h, f->unit.at[0]));
        end_line(&h->grid);
    }
    if (s->period_from == FROM_CELL) {
        period_write(s, f, f->period.at[0], &text);
        put(&h->grid, "B:");
        put(&h->grid, tb_buf_text(&text));
        end_line(&h->grid);
    }
    if (s->indicator_from == FROM_CELL && s->layout != INDICATORS_ACROSS) {
        put(&h->grid, "C:");
        put(&h->grid, indicator_text(h, f->indicator.at[0]));
        end_line(&h->grid);
    }
    tb_buf_release(&text);
}

/* --- columns --- */

static size_t list_columns(const struct hostile *h, struct column columns[MAX_COLUMNS])
{
    const struct style *s = &h->style;
    const struct facts *f = &h->facts;
    size_t n = 0;

    if (s->serial)
        columns[n++] = (struct column){ SERIAL, -1, -1, -1, -1 };
    if (s->unit_from == FROM_COLUMN && s->layout != UNITS_ACROSS)
        columns[n++] = (struct column){ UNIT, -1, -1, -1, -1 };
    if (s->indicator_from == FROM_COLUMN && s->layout != INDICATORS_ACROSS)
        columns[n++] = (struct column){ INDICATOR, -1, -1, -1, -1 };
    if (s->period_from == FROM_COLUMN && s->layout != PERIODS_ACROSS)
        columns[n++] = (struct column){ PERIOD, -1, -1, -1, -1 };
    if (s->measure_column)
        columns[n++] = (struct column){ MEASURE, -1, -1, -1, -1 };
    if (s->said == UOM_IN_ROW)
        columns[n++] = (struct column){ UOM, -1, -1, -1, -1 };
    if (s->status_column)
        columns[n++] = (struct column){ STATUS, -1, -1, -1, -1 };
    if (s->comment_column)
        columns[n++] = (struct column){ COMMENT, -1, -1, -1, -1 };
    if (s->layout == LONG)
        columns[n++] = (struct column){ VALUE, -1, -1, -1, -1 };
    for (int p = 0; s->layout == PERIODS_ACROSS && p < (int)f->period.n; p++)
        columns[n++] = (struct column){ VALUE, -1, -1, p, -1 };
    for (int u = 0; s->layout == UNITS_ACROSS && u < (int)f->unit.n; u++)
        columns[n++] = (struct column){ VALUE, -1, -1, -1, u };
    for (int i = 0; s->layout == INDICATORS_ACROSS && i < (int)f->indicator.n; i++)
        for (int m = 0; m < (int)f->measure.n; m++)
            columns[n++] = (struct column){ VALUE, i, m, -1, -1 };
    return n;
}

static void shuffle(struct rng *rng, struct column columns[], size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        size_t pick = i + rng_below(rng, n - i);
        struct column swap = columns[i];
        columns[i] = columns[pick];
        columns[pick] = swap;
    }
}

/* inv, 固定资产投资_累计同比(%), Investment (ytd, yuan) */
static void indicator_head(struct hostile *h, const struct column *column, struct tb_buf *out)
{
    const struct style *s = &h->style;
    int indicator = h->facts.indicator.at[column->indicator];
    int measure = h->facts.measure.at[column->measure];
    bool says_measure = h->facts.measure.n > 1 || s->names == 1;
    const char *uom = s->said == UOM_IN_HEAD ? uom_text(s, indicator, measure) : NULL;

    const char *word = measure_in_head(s, measure);
    bool codes = says_measure && word == tb_measure_name((enum tb_measure)measure);

    /* A measure's code says which one it is only behind the code of the indicator. */
    tb_buf_puts(out, codes ? world_indicators[indicator].code : indicator_text(h, indicator));
    if (s->spans)
        says_measure = false;
    if (says_measure && s->periods % 2) {
        tb_buf_printf(out, "_%s", word);
        says_measure = false;
    }
    if (says_measure)
        tb_buf_printf(out, "(%s%s%s)", word, uom ? "," : "", uom ? uom : "");
    else if (uom)
        tb_buf_printf(out, "(%s)", uom);
}

static void put_header(struct hostile *h, const struct column columns[], size_t n)
{
    struct tb_buf text = TB_BUF_INIT;

    for (size_t c = 0; c < n; c++) {
        tb_buf_clear(&text);
        if (columns[c].what != VALUE || h->style.layout == LONG)
            tb_buf_puts(&text, head_word(&h->style, columns[c].what));
        else if (h->style.layout == PERIODS_ACROSS)
            period_write(&h->style, &h->facts, h->facts.period.at[columns[c].period], &text);
        else if (h->style.layout == UNITS_ACROSS)
            tb_buf_puts(&text, unit_text(h, h->facts.unit.at[columns[c].unit]));
        else
            indicator_head(h, &columns[c], &text);
        put(&h->grid, tb_buf_text(&text));
    }
    tb_buf_release(&text);
    end_line(&h->grid);
}

/* --- rows --- */

static const char *missing_word(struct hostile *h, uint8_t status)
{
    static const char *const zh[][3] = {
        { "未报", "缺报", "未上报" }, { "不适用", "N/A", "n/a" },
        { "-", "…", "缺失" }, { "保密", "保密", "保密" },
    };
    static const char *const en[][3] = {
        { "not reported", "Not reported", "not reported" }, { "N/A", "n/a", "not applicable" },
        { "-", "...", "NA" }, { "(D)", "confidential", "(d)" },
    };

    size_t kind = (size_t)status - TB_STATUS_L, pick = rng_below(&h->rng, 3);

    return h->style.charset == SIMPLIFIED ? zh[kind][pick] : en[kind][pick];
}

/* What stands behind a number: its status, and a mark of a footnote. */
static void put_flag(struct hostile *h, uint8_t status, bool apart, struct tb_buf *out)
{
    static const char *const provisional[] = { "p", " p", " (p)", "[P]" };
    static const char *const estimated[] = { "e", " e", "(e)", " est." };
    static const char *const zh[] = { "（初步）", "(预计数)" };
    static const char *const marks[] = { "*", "[1]", "(2)", "①" };
    const struct style *s = &h->style;
    size_t how = (apart ? 1 : 0) + rng_below(&h->rng, apart ? 2 : 4);

    if (!s->status_column && status != TB_STATUS_A && s->charset == SIMPLIFIED && how > 1)
        tb_buf_puts(out, zh[status == TB_STATUS_E]);
    else if (!s->status_column && status != TB_STATUS_A)
        tb_buf_puts(out, (status == TB_STATUS_P ? provisional : estimated)[how]);
    if (s->marks && rng_chance(&h->rng, 40))
        tb_buf_puts(out, marks[rng_below(&h->rng, s->charset == SIMPLIFIED ? 4 : 3)]);
}

static void value_text(struct hostile *h, const struct place *at, struct tb_buf *out)
{
    const struct style *s = &h->style;
    const struct value *v = &h->facts.cell[at->unit][at->indicator][at->measure][at->period];
    int indicator = h->facts.indicator.at[at->indicator];
    int measure = h->facts.measure.at[at->measure];
    struct tb_decimal number = v->number;

    if (!v->there || (!tb_status_has_value(v->status) && s->status_column))
        return;
    if (!tb_status_has_value(v->status)) {
        tb_buf_puts(out, missing_word(h, v->status));
        return;
    }
    if (is_level(measure))
        (void)tb_decimal_shift(number, world_indicators[indicator].uom[s->uom[indicator]].power,
                               &number);
    number_write(&h->rng, s, number, out);
    const char *uom = s->said == UOM_BESIDE ? uom_text(s, indicator, measure) : NULL;
    if (uom)
        tb_buf_printf(out, "%s%s", rng_chance(&h->rng, 50) ? " " : "", uom);
    put_flag(h, v->status, uom != NULL, out);
    if (s->blanks && rng_chance(&h->rng, 30))
        tb_buf_putc(out, ' ');
}

static void comment_text(struct hostile *h, struct tb_buf *out)
{
    static const char *const comments[] = { "", "preliminary", "see \"notes\"", "a,b;c|d\te",
                                            "two\nlines", "'" };

    tb_buf_puts(out, comments[rng_below(&h->rng, sizeof comments / sizeof *comments)]);
}

static void put_cell(struct hostile *h, const struct column *column, const struct place *row,
                     size_t number)
{
    const struct style *s = &h->style;
    struct tb_buf text = TB_BUF_INIT;
    struct place at = *row;
    const struct facts *f = &h->facts;

    switch (column->what) {
    case SERIAL:
        tb_buf_printf(&text, "%zu", number);
        break;
    case UNIT:
        tb_buf_puts(&text, unit_text(h, f->unit.at[at.unit]));
        break;
    case INDICATOR:
        tb_buf_puts(&text, indicator_text(h, f->indicator.at[at.indicator]));
        break;
    case PERIOD:
        period_write(s, f, f->period.at[at.period], &text);
        break;
    case MEASURE:
        tb_buf_puts(&text, measure_word(s, f->measure.at[at.measure]));
        break;
    case UOM: {
        const char *uom = uom_text(s, f->indicator.at[at.indicator], f->measure.at[at.measure]);
        tb_buf_puts(&text, uom ? uom : "");
        break;
    }
    case STATUS: {
        const struct value *v = &f->cell[at.unit][at.indicator][at.measure][at.period];
        if (v->there)
            tb_buf_putc(&text, tb_status_code(v->status));
        break;
    }
    case COMMENT:
        comment_text(h, &text);
        break;
    case VALUE:
        at.indicator = column->indicator >= 0 ? column->indicator : at.indicator;
        at.measure = column->measure >= 0 ? column->measure : at.measure;
        at.period = column->period >= 0 ? column->period : at.period;
        at.unit = column->unit >= 0 ? column->unit : at.unit;
        value_text(h, &at, &text);
        break;
    }
    put(&h->grid, tb_buf_text(&text));
    tb_buf_release(&text);
}

static void put_total(struct hostile *h, const struct column columns[], size_t n)
{
    const char *word = h->style.charset == SIMPLIFIED ? "合计" : "Total";

    for (size_t c = 0; c < n; c++)
        put(&h->grid, columns[c].what == UNIT ? word : columns[c].what == VALUE ? "987654321" : "");
    end_line(&h->grid);
}

static void put_dirt(struct hostile *h, const struct column columns[], size_t n)
{
    const struct style *s = &h->style;

    if (s->blank_lines && rng_chance(&h->rng, 20)) {
        for (size_t c = rng_below(&h->rng, 2) * n; c > 0; c--)
            put(&h->grid, "");
        end_line(&h->grid);
    }
    if (s->totals && s->unit_from == FROM_COLUMN && s->layout != UNITS_ACROSS && rng_chance(&h->rng, 10))
        put_total(h, columns, n);
    if (s->header_again && n > 1 && rng_chance(&h->rng, 10)) {
        size_t header = h->grid.header;
        for (size_t c = 0; c < h->grid.line[header].n; c++)
            put(&h->grid, h->grid.line[header].cell[c]);
        end_line(&h->grid);
    }
}

/* Every combination of the axes that run down. */
static size_t list_rows(const struct hostile *h, struct place rows[])
{
    const struct facts *f = &h->facts;
    int units = (int)f->unit.n, indicators = (int)f->indicator.n;
    int measures = (int)f->measure.n, periods = (int)f->period.n;
    size_t n = 0;

    if (h->style.layout == INDICATORS_ACROSS)
        indicators = measures = 1;
    if (h->style.layout == PERIODS_ACROSS)
        periods = 1;
    if (h->style.layout == UNITS_ACROSS)
        units = 1;
    for (int u = 0; u < units; u++)
        for (int i = 0; i < indicators; i++)
            for (int m = 0; m < measures; m++)
                for (int p = 0; p < periods; p++)
                    rows[n++] = (struct place){ u, i, m, p };
    return n;
}

void grid_write(struct hostile *h)
{
    struct column columns[MAX_COLUMNS];
    struct place *rows = calloc(MAX_LINES, sizeof *rows);
    size_t n_columns = list_columns(h, columns), n_rows = list_rows(h, rows);

    put_cells(h);
    put_titles(h);
    shuffle(&h->rng, columns, n_columns);
    h->grid.header = h->grid.n;
    put_header(h, columns, n_columns);
    for (size_t r = 0; r < n_rows; r++) {
        put_dirt(h, columns, n_columns);
        for (size_t c = 0; c < n_columns; c++)
            put_cell(h, &columns[c], &rows[r], r + 1);
        end_line(&h->grid);
    }
    if (h->style.notes) {
        put(&h->grid, h->style.charset == SIMPLIFIED ? "注：初步数" : "Note: preliminary");
        end_line(&h->grid);
    }
    free(rows);
}
