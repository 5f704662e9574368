/* triangle.h - the revision triangle of one unit and indicator: what was known of each
 * period at the end of each month in which something came. */
#ifndef TONGBAO_COMMAND_TRIANGLE_H
#define TONGBAO_COMMAND_TRIANGLE_H

#include <stddef.h>

struct tb_buf;
struct tb_error;
struct tb_view;

/* Appends a CSV table: a row for each measure, state of verification and period, a column
 * for each month of vintages; empty before the first vintage, a status letter where a value
 * is said to be missing, D where it was taken back.  Corrections of edits.csv count from
 * their own month on, in place of what was submitted.  Given ranks are left out.  0, or -1
 * with *err filled. */
int tb_triangle_put(const struct tb_view *view, size_t unit, size_t indicator, struct tb_buf *out,
                    struct tb_error *err);

#endif
