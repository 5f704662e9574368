/* spool.h - what is told of the rows of one submission, written as it is found:
 * segments/<key>.csv, in place when it is whole (kept.h reads it).
 *
 * The columns are kind,line,column,field,text,reason,expected:
 *   reject    one reject or remark; reason is its code
 *   ignored   reason is the kind
 *   title     the ignored row of that line was the title of another table
 *   fact      reason names it, text is it (form, period, rows_in ...)
 *   end       last row: line is the CRC-32 of all bytes before it, in ten digits
 * Texts begin with ':' there, so that the guard against formulas in spreadsheets
 * (tb_csv_put) leaves them as they are.
 */
#ifndef TONGBAO_COLLECT_SPOOL_H
#define TONGBAO_COLLECT_SPOOL_H

#include <stdint.h>
#include "collect/receipt/reject.h"

struct tb_error;
struct tb_spool; /* opaque */

enum { TB_SPOOL_END = 27 }; /* bytes of the last row, without NUL */

/* Nothing is written yet.  NULL with *err filled when memory is out. */
struct tb_spool *tb_spool_new(const char *path, struct tb_error *err);
/* Removes what was written, unless it is in place. */
void tb_spool_free(struct tb_spool *spool);
/* Forgets what was written: for a second reading. */
void tb_spool_restart(struct tb_spool *spool);
int tb_spool_reject(struct tb_spool *spool, const struct tb_reject *reject, struct tb_error *err);
int tb_spool_ignored(struct tb_spool *spool, uint32_t line, const char *kind,
                     struct tb_error *err);
int tb_spool_title(struct tb_spool *spool, uint32_t line, struct tb_error *err);
int tb_spool_fact(struct tb_spool *spool, const char *name, const char *value,
                  struct tb_error *err);
/* Closes the file with its last row and puts it in place. */
int tb_spool_commit(struct tb_spool *spool, struct tb_error *err);

/* The last row of bytes with that checksum. */
void tb_spool_end(uint32_t crc, char end[TB_SPOOL_END + 1]);

#endif
