/* explain.h - the parts of `tongbao explain`, in the order they are read. */
#ifndef TONGBAO_COMMAND_EXPLAIN_H
#define TONGBAO_COMMAND_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/decimal.h"
#include "tongbao/observation.h"
#include "tongbao/period.h"

struct tb_buf;
struct tb_cube;
struct tb_error;
struct tb_indicator;
struct tb_table;
struct tb_view;

/* One unit, one indicator, one period of a run. */
struct tb_question {
    const struct tb_view *view;
    size_t unit, indicator;
    struct tb_period period; /* in the indicator's own frequency */
    struct tb_cube *cube, *findings;
};

/* Every target of the unit and indicator: verdict, rule, operands. */
int tb_explain_verdicts(const struct tb_question *question, struct tb_buf *out,
                        struct tb_error *err);
/* The row of a target and the question's unit in outlook.csv (NULL: none), or -1; its
 * projection, chance and what is needed, each said in words or left empty. */
int32_t tb_explain_outlook_row(const struct tb_question *question, const struct tb_table *table,
                               const char *target);
void tb_explain_outlook(const struct tb_view *view, const struct tb_table *table, size_t row,
                        struct tb_buf *projection, struct tb_buf *chance, struct tb_buf *needed);
/* The measures, and how a growth rate was had. */
void tb_explain_figures(const struct tb_question *question, struct tb_buf *out);
/* The peers: figures of the groups, and the ranks around the unit. */
void tb_explain_peers(const struct tb_question *question, struct tb_buf *out);
/* Checks that failed, and revisions. */
int tb_explain_notes(const struct tb_question *question, struct tb_buf *out, struct tb_error *err);
/* Changes of units or of base in the past of its rates, and what is left over. */
int tb_explain_changes(const struct tb_question *question, struct tb_buf *out,
                       struct tb_error *err);
/* Places and verdicts that earlier bulletins printed and that are others now. */
int tb_explain_errata(const struct tb_question *question, struct tb_buf *out, struct tb_error *err);
/* The measures that were submitted and taken back by a row, by which file and line,
 * and nothing came after; *any says whether there are some. */
int tb_explain_withdrawn(const struct tb_question *question, struct tb_buf *out, bool *any,
                         struct tb_error *err);
/* What came after the round had closed and is not in this run; sets *any then. */
int tb_explain_left_out(const struct tb_question *question, struct tb_buf *out, bool *any,
                        struct tb_error *err);
/* Whether a row of a table with unit, indicator and period is about the question. */
bool tb_explain_is_about(const struct tb_question *question, const struct tb_table *table,
                         size_t row);
/* Every submitted cell behind it, down to file and line. */
int tb_explain_cells(const struct tb_question *question, struct tb_buf *out, struct tb_error *err);

/* Appends "5.3 %", "1234.5 万元", or the word for why there is no number. */
void tb_explain_number(const struct tb_question *question, const struct tb_indicator *indicator,
                       enum tb_measure measure, struct tb_decimal value, uint8_t status,
                       struct tb_buf *out);

#endif
