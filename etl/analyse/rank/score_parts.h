/* score_parts.h - what each indicator gave to a score, and to its change since the period
 * before and to the places gained by it.
 *
 * As printed: the parts and the remainder of rounding add up to the printed total, exactly.
 * Of an arithmetic mean a part is share times points.  Of a geometric one only changes have
 * parts: share times ln points, times the logarithmic mean of the two scores (Ang, LMDI I),
 * which leaves no residual.  A place gained on one rival is divided as the change of the
 * distance to that rival is: parts in points, over the whole of it.
 */
#ifndef TONGBAO_ANALYSE_SCORE_PARTS_H
#define TONGBAO_ANALYSE_SCORE_PARTS_H

#include "analyse/measure/measures.h"

/* score_parts.csv of `period`, for the groups of the profile's subject and children.  Needs the
 * findings. */
int tb_score_parts_write(const struct tb_measures *ms, const char *folder,
                         struct tb_period period, struct tb_error *err);

#endif
