/* layout.c - decides which planes the cube has: one pass over all observations
 * finds the range of periods and the scale of each indicator and measure. */
#include <stdlib.h>
#include <string.h>

#include "process/work.h"
#include "tongbao/error.h"
#include "tongbao/estimate.h"
#include "tongbao/fs.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/size.h"
#include "tongbao/stage.h"
#include "tongbao/verification.h"

enum { BLOCK = 4096 };

struct span {
    bool used;
    int32_t scale;
};

struct range {
    bool used;
    int32_t first, last;
};

struct survey {
    struct span *span;   /* [indicator * n_slots + slot] */
    struct range *range; /* [indicator]: one for all its measures */
};

size_t tb_work_slot(const struct tb_work *work, enum tb_measure measure, uint8_t group)
{
    size_t n_groups = work->profile->n_groups;

    switch (measure) {
    case TB_MEASURE_RANK:
        return TB_MEASURE_RANK + group;
    case TB_MEASURE_LATE_DAYS:
        return TB_MEASURE_RANK + n_groups;
    case TB_MEASURE_RESUBMITTED:
        return TB_MEASURE_RANK + n_groups + 1;
    case TB_MEASURE_STATE:
        return TB_MEASURE_RANK + n_groups + 2;
    default:
        return (size_t)measure;
    }
}

struct tb_plane *tb_work_plane(const struct tb_work *work, size_t indicator,
                               enum tb_measure measure, uint8_t group)
{
    return work->plane[indicator * work->n_slots + tb_work_slot(work, measure, group)];
}

struct tb_cell_account *tb_work_account(const struct tb_work *work, size_t unit, size_t indicator)
{
    return &work->account[unit * work->profile->n_indicators + indicator];
}

static void note(struct tb_work *work, struct survey *survey, const struct tb_observation *row)
{
    size_t slot = tb_work_slot(work, (enum tb_measure)row->measure, row->group);
    struct span *span = &survey->span[row->indicator * work->n_slots + slot];
    struct range *range = &survey->range[row->indicator];

    if ((row->status & TB_STATUS_MASK) == TB_STATUS_NONE)
        return; /* taken back: for that alone there is no plane, and none is larger */
    if (!range->used || row->period < range->first)
        range->first = row->period;
    if (!range->used || row->period > range->last)
        range->last = row->period;
    range->used = true;
    if (!span->used || row->scale > span->scale)
        span->scale = row->scale;
    span->used = true;
}

/* A correction may have more digits than what it corrects; for what nobody submitted
 * it makes no plane. */
static void note_correction(struct tb_work *work, struct survey *survey,
                            const struct tb_edit *edit)
{
    struct span *span = &survey->span[(size_t)edit->indicator * work->n_slots +
                                      tb_work_slot(work, edit->measure, TB_NO_GROUP)];

    if (edit->has_value && span->used && edit->value.scale > span->scale)
        span->scale = edit->value.scale;
}

/* Rows of a segment are numbers of the profile's rows: they name nothing, or
 * something else, once the profile has changed since collect. */
static bool is_known(const struct tb_profile *profile, const struct tb_observation *row)
{
    return row->unit < profile->n_units && row->indicator < profile->n_indicators &&
           (row->measure < TB_MEASURE_RANK ||
            (row->measure == TB_MEASURE_RANK && row->group < profile->n_groups));
}

static int survey_sources(struct tb_work *work, struct survey *survey, struct tb_error *err)
{
    struct tb_observation block[BLOCK];

    for (size_t s = 0; s < work->sources.n; s++) {
        const struct tb_source *source = &work->sources.item[s];
        for (size_t at = 0; source->segment && at < source->n_rows; at += BLOCK) {
            size_t n = source->n_rows - at < BLOCK ? source->n_rows - at : BLOCK;
            tb_segment_read(source->segment, at, n, block);
            for (size_t i = 0; i < n; i++) {
                if (!is_known(work->profile, &block[i]))
                    return tb_error_set(err,
                                        "'%s' was collected with another profile: collect again",
                                        source->path);
                if (tb_round_closed(&work->round, source, &block[i]) == TB_DAY_NONE ||
                    !tb_round_is_ahead(&work->round, &block[i]))
                    note(work, survey, &block[i]);
            }
        }
    }
    for (size_t i = 0; i < work->profile->n_edits; i++)
        note_correction(work, survey, &work->profile->edits[i]);
    return 0;
}

/* What a stage says of the percentage stands in the plane of values. */
static void plan_stage(struct tb_work *work, struct survey *survey, size_t indicator)
{
    const struct span *stage = &survey->span[indicator * work->n_slots + TB_MEASURE_STAGE];

    if (stage->used)
        survey->span[indicator * work->n_slots + TB_MEASURE_VALUE].used = true;
}

