/* number.h - the numbers of a workbook as a person reads them.
 *
 * A workbook holds doubles, written in decimal with up to 17 digits, of which those
 * behind the 15th are noise of binary fractions: 2.3 stands there as
 * 2.2999999999999998.  Here they are rounded off, half away from zero and in
 * decimal, as the spreadsheet itself does before it shows a number; but never a digit
 * before the point.  No double is involved.
 */
#ifndef TONGBAO_XLSX_NUMBER_H
#define TONGBAO_XLSX_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

struct tb_buf;

enum { TB_XLSX_DIGITS = 400 };

/* digit[0] is not 0 unless n is 0, nor is the last; the value is 0.DIGITS times 10^point. */
struct tb_xlsx_digits {
    bool negative; /* never of zero */
    int n, point;
    char digit[TB_XLSX_DIGITS]; /* '0'..'9', no NUL */
};

/* [+-]digits[.digits][E[+-]digits], the whole text; false if it is anything else or
 * has more digits than any double. */
bool tb_xlsx_digits(const char *text, size_t len, struct tb_xlsx_digits *out);
/* Appends them times 10^shift, exactly and without exponent: 0.053 by 2 is "5.3". */
void tb_xlsx_digits_put(const struct tb_xlsx_digits *digits, int shift, struct tb_buf *out);

#endif
