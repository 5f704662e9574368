/* parallel.h - the same work on many items, over threads, with results that do
 * not depend on their number.
 *
 * Items are handed out in order; each item writes only what is its own, so
 * combining afterwards in item order gives the same bytes on any number.
 */
#ifndef TONGBAO_PARALLEL_H
#define TONGBAO_PARALLEL_H

#include <stddef.h>

struct tb_error;

/* Does item `item`; returns 0, or -1 with *err filled. */
typedef int tb_work(void *user, size_t item, struct tb_error *err);

/* Runs work(user, 0..n-1) on up to `threads` threads (0: one per processor).
 * Returns 0, or -1 with the error of the *lowest* item that failed; after a
 * failure no new items are begun. */
int tb_parallel(size_t threads, size_t n, tb_work *work, void *user, struct tb_error *err);
size_t tb_processors(void);

#endif
