/* test_map.c - the dictionary: what was put in comes out, nothing else. */
#include "tongbao/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_few(void **state)
{
    struct tb_map *map = tb_map_new();

    (void)state;
    assert_non_null(map);
    assert_int_equal(tb_map_get(map, "a", 1), TB_MAP_NONE);
    assert_int_equal(tb_map_add(map, "a", 1, 10), 10);
    assert_int_equal(tb_map_add(map, "a", 1, 11), 10);
    assert_int_equal(tb_map_add(map, "", 0, 12), 12);
    /* Keys are bytes with a length, not C strings. */
    assert_int_equal(tb_map_add(map, "a\0b", 3, 13), 13);
    assert_int_equal(tb_map_add(map, "双清区", 9, 14), 14);
    assert_int_equal(tb_map_get(map, "a", 1), 10);
    assert_int_equal(tb_map_get(map, "", 0), 12);
    assert_int_equal(tb_map_get(map, "a\0b", 3), 13);
    assert_int_equal(tb_map_get(map, "a\0c", 3), TB_MAP_NONE);
    assert_int_equal(tb_map_get(map, "双清区", 9), 14);
    assert_int_equal(tb_map_count(map), 4);
    tb_map_free(map);
    tb_map_free(NULL);
}

static void test_many(void **state)
{
    enum { MANY = 100000 };
    struct tb_map *map = tb_map_new();
    char key[32];

    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(key, sizeof key, "unit-%d", i); /* one buffer: keys are copied */
        assert_int_equal(tb_map_add(map, key, strlen(key), i), i);
    }
    assert_int_equal(tb_map_count(map), MANY);
    for (int i = 0; i < MANY; i++) {
        snprintf(key, sizeof key, "unit-%d", i);
        assert_int_equal(tb_map_get(map, key, strlen(key)), i);
        snprintf(key, sizeof key, "unit+%d", i);
        assert_int_equal(tb_map_get(map, key, strlen(key)), TB_MAP_NONE);
    }
    tb_map_free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
