/* layout.c - lays out the planes of the findings before any is computed. */
#include "analyse/measure/layout.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/measure/growth_years.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

const uint8_t tb_layout_unit_measures[TB_N_UNIT_MEASURES] = {
    TB_MEASURE_VALUE, TB_MEASURE_YTD,    TB_MEASURE_GROWTH, TB_MEASURE_YTD_GROWTH,
    TB_MEASURE_MOM,   TB_MEASURE_CHANGE, TB_MEASURE_SHARE,  TB_MEASURE_PROGRESS,
    TB_MEASURE_GROWTH_2Y, TB_MEASURE_YTD_GROWTH_2Y,
};

const uint8_t tb_layout_group_measures[TB_N_GROUP_MEASURES] = {
    TB_MEASURE_AREA, TB_MEASURE_POOLED, TB_MEASURE_MEAN,  TB_MEASURE_MEDIAN, TB_MEASURE_Q1,
    TB_MEASURE_Q3,   TB_MEASURE_BEST,   TB_MEASURE_WORST, TB_MEASURE_COUNT,
};

/* Appends a plane; its number in *at. */
static int add_plane(struct tb_findings_layout *layout, struct tb_plane plane, size_t *at,
                     struct tb_error *err)
{
    struct tb_plane *grown =
        tb_grow(layout->plane, layout->n, &layout->capacity, sizeof *layout->plane);

    if (!grown)
        return tb_error_set(err, "out of memory for %zu planes", layout->n);
    layout->plane = grown;
    if (at)
        *at = layout->n;
    layout->plane[layout->n++] = plane;
    return 0;
}

static bool has_plane(const struct tb_measures *ms, size_t indicator, enum tb_measure measure)
{
    return ms->planes[indicator].measure[measure] != NULL;
}

static bool has_level(const struct tb_measures *ms, size_t indicator, enum tb_measure level)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];

    if (has_plane(ms, indicator, level))
        return true;
    /* A quotient has a cumulated value when a part of it has. */
    for (size_t p = 0; tb_indicator_is_ratio(ind) && p < ind->formula->numerator.n; p++)
        if (has_plane(ms, ind->formula->numerator.indicator[p], level))
            return true;
    return false;
}

static bool has_amount(const struct tb_profile *profile, size_t indicator)
{
    for (size_t t = 0; t < profile->n_targets; t++) {
        if (profile->targets[t].indicator != (int32_t)indicator)
            continue;
        if (profile->targets[t].has_annual || profile->targets[t].has_quota)
            return true;
        for (size_t q = 0; q < profile->n_quotas; q++)
            if (profile->quotas[q].target == (int32_t)t)
                return true;
    }
    return false;
}

/* The mean of two years is laid out where it leads: it is asked for by few. */
static bool leads(const struct tb_measures *ms, size_t indicator, enum tb_measure measure)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];

    for (size_t h = 0; h < ind->n_headlines; h++)
        if (ind->headline[h] == measure)
            return true;
    return false;
}

/* Whether the cube can answer for the measure at all. */
static bool answers(const struct tb_measures *ms, size_t indicator, enum tb_measure measure)
{
    bool value = has_level(ms, indicator, TB_MEASURE_VALUE);
    bool ytd = has_level(ms, indicator, TB_MEASURE_YTD);

    switch (measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_CHANGE:
        return value;
    case TB_MEASURE_YTD:
        return ytd;
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
        /* Either published rate may stand for the other in the first period of a year. */
        return has_plane(ms, indicator, TB_MEASURE_GROWTH) ||
               has_plane(ms, indicator, TB_MEASURE_YTD_GROWTH) ||
               (measure == TB_MEASURE_GROWTH ? value : ytd);
    case TB_MEASURE_GROWTH_2Y:
    case TB_MEASURE_YTD_GROWTH_2Y:
        return leads(ms, indicator, measure) &&
               answers(ms, indicator, tb_growth_years_of(measure));
    case TB_MEASURE_MOM:
        return value || has_plane(ms, indicator, TB_MEASURE_MOM);
    case TB_MEASURE_SHARE:
        return value || has_plane(ms, indicator, TB_MEASURE_SHARE);
    case TB_MEASURE_PROGRESS:
        return (value || ytd) && (has_amount(ms->profile, indicator) ||
                                  ms->profile->indicators[indicator].kind == TB_KIND_MILESTONE);
    default:
        return has_plane(ms, indicator, measure);
    }
}

