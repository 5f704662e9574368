/* fs.c - folders and paths.
 *
 * Removal works with descriptors of folders and never through a path that could
 * be swapped for a link meanwhile: what lies behind a link is never touched.
 */
#include "tongbao/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

/* Deeper than any tree of ours; each level holds one descriptor open. */
enum { DEPTH_MAX = 128 };

char *tb_path(const char *format, ...)
{
    struct tb_buf path = TB_BUF_INIT;
    va_list args;

    va_start(args, format);
    tb_buf_vprintf(&path, format, args);
    va_end(args);
    return tb_buf_take(&path);
}

static bool is_dir(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Makes one folder; that it is there already is fine. */
static int make_dir(const char *path, struct tb_error *err)
{
    if (mkdir(path, 0777) == 0)
        return 0;
    int saved = errno;
    if (is_dir(path))
        return 0;
    errno = saved == EEXIST ? ENOTDIR : saved;
    return tb_error_errno(err, "cannot make folder '%s'", path);
}

int tb_fs_make_dirs(const char *path, struct tb_error *err)
{
    char *part = tb_path("%s", path);
    int rc = 0;

    if (!part)
        return tb_error_set(err, "out of memory");
    for (char *slash = strchr(part + (*part == '/'), '/'); slash && rc == 0;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        rc = make_dir(part, err);
        *slash = '/';
    }
    if (rc == 0)
        rc = make_dir(part, err);
    free(part);
    return rc;
}

bool tb_fs_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

static int remove_at(int parent, const char *name, int depth);

/* Empties the folder behind `fd`, which it closes. */
static int empty_dir(int fd, int depth)
{
    DIR *dir = fdopendir(fd);
    struct dirent *entry;
    int rc = 0;

    if (!dir) {
        close(fd);
        return -1;
    }
    while (rc == 0 && (errno = 0, entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            rc = remove_at(dirfd(dir), entry->d_name, depth);
    }
    int saved = errno;
    closedir(dir);
    errno = saved;
    return rc == 0 && saved == 0 ? 0 : -1;
}

/* Removes what `name` is in the folder `parent`; errno tells why not. */
static int remove_at(int parent, const char *name, int depth)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR)
        return -1;
    if (depth >= DEPTH_MAX) {
        errno = ELOOP;
        return -1;
    }
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || empty_dir(fd, depth + 1) < 0)
        return -1;
    return unlinkat(parent, name, AT_REMOVEDIR);
}

int tb_fs_remove_tree(const char *path, struct tb_error *err)
{
    if (remove_at(AT_FDCWD, path, 0) < 0)
        return tb_error_errno(err, "cannot remove '%s'", path);
    return 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Reads and closes `dir`. */
static int list_dir(DIR *dir, const char *path, struct tb_names *out, struct tb_error *err)
{
    struct dirent *entry;
    size_t capacity = 0;

    while ((errno = 0, entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char **grown = tb_grow(out->name, out->n, &capacity, sizeof *grown);
        if (!grown)
            goto fail;
        out->name = grown;
        out->name[out->n] = strdup(entry->d_name);
        if (!out->name[out->n])
            goto fail;
        out->n++;
    }
    if (errno)
        goto fail;
    closedir(dir);
    if (out->n)
        qsort(out->name, out->n, sizeof *out->name, by_bytes);
    return 0;
fail:;
    int why = errno;
    tb_error_errno(err, "cannot read folder '%s'", path);
    closedir(dir);
    tb_names_release(out);
    errno = why;
    return -1;
}

int tb_fs_list(const char *path, struct tb_names *out, struct tb_error *err)
{
    DIR *dir = opendir(path);

    *out = (struct tb_names){ 0 };
    if (!dir)
        return tb_error_errno(err, "cannot read folder '%s'", path);
    return list_dir(dir, path, out, err);
}

int tb_fs_list_open(int fd, const char *path, struct tb_names *out, struct tb_error *err)
{
    int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again >= 0 ? fdopendir(again) : NULL;

    *out = (struct tb_names){ 0 };
    if (dir)
        return list_dir(dir, path, out, err);
    int why = errno;
    tb_error_errno(err, "cannot read folder '%s'", path);
    if (again >= 0)
        close(again);
    errno = why;
    return -1;
}

void tb_names_release(struct tb_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct tb_names){ 0 };
}

int tb_fs_rename(const char *from, const char *to, struct tb_error *err)
{
    if (rename(from, to) < 0)
        return tb_error_errno(err, "cannot rename '%s' to '%s'", from, to);
    return 0;
}

int tb_fs_sync_dir(const char *path, struct tb_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    /* Some file systems cannot sync a folder and say EINVAL: nothing to do there. */
    if (fd < 0 || (fsync(fd) < 0 && errno != EINVAL)) {
        tb_error_errno(err, "cannot sync folder '%s'", path);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    close(fd);
    return 0;
}

int tb_fs_lock(const char *path, struct tb_error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

    if (fd < 0)
        return tb_error_errno(err, "cannot open lock '%s'", path);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        tb_error_set(err, "lock '%s' is held by another process", path);
    else
        tb_error_errno(err, "cannot lock '%s'", path);
    close(fd);
    return -1;
}
