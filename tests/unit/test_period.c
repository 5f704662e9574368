/* test_period.c - every way to write a period, and arithmetic on periods.
 *
 * Forms: the header, methods note section 1 (SDMX 3.0 SDMXCommon.xsd); expected
 * days were read off a calendar.
 */
#include "tongbao/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

enum { PLAIN, CUMULATIVE, JOINT };

struct form {
    const char *text;
    const char *sdmx; /* NULL: refused */
    int span;
};

static const struct form forms[] = {
    /* SDMX */
    { "2023", "2023", PLAIN },
    { "2023-A1", "2023", PLAIN },
    { "2023-S1", "2023-S1", PLAIN },
    { "2023-Q4", "2023-Q4", PLAIN },
    { "2023-05", "2023-05", PLAIN },
    { "2023-M05", "2023-05", PLAIN },
    { "2023-05-01/P10D", "2023-05-01/P10D", PLAIN },
    { "2023-05-11/P10D", "2023-05-11/P10D", PLAIN },
    { "2023-05-21/P11D", "2023-05-21/P11D", PLAIN },
    { "2023-05-21/P10D", "2023-05-21/P11D", PLAIN },
    { "2023-02-21/P8D", "2023-02-21/P8D", PLAIN },
    { "2024-02-21/P9D", "2024-02-21/P9D", PLAIN },
    { "2023-01-01/P6M", "2023-06", CUMULATIVE },
    { "2023-01-01/P2M", "2023-02", JOINT },
    { "2023-05-01/P1M", "2023-05", PLAIN },
    { "2016-04-01", "2016-04", PLAIN },
    { "2016-04-30", "2016-04", PLAIN },
    { "2016-04-01T00:00:00", "2016-04", PLAIN },
    { "2016-04-01 00:00:00", "2016-04", PLAIN },
    { "2023-03-01/P2M", "2023-03-01/P2M", PLAIN },
    { "2023-11-01/P2M", "2023-11-01/P2M", PLAIN },
    { "2023-W05", "2023-W05", PLAIN },
    { "2020-W53", "2020-W53", PLAIN },
    /* what people and spreadsheets write */
    { "2023年第5周", "2023-W05", PLAIN },
    { "2023年第05周", "2023-W05", PLAIN },
    { "2023年第五周", "2023-W05", PLAIN },
    { "2023年第十周", "2023-W10", PLAIN },
    { "2023年第十五周", "2023-W15", PLAIN },
    { "2023年第二十周", "2023-W20", PLAIN },
    { "2020年第五十三周", "2020-W53", PLAIN },
    { "二〇二三年第五周", "2023-W05", PLAIN },
    { "23年第5周", "2023-W05", PLAIN },
    { "2023 第5周", "2023-W05", PLAIN },
    { "2023W5", "2023-W05", PLAIN },
    { "2023年W05", "2023-W05", PLAIN },
    { "2023-w5", "2023-W05", PLAIN },
    { "Week 5 2023", "2023-W05", PLAIN },
    { "week 5, 2023", "2023-W05", PLAIN },
    { "W05 2023", "2023-W05", PLAIN },
    { "wk 5-2023", "2023-W05", PLAIN },
    { "2023 week 5", "2023-W05", PLAIN },
    { "2023年3-4月", "2023-03-01/P2M", PLAIN },
    { "2023年5月至6月", "2023-05-01/P2M", PLAIN },
    { "2023年十一-十二月", "2023-11-01/P2M", PLAIN },
    { "2023.3-4", "2023-03-01/P2M", PLAIN },
    { "202303-202304", "2023-03-01/P2M", PLAIN },
    { "Mar-Apr 2023", "2023-03-01/P2M", PLAIN },
    { "2023年5月", "2023-05", PLAIN },
    { "2023 年 5 月", "2023-05", PLAIN },
    { "2023年05月份", "2023-05", PLAIN },
    { "2023年五月", "2023-05", PLAIN },
    { "2023年十二月", "2023-12", PLAIN },
    { "2023.5", "2023-05", PLAIN },
    { "2023.10", "2023-10", PLAIN },
    { "202305", "2023-05", PLAIN },
    { "20230501", "2023-05", PLAIN },
    { "2023/05", "2023-05", PLAIN },
    { "2023/5/1", "2023-05", PLAIN },
    { "2023/5/1 0:00", "2023-05", PLAIN },
    { "2023年1-5月", "2023-05", CUMULATIVE },
    { "2023年1~5月", "2023-05", CUMULATIVE },
    { "2023年1—5月份", "2023-05", CUMULATIVE },
    { "2023年1月-5月", "2023-05", CUMULATIVE },
    { "2023年一至五月", "2023-05", CUMULATIVE },
    { "2023.1-5", "2023-05", CUMULATIVE },
    { "2023.01-12月", "2023-12", CUMULATIVE },
    { "2023年前5个月", "2023-05", CUMULATIVE },
    { "2023年1-2月", "2023-02", JOINT },
    { "2023年二季度", "2023-Q2", PLAIN },
    { "2023年第二季度", "2023-Q2", PLAIN },
    { "2023年2季度", "2023-Q2", PLAIN },
    { "2023年前三季度", "2023-Q3", CUMULATIVE },
    { "2023年1-3季度", "2023-Q3", CUMULATIVE },
    { "2023Q2", "2023-Q2", PLAIN },
    { "2023年上半年", "2023-S1", PLAIN },
    { "2023下半年", "2023-S2", PLAIN },
    { "2023H2", "2023-S2", PLAIN },
    { "2023年", "2023", PLAIN },
    { "2023年度", "2023", PLAIN },
    { "2023年全年", "2023", PLAIN },
    { "2023年5月上旬", "2023-05-01/P10D", PLAIN },
    { "2023年2月下旬", "2023-02-21/P8D", PLAIN },
    { "2023年5月1-10日", "2023-05-01/P10D", PLAIN },
    { "2023年5月11日至20日", "2023-05-11/P10D", PLAIN },
    { "2023年2月21日—2月28日", "2023-02-21/P8D", PLAIN },
    { "2023年5月1日-31日", "2023-05", PLAIN },
    { "May-23", "2023-05", PLAIN },
    { "may 2023", "2023-05", PLAIN },
    { "Sept. 2023", "2023-09", PLAIN },
    { "December 1998", "1998-12", PLAIN },
    { "Jun-98", "1998-06", PLAIN },
    { "Q2 2023", "2023-Q2", PLAIN },
    { "H1-2023", "2023-S1", PLAIN },
    { "23年5月", "2023-05", PLAIN },
    { "23年一季度", "2023-Q1", PLAIN },
    { "23年1-5月", "2023-05", CUMULATIVE },
    { "二〇二三年五月", "2023-05", PLAIN },
    { "二○二三年上半年", "2023-S1", PLAIN },
    { "二零二三年1-2月", "2023-02", JOINT },
    { "2023年5月末", "2023-05", PLAIN },
    { "2023年5月底", "2023-05", PLAIN },
    { "2023年二季度末", "2023-Q2", PLAIN },
    { "2023年1季", "2023-Q1", PLAIN },
    { "2023年末", "2023", PLAIN },
    { "截至2023年5月", "2023-05", PLAIN },
    { "截止到2023年5月底", "2023-05", PLAIN },
    { "2023年5月31日", "2023-05", PLAIN },
    { "2023年5月1日", "2023-05", PLAIN },
    { "2023年5月中旬", "2023-05-11/P10D", PLAIN },
    { "2023年1月-2023年5月", "2023-05", CUMULATIVE },
    { "2023.1-2023.5", "2023-05", CUMULATIVE },
    { "202301-202305", "2023-05", CUMULATIVE },
    { "2023年4-6月", "2023-Q2", PLAIN },
    { "2023年7月至12月", "2023-S2", PLAIN },
    { "2023年3-4季度", "2023-S2", PLAIN },
    { "2023年一季度至三季度", "2023-Q3", CUMULATIVE },
    { "2023年Q1", "2023-Q1", PLAIN },
    { "2023H1", "2023-S1", PLAIN },
    { "1Q23", "2023-Q1", PLAIN },
    { "2H 2023", "2023-S2", PLAIN },
    { "Jan-Mar 2023", "2023-03", CUMULATIVE },
    { "January to May 2023", "2023-05", CUMULATIVE },
    { "Jan–Feb 2023", "2023-02", JOINT },
    { "Apr-Jun 2023", "2023-Q2", PLAIN },
    { "2023 May", "2023-05", PLAIN },
    { "2023-Apr", "2023-04", PLAIN },
    { "2023 Jan-Mar", "2023-03", CUMULATIVE },
    /* refused */
    { "23年", NULL, PLAIN },
    { "5月23日", NULL, PLAIN },
    { "2023年5月23日", NULL, PLAIN },
    { "二三年五月", NULL, PLAIN },
    { "截至2023年1-5月", NULL, PLAIN },
    { "2023年1月-2024年5月", NULL, PLAIN },
    { "202301-202405", NULL, PLAIN },
    { "2023年5-7月", NULL, PLAIN },
    { "2023年2-3季度", NULL, PLAIN },
    { "Feb-Mar 2023", NULL, PLAIN },
    { "5Q23", NULL, PLAIN },
    { "1M23", NULL, PLAIN },
    { "FY2023", NULL, PLAIN },
    { "2023年5月初", NULL, PLAIN },
    { "", NULL, PLAIN },
    { " ", NULL, PLAIN },
    { "5月", NULL, PLAIN },
    { "2023-00", NULL, PLAIN },
    { "2023-13", NULL, PLAIN },
    { "2023年13月", NULL, PLAIN },
    { "2023年0月", NULL, PLAIN },
    { "202313", NULL, PLAIN },
    { "2023-M13", NULL, PLAIN },
    { "2023-Q5", NULL, PLAIN },
    { "2023-Q0", NULL, PLAIN },
    { "2023年五季度", NULL, PLAIN },
    { "2023-S3", NULL, PLAIN },
    { "2023-T1", NULL, PLAIN },
    { "2023-W00", NULL, PLAIN },
    { "2023-W53", NULL, PLAIN },
    { "2023-W54", NULL, PLAIN },
    { "2023-W005", NULL, PLAIN },
    { "2023年第53周", NULL, PLAIN },
    { "2023年第零周", NULL, PLAIN },
    { "2023年第周", NULL, PLAIN },
    { "2023年第五十四周", NULL, PLAIN },
    { "2023年5周", NULL, PLAIN },
    { "5W23", NULL, PLAIN },
    { "2023年2-3月", NULL, PLAIN },
    { "2023年4-5月", NULL, PLAIN },
    { "2023-02-01/P2M", NULL, PLAIN },
    { "2023-03-02/P2M", NULL, PLAIN },
    { "2023-03-01/P4M", NULL, PLAIN },
    { "2023-A2", NULL, PLAIN },
    { "2023-05-11", NULL, PLAIN },
    { "2023-02-29", NULL, PLAIN },
    { "2023-02-30", NULL, PLAIN },
    { "2023-1-5", NULL, PLAIN },
    { "2023/5-1", NULL, PLAIN },
    { "2023年2-5月", NULL, PLAIN },
    { "2023年1-13月", NULL, PLAIN },
    { "2023-02-01/P6M", NULL, PLAIN },
    { "2023-01-02/P6M", NULL, PLAIN },
    { "2023-01-01/P13M", NULL, PLAIN },
    { "2023-01-01/P0M", NULL, PLAIN },
    { "2023-05-12/P10D", NULL, PLAIN },
    { "2023-05-11/P11D", NULL, PLAIN },
    { "2023-02-21/P9D", NULL, PLAIN },
    { "2023-00-01/P10D", NULL, PLAIN },
    { "2023-1 1", NULL, PLAIN },
    { "20235", NULL, PLAIN },
    { "2023051", NULL, PLAIN },
    { "20230511", NULL, PLAIN },
    { "2023-05x", NULL, PLAIN },
    { "2023-", NULL, PLAIN },
    { "2023年5", NULL, PLAIN },
    { "1234", NULL, PLAIN },
    { "3023", NULL, PLAIN },
    { "23", NULL, PLAIN },
    { "May", NULL, PLAIN },
    { "Mayor-23", NULL, PLAIN },
    { "2023年第5月", NULL, PLAIN },
    { "-2023", NULL, PLAIN },
    { "2023-005", NULL, PLAIN },
};

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct form *form = &forms[i];
        struct tb_period_read got;
        char text[TB_PERIOD_TEXT];

        bool read = tb_period_parse(form->text, strlen(form->text), &got);
        if (read != (form->sdmx != NULL))
            fail_msg("'%s' was %s", form->text, read ? "read" : "refused");
        if (!read)
            continue;
        tb_period_format(got.period, text);
        if (strcmp(text, form->sdmx) != 0)
            fail_msg("'%s' was read as %s, not %s", form->text, text, form->sdmx);
        if (got.cumulative != (form->span != PLAIN) || got.joint != (form->span == JOINT))
            fail_msg("'%s': cumulative %d, joint %d", form->text, got.cumulative, got.joint);
    }
}

