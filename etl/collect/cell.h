/* cell.h - one value cell of a submission -> an exact decimal, a missing value,
 * or the reason why it is neither.
 *
 * No value is guessed: what can be read in two ways is refused.
 */
#ifndef TONGBAO_COLLECT_CELL_H
#define TONGBAO_COLLECT_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/reject.h"
#include "tongbao/decimal.h"
#include "tongbao/profile.h"

struct tb_buf;

enum tb_cell_kind {
    TB_CELL_VALUE,   /* value holds it */
    TB_CELL_MISSING, /* a word for a missing value: status says why */
    TB_CELL_EMPTY,   /* nothing stands there */
    TB_CELL_BAD,     /* reason says why */
};

struct tb_cell {
    enum tb_cell_kind kind;
    struct tb_decimal value;
    uint8_t status;        /* of TB_CELL_MISSING: enum tb_status */
    bool tied;             /* of a rank: shared */
    bool rounded;          /* had more decimals than are kept */
    enum tb_reason reason; /* of TB_CELL_BAD */
    const char *suffix;    /* unit of measure behind the number, "万元"; NULL: none.
                            * Lives in the scratch buffer. */
};

/* A number: thousands marks, blanks, full width, a unit of measure behind it,
 * brackets for negative; decimals behind the twelfth (noise of binary floating
 * point) are rounded away; missing words of the profile (may be NULL) and the usual ones.
 * `scratch` is overwritten. */
void tb_cell_number(const char *text, size_t len, const struct tb_profile *profile,
                    struct tb_buf *scratch, struct tb_cell *out);
/* A given rank: 3, 第3, 第三名, 并列第一, =3, T3. */
void tb_cell_rank(const char *text, size_t len, const struct tb_profile *profile,
                  struct tb_buf *scratch, struct tb_cell *out);
/* Percent complete, or done (100), or not done (0). */
void tb_cell_milestone(const char *text, size_t len, const struct tb_profile *profile,
                       struct tb_buf *scratch, struct tb_cell *out);
/* A grade's word -> its place in the list from 1; a place in digits is taken, too. */
void tb_cell_grade(const char *text, size_t len, const struct tb_strings *grades,
                   const struct tb_profile *profile, struct tb_buf *scratch, struct tb_cell *out);

/* The status that a word for a missing value stands for, or -1. `folded` by tb_text_fold. */
int tb_missing_word(const struct tb_profile *profile, const char *folded);

#endif
