/* fill.c - puts the observations into the cube in the order of their vintages:
 * the latest wins, what it replaced is written down, nothing is lost. */
#include <stdlib.h>
#include <string.h>

#include "process/verify.h"
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/stage.h"

enum { BLOCK = 4096 };

void tb_work_put_value(struct tb_buf *out, int64_t units, int32_t scale, uint8_t status)
{
    char text[TB_DECIMAL_TEXT] = "";
    const char code[2] = { tb_status_code(status), '\0' };

    if (tb_status_has_value(status))
        tb_decimal_format((struct tb_decimal){ units, scale }, text);
    tb_csv_put(out, text);
    tb_csv_put(out, (status & TB_STATUS_MASK) == TB_STATUS_NONE ? "" : code);
}

void tb_work_put_source(const struct tb_work *work, struct tb_buf *out, uint32_t origin)
{
    const struct tb_source *source = tb_sources_find(&work->sources, origin);

    tb_csv_put(out, source ? source->received : "");
    tb_csv_put(out, source ? source->name : "");
    tb_csv_put_int(out, source ? tb_sources_line(work->stage, source, origin) : 0);
}

void tb_work_revise(struct tb_work *work, const struct tb_plane *plane, size_t cell,
                    uint32_t origin, const struct tb_observation *row, int64_t units)
{
    const struct tb_profile *profile = work->profile;
    struct tb_buf *out = &work->revisions;
    char period[TB_PERIOD_TEXT];

    if (plane->status[cell] != TB_STATUS_NONE)
        tb_replaced_note(&work->replaced, tb_sources_find(&work->sources, origin),
                         tb_sources_find(&work->sources, plane->origin[cell]), row);
    /* A text is no figure: its number says nothing to a reader. */
    if (tb_measure_is_text((enum tb_measure)plane->key.measure))
        return;
    tb_firsts_note(&work->firsts, plane, cell);
    tb_period_format((struct tb_period){ plane->freq, row->period }, period);
    tb_csv_put(out, profile->units[row->unit].code);
    tb_csv_put(out, profile->indicators[row->indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)row->measure));
    tb_csv_put(out, row->group == TB_NO_GROUP ? "" : profile->groups[row->group].code);
    tb_csv_put(out, period);
    tb_work_put_value(out, plane->value[cell], plane->scale, plane->status[cell]);
    tb_work_put_source(work, out, plane->origin[cell]);
    tb_work_put_value(out, units, plane->scale, row->status);
    tb_work_put_source(work, out, origin);
    tb_csv_end_row(out);
    work->n_revisions++;
}

/* The first submission of a cell, by whatever measure, says how late it was; each
 * that replaces its main measure counts.  Where it goes to several, the first that
 * all of them have. */
void tb_work_time(struct tb_work *work, const struct tb_source *source,
                  const struct tb_observation *row, size_t cell, bool replaced)
{
    struct tb_plane *late = tb_work_plane(work, row->indicator, TB_MEASURE_LATE_DAYS, 0);
    struct tb_plane *again = tb_work_plane(work, row->indicator, TB_MEASURE_RESUBMITTED, 0);

    if (!late || !source->segment || tb_verify_state_of(work, source, row->indicator))
        return; /* an edit, or a value of whoever verified: neither is the unit's own */
    if (replaced && row->measure == work->main_measure[row->indicator])
        again->value[cell]++;
    bool known = late->status[cell] != TB_STATUS_NONE;
    if (known && !source->is_copied)
        return;
    struct tb_period period = { late->freq, row->period };
    tb_day deadline = tb_deadline_due(work->profile, TB_STEP_SUBMIT, source->form,
                                      (int32_t)row->indicator, period);
    again->status[cell] = TB_STATUS_A;
    if (deadline == TB_DAY_NONE || source->complete_day == TB_DAY_NONE ||
        (known && source->complete_day - deadline >= late->value[cell]) ||
        tb_profile_is_waived(work->profile, row->unit, row->indicator, period))
        return;
    work->n_late -= known && late->value[cell] > 0;
    late->value[cell] = source->complete_day - deadline;
    late->status[cell] = TB_STATUS_A;
    if (late->value[cell] > 0)
        work->n_late++;
}

