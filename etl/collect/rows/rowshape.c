/* rowshape.c - rows with too few cells, too many, or damaged ones. */
#include "collect/rows/rows.h"

/* Cells behind the last head that are not blank, or more of them than in other rows:
 * a delimiter too many moves every cell behind it, also where the last are blank. */
static bool is_too_long(struct tb_reading *r, const struct tb_csv_record *record)
{
    if (record->n_fields > r->plan->wide)
        return true;
    for (size_t c = r->plan->n_heads; c < record->n_fields; c++) {
        if (!tb_row_is_blank(r, &record->field[c]))
            return true;
    }
    return false;
}

int tb_row_shape(struct tb_reading *r, const struct tb_csv_record *record)
{
    if (record->flaws == TB_CSV_FINE && record->n_fields > r->plan->last_column &&
        record->n_fields <= r->plan->n_heads)
        return -1;
    if (record->flaws & TB_CSV_UNCLOSED)
        return TB_REASON_ROW_UNCLOSED;
    if (record->flaws & TB_CSV_NUL)
        return TB_REASON_ROW_NUL;
    if (record->flaws & TB_CSV_STRAY_QUOTE)
        return TB_REASON_ROW_QUOTE;
    if (is_too_long(r, record))
        return TB_REASON_ROW_LONG;
    return record->n_fields <= r->plan->last_column ? (int)TB_REASON_ROW_SHORT : -1;
}
