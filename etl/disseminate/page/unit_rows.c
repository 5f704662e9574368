/* unit_rows.c - finds the lines of each unit in a table of analyse. */
#include "disseminate/page/unit_rows.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/table.h"

/* The bytes of the next cell, quotes and all; *at goes behind its comma. */
static size_t cell(const char *text, size_t end, size_t *at)
{
    size_t start = *at, stop = start;
    bool quoted = false;

    while (stop < end && (quoted || text[stop] != ',')) {
        quoted ^= text[stop] == '"';
        stop++;
    }
    *at = stop < end ? stop + 1 : end;
    return stop - start;
}

/* Which column is `unit`; -1 without one. */
static int unit_column(const char *text, size_t end)
{
    int column = 0;

    for (size_t at = 0; at < end; column++) {
        size_t start = at, len = cell(text, end, &at);
        if (len == 4 && memcmp(text + start, "unit", 4) == 0)
            return column;
    }
    return -1;
}

/* The unit of a line, or TB_NONE; codes that need quotes lose them here. */
static int32_t unit_of(const struct tb_profile *profile, const char *text, size_t start, size_t end,
                       int column)
{
    char code[256];
    size_t at = start, n = 0;

    for (int c = 0; c < column; c++)
        (void)cell(text, end, &at);
    start = at;
    size_t len = cell(text, end, &at);
    if (len == 0 || text[start] != '"')
        return tb_profile_unit(profile, text + start, len);
    for (size_t i = 1; i + 1 < len && n < sizeof code; i++) {
        code[n++] = text[start + i];
        i += text[start + i] == '"'; /* written twice */
    }
    return tb_profile_unit(profile, code, n);
}

static size_t line_end(const struct tb_buf *text, size_t start)
{
    const char *end = memchr(text->data + start, '\n', text->len - start);

    return end ? (size_t)(end - text->data) : text->len;
}

/* Notes each line under its unit: a row of `of` for each, TB_NONE where it has none. */
static size_t walk(const struct tb_unit_rows *rows, const struct tb_profile *profile, int column,
                   int32_t of[], size_t line[])
{
    size_t n = 0;

    for (size_t at = rows->head; at < rows->text.len;) {
        size_t end = line_end(&rows->text, at);
        if (of) {
            of[n] = unit_of(profile, rows->text.data, at, end, column);
            line[n] = at;
        }
        n++;
        at = end + 1;
    }
    return n;
}

static int sort_lines(struct tb_unit_rows *rows, const struct tb_profile *profile, int column)
{
    size_t n = walk(rows, profile, column, NULL, NULL), units = profile->n_units;
    int32_t *of = calloc(n + 1, sizeof *of);
    size_t *line = calloc(n + 1, sizeof *line);

    rows->line = calloc(n + 1, sizeof *rows->line);
    rows->first = calloc(units + 2, sizeof *rows->first);
    if (of && line && rows->line && rows->first) {
        walk(rows, profile, column, of, line);
        for (size_t i = 0; i < n; i++) /* one place on: each begins where those before it end */
            rows->first[of[i] >= 0 ? of[i] + 2 : 0] += of[i] >= 0;
        for (size_t u = 2; u < units + 2; u++)
            rows->first[u] += rows->first[u - 1];
        for (size_t i = 0; i < n; i++)
            if (of[i] >= 0)
                rows->line[rows->first[of[i] + 1]++] = line[i];
    }
    bool whole = of && line && rows->line && rows->first;
    free(of);
    free(line);
    return whole ? 0 : -1;
}

int tb_unit_rows_read(struct tb_unit_rows *rows, const struct tb_profile *profile,
                      const char *folder, const char *name, struct tb_error *err)
{
    char *path = tb_path("%s/%s", folder, name);
    int rc = 0, column;

    *rows = (struct tb_unit_rows){ .text = TB_BUF_INIT };
    if (!path)
        return tb_error_set(err, "out of memory for '%s'", name);
    if (tb_fs_exists(path)) {
        rc = tb_infile_slurp(path, 0, &rows->text, err);
        size_t end = rc == 0 && rows->text.len ? line_end(&rows->text, 0) : 0;
        column = end ? unit_column(rows->text.data, end) : -1;
        rows->head = end + (end < rows->text.len);
        if (rc == 0 && column < 0)
            rc = tb_error_set(err, "'%s' has no column 'unit'", path);
        else if (rc == 0 && sort_lines(rows, profile, column) < 0)
            rc = tb_error_set(err, "out of memory for '%s'", path);
    }
    free(path);
    if (rc < 0)
        tb_unit_rows_release(rows);
    return rc;
}

void tb_unit_rows_release(struct tb_unit_rows *rows)
{
    tb_buf_release(&rows->text);
    free(rows->line);
    free(rows->first);
    *rows = (struct tb_unit_rows){ .text = TB_BUF_INIT };
}

struct tb_table *tb_unit_rows_of(const struct tb_unit_rows *rows, size_t unit,
                                 struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_diag diag = { 0 };
    struct tb_table *table = NULL;

    if (!rows->first || rows->first[unit] == rows->first[unit + 1])
        return NULL;
    tb_buf_add(&text, rows->text.data, rows->head);
    for (size_t i = rows->first[unit]; i < rows->first[unit + 1]; i++) {
        size_t start = rows->line[i], end = line_end(&rows->text, start);
        tb_buf_add(&text, rows->text.data + start, end - start);
        tb_buf_putc(&text, '\n');
    }
    if (tb_buf_ok(&text, err))
        table = tb_table_parse(text.data, text.len, "rows of a unit", &diag, err);
    if (table && diag.n_errors > 0) {
        tb_error_set(err, "rows of a unit are damaged");
        tb_table_free(table);
        table = NULL;
    }
    tb_buf_release(&text);
    return table;
}
