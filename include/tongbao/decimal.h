/* decimal.h - exact decimals: a 64-bit integer and a scale.
 *
 * 1234.5 is { .units = 12345, .scale = 1 }.  No double is involved: methods
 * note, section 0.  Scale is 0..TB_DECIMAL_SCALE_MAX.
 */
#ifndef TONGBAO_DECIMAL_H
#define TONGBAO_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TB_DECIMAL_SCALE_MAX = 12, TB_DECIMAL_TEXT = 32 };

struct tb_decimal {
    int64_t units; /* value times 10^scale */
    int32_t scale; /* digits after the point */
};

/* Whole field, [+-]digits[.digits], at least one digit, no blanks, no exponent,
 * no thousands marks (collect takes those off).  False if it is anything else
 * or has more digits than fit. */
bool tb_decimal_parse(const char *text, size_t len, struct tb_decimal *out);
/* Same value with another scale; false if digits other than zero would be lost
 * or it does not fit. */
bool tb_decimal_rescale(struct tb_decimal in, int32_t scale, struct tb_decimal *out);
/* Times 10^power, exactly (万元 to 元: +4); false if it does not fit. */
bool tb_decimal_shift(struct tb_decimal in, int32_t power, struct tb_decimal *out);
/* Without trailing zeros after the point. */
struct tb_decimal tb_decimal_trim(struct tb_decimal in);
int tb_decimal_cmp(struct tb_decimal a, struct tb_decimal b); /* -1, 0, 1; exact */
/* "-12.50"; never "-0.0".  Returns the length. */
size_t tb_decimal_format(struct tb_decimal value, char text[TB_DECIMAL_TEXT]);
/* 10^n for n in 0..18. */
int64_t tb_pow10(int32_t n);

#endif
