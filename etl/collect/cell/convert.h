/* convert.h - a number as submitted -> the unit of measure that its measure is
 * kept in, exactly or not at all.
 */
#ifndef TONGBAO_COLLECT_CONVERT_H
#define TONGBAO_COLLECT_CONVERT_H

#include <stdint.h>
#include "collect/cell/cell.h"
#include "collect/cell/coder.h"

/* Where the unit of measure of a number may be said, the nearest first. */
struct tb_said_uom {
    const char *column; /* by the head; NULL if not */
    const char *row;    /* by the row's cell; NULL if not */
    const char *form;   /* by the form; NULL if not */
    const char *title;  /* by a line above the table; NULL if not, or if the form does */
    int32_t mult;       /* the row's UNIT_MULT; 0: none */
};

/* Converts cell->value in place for (indicator row, measure).  -1, or the enum tb_reason
 * of a refusal, with *text (what was said) and *expected (what is kept). */
int tb_convert(struct tb_coder *coder, struct tb_cell *cell, int32_t indicator,
               enum tb_measure measure, const struct tb_said_uom *said, const char **text,
               const char **expected);

#endif
