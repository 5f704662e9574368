/* infile.c - reading plain and gzip files with read(2) and inflate.
 *
 * gzread is not used: it takes a file that ends inside a member for a good end
 * and passes over bytes behind the last member without a word.
 */
#include "tongbao/infile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/gzip.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

enum {
    PIECE_BYTES = 256 * 1024,
    SLURP_BYTES = 64 * 1024,
    GZIP_MAGIC_1 = 0x1f,
    GZIP_MAGIC_2 = 0x8b,
};

struct tb_infile {
    char *path; /* for messages */
    int fd;                 /* -1: from memory, or from another */
    struct tb_infile *from; /* of the caller, or NULL */
    bool at_end;
    bool gzip;
    bool between; /* gzip: no member is open */
    bool failed;  /* once failed, always failed */
    bool damaged; /* by its content */
    const unsigned char *next;
    size_t left; /* bytes at next; from memory: all of the rest */
    struct tb_inflate *inflate;
    unsigned char *piece; /* what read(2) fills */
};

/* Reads behind the `left` bytes that are kept at the start of piece. */
static int refill(struct tb_infile *file, struct tb_error *err)
{
    ssize_t n;

    if (file->at_end)
        return 0;
    if (file->left)
        memmove(file->piece, file->next, file->left);
    file->next = file->piece;
    if (file->from) {
        n = (ssize_t)tb_infile_read(file->from, file->piece + file->left, PIECE_BYTES - file->left, err);
    } else {
        do
            n = read(file->fd, file->piece + file->left, PIECE_BYTES - file->left);
        while (n < 0 && errno == EINTR);
        if (n < 0)
            tb_error_errno(err, "cannot read '%s'", file->path);
    }
    if (n < 0) {
        file->failed = true;
        return -1;
    }
    file->at_end = n == 0;
    file->left += (size_t)n;
    return 0;
}

/* Finds the type by the first two bytes. */
static int start(struct tb_infile *file, struct tb_error *err)
{
    while (file->left < 2 && !file->at_end)
        if (refill(file, err) < 0)
            return -1;
    if (file->left < 2 || file->next[0] != GZIP_MAGIC_1 || file->next[1] != GZIP_MAGIC_2)
        return 0;
    if (!(file->inflate = tb_inflate_new(true)))
        return tb_error_set(err, "out of memory");
    file->gzip = true;
    return 0;
}

static struct tb_infile *new_file(const char *path, int fd, struct tb_infile *from)
{
    bool needs_piece = fd >= 0 || from;
    struct tb_infile *file = calloc(1, sizeof *file);

    if (!file)
        return NULL;
    file->fd = fd;
    file->from = from;
    file->path = strdup(path);
    file->piece = needs_piece ? malloc(PIECE_BYTES) : NULL;
    if (!file->path || (needs_piece && !file->piece)) {
        free(file->path);
        free(file->piece);
        free(file);
        return NULL;
    }
    return file;
}

struct tb_infile *tb_infile_open(const char *path, struct tb_error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct tb_infile *file;

    if (fd < 0) {
        tb_error_errno(err, "cannot open '%s'", path);
        return NULL;
    }
    file = new_file(is_stdin ? "standard input" : path, fd, NULL);
    if (!file) {
        tb_error_set(err, "out of memory");
        if (!is_stdin)
            close(fd);
        return NULL;
    }
    if (start(file, err) < 0) {
        tb_infile_close(file);
        return NULL;
    }
    return file;
}

struct tb_infile *tb_infile_from_memory(const void *bytes, size_t len, struct tb_error *err)
{
    struct tb_infile *file = new_file("memory", -1, NULL);

    if (!file) {
        tb_error_set(err, "out of memory");
        return NULL;
    }
    file->next = bytes;
    file->left = len;
    file->at_end = true;
    if (start(file, err) < 0) {
        tb_infile_close(file);
        return NULL;
    }
    return file;
}

struct tb_infile *tb_infile_over(struct tb_infile *from, struct tb_error *err)
{
    struct tb_infile *file = new_file(from->path, -1, from);

    if (!file) {
        tb_error_set(err, "out of memory");
        return NULL;
    }
    if (start(file, err) < 0) {
        tb_infile_close(file);
        return NULL;
    }
    return file;
}

