/* fs_replace.c - one folder in the place of another (declared in fs.h).
 *
 * The exchange of Linux (renameat2) leaves no moment without the folder.  Where
 * the file system has none, two renames leave such a moment; should the process
 * die in it, the old folder is still there as PATH.replaced.
 */
#include "tongbao/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"

static int sync_parent(const char *path, struct tb_error *err)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    while (len > 0 && path[len - 1] != '/')
        len--;
    char *parent = len ? tb_path("%.*s", (int)len, path) : tb_path(".");
    int rc = parent ? tb_fs_sync_dir(parent, err) : tb_error_set(err, "out of memory");
    free(parent);
    return rc;
}

static int swap_by_two_renames(const char *fresh, const char *path, const char *aside,
                               struct tb_error *err)
{
    if (tb_fs_remove_tree(aside, err) < 0 || tb_fs_rename(path, aside, err) < 0)
        return -1;
    if (tb_fs_rename(fresh, path, err) < 0) {
        /* *err tells why; should putting back fail too, that names the place. */
        if (tb_fs_rename(aside, path, NULL) < 0)
            tb_error_prefix(err, "the old folder is now '%s'", aside);
        return -1;
    }
    return 0;
}

int tb_fs_replace_dir(const char *fresh, const char *path, struct tb_error *err)
{
    char *aside = tb_path("%s.replaced", path);
    const char *old = fresh; /* after an exchange the old folder has this name */
    int rc = -1;

    if (!aside)
        return tb_error_set(err, "out of memory");
    if (!tb_fs_exists(path)) {
        old = aside; /* of a process that died between two renames */
        rc = tb_fs_rename(fresh, path, err);
    } else if (renameat2(AT_FDCWD, fresh, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
        rc = 0;
    } else if (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP) {
        old = aside;
        rc = swap_by_two_renames(fresh, path, aside, err);
    } else {
        tb_error_errno(err, "cannot put '%s' in the place of '%s'", fresh, path);
    }
    if (rc == 0 && (sync_parent(path, err) < 0 || tb_fs_remove_tree(old, err) < 0))
        rc = tb_error_prefix(err, "'%s' is in place, but", path);
    free(aside);
    return rc;
}
