/* edit.c - corrections and approvals of edits.csv on the cube in the making.
 *
 * A correction is placed like a last submission: the original stays in its segment
 * and in revisions.csv.  It needs something to correct: what nobody submitted is
 * not made here.  An approval releases what a check would hold, and only the value
 * that was there when it was made. */
#include "tongbao/edit.h"

#include <inttypes.h>

#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

enum { MOST_TOLD = 20 };

static const struct {
    const char *code, *severity, *text;
} outcomes[TB_N_EDIT_OUTCOMES] = {
    [TB_EDIT_UNSEEN] = { "", "", "" },
    [TB_EDIT_USED] = { "used", "", "" },
    [TB_EDIT_USED_OLDER] = { "used_older", "warning",
                             "corrects a value that was submitted after it was made" },
    [TB_EDIT_NO_CELL] = { "no_cell", "error",
                          "corrects what nobody submitted, expected a value there" },
    [TB_EDIT_SAME] = { "same_value", "warning", "says what is there without it" },
    [TB_EDIT_OLD_VALUE] = { "older_value", "error",
                            "approves another value than the one that is there now" },
    [TB_EDIT_NOT_HELD] = { "not_held", "warning", "approves what no check holds" },
    [TB_EDIT_WITHDRAWN] = { "withdrawn", "", "" },
    [TB_EDIT_WITHDRAWS] = { "withdraws", "", "" },
    [TB_EDIT_NO_ROOM] = { "no_room", "error", "has more digits than fit beside the others" },
};

/* The cell of an edit, or SIZE_MAX; *plane may be NULL then. */
static size_t cell_of(const struct tb_work *work, const struct tb_edit *edit,
                      struct tb_plane **plane)
{
    *plane = tb_work_plane(work, (size_t)edit->indicator, edit->measure, TB_NO_GROUP);
    return tb_plane_cell(*plane, edit->period, (size_t)edit->unit);
}

static int64_t as_of(const struct tb_work *work)
{
    return work->stage->has_as_of ? work->stage->as_of : INT64_MAX;
}

/* True when what stands in the cell was submitted after that moment. */
static bool came_later(const struct tb_work *work, const struct tb_plane *plane, size_t cell,
                       int64_t when)
{
    const struct tb_source *source =
        plane->origin ? tb_sources_find(&work->sources, plane->origin[cell]) : NULL;

    return source && source->segment && source->received_at > when;
}

bool tb_work_approves(const struct tb_work *work, size_t edit, const struct tb_plane *plane,
                      size_t cell)
{
    const struct tb_edit *row = &work->profile->edits[edit];
    struct tb_decimal value = { plane->value[cell], plane->scale };

    if (!tb_edit_stands(work->profile, edit, as_of(work)))
        return false;
    if (row->has_value)
        return tb_decimal_cmp(row->value, value) == 0;
    return !came_later(work, plane, cell, row->when);
}

void tb_work_note_approval(struct tb_work *work, size_t edit)
{
    work->edit_use[edit].outcome = TB_EDIT_USED;
}

/* An approval before checks are made: of what is there, or of something else. */
static enum tb_edit_outcome judge_approval(const struct tb_work *work, size_t i,
                                           const struct tb_plane *plane, size_t cell)
{
    return tb_work_approves(work, i, plane, cell) ? TB_EDIT_NOT_HELD : TB_EDIT_OLD_VALUE;
}

static enum tb_edit_outcome correct(struct tb_work *work, size_t i, struct tb_plane *plane,
                                    size_t cell)
{
    const struct tb_edit *edit = &work->profile->edits[i];
    struct tb_source *source = &work->sources.item[work->sources.n - 1];
    uint8_t old = plane->status[cell] & TB_STATUS_MASK;
    uint8_t status = edit->status != TB_STATUS_NONE ? edit->status
                     : tb_status_has_value(old) && !edit->has_value ? old
                                                                   : TB_STATUS_A;
    struct tb_decimal value = { plane->value[cell], plane->scale };

    if (edit->has_value && !tb_decimal_rescale(edit->value, plane->scale, &value))
        return TB_EDIT_NO_ROOM;
    if (!tb_status_has_value(status))
        value.units = 0;
    else if (!edit->has_value && !tb_status_has_value(old))
        return TB_EDIT_NO_CELL; /* a status for a number that is not there */
    if (old == status && value.units == plane->value[cell])
        return TB_EDIT_SAME;
    bool older = came_later(work, plane, cell, edit->when);
    tb_work_place(work, source, source->first_origin + (uint32_t)i,
                  &(struct tb_observation){ .value = value.units,
                                            .scale = (int8_t)value.scale,
                                            .unit = (uint32_t)edit->unit,
                                            .period = edit->period.index,
                                            .indicator = (uint16_t)edit->indicator,
                                            .measure = (uint8_t)edit->measure,
                                            .group = TB_NO_GROUP,
                                            .line = edit->line,
                                            .status = status });
    return older ? TB_EDIT_USED_OLDER : TB_EDIT_USED;
}

