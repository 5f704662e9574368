/* test_arrivals.c - the ledger of arrivals: appended, sorted by vintage, mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/arrivals.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

static char folder[] = "/tmp/tb_arrivals_XXXXXX";
static const char HASH[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static int set_up(void **state)
{
    char path[64];

    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/archive", folder);
    return tb_fs_make_dirs(path, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    return tb_fs_remove_tree(folder, NULL);
}

static void append(uint32_t number, int64_t received, const char *name)
{
    struct tb_error err = TB_ERROR_INIT;

    assert_int_equal(tb_arrivals_append(folder, &(struct tb_arrival){ .number = number, .received = received,
                                        .name = name, .sender = "区商务局", .sha256 = HASH, .bytes = 17 }, &err), 0);
}

static void lines_come_back_in_order_of_vintage(void **state)
{
    struct tb_arrivals arrivals;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_int_equal(tb_arrivals_load(folder, &arrivals, &err), 0);
    assert_int_equal(arrivals.n, 0);
    tb_arrivals_release(&arrivals);
    append(1, 1687312800, "6月,\"零售\".csv");
    append(2, 1687226400, "earlier.csv");
    append(3, 1687312800, "same moment.csv");
    assert_int_equal(tb_arrivals_load(folder, &arrivals, &err), 0);
    assert_int_equal(arrivals.n, 3);
    assert_int_equal(arrivals.item[0].number, 2);
    assert_int_equal(arrivals.item[1].number, 1);
    assert_int_equal(arrivals.item[2].number, 3);
    assert_string_equal(arrivals.item[1].name, "6月,\"零售\".csv");
    assert_string_equal(arrivals.item[1].sender, "区商务局");
    assert_int_equal(arrivals.item[1].received, 1687312800);
    tb_arrivals_release(&arrivals);
}

/* A power cut leaves half a line: it does not count, and the next line is whole. */
static void a_torn_line_is_cut_off(void **state)
{
    struct tb_arrivals arrivals;
    struct tb_error err = TB_ERROR_INIT;
    char path[96];

    (void)state;
    snprintf(path, sizeof path, "%s/archive/arrivals.csv", folder);
    FILE *file = fopen(path, "ab");
    fputs("4,2023-06-2", file);
    fclose(file);
    assert_int_equal(tb_arrivals_load(folder, &arrivals, &err), 0);
    assert_int_equal(arrivals.n, 3);
    tb_arrivals_release(&arrivals);
    append(4, 1687999999, "after the cut.csv");
    assert_int_equal(tb_arrivals_load(folder, &arrivals, &err), 0);
    assert_int_equal(arrivals.n, 4);
    assert_string_equal(arrivals.item[3].name, "after the cut.csv");
    tb_arrivals_release(&arrivals);
}

/* A power cut after the ledger was made can leave its name and no content: the
 * next line took the place of the head, and that arrival was lost. */
static void an_empty_ledger_gets_its_head(void **state)
{
    struct tb_arrivals arrivals;
    struct tb_error err = TB_ERROR_INIT;
    static const char *const left[] = { "", "arrival,rec" };
    char path[96];

    (void)state;
    snprintf(path, sizeof path, "%s/archive/arrivals.csv", folder);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        FILE *file = fopen(path, "wb");
        fputs(left[i], file);
        fclose(file);
        append(1, 1687312800, "first.csv");
        append(2, 1687312801, "second.csv");
        assert_int_equal(tb_arrivals_load(folder, &arrivals, &err), 0);
        assert_int_equal(arrivals.n, 2);
        assert_string_equal(arrivals.item[0].name, "first.csv");
        tb_arrivals_release(&arrivals);
    }
}

static void a_damaged_line_is_an_error(void **state)
{
    struct tb_arrivals arrivals;
    struct tb_error err = TB_ERROR_INIT;
    char path[96];

    (void)state;
    snprintf(path, sizeof path, "%s/archive/arrivals.csv", folder);
    FILE *file = fopen(path, "ab");
    fputs("5,2023-06-21T00:00:00Z,x.csv,,nothash,1\n", file);
    fclose(file);
    assert_int_equal(tb_arrivals_load(folder, &arrivals, &err), -1);
    assert_non_null(strstr(err.text, "arrivals.csv:4"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_back_in_order_of_vintage),
        cmocka_unit_test(a_torn_line_is_cut_off),
        cmocka_unit_test(an_empty_ledger_gets_its_head),
        cmocka_unit_test(a_damaged_line_is_an_error),
    };
    return cmocka_run_group_tests_name("arrivals", tests, set_up, tear_down);
}
