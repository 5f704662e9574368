/* remarks.c - remarks on a reading as a whole. */
#include "collect/rows/rows.h"

#include <stdio.h>

static int remark_count(const struct tb_reading *r, enum tb_reason reason, size_t n,
                        struct tb_error *err)
{
    char count[24];
    const struct tb_reject remark = { .reason = reason, .text = count };

    if (n == 0)
        return 0;
    snprintf(count, sizeof count, "%zu", n);
    return tb_summary_reject(r->summary, &remark, err);
}

/* Rows that lack cells behind the last that is used. */
static int remark_short(const struct tb_reading *r, struct tb_error *err)
{
    char count[24];
    const struct tb_reject remark = { .reason = TB_REMARK_SHORT,
                                      .line = r->first_short,
                                      .text = count };

    if (r->n_short == 0)
        return 0;
    snprintf(count, sizeof count, "%zu", r->n_short);
    return tb_summary_reject(r->summary, &remark, err);
}

/* Sheets that no form reads. */
static int remark_sheets(const struct tb_reading *r, struct tb_error *err)
{
    const struct tb_reject remark = { .reason = TB_REMARK_SHEETS,
                                      .text = tb_buf_text(&r->sheets.unread) };

    return r->sheets.unread.len > 0 ? tb_summary_reject(r->summary, &remark, err) : 0;
}

/* The titles say another measure than the form. */
static int remark_measure(const struct tb_reading *r, struct tb_error *err)
{
    const struct tb_plan *plan = r->tables.first;
    const struct tb_reject remark = { .reason = TB_REMARK_MEASURE_DIFFERS,
                                      .text = plan->title_differs,
                                      .expected = tb_measure_name(plan->form->measure) };

    return plan->title_differs ? tb_summary_reject(r->summary, &remark, err) : 0;
}

int tb_row_remarks(const struct tb_reading *r, struct tb_error *err)
{
    size_t totals = r->totals.n_remarks;
    size_t unlisted = totals > TB_TOTALS_REMARKS ? totals - TB_TOTALS_REMARKS : 0;

    return remark_count(r, TB_REMARK_TOTALS, unlisted, err) < 0 ||
                   remark_count(r, TB_REMARK_ROUNDED, r->n_rounded, err) < 0 ||
                   remark_count(r, TB_REMARK_MARKED, r->n_marked, err) < 0 ||
                   remark_short(r, err) < 0 || remark_sheets(r, err) < 0 ||
                   remark_measure(r, err) < 0
               ? -1
               : 0;
}
