/* printed.c - numbers as they are published, and rows of a group made of them:
 * what a reader sees, and what places are taken from. */
#include "analyse/findings.h"

#include "analyse/measure/rows.h"
#include "analyse/measure/past.h"
#include "tongbao/profile.h"

enum tb_round_mode tb_findings_round_mode(const struct tb_profile *profile, enum tb_measure measure)
{
    /* A task at 99.96 % is not done: progress is cut. */
    return measure == TB_MEASURE_PROGRESS ? TB_ROUND_DOWN : profile->set.round_mode;
}

bool tb_findings_of_printed(const struct tb_profile *profile, enum tb_measure measure,
                            size_t indicator)
{
    return measure == TB_MEASURE_CHANGE &&
           profile->indicators[indicator].uom.kind == TB_UOM_PERCENT;
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
    if (tb_findings_of_printed(profile, measure, indicator)) {
        struct tb_decimal now, then;
        struct tb_measured x = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, period);
        struct tb_measured b = tb_past_level(ms, TB_MEASURE_VALUE, indicator, unit, period,
                                             tb_measures_last_year(period))
                                   .level;
        if (x.known != TB_KNOWN || b.known != TB_KNOWN ||
            !tb_rational_round(x.number, decimals, mode, &now) ||
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
    struct tb_row cells;

    tb_row_init(&cells, ms, of, indicator, period);
    row->n = g->n_members;
    row->ordered = false;
    for (size_t m = 0; m < g->n_members; m++) {
        size_t unit = g->member[m];
        struct tb_measured exact;
        struct tb_decimal printed;
        tb_row_get(&cells, unit, &exact);
        row->open[m] = tb_unit_valid_in(&ms->profile->units[unit], period);
        row->has[m] = row->open[m] && exact.known == TB_KNOWN && !exact.unranked;
        row->value[m] = exact.number;
        if (row->has[m] && published) {
            row->has[m] = tb_findings_printed(ms, of, indicator, unit, period, &exact, &printed);
            row->value[m] = tb_rational_int(row->has[m] ? printed.units : 0);
        }
    }
}

/* What all the ranks given in a group say together. */
struct given {
    size_t n_open, n_known; /* members that exist, and those with a given rank */
    uint32_t same, worse;   /* than the one at hand */
};

static struct given survey(const struct tb_measures *ms, size_t indicator, size_t group,
                           struct tb_period period, int64_t rank)
{
    const struct tb_group *g = &ms->profile->groups[group];
    struct given given = { 0 };

    for (size_t m = 0; m < g->n_members; m++) {
        if (!tb_unit_valid_in(&ms->profile->units[g->member[m]], period))
            continue;
        struct tb_measured other =
            tb_measures_given_rank(ms, indicator, group, g->member[m], period);
        given.n_open++;
        given.n_known += other.known == TB_KNOWN;
        given.same += other.known == TB_KNOWN && other.number.num == rank;
        given.worse += other.known == TB_KNOWN && other.number.num > rank;
    }
    return given;
}

bool tb_findings_given(const struct tb_measures *ms, size_t indicator, size_t group, size_t unit,
                       struct tb_period period, struct tb_standing *out)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct tb_measured own = tb_measures_given_rank(ms, indicator, group, unit, period);
    struct tb_measured then =
        tb_measures_given_rank(ms, indicator, group, unit, tb_indicator_previous(ind, period));

    if (own.known != TB_KNOWN)
        return false;
    struct given given = survey(ms, indicator, group, period, own.number.num);
    bool member = ms->profile->units[unit].groups >> group & 1;
    *out = (struct tb_standing){ .rank = (uint32_t)own.number.num,
                                 .tied = (own.status & TB_FLAG_TIED) != 0 };
    /* The place from the worst is counted when all ranks were given, follows from
     * the size of the group when it is not tied, and else cannot be known. */
    if (member && given.n_known == given.n_open) {
        out->bottom = given.worse + 1;
        out->tied |= given.same > 1;
    } else if (member && !out->tied && !ms->profile->set.dense_ranks && out->rank <= given.n_open) {
        out->bottom = (uint32_t)given.n_open - out->rank + 1;
    }
    if (then.known == TB_KNOWN) {
        out->has_movement = true;
        out->movement = (int32_t)(then.number.num - own.number.num);
    }
    return true;
}
