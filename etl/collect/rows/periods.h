/* periods.h - the periods that the figures of a submission are of, for its receipt: each
 * of them where they are few, else the first and the last of each frequency.
 */
#ifndef TONGBAO_COLLECT_PERIODS_H
#define TONGBAO_COLLECT_PERIODS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/period.h"

struct tb_buf;

enum { TB_PERIODS_LISTED = 4 };

/* Empty when it is zeroed.  Invariant: first[f] <= last[f] where has[f]; met[] are the
 * first n_met different periods, in the order in which they were met. */
struct tb_periods {
    bool has[TB_N_FREQS];
    int32_t first[TB_N_FREQS], last[TB_N_FREQS];
    struct tb_period met[TB_PERIODS_LISTED];
    size_t n_met;
    bool more; /* there are others than met */
};

void tb_periods_add(struct tb_periods *periods, struct tb_period period);
/* The latest of all frequencies; of two that end together the finer: June before the
 * half-year.  False: there is none. */
bool tb_periods_latest(const struct tb_periods *periods, struct tb_period *out);
/* "2023年4月、2023年5月", "January 2023 to May 2023"; a list is in the order of time. */
void tb_periods_put(const struct tb_periods *periods, bool in_chinese, struct tb_buf *out);
/* As the store keeps it: "M 24270 24270,Q 8090 8090," of those that were met; "+M 24270 24281,"
 * from first to last where there are more.  What is read says the same in tb_periods_put. */
void tb_periods_write(const struct tb_periods *periods, struct tb_buf *out);
/* False: it was not written so. */
bool tb_periods_read(const char *text, struct tb_periods *out);

#endif
