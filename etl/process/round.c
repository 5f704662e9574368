/* round.c - when the round that is run closed, for each form and indicator. */
#include "process/round.h"

#include <stdlib.h>

#include "process/sources.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/observation.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

int tb_round_open(struct tb_round *round, const struct tb_profile *profile,
                  struct tb_period period, struct tb_error *err)
{
    size_t n = 0;

    *round = (struct tb_round){ .profile = profile, .period = period };
    if (!tb_profile_closes_rounds(profile))
        return 0;
    if (tb_size_mul(profile->n_forms + 1, profile->n_indicators, &n))
        round->closing = calloc(n ? n : 1, sizeof *round->closing);
    if (!round->closing)
        return tb_error_set(err, "out of memory for the days that close rounds");
    for (size_t i = 0; i < n; i++) {
        int32_t form = (int32_t)(i / profile->n_indicators) - 1;
        size_t indicator = i % profile->n_indicators;
        round->closing[i] =
            tb_deadline_closing(profile, form < 0 ? TB_NONE : form, (int32_t)indicator,
                                profile->indicators[indicator].frequency, period);
    }
    return 0;
}

void tb_round_close(struct tb_round *round)
{
    free(round->closing);
    *round = (struct tb_round){ 0 };
}

tb_day tb_round_closed(const struct tb_round *round, const struct tb_source *source,
                       const struct tb_observation *row)
{
    if (!round->closing || !source->segment)
        return TB_DAY_NONE;
    size_t form = source->form < 0 ? 0 : (size_t)source->form + 1;
    tb_day day = round->closing[form * round->profile->n_indicators + row->indicator];
    return day != TB_DAY_NONE && source->received_day > day ? day : TB_DAY_NONE;
}

bool tb_round_is_ahead(const struct tb_round *round, const struct tb_observation *row)
{
    struct tb_period period = { round->profile->indicators[row->indicator].frequency, row->period };

    return tb_period_last_day(period) > tb_period_last_day(round->period);
}
