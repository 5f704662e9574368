/* explain.h - the parts of `tongbao explain`, in the order they are read.  Each adds its
 * lists to one outline (outline.h), which is written as text, Markdown or JSON; names of
 * lists and values are those of the README of this room. */
#ifndef TONGBAO_COMMAND_EXPLAIN_H
#define TONGBAO_COMMAND_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/decimal.h"
#include "tongbao/observation.h"
#include "tongbao/outline.h"
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
    const struct tb_outline *outline;
};

/* Whether the period asked for is the run's own, whose tables are whole, and not an earlier week
 * or ten days within it. */
bool tb_explain_of_run(const struct tb_question *question);
/* verdicts: every target of the unit and indicator, with its operands and outlook. */
int tb_explain_verdicts(const struct tb_question *question, struct tb_node *root,
                        struct tb_error *err);
/* outlook and next_period: objects of a verdict, its projection, chance and what is needed,
 * and what it will be if nothing changes; nothing without a row in the table (or NULL). */
void tb_explain_outlook(const struct tb_question *question, const struct tb_table *table,
                        const char *target, struct tb_node *verdict);
void tb_explain_next(const struct tb_question *question, const struct tb_table *table,
                     const char *target, struct tb_node *verdict);
/* "behind" in the language of the view. */
const char *tb_explain_verdict_word(const struct tb_view *view, const char *verdict);
/* figures: the measures, and how a growth rate was had. */
void tb_explain_figures(const struct tb_question *question, struct tb_node *root);
/* peers: figures of the groups, and the ranks around the unit. */
void tb_explain_peers(const struct tb_question *question, struct tb_node *root);
/* Of a milestone: how far the task is. */
int tb_explain_tasks(const struct tb_question *question, struct tb_node *root,
                     struct tb_error *err);
/* reach, certainty, contributions, score_parts, proposals: what it would take, how sure the
 * place is, what the figure gave to a total and to scores, what is proposed upon it. */
int tb_explain_shares(const struct tb_question *question, struct tb_node *root,
                      struct tb_error *err);
/* checks, verification, verified, edits, estimates, bases, revisions. */
int tb_explain_notes(const struct tb_question *question, struct tb_node *root,
                     struct tb_error *err);
/* breaks, residuals: changes of units or of base in its past, and what is left over. */
int tb_explain_changes(const struct tb_question *question, struct tb_node *root,
                       struct tb_error *err);
/* errata: places and verdicts that earlier bulletins printed and that are others now. */
int tb_explain_errata(const struct tb_question *question, struct tb_node *root,
                      struct tb_error *err);
/* withdrawn: measures taken back by a row, and nothing came after. */
int tb_explain_withdrawn(const struct tb_question *question, struct tb_node *root,
                         struct tb_error *err);
/* left_out: what came after the round had closed and is not in this run. */
int tb_explain_left_out(const struct tb_question *question, struct tb_node *root,
                        struct tb_error *err);
/* sources: every submitted cell behind it, down to file and line. */
int tb_explain_cells(const struct tb_question *question, struct tb_node *root,
                     struct tb_error *err);

/* --- shared --- */

/* Adds a row of a table to a list of the outline, in words and with its columns. */
typedef void tb_explain_row(const struct tb_question *question, const struct tb_table *table,
                            size_t row, struct tb_node *list);
/* A list of the rows of a run's file that are about the question; without the file (runs of
 * earlier versions lack some) it stays empty. */
int tb_explain_rows(const struct tb_question *question, struct tb_node *root, const char *name,
                    const char *heading, const char *file, tb_explain_row *add,
                    struct tb_error *err);
/* Whether a row of a table with unit, indicator and period is about the question. */
bool tb_explain_is_about(const struct tb_question *question, const struct tb_table *table,
                         size_t row);
/* A row's columns below a sentence, which is taken and cleared. */
struct tb_node *tb_explain_item(struct tb_node *list, const struct tb_table *table, size_t row,
                                struct tb_buf *sentence);
/* Appends "5.3 %", "1234.5 万元", or the word for why there is no number. */
void tb_explain_number(const struct tb_question *question, const struct tb_indicator *indicator,
                       enum tb_measure measure, struct tb_decimal value, uint8_t status,
                       struct tb_buf *out);
/* The unit of measure that such a number is in, "" for none. */
const char *tb_explain_uom(const struct tb_question *question, const struct tb_indicator *indicator,
                           enum tb_measure measure);
/* value, status, unit_measure as data of an object; the number as it stands. */
void tb_explain_cell(const struct tb_question *question, const struct tb_indicator *indicator,
                     enum tb_measure measure, struct tb_decimal value, uint8_t status,
                     struct tb_node *object);

#endif
