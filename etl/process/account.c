/* account.c - cells.csv: for each unit and indicator, what arrived and what became of
 * it, so that every cell of the cube is accounted for.
 *
 *   arrived = repeated + replaced + deleted + what is in force
 *   submitted (in force) = unchanged + converted + corrected + held + missing
 *   after (with a number) = unchanged + converted + corrected + derived + imputed
 */
#include <string.h>

#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

/* The source of all edits is the last one; see sources.h. */
static bool is_edit(const struct tb_work *work, uint32_t origin)
{
    return origin >= work->sources.item[work->sources.n - 1].first_origin;
}

static void count_cell(const struct tb_work *work, const struct tb_plane *plane, size_t cell,
                       struct tb_cell_account *account)
{
    uint8_t status = plane->status[cell];

    if (status == TB_STATUS_NONE)
        return;
    if (!tb_status_has_value(status) && plane->origin[cell] == 0) {
        return; /* not collected in such periods, or a sum that a check holds: nobody sent it */
    } else if (!tb_status_has_value(status)) {
        if ((status & TB_STATUS_MASK) == TB_STATUS_O && status & TB_FLAG_CHECK)
            account->held++;
        else
            account->missing++;
        return;
    }
    account->after++;
    if (plane->origin[cell] == 0)
        return; /* derived or imputed: counted when it was made */
    if (is_edit(work, plane->origin[cell]))
        account->corrected++;
    else if (plane->key.measure != TB_MEASURE_RANK && status & TB_FLAG_CONVERTED)
        account->converted++;
    else
        account->unchanged++;
}

static int count_indicator(void *user, size_t indicator, struct tb_error *err)
{
    struct tb_work *work = user;

    (void)err;
    for (size_t slot = 0; slot < work->n_slots; slot++) {
        const struct tb_plane *plane = work->plane[indicator * work->n_slots + slot];
        size_t n = plane && plane->origin ? (size_t)plane->n_periods * plane->n_columns : 0;
        for (size_t cell = 0; cell < n; cell++)
            count_cell(work, plane, cell,
                       tb_work_account(work, cell % plane->n_columns, indicator));
    }
    return 0;
}

static const char HEAD[] = "unit,indicator,arrived,repeated,replaced,deleted,submitted,unchanged,"
                           "converted,corrected,held,missing,estimated,derived,imputed,after,left_out,aside\n";

static void put_row(const struct tb_work *work, size_t unit, size_t indicator, struct tb_buf *rows)
{
    const struct tb_cell_account *a = tb_work_account(work, unit, indicator);
    uint32_t in_force = a->unchanged + a->converted + a->corrected;
    /* What a check holds of sums was never submitted. */
    const uint32_t counts[] = { a->arrived,   a->repeated, a->replaced, a->deleted,
                                in_force + a->held + a->missing,
                                a->unchanged, a->converted, a->corrected,  a->held,
                                a->missing,   a->estimated, a->derived, a->imputed, a->after,
                                a->left_out,  a->aside };

    tb_csv_put(rows, work->profile->units[unit].code);
    tb_csv_put(rows, work->profile->indicators[indicator].code);
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        tb_csv_put_int(rows, counts[c]);
    tb_csv_end_row(rows);
}

int tb_work_write_cells(struct tb_work *work, struct tb_error *err)
{
    const struct tb_profile *profile = work->profile;
    struct tb_buf rows = TB_BUF_INIT;
    int rc = -1;

    if (tb_parallel(work->stage->common->threads, profile->n_indicators, count_indicator, work,
                    err) < 0)
        return -1;
    for (size_t unit = 0; unit < profile->n_units; unit++)
        for (size_t i = 0; i < profile->n_indicators; i++) {
            const struct tb_cell_account *account = tb_work_account(work, unit, i);
            if (account->arrived || account->derived || account->imputed || account->left_out ||
                account->aside)
                put_row(work, unit, i, &rows);
        }
    if (tb_buf_ok(&rows, err))
        rc = tb_work_write_rows(work, "cells.csv", HEAD, &rows, err);
    tb_buf_release(&rows);
    return rc;
}
