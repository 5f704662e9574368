/* csv_read.c - records from bytes.
 *
 * A line without quote, NUL or lone CR is split by csv_plain.h: nearly all lines are
 * such.  Every other record is cut by csv_scan.c and taken apart by libcsv.
 * tests/unit/test_csv.c holds both ways against each other.
 */
#include "tongbao/csv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "base/csv_plain.h"
#include "base/csv_scan.h"
#include "base/word.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

/* libcsv grows its buffer by this much at a time, not by doubling. */
enum { LIBCSV_BLOCK = 64 * 1024 };

/* A shorter line may be all delimiters; in a longer one they are counted first. */
enum { ANY_FIELDS = 1024 };

struct tb_csv {
    const char *bytes; /* all, or of a stream the part that is held */
    size_t len;
    tb_csv_more *more; /* NULL: from memory, or the stream has ended */
    void *user;
    struct tb_buf window; /* of a stream: what bytes points to */
    size_t ahead;         /* how much of it at least */
    bool too_long;
    size_t given;  /* where the record last given starts */
    size_t at;     /* where the next record starts */
    uint32_t line; /* and its line */
    /* Where the next such byte is at or behind `at`, len if there is none:
     * looked for again only when `at` has passed it. */
    size_t next_lf, next_cr, next_quote, next_nul;
    size_t next_odd; /* the first of the last three, when they were looked for; 0: they were not */
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

static struct tb_csv *new_csv(char delimiter, struct tb_error *err)
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
    csv->line = 1;
    csv->scan.delimiter = delimiter;
    csv->scan.quote = '"';
    csv_init(&csv->libcsv, 0);
    csv_set_delim(&csv->libcsv, (unsigned char)delimiter);
    csv_set_blk_size(&csv->libcsv, LIBCSV_BLOCK);
    /* Blanks are kept; a line end that it sees is inside quotes. */
    csv_set_space_func(&csv->libcsv, never);
    csv_set_term_func(&csv->libcsv, never);
    return csv;
}

void tb_csv_set_quotes(struct tb_csv *csv, char quote, char escape)
{
    assert(csv->line == 1 && csv->n_fields == 0);
    csv->scan.quote = quote ? quote : '"';
    csv->scan.escape = escape;
    csv_set_quote(&csv->libcsv, (unsigned char)csv->scan.quote);
}

/* A stream that holds less than a BOM has ended. */
static void pass_bom(struct tb_csv *csv)
{
    if (csv->len >= 3 && memcmp(csv->bytes, "\xef\xbb\xbf", 3) == 0)
        csv->at = csv->given = 3;
}

struct tb_csv *tb_csv_from_memory(const char *bytes, size_t len, char delimiter,
                                  struct tb_error *err)
{
    struct tb_csv *csv = new_csv(delimiter, err);

    if (!csv)
        return NULL;
    csv->bytes = bytes;
    csv->len = len;
    pass_bom(csv);
    return csv;
}

/* --- from a stream --- */

/* Gives up what is before `at`. */
static void forget_read(struct tb_csv *csv)
{
    size_t *places[] = { &csv->next_lf, &csv->next_cr, &csv->next_quote, &csv->next_nul,
                         &csv->ran_to };
    size_t gone = csv->at;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        *places[i] = *places[i] > gone ? *places[i] - gone : 0;
    csv->window.len -= gone;
    if (csv->window.len)
        memmove(csv->window.data, csv->window.data + gone, csv->window.len + 1); /* and the NUL */
    csv->len = csv->window.len;
    csv->given = csv->at = 0;
}

static bool holds(const struct tb_csv *csv, size_t ahead)
{
    return !csv->more || csv->len - csv->at >= ahead;
}

/* Holds at least `ahead` bytes from `at` on, unless the stream ends before; asked
 * only where it does not. */
static int hold(struct tb_csv *csv, size_t ahead, struct tb_error *err)
{
    size_t *places[] = { &csv->next_lf, &csv->next_cr, &csv->next_quote, &csv->next_nul };

    if (csv->at > 0)
        forget_read(csv);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        *places[i] = *places[i] < csv->len ? *places[i] : 0; /* not there: not there yet */
    csv->next_odd = 0;
    while (csv->more && csv->window.len < ahead) {
        int rc = csv->more(csv->user, &csv->window, err);
        if (rc < 0)
            return -1;
        if (!tb_buf_ok(&csv->window, err))
            return -1;
        if (rc == 0)
            csv->more = NULL;
    }
    csv->bytes = tb_buf_text(&csv->window);
    csv->len = csv->window.len;
    return 0;
}

struct tb_csv *tb_csv_from_stream(tb_csv_more *more, void *user, size_t ahead, char delimiter,
                                  struct tb_error *err)
{
    struct tb_csv *csv = new_csv(delimiter, err);

    if (!csv)
        return NULL;
    csv->more = more;
    csv->user = user;
    csv->bytes = "";
    csv->ahead = ahead;
    if (!holds(csv, ahead > 3 ? ahead : 3) && hold(csv, ahead > 3 ? ahead : 3, err) < 0) {
        tb_csv_free(csv);
        return NULL;
    }
    pass_bom(csv);
    return csv;
}

/* The record at `at` goes on behind what is held. */
static int hold_more(struct tb_csv *csv, struct tb_error *err)
{
    size_t held = csv->len - csv->at;

    if (held > TB_CSV_RECORD_MAX) {
        csv->too_long = true;
        return tb_error_set(err, "line %u: a row of more than %d MiB", (unsigned)csv->line,
                            TB_CSV_RECORD_MAX >> 20);
    }
    /* Doubled, so that a long record is not gone over for each block. */
    return holds(csv, 2 * held) ? 0 : hold(csv, 2 * held, err);
}