/* The same status, whatever became of the number before: how it was converted makes
 * no other number. */
static bool is_same(const struct tb_plane *plane, uint8_t was, uint8_t is)
{
    uint8_t beside = TB_FLAG_REVISED | (plane->key.measure == TB_MEASURE_RANK ? 0
                                                                              : TB_FLAG_CONVERTED);

    return (was & ~beside) == (is & ~beside);
}

void tb_work_place(struct tb_work *work, struct tb_source *source, uint32_t origin,
                   const struct tb_observation *row)
{
    struct tb_plane *plane =
        tb_work_plane(work, row->indicator, (enum tb_measure)row->measure, row->group);
    struct tb_cell_account *account = tb_work_account(work, row->unit, row->indicator);
    size_t cell = tb_plane_cell(plane, (struct tb_period){ plane->freq, row->period }, row->unit);
    struct tb_decimal value = { row->value, row->scale };
    uint8_t status = row->status;
    unsigned letter = status & TB_STATUS_MASK;

    bool is_sent = source->segment != NULL; /* not an edit: that is counted at the end */

    account->arrived += is_sent;
    if (!tb_decimal_rescale(value, plane->scale, &value)) {
        /* Too many digits beside the others of its plane: kept by its origin, never cut. */
        value.units = 0;
        status = TB_STATUS_O | TB_FLAG_CHECK;
        work->n_misfits++;
    }
    bool there = plane->status[cell] != TB_STATUS_NONE;
    bool same = there && plane->value[cell] == value.units &&
                is_same(plane, plane->status[cell], status);
    if (same) {
        account->repeated += is_sent;
    } else if (there) {
        tb_work_revise(work, plane, cell, origin, row, value.units);
        account->replaced += is_sent;
        status |= TB_FLAG_REVISED;
    } else if (plane->origin[cell] != 0) { /* taken back before, and sent again */
        tb_work_revise(work, plane, cell, origin, row, value.units);
        status |= TB_FLAG_REVISED;
    }
    source->n_new += !there;
    source->n_corrected += there && !same;
    source->n_repeated += same;
    if (letter == TB_STATUS_E || letter == TB_STATUS_I || letter == TB_STATUS_F)
        account->estimated++;
    tb_work_time(work, source, row, cell, there && !same);
    if (!same) {
        plane->value[cell] = value.units;
        plane->status[cell] = status;
        plane->origin[cell] = origin;
    }
    tb_work_supersede(work, origin, row, cell);
}

/* Where a row goes: verified values are set aside, others are left to the next round,
 * taken back or placed. */
static int take_row(struct tb_work *work, size_t s, uint32_t origin,
                    const struct tb_observation *row, struct tb_error *err)
{
    struct tb_source *source = &work->sources.item[s];

    if (work->profile->n_states && tb_verify_state_of(work, source, row->indicator))
        return tb_verify_set_aside(work, s, origin, row, err);
    tb_day closed = tb_round_closed(&work->round, source, row);
    if (closed != TB_DAY_NONE)
        tb_work_leave_out(work, source, origin, row, closed);
    else if ((row->status & TB_STATUS_MASK) == TB_STATUS_NONE)
        tb_work_take_back(work, source, origin, row);
    else
        tb_work_place(work, source, origin, row);
    return 0;
}

int tb_work_fill(struct tb_work *work, struct tb_error *err)
{
    struct tb_observation block[BLOCK];

    for (size_t s = 0; s < work->sources.n; s++) {
        const struct tb_source *source = &work->sources.item[s];
        for (size_t at = 0; source->segment && at < source->n_rows; at += BLOCK) {
            size_t n = source->n_rows - at < BLOCK ? source->n_rows - at : BLOCK;
            tb_segment_read(source->segment, at, n, block);
            for (size_t i = 0; i < n; i++)
                if (take_row(work, s, source->first_origin + (uint32_t)(at + i), &block[i], err) <
                    0)
                    return -1;
        }
    }
    return tb_buf_ok(&work->revisions, err) && tb_buf_ok(&work->left_out, err) ? 0 : -1;
}
