/* segment_write.c - rows -> blocks of columns, each written as soon as it is full. */
#include "tongbao/segment.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model/segment_format.h"
#include "tongbao/buf.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/newfile.h"
#include "tongbao/size.h"

struct tb_segment_writer {
    char *path;
    struct tb_newfile *file; /* from the first block on */
    uint64_t n_rows;
    uint64_t size; /* bytes written */
    uint32_t crc;  /* of them */
    struct tb_segment_entry *entry;
    size_t n_entries, entries_capacity;
    struct tb_observation *row; /* of the block that is being gathered */
    size_t n, capacity;
    struct tb_buf comments;     /* of that block */
    uint32_t last_comment;      /* place of the last among them */
    uint64_t first_comment;     /* place of their first among all */
    bool full;
    struct tb_buf image;
    int64_t number[TB_SEGMENT_BLOCK]; /* one column of it */
};

struct tb_segment_writer *tb_segment_writer_new(const char *path)
{
    struct tb_segment_writer *writer = calloc(1, sizeof *writer);

    if (!writer)
        return NULL;
    writer->path = strdup(path);
    writer->first_comment = 1;
    if (!writer->path) {
        free(writer);
        return NULL;
    }
    return writer;
}

void tb_segment_writer_free(struct tb_segment_writer *writer)
{
    if (!writer)
        return;
    tb_newfile_free(writer->file);
    free(writer->entry);
    free(writer->row);
    tb_buf_release(&writer->comments);
    tb_buf_release(&writer->image);
    free(writer->path);
    free(writer);
}

uint64_t tb_segment_writer_rows(const struct tb_segment_writer *writer)
{
    return writer->n_rows;
}

bool tb_segment_writer_is_full(const struct tb_segment_writer *writer)
{
    return writer->full;
}

/* One column of the rows, as numbers; a loop for each, so that none asks in it. */
static void gather(const struct tb_observation *row, size_t n, enum tb_segment_column column,
                   int64_t out[])
{
#define COLUMN(name, member)                                                                       \
    case name:                                                                                     \
        for (size_t i = 0; i < n; i++)                                                             \
            out[i] = row[i].member;                                                                \
        break
    switch (column) {
        COLUMN(F_VALUE, value);
        COLUMN(F_UNIT, unit);
        COLUMN(F_PERIOD, period);
        COLUMN(F_LINE, line);
        COLUMN(F_COMMENT, comment);
        COLUMN(F_INDICATOR, indicator);
        COLUMN(F_COLUMN, column);
        COLUMN(F_MEASURE, measure);
        COLUMN(F_GROUP, group);
        COLUMN(F_SCALE, scale);
        COLUMN(F_STATUS, status);
    case TB_SEGMENT_FIELDS:
        break;
    }
#undef COLUMN
}

static uint16_t width_for(uint64_t range)
{
    return range == 0 ? 0 : range <= UINT8_MAX ? 1 : range <= UINT16_MAX ? 2 : range <= UINT32_MAX ? 4 : 8;
}

static void measure(const int64_t number[], size_t n, struct tb_segment_field *field)
{
    int64_t least = n ? number[0] : 0, most = least;

    for (size_t i = 1; i < n; i++) {
        least = number[i] < least ? number[i] : least;
        most = number[i] > most ? number[i] : most;
    }
    field->base = least;
    field->width = width_for((uint64_t)most - (uint64_t)least);
}

/* Without what each row adds nothing is left of lines that follow one another. */
static void measure_steps(int64_t number[], size_t n, struct tb_segment_field *field)
{
    struct tb_segment_field stepped = *field;

    for (size_t i = 0; i < n; i++)
        number[i] -= (int64_t)i;
    measure(number, n, &stepped);
    if (stepped.width < field->width) {
        stepped.step = 1;
        *field = stepped;
        return;
    }
    for (size_t i = 0; i < n; i++)
        number[i] += (int64_t)i;
}

static void pack(const int64_t number[], size_t n, const struct tb_segment_field *field, char *out)
{
#define PACK(type)                                                                                 \
    for (size_t i = 0; i < n; i++) {                                                               \
        type v = (type)((uint64_t)number[i] - (uint64_t)field->base);                              \
        memcpy(out + i * sizeof v, &v, sizeof v);                                                  \
    }                                                                                              \
    break
    switch (field->width) {
    case 1: PACK(uint8_t);
    case 2: PACK(uint16_t);
    case 4: PACK(uint32_t);
    case 8: PACK(uint64_t);
    default: break;
    }
#undef PACK
}

/* All bits in which a row differs from the first: most columns of most blocks have
 * none, which a few words a row tell. */
static void compare_rows(const struct tb_observation row[], size_t n,
                         struct tb_observation *differs)
{
    enum { WORDS = sizeof *row / sizeof(uint64_t) };
    uint64_t first[WORDS], any[WORDS] = { 0 }, words[WORDS];

    static_assert(sizeof *row == 32, "words, and no padding");

    memcpy(first, row, sizeof first);
    for (size_t i = 1; i < n; i++) {
        memcpy(words, &row[i], sizeof words);
        for (size_t w = 0; w < WORDS; w++)
            any[w] |= words[w] ^ first[w];
    }
    memcpy(differs, any, sizeof *differs);
}

/* Zeros from `at` to the next whole word: where that begins. */
static size_t pad(char *bytes, size_t at)
{
    size_t next = (at + 7) & ~(size_t)7;

    memset(bytes + at, 0, next - at);
    return next;
}

