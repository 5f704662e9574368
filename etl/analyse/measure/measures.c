/* measures.c - finds the planes of the cube and answers for every measure.
 *
 * Growth has rules of its own (growth.c), so have quotients (ratio.c) and annual
 * amounts (amounts.c); this file only knows which of them to ask.
 */
#include "analyse/measure/measures.h"

#include <stdlib.h>

#include "analyse/measure/amounts.h"
#include "analyse/measure/growth.h"
#include "analyse/measure/growth_years.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* Widens the range of an indicator by that of one of its planes. */
static void widen(struct tb_indicator_planes *planes, const struct tb_plane *plane)
{
    int32_t end = plane->first + (int32_t)plane->n_periods;
    int32_t known_end = planes->first + (int32_t)planes->n_periods;

    if (plane->n_periods == 0)
        return;
    if (planes->n_periods == 0) {
        planes->first = plane->first;
        planes->n_periods = plane->n_periods;
        return;
    }
    if (plane->first < planes->first)
        planes->first = plane->first;
    planes->n_periods = (uint32_t)((end > known_end ? end : known_end) - planes->first);
}

/* Which units have a break (B) in a plane; *out stays NULL when none has.  False when
 * memory is out. */
static bool find_breaks(const struct tb_plane *plane, uint8_t **out)
{
    size_t n = (size_t)plane->n_periods * plane->n_columns;
    bool any = false;

    for (size_t i = 0; i < n; i++)
        any |= (plane->status[i] & TB_STATUS_MASK) == TB_STATUS_B;
    if (!any)
        return true;
    free(*out);
    *out = calloc(plane->n_columns, 1);
    for (size_t i = 0; *out && i < n; i++)
        if ((plane->status[i] & TB_STATUS_MASK) == TB_STATUS_B)
            (*out)[i % plane->n_columns] = 1;
    return *out != NULL;
}

static bool index_plane(struct tb_measures *ms, const struct tb_plane *plane)
{
    const struct tb_profile *profile = ms->profile;
    struct tb_plane_key key = plane->key;

    if (key.indicator >= profile->n_indicators || key.measure >= TB_N_MEASURES ||
        plane->axis != TB_AXIS_UNIT || plane->n_columns != profile->n_units ||
        plane->freq != profile->indicators[key.indicator].frequency)
        return true;
    struct tb_indicator_planes *planes = &ms->planes[key.indicator];
    if (key.measure == TB_MEASURE_RANK && key.group < profile->n_groups)
        planes->given[key.group] = plane;
    else if (key.group == TB_NO_GROUP && key.of == TB_N_MEASURES)
        planes->measure[key.measure] = plane;
    else
        return true;
    widen(planes, plane);
    return key.measure > TB_MEASURE_YTD || find_breaks(plane, &planes->broken[key.measure]);
}

/* A ratio is known where its parts of the same frequency are. */
static void widen_ratio(struct tb_measures *ms, size_t i)
{
    const struct tb_indicator *indicator = &ms->profile->indicators[i];
    const struct tb_formula_side *side[2];

    if (!tb_indicator_is_ratio(indicator))
        return;
    side[0] = &indicator->formula->numerator;
    side[1] = &indicator->formula->denominator;
    for (size_t s = 0; s < 2; s++)
        for (size_t p = 0; p < side[s]->n; p++) {
            const struct tb_indicator_planes *part = &ms->planes[side[s]->indicator[p]];
            if (ms->profile->indicators[side[s]->indicator[p]].frequency == indicator->frequency)
                widen(&ms->planes[i],
                      &(struct tb_plane){ .first = part->first, .n_periods = part->n_periods });
        }
}

int tb_measures_init(struct tb_measures *ms, const struct tb_profile *profile,
                     const struct tb_cube *cube, struct tb_error *err)
{
    size_t n = profile->n_indicators, n_groups = profile->n_groups;

    *ms = (struct tb_measures){ .profile = profile, .as_of = TB_DAY_NONE, .today = TB_DAY_NONE };
    ms->planes = calloc(n ? n : 1, sizeof *ms->planes);
    ms->given = calloc(n && n_groups ? n * n_groups : 1, sizeof *ms->given);
    ms->since = calloc(profile->n_units ? profile->n_units : 1, sizeof *ms->since);
    if (!ms->planes || !ms->given || !ms->since) {
        tb_measures_release(ms);
        return tb_error_set(err, "out of memory for the planes of %zu indicators", n);
    }
    for (size_t i = 0; i < n; i++)
        ms->planes[i].given = ms->given + i * n_groups;
    for (size_t p = 0; p < tb_cube_n_planes(cube); p++)
        if (!index_plane(ms, tb_cube_plane(cube, p))) {
            tb_measures_release(ms);
            return tb_error_set(err, "out of memory for the breaks of %zu units", profile->n_units);
        }
    for (size_t i = 0; i < n; i++)
        widen_ratio(ms, i);
    for (size_t u = 0; u < profile->n_units; u++) {
        const struct tb_unit *unit = &profile->units[u];
        ms->since[u] = unit->changed || unit->n_absences > 0 ? INT32_MAX : unit->valid_from;
    }
    return 0;
}

