/* segment.h - the store: immutable columns of coded observations, one file per
 * submission, written once and named by what made it.
 *
 * Rows lie in blocks.  In each block a column is kept at the least width that
 * holds it (0 bytes when all rows agree, and for lines that follow one another),
 * so that a long regular submission costs a few bytes a row.  The file has a
 * magic, a version and a checksum over every byte.
 */
#ifndef TONGBAO_SEGMENT_H
#define TONGBAO_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/observation.h"

struct tb_error;

/* --- writing: block by block, so that memory does not grow with the rows --- */
struct tb_segment_writer; /* opaque */
/* For the file `path`, which is there after tb_segment_write.  NULL when memory is out. */
struct tb_segment_writer *tb_segment_writer_new(const char *path);
/* Appends a row; `comment` may be NULL.  -1 when memory or the disk is out. */
int tb_segment_add(struct tb_segment_writer *writer, const struct tb_observation *row,
                   const char *comment, struct tb_error *err);
uint64_t tb_segment_writer_rows(const struct tb_segment_writer *writer);
/* After a failure of tb_segment_add: there are more comments than a segment can hold. */
bool tb_segment_writer_is_full(const struct tb_segment_writer *writer);
/* Writes what is left and renames the file in; behind it only free is allowed. */
int tb_segment_write(struct tb_segment_writer *writer, struct tb_error *err);
/* What was not put in place is removed. */
void tb_segment_writer_free(struct tb_segment_writer *writer);

/* --- reading: mapped --- */
struct tb_segment; /* opaque */
/* NULL with *err filled if absent or not a segment of this version.  Checks the
 * structure; tb_segment_verify checks every byte. */
struct tb_segment *tb_segment_open(const char *path, struct tb_error *err);
void tb_segment_close(struct tb_segment *segment);
size_t tb_segment_rows(const struct tb_segment *segment);
/* Decodes rows first .. first + n - 1 (must exist) into out[n]. */
void tb_segment_read(const struct tb_segment *segment, size_t first, size_t n,
                     struct tb_observation out[]);
/* The comment of a row, or "". */
const char *tb_segment_comment(const struct tb_segment *segment, const struct tb_observation *row);
int tb_segment_verify(const struct tb_segment *segment, struct tb_error *err);

#endif