static size_t read_plain(struct tb_infile *file, void *bytes, size_t size)
{
    size_t n = file->left < size ? file->left : size;

    if (n)
        memcpy(bytes, file->next, n);
    file->next += n;
    file->left -= n;
    return n;
}

/* One call of inflate on what there is; the bytes made, or -1. */
static int64_t inflate_some(struct tb_infile *file, void *bytes, size_t size, struct tb_error *err)
{
    struct tb_gzip_io io = { file->next, file->left, bytes, size };
    enum tb_inflated rc = tb_inflate_run(file->inflate, &io);

    file->next = io.in;
    file->left = io.n_in;
    if (rc == TB_INFLATE_NO_MEMORY)
        return tb_error_set(err, "out of memory");
    if (rc == TB_INFLATE_DAMAGED) {
        file->damaged = true;
        return tb_error_set(err, "gzip file '%s' is damaged", file->path);
    }
    file->between = rc == TB_INFLATE_MEMBER_END;
    return (int64_t)(size - io.n_out);
}

static int64_t read_gzip(struct tb_infile *file, void *bytes, size_t size, struct tb_error *err)
{
    for (;;) {
        if (file->left == 0 && refill(file, err) < 0)
            return -1;
        if (file->between) {
            if (file->left == 0)
                return 0;
            if (*file->next != GZIP_MAGIC_1) {
                file->damaged = true;
                return tb_error_set(err, "gzip file '%s' has other bytes after its end",
                                    file->path);
            }
            tb_inflate_reset(file->inflate);
            file->between = false;
        }
        if (file->left == 0 && file->at_end) {
            /* Inflate may still hold output that did not fit before. */
            int64_t n = inflate_some(file, bytes, size, err);
            if (n != 0 || file->between)
                return n;
            file->damaged = true;
            return tb_error_set(err, "gzip file '%s' is cut short", file->path);
        }
        int64_t n = inflate_some(file, bytes, size, err);
        if (n != 0)
            return n;
    }
}

int64_t tb_infile_read(struct tb_infile *file, void *bytes, size_t size, struct tb_error *err)
{
    assert(size > 0);
    if (file->failed)
        return tb_error_set(err, "reading '%s' failed before", file->path);
    if (!file->gzip && file->from && file->left == 0)
        return tb_infile_read(file->from, bytes, size, err);
    if (!file->gzip) {
        if (file->left == 0 && refill(file, err) < 0)
            return -1;
        return (int64_t)read_plain(file, bytes, size);
    }
    int64_t n = read_gzip(file, bytes, size, err);
    if (n < 0)
        file->failed = true;
    return n;
}

int tb_infile_set_exact(struct tb_infile *file, struct tb_error *err)
{
    struct tb_inflate *exact = file->gzip ? tb_inflate_new(false) : NULL;

    if (file->gzip && !exact)
        return tb_error_set(err, "out of memory");
    tb_inflate_free(file->inflate);
    file->inflate = exact;
    return 0;
}

bool tb_infile_is_damaged(const struct tb_infile *file)
{
    return file->damaged;
}

bool tb_infile_is_gzip(const struct tb_infile *file)
{
    return file->gzip;
}

void tb_infile_close(struct tb_infile *file)
{
    if (!file)
        return;
    tb_inflate_free(file->inflate);
    if (file->fd > STDIN_FILENO)
        close(file->fd);
    free(file->piece);
    free(file->path);
    free(file);
}

int tb_infile_slurp(const char *path, size_t limit, struct tb_buf *out, struct tb_error *err)
{
    struct tb_infile *file = tb_infile_open(path, err);
    size_t before = out->len;
    int64_t n = -1;

    if (!file)
        return -1;
    while (tb_buf_reserve(out, SLURP_BYTES) == 0 &&
           (n = tb_infile_read(file, out->data + out->len, SLURP_BYTES, err)) > 0) {
        out->len += (size_t)n;
        out->data[out->len] = '\0';
        if (limit && out->len - before > limit) {
            n = tb_error_set(err, "'%s' holds more than %zu bytes", path, limit);
            break;
        }
    }
    if (!tb_buf_ok(out, err))
        n = -1;
    tb_infile_close(file);
    return n == 0 ? 0 : -1;
}
