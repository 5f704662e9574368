/* need.c - the nearest form, and what the heads of a file lack for it. */
#include "collect/header/need.h"

#include <string.h>

#include "collect/header/head.h"
#include "collect/header/header.h"
#include "collect/header/roles.h"
#include "collect/header/sample.h"

void tb_need_release(struct tb_need *need)
{
    tb_buf_release(&need->text);
    *need = (struct tb_need){ 0 };
}

/* What the heads of one row say, by kind. */
struct heads {
    size_t n_role[TB_N_ROLES];
    size_t n_known, n_indicators, n_periods, n_units, n_values;
};

static void count_head(const struct tb_profile *profile, const struct tb_form *form,
                       const char *cell, struct heads *out)
{
    struct tb_arena arena = TB_ARENA_INIT;
    struct tb_period_read period;
    struct tb_meaning meaning;
    int role = tb_role_of_head(profile, cell);
    enum tb_head_kind kind = tb_head_read(profile, form, cell, &arena, &meaning);
    bool is_period = tb_period_parse(cell, strlen(cell), &period);
    bool is_unit = form->layout == TB_LAYOUT_UNITS_ACROSS &&
                   tb_profile_unit(profile, cell, strlen(cell)) != TB_NONE;
    bool is_value = tb_planner_is_value_head(profile, cell) || kind == TB_HEAD_MEASURE;

    if (role >= 0 && role < TB_N_ROLES)
        out->n_role[role]++;
    out->n_indicators += kind == TB_HEAD_KNOWN;
    out->n_periods += is_period;
    out->n_units += is_unit;
    out->n_values += is_value;
    out->n_known += role >= 0 || kind == TB_HEAD_KNOWN || is_period || is_unit || is_value;
    tb_arena_release(&arena);
}

static struct heads count_heads(const struct tb_profile *profile, const struct tb_form *form,
                                const struct tb_sample *sample, size_t row)
{
    struct heads heads = { .n_known = 0 };

    for (size_t c = 0; c < sample->row[row].n; c++) {
        const char *cell = tb_sample_cell(sample, row, c);
        if (cell[0])
            count_head(profile, form, cell, &heads);
    }
    return heads;
}

/* The row most like a header: that of the declared line, or the one of which most is known. */
static size_t likely_row(const struct tb_profile *profile, const struct tb_form *form,
                         const struct tb_sample *sample, struct heads *out)
{
    size_t likely = sample->n;

    for (size_t r = 0; r < sample->n; r++) {
        const struct tb_sample_row *row = &sample->row[r];
        uint32_t line = form->header + sample->base;
        if (form->header > 0 && (line < row->line || line > row->end))
            continue;
        struct heads heads = count_heads(profile, form, sample, r);
        if (likely == sample->n || heads.n_known > out->n_known) {
            likely = r;
            *out = heads;
        }
    }
    return likely;
}

static bool has_head(const struct tb_profile *profile, const struct tb_sample *sample, size_t row,
                     const char *head)
{
    for (size_t c = 0; row < sample->n && c < sample->row[row].n; c++) {
        if (tb_same_name(profile, tb_sample_cell(sample, row, c), head))
            return true;
    }
    return false;
}

/* One thing that is needed. */
static void want(bool there, const char *what, size_t *n_lacking, struct tb_buf *out)
{
    if (there)
        return;
    tb_buf_printf(out, "%s%s", *n_lacking ? ", " : "", what);
    (*n_lacking)++;
}

/* A dimension: the column that the form names, or (usual) any of its usual heads. */
static void want_dimension(const struct tb_profile *profile, const struct tb_sample *sample,
                           size_t row, const struct tb_source_of *from, bool there, const char *what,
                           size_t *n_lacking, struct tb_buf *out)
{
    if (from->kind != TB_FROM_COLUMN)
        return;
    if (from->text)
        want(has_head(profile, sample, row, from->text), from->text, n_lacking, out);
    else
        want(there, what, n_lacking, out);
}

