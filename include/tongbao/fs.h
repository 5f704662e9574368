/* fs.h - folders, paths and the few file operations beside reading and writing. */
#ifndef TONGBAO_FS_H
#define TONGBAO_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_error;

/* A sorted list of names; release frees all of it. */
struct tb_names {
    char **name;
    size_t n;
};

/* "a/b" into a new string that the caller frees, from a printf format; NULL
 * when memory is out. */
char *tb_path(const char *format, ...) __attribute__((format(printf, 1, 2)));
int tb_fs_make_dirs(const char *path, struct tb_error *err); /* like mkdir -p */
bool tb_fs_exists(const char *path);
bool tb_fs_is_dir(const char *path); /* a link to a folder is none */
/* The same bytes in a new file. */
int tb_fs_copy(const char *from, const char *to, struct tb_error *err);
/* The file in a second place: a hard link where the system can, else a copy.
 * For files that never change. */
int tb_fs_link_or_copy(const char *from, const char *to, struct tb_error *err);
/* The same for all files of a folder, made with its folders at `to`. */
int tb_fs_link_tree(const char *from, const char *to, struct tb_error *err);
/* Copies of all files, for folders that people edit. */
int tb_fs_copy_tree(const char *from, const char *to, struct tb_error *err);
/* Removes a file or a whole folder; never follows a link.  Absent is no error. */
int tb_fs_remove_tree(const char *path, struct tb_error *err);
/* Names in a folder, sorted by bytes, without "." and "..". */
int tb_fs_list(const char *path, struct tb_names *out, struct tb_error *err);
/* The same of a folder that is open; `path` is for messages.  On failure errno says why,
 * ENOMEM for memory. */
int tb_fs_list_open(int fd, const char *path, struct tb_names *out, struct tb_error *err);
void tb_names_release(struct tb_names *names);
int tb_fs_rename(const char *from, const char *to, struct tb_error *err);
/* Puts folder `fresh` in the place of folder `path` in one step (exchange where
 * the system can, else two renames) and removes what was there. */
int tb_fs_replace_dir(const char *fresh, const char *path, struct tb_error *err);
/* fsync of the folder itself, so that renames in it survive a power cut. */
int tb_fs_sync_dir(const char *path, struct tb_error *err);
/* Takes an exclusive lock on `path` (created if need be) for the life of the
 * process; the descriptor, or -1 when another process holds it or on failure. */
int tb_fs_lock(const char *path, struct tb_error *err);

#endif
