/* spells.c - looks at all planes once: which units have figures in which periods. */
#include "process/spells.h"

#include <stdlib.h>

#include "process/work.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

/* Some plane is of the profile's frequency; else the first one decides. */
static bool find_freq(const struct tb_work *work, enum tb_freq *out)
{
    size_t n = tb_cube_n_planes(work->cube);

    for (size_t i = 0; i < n; i++)
        if (tb_cube_plane(work->cube, i)->freq == work->profile->set.frequency) {
            *out = work->profile->set.frequency;
            return true;
        }
    if (n > 0)
        *out = tb_cube_plane(work->cube, 0)->freq;
    return n > 0;
}

static bool is_submitted(const struct tb_spells *spells, const struct tb_plane *plane)
{
    return plane && plane->origin && plane->freq == spells->freq;
}

/* Whether something was submitted of the unit in the row. */
static bool is_there(const struct tb_plane *plane, uint32_t row, uint32_t unit)
{
    size_t cell = (size_t)row * plane->n_columns + unit;

    return plane->origin[cell] != 0 && tb_status_has_value(plane->status[cell]);
}

/* Widens the range of all by the rows of a plane that hold anything. */
static void widen(struct tb_spells *spells, const struct tb_plane *plane)
{
    for (uint32_t row = 0; row < plane->n_periods; row++)
        for (uint32_t unit = 0; unit < plane->n_columns; unit++) {
            int32_t at = plane->first + (int32_t)row;
            if (!is_there(plane, row, unit))
                continue;
            spells->first = at < spells->first ? at : spells->first;
            spells->last = at > spells->last ? at : spells->last;
            break;
        }
}

/* seen[unit][period - first] */
static void note(const struct tb_spells *spells, const struct tb_plane *plane, uint8_t *seen)
{
    size_t n = (size_t)(spells->last - spells->first + 1);

    for (uint32_t row = 0; row < plane->n_periods; row++) {
        int32_t at = plane->first + (int32_t)row - spells->first;
        for (uint32_t unit = 0; at >= 0 && (size_t)at < n && unit < plane->n_columns; unit++)
            if (is_there(plane, row, unit))
                seen[unit * n + (size_t)at] = 1;
    }
}

static void read_unit(const struct tb_spells *spells, const uint8_t seen[], struct tb_spell *out)
{
    int32_t n = spells->last - spells->first + 1, longest = spells->long_silence - 1;

    *out = (struct tb_spell){ 1, 0, 1, 0 };
    for (int32_t p = 0; p < n; p++) {
        int32_t at = spells->first + p;
        if (!seen[p])
            continue;
        if (out->first > out->last)
            out->first = at;
        else if (at - out->last - 1 > longest) {
            longest = at - out->last - 1;
            out->quiet_from = out->last + 1;
            out->quiet_to = at - 1;
        }
        out->last = at;
    }
}

static size_t count_cells(const struct tb_plane *plane)
{
    size_t n = (size_t)plane->n_periods * plane->n_columns, n_cells = 0;

    for (size_t i = 0; i < n; i++)
        n_cells += tb_status_has_value(plane->status[i]);
    return n_cells;
}

/* The plane of single periods that says how large a unit is. */
static void find_size(struct tb_spells *spells, const struct tb_work *work)
{
    size_t most = 0;

    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        const struct tb_indicator *of = &work->profile->indicators[i];
        const struct tb_plane *plane = tb_work_plane(work, i, TB_MEASURE_VALUE, 0);
        if (!plane || plane->freq != spells->freq || of->uom.kind == TB_UOM_PERCENT ||
            of->uom.kind == TB_UOM_INDEX ||
            (of->kind != TB_KIND_FLOW && of->kind != TB_KIND_STOCK && of->kind != TB_KIND_COUNT))
            continue;
        size_t n = count_cells(plane);
        if (n > most) {
            most = n;
            spells->size = plane;
        }
    }
}

int tb_spells_init(struct tb_spells *spells, const struct tb_work *work, struct tb_error *err)
{
    size_t n_units = work->profile->n_units, n_seen;
    uint8_t *seen = NULL;

    *spells = (struct tb_spells){ .first = INT32_MAX, .last = INT32_MIN };
    spells->unit = calloc(n_units + 1, sizeof *spells->unit);
    if (!spells->unit)
        return tb_error_set(err, "out of memory for %zu units", n_units);
    for (size_t u = 0; u < n_units; u++)
        spells->unit[u] = (struct tb_spell){ 1, 0, 1, 0 };
    if (!find_freq(work, &spells->freq))
        return 0;
    int a_quarter = tb_periods_per_year(spells->freq) / 4;
    spells->long_silence = a_quarter > 0 ? a_quarter : 1;
    for (size_t i = 0; i < tb_cube_n_planes(work->cube); i++)
        if (is_submitted(spells, tb_cube_plane(work->cube, i)))
            widen(spells, tb_cube_plane(work->cube, i));
    if (spells->first > spells->last)
        return 0;
    size_t n_periods = (size_t)(spells->last - spells->first + 1);
    if (!tb_size_mul(n_units, n_periods, &n_seen) || !(seen = calloc(n_seen + 1, 1))) {
        tb_spells_release(spells);
        return tb_error_set(err, "out of memory for %zu units", n_units);
    }
    for (size_t i = 0; i < tb_cube_n_planes(work->cube); i++)
        if (is_submitted(spells, tb_cube_plane(work->cube, i)))
            note(spells, tb_cube_plane(work->cube, i), seen);
    for (size_t u = 0; u < n_units; u++)
        read_unit(spells, seen + u * n_periods, &spells->unit[u]);
    free(seen);
    find_size(spells, work);
    return 0;
}

void tb_spells_release(struct tb_spells *spells)
{
    free(spells->unit);
    spells->unit = NULL;
}
