/* test_buf.c - the buffer, and what is built in the same spirit: arena, checked
 * growth, and the texts of errors and findings.
 */
#include "tongbao/buf.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tongbao/arena.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

static void test_append(void **state)
{
    struct tb_buf buf = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_string_equal(tb_buf_text(&buf), "");
    tb_buf_add(&buf, NULL, 0);
    tb_buf_puts(&buf, "ab");
    tb_buf_putc(&buf, 'c');
    tb_buf_add(&buf, "d\0e", 3);
    assert_int_equal(buf.len, 6);
    assert_memory_equal(buf.data, "abcd\0e", 7);
    tb_buf_clear(&buf);
    assert_string_equal(tb_buf_text(&buf), "");
    /* Longer than any first allocation: printf must grow and print again. */
    tb_buf_printf(&buf, "%s|%0500d", "x", 7);
    assert_int_equal(buf.len, 502);
    assert_string_equal(buf.data + 500, "07");
    assert_true(tb_buf_ok(&buf, &err));
    tb_buf_release(&buf);
    assert_null(buf.data);
}

static void test_take(void **state)
{
    struct tb_buf buf = TB_BUF_INIT;
    char *text;

    (void)state;
    text = tb_buf_take(&buf);
    assert_string_equal(text, "");
    free(text);
    tb_buf_puts(&buf, "mine");
    text = tb_buf_take(&buf);
    assert_string_equal(text, "mine");
    assert_int_equal(buf.len, 0);
    free(text);
}

static void test_failed(void **state)
{
    struct tb_buf buf = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    tb_buf_puts(&buf, "kept");
    assert_int_equal(tb_buf_reserve(&buf, SIZE_MAX), -1);
    tb_buf_puts(&buf, "not added");
    tb_buf_printf(&buf, "%d", 1);
    assert_string_equal(tb_buf_text(&buf), "kept");
    assert_false(tb_buf_ok(&buf, &err));
    assert_string_equal(err.text, "out of memory");
    tb_buf_clear(&buf); /* what was lost is still lost */
    tb_buf_puts(&buf, "again");
    assert_false(tb_buf_ok(&buf, NULL));
    assert_null(tb_buf_take(&buf));
    assert_true(tb_buf_ok(&buf, NULL));
}

static void test_grow(void **state)
{
    size_t capacity = 0, huge = SIZE_MAX / 8;
    int *array = NULL;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        int *grown = tb_grow(array, i, &capacity, sizeof *array);

        assert_non_null(grown);
        assert_true(capacity > i);
        array = grown;
        array[i] = (int)i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(array[i], i);
    assert_null(tb_grow(array, huge, &huge, 8));
    assert_int_equal(huge, SIZE_MAX / 8);
    free(array);
}

static void test_arena(void **state)
{
    struct tb_arena arena = TB_ARENA_INIT;
    char *first = NULL;

    (void)state;
    assert_null(tb_arena_alloc(&arena, SIZE_MAX, 2));
    for (size_t i = 0; i < 3000; i++) {
        size_t size = i % 100 == 0 ? 20000 : i % 37;
        unsigned char *bytes = tb_arena_alloc(&arena, 1, size);

        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(bytes[k], 0);
        memset(bytes, 0xff, size);
        char *text = tb_arena_memdup(&arena, "abcdef", 3);
        assert_string_equal(text, "abc");
        if (!first)
            first = text;
    }
    assert_string_equal(first, "abc");
    assert_string_equal(tb_arena_strdup(&arena, ""), "");
    tb_arena_release(&arena);
    tb_arena_release(&arena);
}

static void test_error(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    char longer[2 * TB_ERROR_MAX];

    (void)state;
    assert_int_equal(tb_error_set(NULL, "x"), -1);
    assert_int_equal(tb_error_set(&err, "'%s' is bad", "a\x1b[2J\n"), -1);
    assert_string_equal(err.text, "'a\\x1b[2J\\x0a' is bad");
    assert_int_equal(tb_error_prefix(&err, "file %d", 3), -1);
    assert_string_equal(err.text, "file 3: 'a\\x1b[2J\\x0a' is bad");
    errno = ENOENT;
    tb_error_errno(&err, "cannot open '%s'", "p");
    assert_string_equal(err.text, "cannot open 'p': No such file or directory");

    /* Cut between characters: 区 has three bytes, and 1023 is 3 times 341. */
    for (size_t i = 0; i + 3 < sizeof longer; i += 3)
        memcpy(longer + i, "区", 4);
    tb_error_set(&err, "x%s", longer);
    assert_int_equal(strlen(err.text), 1 + 3 * 340);
}

static void test_diag(void **state)
{
    struct tb_place place = { .file = "b03.csv", .line = 42, .column = 7 };
    struct tb_place whole = { .file = "b\n.csv" };
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stream, .limit = 3 };

    (void)state;
    assert_non_null(stream);
    tb_diag_at(&diag, TB_ERROR, &place, "value '%s' is not a number", "1O\t4");
    tb_diag_at(&diag, TB_WARNING, &whole, "empty");
    tb_diag_at(&diag, TB_NOTE, NULL, "nowhere");
    tb_diag_at(&diag, TB_ERROR, &place, "over the limit");
    fclose(stream);
    assert_string_equal(text, "b03.csv:42:7: error: value '1O\\x094' is not a number\n"
                              "b\\x0a.csv: warning: empty\n"
                              "note: nowhere\n");
    assert_int_equal(diag.n_errors, 2);
    assert_int_equal(diag.n_warnings, 1);
    assert_int_equal(diag.n_shown, 3);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append), cmocka_unit_test(test_take),  cmocka_unit_test(test_failed),
        cmocka_unit_test(test_grow),   cmocka_unit_test(test_arena), cmocka_unit_test(test_error),
        cmocka_unit_test(test_diag),
    };

    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