static void assert_reads_as(const char *text, struct tb_period period)
{
    struct tb_period_read got;

    if (!tb_period_parse(text, strlen(text), &got))
        fail_msg("'%s' was refused", text);
    if (got.joint && period.freq == TB_FREQ_TWO_MONTHS) {
        /* January-February: a span to all but those who report by two months. */
        got.period = tb_period_within(got.period, TB_FREQ_TWO_MONTHS);
        got.cumulative = false;
    }
    assert_int_equal(got.period.freq, period.freq);
    assert_int_equal(got.period.index, period.index);
    assert_false(got.cumulative);
}

/* The numbers of the periods that begin in years 1900 to 2199. */
static void range_of(enum tb_freq freq, int32_t *first, int32_t *end)
{
    struct tb_period week;

    *first = 1900 * tb_periods_per_year(freq);
    *end = 2200 * tb_periods_per_year(freq);
    if (freq != TB_FREQ_WEEK)
        return;
    assert_true(tb_period_week(1900, 1, &week));
    *first = week.index;
    assert_true(tb_period_week(2199, 52, &week));
    *end = week.index + 1;
}

static void test_round_trip(void **state)
{
    (void)state;
    for (int f = 0; f < TB_N_FREQS; f++) {
        int32_t index, end;
        range_of((enum tb_freq)f, &index, &end);
        for (; index < end; index++) {
            struct tb_period period = { (enum tb_freq)f, index };
            char sdmx[TB_PERIOD_TEXT];
            char words[48];
            size_t len;

            len = tb_period_format(period, sdmx);
            assert_int_equal(len, strlen(sdmx));
            assert_reads_as(sdmx, period);
            len = tb_period_format_zh(period, words);
            assert_int_equal(len, strlen(words));
            assert_reads_as(words, period);
            len = tb_period_format_en(period, words);
            assert_int_equal(len, strlen(words));
            if (f != TB_FREQ_DEKAD)
                assert_reads_as(words, period);
        }
    }
}

