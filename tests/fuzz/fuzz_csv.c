/* fuzz_csv.c - any bytes through the CSV reader and the table over it.
 *
 * What must hold: records tell the lines of the input without a gap, fields lie
 * inside the record, and a row written from the fields reads back as the same.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Fields as the writer puts them: those that it guards against spreadsheets
 * get a mark in front and are left out of the comparison. */
static void read_back(const struct tb_csv_record *record)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_csv_record again;

    for (size_t i = 0; i < record->n_fields; i++) {
        tb_buf_clear(&text);
        tb_csv_put_len(&text, record->field[i].text, record->field[i].len);
        tb_csv_put(&text, "end");
        tb_csv_end_row(&text);
        assert(!text.failed);
        struct tb_csv *csv = tb_csv_from_memory(text.data, text.len, ',', NULL);
        assert(csv && tb_csv_next(csv, &again, NULL) == 1 && again.flaws == TB_CSV_FINE);
        assert(again.n_fields == 2 && strcmp(again.field[1].text, "end") == 0);
        size_t mark = again.field[0].len == record->field[i].len + 1 && again.field[0].text[0] == '\'';
        assert(again.field[0].len == record->field[i].len + mark);
        assert(memcmp(again.field[0].text + mark, record->field[i].text, record->field[i].len) == 0);
        tb_csv_free(csv);
    }
    tb_buf_release(&text);
}

static void read_records(const char *bytes, size_t len, char delimiter)
{
    struct tb_csv *csv = tb_csv_from_memory(bytes, len, delimiter, NULL);
    struct tb_csv_record record;
    uint32_t line = 1;

    assert(csv);
    while (tb_csv_next(csv, &record, NULL) == 1) {
        assert(record.line == line && record.n_lines > 0);
        line += record.n_lines;
        for (size_t i = 0; i < record.n_fields; i++) {
            assert(strlen(record.field[i].text) == record.field[i].len);
            assert(record.field[i].line >= record.line && record.field[i].line < line);
        }
        read_back(&record);
    }
    tb_csv_free(csv);
}

/* A stream of pieces of 1 to 16 bytes. */
struct pieces {
    const char *bytes;
    size_t len;
    unsigned step;
};

static int next_piece(void *user, struct tb_buf *out, struct tb_error *err)
{
    struct pieces *p = user;
    size_t n = 1 + (p->step = p->step * 1103515245u + 12345u) / 65536 % 16;

    (void)err;
    n = n < p->len ? n : p->len;
    tb_buf_add(out, p->bytes, n);
    p->bytes += n;
    p->len -= n;
    return n > 0;
}

/* From a stream come the records that come from memory. */
static void compare_streamed(const char *bytes, size_t len, char delimiter)
{
    struct pieces pieces = { bytes, len, (unsigned)len };
    struct tb_csv *whole = tb_csv_from_memory(bytes, len, delimiter, NULL);
    struct tb_csv *stream = tb_csv_from_stream(next_piece, &pieces, 1, delimiter, NULL);
    struct tb_csv_record a, b;
    int rc;

    assert(whole && stream);
    do {
        rc = tb_csv_next(whole, &a, NULL);
        assert(tb_csv_next(stream, &b, NULL) == rc);
        assert(rc == 0 || (a.n_fields == b.n_fields && a.line == b.line && a.n_lines == b.n_lines &&
                           a.flaws == b.flaws));
        for (size_t i = 0; rc > 0 && i < a.n_fields; i++)
            assert(a.field[i].len == b.field[i].len && a.field[i].line == b.field[i].line &&
                   a.field[i].quoted == b.field[i].quoted &&
                   memcmp(a.field[i].text, b.field[i].text, a.field[i].len) == 0);
    } while (rc > 0);
    tb_csv_free(whole);
    tb_csv_free(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = { ',', ';', '\t', '|' };

    if (size == 0)
        return 0;
    char *bytes = malloc(size); /* exactly as long, so that a byte too far is seen */
    assert(bytes);
    memcpy(bytes, data + 1, size - 1);
    read_records(bytes, size - 1, delimiters[data[0] % sizeof delimiters]);
    compare_streamed(bytes, size - 1, delimiters[data[0] % sizeof delimiters]);
    struct tb_diag diag = { 0 };
    struct tb_table *table = tb_table_parse(bytes, size - 1, "fuzz", &diag, NULL);
    for (size_t row = 0; table && row < tb_table_rows(table); row++)
        for (size_t column = 0; column <= tb_table_columns(table); column++) {
            assert(tb_table_cell(table, row, (int)column));
            assert(tb_table_cell_column(table, row, (int)column) < UINT32_MAX);
        }
    tb_table_free(table);
    free(bytes);
    return 0;
}