/* A flow or count known by one of value and ytd gets the other too. */
static void plan_single_and_cumulative(struct tb_work *work, struct survey *survey,
                                       size_t indicator)
{
    enum tb_kind kind = work->profile->indicators[indicator].kind;
    struct span *value = &survey->span[indicator * work->n_slots + TB_MEASURE_VALUE];
    struct span *ytd = &survey->span[indicator * work->n_slots + TB_MEASURE_YTD];

    if ((kind != TB_KIND_FLOW && kind != TB_KIND_COUNT) || (!value->used && !ytd->used))
        return;
    int32_t scale = value->scale > ytd->scale ? value->scale : ytd->scale;
    *value = *ytd = (struct span){ true, scale };
}

/* What is estimated has the digits that its indicator is published with, whatever
 * those of the figures that arrived. */
static void plan_estimates(const struct tb_work *work, struct survey *survey)
{
    const struct tb_profile *profile = work->profile;
    const enum tb_measure levels[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };

    for (size_t r = 0; r < profile->n_estimates; r++)
        for (size_t i = 0; i < profile->n_indicators; i++)
            for (int m = 0; m < 2 && profile->estimates[r].indicators[i]; m++) {
                struct span *span = &survey->span[i * work->n_slots + levels[m]];
                if (span->used && span->scale < profile->indicators[i].decimals)
                    span->scale = profile->indicators[i].decimals;
            }
}

/* A derived indicator without a denominator has the measures that its parts have. */
static void plan_formula(struct tb_work *work, struct survey *survey, size_t indicator)
{
    const struct tb_formula *formula = work->profile->indicators[indicator].formula;
    const enum tb_measure measures[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };

    for (size_t p = 0; p < formula->numerator.n; p++) {
        size_t part = formula->numerator.indicator[p];
        const struct range *from = &survey->range[part];
        struct range *range = &survey->range[indicator];
        if (!from->used)
            continue;
        if (!range->used || from->first < range->first)
            range->first = from->first;
        if (!range->used || from->last > range->last)
            range->last = from->last;
        range->used = true;
        for (int m = 0; m < 2; m++) {
            const struct span *have = &survey->span[part * work->n_slots + measures[m]];
            struct span *span = &survey->span[indicator * work->n_slots + measures[m]];
            if (have->used && (!span->used || have->scale > span->scale))
                *span = *have;
        }
    }
}

/* Timeliness goes by the first submitted measure; planes for it where there are
 * deadlines. */
static void plan_timeliness(struct tb_work *work, struct survey *survey, size_t indicator)
{
    struct span *span = &survey->span[indicator * work->n_slots];
    size_t first = 0;

    while (first < TB_MEASURE_RANK && !span[first].used)
        first++;
    work->main_measure[indicator] = (uint8_t)first;
    if (survey->range[indicator].used && tb_state_is_asked(work->profile, indicator))
        span[tb_work_slot(work, TB_MEASURE_STATE, 0)].used = true;
    if (!survey->range[indicator].used || !tb_profile_has_deadlines(work->profile))
        return;
    span[tb_work_slot(work, TB_MEASURE_LATE_DAYS, 0)].used = true;
    span[tb_work_slot(work, TB_MEASURE_RESUBMITTED, 0)].used = true;
}

static enum tb_measure slot_measure(const struct tb_work *work, size_t slot)
{
    size_t n_groups = work->profile->n_groups;

    if (slot < TB_MEASURE_RANK)
        return (enum tb_measure)slot;
    if (slot < TB_MEASURE_RANK + n_groups)
        return TB_MEASURE_RANK;
    if (slot == TB_MEASURE_RANK + n_groups + 2)
        return TB_MEASURE_STATE;
    return slot == TB_MEASURE_RANK + n_groups ? TB_MEASURE_LATE_DAYS : TB_MEASURE_RESUBMITTED;
}

/* The plane of one slot: a year and a period before the last one at least, so
 * that growth has where to look. */
static struct tb_plane plan_plane(const struct tb_work *work, const struct survey *survey,
                                  size_t indicator, size_t slot)
{
    const struct range *range = &survey->range[indicator];
    enum tb_freq freq = work->profile->indicators[indicator].frequency;
    enum tb_measure measure = slot_measure(work, slot);
    int32_t reach = tb_period_year_before((struct tb_period){ freq, range->last }).index;
    int32_t first = range->first < reach ? range->first : reach;

    return (struct tb_plane){
        .key = { (uint16_t)indicator, (uint8_t)measure, TB_N_MEASURES,
                 measure == TB_MEASURE_RANK ? (uint8_t)(slot - TB_MEASURE_RANK) : TB_NO_GROUP },
        .axis = TB_AXIS_UNIT,
        .freq = freq,
        .first = first,
        .n_periods = (uint32_t)(range->last - first + 1),
        .n_columns = (uint32_t)work->profile->n_units,
        .scale = survey->span[indicator * work->n_slots + slot].scale,
    };
}