/* No cut of a good text may be read past its end or crash. */
static void test_prefixes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        for (size_t len = 0; len <= strlen(forms[i].text); len++) {
            char *copy = test_malloc(len + 1);
            struct tb_period_read got;
            memcpy(copy, forms[i].text, len);
            (void)tb_period_parse(copy, len, &got);
            test_free(copy);
        }
    }
}

static struct tb_period read_period(const char *text)
{
    struct tb_period_read got;

    if (!tb_period_parse(text, strlen(text), &got))
        fail_msg("'%s' was refused", text);
    return got.period;
}

static void test_days_follow_on(void **state)
{
    (void)state;
    for (int f = 0; f < TB_N_FREQS; f++) {
        int32_t index, end;
        range_of((enum tb_freq)f, &index, &end);
        for (; index < end; index++) {
            struct tb_period period = { (enum tb_freq)f, index };
            struct tb_period next = { (enum tb_freq)f, index + 1 };
            assert_int_equal(tb_period_last_day(period) + 1, tb_period_first_day(next));
            tb_day days[] = { tb_period_first_day(period), tb_period_last_day(period) };
            assert_int_equal(tb_period_around(days[0], period.freq).index, index);
            assert_int_equal(tb_period_around(days[1], period.freq).index, index);
        }
    }
}

