/* serial.h - the day numbers of a workbook as ISO dates.
 *
 * Day 1 is 1900-01-01 and day 60 is 1900-02-29, which never was, so that from day 61
 * on the count is one ahead; or, in workbooks that say so, day 0 is 1904-01-01.
 */
#ifndef TONGBAO_XLSX_SERIAL_H
#define TONGBAO_XLSX_SERIAL_H

#include <stdbool.h>

struct tb_buf;
struct tb_xlsx_digits;

/* Appends 2023-05-01; 2023-05 or 2023 where the format shows no more (`parts`,
 * format.h) and the day is the first; 2023-05-01 08:30:00 where it shows a time that
 * is not midnight; 08:30:00 of day 0; 36:30:00 of hours that count on.
 * False, with nothing appended, for what is no day from 1900 (1904) to 9999. */
bool tb_xlsx_serial(const struct tb_xlsx_digits *number, unsigned parts, bool from_1904,
                    struct tb_buf *out);

#endif
