/* stl.h - seasonal-trend decomposition by loess (STL).
 *
 * Cleveland, Cleveland, McRae and Terpenning, Journal of Official Statistics 6
 * (1990).  Pure: one complete series in the order of time (no gaps, no NaN), its
 * parts out: x = seasonal + trend + rest.  The same numbers as R's stl() with the
 * same spans, the jumps (s.jump, t.jump, l.jump) 1 and degrees 0, 1, 1.
 */
#ifndef TONGBAO_ANALYSE_STL_H
#define TONGBAO_ANALYSE_STL_H

#include <stdbool.h>
#include <stddef.h>

struct tb_stl_spans {
    size_t period;       /* n_p: 12 for months */
    size_t season;       /* n_s: odd, at least 7 */
    size_t trend;        /* n_t: odd */
    size_t low;          /* n_l: odd, at least n_p */
    int season_degree;   /* 0 or 1 */
    size_t inner, outer; /* loops: 1 and 15 when robust, else 2 and 0 */
    bool periodic;       /* the season is that of each place of the year on average */
};

/* n_s 7, n_l the next odd number from n_p, n_t the next odd number from
 * 1.5 n_p / (1 - 1.5 / n_s); robust with 15 outer loops. */
struct tb_stl_spans tb_stl_usual(size_t period);
/* The same with one season for all years of a series of n: R's s.window = "periodic", n_s 10 n + 1
 * and then the mean of each place of the year. */
struct tb_stl_spans tb_stl_periodic(size_t period, size_t n);
/* Fills seasonal[], trend[] and weight[] (robustness, 1 each without outer loops),
 * n numbers each.  False, with nothing filled, when memory is out, n is not more than
 * two periods, or a span is even or below 3. */
bool tb_stl(const double x[], size_t n, const struct tb_stl_spans *spans, double seasonal[],
            double trend[], double weight[]);

#endif
