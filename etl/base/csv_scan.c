/* csv_scan.c - where a record of dirty CSV ends, and where its fields begin.
 *
 * The rules are those of libcsv in its lenient mode: a quote closes a field
 * when a delimiter or a line end follows, otherwise it is text.  Added to that:
 *
 * - Blanks between a delimiter and a quote belong to no field.
 * - Inside one field a quote that is text and a line end do not go together:
 *   one of a pair of quotes is missing, and what follows are other records.
 * - A quoted field ends within so many lines and bytes, or did not close.
 */
#include "base/csv_scan.h"

#include <string.h>

#include "tongbao/csv.h"
#include "tongbao/size.h"

enum {
    END = -1, /* no more bytes */
    FIELD_LINES_MAX = 10000,
    FIELD_BYTES_MAX = 1024 * 1024,
};

/* The next byte that counts; NULs before it are flagged and passed over. */
static int look(struct tb_csv_scan *scan)
{
    while (scan->at < scan->end && *scan->at == '\0') {
        scan->flaws |= TB_CSV_NUL;
        scan->at++;
    }
    scan->met_end |= scan->at >= scan->end;
    return scan->at < scan->end ? (unsigned char)*scan->at : END;
}

static bool is_line_end(int c)
{
    return c == '\n' || c == '\r';
}

static bool ends_field(const struct tb_csv_scan *scan, int c)
{
    return c == END || is_line_end(c) || c == (unsigned char)scan->delimiter;
}

/* Passes over blanks and returns what stands behind them. */
static int look_behind_blanks(struct tb_csv_scan *scan)
{
    int c;

    while ((c = look(scan)) == ' ' || c == '\t') {
        if (c == (unsigned char)scan->delimiter)
            break;
        scan->at++;
    }
    return c;
}

/* Copies up to the next byte that may mean something. */
static void copy_run(struct tb_csv_scan *scan)
{
    const char *start = scan->at;

    while (scan->at < scan->end) {
        char c = *scan->at;
        if (c == scan->quote || c == '\n' || c == '\r' || c == '\0' || c == scan->delimiter ||
            (c == scan->escape && scan->escape))
            break;
        scan->at++;
    }
    tb_buf_add(&scan->clean, start, (size_t)(scan->at - start));
}

/* Passes over LF, CR or CRLF. */
static void pass_line_end(struct tb_csv_scan *scan)
{
    bool cr = *scan->at++ == '\r';

    if (cr && scan->at < scan->end && *scan->at == '\n')
        scan->at++;
    else if (cr && scan->at >= scan->end)
        scan->met_end = true;
    scan->line++;
    scan->line_start = scan->at;
}

static void scan_unquoted(struct tb_csv_scan *scan)
{
    for (;;) {
        copy_run(scan);
        if (ends_field(scan, look(scan)))
            return;
        /* An escape is one inside quotes only. */
        if (*scan->at == scan->quote)
            scan->flaws |= TB_CSV_STRAY_QUOTE;
        tb_buf_putc(&scan->clean, *scan->at++);
    }
}

/* Behind a quote inside a quoted field: does it close the field?  Then the
 * blanks behind it are passed over too. */
static bool closes(struct tb_csv_scan *scan)
{
    const char *back = scan->at;

    if (ends_field(scan, look_behind_blanks(scan)))
        return true;
    scan->at = back;
    return false;
}

/* At an escape inside quotes: takes what follows as it is, a quote as libcsv wants it; a
 * line end is one anyway. */
static void take_escaped(struct tb_csv_scan *scan)
{
    scan->at++;
    int c = look(scan);

    if (c == END || is_line_end(c))
        return;
    if (c == (unsigned char)scan->quote)
        tb_buf_putc(&scan->clean, scan->quote);
    tb_buf_putc(&scan->clean, *scan->at++);
}

/* Scans behind the opening quote up to the delimiter or line end; false if the
 * field did not close. */
static bool scan_quoted(struct tb_csv_scan *scan)
{
    const char *start = scan->at;
    uint32_t first = scan->line;
    bool stray = false;

    tb_buf_putc(&scan->clean, scan->quote);
    for (;;) {
        copy_run(scan);
        int c = look(scan);
        if (scan->escape && c == (unsigned char)scan->escape) {
            take_escaped(scan);
            continue;
        }
        if (c == END || (is_line_end(c) && (stray || scan->one_line)))
            return false;
        const char *from = scan->at;
        if (is_line_end(c)) {
            pass_line_end(scan);
            if (scan->line - first > FIELD_LINES_MAX || scan->at - start > FIELD_BYTES_MAX)
                return false;
        } else {
            scan->at++;
        }
        tb_buf_add(&scan->clean, from, (size_t)(scan->at - from));
        if (c != (unsigned char)scan->quote)
            continue;
        if (look(scan) == (unsigned char)scan->quote) {
            tb_buf_putc(&scan->clean, scan->quote);
            scan->at++;
        } else if (closes(scan)) {
            return true;
        } else {
            stray = true;
            scan->flaws |= TB_CSV_STRAY_QUOTE;
            if (scan->line != first)
                return false;
        }
    }
}

static bool add_mark(struct tb_csv_scan *scan, bool quoted)
{
    struct tb_csv_mark *grown = tb_grow(scan->mark, scan->n_marks, &scan->capacity, sizeof *grown);

    if (!grown)
        return false;
    scan->mark = grown;
    scan->mark[scan->n_marks++] = (struct tb_csv_mark){ .line = scan->line, .quoted = quoted };
    return true;
}

int tb_csv_scan(struct tb_csv_scan *scan)
{
    scan->n_marks = 0;
    scan->flaws = TB_CSV_FINE;
    scan->met_end = false;
    scan->line_start = scan->at;
    tb_buf_clear(&scan->clean);
    for (;;) {
        const char *start = scan->at;
        bool quoted = look_behind_blanks(scan) == (unsigned char)scan->quote;

        if (!add_mark(scan, quoted))
            return -1;
        if (!quoted) {
            scan->at = start;
            scan_unquoted(scan);
        } else {
            scan->at++;
            if (!scan_quoted(scan)) {
                scan->flaws |= TB_CSV_UNCLOSED;
                if (!scan->one_line)
                    return 0;
            }
        }
        if (look(scan) != (unsigned char)scan->delimiter)
            break;
        tb_buf_putc(&scan->clean, scan->delimiter);
        scan->at++;
    }
    if (scan->clean.len == 0)
        scan->n_marks = 0;
    if (look(scan) != END)
        pass_line_end(scan);
    else
        scan->line++; /* the last line ends with the input */
    return tb_buf_ok(&scan->clean, NULL) ? 1 : -1;
}
