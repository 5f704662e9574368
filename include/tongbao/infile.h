/* infile.h - reads a file whole or in pieces, plain or gzip, and notices when
 * it was cut short.
 *
 * The type is known by the first bytes, never by the name.  gzip files of many
 * members are read through; bytes after the last member and a member that ends
 * early are errors (zlib alone ends both like a good file).
 */
#ifndef TONGBAO_INFILE_H
#define TONGBAO_INFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_error;
struct tb_buf;
struct tb_infile; /* opaque */

/* Opens for reading; "-" is standard input.  NULL with *err filled on failure. */
struct tb_infile *tb_infile_open(const char *path, struct tb_error *err);
/* Reads from bytes that stay with the caller until close (tests, archives in memory). */
struct tb_infile *tb_infile_from_memory(const void *bytes, size_t len, struct tb_error *err);
/* Reads what `from` gives, which is plain or gzip once more; `from` stays with the
 * caller, open until after close.  A failure of `from` is no damage of this. */
struct tb_infile *tb_infile_over(struct tb_infile *from, struct tb_error *err);
/* Up to `size` bytes of decompressed content: the number read, 0 at a *good*
 * end, -1 with *err filled if the file is damaged, truncated or unreadable. */
int64_t tb_infile_read(struct tb_infile *file, void *bytes, size_t size, struct tb_error *err);
/* Before the first read: what is given of a damaged file before the damage shows is
 * the same however the program was built.  Slower; for counting what is there. */
int tb_infile_set_exact(struct tb_infile *file, struct tb_error *err);
/* After a failure: whether the content is at fault (damaged, cut short, something
 * behind its end), not memory or the device. */
bool tb_infile_is_damaged(const struct tb_infile *file);
bool tb_infile_is_gzip(const struct tb_infile *file);
void tb_infile_close(struct tb_infile *file);

/* Reads a gzip from the start of an open file to its end: true when it ends inside a member.
 * True also when memory is out, so that it waits; false of what is damaged: the reader says so. */
bool tb_gzip_is_cut(int fd);

/* The whole decompressed content appended to *out; at most `limit` bytes
 * (0: no limit), beyond which it fails.  -1 on failure. */
int tb_infile_slurp(const char *path, size_t limit, struct tb_buf *out, struct tb_error *err);

#endif
