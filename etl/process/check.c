/* check.c - the validation rules of checks.csv over every unit and period
 * (GSBPM 5.3).  A warning flags the cell; an error holds it back until it is
 * corrected or approved in edits.csv.  Pass, fail and "could not be judged" are
 * three outcomes. */
#include <stdlib.h>
#include <string.h>

#include "process/cells.h"
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/stage.h"

/* One check over one indicator; its results are joined in file order after. */
struct item {
    size_t check, indicator;
    struct tb_buf rows;
    size_t *fail; /* cells (period row * n_units + unit) that failed */
    size_t n_fails, capacity;
    size_t n_checked, n_unjudged;
};

struct checking {
    struct tb_work *work;
    struct item *item;
    size_t n;
};

/* The submitted measure that a failure points at: the first one that the rule
 * names and that the indicator has. */
static enum tb_measure suspect(const struct tb_work *work, const struct tb_check *check,
                               size_t indicator)
{
    for (int m = 0; m < TB_MEASURE_RANK; m++)
        if (tb_rule_uses(check->rule, (enum tb_measure)m) &&
            tb_work_plane(work, indicator, (enum tb_measure)m, 0))
            return (enum tb_measure)m;
    return (enum tb_measure)work->main_measure[indicator];
}

/* The plane that a check looks at, and the first of the indicator's planes that
 * was submitted, for its range of periods. */
