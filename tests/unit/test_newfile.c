/* test_newfile.c - a file is there whole or not at all. */
#include "tongbao/newfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"

/* A fresh folder for each test, removed behind it. */
static int set_up(void **state)
{
    char *dir = strdup("/tmp/tongbao-newfile-XXXXXX");

    *state = dir;
    return dir && mkdtemp(dir) ? 0 : -1;
}

static int tear_down(void **state)
{
    int rc = tb_fs_remove_tree(*state, NULL);

    free(*state);
    return rc;
}

static size_t n_files(const char *dir)
{
    struct tb_names names;

    assert_int_equal(tb_fs_list(dir, &names, NULL), 0);
    size_t n = names.n;
    tb_names_release(&names);
    return n;
}

static void expect_content(const char *path, const char *expect)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_infile_slurp(path, 0, &text, &err), 0);
    assert_string_equal(tb_buf_text(&text), expect);
    tb_buf_release(&text);
}

static void test_write(void **state)
{
    char *path = tb_path("%s/a", (char *)*state);
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_newfile_write(path, "one", 3, &err), 0);
    expect_content(path, "one");
    assert_int_equal(tb_newfile_write(path, "", 0, &err), 0);
    expect_content(path, "");
    assert_int_equal(n_files(*state), 1);
    free(path);
}

static void test_not_committed(void **state)
{
    char *path = tb_path("%s/a", (char *)*state);
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_newfile_write(path, "old", 3, &err), 0);
    struct tb_newfile *file = tb_newfile_open(path, TB_NEWFILE_PLAIN, &err);
    assert_non_null(file);
    assert_int_equal(tb_newfile_add(file, "new", 3, &err), 0);
    expect_content(path, "old");
    assert_int_equal(n_files(*state), 2);
    tb_newfile_free(file);
    expect_content(path, "old");
    assert_int_equal(n_files(*state), 1);
    free(path);
}

/* Small and large pieces, across the size of the buffer inside. */
static void test_pieces(void **state)
{
    static const size_t sizes[] = { 1, 100, 65535, 65536, 200000, 7 };

    for (int kind = TB_NEWFILE_PLAIN; kind <= TB_NEWFILE_GZIP_FAST; kind++) {
        char *path = tb_path("%s/pieces", (char *)*state);
        struct tb_error err = TB_ERROR_INIT;
        struct tb_newfile *file = tb_newfile_open(path, (enum tb_newfile_kind)kind, &err);
        struct tb_buf whole = TB_BUF_INIT;

        assert_non_null(file);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            size_t start = whole.len;

            for (size_t k = 0; k < sizes[i]; k++)
                tb_buf_putc(&whole, (char)('a' + (i * 7 + k * k) % 26));
            assert_int_equal(tb_newfile_add(file, whole.data + start, sizes[i], &err), 0);
        }
        assert_int_equal(tb_newfile_commit(file, &err), 0);
        tb_newfile_free(file);
        expect_content(path, whole.data);
        tb_buf_release(&whole);
        free(path);
    }
}

/* Same bytes in, same bytes out; RFC 1952: flags 0 (no name), mtime 0. */
static void test_gzip_header(void **state)
{
    unsigned char head[2][64];
    size_t n[2];

    for (int i = 0; i < 2; i++) {
        char *path = tb_path("%s/%d.gz", (char *)*state, i);
        struct tb_error err = TB_ERROR_INIT;
        struct tb_newfile *file = tb_newfile_open(path, TB_NEWFILE_GZIP, &err);

        assert_non_null(file);
        assert_int_equal(tb_newfile_add(file, "same", 4, &err), 0);
        assert_int_equal(tb_newfile_commit(file, &err), 0);
        tb_newfile_free(file);
        FILE *stream = fopen(path, "rb");
        assert_non_null(stream);
        n[i] = fread(head[i], 1, sizeof head[i], stream);
        fclose(stream);
        free(path);
    }
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(head[0], head[1], n[0]);
    assert_memory_equal(head[0], "\x1f\x8b\x08\0\0\0\0\0", 8);
}

static void test_failures(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    char *nowhere = tb_path("%s/no/such/folder", (char *)*state);
    char *folder = tb_path("%s/folder", (char *)*state);

    assert_int_equal(tb_newfile_write(nowhere, "x", 1, &err), -1);
    assert_non_null(strstr(err.text, "No such file"));
    /* A folder is in the way: the rename fails, nothing is left behind. */
    assert_int_equal(mkdir(folder, 0777), 0);
    assert_int_equal(tb_newfile_write(folder, "x", 1, &err), -1);
    assert_non_null(strstr(err.text, "cannot rename"));
    assert_int_equal(n_files(*state), 1);
    free(nowhere);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_not_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pieces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_gzip_header, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_failures, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("newfile", tests, NULL, NULL);
}
