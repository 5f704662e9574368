/* cube_write.c - a cube is laid out at once, and filled in place or part by part. */
#include "tongbao/cube.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/cube_file.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/size.h"

static struct tb_cube_entry entry_for(const struct tb_plane *plane, bool origin, size_t offset,
                                      size_t size)
{
    return (struct tb_cube_entry){
        .offset = offset, .size = size,
        .first = plane->first, .scale = plane->scale,
        .n_periods = plane->n_periods, .n_columns = plane->n_columns,
        .indicator = plane->key.indicator, .measure = plane->key.measure, .of = plane->key.of,
        .group = plane->key.group, .axis = (uint8_t)plane->axis, .freq = (uint8_t)plane->freq,
        .has_origin = origin, .first_column = plane->first_column,
    };
}

/* Total size of the file and the entries, into entry[n]. */
static int lay_out(const struct tb_plane planes[], const bool with_origin[], size_t n,
                   struct tb_cube_entry entry[], size_t *total, struct tb_error *err)
{
    size_t at = tb_cube_aligned(sizeof(struct tb_cube_header) + n * sizeof *entry);

    for (size_t i = 0; i < n; i++) {
        size_t cells, size;
        bool origin = with_origin && with_origin[i];
        if (!tb_cube_plane_size(&planes[i], origin, &cells, &size))
            return tb_error_set(err, "plane %zu is too large", i);
        entry[i] = entry_for(&planes[i], origin, at, size);
        if (!tb_size_add(at, size, &at) || at > INT64_MAX)
            return tb_error_set(err, "the cube is too large");
    }
    *total = at;
    return 0;
}

/* Makes the file aside at full length and maps it for writing.  Blocks of its first
 * `reserved` bytes are there then: a full disk is an error here, not a bus error later. */
static int map_new(struct tb_cube *cube, size_t reserved, struct tb_error *err)
{
    cube->fd = open(cube->aside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (cube->fd < 0)
        return tb_error_errno(err, "cannot create '%s'", cube->aside);
    int no_room = posix_fallocate(cube->fd, 0, (off_t)reserved);
    if (no_room == 0 && ftruncate(cube->fd, (off_t)cube->size) < 0)
        no_room = errno;
    if (no_room) {
        errno = no_room;
        return tb_error_errno(err, "no room for '%s' of %zu bytes", cube->aside, cube->size);
    }
    void *map = mmap(NULL, cube->size, PROT_READ | PROT_WRITE, MAP_SHARED, cube->fd, 0);
    if (map == MAP_FAILED)
        return tb_error_errno(err, "cannot map '%s'", cube->aside);
    cube->map = map;
    return 0;
}

/* Lays out and maps; in parts only the directory is reserved. */
static int make_file(struct tb_cube *cube, const struct tb_plane planes[], const bool with_origin[],
                     bool in_parts, struct tb_error *err)
{
    size_t n = cube->n;
    struct tb_cube_entry *entry = calloc(n ? n : 1, sizeof *entry);
    int rc = -1;

    if (!entry)
        return tb_error_set(err, "out of memory for a cube of %zu planes", n);
    if (lay_out(planes, with_origin, n, entry, &cube->size, err) == 0 &&
        map_new(cube, in_parts ? sizeof(struct tb_cube_header) + n * sizeof *entry : cube->size,
                err) == 0) {
        memcpy(tb_cube_directory(cube), entry, n * sizeof *entry);
        rc = tb_cube_index(cube, err);
    }
    free(entry);
    return rc;
}

static struct tb_cube *create(const char *path, const struct tb_plane planes[],
                              const bool with_origin[], size_t n, bool in_parts,
                              struct tb_error *err)
{
    struct tb_cube *cube = tb_cube_new();

    if (cube) {
        cube->n = n;
        cube->path = tb_path("%s", path);
        cube->aside = tb_path("%s.part", path);
        cube->sealed = calloc(n ? n : 1, sizeof *cube->sealed);
    }
    if (!cube || !cube->path || !cube->aside || !cube->sealed)
        tb_error_set(err, "out of memory for a cube of %zu planes", n);
    else if (make_file(cube, planes, with_origin, in_parts, err) == 0)
        return cube;
    tb_cube_close(cube);
    return NULL;
}

struct tb_cube *tb_cube_create(const char *path, const struct tb_plane planes[],
                               const bool with_origin[], size_t n, struct tb_error *err)
{
    return create(path, planes, with_origin, n, false, err);
}

struct tb_cube *tb_cube_create_in_parts(const char *path, const struct tb_plane planes[], size_t n,
                                        struct tb_error *err)
{
    return create(path, planes, NULL, n, true, err);
}

struct tb_plane *tb_cube_plane_for_writing(struct tb_cube *cube, size_t i)
{
    return &cube->plane[i];
}

void tb_cube_seal(struct tb_cube *cube, size_t i)
{
    struct tb_cube_entry *entry = &tb_cube_directory(cube)[i];

    entry->crc = tb_crc32(cube->map + entry->offset, entry->size);
    cube->sealed[i] = true;
}

int tb_cube_commit(struct tb_cube *cube, struct tb_error *err)
{
    struct tb_cube_entry *entry = tb_cube_directory(cube);
    struct tb_cube_header header = {
        .magic = TB_CUBE_MAGIC, .n_planes = cube->n, .size = cube->size, .n_measures = TB_N_MEASURES
    };

    for (size_t i = 0; i < cube->n; i++) {
        entry[i].scale = cube->plane[i].scale; /* the filler may have settled it */
        if (!cube->sealed[i])
            tb_cube_seal(cube, i);
    }
    header.directory_crc = tb_crc32(entry, cube->n * sizeof *entry);
    memcpy(cube->map, &header, sizeof header);
    if (msync(cube->map, cube->size, MS_SYNC) < 0)
        return tb_error_errno(err, "cannot write '%s'", cube->aside);
    if (tb_fs_rename(cube->aside, cube->path, err) < 0)
        return -1;
    free(cube->aside);
    cube->aside = NULL;
    return 0;
}
