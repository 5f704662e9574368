/* totals_end.c - what is told of total lines when a table ends. */
#include "collect/rows/totals.h"

#include <stdio.h>

#include "collect/rows/rows.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* The column of a cell of a total line lacks a summand. */
static bool is_unsure(const struct tb_totals *totals, const struct tb_total_cell *cell)
{
    size_t column = totals->summed[cell->summed].column;

    return column < TB_TOTALS_COLUMNS && totals->unsure[column / 64] >> column % 64 & 1;
}

static int remark(struct tb_reading *r, const struct tb_total_cell *cell, struct tb_decimal sum,
                  struct tb_error *err)
{
    char total[TB_DECIMAL_TEXT], rows[TB_DECIMAL_TEXT];
    size_t column = r->plan->value[r->totals.summed[cell->summed].column].column;
    const struct tb_reject found = {
        .reason = TB_REMARK_TOTAL,
        .line = cell->line,
        .column = cell->column,
        .field = r->plan->head[column],
        .text = total,
        .expected = rows,
    };

    if (r->totals.n_remarks++ >= TB_TOTALS_REMARKS)
        return 0;
    tb_decimal_format(cell->value, total);
    tb_decimal_format(sum, rows);
    return tb_summary_reject(r->summary, &found, err);
}

/* What a cell of a total line comes to at the end of the table. */
enum verdict { VERDICT_FINE, VERDICT_LACKS, VERDICT_DIFFERS };

static enum verdict judge(const struct tb_totals *totals, const struct tb_total_cell *cell)
{
    const struct tb_sum *table = &totals->summed[cell->summed].table;

    if (is_unsure(totals, cell) || (table->n == 0 && table->n_lacking == 0) ||
        (cell->is_part && !cell->has_part) || (table->n > 0 && tb_totals_agree(table, cell->value)))
        return VERDICT_FINE;
    return (cell->is_part ? cell->part_lacks : table->n_lacking > 0) ? VERDICT_LACKS
                                                                     : VERDICT_DIFFERS;
}

/* Which cells are missing in the totals that could not be judged. */
static void name_lacking(const struct tb_reading *r, struct tb_buf *out)
{
    const struct tb_totals *totals = &r->totals;
    size_t n = 0;

    for (size_t i = 0; i < totals->n_lacking; i++) {
        const struct tb_lacking *lacking = &totals->lacking[i];
        bool wanted = false;
        for (size_t k = 0; k < totals->n_cells && !wanted; k++)
            wanted = totals->cell[k].summed == lacking->summed &&
                     judge(totals, &totals->cell[k]) == VERDICT_LACKS;
        if (!wanted || n++ >= TB_TOTALS_NAMED)
            continue;
        size_t column = r->plan->value[totals->summed[lacking->summed].column].column;
        tb_buf_printf(out, "%s%s %s :%u", out->len ? "、" : "",
                      r->profile->units[lacking->unit].name_zh, r->plan->head[column],
                      (unsigned)lacking->line);
    }
    if (n > TB_TOTALS_NAMED)
        tb_buf_puts(out, "、…");
}

/* One remark for the totals of a table that could not be judged. */
static int remark_lacking(struct tb_reading *r, struct tb_error *err)
{
    const struct tb_totals *totals = &r->totals;
    struct tb_buf cells = TB_BUF_INIT;
    char count[24];
    size_t n = 0;
    struct tb_reject found = { .reason = TB_REMARK_TOTAL_UNJUDGED, .text = count };

    for (size_t i = 0; i < totals->n_cells && !totals->off; i++) {
        if (judge(totals, &totals->cell[i]) != VERDICT_LACKS)
            continue;
        found.line = n++ == 0 ? totals->cell[i].line : found.line;
    }
    if (n == 0)
        return 0;
    name_lacking(r, &cells);
    snprintf(count, sizeof count, "%zu", n);
    found.expected = tb_buf_text(&cells);
    int rc = tb_buf_ok(&cells, err) ? tb_summary_reject(r->summary, &found, err) : -1;
    tb_buf_release(&cells);
    return rc;
}

int tb_totals_end_table(struct tb_reading *r, struct tb_error *err)
{
    struct tb_totals *totals = &r->totals;

    tb_totals_end_part(r);
    int rc = remark_lacking(r, err);
    for (size_t i = 0; i < totals->n_cells && !totals->off && rc == 0; i++) {
        const struct tb_total_cell *cell = &totals->cell[i];
        const struct tb_sum *table = &totals->summed[cell->summed].table;
        if (judge(totals, cell) == VERDICT_DIFFERS)
            rc = remark(r, cell, cell->is_part ? cell->part : table->value, err);
    }
    size_t n_remarks = totals->n_remarks;
    tb_totals_release(totals);
    totals->n_remarks = n_remarks;
    return rc;
}
