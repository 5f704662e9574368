/* leftovers.h - half-written files of a night that died, in the archive and the store. */
#ifndef TONGBAO_COLLECT_LEFTOVERS_H
#define TONGBAO_COLLECT_LEFTOVERS_H

struct tb_error;

/* Removes them.  The caller holds the lock of the archive, so that nobody is
 * writing.  -1 when a folder cannot be read or a file not removed. */
int tb_leftovers_remove(const char *data, struct tb_error *err);

#endif
