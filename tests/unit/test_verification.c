/* test_verification.c - who may set a state, what a verdict is without it, which state
 * the marks of a cell come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "process/verify.h"
#include "process/work.h"
#include "tongbao/profile.h"
#include "tongbao/verification.h"

enum { COM, STATS, HR, INSP };
enum { SUBMITTED, ASSESSED, PUBLISHED, VERIFIED, CHECKED, N_STATES };

static uint8_t all[1] = { 1 };
static const int32_t stats[] = { STATS }, three[] = { HR, INSP, STATS };
static struct tb_department departments[] = {
    { .code = "com", .name_zh = "商务局", .name_en = "Commerce" },
    { .code = "stats", .name_zh = "统计局", .name_en = "Statistics" },
    { .code = "hr", .name_zh = "人社局", .name_en = "Human Resources" },
    { .code = "insp", .name_zh = "绩效办", .name_en = "Assessment" },
};
static struct tb_indicator indicators[] = { { .code = "sales",
                                              .frequency = TB_FREQ_MONTH,
                                              .department = COM,
                                              .task = TB_NONE } };
/* Of each month: the 25th of the next. */
static struct tb_state states[N_STATES] = {
    { .code = "submitted", .indicators = all, .from = TB_DAY_NONE },
    { .code = "assessed", .indicators = all, .from = TB_DAY_NONE, .by_lead = true, .lacking = TB_LACK_NO_VERDICT,
      .overdue = TB_LACK_NO_VERDICT },
    { .code = "published", .indicators = all, .from = TB_DAY_NONE },
    { .code = "verified",
      .indicators = all,
      .from = TB_DAY_NONE,
      .who = stats,
      .n_who = 1,
      .after = 1u << ASSESSED | 1u << PUBLISHED,
      .has_due = true,
      .due = { .kind = TB_DUE_MONTH_DAY, .day = 25, .offset_months = 1 },
      .lacking = TB_LACK_PROVISIONAL,
      .overdue = TB_LACK_NOT_COMPLETED },
    { .code = "checked", .indicators = all, .from = TB_DAY_NONE, .who = three, .n_who = 3, .all_marks = true,
      .after = 1u << VERIFIED },
};
static struct tb_profile profile = { .departments = departments,
                                     .n_departments = 4,
                                     .indicators = indicators,
                                     .n_indicators = 1,
                                     .states = states,
                                     .n_states = N_STATES };
static const struct tb_work work = { .profile = &profile };

static void setters(void **state)
{
    (void)state;
    assert_int_equal(tb_state_setter(&profile, ASSESSED, 0, 0, "商务局综合科"), 0);
    assert_int_equal(tb_state_setter(&profile, ASSESSED, 0, 0, "stats"), TB_STATE_NOBODY);
    assert_int_equal(tb_state_setter(&profile, PUBLISHED, 0, 0, "anybody"), 0);
    assert_int_equal(tb_state_setter(&profile, CHECKED, 0, 0, "ＩＮＳＰ"), 1);
    assert_int_equal(tb_state_setter(&profile, CHECKED, 0, 0, "统计局核算科"), 2);
    assert_int_equal(tb_state_setter(&profile, CHECKED, 0, 0, ""), TB_STATE_NOBODY);
    assert_int_equal(tb_state_setters(&profile, CHECKED, 0), 7);
    assert_int_equal(tb_state_setters(&profile, VERIFIED, 0), 0);
}

