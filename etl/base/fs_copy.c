/* fs_copy.c - the same file or folder in a second place (declared in fs.h). */
#include "tongbao/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/error.h"
#include "tongbao/newfile.h"

bool tb_fs_is_dir(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int tb_fs_copy(const char *from, const char *to, struct tb_error *err)
{
    FILE *in = fopen(from, "rbe");
    struct tb_newfile *out = in ? tb_newfile_open(to, TB_NEWFILE_PLAIN, err) : NULL;
    char block[65536];
    size_t n;
    int rc = out ? 0 : -1;

    if (!in)
        return tb_error_errno(err, "cannot open '%s'", from);
    while (rc == 0 && (n = fread(block, 1, sizeof block, in)) > 0)
        rc = tb_newfile_add(out, block, n, err);
    if (rc == 0 && ferror(in))
        rc = tb_error_errno(err, "cannot read '%s'", from);
    if (rc == 0)
        rc = tb_newfile_commit(out, err);
    tb_newfile_free(out);
    fclose(in);
    return rc;
}

int tb_fs_link_or_copy(const char *from, const char *to, struct tb_error *err)
{
    if (link(from, to) == 0)
        return 0;
    if (errno != EXDEV && errno != EPERM && errno != EMLINK && errno != ENOSYS)
        return tb_error_errno(err, "cannot put '%s' in place", to);
    return tb_fs_copy(from, to, err);
}

/* Puts one file in a second place. */
typedef int place_file(const char *from, const char *to, struct tb_error *err);

static int place_tree(const char *from, const char *to, place_file *place, struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_make_dirs(to, err);

    if (rc == 0)
        rc = tb_fs_list(from, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *source = tb_path("%s/%s", from, names.name[i]);
        char *target = tb_path("%s/%s", to, names.name[i]);
        if (!source || !target)
            rc = tb_error_set(err, "out of memory");
        else
            rc = tb_fs_is_dir(source) ? place_tree(source, target, place, err)
                                      : place(source, target, err);
        free(source);
        free(target);
    }
    tb_names_release(&names);
    return rc;
}

int tb_fs_link_tree(const char *from, const char *to, struct tb_error *err)
{
    return place_tree(from, to, tb_fs_link_or_copy, err);
}

int tb_fs_copy_tree(const char *from, const char *to, struct tb_error *err)
{
    return place_tree(from, to, tb_fs_copy, err);
}
