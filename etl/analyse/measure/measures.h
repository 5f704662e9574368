/* measures.h - the exact number behind every measure of a unit, from the cube.
 *
 * One question, one answer: what is this measure of this indicator for this unit
 * in this period?  Values stay exact fractions; nothing is rounded here.  What
 * is not known says why (enum tb_known of rule.h), and never reads as zero.
 * Everything is read-only after tb_measures_init, so threads share it.
 */
#ifndef TONGBAO_ANALYSE_MEASURES_H
#define TONGBAO_ANALYSE_MEASURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/cube.h"
#include "tongbao/date.h"
#include "tongbao/period.h"
#include "tongbao/ratio.h"
#include "tongbao/rational.h"
#include "tongbao/rule.h"

struct tb_error;
struct tb_indicator;
struct tb_profile;

enum { TB_ALL_INDICATORS = 0xffff }; /* planes of the composite stand under this row */

/* The planes of one indicator in the cube. */
struct tb_indicator_planes {
    const struct tb_plane *measure[TB_N_MEASURES]; /* NULL: never submitted nor derived */
    const struct tb_plane **given;                 /* [n_groups] given ranks; or NULL */
    int32_t first;                                 /* period index of the first row */
    uint32_t n_periods;                            /* 0: nothing is known of the indicator */
    uint8_t *broken[2]; /* [n_units] 1: some value, some ytd of it has the status B; NULL: none has */
};

struct tb_measures {
    const struct tb_profile *profile;
    const struct tb_cube *findings;     /* for score and lagging; NULL until they are computed */
    struct tb_indicator_planes *planes; /* [n_indicators] */
    const struct tb_plane **given;      /* [n_indicators * n_groups], what planes[].given share */
    tb_day today; /* the last day of which anything is known: of --as-of, of an arrival or a mark */
    tb_day *since; /* [n_units] the day from which a unit is there and never changes; INT32_MAX: none */
    tb_day as_of; /* quotas approved later do not count; TB_DAY_NONE: all do */
};

/* One number of one unit. */
struct tb_measured {
    struct tb_rational number; /* meaningful when known == TB_KNOWN */
    uint8_t known;             /* enum tb_known */
    uint8_t status;            /* letter of the current value, and of growth the method bits */
    bool provisional;          /* it, or what it was computed from, may still change */
    bool unranked;             /* its base is below min_base, or it was imputed: printed, not ranked */
};

/* Indexes the planes of `cube`, which must outlive *ms.  -1 when memory is out. */
int tb_measures_init(struct tb_measures *ms, const struct tb_profile *profile,
                     const struct tb_cube *cube, struct tb_error *err);
void tb_measures_release(struct tb_measures *ms);

/* Any measure that is per unit, without a group. */
struct tb_measured tb_measures_get(const struct tb_measures *ms, enum tb_measure measure,
                                   size_t indicator, size_t unit, struct tb_period period);
/* What was submitted (or derived by process) for it, untouched. */
struct tb_measured tb_measures_cell(const struct tb_measures *ms, enum tb_measure measure,
                                    size_t indicator, size_t unit, struct tb_period period);
/* The level: value or ytd, as a cell or as a quotient of sums for ratio formulas. */
struct tb_measured tb_measures_level(const struct tb_measures *ms, enum tb_measure measure,
                                     size_t indicator, size_t unit, struct tb_period period);
/* A number read from the findings planes of a group: score, lagging. */
struct tb_measured tb_measures_finding(const struct tb_measures *ms, enum tb_measure measure,
                                       size_t group, size_t unit, struct tb_period period);
/* The place that the upper level gave the unit in the group. */
struct tb_measured tb_measures_given_rank(const struct tb_measures *ms, size_t indicator,
                                          size_t group, size_t unit, struct tb_period period);

/* --- ratio formulas (ratio.c) --- */

/* The two sums of a ratio in basic units of measure, so that sums over units
 * can be divided too.  An enum tb_known; *status and *provisional join the parts'. */
uint8_t tb_ratio_sides(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                       size_t unit, struct tb_period period, struct tb_rational *numerator,
                       struct tb_rational *denominator, struct tb_measured *parts);

/* --- what indicators have in common --- */

/* The same period of the year before. */
struct tb_period tb_measures_last_year(struct tb_period period);
/* A number that is absent, for that reason. */
struct tb_measured tb_measured_unknown(enum tb_known why, uint8_t status);
/* True when smaller is better: the direction, and places of grades. */
bool tb_indicator_lower_is_better(const struct tb_indicator *indicator);
/* Digits after the point that the measure is published with. */
int32_t tb_measures_decimals(const struct tb_profile *profile, size_t indicator,
                             enum tb_measure measure);

#endif
