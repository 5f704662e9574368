/* table.c - a CSV table with a header, read whole into an arena.
 *
 * Cells are kept trimmed, with the place where their text begins, so that a
 * mistake inside a cell can be pointed at.  The apostrophe that csv_write.c
 * puts before a text which a spreadsheet would run is taken off again.
 */
#include "tongbao/table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/arena.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/infile.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

struct cell {
    const char *text;
    uint32_t column; /* characters from 1 */
};

struct row {
    size_t first; /* cell */
    size_t n;
    uint32_t line;
};

struct tb_table {
    struct tb_arena arena;
    const char *file;
    struct cell *cell;
    size_t n_cells, cells_capacity;
    struct row *row; /* row[0] is the header */
    size_t n_rows, rows_capacity;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* `subject` is the text at fault, or NULL. */
static void report(struct tb_diag *diag, const struct tb_table *table, uint32_t line,
                   uint32_t column, const char *what, const char *subject)
{
    struct tb_place place = { .file = table->file, .line = line, .column = column };

    if (diag && subject)
        tb_diag_at(diag, TB_ERROR, &place, "%s '%s'", what, subject);
    else if (diag)
        tb_diag_at(diag, TB_ERROR, &place, "%s", what);
}

/* The length of what a spreadsheet needed and a reader does not: one apostrophe. */
static size_t guard_ahead(const char *text, size_t len)
{
    return len > 1 && text[0] == '\'' && strchr("=+-@\t\r", text[1]) ? 1 : 0;
}

/* Trims the field and keeps it; `column` is where its first byte stands. */
static bool keep_cell(struct tb_table *table, const struct tb_csv_field *field, uint32_t column)
{
    const char *text = field->text;
    size_t len = field->len;

    while (len > 0 && is_blank(text[len - 1]))
        len--;
    while (len > 0 && is_blank(*text)) {
        text++;
        len--;
        column++;
    }
    size_t guard = guard_ahead(text, len);
    struct cell *grown =
        tb_grow(table->cell, table->n_cells, &table->cells_capacity, sizeof *grown);
    if (!grown)
        return false;
    table->cell = grown;
    const char *kept =
        len == guard ? "" : tb_arena_memdup(&table->arena, text + guard, len - guard);
    if (!kept)
        return false;
    table->cell[table->n_cells++] =
        (struct cell){ .text = kept, .column = column + (uint32_t)guard };
    return true;
}

/* Where the field behind this one starts, in characters of its line. */
static uint32_t column_behind(const struct tb_csv_field *field, uint32_t column)
{
    size_t quotes = field->quoted ? 2 : 0, start = 0;

    for (size_t i = 0; i < field->len; i++) {
        if (field->text[i] == '\n') {
            start = i + 1;
            column = 1;
            quotes = 1; /* only the closing one stands on this line */
        } else if (field->text[i] == '"' && field->quoted) {
            quotes++; /* written twice */
        }
    }
    return column + (uint32_t)(tb_text_chars(field->text + start, field->len - start) + quotes + 1);
}

static int add_record(struct tb_table *table, const struct tb_csv_record *record,
                      struct tb_error *err)
{
    struct row *grown = tb_grow(table->row, table->n_rows, &table->rows_capacity, sizeof *grown);
    uint32_t column = 1;

    if (!grown)
        return tb_error_set(err, "out of memory");
    table->row = grown;
    struct row row = { .first = table->n_cells, .n = record->n_fields, .line = record->line };
    for (size_t i = 0; i < record->n_fields; i++) {
        const struct tb_csv_field *field = &record->field[i];

        if (!keep_cell(table, field, column + field->quoted))
            return tb_error_set(err, "out of memory");
        column = column_behind(field, column);
    }
    /* Spreadsheets pad rows with empty cells: they are no cells. */
    while (row.n > 0 && !*table->cell[row.first + row.n - 1].text)
        row.n--;
    if (row.n > 0)
        table->row[table->n_rows++] = row;
    else
        table->n_cells = row.first;
    return 0;
}

static void report_flaws(const struct tb_table *table, const struct tb_csv_record *record,
                         struct tb_diag *diag)
{
    if (record->flaws & TB_CSV_UNCLOSED)
        report(diag, table, record->line, 0, "a quoted cell never closes", NULL);
    else if (record->flaws & TB_CSV_STRAY_QUOTE)
        report(diag, table, record->line, 0,
               "a quote inside a cell, expected the whole cell in quotes and \"\" for each", NULL);
    if (record->flaws & TB_CSV_NUL)
        report(diag, table, record->line, 0, "NUL bytes in the line", NULL);
}

static void check_heads(const struct tb_table *table, struct tb_diag *diag)
{
    if (table->n_rows == 0) {
        report(diag, table, 0, 0, "the table is empty, expected a line of column heads", NULL);
        return;
    }
    const struct row *header = &table->row[0];
    for (size_t i = 0; i < header->n; i++) {
        const struct cell *head = &table->cell[header->first + i];

        if (!*head->text) {
            report(diag, table, header->line, head->column, "a column without a head", NULL);
            continue;
        }
        if (tb_table_column(table, head->text) != (int)i)
            report(diag, table, header->line, head->column, "a second column", head->text);
    }
}

static void check_width(const struct tb_table *table, struct tb_diag *diag)
{
    for (size_t i = 1; i < table->n_rows; i++) {
        const struct row *row = &table->row[i];

        if (row->n <= table->row[0].n)
            continue;
        const struct cell *extra = &table->cell[row->first + table->row[0].n];
        report(diag, table, row->line, extra->column, "beyond the last column head: the cell",
               extra->text);
    }
}

static int read_records(struct tb_table *table, const char *bytes, size_t len, struct tb_diag *diag,
                        struct tb_error *err)
{
    struct tb_csv *csv = tb_csv_from_memory(bytes, len, ',', err);
    struct tb_csv_record record;
    int got = -1;

