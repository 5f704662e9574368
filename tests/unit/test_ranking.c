/* test_ranking.c - the line of the best and the worst, and who stands in the bottom.
 *
 * Rules from the model bulletin (section 3): 前三 and 后三 only when the whole
 * group is ranked and exactly three are named without a tie; 靠前 and 靠后
 * otherwise; nobody in both lists.  The values of `ties` are those of the methods
 * note, section 4: 8.5 8.5 7.2 6.0 6.0 6.0 5.1 give 1 1 3 4 4 4 7 and, from the
 * worst, 6 6 5 2 2 2 1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include "disseminate/words/fact.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

enum { UNITS = 7 };

struct world {
    struct tb_unit units[UNITS];
    uint32_t members[UNITS];
    struct tb_group group;
    int takers; /* units ranked as the findings say; 0: they do not */
    struct tb_indicator indicator;
    struct tb_profile profile;
    struct tb_report report;
    struct tb_writer writer;
};

static const struct tb_period may = { TB_FREQ_MONTH, 2023 * 12 + 4 };

static void set_up(struct world *w)
{
    static const char *const names[UNITS] = { "甲", "乙", "丙", "丁", "戊", "己", "庚" };

    *w = (struct world){ 0 };
    for (uint32_t u = 0; u < UNITS; u++) {
        w->units[u] = (struct tb_unit){ .code = names[u], .name_zh = names[u], .groups = 1 };
        w->members[u] = u;
    }
    w->group =
        (struct tb_group){ "city", "全市", "the city", .member = w->members, .n_members = UNITS };
    w->indicator = (struct tb_indicator){
        .code = "x", .frequency = TB_FREQ_MONTH, .headline = { TB_MEASURE_GROWTH }, .n_headlines = 1
    };
    w->profile.units = w->units;
    w->profile.n_units = UNITS;
    w->profile.groups = &w->group;
    w->profile.n_groups = 1;
    w->profile.indicators = &w->indicator;
    w->profile.n_indicators = 1;
    w->profile.set.bottom_k = 3;
    w->report.profile = &w->profile;
    w->report.period = may;
    w->report.lang = "zh";
    w->writer.report = &w->report;
    w->writer.style = (struct tb_style){ "zh", 1, TB_ROUND_HALF_UP, NULL };
}

/* Findings with the places `rank` and, unless NULL, `bottom`; 0 is not ranked. */
static void give_places(struct world *w, const int rank[UNITS], const int bottom[UNITS])
{
    struct tb_plane planes[3] = {
        { .key = { 0, TB_MEASURE_RANK, TB_MEASURE_GROWTH, 0 } },
        { .key = { 0, TB_MEASURE_BOTTOM, TB_MEASURE_GROWTH, 0 } },
        { .key = { 0, TB_MEASURE_COUNT, TB_MEASURE_GROWTH, TB_NO_GROUP } },
    };
    const bool origins[3] = { false, false, false };
    struct tb_error err = TB_ERROR_INIT;
    char path[] = "/tmp/tongbao-ranking-XXXXXX";
    struct tb_cube *cube;
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    for (size_t i = 0; i < 3; i++) {
        planes[i].freq = may.freq;
        planes[i].first = may.index;
        planes[i].n_periods = 1;
        planes[i].n_columns = i < 2 ? UNITS : 1;
    }
    cube = tb_cube_create(path, planes, origins, 3, &err);
    assert_non_null(cube);
    for (size_t u = 0; u < UNITS; u++) {
        struct tb_plane *p = tb_cube_plane_for_writing(cube, 0);
        p->value[u] = rank[u];
        p->status[u] = rank[u] ? TB_STATUS_A : TB_STATUS_NONE;
        if (bottom) {
            p = tb_cube_plane_for_writing(cube, 1);
            p->value[u] = bottom[u];
            p->status[u] = bottom[u] ? TB_STATUS_A : TB_STATUS_NONE;
        }
    }
    if (w->takers > 0) {
        struct tb_plane *p = tb_cube_plane_for_writing(cube, 2);
        p->value[0] = w->takers;
        p->status[0] = TB_STATUS_A;
    }
    assert_int_equal(tb_cube_commit(cube, &err), 0);
    tb_cube_close(cube);
    w->report.findings = tb_cube_open(path, &err);
    assert_non_null(w->report.findings);
    assert_int_equal(remove(path), 0);
    (void)close(fd);
}

