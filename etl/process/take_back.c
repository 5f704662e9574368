/* take_back.c - rows with ACTION D: from then on there is nothing in their cells.
 *
 * What stood there goes to revisions.csv, and earlier vintages do not come back:
 * the key is withdrawn, not a file.  A later submission of it counts, as the
 * first again as far as lateness goes. */
#include "process/work.h"
#include "tongbao/profile.h"

static void clear_cell(struct tb_plane *plane, size_t cell)
{
    plane->value[cell] = 0;
    plane->status[cell] = TB_STATUS_NONE;
}

/* Nothing was submitted: neither late nor in time. */
static void forget_timeliness(struct tb_work *work, const struct tb_observation *row, size_t cell)
{
    struct tb_plane *late = tb_work_plane(work, row->indicator, TB_MEASURE_LATE_DAYS, 0);
    struct tb_plane *again = tb_work_plane(work, row->indicator, TB_MEASURE_RESUBMITTED, 0);

    if (!late || row->measure != work->main_measure[row->indicator])
        return;
    work->n_late -= late->status[cell] != TB_STATUS_NONE && late->value[cell] > 0;
    clear_cell(late, cell);
    clear_cell(again, cell);
}

/* The cell keeps the origin of the row until all are placed (tb_work_forget), so
 * that a value that comes later is known to be a revision. */
void tb_work_take_back(struct tb_work *work, struct tb_source *source, uint32_t origin,
                       const struct tb_observation *row)
{
    struct tb_plane *plane =
        tb_work_plane(work, row->indicator, (enum tb_measure)row->measure, row->group);
    size_t cell =
        plane ? tb_plane_cell(plane, (struct tb_period){ plane->freq, row->period }, row->unit)
              : SIZE_MAX;

    if (cell == SIZE_MAX || plane->status[cell] == TB_STATUS_NONE) {
        if (source->n_not_there++ == 0)
            source->first_not_there = origin;
        return;
    }
    tb_work_revise(work, plane, cell, origin, row, 0);
    source->n_deleted++;
    work->n_deleted++;
    tb_work_account(work, row->unit, row->indicator)->deleted++;
    clear_cell(plane, cell);
    plane->origin[cell] = origin;
    forget_timeliness(work, row, cell);
}

void tb_work_forget(struct tb_work *work)
{
    size_t n_planes = work->n_deleted ? work->profile->n_indicators * work->n_slots : 0;

    for (size_t p = 0; p < n_planes; p++) {
        struct tb_plane *plane = work->plane[p];
        size_t n = plane && plane->origin ? (size_t)plane->n_periods * plane->n_columns : 0;
        for (size_t cell = 0; cell < n; cell++) {
            if (plane->status[cell] == TB_STATUS_NONE)
                plane->origin[cell] = 0;
        }
    }
}
