/* status_due.h - the last part of `tongbao status`: what comes next. */
#ifndef TONGBAO_COMMAND_STATUS_DUE_H
#define TONGBAO_COMMAND_STATUS_DUE_H

struct tb_buf;
struct tb_error;
struct tb_view;

/* What is due in the next 30 days, and the cases beyond their limit or near it.
 * Needs no run. */
int tb_status_due(const struct tb_view *view, struct tb_buf *out, struct tb_error *err);

#endif
