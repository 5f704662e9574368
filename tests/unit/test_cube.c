/* test_cube.c - planes are laid out, filled, found by key, checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tongbao/cube.h"
#include "tongbao/error.h"

static char folder[] = "/tmp/tb_cube_XXXXXX";
static char path[64];

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/c.tbc", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static struct tb_plane shape(unsigned indicator, enum tb_measure measure, uint8_t of, uint8_t group,
                             uint32_t n_periods, uint32_t n_columns)
{
    return (struct tb_plane){ .key = { (uint16_t)indicator, (uint8_t)measure, of, group },
                              .freq = TB_FREQ_MONTH, .first = 2021 * 12, .n_periods = n_periods,
                              .n_columns = n_columns, .scale = 2 };
}

static void make(struct tb_error *err)
{
    const struct tb_plane planes[] = {
        shape(3, TB_MEASURE_YTD, TB_N_MEASURES, TB_NO_GROUP, 30, 14),
        shape(0, TB_MEASURE_RANK, TB_MEASURE_GROWTH, 2, 30, 14),
        shape(0, TB_MEASURE_RANK, TB_MEASURE_GROWTH, 1, 30, 14),
        shape(3, TB_MEASURE_VALUE, TB_N_MEASURES, TB_NO_GROUP, 0, 14),
    };
    const bool origin[] = { true, false, false, true };
    struct tb_cube *cube = tb_cube_create(path, planes, origin, 4, err);

    assert_non_null(cube);
    for (size_t i = 0; i < 4; i++) {
        struct tb_plane *plane = tb_cube_plane_for_writing(cube, i);
        for (size_t c = 0; c < (size_t)plane->n_periods * plane->n_columns; c++) {
            plane->value[c] = (int64_t)(i * 1000 + c) - 500;
            plane->status[c] = TB_STATUS_A;
            if (plane->origin)
                plane->origin[c] = (uint32_t)c + 1;
        }
    }
    assert_int_equal(tb_cube_commit(cube, err), 0);
    tb_cube_close(cube);
}

static void planes_are_found_by_key(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_decimal value;

    (void)state;
    make(&err);
    struct tb_cube *cube = tb_cube_open(path, &err);
    assert_non_null(cube);
    assert_int_equal(tb_cube_verify(cube, &err), 0);
    assert_int_equal(tb_cube_n_planes(cube), 4);
    const struct tb_plane *rank =
        tb_cube_find(cube, (struct tb_plane_key){ 0, TB_MEASURE_RANK, TB_MEASURE_GROWTH, 1 });
    assert_non_null(rank);
    assert_null(rank->origin);
    assert_int_equal(rank->value[0], 2000 - 500);
    assert_null(tb_cube_find(cube, (struct tb_plane_key){ 0, TB_MEASURE_RANK, TB_MEASURE_GROWTH, 3 }));

    const struct tb_plane *ytd = tb_cube_measure(cube, 3, TB_MEASURE_YTD);
    struct tb_period february = { TB_FREQ_MONTH, 2021 * 12 + 1 };
    assert_int_equal(tb_plane_get(ytd, february, 13, &value), TB_STATUS_A);
    assert_int_equal(value.units, 14 + 13 - 500);
    assert_int_equal(value.scale, 2);
    assert_int_equal(ytd->origin[tb_plane_cell(ytd, february, 13)], 14 + 13 + 1);
    /* Outside: no observation, whichever way it is outside. */
    assert_int_equal(tb_plane_get(ytd, february, 14, &value), TB_STATUS_NONE);
    assert_int_equal(tb_plane_get(ytd, (struct tb_period){ TB_FREQ_MONTH, 2021 * 12 - 1 }, 0, NULL), TB_STATUS_NONE);
    assert_int_equal(tb_plane_get(ytd, (struct tb_period){ TB_FREQ_MONTH, 2021 * 12 + 30 }, 0, NULL), TB_STATUS_NONE);
    assert_int_equal(tb_plane_get(ytd, (struct tb_period){ TB_FREQ_QUARTER, 2021 * 12 }, 0, NULL), TB_STATUS_NONE);
    assert_int_equal(tb_plane_get(NULL, february, 0, NULL), TB_STATUS_NONE);
    tb_cube_close(cube);
}

/* Fills plane i as another does, some cells only. */
static void fill_some(struct tb_cube *cube, size_t i)
{
    struct tb_plane *plane = tb_cube_plane_for_writing(cube, i);

    for (size_t c = i; c < (size_t)plane->n_periods * plane->n_columns; c += 1000 * i + 1) {
        plane->value[c] = (int64_t)c - 700;
        plane->status[c] = TB_STATUS_P;
    }
}

static size_t read_whole(const char *name, char **bytes)
{
    FILE *file = fopen(name, "rb");

    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    *bytes = malloc(size);
    assert_non_null(*bytes);
    assert_int_equal(fread(*bytes, 1, size, file), size);
    fclose(file);
    return size;
}

