/* test_segment.c - what is written to a segment is read back, at every width of
 * column, and a damaged file is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/error.h"
#include "tongbao/segment.h"

static char folder[] = "/tmp/tb_segment_XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/s.seg", folder);
    unlink(path);
    return rmdir(folder);
}

/* Splitmix64: a fixed sequence, so a failure comes back. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static struct tb_observation random_row(uint64_t *state, int bits)
{
    uint64_t mask = bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
    uint64_t r = next_random(state);

    return (struct tb_observation){
        .value = (int64_t)(next_random(state) & mask) * (r & 1 && bits < 63 ? -1 : 1),
        .unit = (uint32_t)(next_random(state) & mask & UINT32_MAX),
        .period = (int32_t)(24000 + (r >> 8) % 500) * (r & 2 ? 1 : -1),
        .line = (uint32_t)(next_random(state) & mask & UINT32_MAX),
        .indicator = (uint16_t)(r >> 16), .column = (uint16_t)(r >> 24), .measure = (uint8_t)(r >> 32),
        .group = (uint8_t)(r >> 40), .scale = (int8_t)((r >> 48) % 13), .status = (uint8_t)(r >> 56),
    };
}

static void check_round_trip(size_t n, int bits)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_segment_writer *writer;
    struct tb_observation *rows = calloc(n + 1, sizeof *rows);
    char path[64];
    uint64_t state = n * 64 + (uint64_t)bits;

    snprintf(path, sizeof path, "%s/s.seg", folder);
    writer = tb_segment_writer_new(path);
    assert_non_null(writer);
    for (size_t i = 0; i < n; i++) {
        rows[i] = random_row(&state, bits);
        assert_int_equal(tb_segment_add(writer, &rows[i], i % 3 ? NULL : "印作预计任务", &err), 0);
    }
    assert_int_equal(tb_segment_write(writer, &err), 0);
    tb_segment_writer_free(writer);

    struct tb_segment *segment = tb_segment_open(path, &err);
    assert_non_null(segment);
    assert_int_equal(tb_segment_verify(segment, &err), 0);
    assert_int_equal(tb_segment_rows(segment), n);
    for (size_t i = 0; i < n; i++) {
        struct tb_observation row;
        tb_segment_read(segment, i, 1, &row);
        assert_string_equal(tb_segment_comment(segment, &row), i % 3 ? "" : "印作预计任务");
        row.comment = 0;
        assert_memory_equal(&row, &rows[i], sizeof row);
    }
    tb_segment_close(segment);
    free(rows);
}

static void rows_come_back(void **state)
{
    (void)state;
    check_round_trip(0, 8);
    check_round_trip(1, 64);
    for (int bits = 1; bits <= 64; bits += 7)
        check_round_trip(100, bits);
    check_round_trip(16384, 24); /* one block, and one row more, and some blocks */
    check_round_trip(16385, 24);
    check_round_trip(50000, 40);
}

/* Read across blocks in steps that fit none. */
static void steps_cross_blocks(void **state)
{
    enum { N = 40000, STEP = 999 };
    struct tb_error err = TB_ERROR_INIT;
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/s.seg", folder);
    struct tb_segment_writer *writer = tb_segment_writer_new(path);
    for (uint32_t i = 0; i < N; i++)
        assert_int_equal(tb_segment_add(writer, &(struct tb_observation){ .value = i * 7, .line = i + 2 }, NULL, &err), 0);
    assert_int_equal(tb_segment_writer_rows(writer), N);
    assert_int_equal(tb_segment_write(writer, &err), 0);
    tb_segment_writer_free(writer);
    struct tb_segment *segment = tb_segment_open(path, &err);
    assert_non_null(segment);
    for (size_t at = 0; at < N; at += STEP) {
        struct tb_observation row[STEP];
        size_t n = N - at < STEP ? N - at : STEP;
        tb_segment_read(segment, at, n, row);
        for (size_t i = 0; i < n; i++)
            assert_true(row[i].value == (int64_t)(at + i) * 7 && row[i].line == at + i + 2);
    }
    tb_segment_close(segment);
}

/* Nothing is put in place by a writer that is given up. */
static void given_up(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/s.seg", folder);
    unlink(path);
    struct tb_segment_writer *writer = tb_segment_writer_new(path);
    for (uint32_t i = 0; i < 40000; i++)
        assert_int_equal(tb_segment_add(writer, &(struct tb_observation){ .value = i }, NULL, &err), 0);
    tb_segment_writer_free(writer);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(rmdir(folder), 0); /* no half file either */
    assert_int_equal(mkdir(folder, 0777), 0);
}

/* A segment whose rows all agree in a column spends no bytes on it. */
static void constant_columns_are_free(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_segment_writer *writer;
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/s.seg", folder);
    writer = tb_segment_writer_new(path);
    for (uint32_t i = 0; i < 1000; i++)
        tb_segment_add(writer, &(struct tb_observation){ .value = 7, .unit = i % 200, .period = 24276 }, NULL, &err);
    assert_int_equal(tb_segment_write(writer, &err), 0);
    tb_segment_writer_free(writer);
    FILE *file = fopen(path, "rb");
    fseek(file, 0, SEEK_END);
    assert_true(ftell(file) < 1000 + 512); /* one byte a row for the unit, and the head */
    fclose(file);
}

/* Each byte changed in turn: refused by open or found by verify; never read as good. */
static void damage_is_found(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_segment_writer *writer;
    char path[64];
    unsigned char bytes[4096];

    (void)state;
    snprintf(path, sizeof path, "%s/s.seg", folder);
    writer = tb_segment_writer_new(path);
    for (uint32_t i = 0; i < 20; i++)
        tb_segment_add(writer, &(struct tb_observation){ .value = i * 1000, .unit = i }, "c", &err);
    assert_int_equal(tb_segment_write(writer, &err), 0);
    tb_segment_writer_free(writer);
    FILE *file = fopen(path, "rb");
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= 0x41;
        file = fopen(path, "wb");
        fwrite(bytes, 1, size, file);
        fclose(file);
        bytes[i] ^= 0x41;
        struct tb_segment *segment = tb_segment_open(path, &err);
        if (segment)
            assert_int_equal(tb_segment_verify(segment, &err), -1);
        tb_segment_close(segment);
    }
    for (size_t cut = 0; cut < size; cut += 13) {
        file = fopen(path, "wb");
        fwrite(bytes, 1, cut, file);
        fclose(file);
        assert_null(tb_segment_open(path, &err));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(steps_cross_blocks),
        cmocka_unit_test(given_up),
        cmocka_unit_test(constant_columns_are_free),
        cmocka_unit_test(damage_is_found),
    };
    return cmocka_run_group_tests_name("segment", tests, set_up, tear_down);
}
