/* period_scan.h - what the readers of periods share: taking words and numbers off
 * a text, and the periods that come of them.
 *
 * Inside base only.  period_scan.c takes, period_words.c reads what is written in
 * Chinese or English words, period_parse.c digits and the whole.
 */
#ifndef TONGBAO_BASE_PERIOD_SCAN_H
#define TONGBAO_BASE_PERIOD_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "tongbao/period.h"

struct tb_scan {
    const char *at;
    const char *end;
};

bool tb_scan_at_end(const struct tb_scan *s);
/* Takes `text`, in either case. */
bool tb_scan_take(struct tb_scan *s, const char *text);
/* Takes the first that fits of `words`, which ends with NULL: its place, or -1. */
int tb_scan_word(struct tb_scan *s, const char *const words[]);
bool tb_scan_digit(const struct tb_scan *s, size_t ahead);
size_t tb_scan_digits(const struct tb_scan *s); /* how many stand ahead */
int tb_scan_number(const char *digits, size_t n);
/* One or two digits; neither a longer run nor none. */
bool tb_scan_small(struct tb_scan *s, int *value);
/* 5, 05 or 五, up to 12. */
bool tb_scan_numeral(struct tb_scan *s, int *value);
/* What stands between the ends of a span. */
bool tb_scan_dash(struct tb_scan *s);

/* --- what was meant; false where there is no such period --- */

/* The n-th (from 1) period of a year. */
bool tb_period_set(struct tb_period_read *out, enum tb_freq freq, int year, int n);
/* The months or quarters from `first` to `last`: from the start of the year, or
 * exactly a quarter, a half or two months from an odd one. */
bool tb_period_set_span(struct tb_period_read *out, enum tb_freq freq, int year, int first,
                        int last);
/* A day that stands for its month: its first or its last. */
bool tb_period_set_day(struct tb_period_read *out, int year, int month, int day);

/* --- words --- */

/* What may follow a year in Chinese: 5月, 1-5月, 3-4月, 二季度, 前5个月, 5月31日, 第5周. */
bool tb_period_numbered_zh(struct tb_scan *s, int year, struct tb_period_read *out);
/* A month in English, or a span of months, that stands before the year
 * (year 0: May-23, Jan-Mar 2023, Q2 2023, week 5 of 2023) or behind it (2023 May). */
bool tb_period_english(struct tb_scan *s, int year, struct tb_period_read *out);
/* The codes of SDMX and its neighbours: Q2, S1 or H1, M05, W05, A1. */
bool tb_period_code(struct tb_scan *s, int year, struct tb_period_read *out);

#endif
