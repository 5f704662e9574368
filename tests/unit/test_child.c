/* test_child.c - programs that end well, badly, late, or leave others behind.
 * The children are /bin/sh with a line of script; without it the tests are skipped. */
#include "tongbao/child.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

static const char *const environment[] = { "PATH=/usr/bin:/bin", "A=b", NULL };

struct outcome {
    struct tb_child_fate fate;
    struct tb_buf out, err;
    double seconds;
    int rc;
};

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* `child` with its program, streams and, unless set, a time limit of 10 s. */
static struct outcome run_script(struct tb_child child, const char *script, size_t limit)
{
    struct outcome o = { .rc = -2 };
    struct tb_child_text out = { &o.out, limit }, err = { &o.err, 0 };
    const char *argv[] = { "sh", "-c", script, NULL };
    struct tb_error error = TB_ERROR_INIT;
    double begun = seconds_now();

    if (access("/bin/sh", X_OK) < 0)
        skip();
    child.program = "/bin/sh";
    child.argv = argv;
    child.out = (struct tb_child_stream){ tb_child_keep, &out };
    child.err = (struct tb_child_stream){ tb_child_keep, &err };
    if (!child.timeout_ms)
        child.timeout_ms = 10000;
    o.rc = tb_child_run(&child, &o.fate, &error);
    o.seconds = seconds_now() - begun;
    return o;
}

static void release(struct outcome *o)
{
    tb_buf_release(&o->out);
    tb_buf_release(&o->err);
}

static void test_streams_and_code(void **state)
{
    struct outcome o =
        run_script((struct tb_child){ .apart = true, .folder = "/", .environment = environment },
                   "echo \"$A $HOME\"; pwd; cat; echo no >&2; exit 7", 0);

    (void)state;
    assert_int_equal(o.rc, 0);
    assert_int_equal(o.fate.end, TB_CHILD_EXITED);
    assert_int_equal(o.fate.code, 7);
    assert_string_equal(tb_buf_text(&o.out), "b \n/\n"); /* and standard input was empty */
    assert_string_equal(tb_buf_text(&o.err), "no\n");
    release(&o);
}

static void test_output_is_bounded(void **state)
{
    struct outcome o = run_script((struct tb_child){ .apart = true }, "echo 123456789; exit 0", 4);

    (void)state;
    assert_string_equal(tb_buf_text(&o.out), "1234");
    assert_int_equal(o.fate.code, 0);
    release(&o);
}

static int refuse(void *user, const char *bytes, size_t len)
{
    size_t *n = user;

    (void)bytes;
    *n += len;
    return *n > 100000 ? -1 : 0;
}

static void test_flood_is_stopped(void **state)
{
    const char *argv[] = { "sh", "-c", "while :; do echo 0123456789012345678901234567890; done",
                           NULL };
    size_t n = 0;
    struct tb_child child = { .program = "/bin/sh",
                              .argv = argv,
                              .apart = true,
                              .timeout_ms = 10000,
                              .out = { refuse, &n } };
    struct tb_child_fate fate;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    if (access("/bin/sh", X_OK) < 0)
        skip();
    assert_int_equal(tb_child_run(&child, &fate, &err), 0);
    assert_int_equal(fate.end, TB_CHILD_STOPPED);
    assert_true(n < 200000);
    assert_int_equal(tb_child_code(&child, &fate, &err), -1);
}

static void test_slow_is_ended(void **state)
{
    struct outcome o = run_script((struct tb_child){ .apart = true, .timeout_ms = 100 },
                                  "trap '' TERM INT; sleep 30; sleep 30", 0);

    (void)state;
    assert_int_equal(o.fate.end, TB_CHILD_SLOW);
    assert_true(o.seconds < 5);
    release(&o);
}

static void test_streams_closed_but_not_ended(void **state)
{
    struct outcome o = run_script((struct tb_child){ .apart = true, .timeout_ms = 200 },
                                  "exec >&- 2>&-; sleep 30", 0);

    (void)state;
    assert_int_equal(o.fate.end, TB_CHILD_SLOW);
    assert_true(o.seconds < 5);
    release(&o);
}

static bool runs(const char *pid)
{
    return kill((pid_t)strtol(pid, NULL, 10), 0) == 0;
}

