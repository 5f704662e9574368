/* printed.c - numbers as they are published, and rows of a group made of them:
 * what a reader sees, and what places are taken from. */
#include "analyse/findings.h"

#include "tongbao/profile.h"

enum tb_round_mode tb_findings_round_mode(const struct tb_profile *profile, enum tb_measure measure)
{
    /* A task at 99.96 % is not done: progress is cut. */
    return measure == TB_MEASURE_PROGRESS ? TB_ROUND_DOWN : profile->set.round_mode;
}

bool tb_findings_printed(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                         size_t unit, struct tb_period period, const struct tb_measured *exact,
                         struct tb_decimal *out)
{
    const struct tb_profile *profile = ms->profile;
    int32_t decimals = tb_measures_decimals(profile, indicator, measure);
    enum tb_round_mode mode = tb_findings_round_mode(profile, measure);

    if (exact->known != TB_KNOWN)
        return false;
    if (measure == TB_MEASURE_CHANGE && profile->indicators[indicator].uom.kind == TB_UOM_PERCENT) {
        struct tb_decimal now, then;
        struct tb_measured x = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, period);
        struct tb_measured b =
            tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, tb_measures_last_year(period));
        if (!tb_rational_round(x.number, decimals, mode, &now) ||
            !tb_rational_round(b.number, decimals, mode, &then))
            return false;
        *out = (struct tb_decimal){ 0, decimals };
        return !__builtin_sub_overflow(now.units, then.units, &out->units);
    }
    return tb_rational_round(exact->number, decimals, mode, out);
}

void tb_findings_row(const struct tb_measures *ms, enum tb_measure of, size_t indicator,
                     size_t group, struct tb_period period, bool published,
                     struct tb_ranks_row *row)
{
    const struct tb_group *g = &ms->profile->groups[group];

    row->n = g->n_members;
    for (size_t m = 0; m < g->n_members; m++) {
        size_t unit = g->member[m];
        struct tb_measured exact = tb_measures_get(ms, of, indicator, unit, period);
        struct tb_decimal printed;
        row->open[m] = tb_unit_valid_in(&ms->profile->units[unit], period);
        row->has[m] = row->open[m] && exact.known == TB_KNOWN && !exact.unranked;
        row->value[m] = exact.number;
        if (row->has[m] && published) {
            row->has[m] = tb_findings_printed(ms, of, indicator, unit, period, &exact, &printed);
            row->value[m] = tb_rational_int(row->has[m] ? printed.units : 0);
        }
    }
}

/* How many members share the given place with member m. */
static uint32_t sharers(const struct tb_measures *ms, size_t indicator, size_t group,
                        struct tb_period period, const struct tb_measured *own)
{
    const struct tb_group *g = &ms->profile->groups[group];
    uint32_t n = 0;

    for (size_t m = 0; m < g->n_members; m++) {
        struct tb_measured other =
            tb_measures_given_rank(ms, indicator, group, g->member[m], period);
        n += other.known == TB_KNOWN && tb_rational_cmp(other.number, own->number) == 0;
    }
    return n < 2 && (own->status & TB_FLAG_TIED) ? 2 : n;
}

/* A given place as a standing; false if none was given. */
static bool given_standing(const struct tb_measures *ms, size_t indicator, size_t group,
                           size_t unit, struct tb_period period, uint32_t n_open,
                           struct tb_standing *out)
{
    struct tb_measured own = tb_measures_given_rank(ms, indicator, group, unit, period);
    struct tb_measured then =
        tb_measures_given_rank(ms, indicator, group, unit,
                               tb_measures_previous(&ms->profile->indicators[indicator], period));
    struct tb_decimal rank, before;

    if (own.known != TB_KNOWN || !tb_rational_round(own.number, 0, TB_ROUND_DOWN, &rank) ||
        rank.units < 1 || rank.units > INT32_MAX)
        return false;
    uint32_t same = sharers(ms, indicator, group, period, &own);
    int64_t worse = (int64_t)n_open - (rank.units + same - 1);
    *out = (struct tb_standing){ .rank = (uint32_t)rank.units,
                                 .bottom = worse < 0 ? 1 : (uint32_t)worse + 1,
                                 .tied = same > 1 };
    if (then.known == TB_KNOWN && tb_rational_round(then.number, 0, TB_ROUND_DOWN, &before) &&
        before.units >= 1 && before.units <= INT32_MAX) {
        out->has_movement = true;
        out->movement = (int32_t)(before.units - rank.units);
    }
    return true;
}

bool tb_findings_given(const struct tb_measures *ms, size_t indicator, size_t group,
                       struct tb_period period, const struct tb_ranks_row *row,
                       struct tb_standing place[])
{
    const struct tb_group *g = &ms->profile->groups[group];
    uint32_t n_open = 0;
    bool any = false;

    if (!ms->planes[indicator].given[group])
        return false;
    for (size_t m = 0; m < g->n_members; m++)
        n_open += row->open[m];
    for (size_t m = 0; m < g->n_members; m++)
        any |= row->open[m] &&
               given_standing(ms, indicator, group, g->member[m], period, n_open, &place[m]);
    return any;
}
