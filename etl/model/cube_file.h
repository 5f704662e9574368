/* cube_file.h - the container of planes from inside: its file, and a cube at hand.
 * For cube.c and cube_write.c only.
 *
 * File: header (64 bytes), directory (n_planes entries), planes.  Inside a
 * plane: values, then status bytes, then origins if it has them, each aligned
 * to 64 bytes.  The directory entry holds the CRC-32 of the plane's bytes.
 */
#ifndef TONGBAO_MODEL_CUBE_FILE_H
#define TONGBAO_MODEL_CUBE_FILE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tongbao/cube.h"

#define TB_CUBE_MAGIC UINT64_C(0x0332425543425400) /* "\0TBCUB2\3" read as one number */

struct tb_cube_header {
    uint64_t magic;
    uint64_t n_planes;
    uint64_t size; /* of the whole file */
    uint32_t directory_crc;
    uint32_t n_measures; /* known to who wrote it: keys hold measures by number */
    uint32_t unused[8];
};

struct tb_cube_entry {
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
    struct tb_plane *plane;   /* pointers into the map, or into a part at hand */
    uint32_t *order;          /* planes sorted by key, for tb_cube_find */
    /* while it is being made; NULL and -1 when open for reading */
    bool *sealed;             /* [n] the checksum stands */
    char *path, *aside;
    int fd;                   /* of one made in parts */
    pthread_mutex_t lock;     /* over the next: parts are taken by any thread */
    struct tb_cube_part *idle; /* their memory, for the next that is begun */
};

static inline struct tb_cube_entry *tb_cube_directory(const struct tb_cube *cube)
{
    return (struct tb_cube_entry *)(void *)(cube->map + sizeof(struct tb_cube_header));
}

/* An empty one, for tb_cube_close; NULL when memory is out. */
struct tb_cube *tb_cube_new(void);
/* A size rounded up to where the next piece begins. */
size_t tb_cube_aligned(size_t size);
/* Bytes of a plane with its parts; false on overflow. */
bool tb_cube_plane_size(const struct tb_plane *plane, bool origin, size_t *cells, size_t *size);
/* Points plane i at its cells, of which the first stands at `at`. */
void tb_cube_point(struct tb_cube *cube, size_t i, unsigned char *at);
/* Plane pointers and the sorted index, once the map and directory stand. */
int tb_cube_index(struct tb_cube *cube, struct tb_error *err);
/* Frees memory of parts that are not at hand. */
void tb_cube_free_parts(struct tb_cube *cube);

#endif
