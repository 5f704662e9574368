/* cube.h - dense planes of exact decimals: [period][unit] for each indicator
 * and measure.
 *
 * One file holds many planes; it is mapped, not parsed.  The cube of process
 * (cube.tbc) holds what was submitted, made consistent; the findings of analyse
 * (findings.tbc) hold what was computed from it, in the same container.  A value
 * is an int64 with one scale per plane; its status byte says whether there is
 * one (observation.h).  Indicators are independent, so threads fill different
 * planes at once, straight into the mapped file.
 *
 * File: magic, version, directory of planes with a CRC-32 each, then the
 * planes, aligned to 64 bytes.
 */
#ifndef TONGBAO_CUBE_H
#define TONGBAO_CUBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/decimal.h"
#include "tongbao/observation.h"
#include "tongbao/period.h"

struct tb_error;

enum tb_axis {
    TB_AXIS_UNIT,  /* columns are rows of units.csv */
    TB_AXIS_GROUP, /* columns are rows of groups.csv */
};

/* What a plane is of.  `of` is the measure that a rank or a mean is taken of
 * (TB_N_MEASURES: none); `group` the peer group of a rank (TB_NO_GROUP: none). */
struct tb_plane_key {
    uint16_t indicator;
    uint8_t measure;
    uint8_t of;
    uint8_t group;
};

struct tb_plane {
    struct tb_plane_key key;
    enum tb_axis axis;
    enum tb_freq freq;
    int32_t first;      /* period index of row 0 */
    uint32_t n_periods; /* rows */
    uint32_t first_column; /* row of units.csv that column 0 stands for: a plane of a small
                            * group need not span all units */
    uint32_t n_columns; /* units or groups */
    int32_t scale;
    int64_t *value;     /* [n_periods * n_columns]; 0 where there is none */
    uint8_t *status;    /* [n_periods * n_columns] */
    uint32_t *origin;   /* [..] number of the observation it came from, 0 none; or NULL */
};

struct tb_cube; /* opaque: an open file */

/* --- writing --- */
/* Lays out a file of n planes: key, axis, freq, first, n_periods, first_column, n_columns, scale
 * are taken from `planes`, and `with_origin[i]` says whether plane i has origins.
 * Everything is zero (no observation) until filled.  The file is written aside. */
struct tb_cube *tb_cube_create(const char *path, const struct tb_plane planes[],
                               const bool with_origin[], size_t n, struct tb_error *err);
/* The same for a cube too large to be held while it is made: planes are filled in memory
 * between tb_cube_begin and tb_cube_end, and not outside.  Those never begun stay zero. */
struct tb_cube *tb_cube_create_in_parts(const char *path, const struct tb_plane planes[], size_t n,
                                        struct tb_error *err);
struct tb_cube_part; /* opaque: planes at hand, and their memory */
/* Takes planes first .. first + n - 1 at hand, all zero, for the thread that fills them;
 * other planes may be taken by others at the same time.  NULL with *err filled. */
struct tb_cube_part *tb_cube_begin(struct tb_cube *cube, size_t first, size_t n,
                                   struct tb_error *err);
/* Checksums and writes them; from then on they can be read.  -1 with *err filled: a full
 * disk.  The part is given back in any case. */
int tb_cube_end(struct tb_cube *cube, struct tb_cube_part *part, struct tb_error *err);
/* Gives a part back unwritten; NULL does nothing. */
void tb_cube_drop(struct tb_cube *cube, struct tb_cube_part *part);
/* The writable plane i of a cube that is being made. */
struct tb_plane *tb_cube_plane_for_writing(struct tb_cube *cube, size_t i);
/* Checksums plane i, which nobody writes to any more: who filled it has it at hand, and
 * can do so on a thread of its own.  Not a must. */
void tb_cube_seal(struct tb_cube *cube, size_t i);
/* Checksums the planes that are not sealed, and renames the file in. */
int tb_cube_commit(struct tb_cube *cube, struct tb_error *err);

/* --- reading --- */
struct tb_cube *tb_cube_open(const char *path, struct tb_error *err);
/* The same with every checksum compared: for stages, which must not make numbers
 * from damaged ones. */
struct tb_cube *tb_cube_open_whole(const char *path, struct tb_error *err);
int tb_cube_verify(const struct tb_cube *cube, struct tb_error *err); /* every checksum */
void tb_cube_close(struct tb_cube *cube); /* of a cube not committed: removes the file aside */
size_t tb_cube_n_planes(const struct tb_cube *cube);
const struct tb_plane *tb_cube_plane(const struct tb_cube *cube, size_t i);
/* The plane of that key, or NULL. */
const struct tb_plane *tb_cube_find(const struct tb_cube *cube, struct tb_plane_key key);
/* Shorthand for keys without `of` and group. */
const struct tb_plane *tb_cube_measure(const struct tb_cube *cube, size_t indicator,
                                       enum tb_measure measure);

/* Where the cell of (period, unit or group) lies, or SIZE_MAX when the plane is
 * NULL, the frequency differs, or it is outside. */
static inline size_t tb_plane_cell(const struct tb_plane *plane, struct tb_period period,
                                   size_t column)
{
    if (!plane || plane->freq != period.freq || period.index < plane->first ||
        (uint32_t)(period.index - plane->first) >= plane->n_periods ||
        column < plane->first_column || column - plane->first_column >= plane->n_columns)
        return SIZE_MAX;
    return (size_t)(period.index - plane->first) * plane->n_columns +
           (column - plane->first_column);
}

/* The status byte of a cell (TB_STATUS_NONE outside) and, if there is one, its value. */
static inline uint8_t tb_plane_get(const struct tb_plane *plane, struct tb_period period,
                                   size_t column, struct tb_decimal *value)
{
    size_t cell = tb_plane_cell(plane, period, column);
    if (cell == SIZE_MAX)
        return TB_STATUS_NONE;
    if (value)
        *value = (struct tb_decimal){ plane->value[cell], plane->scale };
    return plane->status[cell];
}

/* Whether the cell was estimated by process, or made from one that was. */
static inline bool tb_plane_is_imputed(const struct tb_plane *plane, size_t cell)
{
    return (plane->status[cell] & TB_STATUS_MASK) == TB_STATUS_I &&
           plane->status[cell] & TB_FLAG_IMPUTED && plane->origin && plane->origin[cell] == 0;
}

#endif
