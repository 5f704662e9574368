/* report_figure.c - finds numbers, places and peers in the planes of a report. */
#include "disseminate/report.h"

enum { ALL_INDICATORS = 0xffff }; /* planes of the composite stand under this row */

struct tb_period tb_report_period_of(const struct tb_report *report, size_t indicator)
{
    return tb_period_within(report->period, report->profile->indicators[indicator].frequency);
}

static struct tb_figure read_cell(const struct tb_cube *cube, struct tb_plane_key key,
                                  struct tb_period period, size_t column)
{
    struct tb_figure figure = { 0 };

    if (!cube)
        return figure;
    figure.status = tb_plane_get(tb_cube_find(cube, key), period, column, &figure.value);
    figure.known = tb_status_has_value(figure.status);
    return figure;
}

struct tb_figure tb_report_figure(const struct tb_report *report, size_t indicator,
                                  enum tb_measure measure, struct tb_period period, size_t unit)
{
    struct tb_plane_key key = { (uint16_t)indicator, (uint8_t)measure, TB_N_MEASURES, TB_NO_GROUP };
    struct tb_figure found = read_cell(report->findings, key, period, unit);
    struct tb_figure sent;

    if (found.known)
        return found;
    sent = read_cell(report->cube, key, period, unit);
    return found.status == TB_STATUS_NONE ? sent : found;
}

struct tb_figure tb_report_group_figure(const struct tb_report *report, size_t indicator,
                                        enum tb_measure measure, enum tb_measure of,
                                        struct tb_period period, size_t group)
{
    struct tb_plane_key key = { (uint16_t)indicator, (uint8_t)measure, (uint8_t)of, TB_NO_GROUP };

    return read_cell(report->findings, key, period, group);
}

struct tb_figure tb_report_peer_figure(const struct tb_report *report, size_t indicator,
                                       enum tb_measure of, struct tb_period period, size_t group,
                                       enum tb_measure *which)
{
    static const enum tb_measure order[] = { TB_MEASURE_AREA, TB_MEASURE_POOLED, TB_MEASURE_MEAN };
    struct tb_figure figure = { 0 };

    for (size_t i = 0; i < sizeof order / sizeof *order && !figure.known; i++) {
        figure = tb_report_group_figure(report, indicator, order[i], of, period, group);
        if (which)
            *which = order[i];
    }
    return figure;
}

static uint32_t whole(struct tb_figure figure)
{
    struct tb_decimal number;

    if (!figure.known || !tb_decimal_rescale(figure.value, 0, &number) || number.units < 0 ||
        number.units > UINT32_MAX)
        return 0;
    return (uint32_t)number.units;
}

static struct tb_standing standing(const struct tb_report *report, size_t indicator,
                                   enum tb_measure of, struct tb_period period, size_t group,
                                   size_t unit)
{
    struct tb_plane_key key = { (uint16_t)indicator, TB_MEASURE_RANK, (uint8_t)of, (uint8_t)group };
    struct tb_figure place = read_cell(report->findings, key, period, unit);
    struct tb_standing s = { .rank = whole(place), .tied = (place.status & TB_FLAG_TIED) != 0 };
    struct tb_figure movement;
    struct tb_decimal number;

    if (s.rank == 0)
        return (struct tb_standing){ 0 };
    key.measure = TB_MEASURE_BOTTOM;
    s.bottom = whole(read_cell(report->findings, key, period, unit));
    s.ranked =
        whole(tb_report_group_figure(report, indicator, TB_MEASURE_COUNT, of, period, group));
    if (s.ranked == 1) /* first and last of one says nothing */
        return (struct tb_standing){ 0 };
    key.measure = TB_MEASURE_MOVEMENT;
    movement = read_cell(report->findings, key, period, unit);
    if (movement.known && tb_decimal_rescale(movement.value, 0, &number)) {
        s.has_movement = true;
        s.movement = (int32_t)number.units;
    }
    return s;
}

