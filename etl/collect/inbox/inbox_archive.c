/* inbox_archive.c - hashed and compressed in one reading, into a name of no meaning;
 * then it is known what it is called.
 *
 * A second reading for the hash alone would cost more than it spares: only an
 * original that is there already is compressed for nothing.
 */
#include "collect/inbox/inbox_archive.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "tongbao/arrivals.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"

enum { BLOCK = 256 * 1024 }; /* stays in the cache between hashing and compressing */

int tb_archive_unchanged(int fd, const struct stat *before)
{
    struct stat now;

    return fstat(fd, &now) == 0 && now.st_size == before->st_size &&
           now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

/* Reads the file from its start: 1 when whole, 0 when it cannot be read, -1
 * when `file` cannot be written. */
static int pass_through(int fd, struct tb_digest *digest, struct tb_newfile *file, char *block,
                        off_t *size, struct tb_error *err)
{
    for (*size = 0;;) {
        ssize_t n = pread(fd, block, BLOCK, *size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        *size += n;
        tb_digest_add(digest, block, (size_t)n);
        if (tb_newfile_add(file, block, (size_t)n, err) < 0)
            return -1;
    }
}

/* Gives the file its name, unless the archive has it.  The folder is synced too:
 * the inbox's copy is removed next, and must not go first. */
static int put_in_place(const char *data, struct tb_newfile *file, const char *sha256,
                        struct tb_error *err)
{
    char *parent = tb_path("%s/archive", data);
    char *folder = tb_path("%s/archive/%.2s", data, sha256);
    char *path = tb_archive_path(data, sha256);
    int rc = -1;

    if (!parent || !folder || !path)
        tb_error_set(err, "out of memory");
    else if (tb_fs_exists(path))
        rc = 0;
    else if ((tb_fs_exists(folder) ||
              (tb_fs_make_dirs(folder, err) == 0 && tb_fs_sync_dir(parent, err) == 0)) &&
             tb_newfile_commit_as(file, path, err) == 0)
        rc = tb_fs_sync_dir(folder, err);
    free(parent);
    free(folder);
    free(path);
    return rc;
}

int tb_archive_original(const char *data, int fd, const struct stat *at_open, size_t slot,
                        char sha256[TB_DIGEST_TEXT], enum tb_left *why, struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();
    char *block = malloc(BLOCK), *aside = tb_path("%s/archive/intake-%zu", data, slot);
    struct tb_newfile *file = NULL;
    off_t size;
    int rc = -1;

    *why = TB_LEFT_NOT;
    if (!digest || !block || !aside)
        tb_error_set(err, "out of memory");
    else
        file = tb_newfile_open(aside, TB_NEWFILE_GZIP_FAST, err);
    if (file)
        rc = pass_through(fd, digest, file, block, &size, err);
    if (rc == 0)
        *why = TB_LEFT_UNREADABLE;
    else if (rc > 0 && (!tb_archive_unchanged(fd, at_open) || size != at_open->st_size))
        *why = TB_LEFT_WRITTEN;
    if (rc > 0 && *why == TB_LEFT_NOT) {
        tb_digest_finish(digest, sha256);
        rc = put_in_place(data, file, sha256, err);
    }
    tb_newfile_free(file);
    tb_digest_free(digest);
    free(aside);
    free(block);
    return rc < 0 ? -1 : 0;
}
