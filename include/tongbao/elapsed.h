/* elapsed.h - how much of a span of time is gone, as the profile counts it
 * (methods note, section 6: time progress).
 *
 * months: whole periods.  days: civil days, so that a year's last day is 1 in
 * leap years too.  milestones: the stated shares of the year, a straight line
 * between two of them, from 0 before the year to 1 at its end; of a part of the
 * year its own part of that.  profile: the mean share that past years had done,
 * which only analyse knows; without a past year it is counted by months.
 */
#ifndef TONGBAO_ELAPSED_H
#define TONGBAO_ELAPSED_H

#include <stdbool.h>
#include "tongbao/decimal.h"
#include "tongbao/period.h"
#include "tongbao/rational.h"

struct tb_settings;

enum tb_progress_by {
    TB_PROGRESS_MONTHS,
    TB_PROGRESS_DAYS,
    TB_PROGRESS_MILESTONES,
    TB_PROGRESS_PROFILE,
};

/* By the end of a month of the profile's year this percentage is to be done. */
struct tb_milestone {
    int month; /* 1..12 of the year that begins with year_start */
    struct tb_decimal percent;
};

/* The share of from .. to (both with) that is gone at the end of `at`: from 0 to
 * 1.  All of one frequency.  False where the fraction does not fit, or milestones
 * ask for nothing in that span. */
bool tb_elapsed(const struct tb_settings *set, struct tb_period from, struct tb_period to,
                struct tb_period at, struct tb_rational *out);

#endif
