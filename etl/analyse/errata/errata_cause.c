/* errata_cause.c - from a figure to the file and line that changed it. */
#include "analyse/errata/errata_cause.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/arena.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"

struct origin { /* one row of sources.csv */
    const char *file, *segment;
    uint32_t first, n;
    uint32_t arrival; /* number in the ledger */
    int64_t received; /* INT64_MIN: edits */
    bool is_edits;
};

/* A new figure that was found: its cell. */
struct found {
    const struct origin *source;
    uint32_t origin;
    size_t unit, indicator;
    struct tb_period period;
};

struct tb_causes {
    const struct tb_stage *stage;
    const struct tb_cube *cube;
    const struct tb_measures *ms;
    struct tb_arena arena;
    struct origin *source;
    size_t n;
    /* The first new figure of any unit, for the question asked last: a revision of one unit
     * moves the places of many. */
    bool asked;
    struct tb_knew knew;
    size_t indicator;
    struct tb_period period;
    struct found peer;
};

/* What is looked for, and what the bulletin knew. */
struct hunt {
    const struct tb_causes *causes;
    const struct tb_knew *knew;
};

const char *tb_cause_code(enum tb_cause_kind kind)
{
    static const char *const codes[] = { "revision", "edit", "peer", "profile",
                                         "verification", "other" };

    return codes[kind];
}

static int read_source(struct tb_causes *causes, const struct tb_table *table, size_t row,
                       struct tb_error *err)
{
    struct origin *source = &causes->source[causes->n];
    const char *sender = tb_table_get(table, row, "sender");
    const char *name = tb_table_get(table, row, "name");
    const char *received = tb_table_get(table, row, "received");
    struct tb_buf file = TB_BUF_INIT;

    tb_buf_printf(&file, "%s%s%s", sender, sender[0] ? "/" : "", name);
    source->file = tb_arena_strdup(&causes->arena, tb_buf_text(&file));
    source->segment = tb_arena_strdup(&causes->arena, tb_table_get(table, row, "segment"));
    tb_buf_release(&file);
    if (!source->file || !source->segment)
        return tb_error_set(err, "out of memory for %zu sources", tb_table_rows(table));
    source->first = (uint32_t)strtoul(tb_table_get(table, row, "first_origin"), NULL, 10);
    source->n = (uint32_t)strtoul(tb_table_get(table, row, "n_rows"), NULL, 10);
    source->arrival = (uint32_t)strtoul(tb_table_get(table, row, "arrival"), NULL, 10);
    source->is_edits = source->arrival == 0;
    source->received = INT64_MIN;
    if (!source->is_edits && !tb_moment_parse(received, strlen(received), &source->received))
        return tb_error_set(err, "%s:%u: '%s' is not a moment", tb_table_file(table),
                            (unsigned)tb_table_line(table, row), received);
    causes->n++;
    return 0;
}

struct tb_causes *tb_causes_open(const struct tb_stage *stage, const struct tb_cube *cube,
                                 const struct tb_measures *ms, struct tb_error *err)
{
    struct tb_causes *causes = calloc(1, sizeof *causes);
    char *path = tb_stage_path(stage, "process/sources.csv");
    struct tb_diag diag = { 0 };
    struct tb_table *table = causes && path ? tb_table_read(path, NULL, &diag, err) : NULL;
    size_t n = table ? tb_table_rows(table) : 0;
    int rc = table ? 0 : -1;

    if (!causes || !path)
        tb_error_set(err, "out of memory");
    free(path);
    if (rc == 0) {
        *causes = (struct tb_causes){ .stage = stage, .cube = cube, .ms = ms };
        causes->source = tb_arena_alloc(&causes->arena, n + 1, sizeof *causes->source);
        rc = causes->source ? 0 : tb_error_set(err, "out of memory for %zu sources", n);
    }
    for (size_t row = 0; rc == 0 && row < n; row++)
        rc = read_source(causes, table, row, err);
    tb_table_free(table);
    if (rc == 0)
        return causes;
    tb_causes_close(causes);
    return NULL;
}

void tb_causes_close(struct tb_causes *causes)
{
    if (!causes)
        return;
    tb_arena_release(&causes->arena);
    free(causes);
}

static const struct origin *source_of(const struct tb_causes *causes, uint32_t origin)
{
    size_t low = 0, high = causes->n; /* their first origins ascend */

    if (origin == 0 || causes->n == 0)
        return NULL;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (causes->source[middle].first <= origin)
            low = middle;
        else
            high = middle;
    }
    const struct origin *source = &causes->source[low];
    return origin - source->first < source->n ? source : NULL;
}

static bool is_new(const struct hunt *hunt, const struct origin *source, uint32_t origin)
{
    if (source->is_edits) /* edits.csv is only ever appended to */
        return origin - source->first >= hunt->knew->n_edits;
    /* A file is new by its place in the ledger, whatever its clock says; one that was there
     * and had not been received by that evening (--as-of) is new as well. */
    return source->arrival > hunt->knew->arrival || source->received > hunt->knew->since;
}

