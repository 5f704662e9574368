/* child_start.h - between fork and exec; private to child.c. */
#ifndef TONGBAO_BASE_CHILD_START_H
#define TONGBAO_BASE_CHILD_START_H

#include <sys/types.h>

#include "tongbao/child.h"

/* Starts it.  *out and *err_fd are what to read of its streams, or -1.  -1 with *err
 * filled when the system refuses: then nothing runs and nothing is open. */
int tb_child_start(const struct tb_child *child, pid_t *pid, int *out, int *err_fd,
                   struct tb_error *err);

#endif
