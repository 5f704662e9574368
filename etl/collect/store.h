/* store.h - what one submission gave, kept: segments/<key>.seg and <key>.csv.
 *
 * The key names all that the result depends on: the content, the file's name
 * and sender, the profile, and the version of this program's reading.  Both
 * files are written once; <key>.csv comes last and says that they are whole.
 */
#ifndef TONGBAO_COLLECT_STORE_H
#define TONGBAO_COLLECT_STORE_H

#include "collect/summary.h"
#include "tongbao/digest.h"

struct tb_arrival;
struct tb_error;
struct tb_profile;
struct tb_segment_writer;

int tb_store_key(const struct tb_profile *profile, const struct tb_arrival *arrival,
                 char key[TB_DIGEST_TEXT], struct tb_error *err);
/* segments/<key>.seg; the caller frees.  NULL when memory is out. */
char *tb_store_segment_path(const char *data, const char *key);
/* 1: *summary is filled (release it); 0: nothing kept, or not whole (every byte of
 * both files is checked); -1 on failure. */
int tb_store_load(const char *data, const char *key, struct tb_summary *summary,
                  struct tb_error *err);
/* Keeps both (the writer is for tb_store_segment_path); no segment is written where there are no observations. */
int tb_store_save(const char *data, const char *key, struct tb_segment_writer *writer,
                  const struct tb_summary *summary, struct tb_error *err);

#endif