/* Of the measures of one cell the one that came last. */
static void look_at(const struct hunt *hunt, size_t indicator, size_t unit,
                    struct tb_period period, struct found *best)
{
    const struct tb_causes *causes = hunt->causes;

    for (int m = 0; m < TB_N_SUBMITTED; m++) {
        const struct tb_plane *plane =
            tb_cube_measure(causes->cube, indicator, (enum tb_measure)m);
        size_t cell = tb_plane_cell(plane, period, unit);
        if (cell == SIZE_MAX || !plane->origin)
            continue;
        const struct origin *source = source_of(causes, plane->origin[cell]);
        if (!source || !is_new(hunt, source, plane->origin[cell]) ||
            (best->source && plane->origin[cell] <= best->origin))
            continue;
        *best = (struct found){ source, plane->origin[cell], unit, indicator, period };
    }
}

/* The cells behind a figure of one unit: the period, the others of its year up to it, and
 * the same of the year before. */
static void look_at_unit(const struct hunt *hunt, size_t indicator, size_t unit,
                         struct tb_period period, struct found *best)
{
    const struct tb_profile *profile = hunt->causes->ms->profile;
    struct tb_period at = period;
    struct tb_period start = tb_period_year_start(period, profile->set.year_start);

    look_at(hunt, indicator, unit, period, best);
    for (at.index--; !best->source && at.index >= start.index; at.index--)
        look_at(hunt, indicator, unit, at, best);
    at = tb_measures_last_year(period);
    for (int32_t end = tb_measures_last_year(start).index;
         !best->source && at.index >= end; at.index--)
        look_at(hunt, indicator, unit, at, best);
}

static void look_at_side(const struct hunt *hunt, const struct tb_formula_side *side, size_t unit,
                         struct tb_period period, struct found *best)
{
    for (size_t p = 0; p < side->n && !best->source; p++)
        look_at_unit(hunt, side->indicator[p], unit, period, best);
}

/* The indicator, and the parts of its formula (and of theirs). */
static void look_at_figure(const struct hunt *hunt, size_t indicator, size_t unit,
                           struct tb_period period, struct found *best)
{
    const struct tb_formula *formula = hunt->causes->ms->profile->indicators[indicator].formula;

    look_at_unit(hunt, indicator, unit, period, best);
    if (!formula || best->source)
        return;
    look_at_side(hunt, &formula->numerator, unit, period, best);
    look_at_side(hunt, &formula->denominator, unit, period, best);
}

static struct found look_at_peers(struct tb_causes *causes, const struct hunt *hunt,
                                  size_t indicator, struct tb_period period)
{
    size_t n_units = causes->ms->profile->n_units;

    if (causes->asked && causes->knew.since == hunt->knew->since &&
        causes->knew.arrival == hunt->knew->arrival &&
        causes->knew.n_edits == hunt->knew->n_edits && causes->indicator == indicator &&
        causes->period.freq == period.freq && causes->period.index == period.index)
        return causes->peer;
    causes->asked = true;
    causes->knew = *hunt->knew;
    causes->indicator = indicator;
    causes->period = period;
    causes->peer = (struct found){ 0 };
    for (size_t u = 0; u < n_units && !causes->peer.source; u++)
        look_at_figure(hunt, indicator, u, period, &causes->peer);
    return causes->peer;
}

static int name_it(const struct tb_causes *causes, const struct found *found, struct tb_cause *out,
                   struct tb_error *err)
{
    const struct origin *source = found->source;
    struct tb_observation row;
    struct tb_segment *segment;
    char *path;

    out->unit = (int32_t)found->unit;
    out->indicator = (int32_t)found->indicator;
    out->file = source->file;
    tb_period_format(found->period, out->period);
    if (source->is_edits) {
        out->line = causes->ms->profile->edits[found->origin - source->first].line;
        return 0;
    }
    path = tb_path("%s/%s", causes->stage->data, source->segment);
    if (!path)
        return tb_error_set(err, "out of memory");
    segment = tb_segment_open(path, err);
    free(path);
    if (!segment)
        return -1;
    tb_segment_read(segment, found->origin - source->first, 1, &row);
    out->line = row.line;
    tb_segment_close(segment);
    return 0;
}

int tb_causes_find(struct tb_causes *causes, size_t unit, size_t indicator,
                   struct tb_period period, const struct tb_knew *knew, struct tb_cause *out,
                   struct tb_error *err)
{
    struct hunt hunt = { causes, knew };
    struct found best = { 0 };

    *out = (struct tb_cause){ .kind = knew->same_profile ? TB_CAUSE_OTHER : TB_CAUSE_PROFILE,
                              .unit = TB_NONE,
                              .indicator = TB_NONE,
                              .file = "" };
    look_at_figure(&hunt, indicator, unit, period, &best);
    if (best.source)
        out->kind = best.source->is_edits ? TB_CAUSE_EDIT : TB_CAUSE_REVISION;
    if (!best.source) {
        best = look_at_peers(causes, &hunt, indicator, period);
        if (best.source)
            out->kind = TB_CAUSE_PEER;
    }
    return best.source ? name_it(causes, &best, out, err) : 0;
}
