/* csv.h - the one CSV reader, over libcsv, that hides its traps, and the one writer.
 *
 * The reader gives records with the line where each starts and, per field, the
 * bytes and whether it was quoted.  It keeps blank lines as records of no
 * fields (so that lines can be counted), keeps spaces, strips one UTF-8 BOM,
 * and stops at nothing: a quote that never closes, a stray quote or a NUL are
 * flagged on the record, and an unclosed quote does not swallow the rest of
 * the file: the record is given up at the line where it began and reading goes
 * on with the next line.  Input is bytes; the encoding is the caller's affair.
 */
#ifndef TONGBAO_CSV_H
#define TONGBAO_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_error;
struct tb_csv; /* opaque */

enum tb_csv_flaw { /* bits */
    TB_CSV_FINE = 0,
    TB_CSV_STRAY_QUOTE = 1,   /* a quote inside an unquoted field, or text after a closing one */
    TB_CSV_UNCLOSED = 2,      /* a quoted field that never closed; the record is its first line */
    TB_CSV_NUL = 4,           /* NUL bytes, removed from the fields */
};

struct tb_csv_field {
    const char *text; /* NUL-terminated; valid until the next record */
    size_t len;
    uint32_t line;    /* line of its first byte, from 1 */
    bool quoted;
};

struct tb_csv_record {
    struct tb_csv_field *field;
    size_t n_fields;     /* 0: a blank line */
    uint32_t line;       /* where the record starts, from 1 */
    uint32_t n_lines;    /* how many physical lines it spans */
    unsigned flaws;      /* bits of enum tb_csv_flaw */
    bool straight;       /* all ASCII, and the texts of the fields lie one behind the other with a
                          * byte between them, as in the line; false says nothing */
};

/* Reads from memory that stays with the caller.  `delimiter` is one byte, such
 * as ',' ';' '\t' or '|'.  NULL when memory is out. */
struct tb_csv *tb_csv_from_memory(const char *bytes, size_t len, char delimiter,
                                  struct tb_error *err);
/* Before the first record: what stands around cells, and what inside such cells says that
 * the next character is text (`\` in 'don\'t'; NUL: none).  A quote written twice is one
 * too.  NUL for `quote` is the usual ".  Neither may be the delimiter or a line end. */
void tb_csv_set_quotes(struct tb_csv *csv, char quote, char escape);
enum {
    TB_CSV_AHEAD = 64 * 1024,             /* bytes that tb_csv_ahead gives at least */
    TB_CSV_RECORD_MAX = 64 * 1024 * 1024, /* of a stream: longer rows are not held */
};

/* Appends the next bytes of a stream to *out, as many as suit it: 1, 0 when
 * there are no more (it is not asked again), -1 with *err filled. */
typedef int tb_csv_more(void *user, struct tb_buf *out, struct tb_error *err);
/* Reads from a stream and holds no more of it than the record, what `more` gives at
 * a time, and what tb_csv_ahead gives at least: `ahead` bytes, usually TB_CSV_AHEAD.
 * Gives the records that the same bytes in memory give. */
struct tb_csv *tb_csv_from_stream(tb_csv_more *more, void *user, size_t ahead, char delimiter,
                                  struct tb_error *err);
/* After a failure of tb_csv_next: it was a record of more than TB_CSV_RECORD_MAX. */
bool tb_csv_is_too_long(const struct tb_csv *csv);
/* The next record: 1, 0 at the end, -1 with *err filled (memory, or the stream). */
int tb_csv_next(struct tb_csv *csv, struct tb_csv_record *record, struct tb_error *err);
/* The raw text from the start of the record last given (before the first: from
 * the first record on), for looking ahead: at least 64 KiB of it, or all that
 * is left.  Changes nothing of what tb_csv_next gives; valid until the next
 * record.  Its first line is record->line. */
void tb_csv_ahead(const struct tb_csv *csv, const char **text, size_t *len);
void tb_csv_free(struct tb_csv *csv);

/* --- writing: RFC 4180, LF, and safe to open in a spreadsheet --- */

/* Appends a field, quoted where needed, and a comma; tb_csv_end_row turns the
 * last comma of the row into LF.  A text that a spreadsheet would run as a formula (starts with = + - @ TAB CR and is not a
 * number) gets a leading apostrophe. */
void tb_csv_put(struct tb_buf *out, const char *text);
void tb_csv_put_len(struct tb_buf *out, const char *text, size_t len);
void tb_csv_put_int(struct tb_buf *out, int64_t number);
void tb_csv_end_row(struct tb_buf *out); /* replaces the last comma by LF */

#endif
