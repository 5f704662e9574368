/* test_judged.c - verdicts of history.csv are found by the texts of their row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analyse/errata/judged.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

static struct tb_target targets[] = { { .code = "t1" }, { .code = "=t2" }, { .code = "t3" } };
static struct tb_unit units[] = { { .code = "a" }, { .code = "b,c" } };
static const struct tb_profile profile = {
    .targets = targets, .n_targets = 3, .units = units, .n_units = 2
};

static struct tb_judged *read_text(const char *text, struct tb_error *err)
{
    char path[] = "/tmp/tb_judged_XXXXXX";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    struct tb_judged *judged = tb_judged_read(&profile, path, err);
    unlink(path);
    return judged;
}

static void rows_are_found_by_their_texts(void **state)
{
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    struct tb_judged *judged = read_text("target,unit,period,verdict\n"
                                         "t1,a,2023-01,met\n"
                                         "t1,a,2023-02,behind\n"
                                         "t1,\"b,c\",2023-02,not_due\n"
                                         "'=t2,a,2023-Q1,no_data\n",
                                         &err);
    assert_non_null(judged);
    assert_string_equal(tb_judged_find(judged, "t1", "a", "2023-01"), "met");
    assert_string_equal(tb_judged_find(judged, "t1", "a", "2023-02"), "behind");
    assert_string_equal(tb_judged_find(judged, "t1", "b,c", "2023-02"), "not_due");
    assert_string_equal(tb_judged_find(judged, "=t2", "a", "2023-Q1"), "no_data");
    assert_string_equal(tb_judged_find(judged, "t1", "b,c", "2023-01"), "");
    assert_string_equal(tb_judged_find(judged, "=t2", "a", "2023-01"), "");
    assert_string_equal(tb_judged_find(judged, "t3", "a", "2023-01"), "");
    assert_string_equal(tb_judged_find(judged, "t4", "a", "2023-01"), "");
    assert_string_equal(tb_judged_find(judged, "t1", "z", "2023-01"), "");
    tb_judged_free(judged);
}

static void what_is_no_history_is_told(void **state)
{
    static const char *const wrong[] = {
        "target,unit,period,verdict\nt1,a,2023-01\n",
        "target,unit,period,verdict\nt9,a,2023-01,met\n",
        "target,unit,period,verdict\nt1,z,2023-01,met\n",
        "target,unit,period,verdict\nt1,a,2023-01,splendid\n",
        "target,unit,period,verdict\nt1,a,a text longer than any period could ever be written,met\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct tb_error err = TB_ERROR_INIT;
        assert_null(read_text(wrong[i], &err));
        assert_non_null(strstr(err.text, ":2:"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_their_texts),
        cmocka_unit_test(what_is_no_history_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