struct tb_standing tb_report_standing(const struct tb_report *report, size_t indicator,
                                      enum tb_measure of, struct tb_period period, size_t group,
                                      size_t unit)
{
    return standing(report, indicator, of, period, group, unit);
}

static bool anyone_ranked(const struct tb_report *report, size_t indicator, enum tb_measure of,
                          struct tb_period period, size_t group)
{
    const struct tb_group *g = &report->profile->groups[group];

    for (size_t i = 0; i < g->n_members; i++)
        if (standing(report, indicator, of, period, group, g->member[i]).rank > 0)
            return true;
    return false;
}

int tb_report_headline(const struct tb_report *report, size_t indicator, struct tb_period period,
                       int32_t group)
{
    const struct tb_indicator *ind = &report->profile->indicators[indicator];

    if (ind->n_headlines == 0)
        return -1;
    if (group >= 0)
        for (size_t i = 0; i < ind->n_headlines; i++)
            if (anyone_ranked(report, indicator, (enum tb_measure)ind->headline[i], period,
                              (size_t)group))
                return ind->headline[i];
    return ind->headline[0];
}

struct tb_figure tb_report_score(const struct tb_report *report, size_t group, size_t unit)
{
    struct tb_plane_key key = { ALL_INDICATORS, TB_MEASURE_SCORE, TB_N_MEASURES, (uint8_t)group };

    return read_cell(report->findings, key, report->period, unit);
}

struct tb_standing tb_report_score_standing(const struct tb_report *report, size_t group,
                                            size_t unit)
{
    return standing(report, ALL_INDICATORS, TB_MEASURE_SCORE, report->period, group, unit);
}

struct tb_figure tb_report_lagging(const struct tb_report *report, size_t group, size_t unit)
{
    struct tb_plane_key key = { ALL_INDICATORS, TB_MEASURE_LAGGING, TB_N_MEASURES, (uint8_t)group };

    return read_cell(report->findings, key, report->period, unit);
}

static bool belongs(const struct tb_report *report, size_t unit, int32_t group)
{
    return group >= 0 && (report->profile->units[unit].groups >> group & 1) != 0;
}

int32_t tb_report_main_group(const struct tb_report *report, size_t unit)
{
    if (belongs(report, unit, report->subject_group))
        return report->subject_group;
    return belongs(report, unit, report->children_group) ? report->children_group : TB_NONE;
}

int32_t tb_report_own_group(const struct tb_report *report, size_t unit)
{
    int32_t main_group = tb_report_main_group(report, unit);
    const struct tb_profile *p = report->profile;

    if (main_group < 0)
        return TB_NONE;
    for (size_t g = 0; g < p->n_groups; g++)
        if ((int32_t)g != main_group && belongs(report, unit, (int32_t)g) &&
            p->groups[g].n_members >= 2 && p->groups[g].n_members < p->groups[main_group].n_members)
            return (int32_t)g;
    return TB_NONE;
}

/* Red before amber before green before grey; binding before stretch. */
static int gravity(const struct tb_verdict *v)
{
    static const int of_rag[] = {
        [TB_RAG_GREEN] = 1, [TB_RAG_AMBER] = 2, [TB_RAG_RED] = 3, [TB_RAG_GREY] = 0
    };

    return of_rag[tb_verdict_rag(v->kind)] + (tb_verdict_counts(v) ? 10 : 0);
}

const struct tb_verdict *tb_report_worst_verdict(const struct tb_report *report, size_t indicator,
                                                 size_t unit)
{
    const struct tb_verdict *worst = NULL;

    for (size_t i = report->unit_first[unit]; i < report->unit_first[unit + 1]; i++) {
        const struct tb_verdict *v = &report->verdicts[report->of_unit[i]];
        if (v->indicator == (int32_t)indicator && v->strength != TB_FACT && (!worst || gravity(v) > gravity(worst)))
            worst = v;
    }
    return worst;
}
