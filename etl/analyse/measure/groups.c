/* groups.c - the area's own figure, pooled figures, and the spread of a group. */
#include "analyse/measure/groups.h"

#include <math.h>
#include <stdlib.h>

#include "analyse/measure/growth.h"
#include "analyse/measure/growth_years.h"
#include "analyse/measure/rows.h"
#include "tongbao/profile.h"
#include "tongbao/rank.h"

struct tb_measured tb_groups_area(const struct tb_measures *ms, enum tb_measure measure,
                                  size_t indicator, size_t group, struct tb_period period)
{
    int32_t area = ms->profile->groups[group].area;

    if (area == TB_NONE)
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    return tb_measures_get(ms, measure, indicator, (size_t)area, period);
}

/* Two sums over units, whose quotient is the pooled figure. */
struct pool {
    struct tb_rational above, below;
    size_t n, n_open;
    bool provisional, overflow;
};

static void pour(struct pool *pool, const struct tb_measured *x, const struct tb_measured *b)
{
    if (x->known == TB_KNOWN)
        pool->overflow |= !tb_rational_add(pool->above, x->number, &pool->above);
    if (b->known == TB_KNOWN)
        pool->overflow |= !tb_rational_add(pool->below, b->number, &pool->below);
    pool->provisional |= x->provisional || b->provisional;
    pool->n += x->known == TB_KNOWN; /* bases alone are no current figure */
}

static bool ratio_sides(const struct tb_measures *ms, enum tb_measure level, size_t indicator,
                        size_t unit, struct tb_period period, struct tb_measured *x,
                        struct tb_measured *b)
{
    struct tb_measured parts;
    uint8_t known =
        tb_ratio_sides(ms, level, indicator, unit, period, &x->number, &b->number, &parts);

    x->provisional = b->provisional = parts.provisional;
    x->known = b->known = known;
    return known == TB_KNOWN;
}

/* The two sides of one unit for a measure; an amount has only one. */
static bool sides(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                  size_t unit, struct tb_period period, struct tb_measured *x,
                  struct tb_measured *b)
{
    bool ratio = tb_indicator_is_ratio(&ms->profile->indicators[indicator]);

    *x = *b = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    switch (measure) {
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
        return !ratio && tb_growth_sides(ms, measure, indicator, unit, period, x, b);
    case TB_MEASURE_MOM:
        return !ratio && tb_growth_mom_sides(ms, indicator, unit, period, x, b);
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
        if (ratio)
            return ratio_sides(ms, measure, indicator, unit, period, x, b);
        *x = tb_measures_level(ms, measure, indicator, unit, period);
        return x->known == TB_KNOWN; /* an amount has one side; the other adds nothing */
    default:
        return false;
    }
}

/* What a unit added in the year so far, month by month: of one that opened or
 * closed within the year, the part that there is. */
static struct tb_measured partial_ytd(const struct tb_measures *ms, size_t indicator, size_t unit,
                                      struct tb_period period)
{
    struct tb_period at = tb_period_year_start(period, ms->profile->set.year_start);
    struct tb_measured sum = tb_measures_level(ms, TB_MEASURE_YTD, indicator, unit, period);

    if (sum.known == TB_KNOWN) /* a month that is missing may be in it all the same */
        return sum;
    sum = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    for (; at.index <= period.index; at.index++) {
        struct tb_measured part = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, at);
        if (part.known != TB_KNOWN)
            continue;
        bool first = sum.known != TB_KNOWN;
        bool fits = first || tb_rational_add(sum.number, part.number, &part.number);
        if (!fits)
            return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_M);
        part.provisional |= sum.provisional;
        sum = part;
    }
    return sum;
}

/* pooled = all: the sides of a total published as it came in, openings and
 * closings included.  False for measures that have no such sides. */
static bool sides_of_all(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                         size_t unit, struct tb_period period, struct tb_measured *x,
                         struct tb_measured *b)
{
    struct tb_period then = tb_measures_last_year(period);
    bool year = measure == TB_MEASURE_YTD || measure == TB_MEASURE_YTD_GROWTH;

