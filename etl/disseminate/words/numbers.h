/* numbers.h - how numbers are printed: decimals, thousands, signs, units of measure.
 *
 * A number is never computed here beyond one rounding to its published digits;
 * what comes from the findings has been rounded already and only gains zeros.
 */
#ifndef TONGBAO_DISSEMINATE_NUMBERS_H
#define TONGBAO_DISSEMINATE_NUMBERS_H

#include <stdint.h>
#include "tongbao/decimal.h"
#include "tongbao/profile.h"
#include "tongbao/rational.h"

struct tb_buf;
struct tb_readback;
struct tb_report;

/* What printing depends on beside the number. */
struct tb_style {
    const char *lang; /* "zh" or "en" */
    int32_t growth_decimals;
    enum tb_round_mode round;
    struct tb_readback *readback; /* notes what is printed; borrowed, may be NULL (readback.h) */
};

struct tb_style tb_style_of(const struct tb_report *report);

/* The number with so many decimals; in English with commas between thousands. */
void tb_number_put(struct tb_buf *out, const struct tb_style *style, struct tb_decimal number,
                   int32_t decimals);
/* The same with '+' before what is printed as more than zero. */
void tb_number_signed(struct tb_buf *out, const struct tb_style *style, struct tb_decimal number,
                      int32_t decimals);
/* Without the sign. */
void tb_number_size(struct tb_buf *out, const struct tb_style *style, struct tb_decimal number,
                    int32_t decimals);
/* A number that another stage printed ("1234.5"): the text as it stands, in
 * English with commas.  A text that is no number is copied. */
void tb_number_printed(struct tb_buf *out, const struct tb_style *style, const char *text);
/* A count. */
void tb_number_count(struct tb_buf *out, const struct tb_style *style, size_t count);
/* Notes the numbers in a text that is quoted as it stands: a name, a date, a note;
 * returns it. */
const char *tb_number_quote(const struct tb_style *style, const char *text);
/* -1, 0 or 1: the sign of the number *as printed* with so many decimals. */
int tb_number_sign(const struct tb_style *style, struct tb_decimal number, int32_t decimals);
/* -1, 0, 1: a against b, both as printed. */
int tb_number_compare(const struct tb_style *style, struct tb_decimal a, struct tb_decimal b,
                      int32_t decimals);
/* |a - b| of the printed numbers, as the field quotes differences of rates. */
void tb_number_distance(struct tb_buf *out, const struct tb_style *style, struct tb_decimal a,
                        struct tb_decimal b, int32_t decimals);

/* Unit of measure as it stands behind a number: 亿元 as the profile writes it;
 * in English "hundred million yuan", so that the digits stay those of the tables.  "pp"
 * and "place" of verdicts become 个百分点 / percentage points and 位 / places. */
void tb_number_unit(struct tb_buf *out, const struct tb_style *style, const char *unit_measure);
/* The same behind that number: one of a thing is no plural in English. */
void tb_number_unit_of(struct tb_buf *out, const struct tb_style *style, const char *number,
                       const char *unit_measure);
/* Value of an indicator with its unit: "123.40亿元"; the word of a grade. */
void tb_number_amount(struct tb_buf *out, const struct tb_style *style,
                      const struct tb_indicator *indicator, struct tb_decimal number);
/* Mark of a value that is provisional (p), estimated (e) or revised (r), or "". */
const char *tb_number_mark(uint8_t status);

#endif
