/* inbox.h - takes what lies in the inbox into the archive and the ledger.
 *
 * Here is decided which files are taken; inbox_intake.h takes them.
 */
#ifndef TONGBAO_COLLECT_INBOX_H
#define TONGBAO_COLLECT_INBOX_H

#include <stddef.h>

struct tb_error;
struct tb_log;
struct tb_profile;

struct tb_inbox_account {
    size_t taken; /* new arrivals */
    size_t left;  /* files that stay: rows of left.csv */
};

/* Takes data/inbox/FILE and data/inbox/SENDER/FILE.  Names that begin with a dot
 * are passed over; whatever else stays is told in the log and in data/left.csv
 * (inbox_left.h).  The same arrivals in the same order on any number of `threads` (0:
 * as many as there are processors). */
int tb_inbox_take(const char *data, const struct tb_profile *profile, size_t threads,
                  struct tb_log *log, struct tb_inbox_account *account, struct tb_error *err);

#endif