static int create_cube(struct tb_work *work, const struct survey *survey, struct tb_error *err)
{
    size_t n_cells = work->profile->n_indicators * work->n_slots, n = 0;
    struct tb_plane *plan = calloc(n_cells ? n_cells : 1, sizeof *plan);
    bool *origin = calloc(n_cells ? n_cells : 1, sizeof *origin);
    size_t *where = calloc(n_cells ? n_cells : 1, sizeof *where);
    char *path = tb_path("%s/cube.tbc", work->stage->out);
    int rc = -1;

    if (!plan || !origin || !where || !path) {
        tb_error_set(err, "out of memory for %zu planes", n_cells);
        goto out;
    }
    for (size_t i = 0; i < n_cells; i++) {
        if (!survey->span[i].used)
            continue;
        plan[n] = plan_plane(work, survey, i / work->n_slots, i % work->n_slots);
        origin[n] = plan[n].key.measure < TB_N_SUBMITTED;
        where[n++] = i;
    }
    work->cube = tb_cube_create(path, plan, origin, n, err);
    if (!work->cube)
        goto out;
    for (size_t i = 0; i < n; i++)
        work->plane[where[i]] = tb_cube_plane_for_writing(work->cube, i);
    rc = 0;
out:
    free(path);
    free(where);
    free(origin);
    free(plan);
    return rc;
}

int tb_work_layout(struct tb_work *work, struct tb_error *err)
{
    size_t n_indicators = work->profile->n_indicators, cells, accounts;
    struct survey survey = { 0 };
    int rc = -1;

    work->n_slots = TB_MEASURE_RANK + work->profile->n_groups + 3;
    if (!tb_size_mul(n_indicators, work->n_slots, &cells) ||
        !tb_size_mul(n_indicators, work->profile->n_units, &accounts))
        return tb_error_set(err, "the profile is too large");
    survey.span = calloc(cells ? cells : 1, sizeof *survey.span);
    survey.range = calloc(n_indicators ? n_indicators : 1, sizeof *survey.range);
    work->plane = calloc(cells ? cells : 1, sizeof *work->plane);
    work->main_measure = calloc(n_indicators ? n_indicators : 1, 1);
    work->account = calloc(accounts ? accounts : 1, sizeof *work->account);
    work->first_stated = calloc(n_indicators ? n_indicators : 1, sizeof *work->first_stated);
    work->edit_use = calloc(work->profile->n_edits + 1, sizeof *work->edit_use);
    if (!survey.span || !survey.range || !work->plane || !work->main_measure || !work->account ||
        !work->edit_use || !work->first_stated) {
        tb_error_set(err, "out of memory for %zu indicators", n_indicators);
        goto out;
    }
    if (survey_sources(work, &survey, err) < 0)
        goto out;
    plan_estimates(work, &survey);
    /* Timeliness goes by a measure that was submitted: before derived ones are planned. */
    for (size_t i = 0; i < n_indicators; i++) {
        if (!work->profile->indicators[i].formula)
            plan_timeliness(work, &survey, i);
        plan_stage(work, &survey, i);
        plan_single_and_cumulative(work, &survey, i);
    }
    for (size_t i = 0; i < n_indicators; i++) {
        const struct tb_formula *formula = work->profile->indicators[i].formula;
        if (formula && formula->denominator.n == 0)
            plan_formula(work, &survey, i);
    }
    rc = create_cube(work, &survey, err);
out:
    free(survey.span);
    free(survey.range);
    return rc;
}

void tb_work_release(struct tb_work *work)
{
    tb_cube_close(work->cube);
    tb_sources_close(&work->sources);
    tb_round_close(&work->round);
    tb_buf_release(&work->revisions);
    tb_replaced_release(&work->replaced);
    tb_buf_release(&work->left_out);
    tb_buf_release(&work->checks);
    tb_buf_release(&work->outcomes);
    tb_buf_release(&work->worklist);
    tb_buf_release(&work->estimates);
    tb_buf_release(&work->comparable);
    tb_buf_release(&work->revised);
    tb_firsts_release(&work->firsts);
    tb_buf_release(&work->residuals);
    tb_buf_release(&work->changes);
    free(work->plane);
    free(work->main_measure);
    free(work->account);
    free(work->edit_use);
    free(work->first_stated);
    free(work->stated);
    tb_buf_release(&work->verification);
    *work = (struct tb_work){ 0 };
}
