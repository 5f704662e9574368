/* printable.h - text made safe for one line of a terminal or a log.
 *
 * Inside base only: error.c, diag.c and log.c share it, so that no byte of a
 * submission can move a cursor or fake a second line.
 */
#ifndef TONGBAO_BASE_PRINTABLE_H
#define TONGBAO_BASE_PRINTABLE_H

#include <stddef.h>

/* Writes `from` into the `size` bytes at `to` (size > 0) with control
 * characters, those that reorder text, and bytes that are no UTF-8 as \xHH, like
 * tb_escape_terminal.  What does not fit is cut between characters; the result
 * ends in NUL.  Returns its length. */
size_t tb_printable(char *to, size_t size, const char *from);

#endif
