/* findings.h - computes findings.tbc: every measure, place and figure of a group
 * for every indicator and period, as printed.
 *
 * Indicators are independent: threads fill the planes of different indicators,
 * then the composite of different groups.  The same bytes on any number of threads.
 */
#ifndef TONGBAO_ANALYSE_FINDINGS_H
#define TONGBAO_ANALYSE_FINDINGS_H

#include <stddef.h>
#include "analyse/measure/measures.h"
#include "analyse/rank/ranks.h"

/* Writes the file at `path`. */
int tb_findings_make(const struct tb_measures *ms, const char *path, size_t threads,
                     struct tb_error *err);

/* Progress is cut; all else follows the profile. */
enum tb_round_mode tb_findings_round_mode(const struct tb_profile *profile,
                                          enum tb_measure measure);
/* True of points, which are the difference of two printed rates. */
bool tb_findings_of_printed(const struct tb_profile *profile, enum tb_measure measure,
                            size_t indicator);
/* The number as published: rounded once from the exact value.  Progress is cut,
 * not rounded; points are the difference of two printed rates.  False when
 * `exact` is not known or does not fit. */
bool tb_findings_printed(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                         size_t unit, struct tb_period period, const struct tb_measured *exact,
                         struct tb_decimal *out);

/* A row of a group for ranking: printed values, or full ones.  Growth on too
 * small a base has no place.  `row` has room for every member. */
void tb_findings_row(const struct tb_measures *ms, enum tb_measure of, size_t indicator,
                     size_t group, struct tb_period period, bool published,
                     struct tb_ranks_row *row);
/* The place that the upper level gave a unit in a group, of which it need not be
 * a listed member; false if none was given. */
bool tb_findings_given(const struct tb_measures *ms, size_t indicator, size_t group, size_t unit,
                       struct tb_period period, struct tb_standing *out);

#endif
