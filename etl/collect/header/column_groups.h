/* column_groups.h - columns that say what they are only by where they stand.
 *
 * `本月, 同比±%, 累计, 同比±%`: 同期 and growth are of the figure that they stand behind.  Of
 * columns of one indicator (unit, period):
 *   - a head that says it (当月同比, 累计增长, 上年同月) is believed, and so are the form's `columns`
 *     and the codes of measures, alone or behind that of the indicator (ytd_growth, inv_base);
 *   - else it is of the figures since the last column of its kind: of 累计 or 1-5月 when that is all there
 *     is, of the month when that is;
 *   - where another head says that it is the one of the span, this one is of the month;
 *   - behind both it is of the one for which no other column says it.  去年同期 behind 累计 behind
 *     本月 is of the span, 增减% behind one 去年同期 of what that is.  Else nobody knows: head.ambiguous;
 *   - with no figure before it, of those behind it;
 *   - without a period of its own it takes that of its figure, of several years the latest.
 */
#ifndef TONGBAO_COLLECT_COLUMN_GROUPS_H
#define TONGBAO_COLLECT_COLUMN_GROUPS_H

struct tb_planner;

/* Settles what the columns of values of a plan are by their places, once all of them are there: some change
 * their measure, some take a period, some are refused.  Memory: planner->failed. */
void tb_column_groups_settle(struct tb_planner *planner);

#endif
