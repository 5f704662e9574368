/* cube.c - the container of planes: mapped, checked, found by key. */
#include "tongbao/cube.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/cube_file.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/size.h"

enum { ALIGN = 64 };

struct tb_cube *tb_cube_new(void)
{
    struct tb_cube *cube = calloc(1, sizeof *cube);

    if (cube) {
        cube->fd = -1;
        pthread_mutex_init(&cube->lock, NULL);
    }
    return cube;
}

size_t tb_cube_aligned(size_t size)
{
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

bool tb_cube_plane_size(const struct tb_plane *plane, bool origin, size_t *cells, size_t *size)
{
    size_t bytes;

    if (!tb_size_mul(plane->n_periods, plane->n_columns, cells) || *cells > SIZE_MAX / 32)
        return false;
    bytes = tb_cube_aligned(*cells * sizeof(int64_t)) + tb_cube_aligned(*cells);
    if (origin)
        bytes += tb_cube_aligned(*cells * sizeof(uint32_t));
    *size = bytes;
    return true;
}

void tb_cube_point(struct tb_cube *cube, size_t i, unsigned char *at)
{
    const struct tb_cube_entry *entry = &tb_cube_directory(cube)[i];
    struct tb_plane *plane = &cube->plane[i];
    size_t cells = (size_t)entry->n_periods * entry->n_columns;

    *plane = (struct tb_plane){
        .key = { entry->indicator, entry->measure, entry->of, entry->group },
        .axis = (enum tb_axis)entry->axis,
        .freq = (enum tb_freq)entry->freq,
        .first = entry->first,
        .n_periods = entry->n_periods,
        .first_column = entry->first_column,
        .n_columns = entry->n_columns,
        .scale = entry->scale,
        .value = (int64_t *)(void *)at,
        .status = at + tb_cube_aligned(cells * sizeof(int64_t)),
    };
    if (entry->has_origin)
        plane->origin = (uint32_t *)(void *)(plane->status + tb_cube_aligned(cells));
}

static int compare_keys(struct tb_plane_key a, struct tb_plane_key b)
{
    if (a.indicator != b.indicator)
        return a.indicator < b.indicator ? -1 : 1;
    if (a.measure != b.measure)
        return a.measure < b.measure ? -1 : 1;
    if (a.of != b.of)
        return a.of < b.of ? -1 : 1;
    return a.group == b.group ? 0 : a.group < b.group ? -1 : 1;
}

static int compare_planes(const void *left, const void *right, void *user)
{
    const struct tb_cube *cube = user;
    const uint32_t *a = left, *b = right;

    return compare_keys(cube->plane[*a].key, cube->plane[*b].key);
}

int tb_cube_index(struct tb_cube *cube, struct tb_error *err)
{
    cube->plane = calloc(cube->n ? cube->n : 1, sizeof *cube->plane);
    cube->order = calloc(cube->n ? cube->n : 1, sizeof *cube->order);
    if (!cube->plane || !cube->order)
        return tb_error_set(err, "out of memory for %zu planes", cube->n);
    for (size_t i = 0; i < cube->n; i++) {
        tb_cube_point(cube, i, cube->map + tb_cube_directory(cube)[i].offset);
        cube->order[i] = (uint32_t)i;
    }
    qsort_r(cube->order, cube->n, sizeof *cube->order, compare_planes, cube);
    return 0;
}

/* --- reading --- */

static bool directory_ok(const struct tb_cube *cube, const struct tb_cube_header *header)
{
    const struct tb_cube_entry *entry = tb_cube_directory(cube);
    size_t bytes, end, cells, size;

    if (header->magic != TB_CUBE_MAGIC || header->n_measures != TB_N_MEASURES ||
        header->size != cube->size ||
        !tb_size_mul(header->n_planes, sizeof *entry, &bytes) ||
        !tb_size_add(bytes, sizeof *header, &end) || end > cube->size ||
        tb_crc32(entry, bytes) != header->directory_crc)
        return false;
    for (size_t i = 0; i < header->n_planes; i++) {
        struct tb_plane shape = { .n_periods = entry[i].n_periods,
                                  .n_columns = entry[i].n_columns };
        if (!tb_cube_plane_size(&shape, entry[i].has_origin, &cells, &size) ||
            size != entry[i].size || entry[i].offset % ALIGN || !tb_size_add(entry[i].offset, size, &end) ||
            end > cube->size || entry[i].freq >= TB_N_FREQS)
            return false;
    }
    return true;
}

static int map_existing(struct tb_cube *cube, const char *path, struct tb_error *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return tb_error_errno(err, "cannot open '%s'", path);
    if (fstat(fd, &st) < 0 || (size_t)st.st_size < sizeof(struct tb_cube_header)) {
        close(fd);
        return tb_error_set(err, "'%s' is not a cube: too short", path);
    }
    cube->size = (size_t)st.st_size;
    void *map = mmap(NULL, cube->size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return tb_error_errno(err, "cannot map '%s'", path);
    cube->map = map;
    return 0;
}

struct tb_cube *tb_cube_open(const char *path, struct tb_error *err)
{
    struct tb_cube *cube = tb_cube_new();
    struct tb_cube_header header;

    if (!cube) {
        tb_error_set(err, "out of memory for '%s'", path);
        return NULL;
    }
    if (map_existing(cube, path, err) < 0)
        goto fail;
    memcpy(&header, cube->map, sizeof header);
    if (!directory_ok(cube, &header)) {
        tb_error_set(err, "'%s' is not a cube of this version, or is damaged", path);
        goto fail;
    }
    cube->n = header.n_planes;
    if (tb_cube_index(cube, err) < 0)
        goto fail;
    return cube;
fail:
    tb_cube_close(cube);
    return NULL;
}

int tb_cube_verify(const struct tb_cube *cube, struct tb_error *err)
{
    const struct tb_cube_entry *entry = tb_cube_directory(cube);

    for (size_t i = 0; i < cube->n; i++)
        if (tb_crc32(cube->map + entry[i].offset, entry[i].size) != entry[i].crc)
            return tb_error_set(err, "checksum of plane %zu (indicator %u, measure %u) differs", i,
                                entry[i].indicator, entry[i].measure);
    return 0;
}

struct tb_cube *tb_cube_open_whole(const char *path, struct tb_error *err)
{
    struct tb_cube *cube = tb_cube_open(path, err);

    if (cube && tb_cube_verify(cube, err) < 0) {
        tb_error_prefix(err, "'%s' is damaged", path);
        tb_cube_close(cube);
        cube = NULL;
    }
    return cube;
}

void tb_cube_close(struct tb_cube *cube)
{
    if (!cube)
        return;
    if (cube->map)
        munmap(cube->map, cube->size);
    if (cube->aside)
        unlink(cube->aside);
    free(cube->aside);
    free(cube->path);
    free(cube->plane);
    free(cube->order);
    free(cube->sealed);
    if (cube->fd >= 0)
        close(cube->fd);
    tb_cube_free_parts(cube);
    pthread_mutex_destroy(&cube->lock);
    free(cube);
}

size_t tb_cube_n_planes(const struct tb_cube *cube)
{
    return cube->n;
}

const struct tb_plane *tb_cube_plane(const struct tb_cube *cube, size_t i)
{
    return &cube->plane[i];
}

const struct tb_plane *tb_cube_find(const struct tb_cube *cube, struct tb_plane_key key)
{
    size_t low = 0, high = cube->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct tb_plane *plane = &cube->plane[cube->order[middle]];
        int order = compare_keys(plane->key, key);
        if (order == 0)
            return plane;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct tb_plane *tb_cube_measure(const struct tb_cube *cube, size_t indicator,
                                       enum tb_measure measure)
{
    return tb_cube_find(cube, (struct tb_plane_key){ (uint16_t)indicator, (uint8_t)measure,
                                                     TB_N_MEASURES, TB_NO_GROUP });
}
