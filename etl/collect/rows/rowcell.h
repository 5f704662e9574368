/* rowcell.h - one value cell of a row on its way to an observation: what it is of
 * (rowmeaning.c), what it says (rowvalue.c), and the loop over all of them (rowcells.c).
 */
#ifndef TONGBAO_COLLECT_ROWCELL_H
#define TONGBAO_COLLECT_ROWCELL_H

#include <stdbool.h>
#include "collect/cell/cell.h"
#include "collect/rows/rows.h"

/* One cell on its way: what it is of, and what it says. */
struct tb_row_cell {
    struct tb_reading *reading;
    const struct tb_csv_record *record;
    const struct tb_row_codes *codes;
    const struct tb_value_column *column;
    const struct tb_meaning *meaning; /* of the column, or of column and qualifier */
    const struct tb_period_read *period;
    const struct tb_indicator *indicator; /* from tb_row_cell_identify on */
    struct tb_observation row;
    struct tb_cell cell;
    struct tb_decimal as_sent; /* before it is converted */
    bool silent;               /* nothing is refused aloud: a total line */
    bool named;                /* a row that takes back names the cells by filling them */
};

/* What becomes of it; ADDED also means that nothing speaks against it so far. */
enum tb_row_step {
    TB_STEP_FAILED = -1,
    TB_STEP_REJECTED,
    TB_STEP_EMPTY,
    TB_STEP_ADDED,
    TB_STEP_REPEATED
};

/* Notes a reject of the cell: REJECTED, or FAILED. */
enum tb_row_step tb_row_cell_refuse(struct tb_row_cell *w, enum tb_reason reason, const char *text,
                                    const char *expected, struct tb_error *err);

/* --- what it is of --- */

/* The meaning of HEAD:QUALIFIER, else of HEAD alone, each looked up once; -1: memory. */
int tb_row_cell_qualify(struct tb_row_cell *w, struct tb_error *err);
/* The period that the column says, else the row, the section, the file. */
const struct tb_period_read *tb_row_cell_period(const struct tb_row_cell *w);
/* Fits the indicator, the measure, the group, the period and the unit together, into `row`. */
enum tb_row_step tb_row_cell_identify(struct tb_row_cell *w, struct tb_error *err);
/* Refuses a unit that was not there in the period. */
enum tb_row_step tb_row_cell_check_validity(struct tb_row_cell *w, struct tb_error *err);

/* --- what it says --- */

/* Reads the text into `cell`, as its indicator and measure are written. */
void tb_row_cell_read(struct tb_row_cell *w, const struct tb_csv_field *field);
/* Refuses a cell that could not be read, with what was expected. */
enum tb_row_step tb_row_cell_refuse_bad(struct tb_row_cell *w, const struct tb_csv_field *field,
                                        struct tb_error *err);
/* The text of a column of the same meaning that holds another number, once the cell is read; NULL: none. */
const char *tb_row_cell_contradicted(struct tb_row_cell *w);
/* False for 增长5.3 where it is no rate of change, or of another one. */
bool tb_row_cell_direction_fits(const struct tb_row_cell *w);
/* What the cell and the row's status say together: a value or a kind of missing. */
enum tb_row_step tb_row_cell_settle_status(struct tb_row_cell *w, const struct tb_csv_field *field,
                                           struct tb_error *err);
/* The value in the indicator's unit of measure. */
enum tb_row_step tb_row_cell_settle_value(struct tb_row_cell *w, const struct tb_csv_field *field,
                                          struct tb_error *err);

#endif
