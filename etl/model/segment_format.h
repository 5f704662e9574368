/* segment_format.h - the bytes of a segment: for segment.c and segment_write.c.
 *
 * File, in the byte order of the machine (checked by the magic numbers):
 *   magic       8 bytes
 *   blocks      of TB_SEGMENT_BLOCK rows each, the last of fewer; every block is
 *               8-byte aligned:
 *                 fields     TB_SEGMENT_FIELDS times struct tb_segment_field
 *                 columns    each n * width bytes of (number - base - step * place)
 *                 comments   NUL-terminated texts
 *   directory   a struct tb_segment_entry for each block
 *   footer      struct tb_segment_footer, the last 64 bytes
 * A comment is named by its place in all comments laid end to end, from 1.
 * The checksum covers every byte but itself.
 */
#ifndef TONGBAO_MODEL_SEGMENT_FORMAT_H
#define TONGBAO_MODEL_SEGMENT_FORMAT_H

#include <stddef.h>
#include <stdint.h>

enum tb_segment_column {
    F_VALUE, F_UNIT, F_PERIOD, F_LINE, F_COMMENT, F_INDICATOR, F_COLUMN, F_MEASURE, F_GROUP, F_SCALE,
    F_STATUS, TB_SEGMENT_FIELDS
};

enum { TB_SEGMENT_BLOCK = 16384 };

static const uint64_t TB_SEGMENT_MAGIC = 0x0231474553425400u; /* "\0TBSEG1\2" read as one number */

/* Numbers are written low byte first. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "segments are written little endian");

struct tb_segment_field {
    int64_t base;    /* least number of the column */
    uint32_t offset; /* of the column's bytes, from the start of the block */
    uint16_t width;  /* 0, 1, 2, 4 or 8 bytes a row */
    uint16_t step;   /* added once more with each row: lines follow one another */
};

struct tb_segment_entry {
    uint64_t offset;        /* of the block in the file */
    uint64_t size;          /* of the block, comments included */
    uint32_t comments;      /* where its comments begin, from the start of the block */
    uint32_t n_comments;    /* and their bytes */
    uint64_t first_comment; /* place of the first among all comments */
};

struct tb_segment_footer {
    uint64_t n_rows;
    uint64_t size;      /* of the whole file */
    uint64_t directory; /* its offset */
    uint32_t n_blocks;
    uint32_t n_fields;
    uint64_t unused[2];
    uint32_t crc;       /* of all bytes before it */
    uint32_t crc_footer; /* of the footer before the two */
    uint64_t magic;
};

_Static_assert(sizeof(struct tb_segment_footer) == 64 && sizeof(struct tb_segment_field) == 16 &&
                   sizeof(struct tb_segment_entry) == 32,
               "no gaps in a file");

#endif