void tb_measures_release(struct tb_measures *ms)
{
    for (size_t i = 0; ms->planes && i < ms->profile->n_indicators; i++) {
        free(ms->planes[i].broken[TB_MEASURE_VALUE]);
        free(ms->planes[i].broken[TB_MEASURE_YTD]);
    }
    free(ms->since);
    free(ms->given);
    free(ms->planes);
    *ms = (struct tb_measures){ .as_of = TB_DAY_NONE, .today = TB_DAY_NONE };
}

struct tb_measured tb_measured_unknown(enum tb_known why, uint8_t status)
{
    return (struct tb_measured){ .number = { 0, 1 }, .known = (uint8_t)why, .status = status };
}

/* A cell of a plane as a number, or the reason why it holds none. */
static struct tb_measured read_cell(const struct tb_measures *ms, const struct tb_plane *plane,
                                    struct tb_period period, size_t unit)
{
    size_t cell = tb_plane_cell(plane, period, unit);
    uint8_t status = cell == SIZE_MAX ? TB_STATUS_NONE : plane->status[cell];
    struct tb_decimal value = { cell == SIZE_MAX ? 0 : plane->value[cell],
                                cell == SIZE_MAX ? 0 : plane->scale };
    uint8_t letter = status & TB_STATUS_MASK;

    if (letter == TB_STATUS_O && (status & TB_FLAG_CHECK))
        return tb_measured_unknown(TB_UNKNOWN_HELD, letter);
    if (!tb_status_has_value(status))
        return tb_measured_unknown(
            letter == TB_STATUS_M ? TB_UNKNOWN_NOT_APPLICABLE : TB_UNKNOWN_NO_DATA, letter);
    if (value.scale < 0 || value.scale > TB_DECIMAL_SCALE_MAX)
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, letter);
    return (struct tb_measured){
        .number = { value.units, tb_pow10(value.scale) },
        .known = TB_KNOWN,
        .status = letter,
        .provisional = tb_status_is_provisional(status),
        .unranked = letter == TB_STATUS_I && !ms->profile->set.rank_imputed &&
                    tb_plane_is_imputed(plane, cell),
    };
}

struct tb_measured tb_measures_cell(const struct tb_measures *ms, enum tb_measure measure,
                                    size_t indicator, size_t unit, struct tb_period period)
{
    if (period.freq != ms->profile->indicators[indicator].frequency)
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    return read_cell(ms, ms->planes[indicator].measure[measure], period, unit);
}

struct tb_measured tb_measures_given_rank(const struct tb_measures *ms, size_t indicator,
                                          size_t group, size_t unit, struct tb_period period)
{
    if (group >= ms->profile->n_groups)
        return tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    const struct tb_plane *plane = ms->planes[indicator].given[group];
    struct tb_measured rank = read_cell(ms, plane, period, unit);
    /* A place is a whole number, whatever the scale it came with. */
    if (rank.known == TB_KNOWN &&
        (rank.number.num < rank.number.den || rank.number.num / rank.number.den > INT32_MAX ||
         rank.number.num % rank.number.den != 0))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, rank.status);
    if (rank.known == TB_KNOWN)
        rank.number = tb_rational_int(rank.number.num / rank.number.den);
    rank.status |= tb_plane_get(plane, period, unit, NULL) & TB_FLAG_TIED;
    return rank;
}

struct tb_measured tb_measures_finding(const struct tb_measures *ms, enum tb_measure measure,
                                       size_t group, size_t unit, struct tb_period period)
{
    struct tb_plane_key key = { TB_ALL_INDICATORS, (uint8_t)measure, TB_N_MEASURES,
                                (uint8_t)group };

    if (!ms->findings)
        return tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
    return read_cell(ms, tb_cube_find(ms->findings, key),
                     tb_period_within(period, ms->profile->set.frequency), unit);
}

