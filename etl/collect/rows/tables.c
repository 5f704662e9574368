/* tables.c - where another table begins in a file. */
#include "collect/rows/tables.h"

#include <stdlib.h>
#include <string.h>

#include "collect/cell/cell.h"
#include "collect/header/form.h"
#include "collect/header/roles.h"
#include "collect/rows/rows.h"
#include "collect/header/sample.h"
#include "collect/header/title_uom.h"
#include "collect/rows/unclear.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

enum { SAMPLE_ROWS = 60, MISSES_MAX = 64 };

void tb_tables_release(struct tb_tables *tables)
{
    for (size_t i = 0; i < tables->n_more; i++) {
        tb_plan_release(tables->more[i]);
        free(tables->more[i]);
    }
    free(tables->more);
    *tables = (struct tb_tables){ 0 };
}

void tb_tables_start(struct tb_reading *r, const struct tb_csv *csv, char delimiter)
{
    struct tb_tables *tables = &r->tables;

    tables->first = tables->first ? tables->first : r->plan;
    r->plan = tables->first;
    tables->csv = csv;
    tables->delimiter = delimiter;
    tables->n_titles = tables->n_misses = 0;
    tables->lost = tables->titled = tables->apart = false;
}

void tb_tables_title(struct tb_reading *r, const struct tb_csv_record *record)
{
    struct tb_tables *tables = &r->tables;
    struct tb_buf *text = &r->scratch;

    tables->titled |= tb_row_is_title(r, record);
    if (tables->n_titles == TB_TITLES_MAX)
        return;
    for (size_t c = 0; c < record->n_fields; c++) {
        tb_buf_clear(text);
        tb_text_normalise(record->field[c].text, record->field[c].len, text);
        if (text->len == 0 || text->len >= TB_TITLE_TEXT || tables->n_titles == TB_TITLES_MAX)
            continue;
        memcpy(tables->title[tables->n_titles].text, text->data, text->len + 1);
        tables->title[tables->n_titles++].line = record->line;
    }
}

void tb_tables_rows(struct tb_reading *r)
{
    r->tables.n_titles = 0;
    r->tables.titled = false;
}

void tb_tables_sheet(struct tb_reading *r, const struct tb_csv_record *record)
{
    tb_tables_rows(r);
    tb_tables_title(r, record);
    if (!r->plan->form->headless)
        r->tables.titled = r->tables.apart = r->tables.lost = true;
}

/* True when the row names a unit or a period where such stand: it is of this table. */
static bool names_some(struct tb_reading *r, const struct tb_csv_record *record)
{
    int unit = r->plan->role[TB_ROLE_UNIT], period = r->plan->role[TB_ROLE_PERIOD];
    size_t n = record->n_fields;
    const struct tb_csv_field *field = record->field;

    return (unit >= 0 && (size_t)unit < n &&
            tb_code_unit(&r->coder, field[unit].text, field[unit].len) >= 0) ||
           (period >= 0 && (size_t)period < n &&
            tb_code_period(&r->coder, field[period].text, field[period].len) >= 0);
}

/* Heads, and no number: one that usually names a dimension, or two indicators. */
static bool looks_like_heads(struct tb_reading *r, const struct tb_csv_record *record)
{
    size_t n_usual = 0, n_indicators = 0, n_filled = 0;

    for (size_t c = 0; c < record->n_fields; c++) {
        const struct tb_csv_field *field = &record->field[c];
        const struct tb_cell_rules rules = { r->profile, tb_plan_decimal_comma(r->plan) };
        struct tb_cell cell;
        struct tb_period_read period;
        if (tb_row_is_blank(r, field))
            continue;
        tb_cell_value(field->text, field->len, &rules, &r->scratch, &cell);
        if (cell.kind != TB_CELL_BAD && !tb_period_parse(field->text, field->len, &period))
            return false;
        n_filled++;
        n_usual += tb_role_is_usual(r->profile, field->text) ||
                   tb_title_uom_is_statement(field->text);
        n_indicators += tb_profile_indicator(r->profile, field->text, field->len) >= 0;
    }
    return n_filled > 1 && (n_usual > 0 || n_indicators > 1);
}

/* The heads of this table once more, of which some may be spoilt. */
static bool repeats_heads(struct tb_reading *r, const struct tb_csv_record *record)
{
    const struct tb_plan *plan = r->plan;
    struct tb_alike alike = { 0 };

    for (size_t c = 0; c < record->n_fields; c++)
        tb_heads_compare(r->profile, c < plan->n_heads ? plan->head[c] : "",
                         record->field[c].text, &alike);
    return tb_heads_alike(&alike);
}

/* The titles, then the rows from the header on, with their lines in the file; *header is
 * the place of its first row. */
static int take_sample(struct tb_reading *r, const struct tb_csv_record *record,
                       struct tb_sample *sample, size_t *header, struct tb_error *err)
{
    const struct tb_tables *tables = &r->tables;
    const char *text;
    size_t len;