    if (!csv)
        return -1;
    while ((got = tb_csv_next(csv, &record, err)) > 0) {
        report_flaws(table, &record, diag);
        if (record.n_fields > 0 && add_record(table, &record, err) < 0) {
            got = -1;
            break;
        }
    }
    tb_csv_free(csv);
    return got;
}

/* Points at the first byte that is not UTF-8. */
static void report_encoding(const struct tb_table *table, const char *bytes, size_t bad,
                            struct tb_diag *diag)
{
    uint32_t line = 1;
    size_t start = 0;

    for (size_t i = 0; i < bad; i++) {
        if (bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    report(diag, table, line, (uint32_t)tb_text_chars(bytes + start, bad - start) + 1,
           "not UTF-8, expected a table saved as CSV UTF-8", NULL);
}

struct tb_table *tb_table_parse(const char *bytes, size_t len, const char *shown,
                                struct tb_diag *diag, struct tb_error *err)
{
    struct tb_table *table = calloc(1, sizeof *table);
    struct tb_buf repaired = TB_BUF_INIT;
    size_t bad = 0, n_bad = 0, first_bad = 0;
    int rc = -1;

    if (!table) {
        tb_error_set(err, "out of memory");
        return NULL;
    }
    table->file = tb_arena_strdup(&table->arena, shown ? shown : "-");
    if (!table->file) {
        tb_error_set(err, "out of memory");
        goto out;
    }
    if (!tb_utf8_valid(bytes, len, &bad)) {
        report_encoding(table, bytes, bad, diag);
        if (tb_text_decode(bytes, len, "UTF-8", &repaired, &n_bad, &first_bad, err) < 0)
            goto out;
        bytes = tb_buf_text(&repaired);
        len = repaired.len;
    }
    rc = read_records(table, bytes, len, diag, err);
    if (rc == 0) {
        check_heads(table, diag);
        check_width(table, diag);
    }
out:
    tb_buf_release(&repaired);
    if (rc < 0) {
        tb_table_free(table);
        return NULL;
    }
    return table;
}

struct tb_table *tb_table_read(const char *path, const char *shown, struct tb_diag *diag,
                               struct tb_error *err)
{
    struct tb_buf content = TB_BUF_INIT;
    struct tb_table *table = NULL;

    if (tb_infile_slurp(path, 0, &content, err) == 0)
        table = tb_table_parse(tb_buf_text(&content), content.len, shown ? shown : path, diag, err);
    tb_buf_release(&content);
    return table;
}

void tb_table_free(struct tb_table *table)
{
    if (!table)
        return;
    tb_arena_release(&table->arena);
    free(table->cell);
    free(table->row);
    free(table);
}

const char *tb_table_file(const struct tb_table *table)
{
    return table->file;
}

size_t tb_table_rows(const struct tb_table *table)
{
    return table->n_rows > 0 ? table->n_rows - 1 : 0;
}

size_t tb_table_columns(const struct tb_table *table)
{
    return table->n_rows > 0 ? table->row[0].n : 0;
}

const char *tb_table_head(const struct tb_table *table, size_t column)
{
    return column < tb_table_columns(table) ? table->cell[table->row[0].first + column].text : "";
}

int tb_table_column(const struct tb_table *table, const char *name)
{
    for (size_t i = 0; i < tb_table_columns(table); i++) {
        if (strcmp(tb_table_head(table, i), name) == 0)
            return (int)i;
    }
    return -1;
}

/* NULL if the row is that short. */
static const struct cell *find_cell(const struct tb_table *table, size_t row, int column)
{
    if (row >= tb_table_rows(table) || column < 0 || (size_t)column >= table->row[row + 1].n)
        return NULL;
    return &table->cell[table->row[row + 1].first + (size_t)column];
}

const char *tb_table_cell(const struct tb_table *table, size_t row, int column)
{
    const struct cell *cell = find_cell(table, row, column);

    return cell ? cell->text : "";
}

const char *tb_table_get(const struct tb_table *table, size_t row, const char *name)
{
    return tb_table_cell(table, row, tb_table_column(table, name));
}

uint32_t tb_table_line(const struct tb_table *table, size_t row)
{
    return row < tb_table_rows(table) ? table->row[row + 1].line : 0;
}

uint32_t tb_table_cell_column(const struct tb_table *table, size_t row, int column)
{
    const struct cell *cell = find_cell(table, row, column);

    return cell ? cell->column : 0;
}
