/* period.h - time periods in the field's terms (SDMX TIME_PERIOD and FREQ).
 *
 * A period is a frequency and a running number, so that "the period before" is
 * index - 1.  Text forms: SDMX (2023, 2023-S1, 2023-Q2, 2023-05, 2023-M05,
 * 2023-W05, 2023-03-01/P2M, 2023-05-11/P10D), and on reading also what people write: 2023年5月,
 * 2023.5, 202305, 2023/05, 2023-05-01 (with a monthly expectation), 2023年1-5月 (cumulative),
 * 2023年二季度, 2023年上半年, May-23, 2023年5月上旬, 2023年5月1-10日, 2023年, 23年5月,
 * 二〇二三年五月, 2023年5月末, 截至2023年5月, 2023年4-6月 (a quarter), 2023年3-4月 (two months),
 * 2023年第5周, week 5 of 2023, Jan-Mar 2023, 1Q23.
 *
 * Weeks are those of ISO 8601: Monday to Sunday, numbered in the year of their
 * Thursday.  Beside months, quarters and years a week belongs to the one in which
 * it ends: 2023-W09 (27 February to 5 March) is judged in March, and 2022-W52,
 * which ends on 1 January 2023, is the first that is cumulated in 2023.
 */
#ifndef TONGBAO_PERIOD_H
#define TONGBAO_PERIOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"

enum tb_freq {
    TB_FREQ_ANNUAL,     /* A: index = year */
    TB_FREQ_HALF,       /* S: index = year * 2 + half - 1 */
    TB_FREQ_QUARTER,    /* Q: index = year * 4 + quarter - 1 */
    TB_FREQ_MONTH,      /* M: index = year * 12 + month - 1 */
    TB_FREQ_DEKAD,      /* M_3, ten days: index = month index * 3 + 0..2 */
    TB_FREQ_WEEK,       /* W: index = weeks since Monday, 1 January of the year 1 */
    TB_FREQ_TWO_MONTHS, /* M2, from January: index = year * 6 + 0..5 */
    TB_N_FREQS,
};

enum { TB_PERIOD_TEXT = 24 };

struct tb_period {
    enum tb_freq freq;
    int32_t index;
};

/* What a text said. */
struct tb_period_read {
    struct tb_period period; /* of 2023年1-5月: May 2023 */
    bool cumulative;         /* it named a span from January (1-5月) */
    bool joint;              /* it named exactly January-February (1-2月): to an indicator
                              * of two months one period, to others a span */
    bool until;              /* it said 截至: what adds up is counted from January */
};

/* Whole field, blanks and full-width forms already normalised (text.h). */
bool tb_period_parse(const char *text, size_t len, struct tb_period_read *out);
/* The same without its year, where that is known: 5月, 1-5月, 一季度, 上半年, Q1,
 * Jan-Mar, 全年.  A text with a year of its own is refused. */
bool tb_period_parse_of_year(const char *text, size_t len, int year, struct tb_period_read *out);
size_t tb_period_format(struct tb_period period, char text[TB_PERIOD_TEXT]); /* SDMX */
/* What was read, for an indicator of that frequency: 2023-01-01/P2M is one period of two months,
 * and February of joint figures else. */
struct tb_period tb_period_read_as(const struct tb_period_read *read, enum tb_freq freq);
/* For people: "2023年5月", "May 2023"; quarters and years alike. */
size_t tb_period_format_zh(struct tb_period period, char text[48]);
size_t tb_period_format_en(struct tb_period period, char text[48]);

tb_day tb_period_first_day(struct tb_period period);
tb_day tb_period_last_day(struct tb_period period);
/* The last period of frequency `freq` that ends on or before the end of `period`. */
struct tb_period tb_period_within(struct tb_period period, enum tb_freq freq);
/* The period that a day lies in. */
struct tb_period tb_period_around(tb_day day, enum tb_freq freq);
int tb_periods_per_year(enum tb_freq freq);  /* of weeks 52, though some years have 53 */
int tb_period_year(struct tb_period period); /* calendar year of its last day */
/* Place in a year that starts in month `year_start` (1..12), from 1: May is 5
 * when the year starts in January, 2 when it starts in April.  year_start must
 * lie on a boundary of the frequency. */
int tb_period_in_year(struct tb_period period, int year_start);
/* First period of the (fiscal) year that `period` lies in. */
struct tb_period tb_period_year_start(struct tb_period period, int year_start);
/* The last one of that year. */
struct tb_period tb_period_year_end(struct tb_period period, int year_start);
/* The same of the year before: of week 5 week 5; of week 53 the last of the year before. */
struct tb_period tb_period_year_before(struct tb_period period);
/* Week n of an ISO year; false where it has none of that number. */
bool tb_period_week(int year, int n, struct tb_period *out);
const char *tb_freq_code(enum tb_freq freq); /* "A" "S" "Q" "M" "M_3" "W" "M2" */
bool tb_freq_parse(const char *text, enum tb_freq *out);

#endif
