/* left_out.c - values that came after their round had closed: written down, not placed. */
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

/* The run that takes it, as a period; empty when none of the next does. */
static void put_next_run(const struct tb_work *work, const struct tb_source *source,
                         const struct tb_observation *row, struct tb_buf *out)
{
    const struct tb_round *round = &work->round;
    char text[TB_PERIOD_TEXT] = "";
    struct tb_period next;

    if (tb_deadline_next_run(work->profile, source->form, (int32_t)row->indicator,
                             work->profile->indicators[row->indicator].frequency,
                             source->received_day, round->period, &next))
        tb_period_format(next, text);
    tb_csv_put(out, text);
}

/* One row of left_out.csv: the value, the file that brought it, and what is in force instead. */
static void put_row(struct tb_work *work, const struct tb_source *source, uint32_t origin,
                    const struct tb_observation *row, const struct tb_plane *plane, size_t cell,
                    tb_day closed)
{
    const struct tb_profile *profile = work->profile;
    struct tb_buf *out = &work->left_out;
    char period[TB_PERIOD_TEXT], day[TB_DATE_TEXT];
    bool there = cell != SIZE_MAX;

    tb_period_format((struct tb_period){ profile->indicators[row->indicator].frequency, row->period },
                     period);
    tb_day_format(closed, day);
    tb_csv_put(out, profile->units[row->unit].code);
    tb_csv_put(out, profile->indicators[row->indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)row->measure));
    tb_csv_put(out, row->group == TB_NO_GROUP ? "" : profile->groups[row->group].code);
    tb_csv_put(out, period);
    tb_work_put_value(out, row->value, row->scale, row->status);
    tb_work_put_source(work, out, origin);
    tb_csv_put(out, source->sender);
    tb_csv_put(out, day);
    put_next_run(work, source, row, out);
    tb_work_put_value(out, there ? plane->value[cell] : 0, there ? plane->scale : 0,
                      there ? plane->status[cell] : TB_STATUS_NONE);
    tb_work_put_source(work, out, there ? plane->origin[cell] : 0);
    tb_csv_end_row(out);
}

/* Whether the cell has what the row says: the same value, or as little. */
static bool is_in_force(const struct tb_plane *plane, size_t cell, const struct tb_observation *row)
{
    struct tb_decimal value = { row->value, row->scale };
    uint8_t status = cell == SIZE_MAX ? TB_STATUS_NONE : plane->status[cell];

    if ((row->status & TB_STATUS_MASK) == TB_STATUS_NONE)
        return status == TB_STATUS_NONE;
    return status != TB_STATUS_NONE && (status & ~TB_FLAG_REVISED) == row->status &&
           tb_decimal_rescale(value, plane->scale, &value) && plane->value[cell] == value.units;
}

void tb_work_leave_out(struct tb_work *work, struct tb_source *source, uint32_t origin,
                       const struct tb_observation *row, tb_day closed)
{
    struct tb_plane *plane =
        tb_work_plane(work, row->indicator, (enum tb_measure)row->measure, row->group);
    size_t cell =
        plane ? tb_plane_cell(plane, (struct tb_period){ plane->freq, row->period }, row->unit)
              : SIZE_MAX;

    source->n_left_out++;
    if (tb_round_is_ahead(&work->round, row))
        return; /* it is not asked for yet */
    tb_work_account(work, row->unit, row->indicator)->left_out++;
    if (is_in_force(plane, cell, row))
        return;
    put_row(work, source, origin, row, plane, cell, closed);
    work->n_left_out++;
    if (cell != SIZE_MAX && (row->status & TB_STATUS_MASK) != TB_STATUS_NONE)
        tb_work_time(work, source, row, cell, false);
}
