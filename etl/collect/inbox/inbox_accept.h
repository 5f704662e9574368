/* inbox_accept.h - whether a file of the inbox may be taken now. */
#ifndef TONGBAO_COLLECT_INBOX_ACCEPT_H
#define TONGBAO_COLLECT_INBOX_ACCEPT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "collect/inbox/inbox_left.h"

struct tb_profile;

/* True for names that are never submissions and of which nothing is said:
 * .name, and the locks that spreadsheets leave beside a file, .~lock.NAME# and
 * ~$NAME. */
bool tb_accept_passes_over(const char *name);

/* Opens `name` in the folder behind a descriptor, unless what it is, its name or its
 * owner speaks against it: then *why says so and -1 is returned.  Nothing but a
 * plain file is ever opened.  *st is filled as far as it is known. */
int tb_accept_open(const struct tb_profile *profile, int folder, const char *name, struct stat *st,
                   enum tb_left *why);

/* Whether an open file is whole, as far as can be told without its sender:
 * TB_LEFT_NOT, or why it is left for the next run.  `now` is the clock.  *look_through: it
 * is a gzip so young that it may be cut short (tb_gzip_is_cut), which takes time to see. */
enum tb_left tb_accept_whole(const struct tb_profile *profile, int folder, const char *name, int fd,
                             const struct stat *st, int64_t now, bool *look_through);

#endif
