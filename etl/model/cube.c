/* cube.c - the container of planes: laid out once, filled in place, mapped.
 *
 * File: header (64 bytes), directory (n_planes entries), planes.  Inside a
 * plane: values, then status bytes, then origins if it has them, each aligned
 * to 64 bytes.  The directory entry holds the CRC-32 of the plane's bytes.
 */
#include "tongbao/cube.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/size.h"

static const uint64_t MAGIC = 0x0332425543425400u; /* "\0TBCUB2\3" read as one number */
enum { ALIGN = 64 };

struct header {
    uint64_t magic;
    uint64_t n_planes;
    uint64_t size; /* of the whole file */
    uint32_t directory_crc;
    uint32_t unused[9];
};

struct entry {
    uint64_t offset, size; /* of the plane's bytes */
    int32_t first, scale;
    uint32_t n_periods, n_columns;
    uint32_t crc;
    uint16_t indicator;
    uint8_t measure, of, group, axis, freq, has_origin;
    uint32_t first_column;
};

struct tb_cube {
    unsigned char *map;
    size_t size;
    size_t n;
    struct tb_plane *plane;   /* pointers into the map */
    uint32_t *order;          /* planes sorted by key, for tb_cube_find */
    bool *sealed;             /* [n] while it is being made: the checksum stands */
    char *path, *aside;       /* while it is being made; NULL when open for reading */
};