/* In parts or at one go: the same file, planes that nobody filled included. */
static void parts_make_the_same_file(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    const struct tb_plane planes[] = {
        shape(0, TB_MEASURE_VALUE, TB_N_MEASURES, TB_NO_GROUP, 60, 3000),
        shape(0, TB_MEASURE_YTD, TB_N_MEASURES, TB_NO_GROUP, 60, 3000),
        shape(1, TB_MEASURE_VALUE, TB_N_MEASURES, TB_NO_GROUP, 0, 14),
        shape(1, TB_MEASURE_YTD, TB_N_MEASURES, TB_NO_GROUP, 60, 2999),
        shape(2, TB_MEASURE_YTD, TB_N_MEASURES, TB_NO_GROUP, 7, 14),
    };
    char other[80], *whole, *parts;

    (void)state;
    snprintf(other, sizeof other, "%s/parts.tbc", folder);
    struct tb_cube *cube = tb_cube_create(path, planes, NULL, 5, &err);
    assert_non_null(cube);
    for (size_t i = 0; i < 4; i++)
        fill_some(cube, i);
    assert_int_equal(tb_cube_commit(cube, &err), 0);
    tb_cube_close(cube);

    cube = tb_cube_create_in_parts(other, planes, 5, &err);
    assert_non_null(cube);
    struct tb_cube_part *second = tb_cube_begin(cube, 2, 2, &err);
    struct tb_cube_part *first = tb_cube_begin(cube, 0, 2, &err);
    assert_true(first && second);
    fill_some(cube, 3);
    fill_some(cube, 0);
    fill_some(cube, 1);
    assert_int_equal(tb_cube_end(cube, second, &err), 0);
    assert_int_equal(tb_cube_plane_for_writing(cube, 3)->value[3], 3 - 700); /* can be read */
    assert_int_equal(tb_cube_end(cube, first, &err), 0);
    struct tb_cube_part *dropped = tb_cube_begin(cube, 4, 1, &err);
    assert_non_null(dropped);
    assert_int_equal(tb_cube_plane_for_writing(cube, 4)->value[0], 0); /* used memory is cleared */
    fill_some(cube, 4);
    tb_cube_drop(cube, dropped);
    assert_int_equal(tb_cube_commit(cube, &err), 0);
    tb_cube_close(cube);
    size_t size = read_whole(path, &whole);
    assert_int_equal(read_whole(other, &parts), size);
    assert_memory_equal(whole, parts, size);
    free(whole);
    free(parts);
    unlink(other);
}

static void a_cube_not_committed_leaves_nothing(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    char other[80];
    const struct tb_plane plane = shape(1, TB_MEASURE_VALUE, TB_N_MEASURES, TB_NO_GROUP, 5, 5);

    (void)state;
    snprintf(other, sizeof other, "%s/never.tbc", folder);
    struct tb_cube *cube = tb_cube_create(other, &plane, NULL, 1, &err);
    assert_non_null(cube);
    tb_cube_close(cube);
    assert_int_equal(access(other, F_OK), -1);
    strncat(other, ".part", sizeof other - strlen(other) - 1);
    assert_int_equal(access(other, F_OK), -1);
}

/* A program with other measures numbers them otherwise: its cube is not read. */
static void a_cube_of_other_measures_is_refused(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    const uint32_t others = TB_N_MEASURES + 1;

    (void)state;
    make(&err);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    fseek(file, 28, SEEK_SET); /* behind magic, planes, size and checksum */
    assert_int_equal(fwrite(&others, sizeof others, 1, file), 1);
    fclose(file);
    assert_null(tb_cube_open(path, &err));
    assert_non_null(strstr(err.text, "is not a cube of this version"));
}

static void damage_is_found(void **state)
{
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    make(&err);
    FILE *file = fopen(path, "r+b");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fseek(file, size / 2, SEEK_SET);
    int byte = fgetc(file);
    fseek(file, size / 2, SEEK_SET);
    fputc(byte ^ 1, file);
    fclose(file);
    struct tb_cube *cube = tb_cube_open(path, &err);
    assert_non_null(cube); /* the directory is whole */
    assert_int_equal(tb_cube_verify(cube, &err), -1);
    tb_cube_close(cube);
    assert_int_equal(truncate(path, size - 1), 0);
    assert_null(tb_cube_open(path, &err));
    assert_int_equal(truncate(path, 10), 0);
    assert_null(tb_cube_open(path, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planes_are_found_by_key),
        cmocka_unit_test(parts_make_the_same_file),
        cmocka_unit_test(a_cube_not_committed_leaves_nothing),
        cmocka_unit_test(a_cube_of_other_measures_is_refused),
        cmocka_unit_test(damage_is_found),
    };
    return cmocka_run_group_tests_name("cube", tests, set_up, tear_down);
}
