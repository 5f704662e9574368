/* segment.c - mapping the store's segments. */
#include "tongbao/segment.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/segment_format.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

struct tb_segment {
    const unsigned char *map;
    size_t size;
    struct tb_segment_footer footer;
    const struct tb_segment_entry *entry; /* in the map */
};

static size_t rows_of_block(const struct tb_segment *segment, size_t block)
{
    uint64_t before = (uint64_t)block * TB_SEGMENT_BLOCK, left = segment->footer.n_rows - before;

    return left < TB_SEGMENT_BLOCK ? (size_t)left : TB_SEGMENT_BLOCK;
}

static bool block_ok(const struct tb_segment *segment, size_t block)
{
    const struct tb_segment_entry *entry = &segment->entry[block];
    struct tb_segment_field field[TB_SEGMENT_FIELDS];
    const unsigned char *at = segment->map + entry->offset;

    if (entry->offset % 8 || entry->offset > segment->footer.directory ||
        entry->size > segment->footer.directory - entry->offset || entry->size < sizeof field ||
        entry->comments > entry->size || entry->n_comments > entry->size - entry->comments ||
        (entry->n_comments > 0 && at[entry->comments + entry->n_comments - 1] != '\0'))
        return false;
    memcpy(field, at, sizeof field);
    for (int f = 0; f < TB_SEGMENT_FIELDS; f++) {
        size_t bytes = rows_of_block(segment, block) * field[f].width;
        if (field[f].width > 8 || (field[f].width & (field[f].width - 1)) || field[f].step > 1 ||
            field[f].offset > entry->size || bytes > entry->size - field[f].offset)
            return false;
    }
    return true;
}

/* True when the directory, the blocks and their comments lie inside the file. */
static bool structure_ok(struct tb_segment *segment)
{
    const struct tb_segment_footer *footer = &segment->footer;
    uint64_t magic, n_blocks = footer->n_rows / TB_SEGMENT_BLOCK +
                               (footer->n_rows % TB_SEGMENT_BLOCK != 0);
    size_t behind = segment->size - sizeof *footer;

    memcpy(&magic, segment->map, sizeof magic);
    if (magic != TB_SEGMENT_MAGIC || footer->magic != TB_SEGMENT_MAGIC ||
        footer->n_fields != TB_SEGMENT_FIELDS || footer->size != segment->size ||
        footer->n_blocks != n_blocks || footer->directory > behind || footer->directory % 8 ||
        footer->n_blocks * sizeof *segment->entry != behind - footer->directory)
        return false;
    segment->entry = (const void *)(segment->map + footer->directory);
    for (size_t block = 0; block < footer->n_blocks; block++) {
        if (!block_ok(segment, block))
            return false;
    }
    return true;
}

static int map_file(const char *path, struct tb_segment *segment, struct tb_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd < 0)
        return tb_error_errno(err, "cannot open '%s'", path);
    if (fstat(fd, &st) < 0 ||
        (size_t)st.st_size < sizeof TB_SEGMENT_MAGIC + sizeof(struct tb_segment_footer)) {
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

    if (!segment) {
        tb_error_set(err, "out of memory for '%s'", path);
        return NULL;
    }
    if (map_file(path, segment, err) < 0) {
        free(segment);
        return NULL;
    }
    memcpy(&segment->footer, segment->map + segment->size - sizeof segment->footer,
           sizeof segment->footer);
    if (!structure_ok(segment)) {
        tb_error_set(err, "'%s' is not a segment of this version, or is damaged", path);
        tb_segment_close(segment);
        return NULL;
    }
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
    return (size_t)segment->footer.n_rows;
}

static void set_field(struct tb_observation *row, enum tb_segment_column column, int64_t value)
{
    switch (column) {
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
    case TB_SEGMENT_FIELDS: break;
    }
}

static void unpack_field(const unsigned char *block, enum tb_segment_column column, size_t first,
                         size_t n, struct tb_observation out[])
{
    struct tb_segment_field field;

    memcpy(&field, block + (size_t)column * sizeof field, sizeof field);
    const unsigned char *from = block + field.offset + first * field.width;
    uint64_t base = (uint64_t)field.base + (uint64_t)field.step * first;
    for (size_t i = 0; i < n; i++, base += field.step) {
        uint64_t value = 0;
        switch (field.width) { /* a constant width each, so that the copy is one load */
        case 1: value = from[i]; break;
        case 2: { uint16_t v; memcpy(&v, from + i * 2, 2); value = v; break; }
        case 4: { uint32_t v; memcpy(&v, from + i * 4, 4); value = v; break; }
        case 8: memcpy(&value, from + i * 8, 8); break;
        default: break;
        }
        set_field(&out[i], column, (int64_t)(value + base));
    }
}

void tb_segment_read(const struct tb_segment *segment, size_t first, size_t n,
                     struct tb_observation out[])
{
    while (n > 0) {
        size_t block = first / TB_SEGMENT_BLOCK, at = first % TB_SEGMENT_BLOCK;
        size_t some = rows_of_block(segment, block) - at;

        some = some < n ? some : n;
        for (int f = 0; f < TB_SEGMENT_FIELDS; f++)
            unpack_field(segment->map + segment->entry[block].offset, (enum tb_segment_column)f, at,
                         some, out);
        first += some;
        out += some;
        n -= some;
    }
}

const char *tb_segment_comment(const struct tb_segment *segment, const struct tb_observation *row)
{
    size_t low = 0, high = segment->footer.n_blocks;

    while (low < high) { /* the last block whose comments begin at or before it */
        size_t middle = low + (high - low) / 2;
        if (segment->entry[middle].first_comment <= row->comment)
            low = middle + 1;
        else
            high = middle;
    }
    if (row->comment == 0 || low == 0)
        return "";
    const struct tb_segment_entry *entry = &segment->entry[low - 1];
    uint64_t at = row->comment - entry->first_comment;
    return at < entry->n_comments
               ? (const char *)segment->map + entry->offset + entry->comments + at
               : "";
}

int tb_segment_verify(const struct tb_segment *segment, struct tb_error *err)
{
    enum { STEP = 1 << 20 };
    size_t behind = segment->size - sizeof segment->footer;
    uint32_t crc = 0;

    for (size_t at = 0; at < behind; at += STEP) {
        size_t some = behind - at < STEP ? behind - at : STEP;
        crc = tb_crc32_add(crc, segment->map + at, some);
        /* Memory stays that of one step, however large the file. */
        if (some == STEP)
            madvise((void *)(uintptr_t)(segment->map + at), some, MADV_DONTNEED);
    }
    if (crc != segment->footer.crc ||
        tb_crc32(&segment->footer, offsetof(struct tb_segment_footer, crc)) !=
            segment->footer.crc_footer)
        return tb_error_set(err, "checksum of the segment differs: its bytes were changed");
    return 0;
}