    tb_csv_ahead(tables->csv, &text, &len);
    if (tb_sample_take(sample, r->profile, text, len, tables->first->form, tables->first->converted,
                       tables->delimiter, SAMPLE_ROWS, err) < 0)
        return -1;
    size_t n_titles = 0;
    struct tb_sample_row *row =
        tb_arena_alloc(&sample->arena, sample->n + tables->n_titles, sizeof *row);
    const char **cell = tb_arena_alloc(&sample->arena, tables->n_titles + 1, sizeof *cell);
    for (size_t i = 0; row && cell && i < tables->n_titles; i++) {
        uint32_t line = tables->title[i].line;
        cell[i] = tables->title[i].text;
        /* Cells of one line stay beside each other. */
        if (n_titles > 0 && row[n_titles - 1].line == line)
            row[n_titles - 1].n++;
        else
            row[n_titles++] = (struct tb_sample_row){ &cell[i], 1, line, line };
    }
    if (!row || !cell) {
        tb_sample_release(sample);
        return tb_error_set(err, "out of memory for another table");
    }
    for (size_t i = 0; i < sample->n; i++) {
        row[n_titles + i] = sample->row[i];
        row[n_titles + i].line += record->line - 1;
        row[n_titles + i].end += record->line - 1;
    }
    *header = n_titles;
    sample->row = row;
    sample->n += n_titles;
    return 0;
}

/* What was ignored above the header was its titles. */
static int mark_titles(struct tb_reading *r, struct tb_error *err)
{
    for (size_t i = 0; i < r->tables.n_titles; i++)
        if (tb_summary_title(r->summary, r->tables.title[i].line, err) < 0)
            return -1;
    return 0;
}

/* The reading goes on with another plan. */
static int go_on(struct tb_reading *r, struct tb_plan *plan, struct tb_error *err)
{
    struct tb_tables *tables = &r->tables;
    struct tb_map *qualified = tb_map_new();
    struct tb_plan **grown =
        tb_grow(tables->more, tables->n_more, &tables->more_capacity, sizeof *grown);

    tables->more = grown ? grown : tables->more;
    if (!grown || !qualified || tb_totals_end_table(r, err) < 0 ||
        tb_stated_end_table(r, err) < 0 || mark_titles(r, err) < 0) {
        tb_map_free(qualified);
        return tb_error_set(err, "out of memory for another table");
    }
    grown[tables->n_more++] = plan;
    tb_tables_rows(r);
    tb_between_release(&r->between); /* its titles say it */
    tables->lost = tables->apart = false;
    tb_map_free(r->qualified);
    r->qualified = qualified;
    r->n_meanings = 0;
    r->plan = plan;
    tb_section_start(&r->section);
    r->labels = (struct tb_label_group){ 0 };
    tb_coder_set_year(&r->coder, plan->year);
    return 1;
}

/* The plan of a table that begins here: 1, in *plan; 0, -1. */
static int plan_here(struct tb_reading *r, const struct tb_csv_record *record,
                     struct tb_plan **plan, struct tb_error *err)
{
    const struct tb_tables *tables = &r->tables;
    struct tb_sample sample;
    size_t header = 0;

    *plan = calloc(1, sizeof **plan);
    if (!*plan)
        return tb_error_set(err, "out of memory for another table");
    struct tb_sheet_mark mark;
    bool on_sheet = tb_sheet_mark_read(tb_buf_text(&r->sheets.now), r->sheets.now.len, &mark);
    int found = take_sample(r, record, &sample, &header, err);
    if (found == 0) {
        found = tb_form_next_table(r->profile, tables->first, &sample, header,
                                   tables->apart, on_sheet ? &mark : NULL, *plan, err);
        tb_sample_release(&sample);
    }
    if (found <= 0) {
        free(*plan);
        *plan = NULL;
    }
    return found;
}

static void discard(struct tb_plan *plan)
{
    tb_plan_release(plan);
    free(plan);
}

static bool same_period(const struct tb_plan *a, const struct tb_plan *b)
{
    const struct tb_period_read *p = &a->period, *q = &b->period;

    return a->has_period == b->has_period &&
           (!a->has_period ||
            (p->period.freq == q->period.freq && p->period.index == q->period.index &&
             p->cumulative == q->cumulative && p->until == q->until));
}

/* True when both say the same of all rows: one table on two pages. */
static bool says_the_same(const struct tb_plan *a, const struct tb_plan *b)
{
    bool same = a->form == b->form && a->unit == b->unit && a->indicator == b->indicator &&
                a->year == b->year && same_period(a, b);

    return same && tb_title_uoms_same(&a->title_uoms, &b->title_uoms);
}

int tb_tables_again(struct tb_reading *r, const struct tb_csv_record *record, struct tb_error *err)
{
    struct tb_tables *tables = &r->tables;
    struct tb_plan *plan;

    if (!tables->titled || r->plan->form->headless)
        return 0;
    int found = plan_here(r, record, &plan, err);
    if (found <= 0)
        return found < 0 ? -1 : 2;
    if (!tables->apart && says_the_same(r->plan, plan)) {
        discard(plan);
        tb_tables_rows(r);
        return 0;
    }
    found = go_on(r, plan, err);
    if (found < 0)
        discard(plan);
    return found;
}

int tb_tables_look(struct tb_reading *r, const struct tb_csv_record *record, struct tb_error *err)
{
    struct tb_tables *tables = &r->tables;
    struct tb_plan *plan;

    if (r->plan->form->headless || names_some(r, record) || !looks_like_heads(r, record) || repeats_heads(r, record))
        return 0;
    if (tables->n_misses >= MISSES_MAX)
        return 2;
    int found = plan_here(r, record, &plan, err);
    if (found > 0) {
        found = go_on(r, plan, err);
        if (found < 0)
            discard(plan);
    }
    if (found != 0)
        return found;
    tables->n_misses++;
    return 2;
}
