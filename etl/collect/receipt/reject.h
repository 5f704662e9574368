/* reject.h - what collect does not take, and why: one table of reasons.
 *
 * A reason has a stable code (number.malformed), a sentence in Chinese and in
 * English, and says what was expected.  rejects.csv, receipts, the store and
 * the README of this room all draw on that one table.
 */
#ifndef TONGBAO_COLLECT_REJECT_H
#define TONGBAO_COLLECT_REJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_buf;
struct tb_error;

enum tb_reason {
    TB_REASON_FILE_DAMAGED,
    TB_REASON_FILE_TOO_LARGE,
    TB_REASON_FILE_EMPTY,
    TB_REASON_FILE_NOT_TEXT,
    TB_REASON_FILE_ENCODING,
    TB_REASON_FILE_NO_CONVERTER,
    TB_REASON_FILE_CONVERTER_FAILED,
    TB_REASON_FILE_CONVERTER_SLOW,
    TB_REASON_FILE_CONVERTER_TOO_MUCH,
    TB_REASON_FORM_UNKNOWN,
    TB_REASON_HEADER_MISSING,
    TB_REASON_UNIT_UNSTATED,
    TB_REASON_PERIOD_UNSTATED,
    TB_REASON_INDICATOR_UNSTATED,
    TB_REASON_UNIT_UNCLEAR,
    TB_REASON_PERIOD_UNCLEAR,
    TB_REASON_INDICATOR_UNCLEAR,
    TB_REASON_MEASURE_UNCLEAR,
    TB_REASON_TABLE_UNKNOWN,
    TB_REASON_HEAD_MISSING,
    TB_REASON_HEAD_UNCLEAR,
    TB_REASON_HEAD_UNKNOWN,
    TB_REASON_HEAD_TWICE,
    TB_REASON_HEAD_AMBIGUOUS,
    TB_REASON_ROW_UNCLOSED,
    TB_REASON_ROW_QUOTE,
    TB_REASON_ROW_NUL,
    TB_REASON_ROW_LONG,
    TB_REASON_ROW_SHORT,
    TB_REASON_ROW_UNREAD,
    TB_REASON_UNIT_MISSING,
    TB_REASON_UNIT_UNKNOWN,
    TB_REASON_UNIT_AMBIGUOUS,
    TB_REASON_UNIT_DIFFERS,
    TB_REASON_UNIT_NOT_VALID,
    TB_REASON_UNIT_FORMER_NAME,
    TB_REASON_INDICATOR_MISSING,
    TB_REASON_INDICATOR_UNKNOWN,
    TB_REASON_INDICATOR_AMBIGUOUS,
    TB_REASON_INDICATOR_DIFFERS,
    TB_REASON_PERIOD_MISSING,
    TB_REASON_PERIOD_MALFORMED,
    TB_REASON_PERIOD_FREQUENCY,
    TB_REASON_PERIOD_DIFFERS,
    TB_REASON_PERIOD_SPAN,
    TB_REASON_MEASURE_UNKNOWN,
    TB_REASON_UOM_MISMATCH,
    TB_REASON_UOM_UNKNOWN,
    TB_REASON_UOM_AMBIGUOUS,
    TB_REASON_UOM_OF_FORM,
    TB_REASON_UOM_INEXACT,
    TB_REASON_UOM_CURRENCY,
    TB_REASON_UOM_MULTIPLIER,
    TB_REASON_STATUS_UNKNOWN,
    TB_REASON_STATUS_CONFLICT,
    TB_REASON_NUMBER_MALFORMED,
    TB_REASON_NUMBER_MARKS,
    TB_REASON_NUMBER_SPREADSHEET,
    TB_REASON_NUMBER_EXPONENT,
    TB_REASON_NUMBER_DATE,
    TB_REASON_NUMBER_INEXACT,
    TB_REASON_NUMBER_DIRECTION,
    TB_REASON_NUMBER_TOO_LONG,
    TB_REASON_RANK_MALFORMED,
    TB_REASON_GRADE_UNKNOWN,
    TB_REASON_MILESTONE_MALFORMED,
    TB_REASON_DAY_MALFORMED,
    TB_REASON_ACTION_UNKNOWN,
    TB_REASON_VALUE_DIFFERS,
    TB_REASON_KEY_CONFLICT,
    TB_REASON_WITHDRAWAL_NOTHING,
    TB_N_REJECT_REASONS,

    /* Remarks that reject nothing; they stand in the receipt. */
    TB_REMARK_BYTES_REPLACED = TB_N_REJECT_REASONS,
    TB_REMARK_FORM_BY_HEADS,
    TB_REMARK_PERIOD_AHEAD,
    TB_REMARK_ROUNDED,
    TB_REMARK_SHORT,
    TB_REMARK_SHEETS,
    TB_REMARK_MARKED,
    TB_REMARK_TOTAL,
    TB_REMARK_TOTALS,
    TB_REMARK_UOM_BELOW,
    TB_REMARK_MEASURE_DIFFERS,
    TB_REMARK_LINE_UNKNOWN,
    TB_REMARK_PERIOD_DIFFERS,
    TB_REMARK_PERIOD_OF_NAME,
    TB_REMARK_TOTAL_UNJUDGED,
    TB_N_REASONS,
};

/* One thing not taken, or one remark.  Texts live in the list's arena. */
struct tb_reject {
    enum tb_reason reason;
    uint32_t line;        /* in the file as sent, from 1; 0: the file as a whole */
    uint32_t column;      /* characters, from 1; 0: the line as a whole */
    const char *field;    /* head of the column, or the dimension; "" if none */
    const char *text;     /* what stood there, cut to a sensible length */
    const char *expected; /* the nearest known name, the frequency, ...; "" if none */
};

struct tb_rejects {
    struct tb_arena arena;
    struct tb_reject *item;
    size_t n, capacity;
};

void tb_rejects_release(struct tb_rejects *list);
/* The text as it is kept: at most a line of it, valid UTF-8; NULL counts as empty.
 * Valid until *scratch changes, whose `failed` tells that memory is out. */
const char *tb_reject_cut(const char *text, struct tb_buf *scratch);
/* Appends one; NULL texts count as empty.  -1 when memory is out. */
int tb_rejects_add(struct tb_rejects *list, const struct tb_reject *reject, struct tb_error *err);

const char *tb_reason_code(enum tb_reason reason); /* "number.malformed" */
/* The reason of that code, or -1. */
int tb_reason_find(const char *code);
/* What is expected in general where this reason is given, in English; "" if
 * only the case can say (column `expected` of rejects.csv). */
const char *tb_reason_expected(enum tb_reason reason);
/* The whole sentence for people, "zh" or else English. */
void tb_reject_message(const struct tb_reject *reject, const char *lang, struct tb_buf *out);

#endif