static bool column_reports(const struct tb_plane *plane, size_t unit)
{
    if (!plane)
        return false;
    for (uint32_t row = 0; row < plane->n_periods; row++)
        if (plane->status[(size_t)row * plane->n_columns + unit] != TB_STATUS_NONE)
            return true;
    return false;
}

static bool unit_reports(const struct tb_measures *ms, size_t indicator, size_t unit)
{
    const struct tb_indicator *ind = &ms->profile->indicators[indicator];

    for (size_t m = 0; m < TB_N_SUBMITTED; m++)
        if (column_reports(ms->planes[indicator].measure[m], unit))
            return true;
    for (size_t g = 0; g < ms->profile->n_groups; g++)
        if (column_reports(ms->planes[indicator].given[g], unit))
            return true;
    for (size_t p = 0; tb_indicator_is_ratio(ind) && p < ind->formula->numerator.n; p++) {
        size_t part = ind->formula->numerator.indicator[p];
        if (column_reports(ms->planes[part].measure[TB_MEASURE_VALUE], unit) ||
            column_reports(ms->planes[part].measure[TB_MEASURE_YTD], unit))
            return true;
    }
    return false;
}

bool tb_layout_group_reports(const struct tb_measures *ms, size_t indicator, size_t group)
{
    const struct tb_group *g = &ms->profile->groups[group];

    for (size_t m = 0; m < g->n_members; m++)
        if (unit_reports(ms, indicator, g->member[m]))
            return true;
    return false;
}

size_t tb_layout_unit_plane(const struct tb_indicator_layout *at, enum tb_measure measure)
{
    for (size_t m = 0; m < TB_N_UNIT_MEASURES; m++)
        if (tb_layout_unit_measures[m] == measure)
            return at->unit[m];
    return SIZE_MAX;
}

/* A plane of the indicator, of all its periods. */
static struct tb_plane plane_of(const struct tb_measures *ms, size_t indicator,
                                enum tb_measure measure, int32_t scale)
{
    return (struct tb_plane){
        .key = { (uint16_t)indicator, (uint8_t)measure, TB_N_MEASURES, TB_NO_GROUP },
        .axis = TB_AXIS_UNIT,
        .freq = ms->profile->indicators[indicator].frequency,
        .first = ms->planes[indicator].first,
        .n_periods = ms->planes[indicator].n_periods,
        .n_columns = (uint32_t)ms->profile->n_units,
        .scale = scale,
    };
}

static int lay_units(struct tb_findings_layout *layout, const struct tb_measures *ms, size_t i,
                     struct tb_error *err)
{
    for (size_t m = 0; m < TB_N_UNIT_MEASURES; m++) {
        enum tb_measure measure = (enum tb_measure)tb_layout_unit_measures[m];
        if (!answers(ms, i, measure))
            continue;
        if (add_plane(layout,
                      plane_of(ms, i, measure, tb_measures_decimals(ms->profile, i, measure)),
                      &layout->indicator[i].unit[m], err) < 0)
            return -1;
    }
    return 0;
}

/* Columns from the first member to the last: beyond them nobody is ranked. */
static void span_members(const struct tb_group *group, struct tb_plane *plane)
{
    plane->first_column = group->n_members ? group->member[0] : 0;
    plane->n_columns =
        group->n_members ? group->member[group->n_members - 1] + 1 - plane->first_column : 0;
}

/* The same, unless the upper level gives places to units that the group does not list. */
static void span_columns(const struct tb_measures *ms, size_t i, size_t group,
                         struct tb_plane *plane)
{
    if (!ms->planes[i].given[group] && ms->profile->groups[group].n_members > 0)
        span_members(&ms->profile->groups[group], plane);
}

