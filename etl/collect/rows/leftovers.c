/* leftovers.c - removes what a night that died had begun to write.
 *
 * A file is written aside as NAME.<process>.tmp and renamed when it is whole
 * (newfile.h), so whatever has such a name under the lock belongs to nobody.
 * Without this each crash would leave its files for ever, and `tongbao verify`
 * would name those in the archive every night.
 */
#include "collect/rows/leftovers.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/fs.h"

static int sweep(const char *folder, int depth, struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(folder, &names, err);

    for (size_t i = 0; i < names.n && rc == 0; i++) {
        size_t len = strlen(names.name[i]);
        bool is_leftover = len > 4 && strcmp(names.name[i] + len - 4, ".tmp") == 0;
        /* Folders of the archive have two digits as names; no call for each original. */
        if (!is_leftover && (depth == 0 || len != 2))
            continue;
        char *path = tb_path("%s/%s", folder, names.name[i]);
        if (!path)
            rc = tb_error_set(err, "out of memory");
        else
            rc = is_leftover ? tb_fs_remove_tree(path, err) : sweep(path, depth - 1, err);
        free(path);
    }
    tb_names_release(&names);
    return rc;
}

int tb_leftovers_remove(const char *data, struct tb_error *err)
{
    static const struct {
        const char *name;
        int depth;
    } folders[] = { { "archive", 1 }, { "segments", 0 } };
    int rc = 0;

    for (size_t i = 0; i < sizeof folders / sizeof *folders && rc == 0; i++) {
        char *path = tb_path("%s/%s", data, folders[i].name);
        rc = path ? sweep(path, folders[i].depth, err) : tb_error_set(err, "out of memory");
        free(path);
    }
    return rc;
}
