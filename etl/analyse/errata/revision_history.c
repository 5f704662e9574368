/* revision_history.c - first figures out of revisions.csv, and each unit's own revisions. */
#include "analyse/errata/revision_history.h"

#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/table.h"

static int compare_keys(const struct tb_first_figure *a, const struct tb_first_figure *b)
{
    if (a->indicator != b->indicator)
        return a->indicator < b->indicator ? -1 : 1;
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return (a->period > b->period) - (a->period < b->period);
}

static int by_key_and_row(const void *a, const void *b)
{
    const struct tb_first_figure *x = a, *y = b;
    int order = compare_keys(x, y);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* A row as the first figure of its cell; false for given ranks and what the profile no longer
 * knows. */
static bool read_row(const struct tb_profile *profile, const struct tb_table *table, size_t row,
                     struct tb_first_figure *out)
{
    const char *unit = tb_table_get(table, row, "unit");
    const char *indicator = tb_table_get(table, row, "indicator");
    const char *measure = tb_table_get(table, row, "measure");
    const char *period = tb_table_get(table, row, "period");
    const char *value = tb_table_get(table, row, "old_value");
    int found = tb_measure_find(measure, strlen(measure));
    struct tb_period_read read;

    *out = (struct tb_first_figure){
        .unit = tb_profile_unit(profile, unit, strlen(unit)),
        .indicator = tb_profile_indicator(profile, indicator, strlen(indicator)),
        .measure = (uint8_t)found,
        .row = row,
    };
    if (out->unit < 0 || out->indicator < 0 || found < 0 || found == TB_MEASURE_RANK ||
        !tb_period_parse(period, strlen(period), &read))
        return false;
    out->period = tb_period_read_as(&read, profile->indicators[out->indicator].frequency).index;
    out->has = tb_decimal_parse(value, strlen(value), &out->value);
    return true;
}

static int take_rows(struct tb_revision_history *history, const struct tb_profile *profile,
                     const struct tb_table *table, struct tb_error *err)
{
    size_t rows = tb_table_rows(table), n = 0;

    history->item = calloc(rows + 1, sizeof *history->item);
    if (!history->item)
        return tb_error_set(err, "out of memory for %zu revisions", rows);
    for (size_t row = 0; row < rows; row++)
        n += read_row(profile, table, row, &history->item[n]);
    qsort(history->item, n, sizeof *history->item, by_key_and_row);
    for (size_t i = 0; i < n; i++) /* rows stand in order of vintage: the first is the first */
        if (history->n == 0 || compare_keys(&history->item[history->n - 1], &history->item[i]))
            history->item[history->n++] = history->item[i];
    return 0;
}

int tb_revision_history_read(struct tb_revision_history *history, const struct tb_profile *profile,
                             const char *path, struct tb_error *err)
{
    struct tb_diag diag = { 0 };
    int rc = 0;

    *history = (struct tb_revision_history){ 0 };
    if (!tb_fs_exists(path))
        return 0;
    struct tb_table *table = tb_table_read(path, NULL, &diag, err);
    if (!table)
        return -1;
    if (diag.n_errors > 0)
        rc = tb_error_set(err, "'%s' is damaged", path);
    else
        rc = take_rows(history, profile, table, err);
    tb_table_free(table);
    return rc;
}

void tb_revision_history_release(struct tb_revision_history *history)
{
    free(history->item);
    *history = (struct tb_revision_history){ 0 };
}

static const struct tb_first_figure *find(const struct tb_revision_history *history,
                                          const struct tb_first_figure *key)
{
    size_t low = 0, high = history->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_keys(&history->item[middle], key);
        if (order == 0)
            return &history->item[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The submitted measure whose revisions move the headline, and how. */
static const struct tb_plane *source_of(const struct tb_measures *ms, size_t indicator,
                                        enum tb_measure of, enum tb_revised_as *as)
{
    const struct tb_indicator *in = &ms->profile->indicators[indicator];
    const struct tb_indicator_planes *planes = &ms->planes[indicator];
    bool amount = in->uom.kind != TB_UOM_PERCENT && in->kind != TB_KIND_GRADE &&
                  in->kind != TB_KIND_MILESTONE;
    bool level = of == TB_MEASURE_VALUE || of == TB_MEASURE_YTD;

    *as = level && amount ? TB_REVISED_SHARE : TB_REVISED_POINTS;
    if (of < TB_N_SUBMITTED && planes->measure[of])
        return planes->measure[of];
    if (of == TB_MEASURE_GROWTH || of == TB_MEASURE_YTD_GROWTH || of == TB_MEASURE_MOM)
        *as = TB_REVISED_GROWTH;
    else if (of == TB_MEASURE_PROGRESS)
        *as = TB_REVISED_SHARE;
    else if (of != TB_MEASURE_CHANGE)
        return NULL;
    bool cumulated = of == TB_MEASURE_YTD_GROWTH || of == TB_MEASURE_PROGRESS;
    return cumulated && planes->measure[TB_MEASURE_YTD] ? planes->measure[TB_MEASURE_YTD]
                                                        : planes->measure[TB_MEASURE_VALUE];
}

/* Latest less first of one cell; false where there is nothing to compare. */
static bool revision(const struct tb_revision_history *history, const struct tb_plane *plane,
                     struct tb_period period, size_t unit, enum tb_revised_as as, double *out)
{
    struct tb_first_figure key = { .indicator = plane->key.indicator,
                                   .measure = plane->key.measure,
                                   .unit = (int32_t)unit,
                                   .period = period.index };
    struct tb_decimal latest;
    struct tb_rational now, was;

    if (!tb_status_has_value(tb_plane_get(plane, period, unit, &latest)))
        return false;
    const struct tb_first_figure *first = find(history, &key);
    *out = 0; /* a figure that nobody changed was revised by nothing */
    if (!first)
        return true;
    if (!first->has || !tb_rational_from_decimal(first->value, &was) ||
        !tb_rational_from_decimal(latest, &now))
        return false;
    double a = tb_rational_double(now), b = tb_rational_double(was);
    if (as != TB_REVISED_POINTS && !(b > 0))
        return false;
    *out = as == TB_REVISED_POINTS ? a - b : a / b - 1;
    return true;
}

int tb_revision_pool_init(struct tb_revision_pool *pool, const struct tb_revision_history *history,
                          const struct tb_measures *ms, size_t indicator, enum tb_measure of,
                          size_t group, struct tb_period period, struct tb_error *err)
{
    const struct tb_group *g = &ms->profile->groups[group];
    size_t periods, cells, n = 0;

    *pool = (struct tb_revision_pool){ 0 };
    const struct tb_plane *plane = source_of(ms, indicator, of, &pool->as);
    periods = plane && period.index > plane->first ? (size_t)(period.index - plane->first) : 0;
    if (plane && periods > plane->n_periods)
        periods = plane->n_periods;
    if (tb_size_mul(periods, g->n_members, &cells)) {
        pool->r = calloc(cells + 1, sizeof *pool->r);
        pool->first = calloc(g->n_members + 1, sizeof *pool->first);
    }
    if (!pool->r || !pool->first) {
        tb_revision_pool_release(pool);
        return tb_error_set(err, "out of memory for the revisions of %zu units", g->n_members);
    }
    for (size_t m = 0; m < g->n_members; m++) {
        pool->first[m] = n;
        for (size_t p = 0; p < periods; p++) {
            struct tb_period at = { plane->freq, plane->first + (int32_t)p };
            if (!revision(history, plane, at, g->member[m], pool->as, &pool->r[n]))
                continue;
            pool->any = pool->any || pool->r[n] < 0 || pool->r[n] > 0;
            n++;
        }
    }
    pool->first[g->n_members] = n;
    return 0;
}

double tb_revision_draw(const struct tb_revision_pool *pool, size_t m, gsl_rng *rng)
{
    size_t first = pool->first[m], n = pool->first[m + 1] - first;
    double by = 0;

    if (n > 0)
        (void)gsl_ran_sample(rng, &by, 1, pool->r + first, n, sizeof by);
    return by;
}

double tb_revision_apply(enum tb_revised_as as, double x, double by)
{
    return as == TB_REVISED_POINTS  ? x + by
           : as == TB_REVISED_SHARE ? x * (1 + by)
                                    : (100 + x) * (1 + by) - 100;
}

void tb_revision_pool_release(struct tb_revision_pool *pool)
{
    free(pool->r);
    free(pool->first);
    *pool = (struct tb_revision_pool){ 0 };
}
