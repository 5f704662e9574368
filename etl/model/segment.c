/* segment.c - writing and mapping the store's segments.
 *
 * File, in the byte order of the machine (checked by the magic number):
 *   header      struct header, 64 bytes
 *   directory   N_FIELDS times struct field: base, width, offset
 *   columns     each n_rows * width bytes of (number - base), 8-byte aligned
 *   comments    NUL-terminated texts; offset 0 is the empty one
 * The checksum covers every byte but itself.
 */
#include "tongbao/segment.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/buf.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/newfile.h"
#include "tongbao/size.h"

enum field_number {
    F_VALUE, F_UNIT, F_PERIOD, F_LINE, F_COMMENT, F_INDICATOR, F_COLUMN, F_MEASURE, F_GROUP, F_SCALE,
    F_STATUS, N_FIELDS
};

/* pack_field takes the low bytes of a number first. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "segments are written little endian");

static const uint64_t MAGIC = 0x0131474553425400u; /* "\0TBSEG1\1" read as one number */

struct header {
    uint64_t magic;
    uint32_t n_fields;
    uint32_t crc;
    uint64_t n_rows;
    uint64_t size;          /* of the whole file */
    uint64_t comments;      /* offset of the comments */
    uint64_t comments_size;
    uint64_t unused[2];
};

struct field {
    int64_t base;    /* least number of the column */
    uint64_t offset; /* of the column's bytes */
    uint32_t width;  /* 0, 1, 2, 4 or 8 bytes a row */
    uint32_t unused;
};

struct tb_segment_writer {
    struct tb_observation *row;
    size_t n, capacity;
    struct tb_buf comments;
};

struct tb_segment {
    const unsigned char *map;
    size_t size;
    size_t n_rows;
    const char *comments;
    size_t comments_size;
    struct field field[N_FIELDS];
};

static int64_t field_of(const struct tb_observation *row, enum field_number number)
{
    switch (number) {
    case F_VALUE: return row->value;
    case F_UNIT: return row->unit;
    case F_PERIOD: return row->period;
    case F_LINE: return row->line;
    case F_COMMENT: return row->comment;
    case F_INDICATOR: return row->indicator;
    case F_COLUMN: return row->column;
    case F_MEASURE: return row->measure;
    case F_GROUP: return row->group;
    case F_SCALE: return row->scale;
    case F_STATUS: return row->status;
    case N_FIELDS: break;
    }
    return 0;
}

static void set_field(struct tb_observation *row, enum field_number number, int64_t value)
{
    switch (number) {
    case F_VALUE: row->value = value; break;
    case F_UNIT: row->unit = (uint32_t)value; break;
    case F_PERIOD: row->period = (int32_t)value; break;
    case F_LINE: row->line = (uint32_t)value; break;
    case F_COMMENT: row->comment = (uint32_t)value; break;
    case F_INDICATOR: row->indicator = (uint16_t)value; break;
    case F_COLUMN: row->column = (uint16_t)value; break;
    case F_MEASURE: row->measure = (uint8_t)value; break;
    case F_GROUP: row->group = (uint8_t)value; break;
    case F_SCALE: row->scale = (int8_t)value; break;
    case F_STATUS: row->status = (uint8_t)value; break;
    case N_FIELDS: break;
    }
}

/* --- writing --- */

struct tb_segment_writer *tb_segment_writer_new(void)
{
    return calloc(1, sizeof(struct tb_segment_writer));
}

void tb_segment_writer_free(struct tb_segment_writer *writer)
{
    if (!writer)
        return;
    free(writer->row);
    tb_buf_release(&writer->comments);
    free(writer);
}

size_t tb_segment_writer_rows(const struct tb_segment_writer *writer)
{
    return writer->n;
}

