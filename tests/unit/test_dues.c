/* test_dues.c - the account of what is due: counts and rates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tongbao/dues.h"

static void counts(void **state)
{
    const struct tb_due_cell cells[] = {
        { .state = TB_DUE_NONE },
        { .state = TB_DUE_NOT_COLLECTED },
        { .state = TB_DUE_IN, .timed = true },
        { .state = TB_DUE_IN, .timed = true, .days_late = 3 },
        { .state = TB_DUE_IN },
        { .state = TB_DUE_NIL, .timed = true },
        { .state = TB_DUE_OPEN },
        { .state = TB_DUE_WAIVED, .waived = true },
        { .state = TB_DUE_IN, .timed = true, .days_late = 9, .waived = true },
    };
    struct tb_due_count count = { 0 };
    char text[TB_RATE_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        tb_due_count_add(&count, &cells[i]);
    assert_int_equal(count.expected, 5);
    assert_int_equal(count.waived, 2);
    assert_int_equal(count.received, 4);
    assert_int_equal(count.open, 1);
    assert_int_equal(count.not_collected, 1);
    assert_int_equal(count.nil, 1);
    assert_int_equal(count.on_time, 2);
    assert_int_equal(count.late, 1);
    assert_int_equal(count.days_late, 3);
    tb_due_mean_days(text, &count);
    assert_string_equal(text, "1.0");
}

static void rates(void **state)
{
    char text[TB_RATE_TEXT];

    (void)state;
    tb_due_rate(text, 11, 12);
    assert_string_equal(text, "91.7");
    tb_due_rate(text, 1, 16); /* 6.25: half up */
    assert_string_equal(text, "6.3");
    tb_due_rate(text, 0, 7);
    assert_string_equal(text, "0.0");
    tb_due_rate(text, 7, 7);
    assert_string_equal(text, "100.0");
    tb_due_rate(text, 0, 0);
    assert_string_equal(text, "");
    tb_due_mean_days(text, &(struct tb_due_count){ .received = 4 });
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(counts), cmocka_unit_test(rates) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