static size_t aligned(size_t size)
{
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static struct entry *directory(const struct tb_cube *cube)
{
    return (struct entry *)(void *)(cube->map + sizeof(struct header));
}

/* Bytes of a plane with its parts; false on overflow. */
static bool plane_size(const struct tb_plane *plane, bool origin, size_t *cells, size_t *size)
{
    size_t bytes;

    if (!tb_size_mul(plane->n_periods, plane->n_columns, cells) || *cells > SIZE_MAX / 32)
        return false;
    bytes = aligned(*cells * sizeof(int64_t)) + aligned(*cells);
    if (origin)
        bytes += aligned(*cells * sizeof(uint32_t));
    *size = bytes;
    return true;
}

static void point_plane(struct tb_cube *cube, size_t i)
{
    const struct entry *entry = &directory(cube)[i];
    struct tb_plane *plane = &cube->plane[i];
    size_t cells = (size_t)entry->n_periods * entry->n_columns;
    unsigned char *at = cube->map + entry->offset;

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
        .status = at + aligned(cells * sizeof(int64_t)),
    };
    if (entry->has_origin)
        plane->origin = (uint32_t *)(void *)(plane->status + aligned(cells));
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

/* Plane pointers and the sorted index, once the map and directory stand. */
static int index_planes(struct tb_cube *cube, struct tb_error *err)
{
    cube->plane = calloc(cube->n ? cube->n : 1, sizeof *cube->plane);
    cube->order = calloc(cube->n ? cube->n : 1, sizeof *cube->order);
    if (!cube->plane || !cube->order)
        return tb_error_set(err, "out of memory for %zu planes", cube->n);
    for (size_t i = 0; i < cube->n; i++) {
        point_plane(cube, i);
        cube->order[i] = (uint32_t)i;
    }
    qsort_r(cube->order, cube->n, sizeof *cube->order, compare_planes, cube);
    return 0;
}

/* --- writing --- */

static struct entry entry_for(const struct tb_plane *plane, bool origin, size_t offset, size_t size)
{
    return (struct entry){
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
                   struct entry entry[], size_t *total, struct tb_error *err)
{
    size_t at = aligned(sizeof(struct header) + n * sizeof *entry);

    for (size_t i = 0; i < n; i++) {
        size_t cells, size;
        bool origin = with_origin && with_origin[i];
        if (!plane_size(&planes[i], origin, &cells, &size))
            return tb_error_set(err, "plane %zu is too large", i);
        entry[i] = entry_for(&planes[i], origin, at, size);
        if (!tb_size_add(at, size, &at) || at > INT64_MAX)
            return tb_error_set(err, "the cube is too large");
    }
    *total = at;
    return 0;
}

/* Makes the file aside at full length and maps it for writing. */
static int map_new(struct tb_cube *cube, struct tb_error *err)
{
    int fd = open(cube->aside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int rc = -1;

    if (fd < 0)
        return tb_error_errno(err, "cannot create '%s'", cube->aside);
    /* Blocks are reserved now: a full disk is an error here, not a bus error later. */
    int no_room = posix_fallocate(fd, 0, (off_t)cube->size);
    if (no_room) {
        errno = no_room;
        tb_error_errno(err, "no room for '%s' of %zu bytes", cube->aside, cube->size);
    } else {
        void *map = mmap(NULL, cube->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (map == MAP_FAILED) {
            tb_error_errno(err, "cannot map '%s'", cube->aside);
        } else {
            cube->map = map;
            rc = 0;
        }
    }
    close(fd);
    return rc;
}

struct tb_cube *tb_cube_create(const char *path, const struct tb_plane planes[],
                               const bool with_origin[], size_t n, struct tb_error *err)
{
    struct tb_cube *cube = calloc(1, sizeof *cube);
    struct entry *entry = calloc(n ? n : 1, sizeof *entry);

    if (cube) {
        cube->n = n;
        cube->path = tb_path("%s", path);
        cube->aside = tb_path("%s.part", path);
    }
    if (!cube || !entry || !cube->path || !cube->aside) {
        tb_error_set(err, "out of memory for a cube of %zu planes", n);
        goto fail;
    }
    if (lay_out(planes, with_origin, n, entry, &cube->size, err) < 0 || map_new(cube, err) < 0)
        goto fail;
    memcpy(cube->map + sizeof(struct header), entry, n * sizeof *entry);
    cube->sealed = calloc(n ? n : 1, sizeof *cube->sealed);
    if (!cube->sealed) {
        tb_error_set(err, "out of memory for a cube of %zu planes", n);
        goto fail;
    }
    if (index_planes(cube, err) < 0)
        goto fail;
    free(entry);
    return cube;
fail:
    free(entry);
    tb_cube_close(cube);
    return NULL;
}

struct tb_plane *tb_cube_plane_for_writing(struct tb_cube *cube, size_t i)
{
    return &cube->plane[i];
}

void tb_cube_seal(struct tb_cube *cube, size_t i)
{
    struct entry *entry = &directory(cube)[i];

    entry->crc = tb_crc32(cube->map + entry->offset, entry->size);
    cube->sealed[i] = true;
}

int tb_cube_commit(struct tb_cube *cube, struct tb_error *err)
{
    struct entry *entry = directory(cube);
    struct header header = { .magic = MAGIC, .n_planes = cube->n, .size = cube->size };

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

/* --- reading --- */

static bool directory_ok(const struct tb_cube *cube, const struct header *header)
{
    const struct entry *entry = directory(cube);
    size_t bytes, end, cells, size;

    if (header->magic != MAGIC || header->size != cube->size ||
        !tb_size_mul(header->n_planes, sizeof *entry, &bytes) ||
        !tb_size_add(bytes, sizeof *header, &end) || end > cube->size ||
        tb_crc32(entry, bytes) != header->directory_crc)
        return false;
    for (size_t i = 0; i < header->n_planes; i++) {
        struct tb_plane shape = { .n_periods = entry[i].n_periods, .n_columns = entry[i].n_columns };
        if (!plane_size(&shape, entry[i].has_origin, &cells, &size) || size != entry[i].size ||
            entry[i].offset % ALIGN || !tb_size_add(entry[i].offset, size, &end) ||
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
    if (fstat(fd, &st) < 0 || (size_t)st.st_size < sizeof(struct header)) {
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
    struct tb_cube *cube = calloc(1, sizeof *cube);
    struct header header;

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
    if (index_planes(cube, err) < 0)
        goto fail;
    return cube;
fail:
    tb_cube_close(cube);
    return NULL;
}

int tb_cube_verify(const struct tb_cube *cube, struct tb_error *err)
{
    const struct entry *entry = directory(cube);

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