static void test_what_it_left_behind_is_ended(void **state)
{
    struct outcome o = run_script((struct tb_child){ .apart = true }, "sleep 30 & echo $!", 0);

    (void)state;
    assert_int_equal(o.fate.end, TB_CHILD_EXITED);
    assert_true(o.seconds < 5); /* although the sleeper holds the stream open */
    assert_true(o.out.len > 0);
    for (int i = 0; i < 200 && runs(tb_buf_text(&o.out)); i++)
        usleep(10000);
    /* Killed; where nobody reaps orphans it may stay a zombie, which still has a number. */
    char *path = tb_path("/proc/%ld/stat", strtol(tb_buf_text(&o.out), NULL, 10));
    FILE *file = fopen(path, "r");
    char kind = 'Z';
    if (file) {
        assert_int_equal(fscanf(file, "%*d (%*[^)]) %c", &kind), 1);
        fclose(file);
    }
    assert_true(kind == 'Z' || !runs(tb_buf_text(&o.out)));
    free(path);
    release(&o);
}

static void test_signal(void **state)
{
    struct outcome o = run_script((struct tb_child){ 0 }, "kill -9 $$", 0);

    (void)state;
    assert_int_equal(o.fate.end, TB_CHILD_SIGNALLED);
    assert_int_equal(o.fate.code, SIGKILL);
    release(&o);
}

static void test_limits(void **state)
{
    struct tb_child child = { .apart = true,
                              .limits = { .file_bytes = 1024, .files = 20, .cpu_s = 5 } };
    struct outcome o = run_script(child, "ulimit -n; ulimit -t; ulimit -c", 0);

    (void)state;
    assert_string_equal(tb_buf_text(&o.out), "20\n5\n0\n");
    release(&o);
}

static void test_no_descriptor_goes_over(void **state)
{
    struct outcome o =
        run_script((struct tb_child){ .apart = true }, "ls /proc/self/fd 2>/dev/null | wc -l", 0);

    (void)state;
    /* 0, 1, 2 and the folder that ls reads; nothing where there is no /proc. */
    assert_true(strtol(tb_buf_text(&o.out), NULL, 10) <= 4);
    release(&o);
}

static void test_no_processes(void **state)
{
    struct outcome o = run_script((struct tb_child){ .apart = true, .no_processes = true },
                                  "echo a; (echo b); echo c", 0);

    (void)state;
#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
    assert_null(strstr(tb_buf_text(&o.out), "b"));
#endif
    assert_non_null(strstr(tb_buf_text(&o.out), "a"));
    release(&o);
}

static void test_cannot_run(void **state)
{
    const char *argv[] = { "x", NULL };
    struct tb_child child = { .program = "/dev/null/x", .argv = argv };
    struct tb_child_fate fate;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        child.apart = apart == 1;
        assert_int_equal(tb_child_run(&child, &fate, &err), -1);
        assert_non_null(strstr(err.text, "Not a directory"));
    }
    child.folder = "/dev/null";
    child.program = "/bin/sh";
    assert_int_equal(tb_child_run(&child, &fate, &err), -1);
}

static void test_find(void **state)
{
    char *old = tb_path("%s", getenv("PATH"));

    (void)state;
    setenv("PATH", "bin:.::/nonexistent", 1);
    assert_null(tb_child_find("sh"));
    setenv("PATH", ".:/bin:/usr/bin", 1);
    char *found = tb_child_find("sh"), *again = found ? tb_child_find(found) : NULL;
    assert_non_null(found);
    assert_int_equal(found[0], '/');
    assert_string_equal(again, found);
    assert_null(tb_child_find("bin/sh"));
    assert_null(tb_child_find("/bin"));
    setenv("PATH", old, 1);
    free(again);
    free(found);
    free(old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams_and_code),
        cmocka_unit_test(test_output_is_bounded),
        cmocka_unit_test(test_flood_is_stopped),
        cmocka_unit_test(test_slow_is_ended),
        cmocka_unit_test(test_streams_closed_but_not_ended),
        cmocka_unit_test(test_what_it_left_behind_is_ended),
        cmocka_unit_test(test_signal),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_no_descriptor_goes_over),
        cmocka_unit_test(test_no_processes),
        cmocka_unit_test(test_cannot_run),
        cmocka_unit_test(test_find),
    };
    return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
