/* row_cell.h - one cell of a row, for loops over all units; rows.c and row_print.c only.
 *
 * Written to be taken into such loops, which know the shape of the row.
 */
#ifndef TONGBAO_ANALYSE_ROW_CELL_H
#define TONGBAO_ANALYSE_ROW_CELL_H

#include "analyse/measure/growth.h"
#include "analyse/measure/rows.h"
#include "tongbao/profile.h"

static inline uint8_t tb_row_letter_of(const uint8_t *status, size_t unit)
{
    return status ? status[unit] & TB_STATUS_MASK : TB_STATUS_NONE;
}

/* Members are written one by one where they will stay: a struct put together in
 * registers and copied costs several times as much. */
static inline void tb_row_put(struct tb_measured *out, int64_t num, int64_t den,
                              enum tb_known known, uint8_t status)
{
    out->number.num = num;
    out->number.den = den;
    out->known = (uint8_t)known;
    out->status = status;
    out->provisional = false;
    out->unranked = false;
}

static inline void tb_row_put_unknown(struct tb_measured *out, enum tb_known why, uint8_t status)
{
    tb_row_put(out, 0, 1, why, status);
}

static inline void tb_row_put_absent(struct tb_measured *out, uint8_t letter, uint8_t status)
{
    tb_row_put_unknown(out, letter == TB_STATUS_M ? TB_UNKNOWN_NOT_APPLICABLE : TB_UNKNOWN_NO_DATA,
                       status);
}

static inline void tb_row_put_known(struct tb_measured *out, int64_t num, int64_t den,
                                    uint8_t letter)
{
    tb_row_put(out, num, den, TB_KNOWN, letter);
    out->provisional = tb_status_is_provisional(letter);
}

/* Whether the comparison with an earlier period needs no look at the unit's past. */
static inline bool tb_row_is_settled(const struct tb_row *row, size_t unit)
{
    return row->ms->since[unit] <= row->since && !(row->broken && row->broken[unit]);
}

/* Imputed figures may have no place, held ones say so. */
static inline bool tb_row_is_unusual(uint8_t letter)
{
    return letter == TB_STATUS_I || letter == TB_STATUS_O;
}

/* The published rate, where there is one. */
static inline bool tb_row_take_published(const struct tb_row *row, size_t unit,
                                         struct tb_measured *out)
{
    uint8_t letter = tb_row_letter_of(row->published_status, unit);

    if (tb_status_has_value(letter)) {
        tb_row_put_known(out, row->published[unit], row->published_den, letter);
        out->status |= TB_GROWTH_PUBLISHED;
        return true;
    }
    return false;
}

/* x and b are known.  False when the number does not fit. */
static inline bool tb_row_compare(const struct tb_row *row, enum tb_row_shape shape, int64_t x,
                                  int64_t b, struct tb_measured *out)
{
    int64_t difference;

    if (shape == TB_ROW_DIFFERENCE) {
        if (__builtin_sub_overflow(x, b, &difference))
            return false;
        out->number.num = difference;
        return true;
    }
    if (row->incomparable) {
        out->known = TB_UNKNOWN_NOT_COMPUTABLE;
        return true;
    }
    if (b <= 0 || x < 0) {
        tb_row_put_unknown(out, TB_UNKNOWN_NOT_COMPUTABLE, out->status);
        return true;
    }
    out->status |= row->method;
    out->number.den = b;
    return !__builtin_mul_overflow(x - b, 100, &out->number.num); /* both are >= 0 */
}

__attribute__((always_inline)) static inline bool
tb_row_get_compared(const struct tb_row *row, enum tb_row_shape shape, size_t unit,
                    struct tb_measured *out)
{
    uint8_t x = tb_row_letter_of(row->x_status, unit), b = tb_row_letter_of(row->b_status, unit);

    if (!tb_row_is_settled(row, unit) ||
        tb_row_is_unusual(tb_row_letter_of(row->published_status, unit)))
        return false;
    if (row->published_status && tb_row_take_published(row, unit, out))
        return true;
    if (tb_row_is_unusual(x) || tb_row_is_unusual(b))
        return false;
    if (!tb_status_has_value(x)) {
        tb_row_put_absent(out, x, x);
        return true;
    }
    if (!tb_status_has_value(b)) {
        tb_row_put_absent(out, b, x);
        return true;
    }
    tb_row_put_known(out, row->x[unit], row->den, x);
    if (!tb_row_compare(row, shape, row->x[unit], row->b[unit], out))
        return false;
    if (out->known == TB_KNOWN)
        out->provisional |= tb_status_is_provisional(b);
    return true;
}

static inline bool tb_row_get_share(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    int32_t parent = row->ms->profile->units[unit].parent;
    uint8_t x = tb_row_letter_of(row->x_status, unit), whole;

    if (tb_row_is_unusual(x))
        return false;
    if (!tb_status_has_value(x)) {
        tb_row_put_absent(out, x, x);
        return true;
    }
    if (parent == TB_NONE || !row->adds_up) {
        tb_row_put_unknown(out, TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
        return true;
    }
    whole = tb_row_letter_of(row->x_status, (size_t)parent);
    if (tb_row_is_unusual(whole))
        return false;
    if (!tb_status_has_value(whole)) {
        tb_row_put_absent(out, whole, x);
        return true;
    }
    tb_row_put_known(out, row->x[unit], row->x[parent], x);
    out->provisional |= tb_status_is_provisional(whole);
    if (row->x[parent] <= 0) {
        tb_row_put_unknown(out, TB_UNKNOWN_NOT_COMPUTABLE, x);
        return true;
    }
    return !__builtin_mul_overflow(row->x[unit], 100, &out->number.num);
}

static inline bool tb_row_get_cell(const struct tb_row *row, size_t unit, struct tb_measured *out)
{
    uint8_t letter = tb_row_letter_of(row->x_status, unit);

    if (tb_row_is_unusual(letter))
        return false;
    if (tb_status_has_value(letter))
        tb_row_put_known(out, row->x[unit], row->den, letter);
    else
        tb_row_put_absent(out, letter, letter);
    return true;
}

/* The cell of a row of that shape, which a loop over units knows beforehand.  False when it
 * is to be asked for the long way. */
static inline bool tb_row_get_ordinary(const struct tb_row *row, enum tb_row_shape shape,
                                       size_t unit, struct tb_measured *out)
{
    switch (shape) {
    case TB_ROW_CELL:
        return tb_row_get_cell(row, unit, out);
    case TB_ROW_RATE:
    case TB_ROW_DIFFERENCE:
        return tb_row_get_compared(row, shape, unit, out);
    case TB_ROW_SHARE:
        return tb_row_get_share(row, unit, out);
    default:
        return false;
    }
}

#endif
