/* estimate_method.c - one missing figure by carrying forward, by the growth of a
 * group, or on a line within the year; in exact fractions, rounded once. */
#include "process/estimate.h"

#include "process/work.h"
#include "tongbao/estimate.h"
#include "tongbao/profile.h"

const char *tb_estimate_why_name(enum tb_estimate_why why)
{
    static const char *const names[] = { "",          "no_base", "no_line",  "too_long",
                                         "few_peers", "falls",   "too_large", "broken" };

    return names[why];
}

bool tb_estimate_known(const struct tb_plane *plane, size_t cell)
{
    return cell != SIZE_MAX && tb_status_has_value(plane->status[cell]) &&
           !tb_plane_is_imputed(plane, cell);
}

static const struct tb_indicator *about(const struct tb_gap *gap)
{
    return &gap->work->profile->indicators[gap->plane->key.indicator];
}

static size_t cell_at(const struct tb_gap *gap, int32_t index)
{
    return tb_plane_cell(gap->plane, (struct tb_period){ gap->period.freq, index }, gap->unit);
}

/* The nearest known cell in the direction of `step`, within [from, to] of period
 * indices; the periods between that should have a figure are counted. */
static size_t nearest(const struct tb_gap *gap, int step, int32_t limit, int32_t *index,
                      int *n_between)
{
    for (int32_t at = gap->period.index + step; step < 0 ? at >= limit : at <= limit; at += step) {
        size_t cell = cell_at(gap, at);
        *index = at;
        if (cell == SIZE_MAX)
            return SIZE_MAX;
        if (tb_estimate_known(gap->plane, cell))
            return cell;
        *n_between +=
            tb_indicator_expected(about(gap), (struct tb_period){ gap->period.freq, at });
    }
    return SIZE_MAX;
}

static enum tb_estimate_why carry(struct tb_gap *gap)
{
    int32_t index;
    int n_between = 0;

    gap->base = nearest(gap, -1, gap->plane->first, &index, &n_between);
    if (gap->base == SIZE_MAX)
        return TB_ESTIMATE_NO_BASE;
    if (n_between + 1 > gap->rule->most)
        return TB_ESTIMATE_TOO_LONG;
    if (!tb_estimate_same_scope(gap, gap->unit, (struct tb_period){ gap->period.freq, index },
                                gap->period))
        return TB_ESTIMATE_BROKEN;
    gap->units = gap->plane->value[gap->base];
    return TB_ESTIMATE_MADE;
}

/* base + (next - base) * gone / all, rounded. */
static enum tb_estimate_why on_the_line(struct tb_gap *gap, int64_t base, int64_t next,
                                        int32_t gone, int32_t all)
{
    tb_int128 num = (tb_int128)base * (all - gone) + (tb_int128)next * gone;
    struct tb_rational exact;
    struct tb_decimal rounded;

    if (!tb_rational_make(num, all, &exact) ||
        !tb_rational_round(exact, 0, gap->work->profile->set.round_mode, &rounded))
        return TB_ESTIMATE_TOO_LARGE;
    gap->units = rounded.units;
    return TB_ESTIMATE_MADE;
}

/* Between two figures of one year; a cumulative flow begins the year with 0. */
static enum tb_estimate_why linear(struct tb_gap *gap)
{
    int year_start = gap->work->profile->set.year_start;
    int32_t start = tb_period_year_start(gap->period, year_start).index;
    int32_t end = tb_period_year_end(gap->period, year_start).index;
    int32_t before = start - 1, after = 0;
    int n_between = 1;
    bool from_zero = gap->plane->key.measure == TB_MEASURE_YTD;

    gap->base = nearest(gap, -1, start, &before, &n_between);
    gap->next = nearest(gap, 1, end, &after, &n_between);
    if (gap->next == SIZE_MAX || (gap->base == SIZE_MAX && !from_zero))
        return TB_ESTIMATE_NO_LINE;
    if (n_between > gap->rule->most)
        return TB_ESTIMATE_TOO_LONG;
    if (gap->base == SIZE_MAX)
        before = start - 1;
    if (!tb_estimate_same_scope(gap, gap->unit,
                                (struct tb_period){ gap->period.freq, before + (before < start) },
                                (struct tb_period){ gap->period.freq, after }))
        return TB_ESTIMATE_BROKEN;
    return on_the_line(gap, gap->base == SIZE_MAX ? 0 : gap->plane->value[gap->base],
                       gap->plane->value[gap->next], gap->period.index - before, after - before);
}