int tb_segment_add(struct tb_segment_writer *writer, const struct tb_observation *row,
                   const char *comment, struct tb_error *err)
{
    struct tb_observation *grown =
        tb_grow(writer->row, writer->n, &writer->capacity, sizeof *writer->row);

    if (!grown)
        return tb_error_set(err, "out of memory for observation %zu", writer->n + 1);
    writer->row = grown;
    writer->row[writer->n] = *row;
    writer->row[writer->n].comment = 0;
    if (comment && comment[0]) {
        if (writer->comments.len == 0)
            tb_buf_putc(&writer->comments, '\0');
        if (writer->comments.len > UINT32_MAX)
            return tb_error_set(err, "more than 4 GiB of comments in one submission");
        writer->row[writer->n].comment = (uint32_t)writer->comments.len;
        tb_buf_add(&writer->comments, comment, strlen(comment) + 1);
        if (!tb_buf_ok(&writer->comments, err))
            return -1;
    }
    writer->n++;
    return 0;
}

static uint32_t width_for(uint64_t range)
{
    return range == 0 ? 0 : range <= UINT8_MAX ? 1 : range <= UINT16_MAX ? 2 : range <= UINT32_MAX ? 4 : 8;
}

static struct field field_layout(const struct tb_segment_writer *writer, enum field_number number)
{
    int64_t least = writer->n ? field_of(&writer->row[0], number) : 0;
    int64_t most = least;

    for (size_t i = 1; i < writer->n; i++) {
        int64_t value = field_of(&writer->row[i], number);
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    return (struct field){ .base = least, .width = width_for((uint64_t)most - (uint64_t)least) };
}

static void pack_field(const struct tb_segment_writer *writer, enum field_number number,
                       const struct field *field, unsigned char *out)
{
    for (size_t i = 0; i < writer->n; i++) {
        uint64_t value = (uint64_t)field_of(&writer->row[i], number) - (uint64_t)field->base;
        memcpy(out + i * field->width, &value, field->width); /* little endian: low bytes first */
    }
}

/* Of all the file: the header without this number, and what is behind it. */
static uint32_t checksum(const struct header *header, const unsigned char *file, size_t size)
{
    struct header bare = *header;

    bare.crc = 0;
    return tb_crc32(&bare, sizeof bare) ^ tb_crc32(file + sizeof bare, size - sizeof bare);
}

/* Lays the file out in memory: the caller frees *image. */
static int build_image(struct tb_segment_writer *writer, unsigned char **image, size_t *size,
                       struct tb_error *err)
{
    struct field field[N_FIELDS];
    size_t at = sizeof(struct header) + sizeof field;

    for (int f = 0; f < N_FIELDS; f++) {
        size_t bytes;
        field[f] = field_layout(writer, (enum field_number)f);
        field[f].offset = at;
        if (!tb_size_mul(writer->n, field[f].width, &bytes) || !tb_size_add(at, bytes + 8, &at))
            return tb_error_set(err, "segment of %zu rows is too large", writer->n);
        at &= ~(size_t)7;
    }
    struct header header = { .magic = MAGIC, .n_fields = N_FIELDS, .n_rows = writer->n,
                             .comments = at, .comments_size = writer->comments.len };
    if (!tb_size_add(at, writer->comments.len, size))
        return tb_error_set(err, "segment of %zu rows is too large", writer->n);
    header.size = *size;
    *image = calloc(1, *size);
    if (!*image)
        return tb_error_set(err, "out of memory for a segment of %zu bytes", *size);
    memcpy(*image + sizeof header, field, sizeof field);
    for (int f = 0; f < N_FIELDS; f++)
        pack_field(writer, (enum field_number)f, &field[f], *image + field[f].offset);
    if (writer->comments.len)
        memcpy(*image + at, writer->comments.data, writer->comments.len);
    header.crc = checksum(&header, *image, *size);
    memcpy(*image, &header, sizeof header);
    return 0;
}

int tb_segment_write(struct tb_segment_writer *writer, const char *path, struct tb_error *err)
{
    unsigned char *image = NULL;
    size_t size = 0;
    int rc = build_image(writer, &image, &size, err);

    if (rc == 0)
        rc = tb_newfile_write(path, image, size, err);
    free(image);
    return rc;
}

/* --- reading --- */

/* True when the directory and the comments lie inside the file. */
static bool structure_ok(const struct tb_segment *segment, const struct header *header)
{
    if (header->magic != MAGIC || header->n_fields != N_FIELDS || header->size != segment->size)
        return false;
    for (int f = 0; f < N_FIELDS; f++) {
        const struct field *field = &segment->field[f];
        size_t bytes, end;
        if (field->width > 8 || (field->width & (field->width - 1)) ||
            !tb_size_mul(segment->n_rows, field->width, &bytes) ||
            !tb_size_add(field->offset, bytes, &end) || end > segment->size)
            return false;
    }
    size_t end;
    if (!tb_size_add(header->comments, header->comments_size, &end) || end != segment->size)
        return false;
    return header->comments_size == 0 || segment->map[segment->size - 1] == '\0';
}

static int map_file(const char *path, struct tb_segment *segment, struct tb_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd < 0)
        return tb_error_errno(err, "cannot open '%s'", path);
    if (fstat(fd, &st) < 0 || (size_t)st.st_size < sizeof(struct header) + sizeof segment->field) {
        close(fd);
        return tb_error_set(err, "'%s' is not a segment: too short", path);
    }
    segment->size = (size_t)st.st_size;
    void *map = mmap(NULL, segment->size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return tb_error_errno(err, "cannot map '%s'", path);
    segment->map = map;
    return 0;
}

struct tb_segment *tb_segment_open(const char *path, struct tb_error *err)
{
    struct tb_segment *segment = calloc(1, sizeof *segment);
    struct header header;

