#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "collect/rows/action.h"
#include "tongbao/buf.h"

static enum tb_action read_text(const char *text)
{
    struct tb_buf scratch = TB_BUF_INIT;
    enum tb_action action = tb_action_read(text, strlen(text), &scratch);

    tb_buf_release(&scratch);
    return action;
}

static void test_letters(void **state)
{
    (void)state;
    assert_int_equal(read_text("M"), TB_ACTION_MERGE);
    assert_int_equal(read_text("A"), TB_ACTION_MERGE);
    assert_int_equal(read_text("I"), TB_ACTION_MERGE);
    assert_int_equal(read_text("R"), TB_ACTION_MERGE);
    assert_int_equal(read_text("D"), TB_ACTION_DELETE);
    assert_int_equal(read_text(""), TB_ACTION_MERGE);
}

/* Full width, blanks, case: as heads and codes. */
static void test_folded(void **state)
{
    (void)state;
    assert_int_equal(read_text("ｄ"), TB_ACTION_DELETE);
    assert_int_equal(read_text(" d "), TB_ACTION_DELETE);
    assert_int_equal(read_text("　撤回"), TB_ACTION_DELETE);
    assert_int_equal(read_text("Delete"), TB_ACTION_DELETE);
    assert_int_equal(read_text("REPLACE"), TB_ACTION_MERGE);
    assert_int_equal(read_text("更正"), TB_ACTION_MERGE);
}

/* Nothing near a known word is taken for it. */
static void test_unknown(void **state)
{
    static const char *const texts[] = { "X", "DD", "D.", "deleted", "不撤回", "撤", "0", "-" };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(read_text(texts[i]), TB_ACTION_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_folded),
        cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests_name("action", tests, NULL, NULL);
}