/* The year that starts and the year that ends hold each period once, whatever month
 * years start in. */
static void test_years_follow_on(void **state)
{
    static const int starts[] = { 1, 7 };

    (void)state;
    for (int f = 0; f < TB_N_FREQS; f++) {
        for (size_t s = 0; s < 2; s++) {
            int32_t index, end;
            if (f == TB_FREQ_ANNUAL && starts[s] != 1)
                continue;
            range_of((enum tb_freq)f, &index, &end);
            while (index < end) {
                struct tb_period period = { (enum tb_freq)f, index };
                struct tb_period first = tb_period_year_start(period, starts[s]);
                struct tb_period last = tb_period_year_end(period, starts[s]);
                struct tb_period next = { last.freq, last.index + 1 };
                assert_int_equal(tb_period_in_year(first, starts[s]), 1);
                assert_int_equal(tb_period_in_year(next, starts[s]), 1);
                int n = last.index - first.index + 1;
                assert_int_equal(tb_period_in_year(last, starts[s]), n);
                assert_true(n == tb_periods_per_year((enum tb_freq)f) ||
                            (f == TB_FREQ_WEEK && n == 53));
                index = next.index;
            }
        }
    }
}

struct day_case {
    const char *period, *first, *last;
};

static void test_days(void **state)
{
    static const struct day_case cases[] = {
        { "2023", "2023-01-01", "2023-12-31" },
        { "2023-S2", "2023-07-01", "2023-12-31" },
        { "2023-Q2", "2023-04-01", "2023-06-30" },
        { "2024-02", "2024-02-01", "2024-02-29" },
        { "2023-12", "2023-12-01", "2023-12-31" },
        { "2023-05-11/P10D", "2023-05-11", "2023-05-20" },
        { "2023-02-21/P8D", "2023-02-21", "2023-02-28" },
        { "2023-12-21/P11D", "2023-12-21", "2023-12-31" },
        { "2023-01-01/P2M", "2023-02-01", "2023-02-28" }, /* a joint month to all others */
        { "2024-03-01/P2M", "2024-03-01", "2024-04-30" },
        { "2023-W05", "2023-01-30", "2023-02-05" },
        { "2023-W09", "2023-02-27", "2023-03-05" },
        { "2020-W53", "2020-12-28", "2021-01-03" },
        { "2022-W52", "2022-12-26", "2023-01-01" },
        { "2025-W01", "2024-12-30", "2025-01-05" },
    };
    char text[TB_DATE_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_period period = read_period(cases[i].period);
        tb_day_format(tb_period_first_day(period), text);
        assert_string_equal(text, cases[i].first);
        tb_day_format(tb_period_last_day(period), text);
        assert_string_equal(text, cases[i].last);
        assert_int_equal(tb_period_year(period), strtol(cases[i].last, NULL, 10));
    }
}