static enum tb_edit_outcome apply(struct tb_work *work, size_t i)
{
    const struct tb_edit *edit = &work->profile->edits[i];
    struct tb_edit_use *use = &work->edit_use[i];
    struct tb_plane *plane;
    size_t cell = cell_of(work, edit, &plane);

    if (edit->when > as_of(work))
        return TB_EDIT_UNSEEN;
    if (cell != SIZE_MAX) {
        use->old_value = plane->value[cell];
        use->old_status = plane->status[cell];
        use->old_origin = plane->origin ? plane->origin[cell] : 0;
        use->scale = plane->scale;
    }
    if (edit->action == TB_EDIT_WITHDRAW)
        return TB_EDIT_WITHDRAWS;
    if (!tb_edit_stands(work->profile, i, as_of(work)))
        return TB_EDIT_WITHDRAWN;
    /* A milestone that was reported by a word has a stage and no number yet. */
    const struct tb_plane *stage =
        edit->measure == TB_MEASURE_VALUE
            ? tb_work_plane(work, (size_t)edit->indicator, TB_MEASURE_STAGE, 0)
            : NULL;
    bool is_there = cell != SIZE_MAX && (plane->status[cell] != TB_STATUS_NONE ||
                                         (stage && stage->status[cell] != TB_STATUS_NONE));
    if (edit->action == TB_EDIT_APPROVE) /* of a derived cell: checks will say */
        return is_there ? judge_approval(work, i, plane, cell) : TB_EDIT_NOT_HELD;
    return is_there ? correct(work, i, plane, cell) : TB_EDIT_NO_CELL;
}

int tb_work_edit(struct tb_work *work, struct tb_error *err)
{
    for (size_t i = 0; i < work->profile->n_edits; i++)
        work->edit_use[i].outcome = apply(work, i);
    return tb_buf_ok(&work->revisions, err) ? 0 : -1;
}

/* --- the table --- */

static void put_row(const struct tb_work *work, size_t i, struct tb_buf *out)
{
    const struct tb_profile *profile = work->profile;
    const struct tb_edit *edit = &profile->edits[i];
    const struct tb_edit_use *use = &work->edit_use[i];
    char when[TB_MOMENT_TEXT], period[TB_PERIOD_TEXT];

    tb_moment_format(edit->when, profile->set.utc_offset, when);
    tb_period_format(edit->period, period);
    tb_csv_put_int(out, edit->line);
    tb_csv_put(out, when);
    tb_csv_put(out, edit->who);
    tb_csv_put(out, tb_edit_code(edit));
    tb_csv_put(out, profile->units[edit->unit].code);
    tb_csv_put(out, profile->indicators[edit->indicator].code);
    tb_csv_put(out, tb_measure_name(edit->measure));
    tb_csv_put(out, period);
    tb_work_put_value(out, use->old_value, use->scale, use->old_status);
    tb_work_put_source(work, out, use->old_origin);
    tb_work_put_value(out, edit->value.units, edit->value.scale,
                      edit->has_value ? (edit->status ? edit->status : TB_STATUS_A)
                                      : edit->status);
    tb_csv_put(out, outcomes[use->outcome].code);
    tb_csv_put(out, outcomes[use->outcome].severity);
    tb_csv_put(out, edit->reason);
    tb_csv_end_row(out);
}

static void tell(struct tb_work *work, size_t i)
{
    const struct tb_edit *edit = &work->profile->edits[i];
    char period[TB_PERIOD_TEXT];

    if (work->n_odd_edits++ >= MOST_TOLD)
        return;
    tb_period_format(edit->period, period);
    tb_log_write(work->log, TB_LOG_WARNING, "edits.csv:%" PRIu32 ": %s: %s (%s %s %s %s)",
                 edit->line, outcomes[work->edit_use[i].outcome].severity,
                 outcomes[work->edit_use[i].outcome].text, work->profile->units[edit->unit].code,
                 work->profile->indicators[edit->indicator].code, tb_measure_name(edit->measure),
                 period);
}

int tb_work_write_edits(struct tb_work *work, struct tb_error *err)
{
    struct tb_buf rows = TB_BUF_INIT;
    int rc = -1;

    for (size_t i = 0; i < work->profile->n_edits; i++) {
        if (work->edit_use[i].outcome == TB_EDIT_UNSEEN)
            continue;
        put_row(work, i, &rows);
        if (outcomes[work->edit_use[i].outcome].severity[0])
            tell(work, i);
    }
    if (work->n_odd_edits > MOST_TOLD)
        tb_log_write(work->log, TB_LOG_WARNING, "edits.csv: %zu more that are not used as meant",
                     work->n_odd_edits - MOST_TOLD);
    if (tb_buf_ok(&rows, err))
        rc = tb_work_write_rows(work, "edits.csv",
                                "line,when,who,action,unit,indicator,measure,period,old_value,"
                                "old_status,old_received,old_name,old_line,value,status,outcome,"
                                "severity,reason\n",
                                &rows, err);
    tb_buf_release(&rows);
    return rc;
}
