/* row_print.c - the printed numbers of a row, written where they stay.
 *
 * A province has some hundred million cells, of which nearly all are ordinary: each shape
 * of row has a loop of its own, and no number goes through memory on its way.
 */
#include "analyse/measure/row_cell.h"

uint8_t tb_row_absent_letter(enum tb_measure measure, const struct tb_measured *exact)
{
    uint8_t letter = exact->status & TB_STATUS_MASK;

    if (letter == TB_STATUS_NONE || (measure == TB_MEASURE_VALUE && letter >= TB_STATUS_L))
        return letter;
    if (measure == TB_MEASURE_YTD && letter >= TB_STATUS_L)
        return letter;
    if (exact->known == TB_UNKNOWN_HELD)
        return TB_STATUS_O;
    return exact->known == TB_UNKNOWN_NO_DATA ? TB_STATUS_L : TB_STATUS_M;
}

/* With `shape` and `mode` given as constants the compiler leaves out what they exclude. */
__attribute__((always_inline)) static inline size_t
print_row(const struct tb_row *row, enum tb_row_shape shape, enum tb_round_mode mode,
          const struct tb_row_printing *to)
{
    const struct tb_row cells = *row; /* what is written to cannot be a part of it */
    int64_t *value = to->value;
    uint8_t *status = to->status;
    size_t n_odd = 0;

    for (uint32_t unit = 0; unit < to->n_units; unit++) {
        struct tb_measured exact;
        int64_t printed;
        if (!tb_row_get_ordinary(&cells, shape, unit, &exact)) {
            to->odd[n_odd++] = unit;
        } else if (exact.known != TB_KNOWN) {
            status[unit] = tb_row_absent_letter(cells.measure, &exact);
        } else if (tb_rational_round_small(exact.number, to->factor, mode, &printed)) {
            value[unit] = printed;
            status[unit] = exact.status;
        } else {
            to->odd[n_odd++] = unit;
        }
    }
    return n_odd;
}

size_t tb_row_print(const struct tb_row *row, const struct tb_row_printing *to)
{
    bool usual = to->mode == TB_ROUND_HALF_UP;

    switch (row->shape) {
    case TB_ROW_CELL:
        return print_row(row, TB_ROW_CELL, to->mode, to);
    case TB_ROW_RATE:
        return usual ? print_row(row, TB_ROW_RATE, TB_ROUND_HALF_UP, to)
                     : print_row(row, TB_ROW_RATE, to->mode, to);
    case TB_ROW_DIFFERENCE:
        return print_row(row, TB_ROW_DIFFERENCE, to->mode, to);
    case TB_ROW_SHARE:
        return print_row(row, TB_ROW_SHARE, to->mode, to);
    case TB_ROW_UNUSUAL:
        break;
    }
    for (uint32_t unit = 0; unit < to->n_units; unit++)
        to->odd[unit] = unit;
    return to->n_units;
}
