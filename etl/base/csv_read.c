/* csv_read.c - records from bytes.
 *
 * A line without quote, NUL or lone CR is split here at its delimiters: nearly
 * all lines are such, and memchr is fast.  Every other record is cut by
 * csv_scan.c and taken apart by libcsv.  tests/unit/test_csv.c holds both ways
 * against each other.
 */
#include "tongbao/csv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "base/csv_scan.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

/* libcsv grows its buffer by this much at a time, not by doubling. */
enum { LIBCSV_BLOCK = 64 * 1024 };

struct tb_csv {
    const char *bytes;
    size_t len;
    size_t given;  /* where the record last given starts */
    size_t at;     /* where the next record starts */
    uint32_t line; /* and its line */
    /* Where the next such byte is at or behind `at`, len if there is none:
     * looked for again only when `at` has passed it. */
    size_t next_lf, next_quote, next_nul;
    /* A quote that did not close was followed up to here: the lines before are
     * read one by one, so that no byte is followed many times. */
    size_t ran_to;
    struct tb_csv_scan scan;
    struct csv_parser libcsv;
    struct tb_buf text; /* the fields of the record, each with a NUL */
    struct tb_csv_field *field;
    size_t n_fields;
    size_t capacity;
    bool failed; /* memory ran out in a callback of libcsv */
};

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

struct tb_csv *tb_csv_from_memory(const char *bytes, size_t len, char delimiter,
                                  struct tb_error *err)
{
    struct tb_csv *csv;

    if (delimiter == '\0' || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
        tb_error_set(err, "byte %d cannot delimit fields", delimiter);
        return NULL;
    }
    csv = calloc(1, sizeof *csv);
    if (!csv) {
        tb_error_set(err, "out of memory");
        return NULL;
    }
    csv->bytes = bytes;
    csv->len = len;
    csv->line = 1;
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        csv->at = csv->given = 3;
    csv->scan.delimiter = delimiter;
    csv_init(&csv->libcsv, 0);
    csv_set_delim(&csv->libcsv, (unsigned char)delimiter);
    csv_set_blk_size(&csv->libcsv, LIBCSV_BLOCK);
    /* Blanks are kept; a line end that it sees is inside quotes. */
    csv_set_space_func(&csv->libcsv, never);
    csv_set_term_func(&csv->libcsv, never);
    return csv;
}

void tb_csv_free(struct tb_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->libcsv);
    tb_buf_release(&csv->scan.clean);
    free(csv->scan.mark);
    tb_buf_release(&csv->text);
    free(csv->field);
    free(csv);
}

static bool add_field(struct tb_csv *csv, const char *text, size_t len, uint32_t line, bool quoted)
{
    if (csv->n_fields == csv->capacity) {
        struct tb_csv_field *grown =
            tb_grow(csv->field, csv->n_fields, &csv->capacity, sizeof *grown);
        if (!grown)
            return false;
        csv->field = grown;
    }
    csv->field[csv->n_fields++] =
        (struct tb_csv_field){ .text = text, .len = len, .line = line, .quoted = quoted };
    return true;
}

/* --- plain lines --- */

static size_t find_from(const struct tb_csv *csv, size_t known, char c)
{
    if (known >= csv->at && known > 0)
        return known;
    const char *found = memchr(csv->bytes + csv->at, c, csv->len - csv->at);
    return found ? (size_t)(found - csv->bytes) : csv->len;
}

/* Where the plain line at `at` ends, and where the next one starts; false if
 * it is not plain. */
static bool find_plain_line(struct tb_csv *csv, size_t *end, size_t *next)
{
    csv->next_lf = find_from(csv, csv->next_lf, '\n');
    csv->next_quote = find_from(csv, csv->next_quote, '"');
    csv->next_nul = find_from(csv, csv->next_nul, '\0');
    *end = csv->next_lf;
    *next = *end < csv->len ? *end + 1 : csv->len;
    if (csv->next_quote < *end || csv->next_nul < *end)
        return false;
    if (*end > csv->at && csv->bytes[*end - 1] == '\r')
        --*end;
    return *end == csv->at || !memchr(csv->bytes + csv->at, '\r', *end - csv->at);
}

