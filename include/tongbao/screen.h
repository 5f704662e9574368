/* screen.h - statistical screens for plausibility: arrays in, scores out.
 *
 * Methods note, section 9.  A screen says how far a number stands from others; it
 * knows no threshold and deletes nothing.  A score is a double, NaN where the
 * screen cannot judge: fewer than LEAST_UNITS units (LEAST_POINTS points), a
 * spread of zero without a tolerance, a number outside the screen's domain.
 * Inputs are all present and finite: the caller packs them.  Nothing fails; where
 * memory is wanted the caller gives it.
 *
 * Where the spread is 0 (over half of the numbers are equal) nothing is divided
 * by it: a number that equals the middle has score 0; else the deviation is
 * counted in `tolerance`, so that a deviation of just the tolerance has the
 * threshold of the methods note as its score; without one (0) it is NaN.
 */
#ifndef TONGBAO_SCREEN_H
#define TONGBAO_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

enum {
    TB_SCREEN_LEAST_UNITS = 5,   /* of a set of units */
    TB_SCREEN_LEAST_POINTS = 8,  /* of a series */
    TB_SCREEN_LEAST_YEARS = 5,   /* of a seasonal fit */
    TB_SCREEN_LEAST_DIGITS = 50, /* of last digits: five expected in each of ten classes */
    TB_SCREEN_WINDOW = 7,        /* of the Hampel filter */
};

/* --- across units: n numbers, n scores --- */

/* Iglewicz and Hoaglin: 0.6745 (x - median) / MAD.  Usual threshold 3.5.  `work`
 * holds n numbers. */
void tb_screen_modified_z(const double x[], size_t n, double tolerance, double work[],
                          double score[]);
/* Tukey: how many interquartile ranges above the upper quartile, or (negative)
 * below the lower; 0 between them.  Quartiles of type 7.  Usual threshold 1.5. */
void tb_screen_tukey(const double x[], size_t n, double tolerance, double work[], double score[]);
/* Hidiroglou and Berthelot, of x against b: E - E_M in units of d1 (below) or d3
 * (above).  `a` is the A of d = max(E_M - E_Q1, |A E_M|), and d itself is at least
 * a when E_M is 0.  gap_pct[i] is 100 (x/b - its median).  Pairs that are not both
 * above 0 are not judged and no part of the set, nor are those with x = b when they
 * are half of the set or more.  Usual threshold 20, with U = 0.5 and a = 0.05.
 * `work` holds 2 n numbers. */
void tb_screen_hb(const double x[], const double b[], size_t n, double a, double work[],
                  double score[], double gap_pct[]);

/* --- along one series: n points in the order of time, n scores --- */

/* Hampel: (x - median of the window) / (1.4826 MAD of the window), the window of
 * 7 points around the one judged, cut off at the ends.  Usual threshold 3. */
void tb_screen_hampel(const double x[], size_t n, double tolerance, double score[]);

struct tb_season {
    enum tb_freq freq;
    bool joint;            /* no January: February's figure is of both months */
    const int32_t *period; /* [n] index in freq of each point, ascending */
};

/* Residual of ln x on trend, season and the share of the Spring Festival that falls
 * in the month, in robust standard deviations (1.4826 MAD).  Numbers not above 0
 * are left out of the fit and not judged; five years are needed, and more points
 * than coefficients by eight.  tolerance is in percent of the fitted number.  Usual
 * threshold 3.5.  False when memory is out. */
bool tb_screen_seasonal(const double x[], size_t n, const struct tb_season *season,
                        double tolerance, double score[]);
/* 3, 4 or 8 (or their negatives) where x is that power of ten off its own past, else
 * 0: it stands two powers or more from the median of the twelve points before, and
 * without the power it is within half of one of the same period a year earlier
 * (without such, within 0.9 of the median).  The past is counted as corrected;
 * past points that differ by more than a power of ten among themselves judge nothing.
 * `work` holds n numbers. */
void tb_screen_scale(const double x[], size_t n, const struct tb_season *season, double work[],
                     double score[]);
/* How many points before are the same number, without a break.  Not judged: 0, and a
 * series that repeats by chance because it usually (in the median) moves by fewer than
 * 20 units of its last digit, or has fewer than eight points.  `work` holds n numbers. */
void tb_screen_stale(const int64_t x[], size_t n, double work[], double score[]);
/* Last digits of the points up to each, at most 120: p_value[i] that they are
 * uniform (chi-square, 9 degrees of freedom) and the percentage of them that are 0
 * or 5.  Zeros at the end of all of them are no digits; numbers below 100 without
 * those are left out. */
void tb_screen_heaping(const int64_t x[], size_t n, double p_value[], double round_pct[]);

/* --- the Spring Festival --- */

/* First day of the year in the Chinese calendar; false outside 1990 to 2050. */
bool tb_spring_festival(int year, tb_day *day);
/* Shares of the window before (5 days) and after (20 days from the day itself) that
 * fall in [first, last]; false when no table is there for a year of these days. */
bool tb_spring_festival_share(tb_day first, tb_day last, double *before, double *after);

#endif