bool tb_csv_is_too_long(const struct tb_csv *csv)
{
    return csv->too_long;
}

void tb_csv_free(struct tb_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->libcsv);
    tb_buf_release(&csv->scan.clean);
    free(csv->scan.mark);
    tb_buf_release(&csv->text);
    tb_buf_release(&csv->window);
    free(csv->field);
    free(csv);
}

/* Room for `more` fields behind those of the record so far. */
static bool make_room(struct tb_csv *csv, size_t more)
{
    while (csv->capacity - csv->n_fields < more) {
        struct tb_csv_field *grown =
            tb_grow(csv->field, csv->capacity, &csv->capacity, sizeof *grown);
        if (!grown)
            return false;
        csv->field = grown;
    }
    return true;
}

/* --- plain lines --- */

static inline size_t find_from(const struct tb_csv *csv, size_t known, char c)
{
    if (known >= csv->at && known > 0)
        return known;
    const char *found = memchr(csv->bytes + csv->at, c, csv->len - csv->at);
    return found ? (size_t)(found - csv->bytes) : csv->len;
}

/* Where the plain line at `at` ends, and where the next one starts; false if
 * it is not plain. */
static inline bool find_plain_line(struct tb_csv *csv, size_t *end, size_t *next)
{
    csv->next_lf = find_from(csv, csv->next_lf, '\n');
    *end = csv->next_lf;
    *next = *end < csv->len ? *end + 1 : csv->len;
    if (csv->next_odd > 0 && csv->next_odd >= *end)
        return true;
    csv->next_cr = find_from(csv, csv->next_cr, '\r');
    csv->next_quote = find_from(csv, csv->next_quote, csv->scan.quote);
    csv->next_nul = find_from(csv, csv->next_nul, '\0');
    csv->next_odd = csv->next_cr < csv->next_quote ? csv->next_cr : csv->next_quote;
    csv->next_odd = csv->next_nul < csv->next_odd ? csv->next_nul : csv->next_odd;
    if (csv->next_quote < *end || csv->next_nul < *end)
        return false;
    if (csv->next_cr >= *end)
        return true;
    return csv->next_cr == --*end;
}

/* *ascii is set where the line is split. */
static inline bool split_plain(struct tb_csv *csv, size_t end, bool *ascii)
{
    const char *from = csv->bytes + csv->at;
    size_t len = end - csv->at, readable = csv->len - csv->at;

    if (len == 0)
        return true;
    if (len + TB_WORD >= csv->text.capacity && tb_buf_reserve(&csv->text, len + TB_WORD) < 0)
        return false;
    if (csv->capacity <= len &&
        !make_room(csv, len < ANY_FIELDS ? len + 1
                                         : tb_csv_count_fields(from, len, csv->scan.delimiter)))
        return false;
    struct tb_csv_split split = { csv->field, csv->text.data, csv->text.data, csv->line };
    *ascii = tb_csv_split_words(&split, from, len, readable, csv->scan.delimiter);
    tb_csv_end_field(&split, split.text + len);
    csv->text.len = len;
    csv->n_fields = (size_t)(split.field - csv->field);
    return true;
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
    if (!tb_buf_ok(&csv->text, NULL) || !make_room(csv, 1)) {
        csv->failed = true;
        return;
    }
    csv->field[csv->n_fields++] = (struct tb_csv_field){ .text = csv->text.data + start,
                                                         .len = len,
                                                         .line = csv->scan.mark[i].line,
                                                         .quoted = csv->scan.mark[i].quoted };
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

/* Cuts the record at `at`; when a quote in it does not close, its first line.
 * 1: done; 0: it may go on behind what is held; -1: out of memory. */
static int scan_record(struct tb_csv *csv)
{
    struct tb_csv_scan *scan = &csv->scan;
    int rc = 0;

    scan->end = csv->bytes + csv->len;
    scan->one_line = csv->at < csv->ran_to;
    for (int tries = 0; tries < 2 && rc == 0; tries++) {
        scan->at = csv->bytes + csv->at;
        scan->line = csv->line;
        rc = tb_csv_scan(scan);
        if (rc >= 0 && scan->met_end && csv->more)
            return 0;
        if (rc == 0) {
            const char *to = scan->at < scan->end ? scan->line_start : scan->end;
            csv->ran_to = (size_t)(to - csv->bytes);
            scan->one_line = true;
        }
    }
    return rc;
}

/* As scan_record for any record. */
static int read_record(struct tb_csv *csv, struct tb_csv_record *record)
{
    size_t end, next;
    int rc;

    if (find_plain_line(csv, &end, &next)) {
        if (csv->next_lf == csv->len && csv->more)
            return 0;
        if (!split_plain(csv, end, &record->straight))
            return -1;
        csv->at = next;
        csv->line++;
        return 1;
    }
    rc = scan_record(csv);
    if (rc <= 0)
        return rc;
    if (!split_by_libcsv(csv))
        return -1;
    csv->at = (size_t)(csv->scan.at - csv->bytes);
    record->n_lines = csv->scan.line - csv->line;
    record->flaws = csv->scan.flaws;
    csv->line = csv->scan.line;
    return 1;
}

int tb_csv_next(struct tb_csv *csv, struct tb_csv_record *record, struct tb_error *err)
{
    int rc;

    if (!holds(csv, csv->ahead) && hold(csv, csv->ahead, err) < 0)
        return -1;
    *record = (struct tb_csv_record){ .line = csv->line, .n_lines = 1 };
    csv->n_fields = 0;
    csv->text.len = 0; /* whichever way fills it ends it, too */
    csv->given = csv->at;
    if (csv->at >= csv->len)
        return 0;
    while ((rc = read_record(csv, record)) == 0) {
        if (hold_more(csv, err) < 0)
            return -1;
    }
    if (rc < 0)
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