    *x = *b = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    if (ms->profile->indicators[indicator].kind != TB_KIND_FLOW || measure == TB_MEASURE_MOM)
        return false;
    *x = year ? partial_ytd(ms, indicator, unit, period)
              : tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, period);
    if (measure == TB_MEASURE_YTD_GROWTH)
        *b = partial_ytd(ms, indicator, unit, then);
    else if (measure == TB_MEASURE_GROWTH)
        *b = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, then);
    return x->known == TB_KNOWN || b->known == TB_KNOWN;
}

/* The same at one go where every unit is an ordinary one. */
static bool pool_plainly(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                         size_t group, size_t without, struct tb_period period, struct pool *pool)
{
    const struct tb_profile *profile = ms->profile;
    struct tb_row row;
    struct tb_row_sums sums;

    if (profile->set.pool_all || tb_indicator_is_ratio(&profile->indicators[indicator]))
        return false;
    tb_row_init(&row, ms, measure, indicator, period);
    if (!tb_row_add_up(&row, &profile->groups[group], without, &sums))
        return false;
    *pool = (struct pool){ sums.above, sums.below, sums.n, sums.n_open, sums.provisional, false };
    return true;
}

static void pool_members(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                         size_t group, size_t without, struct tb_period period, struct pool *pool)
{
    const struct tb_group *g = &ms->profile->groups[group];
    struct tb_measured x, b;

    *pool = (struct pool){ .above = { 0, 1 }, .below = { 0, 1 } };
    bool all = ms->profile->set.pool_all;
    for (size_t m = 0; m < g->n_members; m++) {
        size_t unit = g->member[m];
        if (unit == without)
            continue;
        if (all && sides_of_all(ms, measure, indicator, unit, period, &x, &b)) {
            pour(pool, &x, &b); /* also of a unit that is open no more: its base counts */
            continue;
        }
        if (!tb_unit_valid_in(&ms->profile->units[unit], period))
            continue;
        pool->n_open++;
        if (sides(ms, measure, indicator, unit, period, &x, &b))
            pour(pool, &x, &b);
    }
}

/* Whether sums over units mean something: not of rates, indices and grades. */
static bool additive(const struct tb_indicator *indicator)
{
    return (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_STOCK ||
            indicator->kind == TB_KIND_COUNT) &&
           indicator->uom.kind != TB_UOM_PERCENT && indicator->uom.kind != TB_UOM_INDEX;
}

static struct tb_measured finish(const struct tb_measures *ms, enum tb_measure measure,
                                 size_t indicator, const struct pool *pool)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    bool level = measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD;
    bool ratio = level && tb_indicator_is_ratio(ind);
    struct tb_measured out = { .known = TB_KNOWN,
                               .status = pool->provisional ? TB_STATUS_P : TB_STATUS_A,
                               .provisional = pool->provisional };
    bool fits = !pool->overflow;

    if (pool->n == 0 || (level && !ratio && !ms->profile->set.pool_all && pool->n < pool->n_open))
        return tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_L);
    if (pool->n < (size_t)(ms->profile->set.min_peers > 0 ? ms->profile->set.min_peers : 1))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_Q);
    if (ratio)
        fits = fits && tb_ratio_divide(ind, pool->above, pool->below, &out.number);
    else if (level)
        out.number = pool->above;
    else
        fits = fits && tb_growth_of(pool->above, pool->below, &out.number);
    return fits ? out : tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_M);
}