/* What the other members of the group had then and have now; those with both, in one
 * scope. */
static bool sum_group(struct tb_gap *gap, struct tb_period past, tb_int128 *now, tb_int128 *then)
{
    const struct tb_group *group = &gap->work->profile->groups[gap->rule->group];
    const struct tb_plane *plane = gap->plane;

    *now = *then = 0;
    gap->n_peers = 0;
    for (size_t m = 0; m < group->n_members; m++) {
        size_t unit = group->member[m];
        size_t here = tb_plane_cell(plane, gap->period, unit);
        int64_t before;
        if (unit == gap->unit || !tb_estimate_known(plane, here) ||
            tb_estimate_year_before(gap, unit, past, &before) != TB_ESTIMATE_MADE)
            continue;
        *now += plane->value[here];
        *then += before;
        gap->n_peers++;
    }
    return gap->n_peers >= (size_t)(gap->work->profile->set.min_peers > 1
                                        ? gap->work->profile->set.min_peers
                                        : 1);
}

/* How many periods in a row, up to this one, have no figure of their own. */
static int run_length(const struct tb_gap *gap)
{
    int32_t index;
    int n_between = 0;

    (void)nearest(gap, -1, gap->plane->first, &index, &n_between);
    return n_between + 1;
}

static enum tb_estimate_why by_group(struct tb_gap *gap)
{
    struct tb_period past = tb_period_year_before(gap->period);
    struct tb_rational factor, growth, exact;
    struct tb_decimal rounded;
    tb_int128 now, then;

    enum tb_estimate_why why = tb_estimate_year_before(gap, gap->unit, past, &gap->base_units);
    if (why != TB_ESTIMATE_MADE)
        return why;
    gap->has_year_before = true;
    if (run_length(gap) > gap->rule->most)
        return TB_ESTIMATE_TOO_LONG;
    if (!sum_group(gap, past, &now, &then))
        return TB_ESTIMATE_FEW_PEERS;
    if (then <= 0 || now < 0 || !tb_rational_make(now, then, &factor) ||
        !tb_rational_sub(factor, tb_rational_int(1), &growth) ||
        !tb_rational_mul(growth, tb_rational_int(100), &gap->growth) ||
        !tb_rational_mul(tb_rational_int(gap->base_units), factor, &exact) ||
        !tb_rational_round(exact, 0, gap->work->profile->set.round_mode, &rounded))
        return TB_ESTIMATE_TOO_LARGE;
    gap->units = rounded.units;
    return TB_ESTIMATE_MADE;
}

/* A cumulative figure between those around it in its year. */
static bool keeps_rising(const struct tb_gap *gap)
{
    int year_start = gap->work->profile->set.year_start;
    int32_t start = tb_period_year_start(gap->period, year_start).index;
    int32_t end = tb_period_year_end(gap->period, year_start).index, index;
    int ignored = 0;

    if (gap->plane->key.measure != TB_MEASURE_YTD)
        return true;
    size_t before = nearest(gap, -1, start, &index, &ignored);
    size_t after = nearest(gap, 1, end, &index, &ignored);
    return (before == SIZE_MAX || gap->units >= gap->plane->value[before]) &&
           (after == SIZE_MAX || gap->units <= gap->plane->value[after]);
}

enum tb_estimate_why tb_estimate_fill(struct tb_gap *gap)
{
    enum tb_estimate_why why;

    gap->base = gap->next = SIZE_MAX;
    gap->has_year_before = false;
    gap->n_peers = 0;
    switch (gap->rule->method) {
    case TB_ESTIMATE_CARRY:
        why = carry(gap);
        break;
    case TB_ESTIMATE_GROUP_GROWTH:
        why = by_group(gap);
        break;
    default:
        why = linear(gap);
        break;
    }
    return why == TB_ESTIMATE_MADE && !keeps_rising(gap) ? TB_ESTIMATE_FALLS : why;
}
