/* newfile.h - writes a file aside and switches it in by one rename, so that
 * nobody ever sees half of it.
 *
 *     struct tb_newfile *file = tb_newfile_open(path, TB_NEWFILE_PLAIN, err);
 *     if (!file || tb_newfile_add(file, bytes, len, err) < 0)
 *         goto out;
 *     rc = tb_newfile_commit(file, err);
 * out:
 *     tb_newfile_free(file);       removes the temporary file unless committed
 */
#ifndef TONGBAO_NEWFILE_H
#define TONGBAO_NEWFILE_H

#include <stddef.h>

struct tb_error;
struct tb_newfile; /* opaque */

enum tb_newfile_kind {
    TB_NEWFILE_PLAIN,
    TB_NEWFILE_GZIP,
    TB_NEWFILE_GZIP_FAST, /* the bytes depend on the build (ISA-L or zlib), the contents do not */
};

/* The temporary file is `path` with a suffix, in the same folder.  gzip output
 * carries no name and no time: same bytes in, same bytes out. */
struct tb_newfile *tb_newfile_open(const char *path, enum tb_newfile_kind kind,
                                   struct tb_error *err);
int tb_newfile_add(struct tb_newfile *file, const void *bytes, size_t len, struct tb_error *err);
/* Flushes, fsyncs, closes and renames.  -1 with *err filled: nothing was put in place. */
int tb_newfile_commit(struct tb_newfile *file, struct tb_error *err);
/* The same under another name on the same file system: for content that is named by itself. */
int tb_newfile_commit_as(struct tb_newfile *file, const char *path, struct tb_error *err);
void tb_newfile_free(struct tb_newfile *file);

/* The three steps in one. */
int tb_newfile_write(const char *path, const void *bytes, size_t len, struct tb_error *err);

#endif
