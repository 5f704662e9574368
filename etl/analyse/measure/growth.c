/* growth.c - rates of growth by the cascade of methods. */
#include "analyse/measure/growth.h"

#include <string.h>

#include "analyse/measure/past.h"
#include "tongbao/change.h"
#include "tongbao/profile.h"

bool tb_growth_of(struct tb_rational x, struct tb_rational b, struct tb_rational *out)
{
    tb_int128 num, den;

    if (b.num <= 0 || x.num < 0)
        return false;
    if (x.den == b.den) { /* the usual case: two cells of one plane */
        num = (tb_int128)100 * ((tb_int128)x.num - b.num);
        den = b.num;
        if (num <= INT64_MAX && num >= INT64_MIN) {
            *out = (struct tb_rational){ (int64_t)num, (int64_t)den };
            return true;
        }
        return tb_rational_make(num, den, out);
    }
    return tb_rational_div(x, b, out) && tb_rational_sub(*out, tb_rational_int(1), out) &&
           tb_rational_mul(*out, tb_rational_int(100), out);
}

bool tb_growth_implied_base(struct tb_rational x, struct tb_rational g, int32_t scale,
                            struct tb_rational *out)
{
    struct tb_rational factor, base;
    struct tb_decimal rounded;

    if (!tb_rational_add(g, tb_rational_int(100), &factor) || factor.num <= 0 ||
        !tb_rational_div(x, factor, &base) || !tb_rational_mul(base, tb_rational_int(100), &base))
        return false;
    scale = scale + 4 > TB_DECIMAL_SCALE_MAX ? TB_DECIMAL_SCALE_MAX : scale + 4;
    if (!tb_rational_round(base, scale, TB_ROUND_HALF_UP, &rounded))
        return false;
    return tb_rational_from_decimal(rounded, out);
}

/* What belongs to growth of the single period, or of the cumulated value. */
struct kin {
    enum tb_measure rate, level, base, twin, twin_base;
};

static struct kin kin_of(enum tb_measure measure)
{
    if (measure == TB_MEASURE_YTD_GROWTH)
        return (struct kin){ measure, TB_MEASURE_YTD, TB_MEASURE_YTD_BASE, TB_MEASURE_GROWTH,
                             TB_MEASURE_BASE };
    return (struct kin){ measure, TB_MEASURE_VALUE, TB_MEASURE_BASE, TB_MEASURE_YTD_GROWTH,
                         TB_MEASURE_YTD_BASE };
}

/* An index that says what it compares with (上年同月=100) is a growth already;
 * one with a fixed base (2010=100) grows like any level. */
static bool index_on(const struct tb_indicator *indicator, const char *zh, const char *en)
{
    return indicator->uom.kind == TB_UOM_INDEX &&
           (strstr(indicator->unit_measure, zh) || strstr(indicator->unit_measure, en));
}

/* A percentage change of percentages, of a grade or of a milestone misleads. */
static bool level_can_grow(const struct tb_indicator *indicator)
{
    return indicator->uom.kind != TB_UOM_PERCENT && indicator->kind != TB_KIND_GRADE &&
           indicator->kind != TB_KIND_MILESTONE;
}

bool tb_growth_from_levels(const struct tb_indicator *indicator, enum tb_measure rate)
{
    if (!level_can_grow(indicator))
        return false;
    if (rate == TB_MEASURE_MOM)
        return !index_on(indicator, "上月", "previous month");
    return !index_on(indicator, "上年", "previous year") && tb_indicator_level_grows(indicator);
}

bool tb_growth_first_of_year(const struct tb_measures *ms, const struct tb_indicator *indicator,
                             struct tb_period period)
{
    struct tb_period start = tb_period_year_start(period, ms->profile->set.year_start);

    if (!tb_indicator_expected(indicator, start))
        start.index++;
    return indicator->kind == TB_KIND_FLOW && start.index == period.index;
}

static struct tb_measured published(const struct tb_measures *ms, const struct kin *kin,
                                    size_t indicator, size_t unit, struct tb_period period)
{
    struct tb_measured rate = tb_measures_cell(ms, kin->rate, indicator, unit, period);

    if (rate.status == TB_STATUS_NONE &&
        tb_growth_first_of_year(ms, &ms->profile->indicators[indicator], period)) {
        rate = tb_measures_cell(ms, kin->twin, indicator, unit, period);
    }
    return rate;
}

