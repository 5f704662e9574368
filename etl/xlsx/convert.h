/* convert.h - a whole workbook as CSV.
 *
 * Above each sheet stands a line `-------- N - NAME`, N its place in the workbook.
 */
#ifndef TONGBAO_XLSX_CONVERT_H
#define TONGBAO_XLSX_CONVERT_H

#include <stdio.h>

struct tb_error;
struct tb_xlsx_package;

/* What was written before a failure is not the workbook.  -1 with *err filled. */
int tb_xlsx_convert(struct tb_xlsx_package *package, FILE *stream, struct tb_error *err);

#endif
