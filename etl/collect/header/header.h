/* header.h - finds the header row of a submission and plans its columns. */
#ifndef TONGBAO_COLLECT_HEADER_H
#define TONGBAO_COLLECT_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/header/head.h"
#include "collect/header/plan.h"
#include "collect/header/sample.h"

struct tb_buf;
struct tb_error;

/* What is known of a file beside its rows. */
struct tb_file_facts {
    const struct tb_profile *profile;
    const char *name;
    const char *sender;
    const char *unit_text;   /* what {unit} of the form's glob stood for, or NULL */
    const char *period_text; /* what {period} stood for, or NULL */
    const struct tb_plan *first; /* of the first table, whose titles speak for later ones; or NULL */
};

enum { TB_HEAD_ROWS_MAX = 5 };

/* The heads of one column, the outermost first, where several rows make the header. */
struct tb_heads {
    const char *part[TB_HEAD_ROWS_MAX];
    size_t n;
};

/* Work in progress on one candidate header: header.c and the layouts share it. */
struct tb_planner {
    const struct tb_file_facts *facts;
    const struct tb_form *form;
    const struct tb_sample *sample;
    struct tb_plan *plan; /* heads and roles are set when a layout is asked */
    bool again[TB_HEAD_ROWS_MAX]; /* rows of the header that say in another language what the
                                   * row above says */
    size_t top, row;      /* of the sample: first and last row of the header */
    struct tb_heads *heads; /* of each column; in the plan's arena */
    size_t from, to;      /* columns that are looked at: the first, and behind the last */
    size_t n_periods;     /* columns of values that name their period */
    bool failed;          /* memory ran out */
};

/* Looks for the first rows that fit the form (or at the lines that the form
 * declares): one row of heads, or up to three.  1: *plan is filled, release it; 0: there is none; -1 on failure. */
int tb_header_find(const struct tb_file_facts *facts, const struct tb_form *form,
                   const struct tb_sample *sample, struct tb_plan *plan, struct tb_error *err);
/* The same for a header that begins at `row` and nowhere else. */
int tb_header_find_at(const struct tb_file_facts *facts, const struct tb_form *form,
                      const struct tb_sample *sample, size_t row, struct tb_plan *plan,
                      struct tb_error *err);
/* The plan of the rows `top` to `row` as a header, into planner->plan: 1, 0 if they are
 * none, -1 on failure. */
int tb_header_try_rows(struct tb_planner *planner, size_t top, size_t row, struct tb_error *err);
/* Fills in what the file as a whole says: unit, period, indicator.  False with
 * *reason set when one that is needed is nowhere, or several are said: then their
 * names are in *names (NULL: they are not wanted). */
bool tb_header_whole_file(const struct tb_file_facts *facts, const struct tb_sample *sample,
                          struct tb_plan *plan, enum tb_reason *reason, struct tb_buf *names);

/* --- the layouts: each adds the columns of values, true when the row fits --- */
bool tb_layout_long(struct tb_planner *planner);
bool tb_layout_indicators(struct tb_planner *planner);
bool tb_layout_periods(struct tb_planner *planner);
bool tb_layout_units(struct tb_planner *planner);

/* --- for the layouts --- */
/* True when the column is neither a role nor one of the usual heads that carry
 * nothing (序号, DECIMALS ...). */
bool tb_planner_is_free(const struct tb_planner *planner, size_t column);
bool tb_planner_is_value_head(const struct tb_profile *profile, const char *head);
void tb_planner_add_value(struct tb_planner *planner, const struct tb_value_column *column);
/* What the heads of a column say: TB_HEAD_MEASURE also where they say a period and
 * nothing else. */
enum tb_head_kind tb_column_read(struct tb_planner *planner, size_t column,
                                 struct tb_value_column *out);
/* Leaves out columns that mean the same as an earlier one, and notes them. */
void tb_columns_drop_twice(struct tb_planner *planner);
/* Notes that `column` means the same as a column of values before it: it is not read, but where its
 * numbers differ theirs is refused (in one unit of measure). */
void tb_column_twin(struct tb_planner *planner, struct tb_value_column *first, size_t column,
                    const char *unit_measure);
/* Notes a column whose heads do not say enough; `unknown` is the reason for one
 * that says nothing known. */
void tb_column_refuse(struct tb_planner *planner, size_t column, enum tb_head_kind kind,
                      enum tb_reason unknown);
void tb_planner_problem(struct tb_planner *planner, enum tb_reason reason, size_t column,
                        const char *expected);
/* The year that the file's name or title lines speak of, or 0. */
int tb_planner_year(const struct tb_planner *planner);
/* True when the form or the title lines say of which indicator the file is. */
bool tb_planner_names_indicator(const struct tb_planner *planner);

#endif
