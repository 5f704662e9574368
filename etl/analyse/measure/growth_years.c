/* growth_years.c - the rates of two years as one. */
#include "analyse/measure/growth_years.h"

#include "analyse/measure/growth.h"
#include "tongbao/growth_average.h"

enum tb_measure tb_growth_years_of(enum tb_measure measure)
{
    return measure == TB_MEASURE_GROWTH_2Y ? TB_MEASURE_GROWTH : TB_MEASURE_YTD_GROWTH;
}

struct tb_measured tb_growth_years_join(const struct tb_measured *now,
                                        const struct tb_measured *before)
{
    const struct tb_rational rate[2] = { now->number, before->number };
    struct tb_measured mean = *now;
    uint8_t letter = now->status & TB_STATUS_MASK;

    if (now->known != TB_KNOWN)
        return *now;
    if (before->known != TB_KNOWN)
        return tb_measured_unknown((enum tb_known)before->known, letter);
    if (!tb_growth_average(rate, 2, &mean.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, letter);
    uint8_t method = now->status & TB_GROWTH_METHOD_MASK;
    if ((before->status & TB_GROWTH_METHOD_MASK) > method)
        method = before->status & TB_GROWTH_METHOD_MASK;
    if (letter == TB_STATUS_A && (before->status & TB_STATUS_MASK) == TB_STATUS_B)
        letter = TB_STATUS_B;
    mean.status = letter | method;
    mean.provisional |= before->provisional;
    mean.unranked |= before->unranked;
    return mean;
}

struct tb_measured tb_growth_years(const struct tb_measures *ms, enum tb_measure measure,
                                   size_t indicator, size_t unit, struct tb_period period)
{
    enum tb_measure rate = tb_growth_years_of(measure);
    struct tb_measured now = tb_growth_rate(ms, rate, indicator, unit, period);
    struct tb_measured before =
        tb_growth_rate(ms, rate, indicator, unit, tb_measures_last_year(period));

    return tb_growth_years_join(&now, &before);
}
