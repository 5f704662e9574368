/* check_item.c - one check over every unit and period of one indicator.  Pass, fail
 * and "could not be judged" are three outcomes. */
#include <stdlib.h>

#include "process/cells.h"
#include "process/check.h"
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/ratio.h"
#include "tongbao/size.h"

/* Of one check over one indicator: what fails more often than so says something of the
 * check, and no longer of the fields. */
enum { MOST_EXPLAINED = 2000 };

/* What a check is judged on, one period after the other. */
struct judging {
    struct tb_work *work;
    struct tb_check_item *item;
    const struct tb_check *check;
    enum tb_measure measure;
    struct tb_rule_cache *cache;
};

static const struct tb_indicator *indicator_of(const struct judging *judging)
{
    return &judging->work->profile->indicators[judging->item->indicator];
}

/* The measure that a failure points at: the first submitted one that the rule names
 * and that the indicator has; of a quotient, the level that the rule names. */
static enum tb_measure choose_measure(const struct judging *judging)
{
    const struct tb_work *work = judging->work;
    size_t indicator = judging->item->indicator;

    if (tb_indicator_is_ratio(indicator_of(judging)))
        return tb_rule_uses(judging->check->rule, TB_MEASURE_YTD) &&
                       !tb_rule_uses(judging->check->rule, TB_MEASURE_VALUE)
                   ? TB_MEASURE_YTD
                   : TB_MEASURE_VALUE;
    for (int m = 0; m < TB_MEASURE_RANK; m++)
        if (tb_rule_uses(judging->check->rule, (enum tb_measure)m) &&
            tb_work_plane(work, indicator, (enum tb_measure)m, 0))
            return (enum tb_measure)m;
    return (enum tb_measure)work->main_measure[indicator];
}

/* The plane of the cell that would be held, with a value there if there is any: of a
 * quotient, the first part of its numerator that has one.  NULL: nothing to judge. */
static const struct tb_plane *held_plane(const struct judging *judging, struct tb_period period,
                                         size_t unit)
{
    const struct tb_indicator *indicator = indicator_of(judging);
    const struct tb_plane *own =
        tb_work_plane(judging->work, judging->item->indicator, judging->measure, 0);

    if (own || !tb_indicator_is_ratio(indicator))
        return own && tb_status_has_value(tb_plane_get(own, period, unit, NULL)) ? own : NULL;
    for (size_t p = 0; p < indicator->formula->numerator.n; p++) {
        const struct tb_plane *part = tb_cells_part(
            judging->work, indicator->formula->numerator.indicator[p], judging->measure);
        if (tb_status_has_value(tb_plane_get(part, period, unit, NULL)))
            return part;
    }
    return NULL;
}

/* The plane whose periods are gone through. */
static const struct tb_plane *span_plane(const struct judging *judging)
{
    const struct tb_indicator *indicator = indicator_of(judging);
    const struct tb_plane *plane =
        tb_work_plane(judging->work, judging->item->indicator, judging->measure, 0);

    for (size_t p = 0;
         !plane && tb_indicator_is_ratio(indicator) && p < indicator->formula->numerator.n; p++)
        plane = tb_cells_part(judging->work, indicator->formula->numerator.indicator[p],
                              judging->measure);
    return plane;
}

static void put_number(struct tb_buf *out, const struct tb_operand *operand, int32_t decimals)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal value;

    if (operand->known == TB_KNOWN &&
        tb_rational_round(operand->number, decimals, TB_ROUND_HALF_UP, &value))
        tb_decimal_format(value, text);
    tb_csv_put(out, text);
}

static void put_failure(const struct judging *judging, const struct tb_rule_run *run,
                        const struct tb_plane *plane, struct tb_period period, size_t unit)
{
    const struct tb_check *check = judging->check;
    struct tb_buf *rows = &judging->item->rows;
    size_t cell = tb_plane_cell(plane, period, unit);
    struct tb_rule_gap gap = { .value.known = TB_UNKNOWN_NO_DATA,
                               .benchmark.known = TB_UNKNOWN_NO_DATA };
    char when[TB_PERIOD_TEXT];

    tb_rule_gap(run, unit, &gap);
    tb_period_format(period, when);
    int32_t decimals = plane->scale > gap.decimals ? plane->scale : gap.decimals;
    tb_csv_put(rows, check->code);
    tb_csv_put(rows, check->severity == TB_CHECK_ERROR ? "error" : "warning");
    tb_csv_put(rows, judging->work->profile->units[unit].code);
    tb_csv_put(rows, indicator_of(judging)->code);
    tb_csv_put(rows, tb_measure_name(judging->measure));
    tb_csv_put(rows, when);
    tb_csv_put(rows, "fail");
    put_number(rows, &gap.value, decimals);
    put_number(rows, &gap.benchmark, decimals);
    tb_csv_put(rows, check->message_zh);
    tb_csv_put(rows, check->message_en);
    tb_csv_put_int(rows, plane->origin ? plane->origin[cell] : 0);
    tb_csv_end_row(rows);
}

