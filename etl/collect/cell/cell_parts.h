/* cell_parts.h - what stands before and behind the digits of a number. */
#ifndef TONGBAO_COLLECT_CELL_PARTS_H
#define TONGBAO_COLLECT_CELL_PARTS_H

#include "collect/cell/cell.h"

/* Words before the number, 同比下降: the text behind them, and whether they make
 * it negative; NULL when they say something else than a number (out->reason). */
char *tb_cell_before(char *text, bool *negative, struct tb_cell *out);
/* Footnote marks and a flag are taken off `rest`, what stands behind the digits;
 * what is left is the unit of measure.  False when it cannot be (out->reason). */
bool tb_cell_behind(char *rest, const struct tb_profile *profile, struct tb_cell *out);

/* The sign of a currency that `text` begins with and its length; 0: none. */
uint8_t tb_cell_currency(const char *text, size_t *len);
/* Takes such a sign, and a blank behind it, off the front: the text behind it. */
char *tb_cell_take_currency(char *text, struct tb_cell *out);
/* A suffix that is a sign and nothing else is one.  Where a number has a sign and no other
 * suffix, the sign is its suffix.  False when it has two. */
bool tb_cell_currency_behind(struct tb_cell *out);

#endif
