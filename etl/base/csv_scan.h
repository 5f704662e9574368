/* csv_scan.h - cuts one record out of bytes that hold quotes, NULs or lone CRs.
 *
 * Inside base only: csv_read.c hands what is cut to libcsv.  libcsv alone gets
 * no line numbers, ends no unclosed quote, and drops blanks; so this decides
 * where records and fields are, and libcsv takes them apart.
 */
#ifndef TONGBAO_BASE_CSV_SCAN_H
#define TONGBAO_BASE_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tongbao/buf.h"

/* What libcsv does not tell of a field. */
struct tb_csv_mark {
    uint32_t line;
    bool quoted;
};

struct tb_csv_scan {
    char delimiter;
    char quote;               /* " */
    char escape;              /* inside quotes: what follows is text, "\\"; NUL: none */
    bool one_line;            /* quotes do not reach over the end of a line */
    const char *at;           /* next byte; after a scan: behind the record's line end */
    const char *end;          /* of the input */
    uint32_t line;            /* of the byte at `at` */
    const char *line_start;   /* of that line */
    struct tb_buf clean;      /* the record for libcsv: no line end behind it, no
                                 NULs, no blanks between a quote and a delimiter */
    struct tb_csv_mark *mark; /* one for each field */
    size_t n_marks;
    size_t capacity;
    unsigned flaws;
    bool met_end;             /* more bytes behind `end` could change the outcome */
};

/* Scans the record at `at`.  1: done, clean and mark hold it; no marks: a blank
 * line.  0: a quote that did not close ran up to line_start (one_line unset);
 * -1: out of memory.  mark and clean are the caller's to free. */
int tb_csv_scan(struct tb_csv_scan *scan);

#endif