/* The submitted cell behind a derived one: value came from ytd or the reverse. */
static struct tb_plane *submitted_plane(const struct tb_work *work, const struct tb_plane *plane,
                                        size_t cell)
{
    size_t indicator = plane->key.indicator;
    enum tb_measure own = (enum tb_measure)plane->key.measure;
    enum tb_measure other = own == TB_MEASURE_VALUE ? TB_MEASURE_YTD : TB_MEASURE_VALUE;
    struct tb_plane *twin = tb_work_plane(work, indicator, other, 0);
    bool derived = plane->origin && plane->origin[cell] == 0;

    return derived && twin && twin->origin[cell] ? twin : tb_work_plane(work, indicator, own, 0);
}

/* What this check would hold is not there for its later periods. */
static bool mark_wrong(struct tb_check_item *item, const struct tb_plane *plane, size_t cell)
{
    if (!item->wrong) {
        item->wrong = calloc((size_t)plane->n_periods * plane->n_columns, 1);
        item->of = plane;
    }
    if (item->wrong && item->of == plane)
        item->wrong[cell] = 1;
    return item->wrong != NULL;
}

static int note_failure(const struct judging *judging, const struct tb_plane *plane, size_t cell,
                        struct tb_error *err)
{
    struct tb_check_item *item = judging->item;
    struct tb_check_failure *grown =
        tb_grow(item->failure, item->n_failures, &item->capacity, sizeof *item->failure);

    if (!grown)
        return tb_error_set(err, "out of memory for failed checks");
    item->failure = grown;
    struct tb_plane *submitted = submitted_plane(judging->work, plane, cell);
    if (judging->check->severity == TB_CHECK_ERROR &&
        !tb_check_approved(judging->work, submitted, cell) && !mark_wrong(item, submitted, cell))
        return tb_error_set(err, "out of memory for failed checks");
    struct tb_check_failure *failure = &item->failure[item->n_failures];
    *failure = (struct tb_check_failure){ .plane = submitted, .cell = cell };
    failure->suspect =
        item->n_failures < MOST_EXPLAINED
            ? tb_suspect_find(judging->work, judging->check->rule, item->indicator, submitted, cell)
            : tb_suspect_plain(submitted, cell);
    item->n_failures++;
    return 0;
}

static int judge_period(const struct judging *judging, struct tb_period period,
                        struct tb_error *err)
{
    struct tb_check_item *item = judging->item;
    const struct tb_profile *profile = judging->work->profile;
    struct tb_cells cells = { judging->work, item->of, item->wrong };
    struct tb_rule_source source = tb_cells_source(&cells);
    struct tb_rule_frame frame = { .indicator = item->indicator,
                                   .period = period,
                                   .from = period,
                                   .to = period,
                                   .truth_only = true,
                                   .cache = judging->cache };
    struct tb_rule_run *run = tb_rule_eval(judging->check->rule, profile, &source, &frame, err);
    int rc = run ? 0 : -1;

    for (size_t unit = 0; rc == 0 && unit < profile->n_units; unit++) {
        const struct tb_plane *plane =
            judging->check->applies[unit] ? held_plane(judging, period, unit) : NULL;
        if (!plane || (judging->check->as_sent &&
                       plane->origin[tb_plane_cell(plane, period, unit)] == 0))
            continue;
        enum tb_truth truth = tb_rule_truth(run, unit);
        if (item->of_parts && truth == TB_UNKNOWN && tb_rule_unknown(run, unit) == TB_UNKNOWN_HELD)
            truth = TB_FALSE; /* the sum of the accepted parts is another */
        item->n_checked++;
        item->n_unjudged += truth == TB_UNKNOWN;
        item->n_unknown[tb_rule_unknown(run, unit)] += truth == TB_UNKNOWN;
        if (truth != TB_FALSE)
            continue;
        put_failure(judging, run, plane, period, unit);
        rc = note_failure(judging, plane, tb_plane_cell(plane, period, unit), err);
    }
    tb_rule_run_free(run);
    return rc;
}

int tb_check_item_run(struct tb_work *work, struct tb_check_item *item, struct tb_error *err)
{
    struct judging judging = { .work = work,
                               .item = item,
                               .check = &work->profile->checks[item->check],
                               .cache = tb_rule_cache_new() };
    int rc = judging.cache ? 0 : tb_error_set(err, "out of memory for checks");

    judging.measure = choose_measure(&judging);
    const struct tb_plane *span = span_plane(&judging);
    if (judging.check->as_sent && !tb_rule_uses(judging.check->rule, judging.measure))
        span = NULL; /* nobody sends the measure that it speaks of */
    for (uint32_t row = 0; span && rc == 0 && row < span->n_periods; row++)
        rc = judge_period(&judging, (struct tb_period){ span->freq, span->first + (int32_t)row },
                          err);
    if (rc == 0 && !tb_buf_ok(&item->rows, err))
        rc = -1;
    tb_rule_cache_free(judging.cache);
    return rc;
}

void tb_check_item_release(struct tb_check_item *item)
{
    tb_buf_release(&item->rows);
    free(item->failure);
    free(item->wrong);
}
