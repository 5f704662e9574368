/* workbook.h - what a workbook says of itself: its sheets in their order, where its
 * parts are, from which day it counts.
 */
#ifndef TONGBAO_XLSX_WORKBOOK_H
#define TONGBAO_XLSX_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>

struct tb_error;
struct tb_xlsx_package;

enum { TB_XLSX_MAX_SHEETS = 4096 };

struct tb_xlsx_sheet_name {
    char *name; /* as on its tab, line ends made blanks */
    char *id;   /* of its relation */
    char *part; /* NULL: a chart or a dialogue, without cells */
};

struct tb_xlsx_workbook {
    struct tb_xlsx_sheet_name *sheet; /* hidden ones too: they are data */
    size_t n_sheets, capacity;
    char *strings, *styles; /* parts; NULL: there is none */
    bool from_1904;
};

/* -1 with *err filled; release also after that. */
int tb_xlsx_workbook_load(struct tb_xlsx_workbook *workbook, struct tb_xlsx_package *package,
                          struct tb_error *err);
void tb_xlsx_workbook_release(struct tb_xlsx_workbook *workbook);

/* Path of the part that `target` names in the part `source`: `../a.xml` in
 * `xl/b/c.xml` is `xl/a.xml`.  The caller frees; NULL when it leads out of the
 * package, is too long, or memory is out (then *err says so). */
char *tb_xlsx_target(const char *source, const char *target, struct tb_error *err);

#endif
