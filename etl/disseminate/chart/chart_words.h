/* chart_words.h - what the charts say, and which numbers they compare.
 *
 * Words are given in the language asked for, since titles are kept in both.
 */
#ifndef TONGBAO_DISSEMINATE_CHART_WORDS_H
#define TONGBAO_DISSEMINATE_CHART_WORDS_H

#include "disseminate/words/numbers.h"
#include "disseminate/report.h"

struct tb_buf;

/* An indicator as a chart shows it: one measure, in one period, in one group. */
struct tb_topic {
    const struct tb_report *report;
    const struct tb_indicator *indicator;
    size_t row; /* of the indicator */
    size_t group;
    enum tb_measure of;
    int32_t decimals;        /* published digits */
    struct tb_period period; /* in the indicator's frequency */
    bool has_peer;
    struct tb_figure peer; /* what units are compared with */
    enum tb_measure which; /* area, pooled or mean */
};

/* False when the indicator has no headline, or is of grades, which have no length. */
bool tb_topic_of(const struct tb_report *report, size_t indicator, size_t group,
                 struct tb_topic *out);
/* What units are compared with in a period.  Of amounts (a sum over the group says
 * nothing of one unit) the mean; of rates the group's own figure. */
struct tb_figure tb_topic_peer(const struct tb_topic *topic, struct tb_period period,
                               enum tb_measure *which);
bool tb_topic_is_percent(const struct tb_topic *topic); /* differences are points */
/* The number that targets ask of this measure: every unit's the same, or the one
 * unit's (`unit`, or TB_NONE) own.  False: none that is a line on this axis. */
bool tb_topic_target(const struct tb_topic *topic, int32_t unit, struct tb_decimal *out);

/* "社会消费品零售总额累计增速"; "Retail sales of consumer goods, cumulative growth". */
void tb_words_topic(struct tb_buf *out, const struct tb_topic *topic, const char *lang);
void tb_words_period(struct tb_buf *out, const struct tb_topic *topic, const char *lang);
/* 累计同比增速 / growth of the cumulated figure on a year before; unit of measure behind. */
void tb_words_measure(struct tb_buf *out, const struct tb_topic *topic, const char *lang);
/* 全市, 全市平均; the city, mean of the city. */
void tb_words_peer(struct tb_buf *out, const struct tb_topic *topic, const char *lang);
/* A value as published, rates with their sign; no unit of measure. */
void tb_words_number(struct tb_buf *out, const struct tb_topic *topic, const char *lang,
                     struct tb_decimal number);
/* 第3, 并列第8; 3rd, =8th. */
void tb_words_place(struct tb_buf *out, const char *lang, struct tb_standing standing);
/* "来源：…　模拟数据". */
void tb_words_source(struct tb_buf *out, const struct tb_report *report, const char *lang);

/* Of a profile's names, the first that is not "". */
const char *tb_words_unit(const struct tb_report *report, size_t unit, const char *lang);

double tb_words_double(struct tb_decimal number);

#endif
