/* output.h - CSV as it comes, never more than a limit.
 *
 * RFC 4180 with LF, and nothing else: a text that looks like a formula stays what it
 * is (the writer of tables, csv.h, would guard it for a spreadsheet).
 */
#ifndef TONGBAO_XLSX_OUTPUT_H
#define TONGBAO_XLSX_OUTPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct tb_buf;
struct tb_error;

enum { TB_XLSX_MAX_TEXT_MIB = 1024 /* of all sheets */ };

struct tb_xlsx_output {
    FILE *stream;
    uint64_t bytes; /* so far */
};

/* Appends a field, quoted where that is needed. */
void tb_xlsx_field_put(struct tb_buf *out, const char *text, size_t len);
/* `n` empty lines, then the bytes.  -1 with *err filled. */
int tb_xlsx_output_put(struct tb_xlsx_output *output, size_t n_lines, const struct tb_buf *bytes,
                       struct tb_error *err);

#endif