/* The three planes of places of a headline in a group. */
static int lay_places(struct tb_findings_layout *layout, const struct tb_measures *ms, size_t i,
                      size_t h, size_t group, struct tb_error *err)
{
    static const uint8_t measures[TB_N_PLACE_PLANES] = { TB_MEASURE_RANK, TB_MEASURE_BOTTOM,
                                                         TB_MEASURE_MOVEMENT };
    struct tb_indicator_layout *at = &layout->indicator[i];

    at->place[h * ms->profile->n_groups + group] = layout->n;
    for (size_t m = 0; m < TB_N_PLACE_PLANES; m++) {
        struct tb_plane plane = plane_of(ms, i, (enum tb_measure)measures[m], 0);
        plane.key.of = at->headline[h];
        plane.key.group = (uint8_t)group;
        span_columns(ms, i, group, &plane);
        if (add_plane(layout, plane, NULL, err) < 0)
            return -1;
    }
    return 0;
}

static int lay_figures(struct tb_findings_layout *layout, const struct tb_measures *ms, size_t i,
                       size_t h, struct tb_error *err)
{
    enum tb_measure of = (enum tb_measure)layout->indicator[i].headline[h];

    for (size_t m = 0; m < TB_N_GROUP_MEASURES; m++) {
        enum tb_measure measure = (enum tb_measure)tb_layout_group_measures[m];
        int32_t scale = measure == TB_MEASURE_COUNT ? 0 : tb_measures_decimals(ms->profile, i, of);
        struct tb_plane plane = plane_of(ms, i, measure, scale);
        plane.key.of = (uint8_t)of;
        plane.axis = TB_AXIS_GROUP;
        plane.n_columns = (uint32_t)ms->profile->n_groups;
        if (add_plane(layout, plane, NULL, err) < 0)
            return -1;
    }
    return 0;
}

/* Headlines without repetition; a rule may still rank by any measure. */
static void take_headlines(struct tb_indicator_layout *at, const struct tb_indicator *indicator)
{
    for (size_t h = 0; h < indicator->n_headlines; h++)
        if (at->n_headlines < sizeof at->headline &&
            !memchr(at->headline, indicator->headline[h], at->n_headlines))
            at->headline[at->n_headlines++] = indicator->headline[h];
}

static int lay_indicator(struct tb_findings_layout *layout, const struct tb_measures *ms, size_t i,
                         struct tb_error *err)
{
    const struct tb_profile *profile = ms->profile;
    struct tb_indicator_layout *at = &layout->indicator[i];

    if (ms->planes[i].n_periods == 0)
        return 0;
    take_headlines(at, &profile->indicators[i]);
    if (lay_units(layout, ms, i, err) < 0)
        return -1;
    for (size_t g = 0; g < profile->n_groups; g++) {
        /* A rank may be given in a group of which no unit is listed. */
        if (!tb_layout_group_reports(ms, i, g) && !ms->planes[i].given[g])
            continue;
        for (size_t h = 0; h < at->n_headlines; h++)
            if (lay_places(layout, ms, i, h, g, err) < 0)
                return -1;
    }
    at->figure = profile->n_groups > 0 && at->n_headlines > 0 ? layout->n : SIZE_MAX;
    for (size_t h = 0; at->figure != SIZE_MAX && h < at->n_headlines; h++)
        if (lay_figures(layout, ms, i, h, err) < 0)
            return -1;
    return 0;
}

/* The composite spans the periods of the indicators of the profile's frequency. */
static void span_score(struct tb_findings_layout *layout, const struct tb_measures *ms)
{
    const struct tb_profile *profile = ms->profile;
    int32_t first = INT32_MAX, end = INT32_MIN;

    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator_planes *planes = &ms->planes[i];
        if (planes->n_periods == 0 || profile->indicators[i].frequency != profile->set.frequency ||
            profile->indicators[i].n_headlines == 0)
            continue;
        if (planes->first < first)
            first = planes->first;
        if (planes->first + (int32_t)planes->n_periods > end)
            end = planes->first + (int32_t)planes->n_periods;
    }
    if (end > first) {
        layout->score_first = (struct tb_period){ profile->set.frequency, first };
        layout->score_periods = (uint32_t)(end - first);
    }
}

