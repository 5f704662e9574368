/* totals.h - total lines: not stored, but held against the sum of the rows.
 *
 * Only what adds up over units is summed (flows, counts and stocks, their values
 * and bases, not rates, ranks or grades), and only in tables whose columns say
 * what they are of.  A difference is a remark, never a reject.  Where a row or a cell
 * was rejected, is suppressed or states a unit of measure of its own the sum is not
 * known, and the total may well be right: nothing is said.  Where cells are missing one remark for the table
 * names them, unless the rest agrees; what is not applicable (status M) is nothing.
 */
#ifndef TONGBAO_COLLECT_TOTALS_H
#define TONGBAO_COLLECT_TOTALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tongbao/decimal.h"
#include "tongbao/observation.h"

struct tb_csv_record;
struct tb_error;
struct tb_profile;
struct tb_reading;
struct tb_row_codes;

enum {
    TB_TOTALS_COLUMNS = 256, /* of values, beyond which nothing is compared */
    TB_TOTALS_REMARKS = 20,  /* of a file; more are counted */
    TB_TOTALS_LACKING = 40,  /* missing cells of a table that can be named */
    TB_TOTALS_NAMED = 5,     /* of them in one remark */
};

enum tb_total_kind { TB_TOTAL_NONE, TB_TOTAL_SUM, TB_TOTAL_PART, TB_TOTAL_AVERAGE };

/* What a name, folded, says: 合计 and 全市 a sum, 小计 one of a part, 平均 none of both. */
enum tb_total_kind tb_total_kind(const char *folded);

/* The rows since a table or a part of it began. */
struct tb_sum {
    bool failed; /* no sum can be made */
    struct tb_decimal value;
    int64_t n;
    int64_t n_lacking; /* cells that hold no number, and may have one */
    int32_t scale; /* the finest that a summand had */
};

/* One column of values, of one indicator, measure and period. */
struct tb_summed {
    size_t column;
    uint16_t indicator;
    uint8_t measure;
    int32_t period;
    struct tb_sum table, part;
};

/* A cell of a total line that agrees with no sum so far. */
struct tb_total_cell {
    size_t summed;
    uint32_t line, column;
    struct tb_decimal value;
    bool is_part, has_part;
    struct tb_decimal part; /* the sum of the part that it stood below */
    bool part_lacks;        /* and that had missing cells */
};

/* A missing cell of a sum. */
struct tb_lacking {
    size_t summed;
    uint32_t unit, line;
};

struct tb_totals {
    bool off; /* more than can be kept track of, or units within units */
    struct tb_summed *summed;
    size_t n_summed, summed_capacity, last;
    struct tb_total_cell *cell;
    size_t n_cells, cells_capacity;
    uint8_t *units; /* of each unit: summed, or above one that is */
    uint64_t unsure[TB_TOTALS_COLUMNS / 64]; /* columns whose sum lacks a cell */
    struct tb_lacking lacking[TB_TOTALS_LACKING]; /* the first of them */
    size_t n_lacking;
    size_t n_remarks;
};

void tb_totals_release(struct tb_totals *totals);
/* Adds an accepted number to the sums of its column. */
void tb_totals_add(struct tb_reading *reading, size_t column, const struct tb_observation *row,
                   struct tb_decimal value);
/* A cell holds no number: what it would be of is `row`. */
void tb_totals_lack(struct tb_reading *reading, size_t column, const struct tb_observation *row,
                    uint32_t line);
/* A cell of the column was not taken or cannot be added: its totals are not compared. */
void tb_totals_unsure(struct tb_totals *totals, size_t column);
/* Takes a total line: compares it with what stands above it, and keeps what does
 * not agree for what comes below. */
int tb_totals_line(struct tb_reading *reading, const struct tb_csv_record *record,
                   const struct tb_row_codes *codes, enum tb_total_kind kind,
                   struct tb_error *err);
/* True when the total is that of the rows as they are rounded, or nothing can be said. */
bool tb_totals_agree(const struct tb_sum *sum, struct tb_decimal total);
/* A part of the table ends: at a section row or below 小计. */
void tb_totals_end_part(struct tb_reading *reading);
/* The table ends: what still does not agree becomes a remark. */
int tb_totals_end_table(struct tb_reading *reading, struct tb_error *err);

#endif
