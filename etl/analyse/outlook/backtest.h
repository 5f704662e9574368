/* backtest.h - how often what was announced of past years came true.
 *
 * For every flow, unit, year and point of a year that is over, the outlook is made
 * again from what that year had by then and from the years before it, and held
 * against what the year came to.  The question is whether the target of that year
 * was met; without one, whether the year grew at least as the year before it had.
 * Figures are those of the cube, so as they were revised since: what was first
 * published is not known again (run with --as-of for a cube of that day).
 */
#ifndef TONGBAO_ANALYSE_BACKTEST_H
#define TONGBAO_ANALYSE_BACKTEST_H

#include <stdbool.h>

struct tb_buf;
struct tb_error;
struct tb_measures;

/* Appends a table for people in `lang` ("zh" or "en"), or with `csv` rows of
 * indicator,announced,cases,...  *any is false when no year could be tested: it
 * takes four years before one that is over.  -1 when memory is out. */
int tb_backtest(const struct tb_measures *ms, const char *lang, bool csv, bool *any,
                struct tb_buf *out, struct tb_error *err);

#endif