static size_t list_lacking(const struct tb_profile *profile, const struct tb_form *form,
                           const struct tb_sample *sample, size_t row, const struct heads *heads,
                           struct tb_buf *out)
{
    static const char unit[] = "单位 REF_AREA", indicator[] = "指标 INDICATOR",
                      period[] = "报告期 TIME_PERIOD";
    size_t n = 0;
    if (sample->n == 0 && form->sheets.n > 0) {
        tb_buf_puts(out, "工作表 sheet");
        for (size_t i = 0; i < form->sheets.n; i++)
            tb_buf_printf(out, " %s", form->sheets.item[i]);
        return 1;
    }
    bool has_unit = heads->n_role[TB_ROLE_UNIT] > 0;
    bool has_period = heads->n_role[TB_ROLE_PERIOD] > 0;
    bool has_indicator = heads->n_role[TB_ROLE_INDICATOR] > 0;
    enum tb_layout layout = form->layout;

    if (layout != TB_LAYOUT_UNITS_ACROSS)
        want_dimension(profile, sample, row, &form->unit_from,
                       has_unit || (layout == TB_LAYOUT_INDICATORS_ACROSS && has_period), unit, &n,
                       out);
    if (layout == TB_LAYOUT_LONG || layout == TB_LAYOUT_UNITS_ACROSS)
        want_dimension(profile, sample, row, &form->indicator_from,
                       has_indicator || form->n_columns > 0, indicator, &n, out);
    if (layout == TB_LAYOUT_LONG)
        want_dimension(profile, sample, row, &form->period_from, has_period, period, &n, out);
    if (form->qualifier)
        want(has_head(profile, sample, row, form->qualifier), form->qualifier, &n, out);
    if (layout == TB_LAYOUT_LONG)
        want(heads->n_values + heads->n_indicators > 0, "数值 OBS_VALUE", &n, out);
    else if (layout == TB_LAYOUT_INDICATORS_ACROSS)
        want(heads->n_indicators > 0, "至少一个指标名 an indicator", &n, out);
    else if (layout == TB_LAYOUT_PERIODS_ACROSS)
        want(heads->n_periods > 0, "至少一个时期 a period, 2023-05", &n, out);
    else
        want(heads->n_units > 0, "至少一个单位名 a unit", &n, out);
    return n;
}

void tb_need_look(struct tb_need *need, const struct tb_profile *profile,
                  const struct tb_form *form, const struct tb_sample *sample)
{
    struct heads heads = { .n_known = 0 };
    struct tb_buf lacking = TB_BUF_INIT;
    size_t row = likely_row(profile, form, sample, &heads);
    bool no_line = row == sample->n || heads.n_known == 0;
    size_t n_lacking = list_lacking(profile, form, sample, row, &heads, &lacking);

    /* All of it is there, but not together, as where titles must say the rest. */
    if (n_lacking == 0) {
        const struct heads none = { .n_known = 0 };
        struct tb_form any = *form;
        any.n_columns = 0;
        list_lacking(profile, &any, sample, sample->n, &none, &lacking);
    }
    bool nearer = !need->known || n_lacking < need->n_lacking ||
                  (n_lacking == need->n_lacking && heads.n_known > need->n_found);
    if (nearer) {
        tb_buf_clear(&need->text);
        tb_buf_puts(&need->text, form->code);
        if (form->header > 0)
            tb_buf_printf(&need->text, ", 第 %u 行 line %u", (unsigned)form->header,
                          (unsigned)form->header);
        else if (!no_line)
            tb_buf_printf(&need->text, ", 第 %u 行 line %u", (unsigned)sample->row[row].line,
                          (unsigned)sample->row[row].line);
        tb_buf_printf(&need->text, ": %s", tb_buf_text(&lacking));
        need->known = true;
        need->n_lacking = n_lacking;
        need->n_found = heads.n_known;
    }
    tb_buf_release(&lacking);
}