/* What a level is compared with, and how that was had. */
struct base {
    struct tb_measured level;
    uint8_t method;
    bool bridged; /* it is of other units or of another base year, or was supplied for a break */
};

/* The base that was submitted; of the first period of the year either one. */
static struct tb_measured submitted_base(const struct tb_measures *ms, const struct kin *kin,
                                         size_t indicator, size_t unit, struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct tb_measured base = tb_measures_cell(ms, kin->base, indicator, unit, period);

    if (base.status == TB_STATUS_NONE && tb_growth_first_of_year(ms, ind, period))
        base = tb_measures_cell(ms, kin->twin_base, indicator, unit, period);
    return base;
}

/* Whether the unit is not what it was a year before. */
static bool scope_changed(const struct tb_measures *ms, size_t unit, struct tb_period period)
{
    return ms->profile->units[unit].changed &&
           tb_scope_changes(ms->profile, unit, tb_period_last_day(tb_measures_last_year(period)),
                            tb_period_last_day(period));
}

static struct base base_of(const struct tb_measures *ms, const struct kin *kin, size_t indicator,
                           size_t unit, struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct base base = { .method = TB_GROWTH_COMPARABLE };

    if (ind->growth != TB_BASIS_COMPUTED) {
        base.level = submitted_base(ms, kin, indicator, unit, period);
        base.bridged = scope_changed(ms, unit, period);
        if (base.level.known == TB_KNOWN)
            return base;
    }
    struct tb_past past =
        tb_past_level(ms, kin->level, indicator, unit, period, tb_measures_last_year(period));
    /* Across a break only what was supplied as comparable may stand for the past. */
    if (past.broken != TB_PAST_WHOLE && ind->growth == TB_BASIS_COMPUTED) {
        base.level = submitted_base(ms, kin, indicator, unit, period);
        base.bridged = true;
        if (base.level.known == TB_KNOWN)
            return base;
    }
    return (struct base){ past.level, TB_GROWTH_COMPUTED, past.bridged };
}

/* Growth on a base below min_base is printed but not ranked. */
static void mark_small_base(const struct tb_indicator *indicator, const struct tb_measured *base,
                            struct tb_measured *rate)
{
    struct tb_rational least;

    rate->unranked |= indicator->has_min_base && base->known == TB_KNOWN &&
                      tb_rational_from_decimal(indicator->min_base, &least) &&
                      tb_rational_cmp(base->number, least) < 0;
}

/* A rate over a change of scope or base says so: B, unless it says more already. */
static void mark_break(struct tb_measured *rate, bool bridged)
{
    if (bridged && rate->known == TB_KNOWN && (rate->status & TB_STATUS_MASK) == TB_STATUS_A)
        rate->status = (uint8_t)((rate->status & ~TB_STATUS_MASK) | TB_STATUS_B);
}

/* The rate from two levels, or why there is none. */
static struct tb_measured rate_of(const struct tb_indicator *indicator, struct tb_measured x,
                                  const struct tb_measured *b, uint8_t method)
{
    if (x.known != TB_KNOWN)
        return x;
    if (b->known != TB_KNOWN)
        return tb_measured_unknown((enum tb_known)b->known, x.status);
    if (!level_can_grow(indicator) || !tb_growth_of(x.number, b->number, &x.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, x.status);
    x.provisional |= b->provisional;
    x.unranked |= b->unranked;
    x.status |= method;
    return x;
}

struct tb_measured tb_growth_rate(const struct tb_measures *ms, enum tb_measure measure,
                                  size_t indicator, size_t unit, struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct kin kin = kin_of(measure);
    struct tb_measured rate, x;
    struct base b;

    if (ind->growth == TB_BASIS_PUBLISHED) {
        rate = published(ms, &kin, indicator, unit, period);
        if (rate.known == TB_KNOWN) {
            if (ind->has_min_base) {
                b = base_of(ms, &kin, indicator, unit, period);
                mark_small_base(ind, &b.level, &rate);
            }
            mark_break(&rate, scope_changed(ms, unit, period));
            rate.status |= TB_GROWTH_PUBLISHED;
            return rate;
        }
        if (rate.status == TB_STATUS_O) /* held or withheld: nothing may stand in for it */
            return rate;
    }
    x = tb_measures_level(ms, kin.level, indicator, unit, period);
    if (index_on(ind, "上年", "previous year")) {
        if (x.known == TB_KNOWN && !tb_rational_sub(x.number, tb_rational_int(100), &x.number))
            return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, x.status);
        x.status |= x.known == TB_KNOWN ? TB_GROWTH_COMPUTED : 0;
        return x;
    }
    if (!tb_indicator_level_grows(ind))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, x.status);
    b = base_of(ms, &kin, indicator, unit, period);
    rate = rate_of(ind, x, &b.level, b.method);
    mark_break(&rate, b.bridged);
    mark_small_base(ind, &b.level, &rate);
    return rate;
}