/* 2023-05 is verified by 2023-06-25, that day included. */
static void lacks(void **state)
{
    const struct tb_period may = { TB_FREQ_MONTH, (2023 - 1970) * 12 + 4 };
    static const struct {
        int64_t reached;
        int day; /* of June; 0: not known */
        enum tb_lack lack;
        int32_t by;
    } cases[] = {
        { 1, 20, TB_LACK_NO_VERDICT, ASSESSED },
        { 0, 20, TB_LACK_NO_VERDICT, ASSESSED },
        { 2, 20, TB_LACK_PROVISIONAL, VERIFIED },
        { 3, 25, TB_LACK_PROVISIONAL, VERIFIED },
        { 3, 0, TB_LACK_PROVISIONAL, VERIFIED },
        { 3, 26, TB_LACK_NOT_COMPLETED, VERIFIED },
        { 1, 26, TB_LACK_NOT_COMPLETED, VERIFIED },
        { 4, 26, TB_LACK_NOTHING, TB_NONE },
        { 5, 26, TB_LACK_NOTHING, TB_NONE },
        { -4, 20, TB_LACK_NOT_COMPLETED, VERIFIED },
        { -2, 20, TB_LACK_NOT_COMPLETED, ASSESSED },
    };

    (void)state;
    tb_day due = tb_state_due(&profile, VERIFIED, may);
    assert_int_not_equal(due, TB_DAY_NONE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_day today = cases[i].day ? due - 25 + cases[i].day : TB_DAY_NONE;
        int32_t by;
        assert_int_equal(tb_state_lack(&profile, 0, may, cases[i].reached, today, &by),
                         cases[i].lack);
        assert_int_equal(by, cases[i].by);
    }
    assert_string_equal(tb_state_code(&profile, -4), "verified");
    assert_string_equal(tb_state_code(&profile, 0), "");
    assert_string_equal(tb_state_code(&profile, 99), "");
}

/* Events as text: a letter of the state, the setter, the moment; '!' failed. */
static struct tb_verify_cell judge(const char *text)
{
    struct tb_verify_event event[16];
    size_t n = 0;

    for (; *text; text += strcspn(text, " "), text += *text == ' ') {
        static const char letters[] = "sapvc";
        event[n++] = (struct tb_verify_event){
            .state = (uint8_t)(strchr(letters, text[0]) - letters),
            .who = (int8_t)(text[1] - '0'),
            .when = text[2] - '0',
            .failed = text[3] == '!',
        };
    }
    return tb_verify_judge(&work, 0, true, event, n);
}

static void cells(void **state)
{
    static const struct {
        const char *events;
        int64_t reached, at;
        uint32_t early;
    } cases[] = {
        { "", 1, 0, 0 },
        { "a01", 2, 1, 0 },
        { "a01 p02 v03", 4, 3, 0 },
        { "a01 v03", 2, 1, 1u << VERIFIED },          /* not published */
        { "a01 v02 p03", 3, 3, 1u << VERIFIED },      /* published after it */
        { "a01 v02 p03 v04", 4, 4, 1u << VERIFIED },  /* verified again */
        { "a01 p02 v03!", -4, 0, 0 },                 /* not passed */
        { "a01 p02 v03! v04", 4, 4, 0 },              /* passed the second time */
        { "a01 p02 v03 v04!", -4, 0, 0 },             /* passed, then not */
        { "a01 p02 v03 c04 c15", 4, 3, 0 },           /* two of three */
        { "a01 p02 v03 c04 c16 c25", 5, 6, 0 },       /* the last of them counts */
        { "a01 p02 v03 c04 c04 c25", 4, 3, 0 },       /* one twice is not two */
        { "a01 p02 c03 c13 c23 v04", 4, 4, 1u << CHECKED },
        { "a01 p02 v03 c04! c15 c26", -5, 3, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_verify_cell found = judge(cases[i].events);
        if (found.reached != cases[i].reached || found.early != cases[i].early)
            fail_msg("'%s': %d, early %u", cases[i].events, (int)found.reached, found.early);
        if (found.reached > 1)
            assert_int_equal(found.reached_at, cases[i].at);
    }
    /* Marks on nothing. */
    const struct tb_verify_event mark = { .state = ASSESSED, .when = 1 };
    assert_int_equal(tb_verify_judge(&work, 0, false, &mark, 1).reached, 0);
    const struct tb_verify_event value = { .state = PUBLISHED, .when = 1, .stated = 1 };
    assert_int_equal(tb_verify_judge(&work, 0, false, &value, 1).reached, PUBLISHED + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setters),
        cmocka_unit_test(lacks),
        cmocka_unit_test(cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