    if (!segment) {
        tb_error_set(err, "out of memory for '%s'", path);
        return NULL;
    }
    if (map_file(path, segment, err) < 0) {
        free(segment);
        return NULL;
    }
    memcpy(&header, segment->map, sizeof header);
    memcpy(segment->field, segment->map + sizeof header, sizeof segment->field);
    segment->n_rows = header.n_rows;
    if (!structure_ok(segment, &header)) {
        tb_error_set(err, "'%s' is not a segment of this version, or is damaged", path);
        tb_segment_close(segment);
        return NULL;
    }
    segment->comments = (const char *)segment->map + header.comments;
    segment->comments_size = header.comments_size;
    return segment;
}

void tb_segment_close(struct tb_segment *segment)
{
    if (!segment)
        return;
    munmap((void *)(uintptr_t)segment->map, segment->size);
    free(segment);
}

size_t tb_segment_rows(const struct tb_segment *segment)
{
    return segment->n_rows;
}

static void unpack_field(const struct tb_segment *segment, enum field_number number, size_t first,
                         size_t n, struct tb_observation out[])
{
    const struct field *field = &segment->field[number];
    const unsigned char *from = segment->map + field->offset + first * field->width;

    for (size_t i = 0; i < n; i++) {
        uint64_t value = 0;
        switch (field->width) { /* a constant width each, so that the copy is one load */
        case 1: value = from[i]; break;
        case 2: { uint16_t v; memcpy(&v, from + i * 2, 2); value = v; break; }
        case 4: { uint32_t v; memcpy(&v, from + i * 4, 4); value = v; break; }
        case 8: memcpy(&value, from + i * 8, 8); break;
        default: break;
        }
        set_field(&out[i], number, (int64_t)(value + (uint64_t)field->base));
    }
}

void tb_segment_read(const struct tb_segment *segment, size_t first, size_t n,
                     struct tb_observation out[])
{
    for (int f = 0; f < N_FIELDS; f++)
        unpack_field(segment, (enum field_number)f, first, n, out);
}

const char *tb_segment_comment(const struct tb_segment *segment, const struct tb_observation *row)
{
    return row->comment && row->comment < segment->comments_size ? segment->comments + row->comment
                                                                 : "";
}

int tb_segment_verify(const struct tb_segment *segment, struct tb_error *err)
{
    struct header header;

    memcpy(&header, segment->map, sizeof header);
    if (checksum(&header, segment->map, segment->size) != header.crc)
        return tb_error_set(err, "checksum of the segment differs: its bytes were changed");
    return 0;
}
