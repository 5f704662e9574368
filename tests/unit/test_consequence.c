/* test_consequence.c - what became of a proposal by a day: decisions, dated orders, ladders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tongbao/consequence.h"
#include "tongbao/profile.h"

enum { PLAIN, FIRST, SECOND, N_CONSEQUENCES };

static tb_day july(int day)
{
    return tb_day_from_civil(2023, 7, day);
}

static struct tb_period month(int number)
{
    return (struct tb_period){ TB_FREQ_MONTH, 2023 * 12 + number - 1 };
}

/* A row that is decided anew each month, and a ladder of two steps, ten days apart. */
static void fates(void **state)
{
    struct tb_consequence c[N_CONSEQUENCES] = {
        [PLAIN] = { .code = "plain", .after = TB_NONE },
        [FIRST] = { .code = "first", .after = TB_NONE, .is_step = true, .within = { .n = 5 } },
        [SECOND] = { .code = "second", .after = FIRST, .is_step = true, .wait = { .n = 10 } },
    };
    const struct tb_consequence_subject who = { 3, TB_NONE, TB_NONE }, other = { 4, TB_NONE, TB_NONE };
    struct tb_consequence_record r[] = {
        { july(1), "x", "", "", PLAIN, who, month(6), TB_DECIDED_DECLINED, TB_DAY_NONE, 2 },
        { july(2), "x", "", "", FIRST, who, month(6), TB_DECIDED_DONE, TB_DAY_NONE, 3 },
        { july(20), "x", "", "", SECOND, who, month(7), TB_DECIDED_CLOSED, TB_DAY_NONE, 4 },
    };
    struct tb_profile profile = { .consequences = c,
                                  .n_consequences = N_CONSEQUENCES,
                                  .consequence_records = r,
                                  .n_consequence_records = 3 };
    const struct {
        size_t row;
        const struct tb_consequence_subject *subject;
        int month, day;
        enum tb_fate expected;
    } cases[] = {
        { PLAIN, &who, 6, 1, TB_FATE_DECLINED },
        { PLAIN, &who, 7, 1, TB_FATE_PROPOSED },    /* decided anew */
        { PLAIN, &other, 6, 1, TB_FATE_PROPOSED },  /* of another unit */
        { FIRST, &who, 6, 1, TB_FATE_PROPOSED },    /* not decided by then */
        { FIRST, &who, 6, 7, TB_FATE_DONE },        /* five days: the 7th is in time */
        { FIRST, &who, 7, 8, TB_FATE_OVERDUE },     /* it stands in the next bulletin */
        { SECOND, &who, 6, 1, TB_FATE_NOT_YET },    /* no step is skipped */
        { SECOND, &who, 6, 11, TB_FATE_NOT_YET },
        { SECOND, &who, 6, 12, TB_FATE_PROPOSED },  /* ten days after the 2nd */
        { SECOND, &other, 6, 12, TB_FATE_NOT_YET },
        { SECOND, &who, 7, 20, TB_FATE_CLOSED },
        { FIRST, &who, 7, 20, TB_FATE_PROPOSED },   /* the ladder begins anew */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_proposal_fate fate =
            tb_proposal_fate(&profile, cases[i].row, cases[i].subject, month(cases[i].month),
                             july(cases[i].day));
        if (fate.fate != cases[i].expected)
            fail_msg("case %zu: %s, expected %s", i, tb_fate_code(fate.fate),
                     tb_fate_code(cases[i].expected));
    }
    struct tb_proposal_fate later = tb_proposal_fate(&profile, SECOND, &who, month(6), july(5));
    assert_int_equal(later.earliest, july(12));
    assert_int_equal(tb_span_add(&profile, july(7), (struct tb_span){ .n = 1, .workdays = true }),
                     july(10)); /* a Friday: the Monday after */
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(fates) };

    return cmocka_run_group_tests_name("consequence", tests, NULL, NULL);
}
