/* store.h - what one submission gave, kept: segments/<key>.seg and <key>.csv.
 *
 * The key names all that the result depends on: the content, the file's name
 * and sender, the profile, and the version of this program's reading.  Both
 * files are written as the original is read (segment.h, spool.h); <key>.csv is put
 * in place last and says that they are whole.
 */
#ifndef TONGBAO_COLLECT_STORE_H
#define TONGBAO_COLLECT_STORE_H

#include <stddef.h>
#include "collect/receipt/summary.h"
#include "tongbao/digest.h"

struct tb_arrival;
struct tb_error;
struct tb_profile;
struct tb_segment_writer;
struct tb_spool;

int tb_store_key(const struct tb_profile *profile, const struct tb_arrival *arrival,
                 char key[TB_DIGEST_TEXT], struct tb_error *err);
/* segments/<key>.seg; the caller frees.  NULL when memory is out. */
char *tb_store_segment_path(const char *data, const char *key);
/* segments/<key>.csv; the caller frees.  NULL when memory is out. */
char *tb_store_rows_path(const char *data, const char *key);
/* 1: *summary is filled (release it) with all but the rejects and ignored rows, of
 * which it shows `of_a_kind` (the others: tb_kept_open); 0: nothing kept, or not whole
 * (every byte of both files is checked); -1 on failure. */
int tb_store_load(const char *data, const char *key, size_t of_a_kind, struct tb_summary *summary,
                  struct tb_error *err);
/* Puts both in place (the writer is for tb_store_segment_path, the spool for
 * tb_store_rows_path); no segment where there are no observations. */
int tb_store_save(struct tb_spool *spool, struct tb_segment_writer *writer,
                  const struct tb_summary *summary, struct tb_error *err);

#endif