static void lines_follow_the_bulletin(void **state)
{
    static const struct {
        int rank[UNITS], bottom[UNITS];
        const char *want;
    } cases[] = {
        { { 1, 2, 3, 4, 5, 6, 7 },
          { 7, 6, 5, 4, 3, 2, 1 },
          "前三：甲、乙、丙；后三：戊、己、庚。" },
        /* methods note: the bottom three are the 5.1 and the three 6.0 */
        { { 1, 1, 3, 4, 4, 4, 7 },
          { 6, 6, 5, 2, 2, 2, 1 },
          "靠前：甲、乙（并列），丙；靠后：丁、戊、己（并列），庚。" },
        { { 1, 2, 2, 4, 5, 6, 6 },
          { 7, 5, 5, 4, 3, 1, 1 },
          "靠前：甲，乙、丙（并列）；靠后：戊，己、庚（并列）。" },
        /* two of seven are not ranked: the list is of part of the group, and of two */
        { { 1, 2, 3, 4, 5, 0, 0 },
          { 5, 4, 3, 2, 1, 0, 0 },
          "共5个单位参加排名；靠前：甲、乙、丙；靠后：丁、戊。" },
        { { 1, 1, 1, 1, 1, 1, 1 }, { 1, 1, 1, 1, 1, 1, 1 }, "7个单位并列。" },
        { { 1, 0, 0, 0, 0, 0, 0 }, { 1, 0, 0, 0, 0, 0, 0 }, "" },
        { { 0, 0, 0, 0, 0, 0, 0 }, { 0, 0, 0, 0, 0, 0, 0 }, "" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        set_up(&w);
        give_places(&w, cases[i].rank, cases[i].bottom);
        tb_rank_line(&w.writer, 0, 0, &out);
        assert_string_equal(tb_buf_text(&out), cases[i].want);
        tb_buf_clear(&out);
        tb_cube_close(w.report.findings);
    }
    tb_buf_release(&out);
}

/* Only the best and the worst were published; a shared place at the end is counted
 * from the size of the group, which the findings give.  Model bulletin, 稳就业: four
 * share the first place and two the eleventh of twelve; here of seven. */
static void places_given_in_part(void **state)
{
    static const struct {
        int rank[UNITS];
        const char *want;
    } cases[] = {
        { { 1, 1, 1, 1, 0, 6, 6 }, "靠前：甲、乙、丙、丁（并列）；靠后：己、庚（并列）。" },
        { { 1, 2, 2, 0, 5, 6, 6 }, "靠前：甲，乙、丙（并列）；靠后：戊，己、庚（并列）。" },
        { { 1, 2, 3, 0, 5, 6, 7 }, "前三：甲、乙、丙；后三：戊、己、庚。" },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        set_up(&w);
        w.takers = UNITS;
        give_places(&w, cases[i].rank, NULL);
        tb_rank_line(&w.writer, 0, 0, &out);
        assert_string_equal(tb_buf_text(&out), cases[i].want);
        tb_buf_clear(&out);
        tb_cube_close(w.report.findings);
    }
    tb_buf_release(&out);
}

/* Given places have no place from the worst; it follows from their number. */
static void given_places_have_a_bottom_too(void **state)
{
    static const int rank[UNITS] = { 1, 2, 3, 4, 5, 6, 7 };
    struct tb_buf out = TB_BUF_INIT;
    struct world w;

    (void)state;
    set_up(&w);
    give_places(&w, rank, NULL);
    tb_rank_line(&w.writer, 0, 0, &out);
    assert_string_equal(tb_buf_text(&out), "前三：甲、乙、丙；后三：戊、己、庚。");
    tb_buf_release(&out);
    tb_cube_close(w.report.findings);
}

static void nobody_is_first_and_last(void **state)
{
    static const struct {
        struct tb_standing place;
        bool want;
    } cases[] = {
        { { .rank = 7, .bottom = 1, .ranked = 7 }, true },
        { { .rank = 5, .bottom = 3, .ranked = 7 }, true },
        { { .rank = 4, .bottom = 4, .ranked = 7 }, false },
        { { .rank = 1, .bottom = 1, .ranked = 7 }, false }, /* all are level */
        { { .rank = 3, .bottom = 0, .ranked = 3 }, true },  /* given: last of three */
        { { .rank = 2, .bottom = 0, .ranked = 3 }, false },
        { { .rank = 0 }, false },
    };
    struct world w;

    (void)state;
    set_up(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(tb_in_bottom(&w.writer, &cases[i].place, 0), cases[i].want);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_follow_the_bulletin),
        cmocka_unit_test(places_given_in_part),
        cmocka_unit_test(given_places_have_a_bottom_too),
        cmocka_unit_test(nobody_is_first_and_last),
    };

    return cmocka_run_group_tests_name("ranking", tests, NULL, NULL);
}