static bool split_plain(struct tb_csv *csv, size_t end)
{
    size_t len = end - csv->at;

    if (len == 0)
        return true;
    if (tb_buf_reserve(&csv->text, len) < 0)
        return false;
    char *text = csv->text.data, *stop = text + len;
    memcpy(text, csv->bytes + csv->at, len);
    *stop = '\0';
    csv->text.len = len;
    for (;;) {
        char *delimiter = memchr(text, csv->scan.delimiter, (size_t)(stop - text));
        char *field_end = delimiter ? delimiter : stop;

        *field_end = '\0';
        if (!add_field(csv, text, (size_t)(field_end - text), csv->line, false))
            return false;
        if (!delimiter)
            return true;
        text = delimiter + 1;
    }
}

/* --- everything else --- */

/* libcsv's callback: one field, in a buffer that it will use again. */
static void take_field(void *bytes, size_t len, void *user)
{
    struct tb_csv *csv = user;
    size_t start = csv->text.len, i = csv->n_fields;

    assert(i < csv->scan.n_marks || csv->failed);
    if (csv->failed)
        return;
    /* There is room for all fields, so the text does not move. */
    tb_buf_add(&csv->text, bytes, len);
    tb_buf_putc(&csv->text, '\0');
    if (!tb_buf_ok(&csv->text, NULL) ||
        !add_field(csv, csv->text.data + start, len, csv->scan.mark[i].line,
                   csv->scan.mark[i].quoted))
        csv->failed = true;
}

static bool split_by_libcsv(struct tb_csv *csv)
{
    const struct tb_csv_scan *scan = &csv->scan;

    if (tb_buf_reserve(&csv->text, scan->clean.len + scan->n_marks + 1) < 0)
        return false;
    csv->failed = false;
    if (csv_parse(&csv->libcsv, tb_buf_text(&scan->clean), scan->clean.len, take_field, NULL,
                  csv) != scan->clean.len ||
        csv_fini(&csv->libcsv, take_field, NULL, csv) != 0)
        return false;
    assert(csv->failed || csv->n_fields == scan->n_marks);
    return !csv->failed;
}

/* Cuts the record at `at`; when a quote in it does not close, its first line. */
static bool scan_record(struct tb_csv *csv)
{
    struct tb_csv_scan *scan = &csv->scan;
    int rc = 0;

    scan->end = csv->bytes + csv->len;
    scan->one_line = csv->at < csv->ran_to;
    for (int tries = 0; tries < 2 && rc == 0; tries++) {
        scan->at = csv->bytes + csv->at;
        scan->line = csv->line;
        rc = tb_csv_scan(scan);
        if (rc == 0) {
            const char *to = scan->at < scan->end ? scan->line_start : scan->end;
            csv->ran_to = (size_t)(to - csv->bytes);
            scan->one_line = true;
        }
    }
    return rc > 0;
}

int tb_csv_next(struct tb_csv *csv, struct tb_csv_record *record, struct tb_error *err)
{
    size_t end, next;
    bool ok;

    *record = (struct tb_csv_record){ .line = csv->line, .n_lines = 1 };
    csv->n_fields = 0;
    tb_buf_clear(&csv->text);
    csv->given = csv->at;
    if (csv->at >= csv->len)
        return 0;
    if (find_plain_line(csv, &end, &next)) {
        ok = split_plain(csv, end);
        csv->at = next;
        csv->line++;
    } else {
        ok = scan_record(csv) && split_by_libcsv(csv);
        csv->at = (size_t)(csv->scan.at - csv->bytes);
        record->n_lines = csv->scan.line - csv->line;
        record->flaws = csv->scan.flaws;
        csv->line = csv->scan.line;
    }
    if (!ok)
        return tb_error_set(err, "out of memory at line %u", (unsigned)record->line);
    record->field = csv->field;
    record->n_fields = csv->n_fields;
    return 1;
}

void tb_csv_ahead(const struct tb_csv *csv, const char **text, size_t *len)
{
    *text = csv->bytes + csv->given;
    *len = csv->len - csv->given;
}
