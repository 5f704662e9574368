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
#include "collect/receipt/reject.h"
#include "tongbao/decimal.h"
#include "tongbao/profile.h"

struct tb_buf;

enum tb_cell_kind {
    TB_CELL_VALUE,   /* value holds it */
    TB_CELL_MISSING, /* a word for a missing value: status says why */
    TB_CELL_EMPTY,   /* nothing stands there */
    TB_CELL_BAD,     /* reason says why */
};

/* 同比下降5.3%: on the year before; 环比: on the period before. */
enum tb_compared { TB_COMPARED_OPEN, TB_COMPARED_YEAR, TB_COMPARED_BEFORE };

struct tb_cell {
    enum tb_cell_kind kind;
    struct tb_decimal value;
    uint8_t status;        /* of TB_CELL_MISSING: enum tb_status */
    bool tied;             /* of a rank: shared */
    bool rounded;          /* had more decimals than are kept */
    bool marked;           /* a footnote mark behind it was left out */
    bool is_stage;         /* of a milestone: value is an enum tb_task_stage, not a percentage */
    bool directed;         /* a word of direction (增长, 下降) gave the sign: a rate of change only */
    enum tb_compared compared; /* with what, where the word says it */
    uint8_t currency;      /* sign of one beside the number (tb_cell_currency_sign); 0: none */
    uint8_t flag;          /* status by a flag behind the number; TB_STATUS_NONE: none */
    enum tb_reason reason; /* of TB_CELL_BAD */
    const char *suffix;    /* unit of measure behind the number, "万元"; NULL: none.
                            * Lives in the scratch buffer. */
};

/* How numbers of a submission are to be read. */
struct tb_cell_rules {
    const struct tb_profile *profile; /* may be NULL: its words for missing and its flags */
    bool decimal_comma;               /* 1.234,5: the form says so */
};

/* A number: thousands marks, blanks, full width, a unit of measure behind it,
 * brackets for negative, the sign of a currency, a flag, a footnote mark, a word of direction; decimals
 * behind the twelfth (noise of binary floating point) are rounded away; missing
 * words.  `scratch` is overwritten. */
void tb_cell_value(const char *text, size_t len, const struct tb_cell_rules *rules,
                   struct tb_buf *scratch, struct tb_cell *out);
/* The same with a decimal point. */
void tb_cell_number(const char *text, size_t len, const struct tb_profile *profile,
                    struct tb_buf *scratch, struct tb_cell *out);
/* The sign, "¥"; "" of 0.  Its text is read as a unit of measure (uom.h). */
const char *tb_cell_currency_sign(uint8_t currency);
/* A given rank: 3, 第3, 第三名, 并列第一, =3, T3. */
void tb_cell_rank(const char *text, size_t len, const struct tb_profile *profile,
                  struct tb_buf *scratch, struct tb_cell *out);
/* How far a task is: percent complete, done or yes (100), no (0), or a stage: 推进中, 未启动.
 * `推进中（60%）` is 60. */
void tb_cell_milestone(const char *text, size_t len, const struct tb_cell_rules *rules,
                       struct tb_buf *scratch, struct tb_cell *out);
/* A day: 2023-06-12, 2023/6/12, 2023年6月12日, 20230612; 6月12日 is the one of `last`'s
 * year that is not after `last` (TB_DAY_NONE: refused).  The value is YYYYMMDD. */
void tb_cell_day(const char *text, size_t len, tb_day last, const struct tb_cell_rules *rules,
                 struct tb_buf *scratch, struct tb_cell *out);
/* A text: the value stands for it (tb_text_number); words for missing say that there is none. */
void tb_cell_text(const char *text, size_t len, const struct tb_cell_rules *rules,
                  struct tb_buf *scratch, struct tb_cell *out);
/* A grade's word -> its place in the list from 1; a place in digits is taken, too. */
void tb_cell_grade(const char *text, size_t len, const struct tb_strings *grades,
                   const struct tb_cell_rules *rules, struct tb_buf *scratch, struct tb_cell *out);

#endif
