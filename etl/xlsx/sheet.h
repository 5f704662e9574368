/* sheet.h - a sheet as CSV, row by row.
 *
 * Row N of the sheet is the Nth record behind the sheet's mark: rows that are empty or
 * absent are empty lines, but not those behind the last that is not.  All others are
 * as wide as the widest.  Of merged cells the first has the text.  Hidden rows and columns are data
 * like others.
 */
#ifndef TONGBAO_XLSX_SHEET_H
#define TONGBAO_XLSX_SHEET_H

struct tb_error;
struct tb_xlsx_book;
struct tb_xlsx_output;
struct tb_xlsx_package;

/* Holds one row.  -1 with *err filled, which names the cell. */
int tb_xlsx_sheet_put(struct tb_xlsx_package *package, const char *part,
                      const struct tb_xlsx_book *book, struct tb_xlsx_output *output,
                      struct tb_error *err);

#endif
