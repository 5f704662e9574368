/* quality_cells.c - the part of data-quality.md that accounts for every cell: what was
 * submitted, what became of it, what was estimated. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/estimate.h"
#include "tongbao/table.h"

enum { ESTIMATES_LISTED = 60, UNITS_LISTED = 60 };

/* The columns of cells.csv that are shown, with their heads. */
static const struct {
    const char *name, *zh, *en;
} counts[] = {
    { "arrived", "收到", "Arrived" },         { "repeated", "重复", "Repeated" },
    { "replaced", "被替换", "Replaced" },     { "deleted", "撤回", "Taken back" },
    { "submitted", "报送格", "Cells before" }, { "unchanged", "原样", "Unchanged" },
    { "converted", "换算", "Converted" },     { "corrected", "更正", "Corrected" },
    { "held", "扣留", "Held" },               { "missing", "注明缺", "Said missing" },
    { "derived", "推导", "Derived" },         { "imputed", "推算", "Imputed" },
    { "after", "可用格", "Cells after" },
};

enum { N_COUNTS = sizeof counts / sizeof *counts };

struct line {
    long long n[N_COUNTS];
};

static void begin(const struct tb_writer *w, const char *zh, const char *en,
                  struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, zh, en), false);
    for (size_t c = 0; c < N_COUNTS; c++)
        tb_mdtable_column(table, tb_say(w, counts[c].zh, counts[c].en), true);
}

static void put_line(const char *name, const struct line *line, struct tb_mdtable *table)
{
    tb_mdtable_cell(table, name);
    for (size_t c = 0; c < N_COUNTS; c++)
        tb_mdtable_int(table, line->n[c]);
}

static bool is_empty(const struct line *line)
{
    for (size_t c = 0; c < N_COUNTS; c++)
        if (line->n[c])
            return false;
    return true;
}

/* Adds a row of cells.csv to a line. */
static void add(const struct tb_table *t, size_t row, struct line *line)
{
    for (size_t c = 0; c < N_COUNTS; c++)
        line->n[c] += strtoll(tb_table_get(t, row, counts[c].name), NULL, 10);
}

/* One line for each indicator and one for each unit; all of them together last. */
static void put_lines(const struct tb_writer *w, const struct line *by_indicator,
                      const struct line *by_unit, const struct line *all, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    begin(w, "指标", "Indicator", &table);
    for (size_t i = 0; i < p->n_indicators; i++)
        if (!is_empty(&by_indicator[i]))
            put_line(tb_name_of_indicator(w, (int32_t)i), &by_indicator[i], &table);
    if (!is_empty(all))
        put_line(tb_say(w, "合计", "All"), all, &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "cells_by_indicator", &text);
    begin(w, "单位", "Unit", &table);
    for (size_t u = 0; u < p->n_units; u++)
        if (!is_empty(&by_unit[u]) && n++ < UNITS_LISTED)
            put_line(tb_name_of_unit(w, (int32_t)u), &by_unit[u], &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "cells_by_unit", &text);
    tb_view_flag(view, "cells_cut", n > UNITS_LISTED);
    tb_buf_release(&text);
}

int tb_put_cells(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_table *t = w->report->table.cells;
    struct line *by_indicator = calloc(p->n_indicators + 1, sizeof *by_indicator);
    struct line *by_unit = calloc(p->n_units + 1, sizeof *by_unit);
    struct line all = { { 0 } };

    if (!by_indicator || !by_unit) {
        free(by_indicator);
        free(by_unit);
        return -1;
    }
    for (size_t row = 0; t && row < tb_table_rows(t); row++) {
        const char *unit = tb_table_get(t, row, "unit");
        const char *indicator = tb_table_get(t, row, "indicator");
        int32_t u = tb_profile_unit(p, unit, strlen(unit));
        int32_t i = tb_profile_indicator(p, indicator, strlen(indicator));
        if (u >= 0)
            add(t, row, &by_unit[u]);
        if (i >= 0)
            add(t, row, &by_indicator[i]);
        add(t, row, &all);
    }
    put_lines(w, by_indicator, by_unit, &all, view);
    free(by_indicator);
    free(by_unit);
    return 0;
}

static void put_estimate(const struct tb_writer *w, size_t i, struct tb_buf *text,
                         struct tb_mdtable *table)
{
    const struct tb_table *t = w->report->table.estimates;
    const struct tb_profile *p = w->report->profile;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    const char *group = tb_table_get(t, i, "group");
    int32_t u = tb_profile_unit(p, unit, strlen(unit));
    int32_t k = tb_profile_indicator(p, ind, strlen(ind));
    int32_t g = tb_profile_group(p, group, strlen(group));

    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
    tb_mdtable_cell(table, tb_table_get(t, i, "period"));
    tb_mdtable_cell(table, tb_table_get(t, i, "value"));
    tb_estimate_words(t, i, g >= 0 ? tb_name_of_group(w, g) : group, w->style.lang, text);
    tb_mdtable_buf(table, text);
    tb_mdtable_cell(table, tb_table_get(t, i, "decided"));
    tb_mdtable_cell(table, tb_table_get(t, i, "who"));
    tb_mdtable_cell(table, tb_table_get(t, i, "reason"));
}

void tb_put_estimates(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.estimates;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t shown = 0;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "推算数", "Figure"), true);
    tb_mdtable_column(&table, tb_say(w, "推算办法", "How"), false);
    tb_mdtable_column(&table, tb_say(w, "决定日期", "Decided"), false);
    tb_mdtable_column(&table, tb_say(w, "决定人", "By"), false);
    tb_mdtable_column(&table, tb_say(w, "理由", "Reason"), false);
    for (size_t i = 0; t && i < tb_table_rows(t) && shown < ESTIMATES_LISTED; i++) {
        if (!tb_ends_within(w, tb_table_get(t, i, "period")))
            continue;
        put_estimate(w, i, &text, &table);
        shown++;
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "estimates", &text);
    tb_view_int(view, "n_estimates", (long long)(t ? tb_table_rows(t) : 0));
    tb_view_int(view, "n_estimates_shown", (long long)shown);
    tb_buf_release(&text);
}
