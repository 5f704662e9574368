/* estimate_scope.c - whether two figures are of one scope and one base, and the figure of
 * the year before in the scope of today: an estimate bridges no break in silence
 * (methods note, section 13).
 */
#include "process/estimate.h"

#include "process/work.h"
#include "tongbao/change.h"
#include "tongbao/profile.h"
#include "tongbao/rebase.h"

static const struct tb_indicator *about(const struct tb_gap *gap)
{
    return &gap->work->profile->indicators[gap->plane->key.indicator];
}

static struct tb_period year_start(const struct tb_gap *gap, struct tb_period period)
{
    return tb_period_year_start(period, gap->work->profile->set.year_start);
}

static bool adds_up(const struct tb_indicator *indicator)
{
    return (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_STOCK ||
            indicator->kind == TB_KIND_COUNT) &&
           indicator->uom.kind != TB_UOM_PERCENT && indicator->uom.kind != TB_UOM_INDEX;
}

static bool base_year_changes(const struct tb_indicator *indicator, struct tb_period then,
                              struct tb_period now)
{
    for (size_t i = 0; i < indicator->n_rebases; i++)
        if (indicator->rebase[i].from.index > then.index &&
            indicator->rebase[i].from.index <= now.index)
            return true;
    return false;
}

/* A status B after `then`, up to `now`, that is not the flag of a change of the profile. */
static bool is_flagged(const struct tb_gap *gap, size_t unit, struct tb_period then,
                       struct tb_period now)
{
    for (int32_t at = then.index + 1; at <= now.index; at++) {
        struct tb_period period = { now.freq, at };
        size_t cell = tb_plane_cell(gap->plane, period, unit);
        if (cell != SIZE_MAX &&
            (gap->plane->status[cell] & TB_STATUS_MASK) == TB_STATUS_B &&
            !tb_scope_changes(gap->work->profile, unit,
                              tb_period_last_day(tb_indicator_previous(about(gap), period)),
                              tb_period_last_day(period)))
            return true;
    }
    return false;
}

bool tb_estimate_same_scope(const struct tb_gap *gap, size_t unit, struct tb_period then,
                            struct tb_period now)
{
    bool is_ytd = gap->plane->key.measure == TB_MEASURE_YTD;
    struct tb_period from = is_ytd ? year_start(gap, then) : then;
    struct tb_scope scope;

    tb_scope_between(gap->work->profile, unit, from, now, &scope);
    return !scope.broken && scope.n == 1 && scope.part[0] == unit &&
           !base_year_changes(about(gap), then, now) && !is_flagged(gap, unit, then, now);
}

/* What is cumulated within a year in which a unit changes is of two scopes. */
static bool changes_within(const struct tb_gap *gap, size_t unit, struct tb_period period)
{
    return tb_scope_changes(gap->work->profile, unit, tb_period_first_day(year_start(gap, period)),
                            tb_period_last_day(period));
}

/* Of a unit that opened within the year before, only a part of it is cumulated. */
static bool cumulates_whole(const struct tb_gap *gap, const struct tb_scope *scope, size_t unit,
                            struct tb_period then)
{
    const struct tb_profile *profile = gap->work->profile;
    tb_day first = tb_period_first_day(year_start(gap, then));

    if (gap->plane->key.measure != TB_MEASURE_YTD)
        return true;
    if (changes_within(gap, unit, gap->period))
        return false;
    for (size_t i = 0; i < scope->n; i++) {
        tb_day opened = tb_unit_opened(profile, scope->part[i], then);
        if (changes_within(gap, scope->part[i], then) || (opened != TB_DAY_NONE && opened > first))
            return false;
    }
    return true;
}

enum tb_estimate_why tb_estimate_year_before(const struct tb_gap *gap, size_t unit,
                                             struct tb_period then, int64_t *units)
{
    const struct tb_plane *plane = gap->plane;
    struct tb_scope scope;

    tb_scope_between(gap->work->profile, unit, then, gap->period, &scope);
    if (scope.broken || (scope.n > 1 && !adds_up(about(gap))))
        return TB_ESTIMATE_BROKEN;
    *units = 0;
    for (size_t i = 0; i < scope.n; i++) {
        size_t cell = tb_plane_cell(plane, then, scope.part[i]);
        if (!tb_estimate_known(plane, cell))
            return TB_ESTIMATE_NO_BASE;
        if (__builtin_add_overflow(*units, plane->value[cell], units))
            return TB_ESTIMATE_TOO_LARGE;
    }
    return !cumulates_whole(gap, &scope, unit, then) ||
                   base_year_changes(about(gap), then, gap->period) ||
                   is_flagged(gap, unit, then, gap->period)
               ? TB_ESTIMATE_BROKEN
               : TB_ESTIMATE_MADE;
}