struct tb_measured tb_measures_level(const struct tb_measures *ms, enum tb_measure measure,
                                     size_t indicator, size_t unit, struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    struct tb_rational above, below;
    struct tb_measured found;

    if (!tb_indicator_is_ratio(ind) || ms->planes[indicator].measure[measure])
        return tb_measures_cell(ms, measure, indicator, unit, period);
    uint8_t known = tb_ratio_sides(ms, measure, indicator, unit, period, &above, &below, &found);
    if (known != TB_KNOWN)
        return tb_measured_unknown((enum tb_known)known, found.status);
    if (!tb_ratio_divide(ind, above, below, &found.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, found.status);
    found.known = TB_KNOWN;
    return found;
}

/* Share: as submitted; of a percentage, itself; of an amount, of the unit above. */
static struct tb_measured share(const struct tb_measures *ms, size_t indicator, size_t unit,
                                struct tb_period period)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];
    int32_t parent = ms->profile->units[unit].parent;
    struct tb_measured own = tb_measures_cell(ms, TB_MEASURE_SHARE, indicator, unit, period);

    if (own.known == TB_KNOWN || own.status != TB_STATUS_NONE)
        return own;
    own = tb_measures_level(ms, TB_MEASURE_VALUE, indicator, unit, period);
    if (ind->uom.kind == TB_UOM_PERCENT || own.known != TB_KNOWN)
        return own;
    if (parent == TB_NONE ||
        (ind->kind != TB_KIND_FLOW && ind->kind != TB_KIND_STOCK && ind->kind != TB_KIND_COUNT))
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    struct tb_measured whole =
        tb_measures_level(ms, TB_MEASURE_VALUE, indicator, (size_t)parent, period);
    if (whole.known != TB_KNOWN)
        return tb_measured_unknown((enum tb_known)whole.known, own.status);
    own.provisional |= whole.provisional;
    own.unranked |= whole.unranked;
    if (whole.number.num <= 0 || !tb_rational_div(own.number, whole.number, &own.number) ||
        !tb_rational_mul(own.number, tb_rational_int(100), &own.number))
        return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, own.status);
    return own;
}

/* Score and lagging without a group are those of the group of page one. */
static struct tb_measured composite(const struct tb_measures *ms, enum tb_measure measure,
                                    size_t unit, struct tb_period period)
{
    int32_t group = tb_amounts_main_group(ms->profile, unit);

    if (group == TB_NONE)
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    return tb_measures_finding(ms, measure, (size_t)group, unit, period);
}

struct tb_measured tb_measures_get(const struct tb_measures *ms, enum tb_measure measure,
                                   size_t indicator, size_t unit, struct tb_period period)
{
    switch (measure) {
    case TB_MEASURE_SCORE:
    case TB_MEASURE_LAGGING:
        return composite(ms, measure, unit, period);
    default:
        break;
    }
    if (indicator >= ms->profile->n_indicators)
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    switch (measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
        return tb_measures_level(ms, measure, indicator, unit, period);
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
        return tb_growth_rate(ms, measure, indicator, unit, period);
    case TB_MEASURE_GROWTH_2Y:
    case TB_MEASURE_YTD_GROWTH_2Y:
        return tb_growth_years(ms, measure, indicator, unit, period);
    case TB_MEASURE_MOM:
        return tb_growth_mom(ms, indicator, unit, period);
    case TB_MEASURE_CHANGE:
        return tb_growth_change(ms, indicator, unit, period);
    case TB_MEASURE_SHARE:
        return share(ms, indicator, unit, period);
    case TB_MEASURE_PROGRESS:
        return tb_amounts_progress(ms, tb_amounts_target(ms->profile, indicator, unit, period),
                                   indicator, unit, period);
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
        return tb_measures_cell(ms, measure, indicator, unit, period);
    default:
        return tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    }
}

struct tb_period tb_measures_last_year(struct tb_period period)
{
    return tb_period_year_before(period);
}

bool tb_indicator_lower_is_better(const struct tb_indicator *indicator)
{
    /* A grade's value is its place in a list that begins with the best. */
    return indicator->direction == TB_LOWER || indicator->kind == TB_KIND_GRADE;
}

int32_t tb_measures_decimals(const struct tb_profile *profile, size_t indicator,
                             enum tb_measure measure)
{
    const struct tb_indicator *ind = &profile->indicators[indicator];

    switch (measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
        return ind->decimals;
    case TB_MEASURE_CHANGE:
        /* Points are the difference of two printed rates, so they have their digits. */
        return ind->decimals;
    case TB_MEASURE_RANK:
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
    case TB_MEASURE_LAGGING:
        return 0;
    case TB_MEASURE_SCORE:
        return 2;
    default:
        return profile->set.growth_decimals;
    }
}
