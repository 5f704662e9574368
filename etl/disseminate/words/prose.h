/* prose.h - the phrase grammar of bulletins, chosen by the sign of the printed
 * value (methods note, section 2): a direction word never meets a sign.
 *
 * Each function appends one phrase in the style's language; numbers come in as
 * published.  No text is escaped here: whole sentences are, by the template.
 */
#ifndef TONGBAO_DISSEMINATE_PROSE_H
#define TONGBAO_DISSEMINATE_PROSE_H

#include <stdbool.h>
#include <stddef.h>
#include "disseminate/words/numbers.h"
#include "disseminate/report.h"
#include "tongbao/period.h"

struct tb_buf;

/* 增长5.3% / 下降2.1% / 持平; "up 5.3%", "down 2.1%", "unchanged". */
void tb_prose_growth(struct tb_buf *out, const struct tb_style *style, struct tb_decimal rate);
/* A rate against the one before: 增速较上月加快0.2个百分点, 回落; 降幅扩大, 收窄;
 * 由降转增, 由增转降 with the earlier rate quoted.  `earlier` names the period
 * before ("上月", "the month before"). */
void tb_prose_rate_move(struct tb_buf *out, const struct tb_style *style, struct tb_decimal now,
                        struct tb_decimal before, const char *earlier);
/* A change in points of a rate: 提高0.3个百分点, 下降, 持平. */
void tb_prose_points(struct tb_buf *out, const struct tb_style *style, struct tb_decimal points,
                     int32_t decimals);
/* A result beside a negative one, for which no percentage exists: 扭亏为盈, 由盈转亏,
 * 增亏, 减亏.  False, and nothing appended, when neither is negative. */
bool tb_prose_turn(struct tb_buf *out, const struct tb_style *style, struct tb_decimal now,
                   struct tb_decimal base);

/* Of a heading: 三, 3.  It is no figure and is not noted. */
void tb_prose_numeral(struct tb_buf *out, const char *lang, unsigned n);
/* 第三, 第十二, 第一百零五; 3rd, 12th, 105th. */
void tb_prose_ordinal(struct tb_buf *out, const struct tb_style *style, unsigned n);
/* 全市第三, 三区并列第一; "3rd in the city", "tied 1st in the three districts". */
void tb_prose_place(struct tb_buf *out, const struct tb_style *style, const char *group,
                    unsigned rank, bool tied);
/* 较上月进2位, 退1位, 位次不变; "up 2 places on the month before". */
void tb_prose_movement(struct tb_buf *out, const struct tb_style *style, int movement,
                       const char *earlier);

/* The period before one of that frequency: 上月, 上季度 ...; "the month before". */
const char *tb_prose_earlier(enum tb_freq freq, const char *lang);
/* 2023年5月 / May 2023; of a cumulated measure 2023年1—5月 / January-May 2023. */
void tb_prose_period(struct tb_buf *out, const struct tb_style *style, struct tb_period period,
                     bool cumulative, int year_start);

/* One name in a list, with its place. */
struct tb_named_place {
    const char *name;
    unsigned rank;
};
/* "甲、乙，丙、丁（并列）": names in the order given; those with one place stand
 * together and are closed with the mark of a tie.  Returns whether there was one. */
bool tb_prose_places(struct tb_buf *out, const char *lang, const struct tb_named_place places[],
                     size_t n);
/* Between the names of a plain list: "、" or ", ". */
const char *tb_prose_comma(const char *lang);

#endif