/* Lays the gathered rows out as a block in `image`. */
static void build_block(struct tb_segment_writer *w, struct tb_segment_entry *entry)
{
    struct tb_segment_field field[TB_SEGMENT_FIELDS] = { 0 };
    struct tb_observation differs;
    struct tb_buf *out = &w->image;
    size_t most = sizeof field + w->n * sizeof(struct tb_observation) +
                  TB_SEGMENT_FIELDS * sizeof(uint64_t) + w->comments.len;

    tb_buf_clear(out);
    if (tb_buf_reserve(out, most) < 0)
        return;
    size_t at = sizeof field;
    compare_rows(w->row, w->n, &differs);
    for (int f = 0; f < TB_SEGMENT_FIELDS; f++) {
        field[f].offset = (uint32_t)at;
        gather(w->row, 1, (enum tb_segment_column)f, &field[f].base);
        gather(&differs, 1, (enum tb_segment_column)f, w->number);
        if (w->number[0] == 0)
            continue;
        gather(w->row, w->n, (enum tb_segment_column)f, w->number);
        measure(w->number, w->n, &field[f]);
        if (f == F_LINE)
            measure_steps(w->number, w->n, &field[f]);
        pack(w->number, w->n, &field[f], out->data + at);
        at = pad(out->data, at + w->n * field[f].width);
    }
    memcpy(out->data, field, sizeof field);
    entry->comments = (uint32_t)at;
    entry->n_comments = (uint32_t)w->comments.len;
    entry->first_comment = w->first_comment;
    if (w->comments.len)
        memcpy(out->data + at, w->comments.data, w->comments.len);
    out->len = pad(out->data, at + w->comments.len);
    entry->size = out->len;
}

static int write_bytes(struct tb_segment_writer *w, const void *bytes, size_t len,
                       struct tb_error *err)
{
    if (tb_newfile_add(w->file, bytes, len, err) < 0)
        return -1;
    w->crc = tb_crc32_add(w->crc, bytes, len);
    w->size += len;
    return 0;
}

static int open_file(struct tb_segment_writer *w, struct tb_error *err)
{
    if (w->file)
        return 0;
    w->file = tb_newfile_open(w->path, TB_NEWFILE_PLAIN, err);
    return w->file ? write_bytes(w, &TB_SEGMENT_MAGIC, sizeof TB_SEGMENT_MAGIC, err) : -1;
}

static int flush_block(struct tb_segment_writer *w, struct tb_error *err)
{
    struct tb_segment_entry entry = { 0 };
    struct tb_segment_entry *grown =
        tb_grow(w->entry, w->n_entries, &w->entries_capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(err, "out of memory for %zu blocks", w->n_entries + 1);
    w->entry = grown;
    if (open_file(w, err) < 0)
        return -1;
    build_block(w, &entry);
    if (!tb_buf_ok(&w->image, err))
        return -1;
    entry.offset = w->size;
    if (write_bytes(w, w->image.data, w->image.len, err) < 0)
        return -1;
    w->entry[w->n_entries++] = entry;
    w->first_comment += w->comments.len;
    tb_buf_clear(&w->comments);
    w->n = 0;
    return 0;
}

/* The place of a comment; the same as the last is not kept twice. */
static int add_comment(struct tb_segment_writer *w, const char *comment, uint32_t *place,
                       struct tb_error *err)
{
    struct tb_buf *kept = &w->comments;

    if (kept->len == 0 || strcmp(kept->data + w->last_comment, comment) != 0) {
        w->last_comment = (uint32_t)kept->len;
        tb_buf_add(kept, comment, strlen(comment) + 1);
        if (!tb_buf_ok(kept, err))
            return -1;
    }
    w->full = w->first_comment + kept->len > UINT32_MAX;
    if (w->full)
        return tb_error_set(err, "more than 4 GiB of comments in one submission");
    *place = (uint32_t)w->first_comment + w->last_comment;
    return 0;
}

int tb_segment_add(struct tb_segment_writer *w, const struct tb_observation *row,
                   const char *comment, struct tb_error *err)
{
    if (w->n == TB_SEGMENT_BLOCK && flush_block(w, err) < 0)
        return -1;
    if (w->n == w->capacity) {
        struct tb_observation *grown = tb_grow(w->row, w->n, &w->capacity, sizeof *w->row);
        if (!grown)
            return tb_error_set(err, "out of memory for observation %llu",
                                (unsigned long long)w->n_rows + 1);
        w->row = grown;
    }
    w->row[w->n] = *row;
    w->row[w->n].comment = 0;
    if (comment && comment[0] && add_comment(w, comment, &w->row[w->n].comment, err) < 0)
        return -1;
    w->n++;
    w->n_rows++;
    return 0;
}

int tb_segment_write(struct tb_segment_writer *w, struct tb_error *err)
{
    struct tb_segment_footer footer = { .n_rows = w->n_rows,
                                        .n_fields = TB_SEGMENT_FIELDS,
                                        .magic = TB_SEGMENT_MAGIC };

    if (open_file(w, err) < 0 || (w->n > 0 && flush_block(w, err) < 0))
        return -1;
    footer.directory = w->size;
    footer.n_blocks = (uint32_t)w->n_entries;
    if (w->n_entries > 0 &&
        write_bytes(w, w->entry, w->n_entries * sizeof *w->entry, err) < 0)
        return -1;
    footer.size = w->size + sizeof footer;
    footer.crc = w->crc;
    footer.crc_footer = tb_crc32(&footer, offsetof(struct tb_segment_footer, crc));
    if (tb_newfile_add(w->file, &footer, sizeof footer, err) < 0)
        return -1;
    return tb_newfile_commit(w->file, err);
}
