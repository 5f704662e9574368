/* deadline_parse.h - the small language of `due` in deadlines.csv; private to the
 * model.
 *
 *     21                    day 21 of the period's last month     每月21日前
 *     +1 month 21           of the month after                    次月21日前
 *     last                  last day of the month                 月底前
 *     last workday          last working day of the month         每月最后一个工作日
 *     last day of quarter   last day of the quarter               季末
 *     last workday of quarter                                     每季度最后一个工作日
 *     03-25, +1 year 03-25  a date of the year, of the year after 3月25日前, 次年3月25日前
 *     +5 days               days after the period's end           期后5日内
 *     +3 workdays           working days after the period's end   期后3个工作日内
 *     20 workdays           of a case, its opening day counted    20个工作日内
 *
 * 前 includes the day.  （遇节假日往后顺延） behind a Chinese form sets shift.
 */
#ifndef TONGBAO_MODEL_DEADLINE_PARSE_H
#define TONGBAO_MODEL_DEADLINE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "tongbao/deadline.h"

/* False when the text is no due day; *expected then says what would be (a static
 * text). */
bool tb_due_parse(const char *text, size_t len, struct tb_due *out, const char **expected);

#endif
