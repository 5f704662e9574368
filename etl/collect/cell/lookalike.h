/* lookalike.h - letters that were typed for digits. */
#ifndef TONGBAO_COLLECT_LOOKALIKE_H
#define TONGBAO_COLLECT_LOOKALIKE_H

#include <stdbool.h>

struct tb_buf;

/* True when `text` is a number but for letters that look like digits (O and o like 0, l and I
 * like 1): 12O, 1O5.5, l2.  *out is then emptied and gets the number that may be meant, for a
 * message; it is never taken for what was sent.  Without a digit (OIl) it is no number.  Memory
 * that runs out is told by the buffer. */
bool tb_lookalike_digits(const char *text, struct tb_buf *out);

#endif
