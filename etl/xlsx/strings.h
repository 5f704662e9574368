/* strings.h - texts of a workbook: those that its cells share, and their escapes. */
#ifndef TONGBAO_XLSX_STRINGS_H
#define TONGBAO_XLSX_STRINGS_H

#include <stddef.h>
#include "tongbao/buf.h"

struct tb_error;
struct tb_xlsx_package;

enum {
    TB_XLSX_MAX_STRINGS = 16 * 1024 * 1024,
    TB_XLSX_MAX_STRINGS_MIB = 512, /* all of them */
    TB_XLSX_MAX_TEXT = 1 << 20,    /* bytes of a cell; a spreadsheet ends at 32,767 characters */
};

/* Held whole: cells name them in any order. */
struct tb_xlsx_strings {
    struct tb_buf text; /* one behind the other */
    size_t *end;        /* of each in text */
    size_t n, capacity;
};

/* Reads the part `name`.  -1 with *err filled. */
int tb_xlsx_strings_load(struct tb_xlsx_strings *strings, struct tb_xlsx_package *package,
                         const char *name, struct tb_error *err);
/* String `i`, which is below n; valid until release. */
const char *tb_xlsx_string(const struct tb_xlsx_strings *strings, size_t i, size_t *len);
void tb_xlsx_strings_release(struct tb_xlsx_strings *strings);

/* What is in `text` from `start` on, with _x000D_ and the like made the characters
 * that they stand for: line ends become LF, other control characters blanks.  In
 * place, it never grows. */
void tb_xlsx_unescape(struct tb_buf *text, size_t start);

#endif
