/* test_log.c - what goes to people and what goes to the file. */
#include "tongbao/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/infile.h"

enum { TIME_LEN = 20 }; /* 2023-06-25T01:02:03Z */

/* The clock is the only thing that differs between runs. */
static void hide_time(char *text, const char *before)
{
    char *at = strstr(text, before);

    assert_non_null(at);
    at += strlen(before);
    assert_int_equal(at[TIME_LEN - 1], 'Z');
    memset(at, 'T', TIME_LEN);
}

static void test_text_and_json(void **state)
{
    char path[] = "/tmp/tongbao-log-XXXXXX", *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    struct tb_log log = { .level = TB_LOG_INFO, .json = true, .stream = stream };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf file = TB_BUF_INIT;

    (void)state;
    close(mkstemp(path));
    assert_int_equal(tb_log_open(&log, "collect", path, &err), 0);
    tb_log_write(&log, TB_LOG_INFO, "%d files\n\"x\"", 37);
    tb_log_write(&log, TB_LOG_DEBUG, "too much");
    tb_log_close(&log);
    fclose(stream);
    hide_time(text, "");
    assert_string_equal(text, "TTTTTTTTTTTTTTTTTTTT info collect: 37 files\\x0a\"x\"\n");
    assert_int_equal(tb_infile_slurp(path, 0, &file, &err), 0);
    hide_time(file.data, "{\"time\":\"");
    assert_string_equal(file.data, "{\"time\":\"TTTTTTTTTTTTTTTTTTTT\",\"level\":\"info\","
                                   "\"stage\":\"collect\",\"message\":\"37 files\\n\\\"x\\\"\"}\n");
    tb_buf_release(&file);
    unlink(path);
    free(text);
}

static void test_cannot_open(void **state)
{
    struct tb_log log = { .level = TB_LOG_INFO };
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_int_equal(tb_log_open(&log, "run", "/no/such/log", &err), -1);
    assert_string_equal(err.text, "cannot open log '/no/such/log': No such file or directory");
    tb_log_write(&log, TB_LOG_ERROR, "to nobody");
    tb_log_close(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_and_json),
        cmocka_unit_test(test_cannot_open),
    };

    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
