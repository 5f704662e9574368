/* header.h - finds the header row of a submission and plans its columns. */
#ifndef TONGBAO_COLLECT_HEADER_H
#define TONGBAO_COLLECT_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/plan.h"
#include "collect/sample.h"

struct tb_error;

/* What is known of a file beside its rows. */
struct tb_file_facts {
    const struct tb_profile *profile;
    const char *name;
    const char *sender;
    const char *unit_text;   /* what {unit} of the form's glob stood for, or NULL */
    const char *period_text; /* what {period} stood for, or NULL */
};

/* Work in progress on one candidate row: header.c and the layouts share it. */
struct tb_planner {
    const struct tb_file_facts *facts;
    const struct tb_form *form;
    const struct tb_sample *sample;
    struct tb_plan *plan; /* heads and roles are set when a layout is asked */
    size_t row;           /* of the sample: the (last) header row */
    size_t n_unknown;     /* heads that could not be used */
    bool failed;          /* memory ran out */
};

/* Looks for the first row that fits the form (or at the line that the form
 * declares).  1: *plan is filled, release it; 0: there is none; -1 on failure. */
int tb_header_find(const struct tb_file_facts *facts, const struct tb_form *form,
                   const struct tb_sample *sample, struct tb_plan *plan, struct tb_error *err);
/* Fills in what the file as a whole says: unit, period, indicator.  False with
 * *reason set when one that is needed is nowhere. */
bool tb_header_whole_file(const struct tb_file_facts *facts, const struct tb_sample *sample,
                          struct tb_plan *plan, enum tb_reason *reason);

/* --- the layouts: each adds the columns of values, true when the row fits --- */
bool tb_layout_long(struct tb_planner *planner);
bool tb_layout_indicators(struct tb_planner *planner);
bool tb_layout_periods(struct tb_planner *planner);

/* --- for the layouts --- */
/* True when the column is neither a role nor one of the usual heads that carry
 * nothing (序号, DECIMALS ...). */
bool tb_planner_is_free(const struct tb_planner *planner, size_t column);
bool tb_planner_is_value_head(const char *head);
void tb_planner_add_value(struct tb_planner *planner, const struct tb_value_column *column);
void tb_planner_problem(struct tb_planner *planner, enum tb_reason reason, size_t column,
                        const char *expected);
/* The year that the file's name or title lines speak of, or 0. */
int tb_planner_year(const struct tb_planner *planner);

#endif
