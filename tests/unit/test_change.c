/* test_change.c - what a unit of today was made of earlier (methods note, section 13). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/change.h"
#include "tongbao/profile.h"

enum { A, B, C, D, E, N };

/* 2018-07: A and B become C. 2019-01: C and D become D. 2020-01-16: D becomes D and E. */
struct world {
    struct tb_profile profile;
    struct tb_unit unit[N];
    struct tb_change change[3];
    uint32_t from[3][2], to[3][2];
};

static tb_day day(int year, int month, int mday)
{
    return tb_day_from_civil(year, month, mday);
}

static struct tb_period month(int year, int number)
{
    return (struct tb_period){ TB_FREQ_MONTH, year * 12 + number - 1 };
}

static void set(struct world *w, size_t i, enum tb_change_kind kind, tb_day on, size_t n_from,
                size_t n_to)
{
    w->change[i] = (struct tb_change){ .kind = kind, .day = on, .from = w->from[i], .to = w->to[i],
                                       .n_from = n_from, .n_to = n_to, .note = "" };
}

static void begin(struct world *w)
{
    static const char *const codes[N] = { "A", "B", "C", "D", "E" };

    *w = (struct world){ .from = { { A, B }, { C, D }, { D } }, .to = { { C }, { D }, { D, E } } };
    for (size_t u = 0; u < N; u++)
        w->unit[u] = (struct tb_unit){ .code = codes[u], .name_zh = codes[u], .name_en = codes[u],
                                       .valid_from = TB_DAY_NONE, .valid_to = TB_DAY_NONE };
    w->unit[C].changed = w->unit[D].changed = w->unit[E].changed = true;
    set(w, 0, TB_CHANGE_MERGED, day(2018, 7, 1), 2, 1);
    set(w, 1, TB_CHANGE_MERGED, day(2019, 1, 1), 2, 1);
    set(w, 2, TB_CHANGE_SPLIT, day(2020, 1, 16), 1, 2);
    w->profile = (struct tb_profile){
        .units = w->unit, .n_units = N, .changes = w->change, .n_changes = 3
    };
}

/* The parts as letters, "-" where the way back is broken. */
static void expect(const struct world *w, size_t unit, struct tb_period then, struct tb_period now,
                   const char *parts, bool bridged)
{
    struct tb_scope scope;
    char text[N + 1] = "-";

    tb_scope_between(&w->profile, unit, then, now, &scope);
    for (size_t i = 0; !scope.broken && i < scope.n; i++) {
        text[i] = *w->unit[scope.part[i]].code;
        text[i + 1] = '\0';
    }
    assert_string_equal(text, parts);
    assert_int_equal(scope.bridged != NULL && !scope.broken, bridged);
}

static void parts_of_today(void **state)
{
    struct world w;

    (void)state;
    begin(&w);
    expect(&w, A, month(2017, 6), month(2018, 6), "A", false);
    expect(&w, C, month(2018, 7), month(2018, 12), "C", false);
    expect(&w, C, month(2018, 6), month(2018, 7), "AB", true);
    expect(&w, D, month(2018, 6), month(2019, 6), "ABD", true); /* over two mergers */
    expect(&w, D, month(2018, 7), month(2019, 6), "CD", true);
    expect(&w, D, month(2019, 1), month(2019, 12), "D", false);
}

/* A split breaks for who goes on as for who is new, and so does its own month. */
static void breaks(void **state)
{
    struct world w;

    (void)state;
    begin(&w);
    expect(&w, D, month(2019, 12), month(2020, 1), "-", false);
    expect(&w, D, month(2020, 1), month(2020, 2), "-", false); /* January is of two scopes */
    expect(&w, E, month(2019, 2), month(2020, 2), "-", false);
    expect(&w, E, month(2020, 2), month(2020, 3), "E", false);
    expect(&w, D, month(2020, 2), month(2021, 2), "D", false);
    /* A merger within the month that is compared, or compared with. */
    w.change[0].day = day(2018, 7, 2);
    expect(&w, C, month(2018, 6), month(2018, 7), "-", false);
    expect(&w, C, month(2018, 7), month(2018, 8), "-", false);
    expect(&w, C, month(2018, 6), month(2018, 8), "AB", true);
}

/* A year that holds the change cannot be compared with the one before. */
static void coarser_periods(void **state)
{
    struct world w;
    const struct tb_period y2018 = { TB_FREQ_ANNUAL, 2018 }, y2019 = { TB_FREQ_ANNUAL, 2019 };
    const struct tb_period q2 = { TB_FREQ_QUARTER, 2018 * 4 + 1 }, q3 = { TB_FREQ_QUARTER, 2018 * 4 + 2 };

    (void)state;
    begin(&w);
    expect(&w, D, y2018, y2019, "-", false); /* C is of half the year, A and B of the other */
    expect(&w, C, q2, q3, "AB", true);
    w.change[0].day = day(2018, 1, 1);
    expect(&w, D, y2018, y2019, "CD", true);
}

static void absences(void **state)
{
    struct tb_absence gap = { day(2018, 4, 1), day(2018, 9, 30) };
    struct tb_unit unit = { .valid_from = day(2017, 1, 1), .valid_to = TB_DAY_NONE, .absence = &gap,
                            .n_absences = 1 };
    struct tb_profile profile = { .units = &unit, .n_units = 1 };

    (void)state;
    assert_true(tb_unit_valid_in(&unit, month(2018, 3)));
    assert_false(tb_unit_valid_in(&unit, month(2018, 4)));
    assert_false(tb_unit_valid_in(&unit, month(2018, 9)));
    assert_true(tb_unit_valid_in(&unit, month(2018, 10)));
    assert_false(tb_unit_valid_in(&unit, (struct tb_period){ TB_FREQ_ANNUAL, 2018 }));
    assert_false(tb_unit_valid_in(&unit, month(2016, 12)));
    assert_int_equal(tb_unit_opened(&profile, 0, month(2018, 3)), day(2017, 1, 1));
    assert_int_equal(tb_unit_opened(&profile, 0, month(2018, 10)), day(2018, 10, 1));
}

static void words(void **state)
{
    struct world w;
    struct tb_buf text = TB_BUF_INIT;

    (void)state;
    begin(&w);
    w.change[2].note = "law 3";
    tb_change_describe(&w.profile, &w.change[2], "en", &text);
    assert_string_equal(tb_buf_text(&text), "split on 2020-01-16: D -> D, E (law 3)");
    tb_buf_clear(&text);
    tb_change_describe(&w.profile, &w.change[0], "zh", &text);
    assert_string_equal(tb_buf_text(&text), "2018-07-01 合并：A、B -> C");
    tb_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_today), cmocka_unit_test(breaks),
        cmocka_unit_test(coarser_periods), cmocka_unit_test(absences),
        cmocka_unit_test(words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