struct within_case {
    const char *period;
    enum tb_freq freq;
    const char *expected;
};

static void test_within(void **state)
{
    static const struct within_case cases[] = {
        { "2023-05", TB_FREQ_QUARTER, "2023-Q1" },
        { "2023-06", TB_FREQ_QUARTER, "2023-Q2" },
        { "2023-05", TB_FREQ_ANNUAL, "2022" },
        { "2023-12", TB_FREQ_ANNUAL, "2023" },
        { "2023-02", TB_FREQ_QUARTER, "2022-Q4" },
        { "2023-Q2", TB_FREQ_MONTH, "2023-06" },
        { "2023-Q2", TB_FREQ_HALF, "2023-S1" },
        { "2023-Q3", TB_FREQ_HALF, "2023-S1" },
        { "2023", TB_FREQ_MONTH, "2023-12" },
        { "2023-02", TB_FREQ_DEKAD, "2023-02-21/P8D" },
        { "2023-02-11/P10D", TB_FREQ_MONTH, "2023-01" },
        { "2023-02-21/P8D", TB_FREQ_MONTH, "2023-02" },
        { "2023-05", TB_FREQ_MONTH, "2023-05" },
        { "2023-02", TB_FREQ_TWO_MONTHS, "2023-01-01/P2M" },
        { "2023-05", TB_FREQ_TWO_MONTHS, "2023-03-01/P2M" },
        { "2023-05-01/P2M", TB_FREQ_MONTH, "2023-06" },
        { "2023-05-01/P2M", TB_FREQ_QUARTER, "2023-Q2" },
        { "2023-03-01/P2M", TB_FREQ_QUARTER, "2023-Q1" },
        { "2023-03", TB_FREQ_WEEK, "2023-W12" },
        { "2023-04", TB_FREQ_WEEK, "2023-W17" }, /* it ends on 30 April */
        { "2023-W17", TB_FREQ_MONTH, "2023-04" },
        { "2023-W18", TB_FREQ_MONTH, "2023-04" },
        { "2023-W16", TB_FREQ_MONTH, "2023-03" },
        { "2023-W18", TB_FREQ_DEKAD, "2023-04-21/P10D" },
        { "2023", TB_FREQ_WEEK, "2023-W52" },
        { "2022", TB_FREQ_WEEK, "2022-W51" },
    };
    char text[TB_PERIOD_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_period_format(tb_period_within(read_period(cases[i].period), cases[i].freq), text);
        assert_string_equal(text, cases[i].expected);
    }
}

