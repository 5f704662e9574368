/* round.h - the round that is run, and what came too late for it.
 *
 * Rows of deadlines.csv with late = next close a round (tb_deadline_closing): what
 * was received after that day is left out of the run of its period, whatever
 * periods it speaks of, and is there in the next.  edits.csv is not bound by it.
 */
#ifndef TONGBAO_PROCESS_ROUND_H
#define TONGBAO_PROCESS_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_error;
struct tb_observation;
struct tb_profile;
struct tb_source;

struct tb_round {
    const struct tb_profile *profile; /* borrowed */
    struct tb_period period;          /* of the run, in the profile's frequency */
    /* [(form + 1) * n_indicators + indicator]: the closing day, TB_DAY_NONE: none.
     * NULL: nothing closes. */
    tb_day *closing;
};

/* What closes the run of `period`.  -1 with *err filled. */
int tb_round_open(struct tb_round *round, const struct tb_profile *profile,
                  struct tb_period period, struct tb_error *err);
void tb_round_close(struct tb_round *round);
/* The day on which the round of the row closed before the source came; TB_DAY_NONE: in time. */
tb_day tb_round_closed(const struct tb_round *round, const struct tb_source *source,
                       const struct tb_observation *row);
/* Whether the row speaks of a period that ends after the run's. */
bool tb_round_is_ahead(const struct tb_round *round, const struct tb_observation *row);

#endif
