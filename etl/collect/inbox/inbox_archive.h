/* inbox_archive.h - the original of one submission -> archive/ab/<sha256>.gz. */
#ifndef TONGBAO_COLLECT_INBOX_ARCHIVE_H
#define TONGBAO_COLLECT_INBOX_ARCHIVE_H

#include <sys/stat.h>

#include "collect/inbox/inbox_left.h"
#include "tongbao/digest.h"

struct tb_error;

/* True when the open file is as it was when *before was taken. */
int tb_archive_unchanged(int fd, const struct stat *before);
/* Copies the open file under `data` and gives its hash; an original that is there
 * already stays.  It is on the disk when this returns, and known to be whole.
 * `slot` tells files apart that are archived at the same time.  0: done, or left
 * with *why other than TB_LEFT_NOT; -1 with *err filled. */
int tb_archive_original(const char *data, int fd, const struct stat *at_open, size_t slot,
                        char sha256[TB_DIGEST_TEXT], enum tb_left *why, struct tb_error *err);

#endif