struct year_case {
    const char *period;
    int year_start;
    int place;
    const char *first;
};

static void test_fiscal_year(void **state)
{
    static const struct year_case cases[] = {
        { "2023-05", 1, 5, "2023-01" },
        { "2023-05", 4, 2, "2023-04" },
        { "2023-04", 4, 1, "2023-04" },
        { "2023-03", 4, 12, "2022-04" },
        { "2023-01", 4, 10, "2022-04" },
        { "2023-Q1", 4, 4, "2022-Q2" },
        { "2023-Q2", 4, 1, "2023-Q2" },
        { "2023-S1", 7, 2, "2022-S2" },
        { "2023", 1, 1, "2023" },
        { "2023-04-11/P10D", 4, 2, "2023-04-01/P10D" },
        { "2023-03-21/P11D", 4, 36, "2022-04-01/P10D" },
        { "2023-05-01/P2M", 1, 3, "2023-01-01/P2M" },
        { "2023-W05", 1, 6, "2022-W52" }, /* the first that ends in 2023 */
        { "2022-W52", 1, 1, "2022-W52" },
        { "2024-W05", 1, 5, "2024-W01" },
        { "2023-W13", 4, 1, "2023-W13" }, /* it ends on 2 April */
        { "2023-W12", 4, 52, "2022-W13" },
    };
    char text[TB_PERIOD_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_period period = read_period(cases[i].period);
        assert_int_equal(tb_period_in_year(period, cases[i].year_start), cases[i].place);
        tb_period_format(tb_period_year_start(period, cases[i].year_start), text);
        assert_string_equal(text, cases[i].first);
    }
}

struct before_case {
    const char *period, *before;
};

static void test_year_before(void **state)
{
    static const struct before_case cases[] = {
        { "2023-05", "2022-05" },
        { "2023-Q1", "2022-Q1" },
        { "2023-05-01/P2M", "2022-05-01/P2M" },
        { "2023-W05", "2022-W05" },
        { "2021-W05", "2020-W05" }, /* 53 weeks lie between */
        { "2020-W53", "2019-W52" },
        { "2021-W52", "2020-W52" },
    };
    char text[TB_PERIOD_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_period_format(tb_period_year_before(read_period(cases[i].period)), text);
        assert_string_equal(text, cases[i].before);
    }
}

