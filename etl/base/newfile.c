/* newfile.c - a file written aside, compressed on the way if asked.
 *
 * The name of the process is part of the temporary name, so that two processes
 * never write into the same one; a left-over of a process that was killed is
 * simply replaced when its number comes round again.
 */
#include "tongbao/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/gzip.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

enum { OUT_BYTES = 64 * 1024 };

struct tb_newfile {
    char *path;
    char *temporary;
    int fd; /* -1: closed */
    bool failed;    /* a write failed: commit must not succeed */
    bool committed; /* the temporary name is gone */
    size_t n_out;   /* plain: bytes waiting in out */
    struct tb_deflate *deflate; /* NULL: plain */
    unsigned char out[OUT_BYTES];
};

static int open_temporary(const char *path)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int fd = open(path, flags, 0666);

    if (fd < 0 && errno == EEXIST && unlink(path) == 0)
        fd = open(path, flags, 0666);
    return fd;
}

struct tb_newfile *tb_newfile_open(const char *path, enum tb_newfile_kind kind,
                                   struct tb_error *err)
{
    struct tb_newfile *file = calloc(1, sizeof *file);

    if (!file)
        goto no_memory;
    file->fd = -1;
    file->path = tb_path("%s", path);
    file->temporary = tb_path("%s.%ld.tmp", path, (long)getpid());
    if (!file->path || !file->temporary)
        goto no_memory;
    if (kind != TB_NEWFILE_PLAIN && !(file->deflate = tb_deflate_new(kind == TB_NEWFILE_GZIP_FAST)))
        goto no_memory;
    file->fd = open_temporary(file->temporary);
    if (file->fd < 0) {
        tb_error_errno(err, "cannot create '%s'", file->temporary);
        tb_newfile_free(file);
        return NULL;
    }
    return file;
no_memory:
    tb_error_set(err, "out of memory");
    tb_newfile_free(file);
    return NULL;
}

static int write_all(struct tb_newfile *file, const unsigned char *bytes, size_t len,
                     struct tb_error *err)
{
    while (len > 0) {
        ssize_t n = write(file->fd, bytes, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            file->failed = true;
            return tb_error_errno(err, "cannot write '%s'", file->temporary);
        }
        bytes += n;
        len -= (size_t)n;
    }
    return 0;
}

static int flush_plain(struct tb_newfile *file, struct tb_error *err)
{
    size_t n = file->n_out;

    file->n_out = 0;
    return write_all(file, file->out, n, err);
}

static int add_plain(struct tb_newfile *file, const void *bytes, size_t len, struct tb_error *err)
{
    if (len > OUT_BYTES - file->n_out && flush_plain(file, err) < 0)
        return -1;
    if (len >= OUT_BYTES)
        return write_all(file, bytes, len, err);
    memcpy(file->out + file->n_out, bytes, len);
    file->n_out += len;
    return 0;
}

/* Hands one block to deflate; the last one runs until the trailer is out. */
static int deflate_block(struct tb_newfile *file, const void *bytes, size_t len, bool last,
                         struct tb_error *err)
{
    struct tb_gzip_io io = { .in = bytes, .n_in = len };
    int rc;

    do {
        io.out = file->out;
        io.n_out = OUT_BYTES;
        rc = tb_deflate_run(file->deflate, &io, last);
        if (rc < 0) {
            file->failed = true;
            return tb_error_set(err, "cannot compress '%s'", file->temporary);
        }
        if (write_all(file, file->out, OUT_BYTES - io.n_out, err) < 0)
            return -1;
    } while (rc > 0);
    return 0;
}

int tb_newfile_add(struct tb_newfile *file, const void *bytes, size_t len, struct tb_error *err)
{
    if (file->failed)
        return tb_error_set(err, "writing '%s' failed before", file->temporary);
    if (len == 0)
        return 0;
    return file->deflate ? deflate_block(file, bytes, len, false, err)
                         : add_plain(file, bytes, len, err);
}

int tb_newfile_commit(struct tb_newfile *file, struct tb_error *err)
{
    return tb_newfile_commit_as(file, file->path, err);
}

int tb_newfile_commit_as(struct tb_newfile *file, const char *path, struct tb_error *err)
{
    if (file->failed)
        return tb_error_set(err, "writing '%s' failed before", file->temporary);
    if ((file->deflate ? deflate_block(file, NULL, 0, true, err) : flush_plain(file, err)) < 0)
        return -1;
    file->failed = true; /* until all of it is done */
    if (fsync(file->fd) < 0)
        return tb_error_errno(err, "cannot write '%s'", file->temporary);
    int rc = close(file->fd);
    file->fd = -1;
    if (rc < 0)
        return tb_error_errno(err, "cannot write '%s'", file->temporary);
    if (tb_fs_rename(file->temporary, path, err) < 0)
        return -1;
    file->committed = true;
    return 0;
}

void tb_newfile_free(struct tb_newfile *file)
{
    if (!file)
        return;
    tb_deflate_free(file->deflate);
    if (file->fd >= 0) {
        close(file->fd);
        unlink(file->temporary);
    } else if (file->failed && !file->committed) {
        unlink(file->temporary);
    }
    free(file->temporary);
    free(file->path);
    free(file);
}

int tb_newfile_write(const char *path, const void *bytes, size_t len, struct tb_error *err)
{
    struct tb_newfile *file = tb_newfile_open(path, TB_NEWFILE_PLAIN, err);
    int rc = -1;

    if (file && tb_newfile_add(file, bytes, len, err) == 0)
        rc = tb_newfile_commit(file, err);
    tb_newfile_free(file);
    return rc;
}
