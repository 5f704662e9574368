/* normalise.h - numbers of the units of a group into points of the composite score.
 *
 * Methods note, section 7 (OECD/JRC, Handbook on Constructing Composite Indicators,
 * 2008, chapter 5).  Direction first: more points are always better.  Points run from
 * 0 to 100, but for z-scores, which are as they are.  They are exact fractions; z-scores
 * have a square root in them and are taken to nine digits.  Arrays have n members, belong
 * to the caller and are filled whole; has[m] false is a member without a number.
 */
#ifndef TONGBAO_ANALYSE_NORMALISE_H
#define TONGBAO_ANALYSE_NORMALISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/rational.h"

/* What is to be said of points. */
enum tb_point_note {
    TB_POINT_PLAIN,
    TB_POINT_ZERO_RANGE, /* all numbers are the same: 50 points, z 0 */
    TB_POINT_CLIPPED,    /* beyond a goalpost: 0 or 100 */
    TB_POINT_CAPPED,     /* completion above the cap */
    TB_POINT_MISSING,    /* no number: left out, the other weights grow */
    TB_POINT_AS_ZERO,    /* no number: 0 points (missing_indicator = zero) */
    TB_POINT_NO_POSTS,   /* no goalposts are given, nor can be had from last year */
    TB_POINT_NOTHING,    /* nothing is counted yet: 0 points (zero_score) */
    TB_POINT_TOO_LARGE,  /* the exact number does not fit */
};

struct tb_point {
    struct tb_rational points; /* meaningful when has */
    bool has;
    uint8_t note; /* enum tb_point_note */
};

/* "zero_range"; "" for plain points. */
const char *tb_point_note_name(enum tb_point_note note);

/* 100 (N - place) / (N - 1) where N is `scale`, the place of the last; place 0: none.
 * 50 where nobody is ahead. */
void tb_normalise_rank(const uint32_t place[], size_t n, uint32_t scale, struct tb_point out[]);
/* 100 (x - min) / (max - min) over the members. */
void tb_normalise_minmax(const struct tb_rational value[], const bool has[], size_t n, bool lower,
                         struct tb_point out[]);
/* 100 (x - low) / (high - low), not below 0 nor above 100. */
void tb_normalise_goalposts(const struct tb_rational value[], const bool has[], size_t n,
                            const struct tb_rational post[2], bool lower, struct tb_point out[]);
/* (x - mean) / sd with the standard deviation of a sample (n - 1, GSL); 0 where it is
 * 0 or there is one value alone.  `work` has room for n.  Independent of the order of members. */
void tb_normalise_zscore(const struct tb_rational value[], const bool has[], size_t n, bool lower,
                         double work[], struct tb_point out[]);
/* The percentage of the task that is done, at most `cap`. */
void tb_normalise_completion(const struct tb_rational value[], const bool has[], size_t n,
                             struct tb_rational cap, struct tb_point out[]);

#endif
