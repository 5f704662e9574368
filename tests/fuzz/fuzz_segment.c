/* fuzz_segment.c - segments and cubes with changed bytes: refused, or read
 * without a step outside the file.
 *
 * The input is a list of changes to a good file: kind and length first, then
 * triples of offset (two bytes, little endian) and value.  The checksum of the
 * cube's directory is set right again, as who means harm would; with a segment
 * it is only compared by tb_segment_verify, and not before.
 */
#include <assert.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tongbao/cube.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/infile.h"
#include "tongbao/buf.h"
#include "tongbao/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CUBE_HEADER = 64, CUBE_ENTRY = 56, AT_PLANES = 8, AT_CRC = 24 };

static void read_segment(const char *path)
{
    struct tb_segment *segment = tb_segment_open(path, NULL);
    struct tb_observation row[16];
    uint64_t sum = 0;

    if (!segment)
        return;
    size_t n = tb_segment_rows(segment);
    /* As many rows as a file of this size could hold if any column has a width. */
    for (size_t first = 0; first < n && first < 4096; first += 16) {
        size_t m = n - first < 16 ? n - first : 16;
        tb_segment_read(segment, first, m, row);
        for (size_t i = 0; i < m; i++)
            sum += strlen(tb_segment_comment(segment, &row[i])) + (uint64_t)row[i].value;
    }
    if (n > 0)
        tb_segment_read(segment, n - 1, 1, row);
    (void)tb_segment_verify(segment, NULL);
    assert(sum != 42 || n > 0); /* so that the reading is not left out */
    tb_segment_close(segment);
}

static void read_cube(const char *path)
{
    struct tb_cube *cube = tb_cube_open(path, NULL);
    uint64_t sum = 0;

    if (!cube)
        return;
    for (size_t i = 0; i < tb_cube_n_planes(cube); i++) {
        const struct tb_plane *plane = tb_cube_plane(cube, i);
        size_t cells = (size_t)plane->n_periods * plane->n_columns;
        for (size_t c = 0; c < cells; c++)
            sum += (uint64_t)plane->value[c] + plane->status[c] + (plane->origin ? plane->origin[c] : 0);
        assert(tb_cube_find(cube, plane->key));
    }
    (void)tb_cube_verify(cube, NULL);
    assert(sum != 42 || tb_cube_n_planes(cube) > 0);
    tb_cube_close(cube);
}

static void make_segment(const char *path)
{
    struct tb_segment_writer *writer = tb_segment_writer_new(path);

    assert(writer);
    for (uint32_t i = 0; i < 40; i++) {
        const struct tb_observation row = { .value = (int64_t)i * 100003, .unit = i % 7, .line = i + 2,
                                            .period = 24280 + (int32_t)(i / 7), .scale = 1 };
        assert(tb_segment_add(writer, &row, i % 9 ? NULL : "试报", NULL) == 0);
    }
    assert(tb_segment_write(writer, NULL) == 0);
    tb_segment_writer_free(writer);
}

static void make_cube(const char *path)
{
    struct tb_plane plane[3];
    const bool with_origin[3] = { true, false, false };

    for (uint16_t i = 0; i < 3; i++)
        plane[i] = (struct tb_plane){ .key = { i, TB_MEASURE_VALUE, TB_N_MEASURES, TB_NO_GROUP },
                                      .axis = TB_AXIS_UNIT, .freq = TB_FREQ_MONTH, .first = 24280,
                                      .n_periods = 5u + i, .n_columns = 7, .scale = 1 };
    struct tb_cube *cube = tb_cube_create(path, plane, with_origin, 3, NULL);
    assert(cube && tb_cube_commit(cube, NULL) == 0);
    tb_cube_close(cube);
}

/* The two good files, made once. */
static const struct tb_buf *good(int which)
{
    static struct tb_buf file[2];

    if (!file[0].data) {
        char folder[] = "/tmp/tb_fuzz_XXXXXX", path[64];
        assert(mkdtemp(folder));
        snprintf(path, sizeof path, "%s/file", folder);
        make_segment(path);
        assert(tb_infile_slurp(path, 0, &file[0], NULL) == 0);
        make_cube(path);
        assert(tb_infile_slurp(path, 0, &file[1], NULL) == 0);
        unlink(path);
        rmdir(folder);
    }
    return &file[which];
}

static void mend_directory(char *bytes, size_t len)
{
    uint64_t n;

    if (len < CUBE_HEADER)
        return;
    memcpy(&n, bytes + AT_PLANES, sizeof n);
    if (n > (len - CUBE_HEADER) / CUBE_ENTRY)
        return;
    uint32_t crc = tb_crc32(bytes + CUBE_HEADER, (size_t)n * CUBE_ENTRY);
    memcpy(bytes + AT_CRC, &crc, sizeof crc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    int which = data[0] & 1;
    const struct tb_buf *file = good(which);
    size_t len = file->len - (data[0] & 2 ? ((size_t)data[1] | (size_t)data[2] << 8) % file->len : 0);
    char *bytes = malloc(file->len), path[64];

    assert(bytes);
    memcpy(bytes, file->data, file->len);
    for (size_t i = 3; i + 3 <= size; i += 3)
        bytes[((size_t)data[i] | (size_t)data[i + 1] << 8) % file->len] = (char)data[i + 2];
    if (which)
        mend_directory(bytes, len);
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    assert(fd >= 0 && write(fd, bytes, len) == (ssize_t)len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (which)
        read_cube(path);
    else
        read_segment(path);
    close(fd);
    free(bytes);
    return 0;
}
