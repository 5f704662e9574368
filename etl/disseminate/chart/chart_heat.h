/* chart_heat.h - what stands on a heat map, between those who find it
 * (chart_heat_cells.c) and those who draw it (chart_heat.c).
 */
#ifndef TONGBAO_DISSEMINATE_CHART_HEAT_H
#define TONGBAO_DISSEMINATE_CHART_HEAT_H

#include <stdbool.h>
#include <stddef.h>
#include "disseminate/chart/chart_style.h"
#include "disseminate/chart/chart_words.h"
#include "disseminate/report.h"

struct tb_heat_cell {
    enum tb_rag rag;
    bool shown; /* false: nothing is asked of this unit */
    const struct tb_verdict *verdict;
    struct tb_figure figure;
    struct tb_standing standing;
};

struct tb_heat {
    const struct tb_report *report;
    struct tb_picture *p;
    const char *lang;
    bool zh, by_verdict;
    size_t group;
    struct tb_topic *column; /* all of the group's, then those of the part */
    size_t n_columns, n_all_columns, first_column;
    uint32_t *row; /* units, the subject first */
    size_t n_rows, n_all_rows;
    struct tb_heat_cell *cell;     /* [n_rows * n_columns] of the part */
    size_t count[TB_RAG_GREY + 1]; /* cells of the part by colour */
    double column_width, row_height, names, top;
};

static inline struct tb_heat_cell *tb_heat_cell_at(const struct tb_heat *h, size_t row,
                                                   size_t column)
{
    return &h->cell[row * h->n_columns + column];
}

/* Finds the columns, rows and cells of one part; report, group, column, row and p
 * are set, the two arrays large enough for all indicators and members.  False when there
 * is nothing to show or memory is out (then p->body.failed).  *parts is set always; the
 * caller frees heat->cell. */
bool tb_heat_gather(struct tb_heat *heat, size_t part, size_t *parts);

#endif
