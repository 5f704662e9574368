/* waiver.c - what a unit need not report. */
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

static bool lies_within(const struct tb_waiver *waiver, struct tb_period period)
{
    tb_day first = tb_period_first_day(period), last = tb_period_last_day(period);

    return first != TB_DAY_NONE && last != TB_DAY_NONE && first >= waiver->first &&
           last <= waiver->last;
}

const struct tb_waiver *tb_waiver_find(const struct tb_profile *profile, size_t unit,
                                       size_t indicator, struct tb_period period)
{
    for (size_t i = 0; i < profile->n_waivers; i++) {
        const struct tb_waiver *waiver = &profile->waivers[i];
        if (waiver->units[unit] && waiver->indicators[indicator] && lies_within(waiver, period))
            return waiver;
    }
    return NULL;
}

/* The waiver that covers every indicator of the form's columns; the first one, when
 * several do it together. */
static const struct tb_waiver *covers_columns(const struct tb_profile *profile, size_t unit,
                                              const struct tb_form *form, struct tb_period period)
{
    const struct tb_waiver *first = NULL;

    for (size_t c = 0; c < form->n_columns; c++) {
        int32_t indicator = form->columns[c].indicator;
        if (indicator < 0)
            continue;
        const struct tb_waiver *waiver = tb_waiver_find(profile, unit, (size_t)indicator, period);
        if (!waiver)
            return NULL;
        first = first ? first : waiver;
    }
    return first;
}

const struct tb_waiver *tb_waiver_find_form(const struct tb_profile *profile, size_t unit,
                                            size_t form, struct tb_period period)
{
    for (size_t i = 0; i < profile->n_waivers; i++) {
        const struct tb_waiver *waiver = &profile->waivers[i];
        if (waiver->units[unit] && waiver->forms && waiver->forms[form] &&
            lies_within(waiver, period))
            return waiver;
    }
    return covers_columns(profile, unit, &profile->forms[form], period);
}

bool tb_profile_is_waived(const struct tb_profile *profile, size_t unit, size_t indicator,
                          struct tb_period period)
{
    return tb_waiver_find(profile, unit, indicator, period) != NULL;
}
