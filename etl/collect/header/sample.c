/* sample.c - the first rows of a submission. */
#include "collect/header/sample.h"

#include <stdbool.h>
#include <string.h>

#include "collect/source/sheets.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

enum { SNIFFED_BYTES = 16 * 1024 };

static int keep_row(struct tb_sample *sample, const struct tb_csv_record *record,
                    struct tb_error *err)
{
    struct tb_sample_row *row = &sample->row[sample->n];
    struct tb_buf text = TB_BUF_INIT;
    bool ok = true;

    *row = (struct tb_sample_row){ .line = record->line,
                                   .end = record->line + record->n_lines - 1 };
    row->cell = tb_arena_alloc(&sample->arena, record->n_fields + 1, sizeof *row->cell);
    for (size_t i = 0; ok && row->cell && i < record->n_fields; i++) {
        tb_buf_clear(&text);
        tb_text_normalise(record->field[i].text, record->field[i].len, &text);
        row->cell[i] = tb_arena_strdup(&sample->arena, tb_buf_text(&text));
        ok = row->cell[i] && !text.failed;
        row->n++;
    }
    tb_buf_release(&text);
    if (!ok || !row->cell)
        return tb_error_set(err, "out of memory for the first rows");
    sample->n++;
    return 0;
}

int tb_sample_take(struct tb_sample *sample, const struct tb_profile *profile,
                   const char *bytes, size_t len, const struct tb_form *form, bool converted, char delimiter, size_t n_max,
                   struct tb_error *err)
{
    struct tb_csv_record record;
    struct tb_sheet_mark mark;
    bool reads = true;
    struct tb_csv *csv = tb_csv_from_memory(bytes, len, delimiter, err);
    int rc = -1, more = 1;

    *sample = (struct tb_sample){ 0 };
    if (!csv)
        return -1;
    if (!converted)
        tb_csv_set_quotes(csv, form->quote, form->escape);
    sample->row = tb_arena_alloc(&sample->arena, n_max, sizeof *sample->row);
    if (!sample->row) {
        tb_error_set(err, "out of memory for the first rows");
        goto done;
    }
    while (sample->n < n_max && (more = tb_csv_next(csv, &record, err)) > 0) {
        if (record.n_fields > 0 &&
            tb_sheet_mark_read(record.field[0].text, record.field[0].len, &mark)) {
            reads = tb_sheet_of_form(profile, form, &mark);
            if (reads && sample->n == 0 && form->sheets.n > 0)
                sample->base = record.line - 1;
        }
        if (reads && keep_row(sample, &record, err) < 0)
            goto done;
    }
    rc = more < 0 ? -1 : 0;
done:
    tb_csv_free(csv);
    if (rc < 0)
        tb_sample_release(sample);
    return rc;
}

int tb_sample_put_heads(struct tb_sample *sample, const struct tb_form *form, struct tb_error *err)
{
    struct tb_sample_row *row = tb_arena_alloc(&sample->arena, sample->n + 1, sizeof *row);

    if (!row)
        return tb_error_set(err, "out of memory for the heads of the form");
    row[0] = (struct tb_sample_row){ .cell = form->heads, .n = form->n_heads };
    if (sample->n > 0)
        memcpy(row + 1, sample->row, sample->n * sizeof *row);
    sample->row = row;
    sample->n++;
    return 0;
}

void tb_sample_release(struct tb_sample *sample)
{
    tb_arena_release(&sample->arena);
    *sample = (struct tb_sample){ 0 };
}

const char *tb_sample_cell(const struct tb_sample *sample, size_t row, size_t column)
{
    if (row >= sample->n || column >= sample->row[row].n)
        return "";
    return sample->row[row].cell[column];
}

size_t tb_sample_width(const struct tb_sample *sample, size_t first)
{
    size_t width = 0, most = 0;

    for (size_t r = first; r < sample->n; r++) {
        size_t n = sample->row[r].n, same = 0;
        for (size_t other = first; other < sample->n; other++)
            same += sample->row[other].n == n;
        if (n > 0 && (same > most || (same == most && n > width))) {
            most = same;
            width = n;
        }
    }
    return width;
}

size_t tb_sample_delimiters(const char *bytes, size_t len, char quote, char out[4])
{
    static const char known[] = { ',', ';', '\t', '|' };
    size_t count[sizeof known] = { 0 };
    bool quoted = false;
    size_t n = 0;

    for (size_t i = 0; i < len && i < SNIFFED_BYTES; i++) {
        quoted ^= bytes[i] == (quote ? quote : '"');
        for (size_t k = 0; k < sizeof known && !quoted; k++)
            count[k] += bytes[i] == known[k];
    }
    while (n < sizeof known) {
        size_t best = 0;
        for (size_t k = 1; k < sizeof known; k++)
            best = count[k] > count[best] ? k : best;
        if (count[best] == 0)
            break;
        out[n++] = known[best];
        count[best] = 0;
    }
    if (n == 0)
        out[n++] = ',';
    return n;
}
