/* expect.h - what the past of a field lets expect of it. */
#ifndef TONGBAO_PROCESS_EXPECT_H
#define TONGBAO_PROCESS_EXPECT_H

#include <stdbool.h>
#include <stddef.h>

struct tb_plane;
struct tb_work;

struct tb_expected {
    bool known;
    bool additive;  /* spread is a difference; else of logarithms */
    double value;
    double spread;  /* robust standard deviation, never 0 */
};

/* The number of a cell; NaN when it has none. */
double tb_expect_number(const struct tb_plane *plane, size_t cell);
/* What is expected of that cell.  Growth rates, shares and indicators that are no
 * amounts: the median of the last twelve.  Amounts: the year before's, carried on by
 * the median of the unit's own growth over the last twelve periods (three at
 * least), else by that of its neighbours (five at least); else the median of the
 * last twelve (three at least), of cumulated ones the period before in proportion. */
struct tb_expected tb_expect_cell(const struct tb_work *work, const struct tb_plane *plane,
                                  size_t cell);
/* How many spreads a number is off. */
double tb_expect_off(const struct tb_expected *expected, double number);
/* True when both units exist below the same parent, or both below none. */
bool tb_expect_neighbours(const struct tb_work *work, size_t a, size_t b);

#endif
