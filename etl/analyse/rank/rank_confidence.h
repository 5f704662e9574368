/* rank_confidence.h - how sure the places of a period are (methods note, section 8).
 *
 * Informational only: no place changes.  Numbers are drawn from each unit's own revisions
 * (gsl_ran_sample), weights of the composite from a Dirichlet distribution around the
 * profile's (gsl_ran_dirichlet), with gsl_rng_mt19937 and a seed that follows from period,
 * indicator and group, so that neither threads nor other indicators are of any account.
 */
#ifndef TONGBAO_ANALYSE_RANK_CONFIDENCE_H
#define TONGBAO_ANALYSE_RANK_CONFIDENCE_H

#include "analyse/measure/measures.h"

/* Most numbers drawn for one indicator, and most steps for one composite (about a third of a
 * second): larger groups are drawn fewer times than mc_runs.  Groups above TB_MOST_RANKED units
 * are not drawn at all: places are counted in a table of their number squared. */
enum { TB_MOST_DRAWN = 2000000, TB_MOST_STEPS = 200000000, TB_MOST_RANKED = 4000 };

/* rank_confidence.csv of `period`, for the leading headlines and the composite of the groups of
 * the profile's subject and children; `revisions` is process/revisions.csv.  Only the head where
 * mc_runs is 0. */
int tb_rank_confidence_write(const struct tb_measures *ms, const char *revisions,
                             const char *folder, struct tb_period period, size_t threads,
                             struct tb_error *err);

#endif