static int lay_scores(struct tb_findings_layout *layout, const struct tb_measures *ms,
                      struct tb_error *err)
{
    static const uint8_t measures[TB_N_SCORE_PLANES] = { TB_MEASURE_SCORE, TB_MEASURE_LAGGING,
                                                         TB_MEASURE_RANK, TB_MEASURE_BOTTOM,
                                                         TB_MEASURE_MOVEMENT };
    struct tb_plane plane = { .axis = TB_AXIS_UNIT,
                              .freq = layout->score_first.freq,
                              .first = layout->score_first.index,
                              .n_periods = layout->score_periods,
                              .n_columns = (uint32_t)ms->profile->n_units };

    if (layout->score_periods == 0)
        return 0;
    for (size_t g = 0; g < ms->profile->n_groups; g++) {
        layout->score[g] = layout->n;
        for (size_t m = 0; m < TB_N_SCORE_PLANES; m++) {
            plane.key = (struct tb_plane_key){ TB_ALL_INDICATORS, measures[m],
                                               m < TB_SCORE_RANK ? TB_N_MEASURES : TB_MEASURE_SCORE,
                                               (uint8_t)g };
            plane.scale = m == TB_SCORE_SCORE ? 2 : 0;
            span_members(&ms->profile->groups[g], &plane);
            if (add_plane(layout, plane, NULL, err) < 0)
                return -1;
        }
    }
    plane.key =
        (struct tb_plane_key){ TB_ALL_INDICATORS, TB_MEASURE_COUNT, TB_MEASURE_SCORE, TB_NO_GROUP };
    plane.axis = TB_AXIS_GROUP;
    plane.first_column = 0;
    plane.n_columns = (uint32_t)ms->profile->n_groups;
    plane.scale = 0;
    return add_plane(layout, plane, &layout->score_count, err);
}

int tb_layout_init(struct tb_findings_layout *layout, const struct tb_measures *ms,
                   struct tb_error *err)
{
    size_t n = ms->profile->n_indicators, n_groups = ms->profile->n_groups;
    size_t per = n_groups * 4; /* headline[4] */

    *layout = (struct tb_findings_layout){ .score_count = SIZE_MAX };
    layout->indicator = calloc(n ? n : 1, sizeof *layout->indicator);
    layout->place = calloc(n && per ? n * per : 1, sizeof *layout->place);
    layout->score = calloc(n_groups ? n_groups : 1, sizeof *layout->score);
    if (!layout->indicator || !layout->place || !layout->score) {
        tb_layout_release(layout);
        return tb_error_set(err, "out of memory for the layout of %zu indicators", n);
    }
    for (size_t g = 0; g < n_groups; g++)
        layout->score[g] = SIZE_MAX;
    for (size_t p = 0; p < n * per; p++)
        layout->place[p] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        layout->indicator[i].place = layout->place + i * per;
        layout->indicator[i].figure = SIZE_MAX;
        for (size_t m = 0; m < TB_N_UNIT_MEASURES; m++)
            layout->indicator[i].unit[m] = SIZE_MAX;
        layout->indicator[i].first = layout->n;
        if (lay_indicator(layout, ms, i, err) < 0)
            goto fail;
        layout->indicator[i].end = layout->n;
    }
    span_score(layout, ms);
    layout->first_score = layout->n;
    if (lay_scores(layout, ms, err) == 0)
        return 0;
fail:
    tb_layout_release(layout);
    return -1;
}

void tb_layout_release(struct tb_findings_layout *layout)
{
    free(layout->plane);
    free(layout->indicator);
    free(layout->place);
    free(layout->score);
    *layout = (struct tb_findings_layout){ .score_count = SIZE_MAX };
}