bool tb_growth_sides(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                     size_t unit, struct tb_period period, struct tb_measured *x,
                     struct tb_measured *b)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct kin kin = kin_of(measure);
    struct tb_measured rate, given;

    *x = *b = tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_NONE);
    if (!tb_growth_from_levels(ind, measure))
        return false;
    *x = tb_measures_level(ms, kin.level, indicator, unit, period);
    if (ind->growth == TB_BASIS_PUBLISHED && x->known == TB_KNOWN) {
        rate = published(ms, &kin, indicator, unit, period);
        given = tb_measures_cell(ms, kin.base, indicator, unit, period);
        if (rate.known == TB_KNOWN && given.known != TB_KNOWN) {
            *b = rate;
            if (!tb_growth_implied_base(x->number, rate.number, ind->decimals, &b->number))
                b->known = TB_UNKNOWN_NOT_COMPUTABLE;
            return b->known == TB_KNOWN;
        }
    }
    *b = base_of(ms, &kin, indicator, unit, period).level;
    return x->known == TB_KNOWN && b->known == TB_KNOWN;
}

bool tb_growth_joint_in_mom(const struct tb_indicator *indicator, struct tb_period period)
{
    struct tb_period one = { period.freq, period.index - 1 };
    struct tb_period two = { period.freq, period.index - 2 };

    return (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_COUNT) &&
           (!tb_indicator_expected(indicator, one) || !tb_indicator_expected(indicator, two));
}

static bool mom_sides(const struct tb_measures *ms, size_t indicator, size_t unit,
                      struct tb_period period, struct tb_measured *x, struct tb_measured *b,
                      bool *bridged)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct tb_past past = tb_past_level(ms, TB_MEASURE_VALUE, indicator, unit, period,
                                        tb_indicator_previous(ind, period));

    *x = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, period);
    *b = past.level;
    *bridged = past.bridged;
    if (x->known != TB_KNOWN || b->known != TB_KNOWN)
        return false;
    if (tb_growth_joint_in_mom(ind, period))
        x->known = b->known = TB_UNKNOWN_NOT_COMPUTABLE;
    return x->known == TB_KNOWN;
}

bool tb_growth_mom_sides(const struct tb_measures *ms, size_t indicator, size_t unit,
                         struct tb_period period, struct tb_measured *x, struct tb_measured *b)
{
    bool bridged;

    return mom_sides(ms, indicator, unit, period, x, b, &bridged);
}

struct tb_measured tb_growth_mom(const struct tb_measures *ms, size_t indicator, size_t unit,
                                 struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct tb_measured rate = tb_measures_cell(ms, TB_MEASURE_MOM, indicator, unit, period);
    struct tb_measured x, b;
    bool bridged;

    if (rate.known == TB_KNOWN || rate.status == TB_STATUS_O)
        return rate;
    (void)mom_sides(ms, indicator, unit, period, &x, &b, &bridged);
    if (x.known != TB_KNOWN)
        return x;
    if (index_on(ind, "上月", "previous month")) {
        if (!tb_rational_sub(x.number, tb_rational_int(100), &x.number))
            return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, x.status);
        return x;
    }
    /* The status has no method bits: they belong to growth on the year before. */
    rate = rate_of(ind, x, &b, 0);
    mark_break(&rate, bridged);
    return rate;
}

struct tb_measured tb_growth_change(const struct tb_measures *ms, size_t indicator, size_t unit,
                                    struct tb_period period)
{
    struct tb_measured x = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, period);
    struct tb_past past = tb_past_level(ms, TB_MEASURE_VALUE, indicator, unit, period,
                                        tb_measures_last_year(period));

    if (x.known != TB_KNOWN)
        return x;
    if (past.level.known != TB_KNOWN)
        return tb_measured_unknown((enum tb_known)past.level.known, x.status);
    if (!tb_rational_sub(x.number, past.level.number, &x.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, x.status);
    x.provisional |= past.level.provisional;
    x.unranked |= past.level.unranked;
    mark_break(&x, past.bridged);
    return x;
}
