/* estimate.c - which decision of estimates.csv speaks of a cell. */
#include "tongbao/estimate.h"

const char *tb_estimate_method_name(enum tb_estimate_method method)
{
    static const char *const names[TB_N_ESTIMATE_METHODS] = { "carry", "group_growth", "linear" };

    return method < TB_N_ESTIMATE_METHODS ? names[method] : "";
}

bool tb_estimate_allows(const struct tb_estimate *estimate, size_t unit, size_t indicator,
                        struct tb_period period)
{
    return estimate->units[unit] && estimate->indicators[indicator] &&
           tb_period_first_day(period) >= estimate->first &&
           tb_period_last_day(period) <= estimate->last;
}
