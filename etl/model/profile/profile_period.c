/* profile_period.c - which periods a profile and its indicators speak of. */
#include "tongbao/profile.h"

#include <string.h>

bool tb_profile_period(const struct tb_profile *profile, const char *text, struct tb_period *out)
{
    struct tb_period_read read;

    if (!tb_period_parse(text, strlen(text), &read) ||
        (read.period.freq == TB_FREQ_WEEK && profile->set.frequency != TB_FREQ_WEEK))
        return false;
    *out = tb_period_within(read.period, profile->set.frequency);
    return tb_period_last_day(*out) == tb_period_last_day(read.period);
}

bool tb_indicator_expected(const struct tb_indicator *indicator, struct tb_period period)
{
    return !(indicator->joint_jan_feb && period.freq == TB_FREQ_MONTH &&
             tb_period_in_year(period, 1) == 1);
}

struct tb_period tb_indicator_previous(const struct tb_indicator *indicator,
                                       struct tb_period period)
{
    do
        period.index--;
    while (!tb_indicator_expected(indicator, period));
    return period;
}
