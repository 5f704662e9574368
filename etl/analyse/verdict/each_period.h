/* each_period.h - targets on indicators that are finer than the bulletin: a brief in every
 * ten days, a meeting in every week.  Each period that ended within the bulletin's is
 * judged on its own; the target is met when all are.
 *
 * Not so are rules on what gathers over time (ytd, total, done) or that are schedules
 * themselves: of these the last period says it all.
 */
#ifndef TONGBAO_ANALYSE_EACH_PERIOD_H
#define TONGBAO_ANALYSE_EACH_PERIOD_H

#include "analyse/verdict/targets.h"

/* Empty (n 0) where the target is judged by one period. */
struct tb_each {
    struct tb_evaluation *item; /* oldest first */
    size_t n;
};

/* Evaluates the periods of the target within the bulletin's, or, after its last period,
 * within the one in which it ended.  `now` is its evaluation for the bulletin. */
int tb_each_open(struct tb_each *each, const struct tb_evaluation *now, struct tb_error *err);
void tb_each_close(struct tb_each *each);
/* The evaluation that decides for the unit, the first of the gravest verdict, which goes to
 * *verdict; to `periods` "failed=2023-W02 2023-W03;no_data=2023-W05".  NULL: the unit
 * existed in none of the periods. */
const struct tb_evaluation *tb_each_decides(const struct tb_each *each, size_t unit,
                                            enum tb_judgement *verdict, struct tb_buf *periods);

/* The periods of frequency `freq` that end within `around`: *first and *last of them;
 * false where none does. */
bool tb_periods_ending_within(struct tb_period around, enum tb_freq freq, struct tb_period *first,
                              struct tb_period *last);

#endif