static void test_words(void **state)
{
    char text[48];

    (void)state;
    tb_period_format_zh(read_period("2023-05"), text);
    assert_string_equal(text, "2023年5月");
    tb_period_format_zh(read_period("2023-Q2"), text);
    assert_string_equal(text, "2023年二季度");
    tb_period_format_zh(read_period("2023-05-21/P11D"), text);
    assert_string_equal(text, "2023年5月下旬");
    tb_period_format_en(read_period("2023-05"), text);
    assert_string_equal(text, "May 2023");
    tb_period_format_en(read_period("2023-S1"), text);
    assert_string_equal(text, "H1 2023");
    tb_period_format_en(read_period("2023-05-21/P11D"), text);
    assert_string_equal(text, "21-31 May 2023");
    tb_period_format_zh(read_period("2023-W05"), text);
    assert_string_equal(text, "2023年第5周");
    tb_period_format_en(read_period("2023-W05"), text);
    assert_string_equal(text, "week 5 of 2023");
    tb_period_format_zh(read_period("2023-11-01/P2M"), text);
    assert_string_equal(text, "2023年11-12月");
    tb_period_format_en(read_period("2023-11-01/P2M"), text);
    assert_string_equal(text, "November-December 2023");
}

static void test_freq_codes(void **state)
{
    enum tb_freq freq;

    (void)state;
    for (int f = 0; f < TB_N_FREQS; f++) {
        assert_true(tb_freq_parse(tb_freq_code((enum tb_freq)f), &freq));
        assert_int_equal(freq, f);
    }
    assert_false(tb_freq_parse("H", &freq)); /* hourly in SDMX, not half-yearly */
    assert_false(tb_freq_parse("", &freq));
}

/* Without its year, as below a head `2023年` or a title that names the year. */
static const struct form of_2023[] = {
    { "5月", "2023-05", PLAIN },
    { "五月份", "2023-05", PLAIN },
    { "1-5月", "2023-05", CUMULATIVE },
    { "1-2月", "2023-02", JOINT },
    { "一季度", "2023-Q1", PLAIN },
    { "第三季度", "2023-Q3", PLAIN },
    { "前三季度", "2023-Q3", CUMULATIVE },
    { "上半年", "2023-S1", PLAIN },
    { "全年", "2023", PLAIN },
    { "5月末", "2023-05", PLAIN },
    { "截至5月", "2023-05", PLAIN },
    { "5月上旬", "2023-05-01/P10D", PLAIN },
    { "Q1", "2023-Q1", PLAIN },
    { "第5周", "2023-W05", PLAIN },
    { "第十二周", "2023-W12", PLAIN },
    { "W5", "2023-W05", PLAIN },
    { "week 5", "2023-W05", PLAIN },
    { "3-4月", "2023-03-01/P2M", PLAIN },
    { "第53周", NULL, PLAIN },
    { "H2", "2023-S2", PLAIN },
    { "May", "2023-05", PLAIN },
    { "Jan-Mar", "2023-03", CUMULATIVE },
    { "5", NULL, PLAIN },
    { "5月23日", NULL, PLAIN },
    { "5月31日", NULL, PLAIN },
    { "2022年5月", NULL, PLAIN },
    { "May-22", NULL, PLAIN },
    { "", NULL, PLAIN },
};

static void test_of_year(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof of_2023 / sizeof *of_2023; i++) {
        const struct form *form = &of_2023[i];
        struct tb_period_read got;
        char text[TB_PERIOD_TEXT] = "";

        if (tb_period_parse_of_year(form->text, strlen(form->text), 2023, &got))
            tb_period_format(got.period, text);
        if (strcmp(text, form->sdmx ? form->sdmx : "") != 0)
            fail_msg("'%s' was read as '%s'", form->text, text);
        if (form->sdmx)
            assert_int_equal(got.cumulative ? got.joint ? JOINT : CUMULATIVE : PLAIN, form->span);
    }
}

static void test_until(void **state)
{
    struct tb_period_read got;

    (void)state;
    assert_true(tb_period_parse("截至2023年5月末", strlen("截至2023年5月末"), &got));
    assert_true(got.until && !got.cumulative);
    assert_true(tb_period_parse("2023年5月末", strlen("2023年5月末"), &got));
    assert_false(got.until);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_of_year),
        cmocka_unit_test(test_until),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_days_follow_on),
        cmocka_unit_test(test_years_follow_on),
        cmocka_unit_test(test_year_before),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_within),
        cmocka_unit_test(test_fiscal_year),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_freq_codes),
    };

    return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
