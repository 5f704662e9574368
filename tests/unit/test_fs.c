/* test_fs.c - folders made, listed, replaced and removed; links never followed. */
#include "tongbao/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tongbao/error.h"
#include "tongbao/newfile.h"

/* Each test works in a fresh folder that is its current one. */
static int set_up(void **state)
{
    char *dir = strdup("/tmp/tongbao-fs-XXXXXX");

    *state = dir;
    return dir && mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    int rc = chdir("/") == 0 ? tb_fs_remove_tree(*state, NULL) : -1;

    free(*state);
    return rc;
}

static void put(const char *path)
{
    assert_int_equal(tb_newfile_write(path, path, strlen(path), NULL), 0);
}

static void test_make_dirs(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    char *full = tb_path("%s/x/y/", (char *)*state);

    assert_int_equal(tb_fs_make_dirs("a/b//c", &err), 0);
    assert_int_equal(tb_fs_make_dirs("a/b/c/", &err), 0);
    assert_int_equal(tb_fs_make_dirs(full, &err), 0);
    assert_true(tb_fs_exists("a/b/c"));
    assert_true(tb_fs_exists("x/y"));
    put("file");
    assert_int_equal(tb_fs_make_dirs("file/sub", &err), -1);
    assert_string_equal(err.text, "cannot make folder 'file': Not a directory");
    free(full);
}

static void test_list(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_names names;

    (void)state;
    assert_int_equal(tb_fs_make_dirs("d/b", &err), 0);
    put("d/区");
    put("d/a");
    put("d/.hidden");
    put("d/B");
    assert_int_equal(tb_fs_list("d", &names, &err), 0);
    assert_int_equal(names.n, 5);
    assert_string_equal(names.name[0], ".hidden");
    assert_string_equal(names.name[1], "B");
    assert_string_equal(names.name[2], "a");
    assert_string_equal(names.name[3], "b");
    assert_string_equal(names.name[4], "区");
    tb_names_release(&names);
    assert_int_equal(tb_fs_list("d/b", &names, &err), 0);
    assert_int_equal(names.n, 0);
    tb_names_release(&names);
    assert_int_equal(tb_fs_list("nowhere", &names, &err), -1);
    assert_int_equal(names.n, 0);
}

static void test_remove(void **state)
{
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_int_equal(tb_fs_make_dirs("keep/me", &err), 0);
    put("keep/me/file");
    assert_int_equal(tb_fs_make_dirs("go/deep/er", &err), 0);
    put("go/deep/er/file");
    assert_int_equal(symlink("../../keep", "go/deep/link"), 0);
    assert_int_equal(symlink("keep", "toplink"), 0);
    assert_int_equal(tb_fs_remove_tree("go", &err), 0);
    assert_int_equal(tb_fs_remove_tree("toplink", &err), 0);
    assert_false(tb_fs_exists("go"));
    assert_false(tb_fs_exists("toplink"));
    assert_true(tb_fs_exists("keep/me/file"));
    assert_int_equal(tb_fs_remove_tree("go", &err), 0); /* absent is no error */
    assert_int_equal(tb_fs_remove_tree("keep/me/file", &err), 0);
    assert_false(tb_fs_exists("keep/me/file"));
}

static void test_replace(void **state)
{
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_int_equal(tb_fs_make_dirs("fresh", &err), 0);
    put("fresh/one");
    assert_int_equal(tb_fs_replace_dir("fresh", "run", &err), 0);
    assert_true(tb_fs_exists("run/one"));
    assert_int_equal(tb_fs_make_dirs("fresh", &err), 0);
    put("fresh/two");
    assert_int_equal(tb_fs_replace_dir("fresh", "run", &err), 0);
    assert_true(tb_fs_exists("run/two"));
    assert_false(tb_fs_exists("run/one"));
    assert_false(tb_fs_exists("fresh"));
    assert_int_equal(tb_fs_replace_dir("fresh", "run", &err), -1);
    assert_true(tb_fs_exists("run/two"));
    assert_int_equal(tb_fs_sync_dir("run", &err), 0);
    assert_int_equal(tb_fs_rename("nowhere", "run", &err), -1);
}

static void test_lock(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    int status = 0, fd = tb_fs_lock(".lock", &err);

    (void)state;
    assert_true(fd >= 0);
    pid_t child = fork();
    if (child == 0)
        _exit(tb_fs_lock(".lock", NULL) == -1 ? 0 : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(fd);
    fd = tb_fs_lock(".lock", &err);
    assert_true(fd >= 0);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_make_dirs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_remove, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lock, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("fs", tests, NULL, NULL);
}
