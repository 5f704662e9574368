/* inbox.h - takes what lies in the inbox into the archive and the ledger.
 *
 * Here is decided which files are taken; inbox_intake.h takes them.
 */
#ifndef TONGBAO_COLLECT_INBOX_H
#define TONGBAO_COLLECT_INBOX_H

#include <stddef.h>

struct tb_error;
struct tb_log;

/* Takes data/inbox/FILE and data/inbox/SENDER/FILE.  Names that begin with a
 * dot or end in .part, .tmp or ~ are left (they are being written); links, pipes
 * and devices are left with a warning.  *n_taken is how many arrived, whatever the
 * number of `threads` (0: as many as there are processors) in the same order. */
int tb_inbox_take(const char *data, size_t threads, struct tb_log *log, size_t *n_taken,
                  struct tb_error *err);

#endif
