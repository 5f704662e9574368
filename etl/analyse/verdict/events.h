/* events.h - events.csv: the briefs, meetings and inspections that were due, held and
 * missing.
 *
 * An event (event.h) is due in each period of a target on it, for each unit of the target;
 * it is held when the rule is true for that period alone.  A submitted 0 is a missing
 * event; where nothing was submitted it is not known whether it was held: not reported,
 * or awaited until the deadline of its submission is over.
 *
 * Rows: every event whose period ended within that of the bulletin, and of the months
 * before in the same year those that are still missing or not reported.
 */
#ifndef TONGBAO_ANALYSE_EVENTS_H
#define TONGBAO_ANALYSE_EVENTS_H

#include "analyse/measure/measures.h"

/* Writes folder/events.csv. */
int tb_events_write(const struct tb_measures *ms, struct tb_period period, const char *folder,
                    size_t threads, struct tb_error *err);

#endif
