/* unit_planes.c - writes what is printed of every unit, period by period. */
#include "analyse/measure/unit_planes.h"

#include <stdlib.h>

#include "analyse/findings.h"
#include "analyse/measure/rows.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

static int note_unranked(struct tb_unit_planes *units, size_t m, size_t cell, struct tb_error *err)
{
    const struct tb_plane *plane = units->plane[m];
    size_t n = (size_t)plane->n_periods * plane->n_columns;

    if (!units->unranked[m])
        units->unranked[m] = calloc(n, sizeof *units->unranked[m]);
    if (!units->unranked[m])
        return tb_error_set(err, "out of memory for %zu cells", n);
    units->unranked[m][cell] = true;
    return 0;
}

/* The printed number of a cell; false when it does not fit. */
static bool print(const struct tb_unit_planes *units, const struct tb_plane *plane, size_t unit,
                  struct tb_period period, const struct tb_measured *exact, int64_t *out)
{
    const struct tb_profile *profile = units->ms->profile;
    enum tb_measure measure = (enum tb_measure)plane->key.measure;
    struct tb_decimal value = { 0, 0 };
    bool fits =
        tb_findings_of_printed(profile, measure, units->indicator)
            ? tb_findings_printed(units->ms, measure, units->indicator, unit, period, exact, &value)
            : tb_rational_round(exact->number, plane->scale,
                                tb_findings_round_mode(profile, measure), &value);

    *out = value.units;
    return fits;
}

/* One cell by itself. */
static int fill_cell(struct tb_unit_planes *units, size_t m, const struct tb_row *row, size_t first,
                     size_t unit, struct tb_error *err)
{
    struct tb_plane *plane = units->plane[m];
    struct tb_measured exact;
    int64_t value;

    tb_row_get(row, unit, &exact);
    if (exact.known != TB_KNOWN) {
        plane->status[first + unit] = tb_row_absent_letter(row->measure, &exact);
        return 0;
    }
    if (print(units, plane, unit, row->period, &exact, &value)) {
        plane->value[first + unit] = value;
        plane->status[first + unit] = exact.status;
    } else {
        plane->status[first + unit] = TB_STATUS_M;
    }
    return exact.unranked ? note_unranked(units, m, first + unit, err) : 0;
}

/* One period of a plane. */
static int fill_row(struct tb_unit_planes *units, size_t m, struct tb_period period,
                    struct tb_error *err)
{
    const struct tb_profile *profile = units->ms->profile;
    struct tb_plane *plane = units->plane[m];
    enum tb_measure measure = (enum tb_measure)plane->key.measure;
    size_t first = tb_plane_cell(plane, period, 0), n_odd;
    struct tb_row row;
    const struct tb_row_printing to = { .value = plane->value + first,
                                        .status = plane->status + first,
                                        .odd = units->odd,
                                        .n_units = plane->n_columns,
                                        .factor = tb_pow10(plane->scale),
                                        .mode = tb_findings_round_mode(profile, measure) };

    tb_row_init(&row, units->ms, measure, units->indicator, period);
    if (tb_findings_of_printed(profile, measure, units->indicator))
        row.shape = TB_ROW_UNUSUAL; /* a difference of two printed numbers */
    n_odd = tb_row_print(&row, &to);
    for (size_t i = 0; i < n_odd; i++)
        if (fill_cell(units, m, &row, first, units->odd[i], err) < 0)
            return -1;
    return 0;
}

int tb_unit_planes_fill(struct tb_unit_planes *units, const struct tb_measures *ms,
                        const struct tb_indicator_layout *at, struct tb_cube *cube,
                        size_t indicator, struct tb_error *err)
{
    size_t n = ms->profile->n_units;

    *units = (struct tb_unit_planes){ .ms = ms, .indicator = indicator };
    units->odd = calloc(n ? n : 1, sizeof *units->odd);
    if (!units->odd)
        return tb_error_set(err, "out of memory for %zu units", n);
    for (size_t m = 0; m < TB_N_UNIT_MEASURES; m++) {
        if (at->unit[m] == SIZE_MAX)
            continue;
        const struct tb_plane *plane = units->plane[m] =
            tb_cube_plane_for_writing(cube, at->unit[m]);
        for (uint32_t row = 0; row < plane->n_periods; row++)
            if (fill_row(units, m, (struct tb_period){ plane->freq, plane->first + (int32_t)row },
                         err) < 0)
                return -1;
    }
    return 0;
}

void tb_unit_planes_release(struct tb_unit_planes *units)
{
    for (size_t m = 0; m < TB_N_UNIT_MEASURES; m++)
        free(units->unranked[m]);
    free(units->odd);
    *units = (struct tb_unit_planes){ 0 };
}

/* The place of a measure among the planes. */
static size_t place_of(enum tb_measure of)
{
    size_t m = 0;

    while (m < TB_N_UNIT_MEASURES && tb_layout_unit_measures[m] != of)
        m++;
    return m;
}

const struct tb_plane *tb_unit_planes_row(const struct tb_unit_planes *units, enum tb_measure of,
                                          struct tb_period period, size_t *first)
{
    size_t m = place_of(of);
    const struct tb_plane *plane = m < TB_N_UNIT_MEASURES ? units->plane[m] : NULL;

    *first = tb_plane_cell(plane, period, 0);
    return *first == SIZE_MAX ? NULL : plane;
}

bool tb_unit_planes_rank(const struct tb_unit_planes *units, enum tb_measure of, size_t group,
                         struct tb_period period, struct tb_ranks_row *row)
{
    const struct tb_profile *profile = units->ms->profile;
    const struct tb_group *g = &profile->groups[group];
    size_t first;
    const struct tb_plane *plane = tb_unit_planes_row(units, of, period, &first);

    if (!plane)
        return false;
    const bool *unranked = units->unranked[place_of(of)];
    row->n = g->n_members;
    row->ordered = false;
    for (size_t m = 0; m < g->n_members; m++) {
        size_t unit = g->member[m], cell = first + unit;
        row->open[m] = tb_unit_valid_in(&profile->units[unit], period);
        row->has[m] = row->open[m] && tb_status_has_value(plane->status[cell]) &&
                      !(unranked && unranked[cell]);
        row->value[m] = tb_rational_int(row->has[m] ? plane->value[cell] : 0);
    }
    return true;
}