/* Points: the pooled rate less that of the year before. */
static struct tb_measured pooled_change(const struct tb_measures *ms, size_t indicator,
                                        size_t group, size_t without, struct tb_period period)
{
    struct tb_measured now =
        tb_groups_pooled_others(ms, TB_MEASURE_VALUE, indicator, group, without, period);
    struct tb_measured then = tb_groups_pooled_others(ms, TB_MEASURE_VALUE, indicator, group,
                                                      without, tb_measures_last_year(period));

    if (now.known != TB_KNOWN || then.known != TB_KNOWN)
        return now.known != TB_KNOWN ? now : then;
    now.provisional |= then.provisional;
    if (!tb_rational_sub(now.number, then.number, &now.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_M);
    return now;
}

/* Of the group as one: the mean of its growth in either year. */
static struct tb_measured pooled_years(const struct tb_measures *ms, enum tb_measure measure,
                                       size_t indicator, size_t group, size_t without,
                                       struct tb_period period)
{
    enum tb_measure rate = tb_growth_years_of(measure);
    struct tb_measured now =
        tb_groups_pooled_others(ms, rate, indicator, group, without, period);
    struct tb_measured before = tb_groups_pooled_others(ms, rate, indicator, group, without,
                                                        tb_measures_last_year(period));

    return tb_growth_years_join(&now, &before);
}

struct tb_measured tb_groups_pooled_others(const struct tb_measures *ms, enum tb_measure measure,
                                           size_t indicator, size_t group, size_t without,
                                           struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct pool pool;

    if (measure == TB_MEASURE_CHANGE)
        return pooled_change(ms, indicator, group, without, period);
    if (measure == TB_MEASURE_GROWTH_2Y || measure == TB_MEASURE_YTD_GROWTH_2Y)
        return pooled_years(ms, measure, indicator, group, without, period);
    /* A share of a ratio indicator is the ratio itself. */
    if (measure == TB_MEASURE_SHARE && tb_indicator_is_ratio(ind) &&
        ind->uom.kind == TB_UOM_PERCENT)
        measure = TB_MEASURE_VALUE;
    if (measure != TB_MEASURE_VALUE && measure != TB_MEASURE_YTD && measure != TB_MEASURE_GROWTH &&
        measure != TB_MEASURE_YTD_GROWTH && measure != TB_MEASURE_MOM)
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_M);
    if (!additive(ind) && !tb_indicator_is_ratio(ind))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_M);
    if (!pool_plainly(ms, measure, indicator, group, without, period, &pool))
        pool_members(ms, measure, indicator, group, without, period, &pool);
    return finish(ms, measure, indicator, &pool);
}

struct tb_measured tb_groups_pooled(const struct tb_measures *ms, enum tb_measure measure,
                                    size_t indicator, size_t group, struct tb_period period)
{
    return tb_groups_pooled_others(ms, measure, indicator, group, SIZE_MAX, period);
}

static int compare_int64(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

bool tb_groups_spread(int64_t printed[], double work[], size_t n, struct tb_spread *out)
{
    const int64_t largest = INT64_C(1) << 50; /* a quarter of it is still exact */
    tb_int128 sum = 0;

    *out = (struct tb_spread){ .n = n, .mean = { 0, 1 } };
    if (n == 0)
        return false;
    for (size_t i = 1; i < n; i++)
        if (printed[i - 1] > printed[i]) {
            qsort(printed, n, sizeof *printed, compare_int64);
            break;
        }
    out->least = printed[0];
    out->greatest = printed[n - 1];
    if (out->least < -largest || out->greatest > largest)
        return false;
    for (size_t i = 0; i < n; i++) {
        work[i] = (double)printed[i];
        sum += printed[i];
    }
    out->median = tb_quantile_sorted(work, n, 0.5);
    out->q1 = tb_quantile_sorted(work, n, 0.25);
    out->q3 = tb_quantile_sorted(work, n, 0.75);
    return tb_rational_make(sum, (tb_int128)n, &out->mean);
}

int64_t tb_groups_round(double value, enum tb_round_mode mode)
{
    double size = fabs(value);
    double whole = floor(size);
    double rest = size - whole;

    if (rest > 0.5 || (rest == 0.5 && (mode == TB_ROUND_HALF_UP || fmod(whole, 2) == 1)))
        whole += mode == TB_ROUND_DOWN ? 0 : 1;
    return (int64_t)(value < 0 ? -whole : whole);
}
