/* backtest.h - how good past outlooks were: the projection of schedule.h made
 * again in past years, each time with the years before it only, and compared
 * with what the year came to. */
#ifndef TONGBAO_ANALYSE_BACKTEST_H
#define TONGBAO_ANALYSE_BACKTEST_H

#include "analyse/measures.h"

struct tb_buf;

/* Appends CSV, a row for each flow and place in the year with any case:
 * indicator,place,cases,mean_error_pct,mean_absolute_error_pct,within_5_pct.
 * Values are those now known, not those of the day.  False when there was no
 * case: it takes two whole years of cumulated values. */
bool tb_backtest(const struct tb_measures *ms, struct tb_buf *out);

#endif
