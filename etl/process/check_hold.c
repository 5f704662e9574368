/* check_hold.c - what follows from a failed check: a warning flags the cell; an error
 * holds it back until it is corrected or approved in edits.csv. */
#include "process/check.h"
#include "process/work.h"
#include "tongbao/profile.h"

/* The row of edits.csv that approves the value of the cell as it stands; SIZE_MAX: none. */
static size_t find_approval(const struct tb_work *work, const struct tb_plane *plane, size_t cell)
{
    for (size_t i = 0; i < work->profile->n_edits; i++) {
        const struct tb_edit *edit = &work->profile->edits[i];
        if (edit->action == TB_EDIT_APPROVE && edit->indicator == plane->key.indicator &&
            edit->measure == plane->key.measure && edit->period.freq == plane->freq &&
            tb_plane_cell(plane, edit->period, (size_t)edit->unit) == cell &&
            tb_work_approves(work, i, plane, cell))
            return i;
    }
    return SIZE_MAX;
}

bool tb_check_approved(const struct tb_work *work, const struct tb_plane *plane, size_t cell)
{
    return find_approval(work, plane, cell) != SIZE_MAX;
}

static void hold_or_flag(struct tb_work *work, const struct tb_check *check, struct tb_plane *plane,
                         size_t cell)
{
    if (!tb_status_has_value(plane->status[cell]))
        return; /* held already by a check before this one */
    size_t approval =
        check->severity == TB_CHECK_WARNING ? SIZE_MAX : find_approval(work, plane, cell);
    if (approval != SIZE_MAX)
        tb_work_note_approval(work, approval);
    if (check->severity == TB_CHECK_WARNING || approval != SIZE_MAX) {
        plane->status[cell] |= TB_FLAG_CHECK;
        return;
    }
    plane->value[cell] = 0;
    plane->status[cell] = TB_STATUS_O | TB_FLAG_CHECK;
    work->n_held++;
}

void tb_check_hold(struct tb_work *work, const struct tb_check_item *item)
{
    for (size_t i = 0; i < item->n_failures; i++)
        hold_or_flag(work, &work->profile->checks[item->check], item->failure[i].plane,
                     item->failure[i].cell);
}