static const struct tb_plane *subject_plane(const struct tb_work *work, const struct item *item)
{
    const struct tb_check *check = &work->profile->checks[item->check];

    return tb_work_plane(work, item->indicator, suspect(work, check, item->indicator), 0);
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

static void put_failure(struct item *item, const struct tb_work *work,
                        const struct tb_rule_run *run, const struct tb_plane *plane,
                        struct tb_period period, size_t unit)
{
    const struct tb_check *check = &work->profile->checks[item->check];
    size_t cell = tb_plane_cell(plane, period, unit);
    struct tb_rule_gap gap = { .value.known = TB_UNKNOWN_NO_DATA,
                               .benchmark.known = TB_UNKNOWN_NO_DATA };
    char when[TB_PERIOD_TEXT];

    tb_rule_gap(run, unit, &gap);
    tb_period_format(period, when);
    tb_csv_put(&item->rows, check->code);
    tb_csv_put(&item->rows, check->severity == TB_CHECK_ERROR ? "error" : "warning");
    tb_csv_put(&item->rows, work->profile->units[unit].code);
    tb_csv_put(&item->rows, work->profile->indicators[item->indicator].code);
    tb_csv_put(&item->rows, tb_measure_name((enum tb_measure)plane->key.measure));
    tb_csv_put(&item->rows, when);
    tb_csv_put(&item->rows, "fail");
    put_number(&item->rows, &gap.value, plane->scale > gap.decimals ? plane->scale : gap.decimals);
    put_number(&item->rows, &gap.benchmark,
               plane->scale > gap.decimals ? plane->scale : gap.decimals);
    tb_csv_put(&item->rows, check->message_zh);
    tb_csv_put(&item->rows, check->message_en);
    tb_csv_put_int(&item->rows, plane->origin ? plane->origin[cell] : 0);
    tb_csv_end_row(&item->rows);
}

static int note_failure(struct item *item, size_t cell, struct tb_error *err)
{
    size_t *grown = tb_grow(item->fail, item->n_fails, &item->capacity, sizeof *item->fail);

    if (!grown)
        return tb_error_set(err, "out of memory for failed checks");
    item->fail = grown;
    item->fail[item->n_fails++] = cell;
    return 0;
}

static int check_period(struct item *item, struct tb_work *work, const struct tb_plane *plane,
                        struct tb_period period, struct tb_error *err)
{
    const struct tb_check *check = &work->profile->checks[item->check];
    struct tb_rule_source source = tb_cells_source(work);
    struct tb_rule_frame frame = {
        .indicator = item->indicator, .period = period, .from = period, .to = period
    };
    struct tb_rule_run *run = tb_rule_eval(check->rule, work->profile, &source, &frame, err);
    int rc = run ? 0 : -1;

    for (size_t unit = 0; rc == 0 && unit < work->profile->n_units; unit++) {
        size_t cell = tb_plane_cell(plane, period, unit);
        if (!check->applies[unit] || !tb_status_has_value(plane->status[cell]))
            continue;
        item->n_checked++;
        enum tb_truth truth = tb_rule_truth(run, unit);
        if (truth == TB_UNKNOWN)
            item->n_unjudged++;
        if (truth != TB_FALSE)
            continue;
        put_failure(item, work, run, plane, period, unit);
        rc = note_failure(item, cell, err);
    }
    tb_rule_run_free(run);
    return rc;
}

static int run_item(void *user, size_t i, struct tb_error *err)
{
    struct checking *checking = user;
    struct item *item = &checking->item[i];
    const struct tb_plane *plane = subject_plane(checking->work, item);
    int rc = 0;

    for (uint32_t row = 0; plane && rc == 0 && row < plane->n_periods; row++)
        rc = check_period(item, checking->work, plane,
                          (struct tb_period){ plane->freq, plane->first + (int32_t)row }, err);
    if (rc == 0 && !tb_buf_ok(&item->rows, err))
        rc = -1;
    return rc;
}

/* True when edits.csv approves the value of that cell as it stands. */
static bool approved(const struct tb_work *work, const struct tb_plane *plane, size_t cell)
{
    for (size_t i = 0; i < work->profile->n_edits; i++) {
        const struct tb_edit *edit = &work->profile->edits[i];
        if (!edit->has_value && edit->indicator == plane->key.indicator &&
            edit->measure == plane->key.measure && edit->period.freq == plane->freq &&
            tb_plane_cell(plane, edit->period, (size_t)edit->unit) == cell)
            return true;
    }
    return false;
}

/* The submitted cell behind a derived one: value came from ytd or the reverse. */
static struct tb_plane *submitted_plane(struct tb_work *work, struct tb_plane *plane, size_t cell)
{
    enum tb_measure other =
        plane->key.measure == TB_MEASURE_VALUE ? TB_MEASURE_YTD : TB_MEASURE_VALUE;
    struct tb_plane *twin = tb_work_plane(work, plane->key.indicator, other, 0);

    return plane->origin && plane->origin[cell] == 0 && twin && twin->origin[cell] ? twin : plane;
}

static void hold_or_flag(struct tb_work *work, const struct item *item, size_t cell)
{
    const struct tb_check *check = &work->profile->checks[item->check];
    struct tb_plane *seen =
        tb_work_plane(work, item->indicator, suspect(work, check, item->indicator), 0);
    struct tb_plane *plane = submitted_plane(work, seen, cell);

    if (!tb_status_has_value(plane->status[cell]))
        return; /* held already by a check before this one */
    if (check->severity == TB_CHECK_WARNING || approved(work, plane, cell)) {
        plane->status[cell] |= TB_FLAG_CHECK;
        return;
    }
    plane->value[cell] = 0;
    plane->status[cell] = TB_STATUS_O | TB_FLAG_CHECK;
    tb_work_account(work, cell % plane->n_columns, item->indicator)->held++;
    work->n_held++;
}

static void join(struct tb_work *work, const struct item *item)
{
    tb_buf_add(&work->checks, tb_buf_text(&item->rows), item->rows.len);
    for (size_t f = 0; f < item->n_fails; f++)
        hold_or_flag(work, item, item->fail[f]);
    work->n_checked += item->n_checked;
    work->n_unjudged += item->n_unjudged;
    work->n_failed += item->n_fails;
}

static int list_items(struct tb_work *work, struct checking *checking, struct tb_error *err)
{
    const struct tb_profile *profile = work->profile;

    checking->item = calloc(profile->n_checks * profile->n_indicators + 1, sizeof *checking->item);
    if (!checking->item)
        return tb_error_set(err, "out of memory for %zu checks", profile->n_checks);
    for (size_t c = 0; c < profile->n_checks; c++)
        for (size_t i = 0; i < profile->n_indicators; i++)
            if (profile->checks[c].indicator == TB_NONE ||
                (size_t)profile->checks[c].indicator == i)
                checking->item[checking->n++] = (struct item){ .check = c, .indicator = i };
    return 0;
}

int tb_work_check(struct tb_work *work, struct tb_error *err)
{
    struct checking checking = { .work = work };
    int rc = list_items(work, &checking, err);

    if (rc == 0)
        rc = tb_parallel(work->stage->common->threads, checking.n, run_item, &checking, err);
    for (size_t i = 0; rc == 0 && i < checking.n; i++)
        join(work, &checking.item[i]);
    for (size_t i = 0; i < checking.n; i++) {
        tb_buf_release(&checking.item[i].rows);
        free(checking.item[i].fail);
    }
    free(checking.item);
    if (rc == 0 && !tb_buf_ok(&work->checks, err))
        rc = -1;
    return rc;
}
